"""The server of the HTTP side. The webhook will be one more of its routes.

What is asked for under a wrong, a revoked and an unknown address gets the same answer. Request
lines are in no log, since they may hold a secret.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from aiohttp import web

from bot.adapters.web.calendar import calendar_file
from bot.commands.agenda import agenda_behind
from bot.commands.desk import Desk
from bot.commands.feeds import PATH
from bot.core.allowance import Allowance
from bot.core.errors import SettingsError

log = logging.getLogger(__name__)

MOST, WITHIN = 60, timedelta(minutes=1)
"""Calendars that one address may ask for; behind a proxy all apps have one. They ask each hour."""

LARGEST_BODY = 1024
THREADS = 2
"""One makes calendars, one after the other since answers to readers come first; one is left to tell
whether the database answers."""

ANSWERS_WITHIN, CALENDAR_WITHIN = 3.0, 30.0
"""Seconds after which the database counts as silent, and a calendar is given up."""

SHUTDOWN = 2.0
"""Seconds that requests in hand have to end."""

HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""An app may keep a calendar if it asks each time whether it is still the newest; a proxy not."""

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HttpSide:
    """Alive from `start()` on; ready, and with calendars, within `answering(desk)`."""

    def __init__(self) -> None:
        self._desk: Callable[[], Desk] | None = None
        self._runner: web.AppRunner | None = None
        self._threads = ThreadPoolExecutor(THREADS, "http")
        self._turn = asyncio.Lock()
        self._asked = Allowance(MOST, WITHIN)

    async def start(self, host: str, port: int) -> None:
        """Raises `SettingsError` where nothing can listen there."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_alike])
        app.router.add_get("/healthz", self._on_healthz)
        app.router.add_get("/readyz", self._on_readyz)
        app.router.add_get(PATH, self._on_calendar)
        app.on_response_prepare.append(_dress)
        self._runner = web.AppRunner(
            app, access_log=None, logger=_unheard(), shutdown_timeout=SHUTDOWN
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self.stop()
            why = str(error.strerror).rpartition(": ")[2]  # asyncio repeats the address before it
            cure = "end the program that has it, or name another host:port"
            raise SettingsError(f"WAZAHAT_LISTEN: {host}:{port}: {why}; {cure}") from error
        log.info("http side listens", extra={"host": host, "port": port})

    async def stop(self) -> None:
        """Take no more requests, and let those in hand end."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()
        self._threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def answering(self, desk: Callable[[], Desk]) -> AsyncIterator[None]:
        """Requests are answered at this desk until the end of the block, which stops them."""
        self._desk = desk
        try:
            yield
        finally:
            await self.stop()

    async def _on_healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _on_readyz(self, _: web.Request) -> web.Response:
        missing = await self._missing()
        if missing:
            return web.Response(status=503, text=f"not ready: {missing}")
        return web.Response(text="ready")

    async def _missing(self) -> str:
        if self._desk is None:
            return "the Bot API is not reached yet"
        if not self._desk().library.records:
            return "content"
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._in_thread(_ask_the_database, self._desk())
        except Exception as error:
            log.warning("database does not answer", extra={"error": type(error).__name__})
            return "database"
        return ""

    async def _on_calendar(self, request: web.Request) -> web.Response:
        if self._desk is None:
            return web.Response(status=503)
        desk = self._desk()
        if self._asked.take(request.remote or "", desk.clock()):
            seconds = str(int(WITHIN.total_seconds()))
            return web.Response(status=429, headers={"Retry-After": seconds})
        secret = request.match_info["secret"]
        async with asyncio.timeout(CALENDAR_WITHIN), self._turn:
            ready = await self._in_thread(lambda at: _calendar(secret, at), desk)
        if ready is None:
            raise web.HTTPNotFound
        tag = hashlib.sha256(ready).hexdigest()[:32]
        headers = {"ETag": f'"{tag}"'}
        known = request.if_none_match or ()
        if any(each.value in (tag, "*") for each in known):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=ready, headers=headers, content_type="text/calendar", charset="utf-8"
        )

    async def _in_thread(self, work: Callable[[Desk], T], desk: Desk) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, desk)


def _calendar(secret: str, desk: Desk) -> bytes | None:
    agenda = agenda_behind(secret, desk)
    return calendar_file(agenda) if agenda else None


def _ask_the_database(desk: Desk) -> None:
    with desk.new_uow(reading=True) as uow:
        uow.holds.active()


@web.middleware
async def _alike(request: web.Request, handler: Handler) -> web.StreamResponse:
    """One answer to all that leads nowhere, and no word of what went wrong on our side."""
    try:
        return await handler(request)
    except web.HTTPException:
        return web.Response(status=404, text="not found")
    except Exception:
        log.exception("a request over HTTP failed")
        return web.Response(status=503, text="not now")


async def _dress(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.pop("Server", None)


def _unheard() -> logging.Logger:
    """For what the library says of requests that it cannot read: it repeats them."""
    logger = logging.Logger("http")
    logger.addHandler(logging.NullHandler())
    return logger
