"""Replies to a card: they go to the citizen after some seconds, or stay in the group, and say which."""

import re
from datetime import timedelta

from aiogram import Router
from aiogram.methods import SetMessageReaction
from aiogram.types import Message, ReactionTypeEmoji

from bot.cards import composing
from bot.cards.card import Card, edit
from bot.conversations.contents import Tells, content_of, words_of
from bot.conversations.office.enclosing import LaterPart, enclosed
from bot.conversations.office.ground import (
    LONGEST,
    AtWork,
    Writes,
    acting,
    answer_to,
    is_note,
    meant,
    no_longer_waiting,
    noted,
    remember,
    under,
    unmarked,
)
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.sending import to_citizen
from bot.services import relaying
from bot.services.relaying import Manner
from bot.texts import office as words
from bot.texts import refusals
from bot.texts.fitting import units
from storage.domain.masking import has_private_number
from storage.repositories import offices, outbox
from storage.tables import Appeal, Staff, Utterance

router = Router(name="office.relaying")
_WRITING = {"office.contact": Manner.CONTACT}
_SEEN = "\N{EYES}"


@router.message(LaterPart())
async def later_part_sent(message: Message, turn: Turn, said: Utterance) -> list[Spoken]:
    """Let a later part of an album go with the first as long as that one waits, and stay inside where it stays."""
    appeal, staff = await acting(turn, said.appeal_id)
    marked = is_note(message.caption or "")
    goes = await relaying.waits(turn.session, said)
    stays = said.direction == "note" or said.state == "dropped"
    if not stays and not await relaying.take_back(turn.session, said, now=turn.now):
        return await (_noted if marked else _sent_after)(turn, message, appeal, staff)
    await remember(turn, message, appeal)
    text = unmarked(message.caption or "") if marked else words_of(message)
    files, number = await enclosed(turn, message), message.message_id
    await relaying.join(turn.session, appeal=appeal, words=said, files=files, text=text, message_id=number)
    if said.direction != "to_citizen" or stays:
        return []
    if marked:
        return await kept_inside(turn, message, appeal, staff, said)
    if units(said.text) > LONGEST:
        return await not_sent(turn, message, appeal, said)
    if goes or await names_a_colleague(turn, message, said.text, staff.department):
        return await offered(turn, message, appeal, staff, said, aside="")
    return []


@router.message(AtWork(), Tells(), Writes(*_WRITING))
async def asked_words_written(message: Message, turn: Turn) -> list[Spoken]:
    """Take the sentence somebody was asked for (先联系一下)."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    if units(words_of(message)) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    manner = _WRITING[turn.talk.state]
    turn.talk.end()
    return await _taken(turn, message, appeal, staff, manner, aside="")


@router.message(AtWork(), Tells())
async def staff_said(message: Message, turn: Turn) -> list[Spoken]:
    """Take a reply to any message of an appeal; everything else in the group is nobody's business."""
    found = await meant(turn, message)
    text = message.text or message.caption or ""
    if text.startswith("/") and not is_note(text):
        return [answer_to(message, refusals.UNKNOWN_IN_GROUP)] if found or _is_for_us(turn, text) else []
    if found is None or (found.role == "staff" and not turn.roles):
        return []
    appeal, staff = await acting(turn, found.appeal_id)
    if is_note(text):
        return await _noted(turn, message, appeal, staff)
    aside = words.COLLEAGUE_ANSWERED if found.role == "staff" else ""
    return await _taken(turn, message, appeal, staff, Manner.PLAIN, aside=aside)


@router.message(AtWork())
async def staff_sent_something(message: Message, turn: Turn) -> list[Spoken]:
    """Say that this kind does not go to the citizen, where somebody replied with one that does not."""
    found = await meant(turn, message)
    if found is None or found.role == "staff":
        return []
    await acting(turn, found.appeal_id)
    return [answer_to(message, words.NOT_TAKEN if message.contact is None else words.CARD_NOT_TAKEN)]


