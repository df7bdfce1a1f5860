"""An agenda as an iCalendar file (RFC 5545) that calendar apps subscribe to."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.adapters.export.icalendar import STAMP, escape, fold
from bot.core.agenda import Agenda, Entry

LASTS = timedelta(minutes=15)
"""A post takes no time; what takes none is hard to see in a calendar."""

REFRESH = "PT1H"


def calendar_file(agenda: Agenda) -> bytes:
    """The same bytes for the same agenda. Times are in UTC, which every app turns into its own."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wazahat//Posts//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(agenda.title)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for entry in agenda.entries:
        lines += _event(entry)
    return "".join(fold(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(entry: Entry) -> Iterator[str]:
    changed = _moment(entry.changed_at) if entry.changed_at else STAMP
    yield from ("BEGIN:VEVENT", f"UID:{_uid(entry.id)}", f"DTSTAMP:{changed}")
    yield from (f"LAST-MODIFIED:{changed}", f"SEQUENCE:{entry.revision - 1}")
    if isinstance(entry.starts, datetime):
        yield from (f"DTSTART:{_moment(entry.starts)}", f"DTEND:{_moment(entry.starts + LASTS)}")
    else:
        yield f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"
    yield f"SUMMARY:{escape(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{escape(entry.description)}"
    yield f"STATUS:{'TENTATIVE' if entry.tentative else 'CONFIRMED'}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _uid(id_: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", id_) + "@wazahat"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
