"""A unit that is asked for help (会办): signs, says no, tells the lead what it found; never the citizen."""

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import transfers
from bot.cards.assisting import due_words
from bot.cards.card import Card, send
from bot.cards.view import view
from bot.conversations.contents import Tells, words_of
from bot.conversations.filters import Press, Pressed, parse_press
from bot.conversations.office.enclosing import enclosed
from bot.conversations.office.ground import LONGEST, answer_to, is_note, meant, noted, remember, toast, under, unmarked
from bot.conversations.office.inside import without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import assisting, relaying
from bot.texts import assisting as words
from bot.texts.fitting import units
from storage.domain.errors import InputRefused
from storage.repositories import assists
from storage.repositories.assists import OPEN
from storage.tables import Appeal, Assist, Staff

router = Router(name="office.helping")
ASSIST: Final = "assist"
"""The role of messages to a helping unit: replies to them go to the lead."""
WHY_NOT: Final = "assist_no"
"""The role of the question why it is not the unit's business."""
_DECLINING: Final = "office.assist_no"
_VERBS: Final = frozenset({"o.astake", "o.asno", "o.asdone"})


class HelpingUnits(BaseFilter):
    """A reply, in a helping unit's group, to what it is asked there, or to a colleague's words about that."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, object]:
        """Hand on what is asked as `asked`, and the role of what was replied to as `role`."""
        text = message.text or ""
        if text.startswith("/") and not is_note(text):
            return False
        found = await meant(turn, message)
        if found is None:
            asked = await _learnt(turn, message)
            return {"asked": asked, "role": ASSIST} if asked is not None else False
        asked = await _asked_here(turn, found.appeal_id)
        if asked is None or found.role not in {ASSIST, WHY_NOT, "staff"}:
            return False
        if found.role == "staff" and not await _wrote_as_helper(turn, asked, found.message_id):
            return False
        return {"asked": asked, "role": found.role}


@router.callback_query(Pressed("o.astake"))
async def take_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let the first one sign for the unit's part; the card changes by the event."""
    appeal, asked, staff = await _helping(turn, press.number)
    await assisting.take(turn.session, appeal=appeal, assist=asked, staff=staff, now=turn.now)
    seen = await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)
    return [toast(query, words.taken_toast(number=appeal.number, due=due_words(seen, asked.due)))]


@router.callback_query(Pressed("o.asno"))
async def not_ours_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask why it is not theirs."""
    appeal, asked, _ = await _helping(turn, press.number)
    if asked.state not in OPEN:
        raise InputRefused("assist_over")
    turn.talk.ask(_DECLINING, appeal=appeal.id, assist=asked.id)
    card = transfers.write(appeal.id, _why_not(turn, appeal), user_id=turn.person.user_id)
    call = send(turn.chat_id, card, protect=True, thread=turn.thread_id)
    return [Say(call, reply_to=f"assist:{asked.id}", appeal=appeal.id, role=WHY_NOT)]


@router.callback_query(Pressed("o.asdone"))
async def done_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Settle it with what the unit told the lead; where it told nothing, ask for that."""
    appeal, asked, staff = await _helping(turn, press.number)
    if await assisting.answer(turn.session, appeal=appeal, assist=asked, staff=staff, now=turn.now):
        return []
    return [toast(query, words.WRITE_FIRST, alert=True)]


@router.message(Tells(), HelpingUnits())
async def helping_unit_said(message: Message, turn: Turn, asked: Assist, role: str) -> list[Spoken]:
    """Pass it on to the lead, or leave it in the group where it was meant for that."""
    appeal, asked, staff = await _helping(turn, asked.id)
    text = words_of(message)
    if units(text) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    if role == WHY_NOT and turn.talk.state == _DECLINING and turn.talk.memo.get("assist") == asked.id and text:
        return await _declined(message, turn, appeal, asked, staff, text)
    await remember(turn, message, appeal)
    if is_note(text):
        return await _kept_inside(message, turn, appeal, staff, unmarked(text))
    if role == "staff":
        return [answer_to(message, words.COLLEAGUE_ANSWERED)]
    return await _passed_on(message, turn, appeal, asked, staff, text)


async def _declined(
    message: Message, turn: Turn, appeal: Appeal, asked: Assist, staff: Staff, text: str
) -> list[Spoken]:
    await assisting.decline(turn.session, appeal=appeal, assist=asked, staff=staff, words=text, now=turn.now)
    turn.talk.end()
    return [answer_to(message, words.DECLINED_TOAST), *without_buttons(message, turn, _why_not(turn, appeal))]


async def _kept_inside(message: Message, turn: Turn, appeal: Appeal, staff: Staff, text: str) -> list[Spoken]:
    if not text:
        return []
    source = (turn.chat_id, message.message_id)
    await relaying.note(turn.session, appeal=appeal, staff=staff, text=text, source=source, now=turn.now)
    return [under(message, Card(noted(turn)), appeal=appeal, role="prompt")]


async def _passed_on(
    message: Message, turn: Turn, appeal: Appeal, asked: Assist, staff: Staff, text: str
) -> list[Spoken]:
    await assisting.say(
        turn.session,
        appeal=appeal,
        assist=asked,
        staff=staff,
        text=text,
        files=await enclosed(turn, message),
        source=(turn.chat_id, message.message_id),
        now=turn.now,
    )
    return [under(message, Card(words.passed_on(lead=_lead(turn, appeal))), appeal=appeal, role=ASSIST)]


async def _helping(turn: Turn, assist_id: int) -> tuple[Appeal, Assist, Staff]:
    return await assisting.helping(
        turn.session, assist_id=assist_id, office=turn.office, roles=turn.roles, private=turn.chat_id > 0
    )


async def _asked_here(turn: Turn, appeal_id: int) -> Assist | None:
    """Return what the unit of this group is asked; in private, the unit of whoever handles what is confidential."""
    here = turn.office.department if turn.office is not None else None
    units_here = [here] if turn.chat_id < 0 else [each.department for each in turn.roles if each.confidential]
    found = [await assisting.of_unit(turn.session, appeal_id, unit) for unit in units_here if unit]
    return next((each for each in found if each is not None), None)


async def _learnt(turn: Turn, message: Message) -> Assist | None:
    """Learn from a card's own buttons what is asked: its id is unknown after an uncertain send."""
    target = message.reply_to_message
    if target is None or target.from_user is None or target.from_user.id != turn.house.bot:
        return None
    lines = target.reply_markup.inline_keyboard if target.reply_markup else ()
    presses = [parse_press(button.callback_data) for line in lines for button in line]
    number = next((each.number for each in presses if each and each.verb in _VERBS), None)
    return await assists.get(turn.session, number) if number is not None else None


async def _wrote_as_helper(turn: Turn, asked: Assist, message_id: int) -> bool:
    """Whether a colleague's message was words of the helping unit, not of one that leads or led."""
    said = await relaying.said_in(turn.session, asked.appeal_id, chat_id=turn.chat_id, message_id=message_id)
    return said is not None and said.department == asked.department and said.direction == "note"


def _why_not(turn: Turn, appeal: Appeal) -> str:
    return words.why_not_yours(lead=_lead(turn, appeal))


def _lead(turn: Turn, appeal: Appeal) -> str:
    unit = turn.city.department(appeal.department or "")
    return unit.name if unit else ""
