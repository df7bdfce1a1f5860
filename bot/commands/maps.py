"""Where the attacks were."""

from collections import Counter
from collections.abc import Sequence

from bot.commands.briefs.attacks import range_in
from bot.commands.briefs.telling import Telling
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.drawn.charts import left_out, number_first_sources
from bot.commands.drawn.sheets import alt_of, captioned, footer, freshness
from bot.core.drawings import AttackMap, MapPoint
from bot.core.records import Attack
from bot.core.replies import Button, Reply, Request, plain

CITIES = (
    ("islamabad", 33.69, 73.06),
    ("karachi", 24.86, 67.01),
    ("lahore", 31.55, 74.34),
    ("peshawar", 34.01, 71.58),
    ("quetta", 30.18, 67.0),
)
"""To find one's way by: name, latitude and longitude, good to a few kilometres."""


def map_(request: Request, desk: Desk, _: str) -> Reply:
    """Every attack in the briefs on a map, with how many were killed; the list says it in words."""
    attacks = desk.library.attacks
    if not attacks:
        return plain(desk.say(request.language, "map.none"))
    telling = Telling(desk, request.language)
    drawing = attack_map(telling, attacks)
    as_text = Button(telling.say("button.as-text"), "attacks")
    return captioned(drawing, telling, attacks, [as_text])


def attack_map(telling: Telling, attacks: Sequence[Attack]) -> AttackMap:
    """The attacks by number, in the order in which they are given."""
    number_first_sources(telling, attacks)
    for each in attacks:
        _number_extremes(telling, each)
    points = tuple(_point(telling, number, each) for number, each in enumerate(attacks, 1))
    years = sorted(each.date.year for each in attacks)
    title = telling.say("map.title")
    subtitle = telling.say("map.span", n=len(attacks), first=years[0], last=years[-1])
    counted = Counter(each.place.province for each in attacks).most_common()
    provinces = (f"{telling.say(f'province.{name}')}: {n}" for name, n in counted)
    cities = ((telling.say(f"city.{name}"), lat, lon) for name, lat, lon in CITIES)
    legend, boundaries = telling.say("map.legend"), telling.say("map.boundaries")
    return AttackMap(
        language=telling.language,
        title=title,
        subtitle=subtitle,
        footer=footer(telling, freshness(telling, attacks)),
        alt=alt_of((title, subtitle, telling.join(provinces), boundaries)),
        left_out=left_out(telling),
        points=points,
        places=tuple(cities),
        legend=legend,
        boundaries=boundaries,
    )


def _point(telling: Telling, number: int, attack: Attack) -> MapPoint:
    day = date_in(attack.date, telling.desk, telling.language)
    low, high, at_least = attack.toll_range("killed") or (0, 0, False)
    count = range_in(low, high, at_least, telling.desk, telling.language)
    return MapPoint(
        number=number,
        lat=attack.place.lat,
        lon=attack.place.lon,
        within_km=attack.place.within_km,
        killed=(low, high),
        label=f"{day} · {telling.own(attack.place.name)}",
        said=f"{count} {telling.say('toll.killed')}" if attack.toll_range("killed") else "",
    )


def _number_extremes(telling: Telling, attack: Attack) -> None:
    """Number a source of the lowest and of the highest count, which the map shows."""
    killed = [toll for toll in attack.tolls if toll.of == "killed"]
    for extreme in (min, max):
        if killed:
            toll = extreme(killed, key=lambda each: each.high or each.low)
            telling.citing.numbers(toll.sources[:1])
