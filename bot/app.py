"""The composition root: the one module that knows every part and joins them."""

import asyncio
import contextlib
import gc
import logging
import secrets
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from bot.adapters.content_files import Content, ContentFolder
from bot.adapters.content_files.editing import ContentKeeper
from bot.adapters.content_files.serving import Serving
from bot.adapters.logs import ErrorCount
from bot.adapters.telegram.application import (
    Menu,
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
from bot.commands.accounting import Account, account
from bot.commands.audiences import followed, signed
from bot.commands.channels import place_changed
from bot.commands.choices import Choices
from bot.commands.contents import told_to_admins
from bot.commands.correcting import CLAIMED, SomeCorrected, to_be_told
from bot.commands.desk import RECENT_BRIEFS, Desk
from bot.commands.moderation import card_of, message_of, told_of
from bot.commands.months.noticing import last_out, next_out, reminder
from bot.commands.reports import gathered
from bot.commands.sightings import Sightings
from bot.commands.staff import Staff
from bot.commands.table import open_to
from bot.core.changes import News
from bot.core.channels import Address, Look
from bot.core.drawings import Drawing
from bot.core.errors import OutsideError
from bot.core.fingerprints import fingerprints
from bot.core.people import PersonId, Role
from bot.core.ports import Messenger, NewUow, UnitOfWork
from bot.core.posts import Delivery, Draft, Finding, Post, Tally
from bot.core.recent import Recent
from bot.core.replies import Reply
from bot.core.schedule import Calendar
from bot.database import database, opening_database
from bot.editorial import PostJudge, RecordLint, Series
from bot.jobs.channels import ToChannels
from bot.jobs.deliver import Readership, Sender
from bot.jobs.forgetting import forget_old
from bot.jobs.notify import Around, Notifier
from bot.jobs.plan import Planner
from bot.jobs.report import Reporter
from bot.jobs.scheduler import Alarm
from bot.pictures.gallery import Gallery
from bot.search.index import Index
from bot.settings import Settings
from db.glance import glance_at

if TYPE_CHECKING:
    from bot.adapters.web.server import HttpSide

log = logging.getLogger(__name__)

LOOK_EVERY = 0.8
"""Seconds between two looks at the content folder; a change is served within two."""

LOOKS_BEFORE_WORDING = 12
"""Judging the wording of everything takes seconds of work, which the first readers should not feel.
"""

SWITCH_EVERY = 0.0005
"""Seconds for which a busy thread may keep the answering one from going on, each time it paused;
Python's own is ten times it."""

LOOK = 90.0
"""Seconds after which a thread gives up on a look at a chat: longer than its calls can take."""

GARBAGE = 20_000
"""New objects after which garbage is looked for; an answer makes hundreds, few in circles."""

CHOICES_EVERY = 5.0
"""Seconds after which a choice that another process wrote holds in this one."""

SIGHTINGS_EVERY = 5.0
"""Seconds after which a date that another process confirmed shows in this one. What is planned and
sent goes by the database."""

STAFF_EVERY = 5.0
"""Seconds after which a role that another process granted shows in menus and notices of this one.
Commands and buttons look it up themselves."""

TIDY_EVERY = 15.0

TAPS_EVERY = 2.0
"""Seconds of counted taps that a process which is killed takes with it."""

AGAIN = 1.0
"""Seconds after which reading what is not known yet is tried again."""


def now() -> datetime:
    return datetime.now(UTC)


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
    alarm = _alarm(front, messenger, stop)
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
        await _look_after(front, messenger, waiting, shared=shared)

    menus_shown = show_menus((None, *front.desk.owners))
    try:
        await poll_until(app, stop, [once_open(), menus_shown, follow(serving, front, messenger)])
    finally:
        await alarm.stop()
        await app.shutdown()
        if opened.done():
            await write_taps(front.desk)
        gallery.close()


def _alarm(front: Front, messenger: TelegramMessenger, stop: asyncio.Event) -> Alarm:
    """The clock of what is to be sent, and all that it drives."""
    new_uow = front.desk.new_uow

    async def noticed(look: Look) -> None:
        told = await asyncio.to_thread(place_changed, look, None, front.desk, administrator=False)
        for person, notice in told.notices:
            await messenger.tell(person, notice)

    def message(draft: Draft) -> Reply | None:
        return message_of(draft, front.desk)

    def card(draft: Draft) -> Reply | None:
        return card_of(draft, front.desk)

    def told(post: Post, tally: Tally) -> Reply:
        return told_of(front.desk, post, tally)

    def calendar() -> Calendar:
        return front.desk.calendar

    def stops(post: Post, delivery: Delivery, uow: UnitOfWork) -> Sequence[Finding]:
        return front.desk.judge.stops(post, delivery, uow, front.desk.grounds())

    to_channels = ToChannels(messenger, messenger, new_uow, noticed)
    planner = Planner(new_uow, calendar, now)
    readership = Readership(
        lambda draft: followed(draft, front.desk),
        lambda reply, draft: signed(reply, draft, front.desk),
    )
    owner = secrets.token_hex(8)
    sender = Sender(owner, new_uow, to_channels, now, message, card, stops, stop, readership)
    reporter = Reporter(new_uow, messenger, now, told, calendar, lambda: front.desk.people())
    notifier = Notifier(new_uow, messenger, now, lambda: around(front.desk))

    async def work() -> None:
        await planner.plan_ahead()
        await sender.send_due()

    async def tell() -> None:
        await reporter.report()
        await notifier.notify()

    return Alarm(new_uow, work, tell, now)


def around(desk: Desk) -> Around:
    """Whom to give notice of what is coming, and in which words."""
    return Around(
        desk.people(),
        desk.people(Role.ADMIN),
        desk.calendar,
        desk.library.plan_rules,
        partial(next_out, desk),
        partial(last_out, desk),
        partial(reminder, desk),
    )


async def _look_after(
    front: Front, messenger: Messenger, waiting: WaitingRoom, *, shared: bool
) -> None:
    """Keep at hand what the database holds of choices and roles, and keep it tidy."""
    loop = asyncio.get_running_loop()

    def read_choices() -> None:
        front.desk.choices.load()
        loop.call_soon_threadsafe(waiting.let_in)

    await asyncio.gather(
        remember(read_choices, CHOICES_EVERY, shared=shared),
        remember(front.desk.staff.load, STAFF_EVERY, shared=shared),
        remember(front.desk.sightings.load, SIGHTINGS_EVERY, shared=shared),
        tidy_up(front, messenger),
        keep_taps(front.desk),
        tell_of_corrections(front, messenger),
    )


async def tell_of_corrections(front: Front, messenger: Messenger) -> None:
    """Tell the moderators which sent posts were made from a record that is corrected: at the start,
    when other content is served, and from time to time, should another process have died over it.
    """

    def note(each: SomeCorrected) -> None:
        with front.desk.new_uow() as uow:
            uow.corrections.tell(each.record_id, each.fingerprint)
            uow.commit()

    looked_at, again = None, now()
    while True:
        try:
            desk = front.desk
            if desk.library is not looked_at or now() >= again:
                looked_at, again = desk.library, now() + CLAIMED
                for each in await asyncio.to_thread(list, to_be_told(desk)):
                    if all([await messenger.tell(*notice) for notice in each.notices]):
                        await asyncio.to_thread(note, each)
        except Exception:
            log.exception("telling of corrections failed, will try again")
        await asyncio.sleep(LOOK_EVERY)


async def remember(load: Callable[[], None], every: float, *, shared: bool) -> None:
    """Read what the database holds; in a `shared` one others may go on changing it."""
    while True:
        try:
            await asyncio.to_thread(load)
            if not shared:
                return
            await asyncio.sleep(every)
        except Exception:
            log.exception("reading from the database failed, will try again")
            await asyncio.sleep(AGAIN)


async def keep_taps(desk: Desk) -> None:
    """Write down what is counted in memory, again and again; no answer waits for it."""
    while True:
        await asyncio.sleep(TAPS_EVERY)
        await write_taps(desk)


async def write_taps(desk: Desk) -> None:
    """Where that fails they stay in memory, and the next time is another try."""
    try:
        await asyncio.to_thread(desk.taps.write, desk.new_uow)
    except Exception:
        log.exception("counts were not written, will try again")


async def tidy_up(front: Front, messenger: Messenger) -> None:
    """Again and again: take readers out of what was sent to them long ago, clean the database's
    files of what was deleted, also by a process that died before it could, and tell of the reports
    that gathered."""

    def cleanse() -> None:
        forget_old(front.desk.new_uow, now())
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
                admins = front.desk.people(Role.ADMIN)
                if not all([await messenger.tell(each, told) for each in admins]):
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
        staff=Staff(new_uow),
        languages=settings.languages,
        web_root=settings.web_root,
        lay_out=Series(settings.zone),
        sightings=Sightings(new_uow),
        judge=PostJudge(settings.zone),
    )


