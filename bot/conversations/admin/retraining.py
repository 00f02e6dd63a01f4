"""An administrator has the classifier trained anew (/retrain), reads the report card, and decides; /models."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.cards import retraining as cards
from bot.cards.card import Card, edit, send
from bot.cards.models import versions
from bot.conversations.admin.asking import Administrator
from bot.conversations.filters import Press, Pressed, Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.retraining import day_of
from bot.services import drifting, retraining
from bot.services.moving import Actor
from bot.texts import retraining as words
from storage.repositories import trainings

router = Router(name="admin.retraining")
_LISTED = 8


@router.message(Private(), Administrator(), Says("retrain"))
async def retraining_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Let a training begin; its message shows how far it is."""
    training = await retraining.want(turn.session, person_id=turn.person.id, now=turn.now)
    return [Say(send(turn.chat_id, cards.on_the_way(training.id, 0)), key=cards.key(training.id))]


@router.callback_query(Private(), Administrator(), Pressed("a.train_stop"))
async def stop_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask the training to stop; its message says so when it has."""
    await retraining.stop(turn.session, press.number)
    return []


@router.callback_query(Private(), Administrator(), Pressed("a.train_use"))
async def use_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Use the new model from now on; refused where it is worse, or was compared with another."""
    training = await retraining.promote(
        turn.session, press.number, actor=Actor.ADMINISTRATOR, person_id=turn.person.id, now=turn.now
    )
    told = words.promoted(name=training.version, old=training.against)
    return [_instead(query, turn, cards.report(training, decided=words.USED)), send(turn.chat_id, Card(told))]


@router.callback_query(Private(), Administrator(), Pressed("a.train_leave"))
async def leave_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave the new model unused."""
    training = await retraining.dismiss(turn.session, press.number)
    card = cards.report(training, decided=words.NOT_USED)
    return [_instead(query, turn, card), AnswerCallbackQuery(callback_query_id=query.id, text=words.LEFT)]


@router.callback_query(Private(), Administrator(), Pressed("a.train_map"))
async def picture_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the picture of what the new model takes for what."""
    return [cards.picture(turn.chat_id, await retraining.found(turn.session, press.number))]


@router.callback_query(Private(), Administrator(), Pressed("a.train_odd"))
async def surprises_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the messages on which the two models disagree most."""
    return [send(turn.chat_id, cards.surprises(await retraining.found(turn.session, press.number)))]


@router.callback_query(Private(), Administrator(), Pressed("a.train_labels"))
async def suspects_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the labels that the others speak against."""
    return [send(turn.chat_id, cards.suspects(await retraining.found(turn.session, press.number)))]


@router.message(Private(), Administrator(), Says("models"))
async def models_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List the versions and the weeks, with a button for the step back."""
    return [send(turn.chat_id, await _models(turn))]


@router.callback_query(Private(), Administrator(), Pressed("a.model_back"))
async def back_pressed(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Use the model before the last promotion again."""
    changed = await retraining.roll_back(
        turn.session, actor=Actor.ADMINISTRATOR, person_id=turn.person.id, now=turn.now
    )
    day = await day_of(turn.session, str(changed.details["version"]), turn.house)
    return [_instead(query, turn, await _models(turn)), send(turn.chat_id, Card(words.rolled_back(day=day)))]


async def _models(turn: Turn) -> Card:
    return versions(
        current=await retraining.in_use(turn.session),
        before=await retraining.step_back(turn.session),
        made=await trainings.newest(turn.session, states=retraining.MADE, limit=_LISTED),
        weeks=await drifting.weeks(turn.session, now=turn.now, calendar=turn.calendar),
    )


def _instead(query: CallbackQuery, turn: Turn, card: Card) -> Spoken:
    """Put a card in the place of the one that was pressed."""
    message_id = query.message.message_id if query.message else None
    return edit(turn.chat_id, card, message_id=message_id) if message_id else send(turn.chat_id, card)
