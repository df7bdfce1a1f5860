"""Read back by the rules of RFC 5545, line by line."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from bot.adapters.export.icalendar import escape, fold

Event = dict[str, str]
CONTENT_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)")


def events_in(written: bytes) -> list[Event]:
    """The events by their properties, parameters dropped; checks what the RFC asks of lines."""
    assert written.endswith(b"\r\n")
    physical = written.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical)
    assert all(line.decode().isprintable() for line in physical)  # no character is cut in two
    lines = written.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[Event] = []
    for line in lines:
        found = CONTENT_LINE.fullmatch(line)
        assert found, line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            assert found[1] == "END" or found[1] not in events[-1], "once an event at most"
            events[-1][found[1]] = found[3]
    assert lines.count("END:VEVENT") == len(events)
    return events


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value)


@pytest.fixture
def days(exported: Callable[[str], dict[str, bytes]]) -> dict[str, dict[str, Event]]:
    return {
        name: {event["UID"]: event for event in events_in(written)}
        for name, written in exported("icalendar").items()
    }


def test_every_day_with_a_date_is_there_in_both_languages(
    days: dict[str, dict[str, Event]],
) -> None:
    assert set(days) == {"calendar.en.ics", "calendar.ur.ics"}
    for events in days.values():
        assert set(events) == {"fixed@wazahat", "leap@wazahat", "eid@wazahat"}
        assert all({"DTSTAMP", "DTSTART", "SUMMARY"} <= set(event) for event in events.values())


def test_a_fixed_day_comes_every_year_on_a_date_that_exists(
    days: dict[str, dict[str, Event]],
) -> None:
    leap = days["calendar.en.ics"]["leap@wazahat"]
    assert leap["RRULE"] == "FREQ=YEARLY"
    assert dt.date.fromisoformat(leap["DTSTART"]).replace(year=2028) == dt.date(2028, 2, 29)
    assert days["calendar.en.ics"]["fixed@wazahat"]["DTSTART"].endswith("0503")


def test_a_predicted_day_is_tentative_and_comes_once(days: dict[str, dict[str, Event]]) -> None:
    eid = days["calendar.ur.ics"]["eid@wazahat"]
    assert (eid["DTSTART"], eid["STATUS"], eid["SUMMARY"]) == ("20270310", "TENTATIVE", "عید")
    assert "RRULE" not in eid


def test_commas_semicolons_backslashes_and_lines_come_back(
    days: dict[str, dict[str, Event]],
) -> None:
    fixed = days["calendar.en.ics"]["fixed@wazahat"]
    assert fixed["SUMMARY"] == "A\\; day\\, so"
    assert plain(fixed["DESCRIPTION"]) == "A, b; c\\d " * 12 + "\nend"


def test_urdu_comes_back_whole_from_folded_lines(days: dict[str, dict[str, Event]]) -> None:
    assert days["calendar.ur.ics"]["fixed@wazahat"]["DESCRIPTION"] == "یادگار دن، احترام؛ " * 12


def test_a_name_that_nobody_translated_is_in_english(days: dict[str, dict[str, Event]]) -> None:
    assert plain(days["calendar.ur.ics"]["fixed@wazahat"]["SUMMARY"]) == "A; day, so"


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 151])
@pytest.mark.parametrize("letter", ["a", "ی", "🕊"])
def test_a_line_of_any_length_is_folded_within_75_octets(length: int, letter: str) -> None:
    folded = fold(letter * length)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == letter * length + "\r\n"


def test_no_text_starts_a_line_of_its_own() -> None:
    assert escape("a\r\nEND:VEVENT\rb\u2028c") == "a\\nEND:VEVENT\\nb\\nc"
