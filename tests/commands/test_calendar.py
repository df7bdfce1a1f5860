"""A month as moderators see it, its days, dating a day of the moon, and switching notices off."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.commands.desk import Desk
from bot.commands.months.seen import seen
from bot.core import spreading
from bot.core.drawings import MonthChart
from bot.core.people import Role
from bot.core.ports import NewUow
from bot.core.posts import DeliveryState
from bot.core.records import Language
from tests.db.corrections import corrected, end, sent
from tests.db.drafts import approved, leased
from tests.db.subscriptions import spread_once, subscribed
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions, buttons

LINE = "@channel_one | safoora-goth-2015"


def test_a_month_is_gathered_on_every_kind_of_database(desk: Desk, new_uow: NewUow) -> None:
    say = Chat(replace(desk, new_uow=new_uow))
    posted(say, "daily 18:00 x40", 1)
    posted(say, "on ramadan 10:00", 2)
    assert "18:00 · @channel_one · fact · scheduled" in say(AUTHOR, "/calendar 2026-12").text
    assert "10:00? · @channel_one" in say(AUTHOR, "/calendar 2027-02-09").text


def posted(say: Chat, when: str, number: int, *, approve: bool = True) -> None:
    assert f"/post {number}" in say(AUTHOR, f"/compose {when} | {LINE}").text
    if approve:
        say(REVIEWER, f"/approve {number}")


def moderator(desk: Desk) -> None:
    with desk.new_uow() as uow:
        uow.roles.grant(OTHER, Role.MODERATOR, AUTHOR, desk.clock())
        uow.commit()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_month_is_a_picture_with_the_days_as_buttons(say: Chat, language: Language) -> None:
    posted(say, "2026-12-16 18:00", 1)
    reply = say(AUTHOR, "/calendar 2026-12", language)
    chart = reply.picture
    assert isinstance(chart, MonthChart) and chart.blank == 1 and len(chart.days) == 31
    [remembrance] = [day for day in chart.days if day.number == 16]
    assert (remembrance.posts, remembrance.mark, remembrance.clash) == (1, "forbids", True)
    [row] = [row for row in chart.rows if row.day.startswith("16 ")]
    assert [kind for _, kind in row.lines] == ["kept", "clash"]
    assert reply.text.startswith(chart.title) and "18:00" in row.lines[1][0]
    assert {f"calendar 2026-12-{day:02}" for day in range(1, 32)} <= set(actions(reply))
    assert {"calendar month 2026-11", "calendar month 2027-01"} <= set(actions(reply))
    assert all(len(each.encode()) <= 64 for each in actions(reply))


def test_bare_it_is_this_month_and_the_text_says_the_same(say: Chat) -> None:
    posted(say, "+10m", 1)
    picture, text = say(AUTHOR, "/calendar"), say(AUTHOR, "/calendar month")
    for each in (picture, text):
        assert each.text.startswith("November 2026") and "Posts: 1." in each.text
        assert "17:10 · @channel_one · fact · scheduled" in each.text
        assert "calendar 2026-11-30" in actions(each)
    assert picture.picture is not None and text.picture is None


def test_a_month_holds_what_has_no_row_yet_and_nothing_twice(say: Chat, desk: Desk) -> None:
    posted(say, "daily 18:00 x40", 1)
    posted(say, "2026-12-05 10:00", 2, approve=False)
    found = seen(desk, date(2026, 11, 30), date(2026, 12, 31), 90)
    days = [each.at.date() for each in found.shown if each.post_id == 1]
    assert len(days) == len(set(days)) == 32
    [waiting] = [each for each in found.shown if each.post_id == 2]
    assert waiting.state == "review"
    assert "10:00 · @channel_one · fact · in review" in say(AUTHOR, "/calendar month 2026-12").text


def test_what_went_out_stays_in_its_month(say: Chat, desk: Desk, clock: FakeClock) -> None:
    posted(say, "now", 1)
    with desk.new_uow() as uow:
        [row] = uow.deliveries.lease("test", clock(), clock.forward(minutes=1), 9)
        uow.deliveries.begin(row.id, "test", clock.now.replace(second=0), clock.forward(minutes=1))
        uow.deliveries.record(row.id, "test", DeliveryState.SENT, message_id=1)
        uow.commit()
    clock.forward(days=90)
    assert "17:00 · @channel_one · fact · sent" in say(AUTHOR, "/calendar month 2026-11").text


def test_a_day_lists_its_posts_with_their_clashes_in_words(say: Chat) -> None:
    for number, when in enumerate(("2026-12-09 10:00", "2026-12-09 10:05", "2026-12-09 23:00"), 1):
        posted(say, when, number)
    reply = say(AUTHOR, "/calendar 2026-12-09")
    assert reply.text.startswith("Wednesday, 9 December 2026")
    assert "collides with post 2, 5 minutes away" in reply.text
    assert "not to be disturbed: quiet hours" in reply.text
    assert [a for a in actions(reply) if a.startswith("post")] == ["post 1", "post 2", "post 3"]
    assert {"calendar month 2026-12", "onday 2026-12-09"} <= set(actions(reply))


def test_a_day_without_clashes_says_so_by_saying_nothing(say: Chat) -> None:
    posted(say, "2026-12-09 10:00", 1)
    assert "⚠" not in say(AUTHOR, "/calendar 2026-12-09").text
    assert "Nothing goes out" in say(AUTHOR, "/calendar 2026-12-08").text


def test_a_day_with_many_posts_has_pages(say: Chat) -> None:
    for number in range(1, 15):
        posted(say, f"2026-12-09 {6 + number}:00", number)
    first, second = say(AUTHOR, "/calendar 2026-12-09"), say(AUTHOR, "/calendar 2026-12-09 p2")
    assert "/post 12 " in first.text and "/post 13 " not in first.text
    assert "/post 13 " in second.text and "calendar 2026-12-09 p1" in actions(second)


def test_composing_on_a_day_begins_with_its_hours(say: Chat) -> None:
    hours = say.press(AUTHOR, "onday 2026-12-09")
    reply = say.press(AUTHOR, next(each for each in buttons(hours) if each.label == "18:00"))
    assert "2026-12-09 18:00" in reply.text
    assert say.press(AUTHOR, "onday 2026-13-09").text.startswith("Write /calendar")


def test_a_day_gone_by_is_not_composed_on(say: Chat) -> None:
    assert not [a for a in actions(say(AUTHOR, "/calendar 2026-11-29")) if "onday" in a]


def test_an_unconfirmed_day_is_shown_in_its_band_and_admins_date_it(say: Chat, desk: Desk) -> None:
    moderator(desk)
    reply = say(AUTHOR, "/calendar 2027-02")
    chart = reply.picture
    assert isinstance(chart, MonthChart)
    assert [day.number for day in chart.days if day.mark == "perhaps"] == [8, 9, 10, 11]
    assert "moon ramadan 1448" in actions(reply)
    assert "moon ramadan 1448" not in actions(say(OTHER, "/calendar 2027-02"))
    offered = say.press(AUTHOR, "moon ramadan 1448")
    dates = [f"moon ramadan 2027-02-{day:02}" for day in range(7, 12)]
    assert [a for a in actions(offered) if a.startswith("moon")] == dates
    assert "is confirmed for 10 February 2027" in say.press(AUTHOR, dates[3]).text
    assert desk.calendar.confirmed == {("ramadan", 1448): date(2027, 2, 10)}
    again = say.press(AUTHOR, "moon ramadan 1448")
    assert [b.label for b in buttons(again) if b.label.startswith("✅")] == [
        "✅ Wednesday, 10 February 2027"
    ]
    assert "no longer confirmed" in say.press(AUTHOR, "moon ramadan 1448 back").text
    assert desk.calendar.confirmed == {}


def test_a_date_is_typed_and_the_people_of_its_posts_are_told(say: Chat, desk: Desk) -> None:
    posted(say, "on ramadan 10:00", 1)
    assert "10:00? · @channel_one" in say(AUTHOR, "/calendar 2027-02-09").text
    reply = say(AUTHOR, "/calendar confirm ramadan 2027-02-08")
    assert "/post 1" in reply.text and reply.reschedules
    assert [person for person, _ in reply.notices] == [REVIEWER]
    assert "10:00 · @channel_one" in say(AUTHOR, "/calendar 2027-02-08").text
    with desk.new_uow() as uow:
        [row] = uow.deliveries.of(1)
    assert row.due_at == datetime(2027, 2, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ramadan 2027-03-20", "expected on ⁨2027-02-09⁩"),
        ("iqbal-day 2027-11-09", "the same date every year"),
        ("ramdan 2027-02-08", "The nearest are: ⁨ramadan⁩"),
        ("ramadan tomorrow", "is no date"),
        ("ramadan 0001-01-01", "more than two years away"),
        ("ramadan 9999", "Tap one"),
        ("ramadan 1448 back", "nothing to take back"),
        ("", "Tap one"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_what_to_do(
    say: Chat, desk: Desk, line: str, told: str
) -> None:
    assert told in say(AUTHOR, f"/calendar confirm {line}").text
    assert desk.calendar.confirmed == {}


def test_only_an_admin_confirms(say: Chat, desk: Desk) -> None:
    moderator(desk)
    assert "Only an admin" in say(OTHER, "/calendar confirm ramadan 2027-02-08").text
    for person in (OTHER, READER):
        say.press(person, "moon ramadan 2027-02-08")
    with desk.new_uow() as uow:
        assert uow.confirmed_days.all() == {}


def test_notices_are_switched_off_and_on_by_each_person(say: Chat, desk: Desk) -> None:
    def unwanted() -> set[str]:
        with desk.new_uow() as uow:
            return uow.notices.unwanted_by()

    assert "You are told an hour before" in say(AUTHOR, "/calendar notices").text
    off = say(AUTHOR, "/calendar notices off")
    assert unwanted() == {AUTHOR}
    say.press(AUTHOR, actions(off)[0])
    assert unwanted() == set()


@pytest.mark.parametrize("line", ["x", "2026-13", "2026-02-30", "month x", "notices x", "1-1"])
def test_what_cannot_be_read_is_answered_with_how_to_write_it(say: Chat, line: str) -> None:
    assert say(AUTHOR, f"/calendar {line}").text.startswith("Write /calendar")


def test_subscribers_are_one_entry_and_no_reader_is_named(
    desk: Desk, new_uow: NewUow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "PAGE", 5)
    readers = range(7310001001, 7310001033)
    subscribed(new_uow, *readers)
    post = approved(new_uow, "subscribers", "@channel_one")
    for _ in range(7):
        spread_once(new_uow, post)
    rows = leased(new_uow, limit=50)
    end(new_uow, rows[:-1])
    end(new_uow, rows[-1:], DeliveryState.REFUSED)
    say = Chat(replace(desk, new_uow=new_uow))
    day = f"{NOON:%Y-%m-%d}"
    told = say(AUTHOR, f"/calendar {day}").text
    assert told.count(f"/post {post.id}") == 1
    assert "@channel_one, subscribers · fact · sent" in told
    for shown in (told, say(AUTHOR, f"/calendar {day[:7]}").text):
        assert "There are more posts" not in shown and "73100010" not in shown


def test_a_correction_is_one_entry_that_clashes_with_nothing(desk: Desk, new_uow: NewUow) -> None:
    first = sent(new_uow, "@one", "@two")
    post = corrected(new_uow, first)
    end(new_uow, leased(new_uow))
    told = Chat(replace(desk, new_uow=new_uow))(AUTHOR, f"/calendar {NOON:%Y-%m-%d}").text
    assert told.count(f"/post {post.id}") == 1
    assert "@one, @two · correction · sent" in told and "⚠" not in told