def reading_desk(settings: Settings) -> Desk:
    """A desk for answering alone: it has no database, and nobody is a moderator."""

    def no_database(**_: object) -> NoReturn:
        raise OutsideError("only briefs can be asked for here; posts are worked on in the chat")

    nobody = settings.model_copy(update={"owners": ()})
    return make_desk(nobody, Serving(content_folder(settings.content_dir)), no_database)


def menus(desk: Desk, people: Iterable[PersonId | None]) -> Iterator[Menu]:
    """Telegram's command menu for each of these people, None for everyone, in each language.

    Who has no role (any more) has the menu of everyone: theirs is empty.
    """
    for person in people:
        role, chat = desk.role_of(person), int(person.removeprefix("telegram:")) if person else None
        commands = () if person and role is Role.READER else open_to(role)
        for language in desk.languages:
            code = None if language == desk.languages[0] else language
            yield Menu({each.name: desk.say(language, each.about) for each in commands}, chat, code)


def accounting_of(post_id: int, settings: Settings) -> Account | None:
    """What became of a post, read while the bot may be running."""
    with database(settings, alone=False) as new_uow, new_uow() as uow:
        post = uow.posts.get(post_id)
        if post is None:
            return None
        zone = settings.zone
        return account(
            post, uow.deliveries.tally(post_id), lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
        )
