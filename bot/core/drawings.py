"""What a picture shows, already put into words; `bot.pictures` draws it and adds none."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from bot.core.records import Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every picture has. `footer` names the sources and the day it is of, a line each.

    `alt` says in words what the picture shows, for those who cannot see it: it is also its caption.
    """

    language: Language
    title: str
    subtitle: str
    footer: tuple[str, ...]
    alt: str

    @property
    def fingerprint(self) -> str:
        """Equal drawings have equal fingerprints, in any process."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FactCard(Sheet):
    """One brief at a glance: up to four large figures with a label each, then paragraphs.

    What finds no room is cut from the end; further figures are not drawn.
    """

    figures: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart(Sheet):
    """A picture with as many entries as there are, up to a greatest height.

    `left_out` says, with their number in place of `{count}`, that there was no room for more.
    """

    left_out: str


@dataclass(frozen=True, slots=True)
class TollBar:
    """One count by one source; `said` is the count in words, `43 to 47`."""

    by: str
    low: int
    high: int
    at_least: bool
    said: str


@dataclass(frozen=True, slots=True)
class TollChart(Chart):
    """Counts by source as ranges on one scale; a group is a label (killed, injured) and bars."""

    groups: tuple[tuple[str, tuple[TollBar, ...]], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline; `day` is the date in words."""

    date: dt.date
    day: str
    label: str
    kind: Literal["attack", "event"]


@dataclass(frozen=True, slots=True)
class TimelineChart(Chart):
    """Entries in the order of their dates; the oldest are left out where there is no room.

    `legend` says what the marks of each kind mean.
    """

    moments: tuple[Moment, ...]
    legend: tuple[tuple[Literal["attack", "event"], str], ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One attack. `said` is its toll in words; `number` leads to its line beside the map.

    The place is good to `within_km`; `killed` (lowest and highest count) sizes its mark.
    """

    number: int
    lat: float
    lon: float
    within_km: float
    killed: tuple[int, int]
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class AttackMap(Chart):
    """Attacks on an outline of Pakistan; the last are left out where there is no room.

    `places` are cities to find one's way by: name, latitude, longitude. `legend` says what the size
    of a mark means, `boundaries` what hatching and dashes mean and that they take no side.
    """

    points: tuple[MapPoint, ...]
    places: tuple[tuple[str, float, float], ...]
    legend: str
    boundaries: str


MonthMark = Literal["", "kept", "perhaps", "forbids"]


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One field of a month: how many posts it has, what day it is, and whether posts clash.

    `perhaps` is a day on which one may fall that waits for its date; `forbids` one that does not
    allow every type of post.
    """

    number: int
    posts: int
    mark: MonthMark
    clash: bool


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What one day holds, a line each; `clash` says that the line speaks of a clashing post."""

    day: str
    lines: tuple[tuple[str, Literal["kept", "post", "clash"]], ...]


@dataclass(frozen=True, slots=True)
class MonthChart(Chart):
    """A month as fields below the names of the weekdays, `blank` ones before its first, and below
    them its days in words; the last are left out where there is no room."""

    weekdays: tuple[str, ...]
    blank: int
    days: tuple[MonthDay, ...]
    rows: tuple[MonthRow, ...]
    legend: tuple[tuple[Literal["posts", "kept", "perhaps", "forbids", "clash"], str], ...]


Drawing = FactCard | TollChart | TimelineChart | AttackMap | MonthChart
