"""Discs moved off each other, each staying as near as can be to the place it stands for."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

_GAP = 3.0
_ROUNDS = 600
_PULL = 0.03
"""The share of its way home that a disc goes in each of the first two thirds of the rounds."""

_GOLDEN = math.pi * (3 - math.sqrt(5))


class Disc(NamedTuple):
    x: float
    y: float
    radius: float


def apart(homes: Sequence[Disc], width: float, height: float) -> list[Disc]:
    """The discs, moved so that no two overlap and none leaves the frame, if there is room for that.

    Discs in one place fan out around it, always in the same way.
    """
    # A step aside for each, in a direction of its own, so that no two push along the same line.
    discs = [
        disc._replace(x=disc.x + math.cos(at * _GOLDEN), y=disc.y + math.sin(at * _GOLDEN))
        for at, disc in enumerate(homes)
    ]
    for turn in range(_ROUNDS):
        pulled = turn < _ROUNDS * 2 / 3
        if pulled:
            discs = [_towards(disc, home) for disc, home in zip(discs, homes, strict=True)]
        touching = list(_touching(discs))
        if not touching and not pulled:
            break
        for one, other in touching:
            discs[one], discs[other] = _parted(discs[one], discs[other])
        discs = [_inside(disc, width, height) for disc in discs]
    return discs


def _touching(discs: Sequence[Disc]) -> Iterator[tuple[int, int]]:
    for one, other in combinations(range(len(discs)), 2):
        a, b = discs[one], discs[other]
        near = a.radius + b.radius + _GAP
        if abs(a.x - b.x) < near and abs(a.y - b.y) < near and _distance(a, b) < near:
            yield one, other


def _distance(one: Disc, other: Disc) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _parted(one: Disc, other: Disc) -> tuple[Disc, Disc]:
    """Both pushed by half of what they overlap, and a little more."""
    distance = _distance(one, other)
    lacking = max(0.0, one.radius + other.radius + _GAP - distance) / 2 + 0.05
    across, down = (
        ((other.x - one.x) / distance, (other.y - one.y) / distance) if distance else (1.0, 0.0)
    )
    return (
        one._replace(x=one.x - across * lacking, y=one.y - down * lacking),
        other._replace(x=other.x + across * lacking, y=other.y + down * lacking),
    )


def _towards(disc: Disc, home: Disc) -> Disc:
    return disc._replace(x=disc.x + (home.x - disc.x) * _PULL, y=disc.y + (home.y - disc.y) * _PULL)


def _inside(disc: Disc, width: float, height: float) -> Disc:
    edge = disc.radius + _GAP
    return disc._replace(
        x=min(max(disc.x, edge), width - edge), y=min(max(disc.y, edge), height - edge)
    )
