"""A campaign that somebody started: how it was set up, and the state that its posts put it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.people import PersonId
from bot.core.posts import Event, Post, PostState, Refusal
from bot.core.records import Language


class RunState(StrEnum):
    """`reported` is what is over and has somebody's closing report."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    REPORTED = "reported"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Run:
    """What its posts do not tell. `day` is that of its first post; each change of the set-up counts
    `revision` on, until its posts are written."""

    id: int
    campaign: str
    started_by: PersonId
    started_at: datetime
    revision: int = 1
    day: date | None = None
    languages: tuple[Language, ...] = ()
    targets: tuple[str, ...] = ()
    written_at: datetime | None = None
    paused_at: datetime | None = None
    cancelled_at: datetime | None = None
    report: str = ""

    @property
    def is_set_up(self) -> bool:
        return bool(self.day and self.languages and self.targets)


@dataclass(frozen=True, slots=True)
class Progress:
    """Posts of a run that are not cancelled, by how far they are: each is counted once."""

    drafts: int
    review: int
    approved: int
    sent: int
    failed: int

    @property
    def all(self) -> int:
        return self.drafts + self.review + self.approved + self.sent + self.failed


def progress(posts: Sequence[Post]) -> Progress:
    states = [each.state for each in posts]
    approved = states.count(PostState.SCHEDULED) + states.count(PostState.PAUSED)
    drafts, review = states.count(PostState.DRAFT), states.count(PostState.REVIEW)
    sent, failed = states.count(PostState.SENT), states.count(PostState.FAILED)
    return Progress(drafts, review, approved, sent, failed)


def state_of(run: Run, posts: Sequence[Post], now: datetime) -> RunState:
    """Its state at `now`; the posts are all that it has.

    It is approved with its first day, and runs from the first moment on which one of its posts is
    due. It has ended when every post is sent, failed or cancelled.
    """
    alive = _alive(posts)
    if run.cancelled_at:
        return RunState.CANCELLED
    if posts and all(each.state in _OVER for each in alive):
        return RunState.REPORTED if run.report else RunState.ENDED
    if run.paused_at:
        return RunState.PAUSED
    first = [each.state for each in first_day(posts)]
    if not posts or PostState.DRAFT in first:
        return RunState.DRAFT
    if PostState.REVIEW in first:
        return RunState.REVIEW
    begun = any(each.state in _OVER or _is_due(each, now) for each in alive)
    return RunState.RUNNING if begun else RunState.APPROVED


def first_day(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Those of its earliest day; all of them where none has a single moment."""
    alive = _alive(posts)
    days = {each.id: day for each in alive if (day := _day(each))}
    earliest = min(days.values(), default=None)
    return tuple(each for each in alive if days.get(each.id) == earliest)


def bar(run: Run, post: Post, posts: Sequence[Post], event: Event) -> Refusal | None:
    """What a run has against it that one of its posts becomes scheduled."""
    values: dict[str, object] = {"id": post.id, "run": run.id}
    if run.cancelled_at:
        return Refusal("run.cancelled", values)
    if run.paused_at:
        return Refusal("run.paused", values)
    first = first_day(posts)
    waits = [each.id for each in first if each.state in (PostState.DRAFT, PostState.REVIEW)]
    if event is Event.APPROVE and waits and post.id not in {each.id for each in first}:
        return Refusal("run.first-day", {**values, "first": waits[0]})
    return None


_OVER = (PostState.SENT, PostState.FAILED)


def _alive(posts: Sequence[Post]) -> tuple[Post, ...]:
    return tuple(each for each in posts if each.state is not PostState.CANCELLED)


def _day(post: Post) -> date | None:
    """On the wall of the zone that its time was set in."""
    schedule, due_at = post.draft.schedule, post.draft.due_at
    return due_at.astimezone(schedule.zone).date() if schedule and due_at else None


def _is_due(post: Post, now: datetime) -> bool:
    return post.draft.due_at is not None and post.draft.due_at <= now
