"""iCalendar (RFC 5545): the days that posts keep to, as all-day events, a file a language."""

from collections.abc import Iterator, Mapping
from typing import get_args

from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import CalendarDay, Language

OCTETS = 75
"""The most that a line may have before it must be folded, its end not counted."""
SINCE = 2024
"""Where yearly days begin: a leap year, so that 29 February is one."""
STAMP = "20240101T000000Z"
"""Fixed, since the same days must make the same file."""


def icalendar(library: Library) -> Iterator[tuple[str, bytes]]:
    for language in get_args(Language) if library.calendar else ():  # one without events is none
        yield f"calendar.{language}.ics", calendar(library.calendar, language)


def calendar(days: Mapping[str, CalendarDay], language: Language) -> bytes:
    """A day of the Hijri year is there once, on its predicted date and marked as tentative.

    One that nobody has predicted a date for is left out: no rule that programs know gives it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wazahat//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Wazahat",
    ]
    for name, day in sorted(days.items()):
        if when := _when(day):
            lines += _event(name, day, when, language)
    return "".join(fold(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _when(day: CalendarDay) -> list[str]:
    if day.month and day.day:
        return [f"DTSTART;VALUE=DATE:{SINCE}{day.month:02}{day.day:02}", "RRULE:FREQ=YEARLY"]
    if day.predicted:
        return [f"DTSTART;VALUE=DATE:{day.predicted:%Y%m%d}", "STATUS:TENTATIVE"]
    return []


def _event(name: str, day: CalendarDay, when: list[str], language: Language) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{name}@wazahat", f"DTSTAMP:{STAMP}", *when)
    for field, text in (("SUMMARY", day.name), ("DESCRIPTION", day.note)):
        if text:
            written = language if getattr(text, language) else "en"
            said = without_citations(text.in_language(language))
            yield f"{field};LANGUAGE={written}:{escape(said)}"
    yield from (f"CATEGORIES:{escape(day.kind)}", "TRANSP:TRANSPARENT", "END:VEVENT")


def escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escaped)
    return "\\n".join(text.splitlines())


def fold(line: str) -> str:
    """The line with its end, broken so that no part is too long and no character is cut in two."""
    if line.isascii():
        rest = range(OCTETS, len(line), OCTETS - 1)
        return "\r\n ".join([line[:OCTETS], *(line[n : n + OCTETS - 1] for n in rest)]) + "\r\n"
    folded, octets = "", 0
    for character in line:
        octets += (size := len(character.encode()))
        if octets > OCTETS:
            folded, octets = folded + "\r\n ", 1 + size
        folded += character
    return folded + "\r\n"