async def _taken(
    turn: Turn, message: Message, appeal: Appeal, staff: Staff, manner: Manner, *, aside: str
) -> list[Spoken]:
    """Keep words and what goes with them, and send them off or ask about them."""
    text = words_of(message)
    await remember(turn, message, appeal)
    if not text and content_of(message) is None:
        return []
    if units(text) > LONGEST:
        return [answer_to(message, words.TOO_LONG)]
    said = await relaying.keep(
        turn.session,
        appeal=appeal,
        staff=staff,
        text=text,
        files=await enclosed(turn, message),
        manner=manner,
        source=(turn.chat_id, message.message_id),
        now=turn.now,
    )
    return await offered(turn, message, appeal, staff, said, aside=aside)


async def _noted(turn: Turn, message: Message, appeal: Appeal, staff: Staff) -> list[Spoken]:
    text, files = unmarked(message.text or message.caption or ""), await enclosed(turn, message)
    await remember(turn, message, appeal)
    if not text and not files:
        return []
    source = (turn.chat_id, message.message_id)
    await relaying.note(turn.session, appeal=appeal, staff=staff, text=text, files=files, source=source, now=turn.now)
    return [under(message, Card(noted(turn)), appeal=appeal, role="prompt")]


async def offered(
    turn: Turn, message: Message, appeal: Appeal, staff: Staff, said: Utterance, *, aside: str
) -> list[Spoken]:
    """Hold words some seconds for the citizen, or ask first where they may not be meant for them."""
    inside = aside or (
        words.COLLEAGUE_NAMED if await names_a_colleague(turn, message, said.text, staff.department) else ""
    )
    if inside:
        return [await prompt(turn, message, appeal, said, composing.to_a_colleague(said.id, inside))]
    if has_private_number(said.text):
        return [await prompt(turn, message, appeal, said, composing.private_number(said.id))]
    await relaying.set_out(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    seconds = turn.house.hold_seconds
    after = turn.now + timedelta(seconds=seconds)
    seen = SetMessageReaction(
        chat_id=turn.chat_id, message_id=message.message_id, reaction=[ReactionTypeEmoji(emoji=_SEEN)]
    )
    card = composing.held(said.id, seconds=seconds, private=turn.office is None)
    return [
        *await to_citizen(turn.session, turn.city, appeal, said, after=after),
        seen,
        await prompt(turn, message, appeal, said, card),
    ]


async def kept_inside(turn: Turn, message: Message, appeal: Appeal, staff: Staff, said: Utterance) -> list[Spoken]:
    """Make words that were on their way a note."""
    await relaying.keep_inside(turn.session, appeal=appeal, staff=staff, words=said, now=turn.now)
    return [await prompt(turn, message, appeal, said, Card(noted(turn))), *no_longer_waiting(said)]


async def not_sent(turn: Turn, message: Message, appeal: Appeal, said: Utterance) -> list[Spoken]:
    """Drop words that have become too long, and say so."""
    await relaying.drop(turn.session, said)
    return [await prompt(turn, message, appeal, said, Card(words.TOO_LONG)), *no_longer_waiting(said)]


async def prompt(turn: Turn, message: Message, appeal: Appeal, said: Utterance, card: Card) -> Say:
    """Say under somebody's words what becomes of them; the same message all the way."""
    key = f"hold:{said.id}"
    row = await outbox.named(turn.session, platform=turn.house.platform, bot=turn.house.bot, key=key)
    if row is not None:
        return Say(edit(turn.chat_id, card), edit=row, appeal=appeal.id, role="prompt")
    return under(message, card, key=key, appeal=appeal, role="prompt")


def _is_for_us(turn: Turn, command: str) -> bool:
    return command.split(maxsplit=1)[0].lower().endswith(f"@{turn.house.bot_username.lower()}")


async def _sent_after(turn: Turn, message: Message, appeal: Appeal, staff: Staff) -> list[Spoken]:
    """Send what came too late to go with the rest as a reply of its own."""
    return await _taken(turn, message, appeal, staff, Manner.PLAIN, aside="")


async def names_a_colleague(turn: Turn, message: Message, text: str, department: str) -> bool:
    """Whether the text, or a mark in the message, names somebody of the unit."""
    people = [person for _, person in await offices.colleagues(turn.session, department)]
    ids = {person.user_id for person in people}
    marks = message.entities or message.caption_entities or ()
    if any(entity.user is not None and entity.user.id in ids for entity in marks):
        return True
    named = {name.lower() for name in re.findall(r"@(\w{3,32})", text, re.ASCII)}
    return bool(named & {person.username.lower() for person in people if person.username})
