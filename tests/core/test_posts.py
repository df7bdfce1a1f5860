"""Posts: what an approval binds to, and what may go out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.core.posts import GRACE, Draft, Post, PostState, is_target
from bot.core.replies import Block, Span

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
DRAFT = Draft("telegram:1", (Block((Span("Hello"),)),), ("@one", "@two"), NOON)
POST = Post(1, DRAFT, PostState.SCHEDULED, NOON, DRAFT.fingerprint, "telegram:2")


@pytest.mark.parametrize(
    "changed",
    [
        {"blocks": (Block((Span("Hello!"),)),)},
        {"blocks": (Block((Span("Hello", bold=True),)),)},
        {"blocks": (Block((Span("Hello", url="https://example.org"),)),)},
        {"blocks": (Block((Span("Hello"),), quotation=True),)},
        {"blocks": (Block((Span("Hel"), Span("lo"))),)},
        {"blocks": (*DRAFT.blocks, *DRAFT.blocks)},
        {"targets": ("@one",)},
        {"targets": ("@two", "@one")},
        {"targets": ("@one", "@two", "@three")},
        {"due_at": NOON + timedelta(seconds=1)},
        {"due_at": None},
    ],
    ids=str,
)
def test_any_change_of_text_targets_or_time_is_another_version(changed: dict[str, object]) -> None:
    assert replace(DRAFT, **changed).fingerprint != DRAFT.fingerprint  # type: ignore[arg-type]


def test_the_same_moment_in_another_zone_is_the_same_version() -> None:
    there = replace(DRAFT, due_at=NOON.astimezone(timezone(timedelta(hours=5))))
    assert there.fingerprint == DRAFT.fingerprint


def test_what_is_not_shown_is_no_part_of_the_version() -> None:
    assert replace(DRAFT, origin="telegram:1:2").fingerprint == DRAFT.fingerprint


def test_what_another_approved_may_go_out() -> None:
    assert POST.may_go_out


@pytest.mark.parametrize(
    "changed",
    [
        {"state": PostState.CANCELLED},
        {"state": PostState.REVIEW},
        {"approver": None},
        {"approver": "telegram:1"},
        {"approved": None},
        {"approved": replace(DRAFT, targets=("@one",)).fingerprint},
        {"draft": replace(DRAFT, blocks=(Block((Span("Other"),)),))},
    ],
    ids=str,
)
def test_anything_else_may_not(changed: dict[str, object]) -> None:
    assert not replace(POST, **changed).may_go_out  # type: ignore[arg-type]


def test_a_post_is_too_late_once_its_grace_is_over() -> None:
    assert not POST.is_too_late(NOON + GRACE)
    assert POST.is_too_late(NOON + GRACE + timedelta(seconds=1))
    assert not replace(POST, draft=replace(DRAFT, due_at=None)).is_too_late(NOON)


@pytest.mark.parametrize("text", ["@channel", "@a_b_1", "-1001234567890", "42"])
def test_channels_and_chat_ids_are_targets(text: str) -> None:
    assert is_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "@abc", "@1abcd", "channel", "t.me/x", "@a b c d", "--1", "1.5", "+42",
        "@" + "a" * 33, "9" * 17, "٤٢", "@channel\n", "@چینل_یک",
    ],
)  # fmt: skip
def test_anything_else_is_no_target(text: str) -> None:
    assert not is_target(text)
