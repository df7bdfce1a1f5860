"""What comes back on a day, and what there is to read on it."""

import datetime as dt
from dataclasses import replace
from typing import NoReturn

import pytest

from bot.commands.almanac import coming, kept_on
from bot.commands.desk import Desk
from bot.commands.today import brief_of_the_day
from bot.core.errors import OutsideError
from bot.core.library import Library
from bot.core.posting import act
from bot.core.posts import Attempt, DeliveryState, Event, Post
from bot.core.records import CalendarDay, Language, Narrative, Text, Topic
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions

SAFOORA = dt.datetime(2026, 5, 13, 7, tzinfo=dt.UTC)


def sent_today(say: Chat, desk: Desk, targets: str, text: str) -> None:
    """Post 1, composed, approved and delivered."""
    say(AUTHOR, f"/compose now | {targets} | {text}")
    say(REVIEWER, "/approve 1")
    with desk.new_uow() as uow:
        until = desk.clock() + dt.timedelta(minutes=1)
        for row in uow.deliveries.lease("test", desk.clock(), until, 10):
            uow.deliveries.begin(row.id, "test", desk.clock(), until)
            uow.deliveries.record(row.id, "test", DeliveryState.SENT, message_id=1)
        finish = Attempt(Event.FINISH, desk.clock(), desk.calendar)
        assert isinstance(act(uow, 1, finish), Post)
        uow.commit()


def test_an_attack_of_this_day_is_remembered(say: Chat, clock: FakeClock) -> None:
    clock.now = SAFOORA
    reply = say(READER, "/today")
    assert "13 May 2015 · 11 years ago" in reply.text
    assert "We remember those who were killed" in reply.text
    assert "attack safoora-goth-2015" in actions(reply)
    assert any(span.url for block in reply.blocks for span in block.spans)
    assert "As of " in reply.text


def test_nothing_else_is_put_beside_a_memorial(say: Chat, desk: Desk, clock: FakeClock) -> None:
    heading = desk.say("en", "today.brief")
    assert heading in say(READER, "/today").text
    clock.now = SAFOORA
    assert heading not in say(READER, "/today").text


def test_the_day_is_that_of_the_zone(say: Chat, clock: FakeClock) -> None:
    clock.now = dt.datetime(2026, 5, 12, 20, tzinfo=dt.UTC)
    assert "13 May 2015" in say(READER, "/today").text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_day_of_the_year_has_something_to_say(
    say: Chat, desk: Desk, clock: FakeClock, language: Language
) -> None:
    for _ in range(366):
        reply = say(READER, "/today", language)
        assert len(reply.blocks) > 1
        assert 100 < len(reply.text) < 4096
        assert actions(reply) or any(span.url for span in reply.blocks[1].spans)
        clock.forward(days=1)


def test_a_day_of_nothing_names_the_next_ones(say: Chat, desk: Desk) -> None:
    reply = say(READER, "/today")
    assert "16 December 2026 · Army Public School attack" in reply.text
    assert "attack aps-peshawar-2014" in actions(reply)


def test_a_brief_is_picked_by_the_date_alone(desk: Desk, clock: FakeClock) -> None:
    picked = []
    for _ in range(len(desk.library.of(Narrative)) + len(desk.library.of(Topic))):
        morning = brief_of_the_day(desk)
        clock.forward(hours=6)
        assert brief_of_the_day(desk) is morning
        clock.forward(hours=18)
        picked.append(morning)
    choice = (*desk.library.of(Narrative), *desk.library.of(Topic))
    assert {each.id for each in picked if each} == {each.id for each in choice}


def test_what_went_out_to_a_channel_today_is_todays_post(say: Chat, desk: Desk) -> None:
    sent_today(say, desk, "@channel", "sehwan-2017")
    reply = say(READER, "/today")
    assert desk.say("en", "today.post") in reply.text
    assert "Sehwan shrine bombing" in reply.text
    assert desk.say("en", "today.brief") not in reply.text
    assert "attack sehwan-2017" in actions(reply)


def test_what_went_to_a_closed_chat_is_nobody_elses(say: Chat, desk: Desk) -> None:
    sent_today(say, desk, "-1001234567890", "between us")
    assert "between us" not in say(READER, "/today").text


