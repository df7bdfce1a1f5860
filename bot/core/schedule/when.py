"""When a single post goes out, as a moderator writes it."""

import re
from datetime import datetime, time, timedelta, tzinfo

from bot.core.schedule.clock import instant, wall
from bot.core.schedule.errors import NotATime

_SOON = re.compile(r"\+\s*(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FURTHEST = timedelta(days=731)


def parse_when(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment meant by `text`, or None for "now", which is as soon as it is approved.

    `now` is aware; wall-clock times are read in `zone`; the result has the zone of `now`.
    `18:00` is the next one. Raises `NotATime` for what cannot be read, is over or too far off.
    """
    written = " ".join(text.lower().split())
    if written == "now":
        return None
    due = _soon(written, now) or _on_the_clock(written, now, zone)
    if due is None:
        raise NotATime("when.unreadable")
    if due <= now:
        raise NotATime("when.past")
    if due - now > _FURTHEST:
        raise NotATime("when.far")
    return due.astimezone(now.tzinfo)


def _soon(written: str, now: datetime) -> datetime | None:
    found = _SOON.fullmatch(written)
    return now + timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def _on_the_clock(written: str, now: datetime, zone: tzinfo) -> datetime | None:
    try:
        if re.fullmatch(r"\d{1,2}:\d\d", written):
            at, today = time.fromisoformat(written.zfill(5)), wall(now, zone).date()
            due = instant(datetime.combine(today, at), zone)
            tomorrow = today + timedelta(days=1)
            return due if due > now else instant(datetime.combine(tomorrow, at), zone)
        if re.fullmatch(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d", written):
            date, clock = written.split()
            return instant(datetime.fromisoformat(f"{date} {clock.zfill(5)}"), zone)
    except (ValueError, OverflowError):
        pass
    return None
