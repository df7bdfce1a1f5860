"""What is planned and what was sent, as the rules of planning look at it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.posts import PostType
from bot.core.records import Language
from bot.core.records.campaigns import Kind
from bot.editorial.planning.wordings import Sketch

UNEXPOSING = frozenset({"memorial", "service", "correction"})
"""Types that never count as telling of groups, whoever is named in them."""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """One message at one time to one channel: planned, or sent already.

    `occurrence` tells it from the other times the post goes out, `cycle` counts these from 1 and
    `repeats` says that there are others. `kind` is that of its campaign. `victims` are the
    communities that the dead of its attack are said to be of; None where it tells of no attack.
    `is_outdated` says that the text it translates (`variant_of`) has been changed since.
    """

    id: int
    channel: str
    at: datetime
    type: PostType
    wording: Sketch
    language: Language = "en"
    occurrence: str = ""
    campaign: str | None = None
    kind: Kind | None = None
    names_group: bool = False
    victims: frozenset[str] | None = None
    records: tuple[str, ...] = ()
    repeats: bool = False
    cycle: int = 1
    variant_of: int | None = None
    is_outdated: bool = False
    rapid: bool = False

    @property
    def exposes(self) -> bool:
        """Whether it tells of what groups do or claim."""
        told = self.names_group or self.type == "myth and why"
        return told and self.type not in UNEXPOSING

    @property
    def story(self) -> int:
        """The same for all languages in which a post is told."""
        return self.variant_of or self.id

    def is_same(self, other: "PlannedPost") -> bool:
        """Whether both are the same message, perhaps moved."""
        mine = (self.id, self.channel, self.occurrence)
        return mine == (other.id, other.channel, other.occurrence)


class _Line:
    """Posts in the order of their times."""

    def __init__(self, posts: Iterable[PlannedPost]) -> None:
        self.posts = sorted(posts, key=lambda each: (each.at, each.id, each.occurrence))
        self._times = [each.at for each in self.posts]

    def within(self, first: datetime, last: datetime) -> list[PlannedPost]:
        return self.posts[bisect_left(self._times, first) : bisect_right(self._times, last)]

    def before(self, at: datetime) -> Iterator[PlannedPost]:
        return (self.posts[n] for n in range(bisect_left(self._times, at) - 1, -1, -1))

    def after(self, at: datetime) -> Iterator[PlannedPost]:
        return (self.posts[n] for n in range(bisect_right(self._times, at), len(self.posts)))


class Plan:
    """Planned and sent posts, in whatever order they were given; looked up by channel and time."""

    def __init__(self, posts: Iterable[PlannedPost] = ()) -> None:
        channels = defaultdict[str, list[PlannedPost]](list)
        self._campaigns = defaultdict[str, list[PlannedPost]](list)
        for each in posts:
            channels[each.channel].append(each)
            if each.campaign:
                self._campaigns[each.campaign].append(each)
        self._channels = {name: _Line(given) for name, given in channels.items()}
        self._series = {
            name: _Line(each for each in given if each.campaign) for name, given in channels.items()
        }

    @property
    def posts(self) -> Iterator[PlannedPost]:
        return (each for line in self._channels.values() for each in line.posts)

    def near(
        self, post: PlannedPost, before: timedelta, after: timedelta
    ) -> tuple[PlannedPost, ...]:
        """The other posts of its channel from `before` it to `after` it, in order."""
        line = self._channels.get(post.channel)
        found = line.within(post.at - before, post.at + after) if line else []
        return tuple(each for each in found if not each.is_same(post))

    def of_its_campaign(self, post: PlannedPost) -> tuple[PlannedPost, ...]:
        """The other posts of its campaign, in all channels."""
        series = self._campaigns.get(post.campaign or "", ())
        return tuple(each for each in series if not each.is_same(post))

    def campaigns_beside(self, post: PlannedPost) -> Iterator[PlannedPost]:
        """Of the campaigns before and after its own in the channel, the nearest post each."""
        if line := self._series.get(post.channel):
            for way in (line.before(post.at), line.after(post.at)):
                beside = (each for each in way if each.campaign != post.campaign)
                yield from (each for each in (next(beside, None),) if each)
