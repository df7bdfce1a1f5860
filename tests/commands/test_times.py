"""Single times of a post that repeats: moved or dropped, and approved anew."""

import pytest

from bot.commands.desk import Desk
from bot.core.posts import PostState
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.schedule import Change, Repeating
from tests.commands.composing import button, post, pressed, ready, with_channels
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


@pytest.fixture
def daily(say: Chat) -> Chat:
    """Post 1 goes out daily at 18:00 and is approved; it is 17:00 on 30 November."""
    say(AUTHOR, "/compose daily 18:00 | @wazahat_news | safoora-goth-2015")
    assert "is approved" in say(REVIEWER, "/approve 1").text
    return say


def listed(say: Chat) -> Reply:
    return say.press(AUTHOR, button(say(AUTHOR, "/post 1"), "Single times"))


def coming(desk: Desk, count: int = 3) -> list[str]:
    times = post(desk).draft.next_times(desk.calendar, desk.clock(), count)
    return [desk.local(each) for each in times]


def planned(desk: Desk) -> dict[str, str]:
    """The state of each planned time."""
    with desk.new_uow() as uow:
        return {desk.local(row.due_at): str(row.state) for row in uow.deliveries.of(1)}


def test_the_next_times_are_buttons(daily: Chat) -> None:
    labels = [each.label for each in buttons(listed(daily))]
    assert labels[:2] == ["2026-11-30 18:00", "2026-12-01 18:00"]
    assert labels[6:] == ["‹ The post"]


def test_a_time_is_dropped_and_the_post_approved_anew(daily: Chat, desk: Desk) -> None:
    asked = pressed(daily, listed(daily), "2026-12-01 18:00")
    assert "until then nothing of the post goes out" in asked.text
    told = pressed(daily, asked, "Drop this time")
    assert "is dropped" in told.text and "nothing of it goes out" in told.text
    assert [person for person, _ in told.notices] == [REVIEWER]
    assert post(desk).state is PostState.REVIEW
    assert set(planned(desk).values()) == {"cancelled"}
    assert coming(desk) == ["2026-11-30 18:00", "2026-12-02 18:00", "2026-12-03 18:00"]
    daily(REVIEWER, "/approve 1")
    assert planned(desk) == {"2026-11-30 18:00": "pending", "2026-12-01 18:00": "cancelled"}


def test_a_time_is_moved_by_a_quick_pick(daily: Chat, desk: Desk) -> None:
    pressed(daily, listed(daily), "2026-11-30 18:00", "An hour later")
    daily(REVIEWER, "/approve 1")
    assert planned(desk)["2026-11-30 19:00"] == "pending"
    assert coming(desk, 2) == ["2026-11-30 19:00", "2026-12-01 18:00"]


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_time_is_moved_in_the_grid(daily: Chat, desk: Desk, language: Language) -> None:
    def press(reply: Reply, action: str) -> Reply:
        found = next(each for each in buttons(reply) if each.action.endswith(action))
        return daily.press(AUTHOR, found, language)

    shown = daily.press(AUTHOR, "times 1", language)
    for action in ("2026-12-01T18:00 open", " month", "month 2026-12", "day 2026-12-24"):
        shown = press(shown, action)
        assert all(len(each.encode()) <= 56 for each in actions(shown))
    told = press(shown, "time 2026-12-24 09:00")
    assert "2026-12-24 09:00" in told.text
    schedule = post(desk).draft.schedule
    assert isinstance(schedule, Repeating)
    assert [each.slot for each in schedule.changes] == ["2026-12-01 18:00"]


def test_a_moved_time_is_typed_moved_again_and_taken_back(daily: Chat, desk: Desk) -> None:
    asked = pressed(daily, listed(daily), "2026-12-01 18:00", "Type it")
    told = daily(AUTHOR, f"/{asked.asks} 2026-12-01 20:30")
    assert "is moved to \u20682026-12-01 20:30" in told.text
    pressed(daily, listed(daily), "2026-12-01 20:30", "A day later")
    schedule = post(desk).draft.schedule
    assert isinstance(schedule, Repeating) and len(schedule.changes) == 1
    assert "as the rule has them" in pressed(daily, listed(daily), "Take all changes back").text
    assert coming(desk, 2) == ["2026-11-30 18:00", "2026-12-01 18:00"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("soon", "cannot read"),
        ("now", "cannot read"),
        ("2026-11-01 18:00", "is over"),
        ("+20s", "is over"),
        ("+900d", "two years"),
        ("2026-12-02 18:00", "goes out at \u20682026-12-02 18:00\u2069 already"),
    ],
)
def test_a_bad_time_is_told_and_nothing_changed(
    daily: Chat, desk: Desk, typed: str, told: str
) -> None:
    asked = pressed(daily, listed(daily), "2026-12-01 18:00", "Type it")
    assert told in daily(AUTHOR, f"/{asked.asks} {typed}").text
    assert post(desk).state is PostState.SCHEDULED


def test_an_old_button_does_nothing(daily: Chat, desk: Desk, clock: FakeClock) -> None:
    asked = pressed(daily, listed(daily), "2026-11-30 18:00")
    clock.forward(hours=2)
    assert "is no time of it any more" in pressed(daily, asked, "Drop this time").text
    asked = pressed(daily, listed(daily), "2026-12-01 18:00")
    pressed(daily, asked, "Drop this time")
    told = daily.press(REVIEWER, button(asked, "An hour later"))
    assert "so nothing was done" in told.text and "last by owner: When." in told.text
    assert post(desk).revision.number == 2


def test_the_last_time_is_not_dropped(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose daily 18:00 x2 | @wazahat_news | safoora-goth-2015")
    pressed(say, listed(say), "2026-11-30 18:00", "Drop this time")
    told = pressed(say, listed(say), "2026-12-01 18:00", "Drop this time")
    assert "send /cancel 1" in told.text
    assert coming(desk) == ["2026-12-01 18:00"]


def test_a_draft_stays_a_draft(say: Chat, desk: Desk) -> None:
    pressed(say, ready(say), "When", "Tomorrow", "How often", "Daily")
    shown = pressed(say, say(AUTHOR, "/draft 1"), "How often", "Single times", "2026-12-01 09:00")
    told = pressed(say, shown, "Drop this time")
    assert "Draft /post 1" in told.text and "2026-12-02 09:00" in told.text
    assert post(desk).state is PostState.DRAFT


def test_it_is_for_moderators_and_for_what_repeats(daily: Chat) -> None:
    daily(AUTHOR, "/compose +1h | @wazahat_news | safoora-goth-2015")
    assert "does not repeat" in daily(AUTHOR, "/times 2").text
    assert "Single times" not in [each.label for each in buttons(daily(AUTHOR, "/post 2"))]
    assert "There is no such post" in daily(AUTHOR, "/times 9").text
    assert "I do not know" in daily.press(READER, "times 1 1 2026-12-01T18:00 drop").text
    daily(AUTHOR, "/cancel 1")
    assert "it is over" in daily(AUTHOR, "/times 1").text


def test_no_more_changes_are_kept_than_may_be() -> None:
    daily = Repeating.model_validate(
        {
            "rule": {"kind": "daily"},
            "times": ["18:00"],
            "zone": "Asia/Karachi",
            "start": "2026-01-01T00:00",
        },
        strict=False,
    )
    slots = [f"20{year}-{month:02}-01 18:00" for year in range(10, 40) for month in range(1, 13)]
    kept = daily.with_changes(tuple(Change(slot=each) for each in slots)).changes
    assert [each.slot for each in kept] == slots[-200:]
