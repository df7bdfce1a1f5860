"""What of a month's posts clashes with the hour, the day, or each other."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from bot.core.library import Library
from bot.core.months import Clash, Clashes, Entry
from bot.core.schedule import Calendar
from bot.editorial.planning import density, hours, remembrance
from bot.editorial.planning.case import Case, Check, Situation
from bot.editorial.planning.days import KeptDays
from bot.editorial.planning.judging import PLAN_RULES
from bot.editorial.planning.plans import Plan, PlannedPost
from bot.editorial.planning.wordings import UNREAD

KEYS: dict[Check, str] = {
    hours.quiet: "quiet",
    hours.not_in_mourning: "mourning",
    remembrance.forbidden_type: "forbidden",
    density.too_close: "close",
    remembrance.beside_a_memorial: "memorial",
    density.too_many: "many",
}
"""The rules that ask for nothing but times, channels and types, quick ones first; a word for each.
"""

_RULES = tuple(rule for check in KEYS for rule in PLAN_RULES if rule.check is check)


def clashes(
    entries: Sequence[Entry], library: Library, calendar: Calendar, zone: tzinfo, now: datetime
) -> Clashes:
    """What speaks against these posts beside each other; what is found in two channels comes twice.

    A correction changes what stands there, at no time and beside nothing new.
    """
    days = KeptDays(calendar, library.plan_rules.hijri_band)
    situation = Situation(library, days, zone, now)
    posts = (each for each in entries if each.type != "correction")
    plan = Plan(_planned(each, channel) for each in posts for channel in each.targets)

    def found(entry: Entry) -> Iterator[Clash]:
        for channel in entry.targets if entry.type != "correction" else ():
            case = Case(_planned(entry, channel), plan, situation)
            for rule in _RULES:
                for spot in rule.check(case):
                    yield Clash(KEYS[rule.check], spot.severity or rule.severity, spot.about)

    return found


def _planned(entry: Entry, channel: str) -> PlannedPost:
    return PlannedPost(
        id=entry.post_id,
        channel=channel,
        at=entry.at,
        type=entry.type,
        wording=UNREAD,
        language=entry.language,
        occurrence=entry.key,
        repeats=entry.repeats,
        variant_of=entry.variant_of,
        rapid=entry.rapid,
    )
