"""After the rating: what was not good, and what else the citizen wants to say; that is for the supervisors."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import rating as cards
from bot.conversations.citizen.concerns import Answering
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.pausing import RATING, Listening, and_the_form, ask_for_words, resume
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.steps import step_of
from bot.conversations.citizen.taking import heard, remember
from bot.conversations.contents import Tells, words_of
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import concerns, rating
from bot.services.concerns import RATING_WORDS, ConcernKind
from bot.services.owning import own
from bot.texts.citizen import rating as words

router = Router(name="citizen.rating_words")


@router.callback_query(Private(), Pressed("c.why"))
async def reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Tell the supervisors what was not good, and ask for anything else."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    reason = words.UNHAPPY_REASONS.get(press.argument)
    if reason is not None:
        mine: dict[str, Any] = {"appeal_id": appeal.id, "person_id": turn.person.id, "now": turn.now}
        await rating.unhappy_about(turn.session, reason=reason, **mine)
    ask_for_words(turn, appeal.id, to=RATING)
    return [in_place(query, turn, cards.ask_words(appeal), appeal=appeal.id, role=RATING_WORDS)]


@router.callback_query(Private(), Pressed("c.done"))
async def nothing_more_said(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give thanks."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if turn.talk.state == RATING:
        resume(turn)
    thanks = cards.thanks(await seen_now(turn, appeal), asks=not step_of(turn))
    card = await and_the_form(turn, thanks)
    return [in_place(query, turn, card, appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.publish"))
async def publication_said(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Keep whether it may be shown to others."""
    agreed = press.argument == "yes"
    mine: dict[str, Any] = {"appeal_id": press.number, "person_id": turn.person.id, "now": turn.now}
    appeal = await rating.publication_said(turn.session, agreed=agreed, **mine)
    card = cards.thanks_after(await seen_now(turn, appeal), words.PUBLISH_KEPT if agreed else words.PRIVATE_KEPT)
    return [in_place(query, turn, card, appeal=appeal.id, role="rating")]


@router.callback_query(Private(), Pressed("c.pressed"))
async def pressure_said(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let the supervisors know, and nobody else, that somebody wants another rating."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    forced = press.argument == "yes"
    if forced:
        await concerns.tell(turn.session, appeal, ConcernKind.FORCED, now=turn.now)
    card = cards.thanks_after(await seen_now(turn, appeal), words.PRESSED_KEPT if forced else words.NOT_PRESSED_KEPT)
    return [in_place(query, turn, card, appeal=appeal.id, role=concerns.ROLE if forced else "rating")]


@router.message(Private(), Answering(RATING_WORDS), Tells())
@router.message(Private(), Listening(RATING), Tells())
async def more_said(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Keep it for the supervisors and give thanks; 好了 typed is the button."""
    if turn.talk.state == RATING:
        resume(turn)
    appeal = await own(turn.session, appeal_id=appeal_id, person_id=turn.person.id)
    more = words_of(message) != words.DONE
    if more:
        said = await heard(turn, message)
        given: dict[str, Any] = {"text": said.text, "files": said.files, "parts": said.parts}
        await concerns.of_rating(turn.session, appeal, **given, now=turn.now)
        await remember(turn, appeal, said.parts, said.files, role=concerns.ROLE)
    thanks = cards.thanks(await seen_now(turn, appeal), said=more, asks=not step_of(turn))
    card = await and_the_form(turn, thanks)
    return [say(turn, card, appeal=appeal.id, role="rating")]
