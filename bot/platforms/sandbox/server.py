"""The sandbox as a running server: both faces and the page on one port of 127.0.0.1."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.platforms.sandbox import control, people_chats, people_members, people_talk, people_topics
from bot.platforms.sandbox.bot_face import PLATFORM, add_bot_face
from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.errors import ApiError, Refused
from bot.platforms.sandbox.platform import AdvanceClock, Platform

PAGE = Path(__file__).with_name("static")
LARGEST_REQUEST = 64 * 1024 * 1024
_HOST = "127.0.0.1"
_NOT_KEPT = {"Cache-Control": "no-store"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sandbox:
    """A running sandbox on 127.0.0.1."""

    address: str

    def __init__(self, platform: Platform, runner: web.AppRunner, address: str) -> None:
        self._platform = platform
        self._runner = runner
        self.address = address

    @classmethod
    async def start(
        cls, *, port: int = 8081, limits: bool = True, state: Path | None = None, cast: Cast | None = None
    ) -> Self:
        """Serve a world, the one kept in `state` if there is one; port 0 means any that is free.

        Raise OSError if the port is taken, JournalBroken if the state cannot be read.
        """
        platform = Platform(limits=limits, state=state, cast=cast or Cast())
        runner = web.AppRunner(application(platform), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, port).start()
        except OSError:
            await runner.cleanup()
            raise
        return cls(platform, runner, f"http://{_HOST}:{runner.addresses[0][1]}/")

    async def stop(self) -> None:
        """Let everybody go who waits, close the port, then the journal."""
        self._platform.hush()
        await self._platform.webhooks.stop()
        await self._runner.cleanup()
        self._platform.store.close()

    @property
    def advance_clock(self) -> AdvanceClock | None:
        """What moves the bot's clock on by a timedelta; None where no clock can be moved."""
        return self._platform.advance_clock

    @advance_clock.setter
    def advance_clock(self, advance: Callable[[timedelta], Awaitable[None]] | None) -> None:
        self._platform.advance_clock = advance


def application(platform: Platform) -> web.Application:
    """Return the sandbox as one aiohttp application."""
    app = web.Application(middlewares=[errors_told], client_max_size=LARGEST_REQUEST)
    app[PLATFORM] = platform
    add_bot_face(app)
    for face in (people_chats, people_members, people_topics, people_talk, control):
        app.router.add_routes(face.routes)
    app.router.add_get("/", page_opened)
    app.router.add_get("/static/{name:.+}", page_opened)
    return app


@web.middleware
async def errors_told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell a person in a JSON sentence what was refused."""
    try:
        return await handler(request)
    except Refused as refusal:
        return _sentence(refusal.sentence, refusal.status)
    except ApiError as refusal:
        return _sentence(refusal.description, refusal.code)
    except web.HTTPException as reason:
        if reason.status < web.HTTPBadRequest.status_code:
            raise
        return _sentence(f"{request.method} {request.path}: {reason.reason}.", reason.status)


def _sentence(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


async def page_opened(request: web.Request) -> web.StreamResponse:
    """Serve the page and what belongs to it, never from a cache."""
    file = (PAGE / request.match_info.get("name", "index.html")).resolve()
    if file.is_relative_to(PAGE.resolve()) and file.is_file():
        return web.FileResponse(file, headers=_NOT_KEPT)
    if request.path == "/":
        return web.Response(text="The sandbox is running; its page is not installed.\n")
    raise Refused(f"There is no {request.path}.", 404)
