"""Whom to turn to."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.citing import Citing
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.finding import Finding
from bot.core.records import HelpLine
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import isolate

FIRST = ("emergency", "counselling", "advice", "reporting")
"""The order of the kinds: danger first, authorities that keep reports last."""


def support(request: Request, desk: Desk, _: str) -> Reply:
    """The help lines that are offered, each with when and how it was last checked."""
    offered = [line for line in desk.library.help_lines.values() if line.offered]
    offered.sort(key=lambda line: FIRST.index(line.kind))
    say, citing = desk.say, Citing(desk.library.sources)
    head = plain(say(request.language, "support.head")).blocks
    lines = (Block((*_line(each, desk, request, citing),)) for each in offered)
    return Reply((*head, *lines, *plain(say(request.language, "support.end")).blocks))


def concerned(request: Request, desk: Desk, found: Finding) -> Reply:
    """A calm refusal, with the way to help; or help itself, where somebody is in need of it."""
    told = plain(desk.say(request.language, f"concern.{found.concern}"))
    if found.concern in ("despair", "danger"):
        helped = support(request, desk, "")
        return replace(helped, blocks=(*told.blocks, *helped.blocks), found=found)
    way = Button(desk.say(request.language, "button.support"), "support")
    return replace(told.with_buttons([way]), found=found)


def _line(line: HelpLine, desk: Desk, request: Request, citing: Citing) -> Iterator[Span]:
    language = request.language
    contact = line.contact if language == "en" else isolate(line.contact)
    how = f" ({line.how.in_language(language)})" if line.how else ""
    yield Span(f"{line.name.in_language(language)}: {contact}{how}", bold=True)
    yield Span("\n" + line.purpose.in_language(language))
    more = [
        each.in_language(language) for each in (line.hours, line.cost, line.confidential) if each
    ]
    if more:
        yield Span("\n" + desk.say(language, "join.stop").join(more))
    if line.caution:
        yield Span("\n" + line.caution.in_language(language), italic=True)
    day = date_in(line.checked_on, desk, language)
    yield Span("\n" + desk.say(language, f"support.checked.{line.checked_by}", date=day))
    yield from citing.numbers(line.sources)
