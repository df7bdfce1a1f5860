"""Counts by source, and what happened when, as charts."""

from collections.abc import Iterable, Sequence
from typing import Literal

from bot.commands.briefs.attacks import COUNTED, range_in
from bot.commands.briefs.telling import Telling
from bot.commands.dates import date_in
from bot.commands.drawn.cards import below
from bot.commands.drawn.sheets import alt_of, footer, freshness
from bot.core.drawings import Moment, TimelineChart, TollBar, TollChart
from bot.core.library import Dated
from bot.core.prose import cited
from bot.core.records import Attack, Record, Toll


def toll_chart(telling: Telling, attack: Attack) -> TollChart:
    title = telling.say("tolls.title", name=telling.own(attack.name))
    subtitle = below(telling, attack)
    groups = tuple(
        (telling.say(f"tolls.{of}"), bars)
        for of in COUNTED
        if (bars := tuple(_bar(telling, toll) for toll in attack.tolls if toll.of == of))
    )
    counted = (f"{label}: {_in_words(telling, bars)}" for label, bars in groups)
    return TollChart(
        language=telling.language,
        title=title,
        subtitle=subtitle,
        footer=footer(telling, telling.ending(attack).text),
        alt=alt_of((title, subtitle, *counted)),
        left_out=left_out(telling),
        groups=groups,
    )


def timeline_chart(telling: Telling, title: str, entries: Sequence[Dated]) -> TimelineChart:
    """Attacks and events in the order of their dates; each counts its first source as cited."""
    number_first_sources(telling, entries)
    moments = tuple(_moment(telling, each) for each in entries)
    subtitle = telling.say("timeline.count", n=len(entries))
    listed = (f"{each.day} · {each.label}" for each in reversed(moments))
    return TimelineChart(
        language=telling.language,
        title=title,
        subtitle=subtitle,
        footer=footer(telling, freshness(telling, entries)),
        alt=alt_of((title, subtitle, *listed)),
        left_out=left_out(telling),
        moments=moments,
        legend=(
            ("attack", telling.say("timeline.attack")),
            ("event", telling.say("timeline.event")),
        ),
    )


def left_out(telling: Telling) -> str:
    """What a chart says of entries that it has no room for; it fills in `{count}` itself."""
    return telling.say("drawn.left-out", count="{count}")


def number_first_sources(telling: Telling, records: Iterable[Record]) -> None:
    """Number the source that the brief of each begins with."""
    for each in records:
        telling.citing.numbers(cited(each.summary.en)[:1])


def _bar(telling: Telling, toll: Toll) -> TollBar:
    telling.citing.numbers(toll.sources)
    high = toll.high or toll.low
    by = [telling.own(toll.by)]
    if toll.as_of:
        by.append(date_in(toll.as_of, telling.desk, telling.language))
    if toll.attackers != "not stated":
        by.append(telling.say(f"toll.attackers.{toll.attackers}"))
    said = range_in(toll.low, high, toll.at_least, telling.desk, telling.language)
    return TollBar(telling.join(by), toll.low, high, toll.at_least, said)


def _in_words(telling: Telling, bars: Iterable[TollBar]) -> str:
    return telling.say("drawn.semicolon").join(f"{bar.said} ({bar.by})" for bar in bars)


def _moment(telling: Telling, entry: Dated) -> Moment:
    precision = "day" if isinstance(entry, Attack) else entry.precision
    day = date_in(entry.date, telling.desk, telling.language, precision)
    kind: Literal["attack", "event"] = "attack" if isinstance(entry, Attack) else "event"
    return Moment(entry.date, day, telling.own(entry.name), kind)
