"""Makes bot/pictures/outline.json from Natural Earth's provinces; outline.md tells where they are.

    python deploy/make_outline.py admin1.json > bot/pictures/outline.json

Lines shared by two provinces are simplified once, so that neighbours still fit together.
"""

import itertools
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]

WEST, SOUTH, EAST, NORTH = 58.5, 21.5, 81.5, 39.0
TOLERANCE = 0.012
"""Degrees by which a simplified line may be off: less than a pixel of the map."""

CONTROLLED_BY_PAKISTAN = {"PK-GB", "PK-JK"}
CONTROLLED_BY_INDIA = {"IN-JK", "IN-LA", "-99-X06~"}
MERGED = {"PK-TA": "PK-KP"}
"""The Federally Administered Tribal Areas became part of Khyber Pakhtunkhwa in 2018."""


def rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    parts = geometry["coordinates"]
    for polygon in parts if geometry["type"] == "MultiPolygon" else [parts]:
        for ring in polygon:
            yield [(round(x, 4), round(y, 4)) for x, y in ring]


def near(ring: Iterable[Point]) -> bool:
    return any(WEST < x < EAST and SOUTH < y < NORTH for x, y in ring)


def edges_by_owners(provinces: Any) -> dict[frozenset[str], set[frozenset[Point]]]:
    """Every edge under the one or two provinces it belongs to."""
    owners: dict[frozenset[Point], set[str]] = defaultdict(set)
    for feature in provinces["features"]:
        code = feature["properties"]["iso_3166_2"]
        for ring in filter(near, rings(feature["geometry"])):
            for a, b in itertools.pairwise(ring):
                if a != b:
                    owners[frozenset((a, b))] ^= {MERGED.get(code, code)}
    found: dict[frozenset[str], set[frozenset[Point]]] = defaultdict(set)
    for edge, who in owners.items():
        if who:
            found[frozenset(who)].add(edge)
    return found


def chains(edges: set[frozenset[Point]], stops: set[Point]) -> Iterator[list[Point]]:
    """The edges joined end to end; a chain ends at a stop, or where it closes."""
    at: dict[Point, set[Point]] = defaultdict(set)
    for a, b in map(tuple, edges):
        at[a].add(b)
        at[b].add(a)
    for start in [*sorted(p for p in at if p in stops or len(at[p]) != 2), *sorted(at)]:
        while at[start]:
            chain = [start]
            while at[chain[-1]] and (len(chain) == 1 or chain[-1] not in stops):
                onward = min(at[chain[-1]])
                at[chain[-1]].discard(onward)
                at[onward].discard(chain[-1])
                chain.append(onward)
            yield chain


def simplified(line: list[Point]) -> Line:
    """Douglas and Peucker's line; a closed one is cut at its farthest point first."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: math.dist(line[0], line[i]))
        return simplified(line[: far + 1]) + simplified(line[far:])[1:]
    if len(line) < 3:
        return tuple(line)
    far, off = max(((i, off_line(line, i)) for i in range(1, len(line) - 1)), key=lambda x: x[1])
    if off <= TOLERANCE:
        return line[0], line[-1]
    return simplified(line[: far + 1]) + simplified(line[far:])[1:]


def off_line(line: list[Point], i: int) -> float:
    (ax, ay), (bx, by), (x, y) = line[0], line[-1], line[i]
    length = math.dist(line[0], line[-1])
    if not length:
        return math.dist(line[0], line[i])
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def joined(lines: Iterable[Line]) -> list[Line]:
    """Closed rings out of lines that meet end to end."""
    edges = {frozenset(pair) for line in lines for pair in itertools.pairwise(line)}
    return [tuple(chain) for chain in chains(edges, set()) if len(chain) > 3]


def outline(provinces: Any) -> dict[str, dict[str, list[Line]]]:
    by_owners = edges_by_owners(provinces)
    meetings: dict[Point, set[frozenset[str]]] = defaultdict(set)
    for who, edges in by_owners.items():
        for point in (point for edge in edges for point in edge):
            meetings[point].add(who)
    stops = {point for point, whose in meetings.items() if len(whose) > 1}
    lines = {
        who: [simplified(chain) for chain in chains(edges, stops)]
        for who, edges in by_owners.items()
    }
    disputed = CONTROLLED_BY_PAKISTAN | CONTROLLED_BY_INDIA
    codes = frozenset().union(*lines)
    pakistan = {code for code in codes if code.startswith("PK-")}

    def around(group: Iterable[str]) -> list[Line]:
        inside = frozenset(group)
        return joined(
            line for who, them in lines.items() if len(who & inside) == 1 for line in them
        )

    drawn: dict[str, list[Line]] = defaultdict(list)
    for who, them in lines.items():
        drawn[kind_of_line(who, pakistan)] += them
    return {
        "areas": {
            "land": around(codes - pakistan), "pakistan": around(pakistan),
            "disputed": around(disputed),
        },
        "lines": {kind: drawn[kind] for kind in ("province", "country", "border", "control")},
    }  # fmt: skip


def kind_of_line(who: frozenset[str], pakistan: set[str]) -> str:
    if who & CONTROLLED_BY_PAKISTAN and who & CONTROLLED_BY_INDIA:
        return "control"
    if len(who) == 2 and who <= pakistan:
        return "province"
    if who & pakistan:
        return "border"
    return "country" if len({code[:2] for code in who - CONTROLLED_BY_INDIA}) == 2 else "inner"


def main() -> None:
    provinces = json.loads(Path(sys.argv[1]).read_text("utf8"))
    text = json.dumps(outline(provinces), separators=(",", ":"))
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
