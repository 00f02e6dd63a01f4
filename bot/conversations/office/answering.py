"""The answer that ends the handling (答复办结): how did it go, what to say, a look at it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import composing
from bot.cards.card import Card, edit
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
    compose_key,
    in_place,
    remember,
    toast,
    under,
    under_card,
)
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.sending import answer_as_read
from bot.services import answering
from bot.services.answering import Outcome
from bot.services.attaching import tally
from bot.texts import office as words
from bot.texts.fitting import units
from bot.texts.words import files_words
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.masking import has_private_number
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.repositories import attachments, people
from storage.tables import Appeal, Utterance

router = Router(name="office.answering")


@router.callback_query(Pressed("o.answer"))
async def answer_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask how it went."""
    appeal, _ = await acting(turn, press.number)
    await _may_answer(turn, appeal)
    return [await under_card(turn, appeal, _how_did_it_go(turn, appeal))]


@router.callback_query(Pressed("o.cannot"))
async def cannot_be_done_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words of a no (办不了); of a suggestion, what becomes of it."""
    appeal, _ = await acting(turn, press.number)
    await _may_answer(turn, appeal)
    if appeal.kind == Kind.SUGGESTION:
        card = _how_did_it_go(turn, appeal)
    else:
        turn.talk.ask("office.answer", appeal=appeal.id, outcome=Outcome.IMPOSSIBLE.value)
        card = await _write_card(turn, appeal, Outcome.IMPOSSIBLE)
    if query.message is None:
        return []
    # Replies to this message are an answer from now on: it has another role than the list had.
    call = edit(turn.chat_id, card, message_id=query.message.message_id)
    return [Say(call, appeal=appeal.id, role="compose")]


@router.callback_query(Pressed("o.result"))
async def outcome_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words."""
    appeal, _ = await acting(turn, press.number)
    await _may_answer(turn, appeal)
    outcome = outcome_of(press.argument)
    if not answering.fits(appeal, outcome):
        raise InputRefused("no_such_reason")
    turn.talk.ask("office.answer", appeal=appeal.id, outcome=outcome.value)
    return in_place(query, turn, await _write_card(turn, appeal, outcome))


@router.message(AtWork(unasked=True), Tells(), Writes("office.answer", unasked=True))
async def answer_written(message: Message, turn: Turn) -> list[Spoken]:
    """Show the answer, with all that was sent for it so far, before it goes."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    await remember(turn, message, appeal)
    parts, files, first = await _written_so_far(turn, message)
    text = "\n".join(parts.values())
    if not text:
        return [answer_to(message, words.WORDS_WANTED)] if files and first else []
    if units(text) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    said = await answering.draft(
        turn.session,
        appeal=appeal,
        staff=staff,
        outcome=outcome_of(str(turn.talk.memo["outcome"])),
        text=text,
        files=files,
        source=(turn.chat_id, int(next(iter(parts)))),
        parts=parts,
        now=turn.now,
    )
    return [await _shown(turn, message, appeal, await preview_card(turn, said))]


async def _written_so_far(turn: Turn, message: Message) -> tuple[dict[str, str], list[int], bool]:
    """Put the message to what was written before: new words replace the old ones, unless both are of one album.

    Return the words by the message that brought them, the files, and whether the message is no later part of an album.
    """
    memo, new, album = turn.talk.memo, words_of(message), message.media_group_id
    later = album is not None and memo.get("of") == album
    parts = dict(memo.get("parts", {})) if later or not new else {}
    if new:
        parts[str(message.message_id)] = new
    files = [*memo.get("files", []), *await enclosed(turn, message)]
    turn.talk.ask("office.answer", **{**memo, "files": files, "parts": parts, "of": album})
    return parts, files, not later


async def _shown(turn: Turn, message: Message, appeal: Appeal, card: Card) -> Say:
    """Show the preview under the message; the parts of an album share one."""
    key = compose_key(appeal, turn.person.user_id)
    album = message.media_group_id
    if album is not None and turn.talk.memo.get("album") == album:
        return Say(edit(turn.chat_id, card), edit=key, appeal=appeal.id, role="compose")
    turn.talk.ask("office.answer", **{**turn.talk.memo, "album": album})
    return under(message, card, key=key, appeal=appeal, role="compose")


@router.callback_query(Pressed("o.last"))
async def last_reply_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the last reply that arrived as the answer, after a look at it."""
    appeal, staff = await acting(turn, press.number)
    await _may_answer(turn, appeal)
    last = await answering.last_delivered(turn.session, appeal)
    if last is None:
        raise InputRefused("no_last_reply")
    outcome = outcome_of(press.argument)
    said = await answering.draft(
        turn.session, appeal=appeal, staff=staff, outcome=outcome, text=last.text, source=None, now=turn.now
    )
    turn.talk.ask("office.answer", appeal=appeal.id, outcome=outcome.value)
    return in_place(query, turn, await preview_card(turn, said))


