"""The composition root: the one module that knows every part and joins them."""

import asyncio
import contextlib
import gc
import logging
import secrets
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any, NoReturn

from bot.adapters.content_files import Content, ContentFolder
from bot.adapters.content_files.editing import ContentKeeper
from bot.adapters.content_files.serving import Serving
from bot.adapters.telegram.application import (
    Menu,
    build_application,
    connect,
    poll_until,
    publish_menus,
)
from bot.adapters.telegram.handlers import App, Handlers
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.transport import PollingRequest, SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.adapters.telegram.waiting_room import WaitingRoom
from bot.commands.accounting import Account, account
from bot.commands.choices import Choices
from bot.commands.contents import told_to_admins
from bot.commands.desk import RECENT_BRIEFS, Desk
from bot.commands.reports import gathered
from bot.commands.table import open_to
from bot.core.changes import News
from bot.core.errors import OutsideError
from bot.core.fingerprints import fingerprints
from bot.core.people import Role
from bot.core.ports import Messenger, NewUow
from bot.core.posts import Delivery, Post
from bot.core.recent import Recent
from bot.core.replies import Reply, plain
from bot.database import database, opening_database
from bot.editorial import RecordLint
from bot.jobs.deliver import Sender
from bot.jobs.scheduler import Alarm
from bot.pictures.gallery import Gallery
from bot.search.index import Index
from bot.settings import Settings
from db.glance import glance_at

log = logging.getLogger(__name__)

LOOK_EVERY = 0.8
"""Seconds between two looks at the content folder; a change is served within two."""

LOOKS_BEFORE_WORDING = 12
"""Judging the wording of everything takes seconds of work, which the first readers should not feel.
"""

SWITCH_EVERY = 0.0005
"""Seconds for which a busy thread may keep the answering one from going on, each time it paused;
Python's own is ten times it."""

CHOICES_EVERY = 5.0
"""Seconds after which a choice that another process wrote holds in this one."""

TIDY_EVERY = 15.0

CHOICES_AGAIN = 1.0
"""Seconds after which reading the choices is tried again while groups wait for it."""


def now() -> datetime:
    return datetime.now(UTC)


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """The bot, until `stop`: answers readers, and sends what is due.

    Raises `ContentError`, `SettingsError` or `OutsideError` where it cannot start. A Bot API that
    cannot be reached is no such case: it waits for it.
    """
    sys.setswitchinterval(SWITCH_EVERY)
    serving = Serving(content_folder(settings.content_dir))
    sending, polling = SendingRequest(), PollingRequest()
    app = build_application(settings.token.get_secret_value(), settings.api_url, sending, polling)
    try:
        if await connect(app, settings.api_url, stop):
            with opening_database(settings, stop) as (new_uow, opened):
                desk = make_desk(settings, serving, new_uow)
                if seen := glance_at(settings.database_url):
                    desk.choices.take(*seen)
                front = Front(replace(desk, username=app.bot.username))
                serving.taken_over = front.take_over
                await _serve(app, front, serving, settings, stop, opened)
                await opened
    finally:
        await asyncio.gather(sending.shutdown(), polling.shutdown())
    log.info("stopped")


