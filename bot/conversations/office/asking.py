"""请补充: everything that is missing asked at once, looked at, then put to the citizen; the clock stands still."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import asking as cards
from bot.cards.card import Card, edit, send
from bot.conversations.contents import Tells, words_of
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.enclosing import enclosed
from bot.conversations.office.ground import (
    LONGEST,
    AtWork,
    Writes,
    acting,
    acting_on_words,
    answer_to,
    in_place,
    remember,
    toast,
    under,
    under_card,
)
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import asking, relaying
from bot.services.attaching import tally
from bot.texts import asking as words
from bot.texts import office
from bot.texts.dates import day
from bot.texts.fitting import units
from bot.texts.words import files_words
from storage.domain.masking import has_private_number
from storage.domain.statuses import Status
from storage.repositories import attachments
from storage.tables import Appeal, Utterance

router = Router(name="office.asking")
_WRITING = "office.ask"


class StillAsking(BaseFilter):
    """The appeal somebody writes a question about can still be asked about."""

    async def __call__(self, _message: Message, turn: Turn) -> bool:
        """Look at the appeal: a colleague may have asked meanwhile."""
        appeal = await turn.session.get(Appeal, int(turn.talk.memo.get("appeal", 0)))
        return appeal is not None and appeal.status == Status.IN_PROGRESS and not appeal.asks


@router.callback_query(Pressed("o.ask"))
async def ask_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask what is missing; on the last day, say that a supervisor decides."""
    appeal, _ = await acting(turn, press.number)
    await asking.askable(turn.session, appeal)
    user_id = turn.person.user_id
    if asking.needs_supervisor(appeal, now=turn.now, calendar=turn.calendar):
        return [
            await under_card(turn, appeal, cards.too_late(appeal.id, text=_how_late(turn, appeal), user_id=user_id))
        ]
    turn.talk.ask(_WRITING, appeal=appeal.id)
    return [await under_card(turn, appeal, cards.what_is_missing(appeal.id, user_id=user_id))]


@router.callback_query(Pressed("o.askown"))
async def own_words_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words."""
    appeal, _ = await acting(turn, press.number)
    await asking.askable(turn.session, appeal)
    turn.talk.ask(_WRITING, appeal=appeal.id)
    return in_place(query, turn, cards.in_words(appeal.id, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.asklist"))
async def list_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the list with what is picked so far."""
    appeal, _ = await acting(turn, press.number)
    await asking.askable(turn.session, appeal)
    return in_place(query, turn, cards.checklist(appeal.id, picked=_picked(press), user_id=turn.person.user_id))


