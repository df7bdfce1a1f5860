"""A month as a picture: its fields, and below them its days in words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from bot.commands.desk import Desk
from bot.commands.drawn.sheets import alt_of
from bot.commands.months.card import confirming, grid, month_seen, summary, words_for
from bot.commands.months.seen import Seen
from bot.commands.months.wording import Words
from bot.core.drawings import MonthChart, MonthDay, MonthMark, MonthRow
from bot.core.months import Month
from bot.core.replies import Block, Button, Reply, Request, Span
from bot.core.schedule import WEEKDAYS

MARKS: tuple[Literal["posts", "kept", "perhaps", "forbids", "clash"], ...] = (
    "posts",
    "kept",
    "perhaps",
    "forbids",
    "clash",
)


def month_picture(request: Request, desk: Desk, month: Month) -> Reply:
    """The picture with its words beside it, and the days as buttons."""
    found = month_seen(desk, month)
    words = words_for(request, desk, found)
    drawing = month_chart(words, month, found)
    as_text = Button(words.say("button.as-text"), f"calendar month {month}")
    beside = Reply((Block((Span(drawing.alt),)),), picture=drawing)
    return beside.with_buttons(
        *grid(words, month, found), *confirming(request, words, found), [as_text]
    )


def month_chart(words: Words, month: Month, found: Seen) -> MonthChart:
    title, counted = words.month(month), summary(words, found)
    rows = tuple(_rows(_without_signs(words), month, found))
    told = ("\n".join((row.day, *(line for line, _ in row.lines))) for row in rows)
    return MonthChart(
        language=words.language,
        title=title,
        subtitle=counted,
        footer=(words.say("calendar.zone", zone=words.desk.zone.key),),
        alt=alt_of((title, counted, *told)),
        left_out=words.say("drawn.left-out", count="{count}"),
        weekdays=tuple(words.say(f"weekday.{each}") for each in WEEKDAYS),
        blank=month.days[0].weekday(),
        days=tuple(_fields(month, found)),
        rows=rows,
        legend=tuple((mark, words.say(f"calendar.mark.{mark}")) for mark in MARKS),
    )


def _without_signs(words: Words) -> Words:
    """In Urdu a drawn name would have its @ on the wrong side."""
    if words.language != "ur":
        return words
    names = {target: name.removeprefix("@") for target, name in words.names.items()}
    return replace(words, names=names)


def _fields(month: Month, found: Seen) -> Iterator[MonthDay]:
    for day in month.days:
        kept = found.kept(day)
        mark: MonthMark = ""
        if any(each.at == day and each.day.forbids for each in kept):
            mark = "forbids"
        elif any(not each.confirmed for each in kept):
            mark = "perhaps"
        elif kept:
            mark = "kept"
        yield MonthDay(day.day, len(found.on(day)), mark, found.clashes_on(day))


def _rows(words: Words, month: Month, found: Seen) -> Iterator[MonthRow]:
    for day in month.days:
        kept = tuple((words.kept(each), "kept") for each in found.kept(day) if each.at == day)
        posts = tuple(
            (words.entry(each), "clash" if each.slot in found.clashing else "post")
            for each in found.on(day)
        )
        more = ((words.say("calendar.crowded"), "post"),) if day in found.crowded else ()
        if lines := (*kept, *posts, *more):
            yield MonthRow(f"{day.day} · {words.weekday(day)}", lines)
