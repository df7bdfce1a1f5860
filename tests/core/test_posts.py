"""Posts: what an approval binds to, and what may go out."""

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from bot.core.posts import (
    GRACE,
    Approval,
    Draft,
    Drawn,
    Post,
    PostState,
    Revision,
    Uploaded,
)
from bot.core.replies import Block, Span
from bot.core.schedule import IfMissed
from tests.db.drafts import KARACHI, NO_DAYS, at, repeating
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

DRAFT = Draft(blocks=(Block((Span("Hello"),)),), targets=("@one", "@two"), schedule=at(NOON))
CARD = Drawn(kind="card", record_id="isis-k", fingerprint="0" * 64)
APPROVED = Approval(REVIEWER, NOON, DRAFT.fingerprint)
POST = Post(
    1, AUTHOR, PostState.SCHEDULED, NOON, Revision(1, AUTHOR, NOON, DRAFT), frozenset({AUTHOR}),
    (APPROVED,),
)  # fmt: skip

CHANGES: list[dict[str, Any]] = [
    {"blocks": (Block((Span("Hello!"),)),)},
    {"blocks": (Block((Span("Hello", bold=True),)),)},
    {"blocks": (Block((Span("Hello", url="https://example.org"),)),)},
    {"blocks": (Block((Span("Hello"),), quotation=True),)},
    {"blocks": (Block((Span("Hel"), Span("lo"))),)},
    {"blocks": (*DRAFT.blocks, *DRAFT.blocks)},
    {"targets": ("@one",)},
    {"targets": ("@two", "@one")},
    {"targets": ("@one", "@two", "@three")},
    {"schedule": at(NOON + timedelta(seconds=1))},
    {"schedule": None},
    {"schedule": repeating().schedule},
    {"picture": CARD},
    {"picture": CARD.model_copy(update={"kind": "tolls"})},
    {"picture": Uploaded(file_id="7", alt="A shrine")},
    {"buttons": ("sources",)},
    {"previews": True},
    {"if_missed": IfMissed.ASK},
    {"grace_minutes": 31},
    {"type": "memorial"},
    {"language": "ur"},
    {"record_id": "isis-k"},
    {"scripture": True},
    {"rapid": True},
]


@pytest.mark.parametrize("changed", CHANGES, ids=str)
def test_any_change_is_another_version(changed: dict[str, Any]) -> None:
    assert DRAFT.model_copy(update=changed).fingerprint != DRAFT.fingerprint


def test_no_two_changes_are_the_same_version() -> None:
    versions = {DRAFT.model_copy(update=each).fingerprint for each in CHANGES}
    assert len(versions) == len(CHANGES)


@pytest.mark.parametrize("changed", CHANGES, ids=str)
def test_a_draft_comes_back_from_json_as_it_was(changed: dict[str, Any]) -> None:
    draft = DRAFT.model_copy(update=changed)
    back = Draft.model_validate_json(draft.model_dump_json())
    assert back == draft
    assert back.fingerprint == draft.fingerprint


def test_a_draft_from_before_a_field_was_known_keeps_its_version() -> None:
    known = '{"blocks":[{"spans":[{"text":"Hello"}]}],"targets":["@one","@two"],"schedule":'
    old = known + DRAFT.model_dump_json(include={"schedule"}).split(":", 1)[1]
    assert Draft.model_validate_json(old).fingerprint == DRAFT.fingerprint


def test_the_same_moment_in_another_zone_is_the_same_version() -> None:
    there = at(NOON.astimezone(timezone(timedelta(hours=9))))
    assert DRAFT.model_copy(update={"schedule": there}).fingerprint == DRAFT.fingerprint


@pytest.mark.parametrize(
    "wrong",
    [
        {"grace_minutes": 0},
        {"seq": 0},
        {"type": "rumour"},
        {"language": "xx"},
        {"buttons": ["win"]},
        {"unknown": 1},
    ],
    ids=str,
)
def test_what_is_no_draft_is_not_read_as_one(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Draft.model_validate(DRAFT.model_dump() | wrong)


def test_what_another_approved_may_go_out() -> None:
    assert POST.may_go_out


@pytest.mark.parametrize(
    "changed",
    [
        {"state": PostState.CANCELLED},
        {"state": PostState.REVIEW},
        {"state": PostState.PAUSED},
        {"approvals": ()},
        {"approvals": (replace(APPROVED, reviewer=AUTHOR),)},
        {"approvals": (replace(APPROVED, fingerprint="0" * 64),)},
        {"writers": frozenset({AUTHOR, REVIEWER})},
        {"revision": replace(POST.revision, draft=repeating())},
    ],
    ids=str,
)
def test_anything_else_may_not(changed: dict[str, Any]) -> None:
    assert not replace(POST, **changed).may_go_out


@pytest.mark.parametrize(
    "delicate", [{"type": "testimony"}, {"type": "memorial"}, {"scripture": True}, {"rapid": True}]
)
def test_what_is_delicate_takes_two_people(delicate: dict[str, Any]) -> None:
    draft = DRAFT.model_copy(update=delicate)
    one = replace(APPROVED, fingerprint=draft.fingerprint)
    other = replace(one, reviewer="telegram:2003")
    post = replace(POST, revision=replace(POST.revision, draft=draft), approvals=(one,))
    assert not post.may_go_out
    assert not replace(post, approvals=(one, one)).may_go_out
    assert replace(post, approvals=(one, other)).may_go_out


def test_what_fell_due_within_its_grace_is_not_missed_yet() -> None:
    assert DRAFT.missed_until(NOON + GRACE) < NOON
    assert DRAFT.missed_until(NOON + GRACE + timedelta(microseconds=1)) == NOON


def test_the_next_times_are_those_of_the_schedule() -> None:
    daily = repeating(when="daily 17:30")
    first = NOON + timedelta(minutes=30)
    assert daily.next_times(NO_DAYS, NOON, 2) == [first, first + timedelta(days=1)]
    assert DRAFT.next_times(NO_DAYS, NOON, 2) == []
    assert daily.schedule is not None
    assert daily.schedule.zone == KARACHI


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ("daily 17:30 x3", timedelta(days=2)),
        ("daily 17:30", timedelta(days=30)),
        ("mon 17:30", timedelta(days=28)),
        ("yearly 11-30 17:30", timedelta()),
    ],
)
def test_one_that_repeats_waits_for_its_approval_until_its_last_time_within_a_month(
    when: str, last: timedelta
) -> None:
    first = NOON + timedelta(minutes=30)
    assert repeating(when=when).waits_until(NO_DAYS, NOON) == first + last + GRACE


def test_what_has_no_time_waits_for_its_approval_without_end() -> None:
    assert DRAFT.waits_until(NO_DAYS, NOON) == NOON + GRACE
    assert DRAFT.model_copy(update={"schedule": None}).waits_until(NO_DAYS, NOON) is None