@router.callback_query(Pressed("o.askset"))
async def list_picked(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the question made of what was picked."""
    appeal, staff = await acting(turn, press.number)
    text = cards.picked_words(_picked(press))
    if not text:
        return [toast(query, words.NOTHING_PICKED, alert=True)]
    said = await asking.draft(turn.session, appeal=appeal, staff=staff, text=text, source=None, now=turn.now)
    turn.talk.ask(_WRITING, appeal=appeal.id)
    shown = send(turn.chat_id, await _preview(turn, appeal, said), protect=True, thread=turn.thread_id)
    below = Say(shown, key=f"hold:{said.id}", appeal=appeal.id, role="compose")
    return [*in_place(query, turn, Card(words.LOOK_BELOW)), below]


@router.message(AtWork(), Tells(), Writes(_WRITING), StillAsking())
async def question_written(message: Message, turn: Turn) -> list[Spoken]:
    """Show the question, with all that was sent for it so far, before it goes."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    await remember(turn, message, appeal)
    if (first := await _first_part(turn, message)) is not None:
        return await _joined(turn, message, appeal, first)
    memo, new = turn.talk.memo, words_of(message)
    parts = {str(message.message_id): new} if new else dict(memo.get("parts", {}))
    files = [*memo.get("files", []), *await enclosed(turn, message)]
    turn.talk.ask(_WRITING, **{**memo, "parts": parts, "files": files})
    text = "\n".join(parts.values())
    if not text:
        return [answer_to(message, words.WORDS_WANTED)]
    if units(text) > LONGEST:
        return [answer_to(message, office.TOO_LONG)]
    source, album = (turn.chat_id, int(next(iter(parts)))), message.media_group_id
    said = await asking.draft(
        turn.session, appeal=appeal, staff=staff, text=text, files=files, source=source, parts=parts, now=turn.now
    )
    turn.talk.ask(_WRITING, **{**turn.talk.memo, "album": album, "said": said.id})
    return [under(message, await _preview(turn, appeal, said), key=f"hold:{said.id}", appeal=appeal, role="compose")]


async def _first_part(turn: Turn, message: Message) -> Utterance | None:
    """Return the question that an earlier part of the same album brought, while it is looked at."""
    memo, album = turn.talk.memo, message.media_group_id
    if album is None or memo.get("album") != album:
        return None
    said = await relaying.utterance(turn.session, int(memo["said"]))
    return said if said.state == "held" else None


async def _joined(turn: Turn, message: Message, appeal: Appeal, said: Utterance) -> list[Spoken]:
    """Let a later part of an album join the question, and show it anew in the same place."""
    files, text, number = await enclosed(turn, message), words_of(message), message.message_id
    await relaying.join(turn.session, appeal=appeal, words=said, files=files, text=text, message_id=number)
    shown = edit(turn.chat_id, await _preview(turn, appeal, said))
    return [Say(shown, edit=f"hold:{said.id}", appeal=appeal.id, role="compose")]


@router.callback_query(Pressed("o.askout"))
async def send_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Put the question, once; where it has become too late for that, offer to ask a supervisor."""
    appeal, staff, said = await acting_on_words(turn, press)
    if said.state == "held" and asking.needs_supervisor(appeal, now=turn.now, calendar=turn.calendar):
        return in_place(query, turn, await _preview(turn, appeal, said))
    await asking.ask(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now, calendar=turn.calendar)
    _stop_writing(turn, said)
    return in_place(query, turn, Card(office.SENDING))


@router.callback_query(Pressed("o.askwant"))
async def supervisor_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Put the question before the supervisors; where it is not too late after all, show that it can go."""
    appeal, staff, said = await acting_on_words(turn, press)
    if said.state == "held" and not asking.needs_supervisor(appeal, now=turn.now, calendar=turn.calendar):
        return in_place(query, turn, await _preview(turn, appeal, said))
    await asking.want(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    _stop_writing(turn, said)
    return in_place(query, turn, Card(words.GONE_TO_SUPERVISOR))


@router.callback_query(Pressed("o.askredo"))
async def write_again_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words once more."""
    appeal, _, said = await acting_on_words(turn, press)
    asking.drop(appeal, said)
    files = [each.id for each in await attachments.of_utterance(turn.session, said.id)]
    turn.talk.ask(_WRITING, appeal=appeal.id, files=files)
    return in_place(query, turn, cards.in_words(appeal.id, user_id=turn.person.user_id))


@router.callback_query(Pressed("o.askdrop"))
async def cancel_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Forget the question that was looked at."""
    appeal, _, said = await acting_on_words(turn, press)
    asking.drop(appeal, said)
    _stop_writing(turn, said)
    return in_place(query, turn, Card(office.STOPPED))


def _stop_writing(turn: Turn, said: Utterance) -> None:
    if turn.talk.state == _WRITING and turn.talk.memo.get("appeal") == said.appeal_id:
        turn.talk.end()


async def _preview(turn: Turn, appeal: Appeal, said: Utterance) -> Card:
    return cards.preview(
        said.id,
        text=said.text,
        files=files_words(tally(await attachments.of_utterance(turn.session, said.id))),
        has_number=has_private_number(said.text),
        late=asking.needs_supervisor(appeal, now=turn.now, calendar=turn.calendar),
    )


def _how_late(turn: Turn, appeal: Appeal) -> str:
    if appeal.answer_due is None or appeal.answer_due <= turn.now:
        return words.overdue()
    due, calendar = appeal.answer_due, turn.calendar
    ahead = (calendar.local(due).date() - calendar.local(turn.now).date()).days
    return words.too_late(when=words.due_when(days=ahead, day=day(due, calendar)))


def _picked(press: Press) -> int:
    """Read which things are picked; what nobody showed is nothing."""
    known = press.argument.isascii() and press.argument.isdigit() and len(press.argument) <= len("63")
    return int(press.argument) if known else 0
