"""The life cycle of a post: one table of what may happen to it, through whom, and on what terms.

Pure: who tries what is told, and the answer is the state that follows or the refusal of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.core.faults import Severity
from bot.core.people import PersonId, Role
from bot.core.posts.drafts import Uploaded
from bot.core.posts.post import Post, PostState
from bot.core.schedule import Calendar


class Event(StrEnum):
    """`edit` writes a new revision, `retry` sends targets again that it did not reach."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    EDIT = "edit"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    FINISH = "finish"
    FAIL = "fail"
    EXPIRE = "expire"


class Who(StrEnum):
    """`writer` wrote some of it, `other` none of it; the clock is nobody."""

    WRITER = "writer"
    OTHER = "other"
    MODERATOR = "moderator"
    CLOCK = "clock"


class Finding(Protocol):
    """What the lint says: the words that are meant, why, and how to mend it. An error keeps a post
    where it is."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def cure(self) -> str: ...


@dataclass(frozen=True)
class Attempt:
    """Somebody of `role`, or the clock (nobody), tries something at `now`.

    `seen` is the fingerprint that they were shown, or the beginning of it; empty where it is what
    is there now.
    """

    event: Event
    now: datetime
    calendar: Calendar
    person: PersonId | None = None
    role: Role = Role.READER
    comment: str = ""
    seen: str = ""
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class Refusal:
    """Why not: the key of a phrase and what fills it; and the findings, where they are why."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


Guard = Callable[[Post, Attempt], str | None]
"""The key of the refusal, or None where it may pass."""


def complete(post: Post, _: Attempt) -> str | None:
    return None if post.draft.blocks and post.draft.targets else "post.incomplete"


def described(post: Post, _: Attempt) -> str | None:
    picture = post.draft.picture
    return "post.undescribed" if isinstance(picture, Uploaded) and not picture.alt else None


def no_errors(_: Post, attempt: Attempt) -> str | None:
    found = any(each.severity == "error" for each in attempt.findings)
    return "post.errors" if found else None


def commented(_: Post, attempt: Attempt) -> str | None:
    return None if attempt.comment.strip() else "return.usage"


def as_shown(post: Post, attempt: Attempt) -> str | None:
    return None if post.draft.fingerprint.startswith(attempt.seen) else "approve.changed"


def not_yet_by_them(post: Post, attempt: Attempt) -> str | None:
    return "approve.twice" if attempt.person in post.approvers else None


def time_to_come(post: Post, attempt: Attempt) -> str | None:
    """What is late by less than its grace may still be approved."""
    if post.draft.schedule is None:
        return None
    coming = post.draft.coming(attempt.calendar, post.draft.missed_until(attempt.now))
    return None if next(coming, None) else "approve.late"


def still_approved(post: Post, _: Attempt) -> str | None:
    enough = len(post.approvers) >= post.draft.reviewers
    return None if enough else "post.unapproved"


class Transition(NamedTuple):
    """`refused` is said to whoever comes from another state."""

    event: Event
    before: tuple[PostState, ...]
    after: PostState
    who: Who
    guards: tuple[Guard, ...] = ()
    refused: str = "post.state"


S = PostState
ALIVE = (S.DRAFT, S.REVIEW, S.SCHEDULED, S.PAUSED)

TRANSITIONS = (
    Transition(
        Event.SUBMIT,
        (S.DRAFT,),
        S.REVIEW,
        Who.WRITER,
        (complete, described, no_errors, time_to_come),
    ),
    Transition(
        Event.RETURN, (S.REVIEW,), S.DRAFT, Who.MODERATOR, (commented,), "approve.not-in-review"
    ),
    Transition(
        Event.APPROVE,
        (S.REVIEW,),
        S.SCHEDULED,
        Who.OTHER,
        (as_shown, not_yet_by_them, no_errors, time_to_come),
        "approve.not-in-review",
    ),
    Transition(Event.EDIT, ALIVE, S.DRAFT, Who.MODERATOR, (as_shown,), "edit.over"),
    Transition(Event.PAUSE, (S.SCHEDULED,), S.PAUSED, Who.MODERATOR),
    Transition(
        Event.RESUME,
        (S.PAUSED,),
        S.SCHEDULED,
        Who.MODERATOR,
        (still_approved, no_errors, time_to_come),
    ),
    Transition(Event.CANCEL, ALIVE, S.CANCELLED, Who.MODERATOR, (), "cancel.over"),
    Transition(
        Event.RETRY,
        (S.FAILED, S.SCHEDULED),
        S.SCHEDULED,
        Who.MODERATOR,
        (still_approved,),
        "resend.over",
    ),
    Transition(Event.FINISH, (S.SCHEDULED,), S.SENT, Who.CLOCK),
    Transition(Event.FAIL, (S.SCHEDULED,), S.FAILED, Who.CLOCK),
    Transition(Event.EXPIRE, (S.REVIEW,), S.CANCELLED, Who.CLOCK),
)
"""One row an event."""

JUDGED = frozenset(each.event for each in TRANSITIONS if no_errors in each.guards)
"""Events for which the rules are asked."""

BY_EVENT = {each.event: each for each in TRANSITIONS}


def decide(post: Post, attempt: Attempt) -> PostState | Refusal:
    """The state that follows, or why not.

    An approval after which others are still missing leaves the post in review.
    """
    step = BY_EVENT[attempt.event]
    key = _not_for_them(step.who, post, attempt)
    if key is None and post.state not in step.before:
        key = step.refused
    refused = key or next(filter(None, (guard(post, attempt) for guard in step.guards)), None)
    if refused:
        why = attempt.findings if refused == "post.errors" else ()
        return Refusal(refused, {"id": post.id, "state": post.state}, why)
    if attempt.event is Event.APPROVE and len(post.approvers) + 1 < post.draft.reviewers:
        return post.state
    return step.after


def _not_for_them(who: Who, post: Post, attempt: Attempt) -> str | None:
    if who is Who.CLOCK:
        return None if attempt.person is None else "post.clock"
    if attempt.person is None or attempt.role < Role.MODERATOR:
        return "post.role"
    wrote = attempt.person in post.writers | {post.author}
    if who is Who.WRITER and not wrote:
        return "submit.other"
    return "approve.own" if who is Who.OTHER and wrote else None
