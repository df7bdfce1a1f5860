"""What clashes in a month: each kind once, and no more than there is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.content_files import Content
from bot.core.months import Entry
from bot.core.posts import PostState
from bot.core.schedule import Calendar
from bot.editorial.planning import clashes

NOON = datetime(2026, 12, 9, 7, tzinfo=UTC)
"""A Wednesday on which there is nothing; noon in Karachi."""

HOUR = timedelta(hours=1)


def entry(post_id: int, at: datetime = NOON, *targets: str, **more: Any) -> Entry:
    told = {"state": PostState.SCHEDULED, "type": "fact", **more}
    return Entry(post_id, f"{at:%Y-%m-%d %H:%M}", at, targets or ("@one",), **told)


@pytest.mark.parametrize(
    ("others", "about", "expected"),
    [
        ((), {}, []),
        ((entry(2, NOON + 4 * HOUR),), {}, []),
        ((entry(2, NOON + HOUR),), {}, [("close", "warning")]),
        ((entry(2, NOON + HOUR, "@two"),), {}, []),
        ((entry(2, NOON + HOUR, variant_of=1),), {}, []),
        ((entry(2, NOON + 4 * HOUR, type="memorial"),), {}, [("memorial", "warning")]),
        ((entry(2, NOON + 4 * HOUR, type="memorial"),), {"type": "quiz"}, [("memorial", "error")]),
        (tuple(entry(n, NOON + (n - 6) * 3 * HOUR) for n in (4, 5, 7)), {}, [("many", "warning")]),
    ],
)  # fmt: skip
def test_a_post_among_others(
    content: Content, others: tuple[Entry, ...], about: dict[str, Any], expected: list[object]
) -> None:
    asked = entry(1, **about)
    assert found(content, asked, *others) == expected


@pytest.mark.parametrize(
    ("at", "kind", "expected"),
    [
        (datetime(2026, 12, 9, 18, tzinfo=UTC), "fact", [("quiet", "warning")]),
        (datetime(2026, 12, 11, 8, tzinfo=UTC), "fact", [("quiet", "warning")]),
        (datetime(2026, 12, 16, 7, tzinfo=UTC), "quiz", [("forbidden", "error")]),
        (datetime(2026, 12, 16, 7, tzinfo=UTC), "memorial", []),
        (datetime(2027, 6, 16, 7, tzinfo=UTC), "fact", [("mourning", "error")] * 1),
        (datetime(2027, 6, 18, 7, tzinfo=UTC), "fact", [("mourning", "warning")]),
    ],
)
def test_a_post_at_its_hour_and_day(
    content: Content, at: datetime, kind: str, expected: list[object]
) -> None:
    assert found(content, entry(1, at, type=kind)) == expected


def test_a_confirmed_day_is_no_more_perhaps_another(content: Content) -> None:
    at = datetime(2027, 6, 18, 7, tzinfo=UTC)
    sighted = {("ashura", 1449): date(2027, 6, 16), ("tasua", 1449): date(2027, 6, 15)}
    assert found(content, entry(1, at), confirmed=sighted) == []


def found(
    content: Content, *entries: Entry, confirmed: dict[tuple[str, int], date] | None = None
) -> list[tuple[str, str]]:
    """What speaks against the first of the entries."""
    library = content.library
    calendar = Calendar(library.calendar, confirmed or {})
    judge = clashes(entries, library, calendar, ZoneInfo("Asia/Karachi"), NOON)
    return [(clash.key, clash.severity) for clash in judge(entries[0])]
