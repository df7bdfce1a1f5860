"""When a single post goes out, as a moderator writes it."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from bot.core.schedule.clock import instant, wall
from bot.core.schedule.errors import NotATime

_SOON = re.compile(r"\+\s*(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_CLOCK = re.compile(r"(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<at>\d{1,2}:\d\d)")
_FURTHEST = timedelta(days=731)
_DAY = timedelta(days=1)


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
    found = _CLOCK.fullmatch(written)
    if found is None:
        return None
    today = wall(now, zone).date()
    try:
        at = time.fromisoformat(found["at"].zfill(5))
        day = date.fromisoformat(found["day"] or today.isoformat())
    except ValueError:
        return None
    if abs(day - today) > _FURTHEST + _DAY:  # among them are days that no zone can turn into UTC
        raise NotATime("when.past" if day < today else "when.far")
    due = instant(datetime.combine(day, at), zone)
    if found["day"] or due > now:
        return due
    return instant(datetime.combine(today + _DAY, at), zone)
