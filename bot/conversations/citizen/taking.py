"""What a citizen said or sent in one message, kept until it is known where it belongs, and put there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Message

from bot.conversations.citizen.steps import parts_of
from bot.conversations.contents import content_of, words_of
from bot.conversations.turn import Turn
from bot.services import attaching, drafting
from bot.services.moving import Actor
from bot.services.owning import own
from bot.services.submitting import submit
from bot.services.supplementing import join, may_supplement
from bot.texts.words import PINNED, files_words
from storage.domain.contents import PLACES
from storage.repositories import attachments, messages
from storage.tables import Appeal, Attachment, Draft, Person


@dataclass(frozen=True)
class Heard:
    """Words and the ids of what was sent with them; `parts`: the words by the id of the message that brought them."""

    text: str = ""
    files: tuple[int, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    album: str | None = None

    def __bool__(self) -> bool:
        """Whether anything was said or sent."""
        return bool(self.text or self.files)

    def __add__(self, more: "Heard") -> "Heard":
        """Return both, one after the other."""
        text = "\n".join(each for each in (self.text, more.text) if each)
        return Heard(text, (*self.files, *more.files), {**self.parts, **more.parts}, more.album)

    def to_memo(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {"text": self.text, "files": list(self.files), "parts": self.parts}

    @staticmethod
    def from_memo(memo: dict[str, Any]) -> "Heard":
        """Read what `to_memo` wrote."""
        return Heard(str(memo.get("text", "")), tuple(memo.get("files", ())), dict(memo.get("parts", {})))

    @property
    def key(self) -> str | None:
        """Name the answer to the first part of an album, so that later parts can change it."""
        return f"album:{self.album}" if self.album else None


async def heard(turn: Turn, message: Message) -> Heard:
    """Keep what the message brings; raise InputRefused where it cannot be passed on."""
    text, content = words_of(message), content_of(message)
    files: tuple[int, ...] = ()
    if content is not None:
        source = (turn.chat_id, message.message_id)
        kept = await attaching.keep(turn.session, content, person_id=turn.person.id, source=source, now=turn.now)
        files = (kept.id,)
    parts = {str(message.message_id): text} if text else {}
    return Heard(text, files, parts, content.album if content else None)


async def replaced(turn: Turn, message: Message) -> Attachment | None:
    """Return what the message showed before its edit, if it shows something else now; in a draft that takes its place.

    What went on with an appeal stays there, and the new one joins it.
    """
    content = content_of(message)
    thing = await attachments.in_message(turn.session, chat_id=turn.chat_id, message_id=message.message_id)
    if content is None or thing is None or thing.unique_id == content.unique_id:
        return None
    if thing.appeal_id is None or thing.utterance_id is None:
        await attaching.replace(turn.session, thing, content)
        return thing
    appeal = await own(turn.session, appeal_id=thing.appeal_id, person_id=turn.person.id)
    if may_supplement(appeal, now=turn.now):
        source = (turn.chat_id, message.message_id)
        kept = await attaching.keep(turn.session, content, person_id=turn.person.id, source=source, now=turn.now)
        await join(
            turn.session,
            appeal_id=appeal.id,
            utterance_id=thing.utterance_id,
            text="",
            files=[kept.id],
            person_id=turn.person.id,
            now=turn.now,
        )
        return thing
    return None


async def onto_draft(turn: Turn, said: Heard) -> Draft:
    """Add it to what the person has said so far, or begin a draft with it; a place is noted as the place."""
    draft = await drafting.hear(turn.session, person_id=turn.person.id, text=said.text, now=turn.now)
    things = await attachments.named(turn.session, said.files)
    for each in things:
        if each.kind in PLACES and each.latitude is not None and each.longitude is not None:
            called = each.title or PINNED
            drafting.put_pin(draft, latitude=each.latitude, longitude=each.longitude, words=called, now=turn.now)
    held = [each.id for each in things if each.kind not in PLACES]
    await attaching.to_draft(turn.session, draft, held, now=turn.now)
    note_parts(turn, said)
    return draft


def note_parts(turn: Turn, said: Heard) -> None:
    """Remember which message brought which words of the draft, so that an edit of one is understood."""
    if said.parts:
        turn.talk.memo = {**turn.talk.memo, "parts": {**parts_of(turn), **said.parts}}


async def hand_in(
    turn: Turn, draft: Draft, person: Person, parts: Mapping[str, str], *, actor: Actor = Actor.CITIZEN
) -> None:
    """Make an appeal of the draft, and keep that the messages its citizen told it with are about it."""
    appeal = await submit(
        turn.session,
        person=person,
        draft=draft,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
        platform=turn.house.platform,
        bot=turn.house.bot,
        draw=turn.house.draw,
        untitled=files_words(draft.files),
        parts=parts,
        actor=actor,
        actor_id=turn.person.id,
    )
    things = await attachments.of_appeal(turn.session, appeal.id)
    await remember(turn, appeal, parts, [each.id for each in things], chat_id=person.user_id)


async def remember(
    turn: Turn,
    appeal: Appeal,
    parts: Iterable[str],
    files: Iterable[int],
    *,
    chat_id: int | None = None,
    role: str = "citizen",
) -> None:
    """Keep that the citizen's own messages, here or in `chat_id`, are about the appeal: they may quote or edit them."""
    things = await attachments.named(turn.session, tuple(files))
    ids = {int(each) for each in parts} | {each.source_message for each in things if each.source_message}
    for message_id in sorted(ids):
        await messages.keep(
            turn.session,
            platform=turn.house.platform,
            bot=turn.house.bot,
            chat_id=chat_id or turn.chat_id,
            message_id=message_id,
            appeal_id=appeal.id,
            role=role,
            outbox_id=None,
            at=turn.now,
        )
