"""The bot from its start to its end."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.adapters.content_files.serving import Serving
from bot.adapters.logs import ErrorCount
from bot.adapters.telegram.application import (
    build_application,
    connect,
    poll_until,
    publish_menus,
)
from bot.adapters.telegram.handlers import App, Handlers
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.transport import PollingRequest, SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.adapters.telegram.waiting_room import WaitingRoom
from bot.app.clockwork import make_alarm
from bot.app.desks import Front, content_folder, make_desk, menus, now
from bot.app.upkeep import STAFF_EVERY, follow, look_after, remember, write_taps
from bot.core.channels import Address, Look
from bot.core.drawings import Drawing
from bot.core.people import PersonId
from bot.core.ports import NewUow
from bot.database import opening_database
from bot.pictures.gallery import Gallery
from bot.settings import Settings
from db.glance import glance_at

if TYPE_CHECKING:
    from bot.adapters.web.server import HttpSide

log = logging.getLogger(__name__)

SWITCH_EVERY = 0.0005
"""Seconds for which a busy thread may keep the answering one from going on, each time it paused;
Python's own is ten times it."""

LOOK = 90.0
"""Seconds after which a thread gives up on a look at a chat: longer than its calls can take."""

GARBAGE = 20_000
"""New objects after which garbage is looked for; an answer makes hundreds, few in circles."""


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """The bot, until `stop`: answers readers, and sends what is due.

    Raises `ContentError`, `SettingsError` or `OutsideError` where it cannot start. A Bot API that
    cannot be reached is no such case: it waits for it.
    """
    sys.setswitchinterval(SWITCH_EVERY)
    errors = ErrorCount()
    logging.getLogger().addHandler(errors)
    serving = Serving(content_folder(settings.content_dir))
    sending, polling = SendingRequest(), PollingRequest()
    app = build_application(settings.token.get_secret_value(), settings.api_url, sending, polling)
    http = None
    try:
        http = await _http_side(settings)
        if await connect(app, settings.api_url, stop):
            with opening_database(settings, stop) as (new_uow, opened):
                desk = make_desk(settings, serving, new_uow)
                if seen := glance_at(settings.database_url):
                    desk.choices.take(*seen)
                front = Front(
                    replace(desk, username=app.bot.username, started_at=now(), errors=errors.count)
                )
                serving.taken_over = front.take_over
                at_desk = http.answering(lambda: front.desk) if http else contextlib.nullcontext()
                async with at_desk:
                    await _serve(app, front, serving, settings, stop, opened)
                await opened
    finally:
        if http:
            await http.stop()
        await asyncio.gather(sending.shutdown(), polling.shutdown())
        logging.getLogger().removeHandler(errors)
    log.info("stopped")


async def _http_side(settings: Settings) -> "HttpSide | None":
    """Listening; None where it is off, and then the start does not wait for its library."""
    if settings.listen_at is None:
        return None
    from bot.adapters.web.server import HttpSide

    side = HttpSide()
    await side.start(*settings.listen_at)
    return side


async def _serve(
    app: App,
    front: Front,
    serving: Serving,
    settings: Settings,
    stop: asyncio.Event,
    opened: asyncio.Future[NewUow],
) -> None:
    """Answer from now on, and send what is due as soon as the database is open."""
    gallery, pace = Gallery(), Pace(settings.rate_overall, settings.rate_answers)
    uploads = Uploads(gallery.png, front.desk.new_uow, app.bot.id)
    messenger = TelegramMessenger(app.bot, uploads, pace)
    loop = asyncio.get_running_loop()

    def look(address: Address) -> Look | None:
        return asyncio.run_coroutine_threadsafe(messenger.look(address), loop).result(LOOK)

    async def show_menus(people: Iterable[PersonId | None]) -> None:
        await publish_menus(app, menus(front.desk, people))

    def members(address: Address) -> int:
        return asyncio.run_coroutine_threadsafe(messenger.members(address), loop).result(LOOK)

    def draw(drawing: Drawing) -> bytes:
        return asyncio.run_coroutine_threadsafe(gallery.png(drawing), loop).result(LOOK)

    front.desk = replace(front.desk, look=look, members=members, draw=draw)
    alarm = make_alarm(front, messenger, stop)
    handlers = Handlers(
        lambda: front.desk, settings.languages, messenger, alarm.changed, show_menus
    )
    handlers.add_to(app)
    waiting = WaitingRoom(app, lambda: front.desk.choices.known)

    async def once_open() -> None:
        await asyncio.shield(opened)
        gc.freeze()  # what is loaded by now stays: looking it through again would hold up answers
        gc.set_threshold(GARBAGE)
        alarm.start()
        log.info("started", extra={"bot": app.bot.username})
        await remember(front.desk.staff.load, STAFF_EVERY, shared=False)
        await show_menus(front.desk.staff.roles)
        shared = settings.database_url.startswith("postgresql")
        await look_after(front, messenger, waiting, shared=shared)

    menus_shown = show_menus((None, *front.desk.owners))
    try:
        await poll_until(app, stop, [once_open(), menus_shown, follow(serving, front, messenger)])
    finally:
        await alarm.stop()
        await app.shutdown()
        if opened.done():
            await write_taps(front.desk)
        gallery.close()


def stop_on_signals() -> asyncio.Event:
    """An event that is set when the process is asked to end."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
