"""What goes on beside the answers: following the content and the database, tidying, telling."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from itertools import repeat

from bot.adapters.content_files.serving import Serving
from bot.adapters.telegram.waiting_room import WaitingRoom
from bot.app.desks import Front, now
from bot.commands.contents import told_to_admins
from bot.commands.correcting import CLAIMED, SomeCorrected, to_be_told
from bot.commands.desk import Desk
from bot.commands.reports import gathered
from bot.core.changes import News
from bot.core.people import Role
from bot.core.ports import Messenger
from bot.jobs.forgetting import forget_old

log = logging.getLogger(__name__)

LOOK_EVERY = 0.8
"""Seconds between two looks at the content folder; a change is served within two."""

LOOKS_BEFORE_WORDING = 12
"""Judging the wording of everything takes seconds of work, which the first readers should not feel.
"""

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


async def look_after(
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