def test_yesterdays_post_is_over(say: Chat, desk: Desk, clock: FakeClock) -> None:
    sent_today(say, desk, "@channel", "hello everyone")
    assert "hello everyone" in say(READER, "/today").text
    clock.forward(days=1)
    assert "hello everyone" not in say(READER, "/today").text


def test_who_writes_holds_up_no_reader(say: Chat, desk: Desk) -> None:
    sent_today(say, desk, "@channel", "hello everyone")
    with desk.new_uow() as writing:
        writing.silent_groups.add("telegram:-1001")
        assert "hello everyone" in say(READER, "/today").text


def test_where_the_database_does_not_answer_the_day_is_told_without_a_post(desk: Desk) -> None:
    def away(*, reading: bool = False) -> NoReturn:
        raise OutsideError("the database does not answer")

    reply = Chat(replace(desk, new_uow=away))(READER, "/today")
    assert desk.say("en", "today.brief") in reply.text


def with_days(desk: Desk, **days: CalendarDay) -> Desk:
    known = desk.library
    return replace(desk, library=Library(known.records.values(), known.sources, calendar=days))


def day(name: str, **fields: object) -> CalendarDay:
    return CalendarDay(name=Text(en=name), **fields)  # type: ignore[arg-type]


def test_a_day_that_an_editor_doubts_waits(desk: Desk) -> None:
    note = Text(en="To be confirmed.")
    doubted = day("Some day", kind="national", month=11, day=30, note=note)
    sure = day("Other day", kind="national", month=11, day=30)
    told = Chat(with_days(desk, doubted=doubted, sure=sure))(READER, "/today").text
    assert "Other day" in told
    assert "Some day" not in told


def test_a_predicted_date_says_that_it_may_move(desk: Desk) -> None:
    feast = day("A feast", kind="festival", predicted=dt.date(2026, 11, 30))
    assert "it may move" in Chat(with_days(desk, feast=feast))(READER, "/today").text


def test_a_memorial_day_needs_a_source_and_is_not_told_twice(desk: Desk) -> None:
    fields: dict[str, object] = {"kind": "commemoration", "month": 5, "day": 13}
    source = next(iter(desk.library.sources))
    days = {
        "unsourced": day("Unsourced", **fields),
        "same": day("Same", **fields, sources=(source,), records=("safoora-goth-2015",)),
        "other": day("Other", **fields, sources=(source,)),
    }
    kept = kept_on(SAFOORA.date(), with_days(desk, **days).library)
    assert kept is not None
    assert [each.name.en for each in kept.days] == ["Other"]
    assert [each.id for each in kept.records] == ["safoora-goth-2015"]


def test_days_come_in_order_and_within_the_year(desk: Desk) -> None:
    start = dt.date(2026, 11, 30)
    found = [each.day for each in coming(start, desk.library)]
    assert found == sorted(set(found))
    assert all(start <= each < dt.date(2027, 11, 30) for each in found)


def test_what_comes_on_a_day_is_what_is_kept_on_it(desk: Desk) -> None:
    start = dt.date(2026, 11, 30)
    promised = {each.day: each for each in coming(start, desk.library)}
    for day in (start + dt.timedelta(days=number) for number in range(365)):
        kept = kept_on(day, desk.library)
        assert (kept is None) == (day not in promised)
        if kept:
            assert kept == promised[day]


def test_the_twenty_ninth_of_february_comes_back_in_leap_years(desk: Desk) -> None:
    leap = day("Leap day", kind="national", month=2, day=29)
    [kept] = [
        each
        for each in coming(dt.date(2096, 3, 1), with_days(desk, leap=leap).library)
        if each.days
    ]
    assert kept.day == dt.date(2104, 2, 29)


def test_what_is_yet_to_happen_does_not_come_back(desk: Desk) -> None:
    for year, records in ((2014, 0), (2015, 1), (2016, 1)):
        kept = kept_on(dt.date(year, 5, 13), desk.library)
        assert len(kept.records if kept else ()) == records


def test_nothing_at_all_is_said_honestly(desk: Desk) -> None:
    reply = Chat(replace(desk, library=Library([], {})))(READER, "/today")
    assert "have nothing for this day" in reply.text
