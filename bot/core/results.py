"""What a campaign or a post came to: figures with what they are out of, and nobody in them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.core.posts import DeliveryState, PostButton
from bot.core.taps import BUTTONS, MORE, Typed

FEWEST = 10
"""Counts of what readers did are hidden below this."""

ON_TIME = timedelta(minutes=1)
"""How long after its moment a message still counts as sent on time."""

ENDED = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.UNKNOWN,
        DeliveryState.REFUSED,
        DeliveryState.SKIPPED,
    }
)
"""Deliveries that fell due: what was sent is measured against them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How deliveries ended. `late` is by how much each one sent was late, the least first; those of
    before this was noted are not in it. `first` and `last` are when they were due."""

    counts: Mapping[DeliveryState, int] = field(default_factory=dict)
    late: tuple[timedelta, ...] = ()
    first: datetime | None = None
    last: datetime | None = None

    @property
    def sent(self) -> int:
        return self.counts.get(DeliveryState.SENT, 0)

    @property
    def ended(self) -> int:
        return sum(count for state, count in self.counts.items() if state in ENDED)

    @property
    def on_time(self) -> int:
        return sum(each <= ON_TIME for each in self.late)

    @property
    def latest_minutes(self) -> int:
        """Whole minutes by which the last one was late."""
        return max(self.late, default=timedelta()) // timedelta(minutes=1)


def together(parts: Iterable[Sent]) -> Sent:
    parts = list(parts)
    counts = Counter[DeliveryState]()
    for part in parts:
        counts.update(part.counts)
    late = tuple(sorted(each for part in parts for each in part.late))
    first = min((part.first for part in parts if part.first), default=None)
    last = max((part.last for part in parts if part.last), default=None)
    return Sent(counts, late, first, last)


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may be shown; None stands for fewer than `FEWEST`."""

    count: int | None


def shown(count: int) -> Shown:
    return Shown(count if count >= FEWEST else None)


def summed(counts: Iterable[int]) -> Shown:
    """The sum of counts that are shown beside it.

    Where just one of them is hidden it would be the difference: then only the others are summed.
    """
    counts = list(counts)
    hidden = [each for each in counts if each < FEWEST]
    return shown(sum(counts) - (hidden[0] if len(hidden) == 1 and len(counts) > 1 else 0))


@dataclass(frozen=True, slots=True)
class Base:
    """How many members a chat had when it was asked; None where it could not be."""

    target: str
    members: int | None


@dataclass(frozen=True, slots=True)
class PostResult:
    """One post. `seq` is its place in its campaign, taps those of the links under it.

    Links name the place: the versions of one post in two languages share their taps.
    """

    id: int
    seq: int | None
    language: str
    sent: Sent
    reactions: int | None
    views: Typed | None


@dataclass(frozen=True, slots=True)
class Harm:
    """What went wrong, told even where it is nothing."""

    reports: int
    holds: int
    corrections: int


@dataclass(frozen=True, slots=True)
class Result:
    """All that is told of a campaign or of one post (then `campaign` may be empty)."""

    name: str
    campaign: str
    asked_at: datetime
    posts: tuple[PostResult, ...]
    taps: Mapping[int, Mapping[PostButton, int]]
    days: tuple[date, date] | None
    bases: tuple[Base, ...]
    harm: Harm

    @property
    def sent(self) -> Sent:
        return together(each.sent for each in self.posts)

    def tapped(self, button: PostButton) -> Shown:
        """Over all posts whose taps are told."""
        return summed(self.taps[seq][button] for seq in sorted(self.taps))

    @property
    def reactions(self) -> int | None:
        told = [each.reactions for each in self.posts if each.reactions is not None]
        return sum(told) if told else None

    @property
    def most_opened(self) -> int | None:
        """The place of the post that was opened most, where there is a clear one."""
        opens = sorted(((taps[MORE], seq) for seq, taps in self.taps.items()), reverse=True)
        clear = len(opens) > 1 and opens[0][0] >= max(FEWEST, opens[1][0] + FEWEST)
        return opens[0][1] if clear else None

    def measured(self, metric: str) -> float | None:
        """The figure of a goal's metric; None where the bot cannot count it, or it is hidden."""
        sent = self.sent
        if metric == "brief opens":
            return self.tapped(MORE).count
        if metric == "help opens":
            return self.tapped("help").count
        if metric == "slots kept" and sent.ended:
            return round(100 * sent.sent / sent.ended, 1)
        if metric == "sent on time" and sent.ended:
            return round(100 * sent.on_time / sent.ended, 1)
        return None


def no_taps() -> dict[PostButton, int]:
    return dict.fromkeys(BUTTONS, 0)
