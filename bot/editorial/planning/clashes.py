"""What of a month's posts clashes with the hour, the day, or each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.core.library import Library
from bot.core.months import Clash, Entry, Slot
from bot.core.schedule import Calendar
from bot.editorial.planning import density, hours, remembrance
from bot.editorial.planning.case import Case, Check, Situation
from bot.editorial.planning.days import KeptDays
from bot.editorial.planning.judging import PLAN_RULES
from bot.editorial.planning.plans import Plan, PlannedPost
from bot.editorial.planning.wordings import sketch

KEYS: dict[Check, str] = {
    hours.quiet: "quiet",
    hours.not_in_mourning: "mourning",
    remembrance.forbidden_type: "forbidden",
    remembrance.beside_a_memorial: "memorial",
    density.too_close: "close",
    density.too_many: "many",
}
"""The rules that ask for nothing but times, channels and types, and the word for each."""

_RULES = tuple(rule for rule in PLAN_RULES if rule.check in KEYS)
_UNREAD = sketch("")
"""What a post says is not looked at here."""


def clashes(
    entries: Sequence[Entry], library: Library, calendar: Calendar, zone: tzinfo, now: datetime
) -> Mapping[Slot, tuple[Clash, ...]]:
    """What speaks against the times of these posts beside each other, each clash once."""
    days = KeptDays(calendar, library.plan_rules.hijri_band)
    situation = Situation(library, days, zone, now)
    posts = [(each, channel) for each in entries for channel in each.targets]
    planned = {pair: _planned(*pair) for pair in posts}
    plan = Plan(planned.values())
    found = defaultdict[Slot, dict[Clash, None]](dict)
    for (each, _), post in planned.items():
        case = Case(post, plan, situation)
        for rule in _RULES:
            for spot in rule.check(case):
                clash = Clash(KEYS[rule.check], spot.severity or rule.severity, spot.about)
                found[each.slot][clash] = None
    return {slot: tuple(each) for slot, each in found.items()}


def _planned(entry: Entry, channel: str) -> PlannedPost:
    return PlannedPost(
        id=entry.post_id,
        channel=channel,
        at=entry.at,
        type=entry.type,
        wording=_UNREAD,
        language=entry.language,
        occurrence=entry.key,
        repeats=entry.repeats,
        variant_of=entry.variant_of,
        rapid=entry.rapid,
    )
