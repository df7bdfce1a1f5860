"""T1: hours at which nothing is sent, and the two days that belong to mourning."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.editorial.findings import Spot
from bot.editorial.planning.case import AT, Case, Situation, at
from bot.editorial.planning.sunset import sunset

_FRIDAY = 4


def quiet(case: Case) -> Iterator[Spot]:
    if reason := quiet_at(case.post.at, case.wall, case.situation):
        yield at(reason, case)


def quiet_at(moment: datetime, on_the_wall: datetime, situation: Situation) -> str:
    """Why nothing is sent at that moment; empty if posts may go out."""
    rules, day = situation.rules, on_the_wall.date()
    if rules.quiet_hours.hold(on_the_wall.time()):
        return f"quiet hours, {rules.quiet_hours.start} to {rules.quiet_hours.end}"
    if day.weekday() == _FRIDAY and rules.friday_prayer.hold(on_the_wall.time()):
        return f"Friday prayer, {rules.friday_prayer.start} to {rules.friday_prayer.end}"
    if rules.iftar_at and situation.days.in_ramadan(day):
        first, last = _iftar(day, situation)
        if first <= moment <= last:
            return "around iftar"
    return ""


def _iftar(day: date, situation: Situation) -> tuple[datetime, datetime]:
    """From before the earliest sunset to after the latest, of the places of the rules."""
    around = timedelta(minutes=situation.rules.around_iftar)
    sunsets = [sunset(day, each.lat, each.lon) for each in situation.rules.iftar_at]
    return min(sunsets) - around, max(sunsets) + around


def not_in_mourning(case: Case) -> Iterator[Spot]:
    """Anything but a memorial on 9 and 10 Muharram; a correction is for a person to weigh."""
    mourned = [each for each in case.situation.days.on(case.day) if each.is_ashura]
    if mourned and case.post.type != "memorial":
        kept = min(mourned, key=lambda each: each.near)
        mild = kept.near or case.post.type == "correction"
        yield Spot(AT, f"{case.day}", kept.called, "warning" if mild else "error")
