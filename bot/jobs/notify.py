"""Telling moderators what goes out soon and that the last is out, admins what waits for a date."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.core.months import Entry, Waiting, entries_of_rows
from bot.core.people import PersonId
from bot.core.plan_rules import PlanRules
from bot.core.planning import confirmed_in
from bot.core.ports import Clock, Messenger, NewUow, UnitOfWork
from bot.core.posts import Post, PostState
from bot.core.replies import Reply
from bot.core.schedule import BAND, Calendar

MOST_ROWS, MOST_SERIES = 500, 500
"""Rows, one a target, of which one notice tells; posts that repeat."""

NEXT, LAST = "next", "last"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Around:
    """Whom to tell, by which rules, and in which words."""

    moderators: Sequence[PersonId]
    admins: Sequence[PersonId]
    calendar: Calendar
    rules: PlanRules
    next_out: Callable[[PersonId, Sequence[Entry]], Reply]
    last_out: Callable[[PersonId], Reply]
    reminder: Callable[[PersonId, Waiting], Reply]


@dataclass(frozen=True)
class Told:
    """One notice for one person: of `what`, from `since` to `until`."""

    person: PersonId
    what: str
    since: datetime
    until: datetime
    words: Callable[[], Reply]


@dataclass(frozen=True)
class Notifier:
    """Tells each person each thing once, whatever process does it and however often it starts.

    It is noted before it is told: a crash in between loses a notice and never repeats one. Where
    telling fails it is tried again at the next look. During a hold nothing is said to go out.
    """

    new_uow: NewUow
    messenger: Messenger
    clock: Clock
    around: Callable[[], Around]

    async def notify(self) -> None:
        around = self.around()
        for told in await asyncio.to_thread(self._due, around):
            words = await asyncio.to_thread(self._claim, told, around)
            if words is not None and not await self.messenger.tell(told.person, words):
                await asyncio.to_thread(self._give_back, told)

    def _due(self, around: Around) -> list[Told]:
        now = self.clock()
        with self.new_uow(reading=True) as uow:
            unwanted = uow.notices.unwanted_by()
            wanting = [each for each in around.moderators if each not in unwanted]
            reminders = list(_reminders(uow, around, now))
            if uow.holds.active():
                return reminders
            return [
                *_next(uow, around, wanting, now),
                *_last(uow, around, wanting, now),
                *reminders,
            ]

    def _claim(self, told: Told, around: Around) -> Reply | None:
        """What to tell them; None where another process has told them meanwhile."""
        with self.new_uow() as uow:
            uow.notices.keep_only({*around.moderators, *around.admins, *uow.roles.all()})
            claimed = uow.notices.claim(told.person, told.what, told.since, told.until)
            uow.commit()
        return told.words() if claimed else None

    def _give_back(self, told: Told) -> None:
        with self.new_uow() as uow:
            uow.notices.give_back(told.person, told.what)
            uow.commit()


def _next(
    uow: UnitOfWork, around: Around, people: Sequence[PersonId], now: datetime
) -> Iterator[Told]:
    """What is due within the span of a notice that somebody was not told of, and what is due
    within another span of it: so that there is one message for each span at most. What was approved
    within the span before its time is no news."""
    span, known = around.rules.notice, uow.notices.told(NEXT)
    first = uow.deliveries.next_due()
    untold = [each for each in people if known.get(each, now) < now + span]
    if first is None or first > now + span or not untold:
        return
    rows = uow.deliveries.due_between(now, now + 2 * span + _MINUTE, MOST_ROWS)
    posts = {each.id: each for each in uow.posts.several({row.post_id for row in rows})}
    drafts = {number: post.draft for number, post in posts.items()}
    entries = [
        each
        for each in entries_of_rows(rows, drafts)
        if each.state is PostState.SCHEDULED
        and _approved_at(posts[each.post_id], now) <= each.at - span
    ]
    for person in untold:
        fresh = [each for each in entries if person not in known or each.at > known[person]]
        if fresh and fresh[0].at <= now + span:
            since, until = fresh[0].at, fresh[0].at + span
            soon = [each for each in fresh if each.at <= until]
            yield Told(person, NEXT, since, until, partial(around.next_out, person, soon))


def _approved_at(post: Post, otherwise: datetime) -> datetime:
    return max((each.at for each in post.approvals), default=otherwise)


def _last(
    uow: UnitOfWork, around: Around, people: Sequence[PersonId], now: datetime
) -> Iterator[Told]:
    """That nothing is planned any more, soon after the last post went out, for those who were told
    that it would: what is paused may go on, so that it was not the last."""
    sent = uow.deliveries.last_sent()
    if sent is None or sent < now - around.rules.notice:
        return
    if uow.posts.listed((PostState.SCHEDULED, PostState.PAUSED), 1):
        return
    known, awaited = uow.notices.told(LAST), uow.notices.told(NEXT)
    for person in people:
        was_told = person in awaited and sent <= awaited[person]
        if was_told and (person not in known or known[person] < sent):
            yield Told(person, LAST, sent, sent, partial(around.last_out, person))


def _reminders(uow: UnitOfWork, around: Around, now: datetime) -> Iterator[Told]:
    for waiting in _waiting(uow, around, now):
        what = f"day {waiting.day_id}/{waiting.year}"
        known = uow.notices.told(what)
        for person in around.admins:
            if person not in known:
                yield Told(person, what, now, now, partial(around.reminder, person, waiting))


def _waiting(uow: UnitOfWork, around: Around, now: datetime) -> Iterator[Waiting]:
    """Unconfirmed days that are near, or just over, with the posts that keep to them."""
    calendar = confirmed_in(uow, around.calendar)
    near = now.date() + timedelta(days=around.rules.remind_days)
    found = calendar.between(now.date() - BAND, near)
    days = [(day_id, kept) for day_id, kept in found if not kept.confirmed]
    series = uow.posts.repeating(MOST_SERIES) if days else []
    for day_id, kept in days:
        if posts := tuple(post_id for post_id, draft, _ in series if draft.keeps_to == day_id):
            yield Waiting(day_id, kept.year, kept.date, posts)