class Front:
    """The desk that requests are answered at from now on; another set of content replaces it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def take_over(self, content: Content) -> None:
        index = Index(content.library, content.stop_words, self.desk.index)
        library, phrases = content.library, content.phrases
        briefs = Recent[Any, Any](RECENT_BRIEFS)
        self.desk = replace(self.desk, library=library, index=index, phrases=phrases, briefs=briefs)


async def _serve(
    app: App,
    front: Front,
    serving: Serving,
    settings: Settings,
    stop: asyncio.Event,
    opened: asyncio.Future[NewUow],
) -> None:
    """Answer from now on, and send what is due as soon as the database is open."""
    new_uow, gallery = front.desk.new_uow, Gallery()
    messenger = TelegramMessenger(app.bot, Uploads(gallery.png, new_uow, app.bot.id))

    def told_of(post: Post, deliveries: Sequence[Delivery]) -> Reply:
        return report_of(front.desk, post, deliveries)

    sender = Sender(secrets.token_hex(8), new_uow, messenger, now, told_of, stop)
    alarm = Alarm(new_uow, sender.send_due, sender.report, now)
    Handlers(lambda: front.desk, settings.languages, messenger, alarm.changed).add_to(app)
    waiting = WaitingRoom(app, lambda: front.desk.choices.known)

    async def send() -> None:
        await asyncio.shield(opened)
        gc.freeze()  # what is loaded by now stays: looking it through again would hold up answers
        alarm.start()
        log.info("started", extra={"bot": app.bot.username})
        shared = settings.database_url.startswith("postgresql")
        remembering = remember(front.desk.choices, waiting.let_in, shared=shared)
        await asyncio.gather(remembering, tidy_up(front, messenger))

    menus_shown = publish_menus(app, menus(front.desk, settings))
    try:
        await poll_until(app, stop, [send(), menus_shown, follow(serving, front, messenger)])
    finally:
        await alarm.stop()
        await app.shutdown()
        gallery.close()


async def remember(choices: Choices, then: Callable[[], None], *, shared: bool) -> None:
    """Read what people and groups chose, and each time do what comes `then`.

    In a `shared` database others may go on choosing.
    """
    while True:
        try:
            await asyncio.to_thread(choices.load)
            then()
            if not shared:
                return
        except Exception:
            log.exception("reading what people chose failed, will try again")
        await asyncio.sleep(CHOICES_EVERY if choices.known else CHOICES_AGAIN)


async def tidy_up(front: Front, messenger: Messenger) -> None:
    """Again and again: clean the database's files of what was deleted, also by a process that died
    before it could, and tell of the reports that gathered."""

    def cleanse() -> None:
        with front.desk.new_uow() as uow:
            uow.cleanse()

    while True:
        try:
            await asyncio.to_thread(cleanse)
            for person, notice in gathered(front.desk):
                await messenger.tell(person, notice)
        except Exception:
            log.exception("tidying up failed, will try again")
        await asyncio.sleep(TIDY_EVERY)


def _looks(serving: Serving) -> Iterator[Callable[[], News | None]]:
    """What to look at, round after round: once, when the first answers are out, at the wording."""
    yield from repeat(serving.look, LOOKS_BEFORE_WORDING)
    yield serving.judged
    yield from repeat(serving.look)


async def follow(serving: Serving, front: Front, messenger: Messenger) -> None:
    """Take over what changes in the content folder, and tell the admins, for as long as it runs.

    A round that fails is logged and tried again.
    """
    untold: list[News] = []
    for look in _looks(serving):
        await asyncio.sleep(LOOK_EVERY)
        try:
            news = await asyncio.to_thread(look)
            if news and (news.changes or news.faults):
                log.info("content", extra={"revision": news.revision, "faults": len(news.faults)})
                untold.append(news)
            while untold:
                told = await asyncio.to_thread(told_to_admins, untold[0], front.desk)
                if not all([await messenger.tell(each, told) for each in front.desk.owners]):
                    break
                del untold[0]
        except Exception:
            log.exception("looking after the content failed, will try again")


def stop_on_signals() -> asyncio.Event:
    """An event that is set when the process is asked to end."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def content_folder(root: Path) -> ContentFolder:
    """A content folder whose wording is judged as of today."""
    return ContentFolder(root, RecordLint(lambda: now().date()))


def make_desk(settings: Settings, serving: Serving, new_uow: NewUow) -> Desk:
    content = serving.content
    return Desk(
        library=content.library,
        index=Index(content.library, content.stop_words),
        phrases=content.phrases,
        owners=settings.owner_ids,
        clock=now,
        zone=settings.zone,
        new_uow=new_uow,
        keeper=ContentKeeper(serving),
        choices=Choices(fingerprints(settings.token.get_secret_value()), new_uow),
        languages=settings.languages,
    )


def reading_desk(settings: Settings) -> Desk:
    """A desk for answering alone: it has no database, and nobody is a moderator."""

    def no_database(**_: object) -> NoReturn:
        raise OutsideError("only briefs can be asked for here; posts are worked on in the chat")

    nobody = settings.model_copy(update={"owners": ()})
    return make_desk(nobody, Serving(content_folder(settings.content_dir)), no_database)


def report_of(desk: Desk, post: Post, deliveries: Sequence[Delivery]) -> Reply:
    """How a post that is over is told to those who made it."""
    told = account(post, deliveries, desk.local)
    return plain(desk.say("en", "report.over", id=post.id), "\n".join(told.lines))


def menus(desk: Desk, settings: Settings) -> Iterator[Menu]:
    """Telegram's command menu for everyone, and for each moderator, in each language."""
    for language in settings.languages:
        code = None if language == settings.languages[0] else language
        for role, chats in ((Role.READER, (None,)), (Role.OWNER, settings.owners)):
            shown = {each.name: desk.say(language, each.about) for each in open_to(role)}
            yield from (Menu(shown, chat, code) for chat in chats)


def accounting_of(post_id: int, settings: Settings) -> Account | None:
    """What became of a post, read while the bot may be running."""
    with database(settings, alone=False) as new_uow, new_uow() as uow:
        post = uow.posts.get(post_id)
        if post is None:
            return None
        zone = settings.zone
        return account(
            post, uow.deliveries.of(post_id), lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
        )
