"""The life cycle of a post: what may follow on what, through whom, and on what terms."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any, NamedTuple

import pytest

from bot.core.faults import Severity
from bot.core.people import Role
from bot.core.posts import (
    TRANSITIONS,
    Approval,
    Draft,
    Event,
    Post,
    PostState,
    Refusal,
    Revision,
    decide,
)
from tests.db.drafts import attempt, draft, repeating
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, READER, REVIEWER

THIRD = "telegram:2003"
CLOCK = (Event.FINISH, Event.FAIL, Event.EXPIRE)


class Finding(NamedTuple):
    severity: Severity


def post(state: PostState, of: Draft | None = None, *approvers: str) -> Post:
    written = of or draft()
    approvals = tuple(Approval(each, NOON, written.fingerprint) for each in approvers)
    first = Revision(1, AUTHOR, NOON, written)
    return Post(1, AUTHOR, state, NOON, first, frozenset({AUTHOR}), approvals)


def able(event: Event) -> str | None:
    if event in CLOCK:
        return None
    return AUTHOR if event is Event.SUBMIT else REVIEWER


def key(found: PostState | Refusal) -> str:
    assert isinstance(found, Refusal)
    return found.key


@pytest.mark.parametrize(("event", "state"), list(product(Event, PostState)))
def test_an_event_happens_in_its_states_alone(event: Event, state: PostState) -> None:
    """The table is the whole truth: nothing else is possible."""
    [step] = [each for each in TRANSITIONS if each.event is event]
    approvers = () if state is PostState.REVIEW else (REVIEWER,)
    found = decide(post(state, None, *approvers), attempt(event, able(event), comment="why"))
    if state in step.before:
        assert found is step.after
    else:
        assert key(found) == step.refused


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("role", [Role.READER, Role.MODERATOR])
def test_readers_do_nothing_and_nobody_does_what_the_clock_does(event: Event, role: Role) -> None:
    for state in PostState:
        tried = attempt(event, READER if role is Role.READER else REVIEWER, role=role)
        if event in CLOCK:
            assert key(decide(post(state), tried)) == "post.clock"
        elif role is Role.READER:
            assert key(decide(post(state), tried)) == "post.role"


@pytest.mark.parametrize("event", [each for each in Event if each not in CLOCK])
def test_the_clock_does_nothing_that_people_do(event: Event) -> None:
    for state in PostState:
        assert key(decide(post(state), attempt(event, None))) == "post.role"


def test_nobody_approves_what_they_wrote_any_revision_of() -> None:
    mine = post(PostState.REVIEW)
    assert key(decide(mine, attempt(Event.APPROVE, AUTHOR))) == "approve.own"
    edited = replace(mine, writers=frozenset({AUTHOR, REVIEWER}))
    assert key(decide(edited, attempt(Event.APPROVE, REVIEWER))) == "approve.own"
    assert decide(edited, attempt(Event.APPROVE, THIRD)) is PostState.SCHEDULED


def test_an_admin_is_no_exception() -> None:
    own = attempt(Event.APPROVE, AUTHOR, role=Role.OWNER)
    assert key(decide(post(PostState.REVIEW), own)) == "approve.own"


def test_who_wrote_it_submits_it() -> None:
    mine = post(PostState.DRAFT)
    assert key(decide(mine, attempt(Event.SUBMIT, REVIEWER))) == "submit.other"
    assert decide(mine, attempt(Event.SUBMIT, AUTHOR)) is PostState.REVIEW


def test_two_people_approve_what_is_delicate() -> None:
    memorial = draft(type="memorial")
    first = attempt(Event.APPROVE, REVIEWER)
    assert decide(post(PostState.REVIEW, memorial), first) is PostState.REVIEW
    half = post(PostState.REVIEW, memorial, REVIEWER)
    assert key(decide(half, first)) == "approve.twice"
    assert decide(half, attempt(Event.APPROVE, THIRD)) is PostState.SCHEDULED


def test_an_approval_is_of_what_was_shown() -> None:
    seen = draft().fingerprint[:16]
    shown = post(PostState.REVIEW)
    assert decide(shown, attempt(Event.APPROVE, REVIEWER, seen=seen)) is PostState.SCHEDULED
    changed = attempt(Event.APPROVE, REVIEWER, seen=draft("@other").fingerprint[:16])
    assert key(decide(shown, changed)) == "approve.changed"


@pytest.mark.parametrize("event", [Event.SUBMIT, Event.APPROVE, Event.RESUME])
def test_a_fault_stops_a_post_and_a_warning_does_not(event: Event) -> None:
    [step] = [each for each in TRANSITIONS if each.event is event]
    approvers = (REVIEWER,) if event is Event.RESUME else ()
    here = post(step.before[0], None, *approvers)
    for severity, stops in (("error", True), ("warning", False)):
        findings = [Finding(severity)]  # type: ignore[arg-type]
        found = decide(here, attempt(event, able(event), findings=findings))
        assert isinstance(found, Refusal) is stops


@pytest.mark.parametrize("comment", ["", " ", "\n\t"])
def test_a_post_goes_back_with_a_comment_alone(comment: str) -> None:
    tried = attempt(Event.RETURN, REVIEWER, comment=comment)
    assert key(decide(post(PostState.REVIEW), tried)) == "return.usage"


def test_what_lost_its_approval_neither_goes_on_nor_is_sent_again() -> None:
    for state, event in ((PostState.PAUSED, Event.RESUME), (PostState.FAILED, Event.RETRY)):
        assert key(decide(post(state), attempt(event, REVIEWER))) == "post.unapproved"


MINUTES: list[tuple[Any, int, bool]] = [
    (draft(), 30, True),
    (draft(), 31, False),
    (draft(grace_minutes=5), 6, False),
    (draft(due_at=None), 10**6, True),
    (repeating(), 10**6, True),
    (repeating(when="daily 18:00 x2"), 60 * 25 + 30, True),
    (repeating(when="daily 18:00 x2"), 60 * 25 + 31, False),
]


@pytest.mark.parametrize(("of", "late", "possible"), MINUTES, ids=str)
@pytest.mark.parametrize("event", [Event.SUBMIT, Event.APPROVE, Event.RESUME])
def test_its_time_is_to_come_or_within_its_grace(
    event: Event, of: Draft, late: int, possible: bool
) -> None:
    [step] = [each for each in TRANSITIONS if each.event is event]
    approvers = (REVIEWER,) if event is Event.RESUME else ()
    now = NOON + timedelta(minutes=late)
    found = decide(post(step.before[0], of, *approvers), attempt(event, able(event), now))
    assert found is step.after if possible else key(found) == "approve.late"
