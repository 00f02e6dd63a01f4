"""Two clients that know nothing of the sandbox or of each other, made to speak alike: Bot API names in, JSON out."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, Self

import aiogram
import telegram
from aiogram import Bot, Dispatcher, exceptions, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, Update
from pydantic import BaseModel
from telegram import ext

TOKEN = "1:sandbox"


@dataclass(frozen=True)
class Upload:
    """A file to be sent."""

    name: str
    content: bytes


class RefusedError(Exception):
    """What a library made of an error of the Bot API: the kind it knows it by, its words in lower case, its number."""

    def __init__(self, kind: str, words: str, number: int | None = None) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind
        self.words = (
            words.lower().removeprefix("telegram server says - ").partition("bad request: ")[2] or words.lower()
        )
        self.number = number


class Client(Protocol):
    """One library at work for bot 1."""

    library: str

    @classmethod
    async def open(cls, address: str) -> Self:
        """Return a client of the sandbox at this address."""

    async def call(self, method: str, **fields: Any) -> Any:
        """Return the result of a method, read by the library and written as JSON again; raise RefusedError."""

    async def fetch(self, file_id: str) -> bytes:
        """Return the bytes of a file."""

    def read(self, update: Any) -> Any:
        """Return an update as the library reads it, as JSON again."""

    def echo(self) -> AbstractAsyncContextManager[None]:
        """Run an application of the library, as its manual says, that answers every message by its words."""

    async def close(self) -> None:
        """Let the connections go."""


class Aiogram:
    """aiogram, through its method objects."""

    library = f"aiogram {aiogram.__version__}"

    def __init__(self, address: str) -> None:
        self._bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))

    @classmethod
    async def open(cls, address: str) -> Self:
        return cls(address)

    async def call(self, method: str, **fields: Any) -> Any:
        kind = getattr(methods, method[0].upper() + method[1:])
        try:
            return _plain(await self._bot(kind(**_sent(fields))))
        except exceptions.TelegramAPIError as error:
            raise RefusedError(*_told_by_aiogram(error)) from error

    async def fetch(self, file_id: str) -> bytes:
        fetched = await self._bot.download(file_id)
        assert fetched is not None
        return fetched.read()

    def read(self, update: Any) -> Any:
        return _plain(Update.model_validate(update))

    @asynccontextmanager
    async def echo(self) -> AsyncIterator[None]:
        dispatcher = Dispatcher()
        dispatcher.message.register(lambda message: message.reply(f"收到：{message.text}"))
        polling = asyncio.create_task(
            dispatcher.start_polling(self._bot, handle_signals=False, close_bot_session=False, polling_timeout=1)
        )
        yield
        await dispatcher.stop_polling()
        await polling

    async def close(self) -> None:
        await self._bot.session.close()


def _sent(value: Any) -> Any:
    if isinstance(value, Upload):
        return BufferedInputFile(value.content, value.name)
    if isinstance(value, dict):
        return {key: _sent(one) for key, one in value.items()}
    return [_sent(one) for one in value] if isinstance(value, list) else value


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(one) for one in result]
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    return result


_AIOGRAM_KINDS = (
    (exceptions.TelegramBadRequest, "bad request"),
    (exceptions.TelegramForbiddenError, "forbidden"),
    (exceptions.TelegramConflictError, "conflict"),
    (exceptions.TelegramUnauthorizedError, "unauthorized"),
    (exceptions.TelegramServerError, "server"),
    (exceptions.TelegramNetworkError, "network"),
)


def _told_by_aiogram(error: exceptions.TelegramAPIError) -> tuple[str, str, int | None]:
    if isinstance(error, exceptions.TelegramRetryAfter):
        return "too many requests", error.message, error.retry_after
    if isinstance(error, exceptions.TelegramMigrateToChat):
        return "moved", error.message, error.migrate_to_chat_id
    kind = next((kind for family, kind in _AIOGRAM_KINDS if isinstance(error, family)), type(error).__name__)
    return kind, error.message, None


class PythonTelegramBot:
    """python-telegram-bot, through the methods of its Bot."""

    library = f"python-telegram-bot {telegram.__version__}"

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot

    @classmethod
    async def open(cls, address: str) -> Self:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # without it the library warns of its own next version
        bot = telegram.Bot(TOKEN, base_url=f"{address}bot", base_file_url=f"{address}file/bot")
        await bot.initialize()
        return cls(bot)

    async def call(self, method: str, **fields: Any) -> Any:
        named = getattr(self._bot, re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower())
        try:
            return _as_json(await named(**{key: self._made(key, value) for key, value in fields.items()}))
        except telegram.error.TelegramError as error:
            raise RefusedError(*_told_by_ptb(error)) from error

    async def fetch(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    def read(self, update: Any) -> Any:
        return _as_json(telegram.Update.de_json(update, self._bot))

    @asynccontextmanager
    async def echo(self) -> AsyncIterator[None]:
        async def heard(update: telegram.Update, _: Any) -> None:
            assert update.message is not None
            await update.message.reply_text(f"收到：{update.message.text}", do_quote=True)

        app = (
            ext.Application.builder()
            .bot(ext.ExtBot(TOKEN, self._bot.base_url.removesuffix(TOKEN)))
            .job_queue(None)
            .build()
        )
        app.add_handler(ext.MessageHandler(ext.filters.ALL, heard))
        async with app:
            await app.start()
            await app.updater.start_polling(poll_interval=0, timeout=1)
            yield
            await app.updater.stop()
            await app.stop()

    async def close(self) -> None:
        await self._bot.shutdown()

    def _made(self, key: str, value: Any) -> Any:
        """Return a field as the object that this library wants in its place."""
        if isinstance(value, Upload):
            return telegram.InputFile(value.content, filename=value.name)
        if key == "media":
            return [_medium(one) for one in value] if isinstance(value, list) else _medium(value)
        if key == "reply_markup":
            kind = telegram.InlineKeyboardMarkup if "inline_keyboard" in value else telegram.ReplyKeyboardMarkup
            return telegram.ReplyKeyboardRemove() if "remove_keyboard" in value else kind(*value.values())
        kind = _OBJECTS.get(key)
        if kind is None:
            return value
        return (
            [kind.de_json(one, self._bot) for one in value]
            if isinstance(value, list)
            else kind.de_json(value, self._bot)
        )


_OBJECTS: dict[str, Any] = {
    "reply_parameters": telegram.ReplyParameters,
    "reaction": telegram.ReactionType,
    "commands": telegram.BotCommand,
    "entities": telegram.MessageEntity,
    "link_preview_options": telegram.LinkPreviewOptions,
}
_MEDIA = {
    "photo": telegram.InputMediaPhoto,
    "video": telegram.InputMediaVideo,
    "document": telegram.InputMediaDocument,
    "audio": telegram.InputMediaAudio,
    "animation": telegram.InputMediaAnimation,
}


def _medium(value: dict[str, Any]) -> Any:
    fields = {key: one for key, one in value.items() if key != "type"}
    if isinstance(fields["media"], Upload):
        fields |= {"media": fields["media"].content, "filename": fields["media"].name}
    return _MEDIA[value["type"]](**fields)


def _as_json(result: Any) -> Any:
    if isinstance(result, tuple | list):
        return [_as_json(one) for one in result]
    return result.to_dict() if isinstance(result, telegram.TelegramObject) else result


_PTB_KINDS = (
    (telegram.error.BadRequest, "bad request"),
    (telegram.error.Forbidden, "forbidden"),
    (telegram.error.Conflict, "conflict"),
    (telegram.error.InvalidToken, "unauthorized"),
)


def _told_by_ptb(error: telegram.error.TelegramError) -> tuple[str, str, int | None]:
    if isinstance(error, telegram.error.RetryAfter):
        wait = error.retry_after
        return "too many requests", error.message, int(wait.total_seconds() if isinstance(wait, timedelta) else wait)
    if isinstance(error, telegram.error.ChatMigrated):
        return "moved", error.message, error.new_chat_id
    kind = next((kind for family, kind in _PTB_KINDS if isinstance(error, family)), None)
    if kind is None:
        is_server = type(error) is telegram.error.NetworkError and "httpx" not in error.message
        kind = "server" if is_server else "network"
    return kind, error.message, None


LIBRARIES: tuple[Any, ...] = (Aiogram, PythonTelegramBot)
