"""What a post is in the company of: the others of its channels and of its campaign."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from bot.core.ports import Grounds, UnitOfWork
from bot.core.posts import Delivery, Post
from bot.core.schedule import NotASchedule, Occurrence
from bot.editorial.going import Going, Planned, Told
from bot.editorial.planning import PlannedPost, matters_from_afar

Span = tuple[datetime, datetime]
Revision = tuple[int, int]
Read = dict[Revision, PlannedPost]


@dataclass(frozen=True)
class Company:
    """The others of some channels, read from the database as far as the rules ask for them."""

    channels: Sequence[str]
    uow: UnitOfWork
    grounds: Grounds
    planned: Planned

    def near(self, spans: Iterable[Span], *, briefly: bool = False) -> Iterator[PlannedPost]:
        """All that went to the channels, or is to go there; `briefly` without what they tell."""
        spans = list(spans)
        rows = [row for span in spans for row in self.uow.deliveries.around(self.channels, *span)]
        revisions = {(row.post_id, row.revision) for row in rows}
        yield from _of_rows(rows, self._glance(revisions) if briefly else self._read(revisions))
        there = {_key(row) for row in rows}
        yield from (each for span in spans for each in self._to_come(span, there))

    def afar(self, post: PlannedPost, span: Span) -> Iterator[PlannedPost]:
        """Of the others in the channels those that rules ask for which look further than a day."""
        around, rules = self.uow.deliveries.told_around, self.grounds.library.plan_rules
        told = self._read(around(self.channels, *span))
        matter = {key: each for key, each in told.items() if matters_from_afar(post, each, rules)}
        posts = {post_id for post_id, _ in matter} | {each.id for each in self._series()}
        named = None if len(matter) == len(told) else posts
        rows = self.uow.deliveries.around(self.channels, *span, named)
        yield from _of_rows(rows, matter)
        yield from self._to_come(span, {_key(row) for row in rows})

    def of_campaign(self, name: str) -> Iterator[PlannedPost]:
        """The posts of a campaign, without their channels and times."""
        yield from self._read(self.uow.posts.told_in_campaign(name)).values()

    def read_ahead(self, span: Span) -> None:
        """Have in memory what `afar` will look at."""
        self._read(self.uow.deliveries.told_around(self.channels, *span))

    def _read(self, revisions: Iterable[Revision]) -> Read:
        """As the rules read them; what is in memory is not read from the database again."""
        library = self.grounds.library
        known = {key: self.planned.recalled(*key, library) for key in revisions}
        return self._filled(known, lambda told: self.planned.read(told, library))

    def _glance(self, revisions: Iterable[Revision]) -> Read:
        known = {key: self.planned.glanced(*key) for key in revisions}
        return self._filled(known, self.planned.glance)

    def _filled(
        self, known: dict[Revision, PlannedPost | None], read: Callable[[Told], PlannedPost]
    ) -> Read:
        missing = [key for key, found in known.items() if found is None]
        drafts = self.uow.posts.written(missing) if missing else {}
        new = {key: read(Told(*key, draft)) for key, draft in drafts.items()}
        return {key: found for key, found in known.items() if found} | new

    def _series(self) -> list[Post]:
        going = self.uow.posts.going_on()
        return [each for each in going if set(each.draft.targets) & set(self.channels)]

    def _to_come(self, span: Span, there: set[tuple[int, str, str]]) -> Iterator[PlannedPost]:
        """The times of series that have no rows yet."""
        first, last = span
        for post in self._series():
            for each in coming(post, self.grounds, last):
                for channel in set(post.draft.targets) & set(self.channels):
                    if (post.id, channel, each.key) not in there and each.at >= first:
                        going = Going(post, channel, each.at, each.key)
                        yield self.planned(going, self.grounds.library)


def around_each(times: Iterable[datetime], reach: timedelta) -> list[Span]:
    """The stretches of time within `reach` of any of them; each moment lies in one at most."""
    spans: list[Span] = []
    for at in sorted(times):
        if spans and at - reach <= spans[-1][1]:
            spans[-1] = (spans[-1][0], at + reach)
        else:
            spans.append((at - reach, at + reach))
    return spans


def coming(post: Post, grounds: Grounds, last: datetime) -> Iterator[Occurrence]:
    """Its times up to `last` that are to come or not too late; none where a day is unknown."""
    after = post.draft.missed_until(grounds.now)
    try:
        yield from takewhile(
            lambda each: each.at <= last, post.draft.coming(grounds.calendar, after)
        )
    except NotASchedule:
        return


def _of_rows(rows: Iterable[Delivery], told: Read) -> Iterator[PlannedPost]:
    for row in rows:
        if read := told.get((row.post_id, row.revision)):
            yield replace(read, channel=row.target, at=row.due_at, occurrence=row.occurrence)


def _key(row: Delivery) -> tuple[int, str, str]:
    return row.post_id, row.target, row.occurrence
