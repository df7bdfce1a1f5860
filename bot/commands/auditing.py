"""Reading the audit: what the staff did, and the head that proves it whole."""

import json
import re

from bot.commands.desk import Desk
from bot.commands.pages import A_PAGE, Page, asked_page, turning
from bot.core.audit import RESTORED, Entry
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import clean, isolate

_NUMBER = re.compile(r"#?([1-9][0-9]{0,8})")
_POST = re.compile(r"post\s+#?([1-9][0-9]{0,8})")


def audit(request: Request, desk: Desk, line: str) -> Reply:
    """The latest entries, those about `post N`, or entry N with all that it holds."""
    words, number = asked_page(line.lower())
    if one := _NUMBER.fullmatch(words):
        return _entry(request, desk, int(one[1]))
    post = _POST.fullmatch(words)
    if words and post is None:
        return plain(desk.say(request.language, "audit.usage"))
    return _listed(request, desk, f"post {post[1]}" if post else "", number)


def _listed(request: Request, desk: Desk, about: str, number: int) -> Reply:
    with desk.new_uow() as uow:
        count, head = uow.audit.count(about), uow.audit.head()
        pages = max(1, -(-count // A_PAGE))
        page = Page(min(number, pages), pages)
        entries = uow.audit.page(about, (page.number - 1) * A_PAGE, A_PAGE)
    if not entries:
        return plain(desk.say(request.language, "audit.none"))
    title = Span(desk.say(request.language, "audit.title", n=count), bold=True)
    rows = [Span(f"\n{_line(each, desk, request.language)}") for each in entries]
    kept = desk.say(request.language, "audit.head", head=isolate(str(head)))
    buttons = [Button(str(each.number), f"audit {each.number}") for each in entries]
    fives = [buttons[at : at + 5] for at in range(0, len(buttons), 5)]
    reply = Reply((Block((title, *rows)), Block((Span(kept),))))
    return reply.with_buttons(*fives, turning(page, f"audit {about}".rstrip()))


def _entry(request: Request, desk: Desk, number: int) -> Reply:
    with desk.new_uow() as uow:
        found = uow.audit.get(number)
    if found is None:
        return plain(desk.say(request.language, "audit.none"))
    details = "\n".join(
        f"{name}: {isolate(clean(str(value)))}" for name, value in json.loads(found.details).items()
    )
    return plain(_line(found, desk, request.language), details, f"{found.number}:{found.hash}")


def _line(entry: Entry, desk: Desk, language: Language) -> str:
    by_nobody = "audit.operator" if entry.what == RESTORED else "audit.itself"
    who = entry.person.rpartition(":")[2] if entry.person else desk.say(language, by_nobody)
    return isolate(
        f"{entry.number} – {desk.local(entry.at)} – {who} – {entry.what} – {entry.about}"
    )
