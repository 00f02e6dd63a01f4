"""People to play with: they say, press and wait through the sandbox's people API, as anybody outside could."""

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Any, Self

import aiohttp

Message = dict[str, Any]
CITIZEN = 1001


class PlayedError(AssertionError):
    """The sandbox refused what somebody tried, or what was waited for did not come."""


class Town:
    """The whole cast, spoken to over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._groups: dict[str, dict[str, Any]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Make one call of the people API; raise with its sentence where it refuses."""
        async with self._http.request(method, f"{self.address}{path}", json=body, params=query) as response:
            answer = await response.json()
            if response.status >= 400:
                raise PlayedError(f"{method} {path}: {response.status} {answer}")
            return answer

    async def newcomer(self, name: str = "新来的") -> int:
        """Return a person nobody knows yet."""
        return int((await self.call("POST", "/people", {"name": name}))["id"])

    async def group(self, title: str) -> dict[str, Any]:
        """Return the group whose title contains `title`, as its first member sees it."""
        if not self._groups:
            for person in await self.call("GET", "/people"):
                for chat in await self.call("GET", "/chats", **{"as": person["id"]}):
                    if chat["type"] != "private":
                        self._groups[chat["title"]] = chat
        return next(chat for name, chat in self._groups.items() if title in name)

    async def staff(self, title: str) -> tuple[int, list[int]]:
        """Return a group's id and its people, staff first."""
        chat = await self.group(title)
        return int(chat["id"]), [each["id"] if isinstance(each, dict) else int(each) for each in chat["members"]]

    async def say(self, chat: int, text: str, *, by: int | None = None, reply_to: int | None = None) -> Message:
        """Say something; in a private chat the person is the chat."""
        body = {"from": by or chat, "text": text} | ({"reply_to": reply_to} if reply_to else {})
        said: Message = await self.call("POST", f"/chats/{chat}/messages", body)
        return said

    async def send(
        self,
        chat: int,
        *files: tuple[str, bytes],
        by: int | None = None,
        text: str = "",
        reply_to: int | None = None,
        **fields: Any,
    ) -> Message:
        """Send files, each a name and its bytes; several make an album. Return its first part."""
        given = {"from": by or chat, "text": text, "reply_to": reply_to, **fields}
        form = aiohttp.FormData({name: str(value) for name, value in given.items() if value not in (None, "")})
        for name, content in files:
            form.add_field("file", content, filename=name)
        async with self._http.post(f"{self.address}/chats/{chat}/messages", data=form) as response:
            said: Message = await response.json()
            if response.status >= 400:
                raise PlayedError(f"{response.status} {said}")
            return said

    async def tell(self, chat: int, *, by: int | None = None, **fields: Any) -> Message:
        """Send something that is neither text nor a file: a location, a contact, a poll."""
        said: Message = await self.call("POST", f"/chats/{chat}/messages", {"from": by or chat, **fields})
        return said

    async def edit(self, chat: int, message: Message, text: str, *, by: int | None = None) -> Message:
        """Edit one's own words, or the words under one's own picture."""
        path = f"/chats/{chat}/messages/{message['message_id']}"
        said: Message = await self.call("PATCH", path, {"from": by or chat, "text": text})
        return said

    async def push_body(self, body: str) -> int:
        """Push a raw update, whatever its body is; return the status of the answer."""
        async with self._http.post(f"{self.address}/updates", data=body.encode()) as response:
            return response.status

    async def fetch(self, file_id: str) -> bytes:
        """Return the bytes of a file."""
        async with self._http.get(f"{self.address}/files/{file_id}") as response:
            return await response.read()

    async def press(self, chat: int, message: Message, button: str, *, by: int | None = None) -> dict[str, Any]:
        """Press a button by its label."""
        path = f"/chats/{chat}/messages/{message['message_id']}/press"
        answer: dict[str, Any] = await self.call("POST", path, {"from": by or chat, "button": button})
        return answer

    async def messages(self, chat: int, *, by: int | None = None, after: int = 0) -> list[Message]:
        """Return a chat's messages as they stand now, the oldest first."""
        found: list[Message] = await self.call("GET", f"/chats/{chat}/messages", **{"as": by or chat, "after": after})
        return found

    async def wait(
        self,
        chat: int,
        wanted: Callable[[Message], bool] | str,
        *,
        by: int | None = None,
        after: int = 0,
        seconds: float = 20,
    ) -> Message:
        """Wait until a message of the chat has the words, or fulfils `wanted`; return the newest that does."""
        fits = wanted if callable(wanted) else lambda message: wanted in text_of(message)
        person = by or chat
        until = monotonic() + seconds
        seq = (await self.call("GET", "/events", **{"as": person, "since": 0}))["seq"]
        while True:
            found = [m for m in await self.messages(chat, by=person) if m["message_id"] > after and fits(m)]
            if found:
                return found[-1]
            if monotonic() > until:
                raise PlayedError(await self._in_vain(chat, person, wanted))
            seq = (await self.call("GET", "/events", **{"as": person, "since": seq, "wait": 1}))["seq"]

    async def wait_button(self, chat: int, label: str, *, by: int | None = None, after: int = 0) -> Message:
        """Wait for a message with that button."""
        return await self.wait(chat, lambda message: label in labels(message), by=by, after=after)

    async def press_when_there(self, chat: int, label: str, *, by: int | None = None, after: int = 0) -> Message:
        """Wait for a button and press it; return the message it was on."""
        message = await self.wait_button(chat, label, by=by, after=after)
        await self.press(chat, message, label, by=by)
        return message

    async def _in_vain(self, chat: int, person: int, wanted: object) -> str:
        lines = [
            f"  {m['message_id']} {m['from']['id']}: {text_of(m)!r} {labels(m)}"
            for m in (await self.messages(chat, by=person))[-8:]
        ]
        return "\n".join([f"waited in vain in {chat} for {wanted!r}; the last messages:", *lines])


def text_of(message: Message) -> str:
    """A message's words, or its caption."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def reactions(message: Message) -> list[str]:
    """The emoji under a message."""
    return [each["emoji"] for each in message.get("reactions", [])]
