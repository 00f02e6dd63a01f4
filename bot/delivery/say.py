"""What a handler returns: calls to the platform, written to the outbox in the same transaction.

A `Say` may have a key, so that a later one can edit it or reply to it before the platform has given it an id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from aiogram.methods import AnswerCallbackQuery, SendChatAction, TelegramMethod
from sqlalchemy.ext.asyncio import AsyncSession

from storage.repositories import outbox

NAMES = "_names"
"""Where an outbox row keeps what its files are to be called; the platform never sees this key."""
MADE = "_made"
"""Where an outbox row keeps which files that the bot made go with it; the platform never sees this key either."""
FORWARDS: Final = "forward"
Method: TypeAlias = TelegramMethod[Any]


@dataclass(frozen=True)
class Say:
    """One call that is owed.

    `edit` and `reply_to` name an outbox row, by id or by key. `role` says what the message is to its appeal, and
    `utterance` whose words it carries. `once`: not to be repeated when nobody knows whether it arrived. `after`: held
    until then. `names`: what the files in the call, by their file id, are to be called when they arrive. `quiet`: it
    makes no sound. `made`: the blob, by its row id, that the call names as `attach://KEY`.
    """

    method: Method
    key: str | None = None
    edit: int | str | None = None
    reply_to: int | str | None = None
    once: bool = False
    appeal: int | None = None
    utterance: int | None = None
    role: str = ""
    after: datetime | None = None
    names: Mapping[str, str] | None = None
    quiet: bool = False
    made: Mapping[str, int] | None = None


Spoken: TypeAlias = Say | Method


@dataclass(frozen=True)
class PostBox:
    """Whose outbox: a platform and a bot on it."""

    platform: str
    bot: int

    async def put(self, session: AsyncSession, say: Say, *, now: datetime) -> int:
        """Queue one call and return its outbox id."""
        payload = kept_inside(say.method.__api_method__, payload_of(say.method))
        payload |= {NAMES: dict(say.names)} if say.names else {}
        payload |= {"disable_notification": True} if say.quiet else {}
        payload |= {MADE: dict(say.made)} if say.made else {}
        return await outbox.queue(
            session,
            platform=self.platform,
            bot=self.bot,
            chat_id=int(payload.get("chat_id", 0)),
            thread_id=_thread_of(say.method, payload),
            method=say.method.__api_method__,
            payload=payload,
            key=say.key,
            edit_of=await self._row(session, say.edit),
            reply_to=await self._row(session, say.reply_to),
            once=say.once,
            appeal_id=say.appeal,
            utterance_id=say.utterance,
            role=say.role,
            send_after=say.after,
            created_at=now,
        )

    async def _row(self, session: AsyncSession, name: int | str | None) -> int | None:
        if name is None or isinstance(name, int):
            return name
        return await outbox.named(session, platform=self.platform, bot=self.bot, key=name)


def kept_inside(method: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload so that nobody can forward out of a group what the bot writes into it.

    Raises ValueError for a call that forwards: where a message came from would be shown to others.
    """
    if method.startswith(FORWARDS):
        raise ValueError(f"{method}: nothing is ever forwarded, all is copied")
    into_a_group = int(payload.get("chat_id", 0)) < 0 and method.startswith(("send", "copy"))
    return payload | {"protect_content": True} if into_a_group else payload


def payload_of(method: Method) -> dict[str, Any]:
    """Return the call's parameters as plain JSON values, without those that are left to the platform."""
    values: dict[str, Any] = _given(method.model_dump(mode="json", exclude_none=True, fallback=lambda _value: None))
    return values


def _thread_of(method: Method, payload: dict[str, Any]) -> int:
    """Return the topic a message goes to; a call about a topic itself goes to none."""
    return int(payload.get("message_thread_id") or 0) if method.__api_method__.startswith("send") else 0


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _given(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_given(part) for part in value]
    return value


def is_hint(method: Method) -> bool:
    """Whether the call is a hint that loses its meaning in seconds: it goes out after the commit, unrecorded."""
    return isinstance(method, AnswerCallbackQuery | SendChatAction)


def parted(spoken: Iterable[Spoken]) -> tuple[list[Say], list[Method]]:
    """Part what is owed from mere hints."""
    says, hints = [], []
    for item in spoken:
        if isinstance(item, Say):
            says.append(item)
        elif is_hint(item):
            hints.append(item)
        else:
            says.append(Say(item))
    return says, hints