@router.callback_query(Pressed("o.redo"))
async def write_again_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the words once more."""
    appeal, _, said = await acting_on_words(turn, press)
    _drop(appeal, said)
    await _may_answer(turn, appeal)
    outcome, files = outcome_of(said.manner or ""), await attachments.of_utterance(turn.session, said.id)
    turn.talk.ask("office.answer", appeal=appeal.id, outcome=outcome.value, files=[each.id for each in files])
    return in_place(query, turn, await _write_card(turn, appeal, outcome))


@router.callback_query(Pressed("o.drop"))
async def cancel_preview_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Forget the answer that was looked at."""
    appeal, _, said = await acting_on_words(turn, press)
    _drop(appeal, said)
    await stop_writing(turn, said)
    return in_place(query, turn, Card(words.STOPPED))


@router.callback_query(Pressed("o.stop"))
async def cancel_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Stop asking; only the one who is asked can."""
    appeal, _ = await acting(turn, press.number)
    if press.argument != str(turn.person.user_id):
        return [toast(query, words.COLLEAGUE_WRITES, alert=True)]
    if turn.talk.memo.get("appeal") == appeal.id:
        turn.talk.end()
    return in_place(query, turn, Card(words.STOPPED))


async def _may_answer(turn: Turn, appeal: Appeal) -> None:
    await answering.may_answer(
        turn.session,
        appeal=appeal,
        person_id=turn.person.id,
        chat_id=turn.chat_id,
        thread_id=turn.thread_id,
        platform=turn.house.platform,
        bot=turn.house.bot,
        now=turn.now,
    )


def _how_did_it_go(turn: Turn, appeal: Appeal) -> Card:
    """Ask how it went; of a suggestion, whether it is adopted."""
    turn.talk.ask("office.outcome", appeal=appeal.id)
    write = composing.verdicts if appeal.kind == Kind.SUGGESTION else composing.outcomes
    return write(appeal.id, number=appeal.number, user_id=turn.person.user_id)


async def _write_card(turn: Turn, appeal: Appeal, outcome: Outcome) -> Card:
    last = await answering.last_delivered(turn.session, appeal)
    return composing.write_answer(appeal.id, outcome=outcome, user_id=turn.person.user_id, can_repeat=last is not None)


async def stop_writing(turn: Turn, said: Utterance) -> None:
    """End what its writer is being asked here, whoever of the unit pressed."""
    if said.person_id == turn.person.id:
        turn.talk.end()
        return
    writer = await people.get(turn.session, said.person_id) if said.person_id else None
    if writer is None:
        return
    house = turn.house
    talk = await people.conversation(
        turn.session,
        platform=house.platform,
        bot=house.bot,
        chat_id=turn.chat_id,
        user_id=writer.user_id,
        thread_id=turn.thread_id,
    )
    if talk is not None and talk.memo.get("appeal") == said.appeal_id:
        await turn.session.delete(talk)


def _drop(appeal: Appeal, said: Utterance) -> None:
    if said.direction != "answer" or said.state != "held":
        raise TransitionRefused(Status(appeal.status), Event.ANSWER)
    said.state = "dropped"


async def preview_card(turn: Turn, said: Utterance) -> Card:
    """Show an answer as it will go."""
    files = files_words(tally(await attachments.of_utterance(turn.session, said.id)))
    has_number = has_private_number(said.text)
    return composing.preview(said.id, answer=answer_as_read(said), files=files, has_number=has_number)


def outcome_of(word: str) -> Outcome:
    """Return the outcome a button names; raise InputRefused."""
    try:
        return Outcome(word)
    except ValueError:
        raise InputRefused("no_such_reason") from None
