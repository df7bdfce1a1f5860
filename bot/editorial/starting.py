"""Campaigns laid out beside the posts that there are."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import takewhile

from bot.core.laying import Start
from bot.core.library import Library
from bot.core.posts import Post
from bot.core.schedule import Calendar, NotASchedule
from bot.editorial.going import Going, Planned
from bot.editorial.lexicons import KeptLexicons
from bot.editorial.planning import KeptDays, Plan, Situation, Slot, laid_out
from bot.editorial.planning.series import FURTHEST

LONGEST = timedelta(days=366 + FURTHEST)
"""After its first day a series has no post any more."""


class Series:
    """Lays a campaign out as `planning.laid_out` does, as of the content and calendar given."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._lexicons = KeptLexicons()
        self._planned = Planned()

    def __call__(
        self, start: Start, library: Library, calendar: Calendar, now: datetime
    ) -> tuple[Slot, ...]:
        days = KeptDays(calendar, library.plan_rules.hijri_band)
        beside = Plan(
            self._planned(going, library)
            for post in start.beside
            if start.channel in post.draft.targets
            for going in self._going(post, start, library, calendar)
        )
        return laid_out(
            start.campaign,
            start.day,
            Situation(library, days, self._zone, now),
            self._lexicons.of(library),
            start.channel,
            beside,
            start.language,
        )

    def _going(
        self, post: Post, start: Start, library: Library, calendar: Calendar
    ) -> Iterator[Going]:
        """The times of a post that lie near enough to matter; none of one without a schedule."""
        first = datetime.combine(start.day, datetime.min.time(), self._zone)
        until = first + LONGEST
        coming = post.draft.coming(calendar, first - library.plan_rules.reach)
        try:
            for cycle, each in enumerate(takewhile(lambda time: time.at <= until, coming), 1):
                yield Going(post, start.channel, each.at, each.key, cycle)
        except NotASchedule:  # a day of its calendar is gone; whoever opens the post is told
            return
