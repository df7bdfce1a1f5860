"""When a post goes out, as a moderator writes it."""

import re
from datetime import datetime, time, timedelta, tzinfo

_SOON = re.compile(r"\+\s*(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FURTHEST = timedelta(days=731)


class NotATime(ValueError):
    """Carries the key of the phrase that says what is wrong with it."""


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
    local = now.astimezone(zone)
    try:
        if re.fullmatch(r"\d{1,2}:\d\d", written):
            at = time.fromisoformat(written.zfill(5))
            today = datetime.combine(local.date(), at, zone)
            return (
                today
                if today > local
                else datetime.combine(local.date() + timedelta(days=1), at, zone)
            )
        if re.fullmatch(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d", written):
            date, clock = written.split()
            return datetime.fromisoformat(f"{date} {clock.zfill(5)}").replace(tzinfo=zone)
    except ValueError:
        pass
    return None
