"""The clock of what is to be sent, and all that it drives."""

import asyncio
import secrets
from collections.abc import Sequence
from functools import partial

from bot.adapters.telegram.messenger import TelegramMessenger
from bot.app.desks import Front, now
from bot.commands.audiences import followed, signed
from bot.commands.channels import place_changed
from bot.commands.desk import Desk
from bot.commands.moderation import card_of, message_of, told_of
from bot.commands.months.noticing import last_out, next_out, reminder
from bot.core.channels import Look
from bot.core.people import PersonId, Role
from bot.core.ports import UnitOfWork
from bot.core.posts import Delivery, Draft, Finding, Post, Tally
from bot.core.replies import Reply
from bot.core.schedule import Calendar
from bot.jobs.channels import ToChannels
from bot.jobs.deliver import Readership, Sender
from bot.jobs.notify import Around, Notifier
from bot.jobs.plan import Planner
from bot.jobs.report import Reporter
from bot.jobs.scheduler import Alarm


def make_alarm(front: Front, messenger: TelegramMessenger, stop: asyncio.Event) -> Alarm:
    """It asks the front for the desk each time, so that it goes by the content of that moment."""
    new_uow = front.desk.new_uow

    async def noticed(look: Look) -> None:
        told = await asyncio.to_thread(place_changed, look, None, front.desk, administrator=False)
        for person, notice in told.notices:
            await messenger.tell(person, notice)

    def message(draft: Draft) -> Reply | None:
        return message_of(draft, front.desk)

    def card(draft: Draft) -> Reply | None:
        return card_of(draft, front.desk)

    def told(post: Post, tally: Tally, person: PersonId) -> Reply:
        return told_of(front.desk, post, tally, person)

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
