"""The file, read back by the rules of RFC 5545."""

from datetime import UTC, date, datetime, timedelta

from bot.adapters.web.calendar import calendar_file
from bot.core.agenda import Agenda, Entry
from bot.core.text import isolate
from tests.export.test_icalendar import events_in, plain
from tests.fakes.clock import NOON

URDU = "سیہون شریف کی درگاہ پر حملہ: کس نے کیا، کب، اور کون کہتا ہے؟ " * 4
POST = Entry(
    "post-7-2026-11-30 17:00", NOON, "A, b; c\\d", f"/post 7\n{URDU}", changed_at=NOON, revision=3
)
DAY = Entry("day-eid-1448", date(2027, 3, 10), "عید", tentative=True)


def written(*entries: Entry) -> bytes:
    return calendar_file(Agenda("وضاحت: پوسٹیں", entries))


def test_a_post_stands_at_its_instant_and_tells_its_version() -> None:
    [event] = events_in(written(POST))
    assert event["UID"] == "post-7-2026-11-30-17-00@wazahat"
    assert (event["DTSTART"], event["DTEND"]) == ("20261130T120000Z", "20261130T121500Z")
    assert event["LAST-MODIFIED"] == event["DTSTAMP"] == "20261130T120000Z"
    assert (event["SEQUENCE"], event["STATUS"]) == ("2", "CONFIRMED")


def test_a_day_is_all_of_it_and_tentative_until_it_is_confirmed() -> None:
    [event] = events_in(written(DAY))
    assert (event["DTSTART"], event["STATUS"]) == ("20270310", "TENTATIVE")
    assert "DTEND" not in event
    assert b"DTSTART;VALUE=DATE:20270310" in written(DAY)


def test_commas_lines_and_urdu_come_back_whole() -> None:
    [event] = events_in(written(POST))
    assert plain(event["SUMMARY"]) == "A, b; c\\d"
    assert plain(event["DESCRIPTION"]) == f"/post 7\n{URDU}"


def test_lines_with_marks_of_direction_are_folded_between_characters() -> None:
    summary = isolate(URDU) + isolate("@wazahat_news")
    raw = written(Entry("post-1-now", NOON, summary))
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines[:-1])
    assert plain(raw.decode().replace("\r\n ", "")).count(summary) == 1


def test_a_text_adds_no_line_of_its_own() -> None:
    [event] = events_in(written(Entry("post-1-now", NOON, "a\r\nEND:VEVENT\nX-EVIL:1")))
    assert event["SUMMARY"] == "a\\nEND:VEVENT\\nX-EVIL:1"


def test_every_id_is_its_own_and_lasts() -> None:
    events = events_in(written(POST, DAY))
    assert len({event["UID"] for event in events}) == 2
    moved = Entry(POST.id, NOON + timedelta(hours=5), POST.summary)
    assert events_in(written(moved))[0]["UID"] == events[0]["UID"]


def test_a_moment_of_any_zone_is_written_in_utc() -> None:
    assert datetime(2026, 11, 30, 12, tzinfo=UTC) == NOON
    [event] = events_in(written(Entry("x", NOON.astimezone(), "x")))
    assert event["DTSTART"] == "20261130T120000Z"
