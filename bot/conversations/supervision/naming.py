"""A supervisor names the lead (定主办): by one press, by leafing through the units, or by part of a name."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.cards import choosing
from bot.cards import supervision as cards
from bot.cards.card import Card, send_to
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.triage.dispatching import bound_units, on_card, seen_by, used_up
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import naming
from bot.services.binding import Purpose
from bot.services.moving import Actor, find
from bot.services.naming import DECIDERS
from bot.services.secrecy import accused
from bot.texts import supervision as words
from bot.texts.fitting import fit
from storage.domain.errors import InputRefused, NotYours
from storage.domain.masking import clean_text
from storage.repositories import messages
from storage.tables import Office

router = Router(name="supervision.naming")
ASKS = "lead_prompt"
_MOST = 8


class NamesAUnit(BaseFilter):
    """A reply to the question for a unit's name, in the group where leads are named."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal's id to the handler as `appeal_id`."""
        here = turn.office is not None and turn.office.purpose in DECIDERS
        if not here or message.reply_to_message is None or (message.text or "/").startswith("/"):
            return False
        known = await messages.find(
            turn.session,
            platform=turn.house.platform,
            bot=turn.house.bot,
            chat_id=turn.chat_id,
            message_id=message.reply_to_message.message_id,
        )
        return {"appeal_id": known.appeal_id} if known is not None and known.role == ASKS else False


@router.callback_query(Pressed("s.send"))
async def lead_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Make the unit on the button the lead; everybody is told by the event."""
    office = await _deciding(turn)
    unit = turn.city.department(press.argument)
    if unit is None:
        raise InputRefused("no_such_department")
    if unit not in await bound_units(turn):
        return [_alert(query, words.no_group(department=unit.name))]
    appeal = await naming.name_lead(
        turn.session,
        appeal_id=press.number,
        department=unit.code,
        actor=Actor.SUPERVISOR if office.purpose == Purpose.SUPERVISION else Actor.DISPATCHER,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    toast = words.named_toast(number=appeal.number, department=unit.name)
    return [
        AnswerCallbackQuery(callback_query_id=query.id, text=toast),
        *await used_up(query, turn, toast, role=ASKS),
    ]


@router.callback_query(Pressed("s.page"))
async def other_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Turn the card's buttons into a page of all units."""
    await _deciding(turn)
    card = await _card(turn, press.number)
    number = int(press.argument) if press.argument.isdecimal() and press.argument.isascii() else 0
    appeal = await find(turn.session, press.number)
    kept_from = accused(appeal, turn.city) if appeal.confidential else ()
    units = [unit for unit in await bound_units(turn) if unit not in kept_from]
    shown = choosing.page(card, press.number, units, number, family="s")
    return on_card(query, turn, press.number, shown, role="lead")


@router.callback_query(Pressed("s.back"))
async def back_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the card its own buttons again."""
    await _deciding(turn)
    return on_card(query, turn, press.number, await _card(turn, press.number), role="lead")


@router.callback_query(Pressed("s.search"))
async def search_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for part of a name, to be sent as a reply."""
    office = await _deciding(turn)
    await _card(turn, press.number)
    seen = await seen_by(turn, press.number)
    return [_ask(office, press.number, Card(words.search_prompt(number=seen.appeal.number)))]


@router.message(NamesAUnit(), Says())
async def name_typed(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Show the units in whose names, duties or matters the words occur."""
    office = await _deciding(turn)
    await _card(turn, appeal_id)
    number = (await seen_by(turn, appeal_id)).appeal.number
    typed = fit(clean_text(message.text or "").strip(), 50)
    units = turn.city.find_departments(typed)[:_MOST]
    if not units:
        return [_ask(office, appeal_id, Card(words.not_found(number=number, words=typed)))]
    return [_ask(office, appeal_id, choosing.found(words.found(number=number), appeal_id, units, family="s"))]


async def _deciding(turn: Turn) -> Office:
    """Return this group; raise NotYours unless it is where leads are named, and the person may name one."""
    house, office = turn.house, turn.office
    where = await naming.office_of_supervisors(turn.session, platform=house.platform, bot=house.bot)
    if office is None or where is None or office.id != where.id or turn.role(DECIDERS[Purpose(office.purpose)]) is None:
        raise NotYours
    return office


async def _card(turn: Turn, appeal_id: int) -> Card:
    """Return the card of an appeal whose lead is to be named; raise what `nameable` does when it is not."""
    seen = await seen_by(turn, appeal_id)
    history = await naming.nameable(turn.session, seen.appeal)
    return cards.name_lead(seen, history, naming.candidates(seen.appeal, history, turn.city))


def _ask(office: Office, appeal_id: int, card: Card) -> Say:
    return Say(send_to(office, card), reply_to=f"lead:{appeal_id}", appeal=appeal_id, role=ASKS)


def _alert(query: CallbackQuery, text: str) -> AnswerCallbackQuery:
    return AnswerCallbackQuery(callback_query_id=query.id, text=text, show_alert=True)
