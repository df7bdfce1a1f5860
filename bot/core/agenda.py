"""What a calendar of posts holds: when they went out, will, or would if they were approved."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from typing import NamedTuple

from bot.core.posts import NOW, Post, PostState
from bot.core.schedule import Calendar, NotASchedule, Occurrence, occurrences

BACK, AHEAD = timedelta(days=30), timedelta(days=365)

TO_COME = (PostState.REVIEW, PostState.SCHEDULED)
IDLE = tuple(state for state in PostState if state not in TO_COME)
"""Of posts in these states nothing is to come; they may have gone out before."""

Key = tuple[int, str]
"""An occurrence of a post, by its number and the key in its schedule."""


class Slot(NamedTuple):
    """A time that the schedule of a post names."""

    post: Post
    occurrence: Occurrence

    @property
    def key(self) -> Key:
        return self.post.id, self.occurrence.key


@dataclass(frozen=True, slots=True)
class Engagement:
    """A time at which a post goes out; a `tentative` one waits for an approval or for the moon."""

    post: Post
    at: datetime
    key: str
    sent: bool = False
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a calendar: all day where `starts` is a date.

    `id` stays the same whatever moves it. `changed_at` and `revision` tell a calendar app which of
    two versions is the newer.
    """

    id: str
    starts: datetime | date
    summary: str
    description: str = ""
    tentative: bool = False
    changed_at: datetime | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Agenda:
    title: str
    entries: tuple[Entry, ...]


def slots(
    posts: Iterable[Post], calendar: Calendar, after: datetime, until: datetime
) -> Iterator[Slot]:
    """The times that their schedules name later than `after` and not later than `until`, in order;
    found one by one. A post that names a day which the calendar lacks has none."""
    named = (_slots(each, calendar, after, until) for each in posts)
    return merge(*named, key=lambda slot: slot.occurrence.at)


def _slots(post: Post, calendar: Calendar, after: datetime, until: datetime) -> Iterator[Slot]:
    if post.draft.schedule is None:
        return
    try:
        for each in occurrences(post.draft.schedule, calendar, after, until):
            yield Slot(post, each)
    except NotASchedule:
        return


def may_have_gone_out(posts: Iterable[Post], past: Iterable[Slot]) -> list[Key]:
    """The occurrences of which only the deliveries can tell what became of them."""
    at_once = [(each.id, NOW) for each in posts if each.draft.schedule is None]
    return [*at_once, *(slot.key for slot in past)]


def engagements(
    posts: Iterable[Post], found: Iterable[Slot], went_out: Mapping[Key, datetime], now: datetime
) -> Iterator[Engagement]:
    """Those of the slots that went out, or may still do so; what was missed is in no calendar.

    A post without a schedule went out when its deliveries fell due.
    """
    for post in posts:
        due = went_out.get((post.id, NOW))
        if post.draft.schedule is None and due and now - BACK < due <= now:
            yield Engagement(post, due, NOW, sent=True)
    for slot in found:
        post, each = slot
        if due := went_out.get(slot.key):
            yield Engagement(post, due, each.key, sent=True)
        elif each.at > post.draft.missed_until(now) and post.state in TO_COME:
            approved = post.state is PostState.SCHEDULED
            yield Engagement(post, each.at, each.key, tentative=not (approved and each.confirmed))
