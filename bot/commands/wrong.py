"""Reporting an error without leaving a name."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.commands.desk import REPORTS_OF_ONE, REPORTS_WITHIN, Desk
from bot.commands.personal import personal
from bot.commands.reports import about, told_to_moderators
from bot.core.people import PersonId
from bot.core.replies import Button, Reply, Request, plain
from bot.core.reports import LONGEST_REPORT, MOST_OPEN, hash_of
from bot.core.text import clean, cut


@personal
def wrong(request: Request, person: PersonId, desk: Desk, line: str) -> Reply:
    """Keep what a reader holds to be wrong, `[RECORD] TEXT`; without a text, ask for it."""
    record_id, text = _parts(line, desk)
    if not text:
        return _ask(request, desk, record_id)
    if desk.reporting.take(person, desk.clock()):
        minutes = REPORTS_WITHIN // timedelta(minutes=1)
        return plain(desk.say(request.language, "wrong.often", n=REPORTS_OF_ONE, minutes=minutes))
    token = secrets.token_hex(16)
    with desk.new_uow() as uow:
        if uow.reports.count_waiting() >= MOST_OPEN:
            return plain(desk.say(request.language, "wrong.full", n=MOST_OPEN))
        report = uow.reports.add(text, record_id, desk.today(), hash_of(token))
        uow.commit()
    thanks = plain(desk.say(request.language, "wrong.thanks"))
    wish = Button(desk.say(request.language, "button.wish"), f"wish {token}")
    return replace(thanks.with_buttons([wish]), notices=told_to_moderators(report, desk))


@personal
def wish(request: Request, person: PersonId, desk: Desk, token: str) -> Reply:
    """Wait for an answer to one's report; its token is known to nobody else."""
    with desk.new_uow() as uow:
        before = uow.reports.attach(hash_of(token), person, request.language)
        uow.commit()
    if before is None:
        return plain(desk.say(request.language, "wrong.over"))
    reply = plain(desk.say(request.language, "wrong.wished"))
    if before.contact is not None:
        return reply
    wished = [
        (each, plain(desk.say(desk.language_of(each, "en"), "reports.wished", id=before.id)))
        for each in desk.people()
    ]
    return replace(reply, notices=tuple(wished))


def _parts(line: str, desk: Desk) -> tuple[str | None, str]:
    """The record that is named first, if one is, and the text as it is kept."""
    first, *rest = line.split(maxsplit=1)[:2] or [""]
    named = desk.library.get(first.lower())
    text = "".join(rest) if named else line
    return named.id if named else None, cut(clean(text), LONGEST_REPORT)


def _ask(request: Request, desk: Desk, record_id: str | None) -> Reply:
    """Explain what becomes of a report, and take the next message as its text."""
    say, language = desk.say, request.language
    asked = plain(
        say(language, "wrong.ask", about=about(record_id, desk, language)),
        say(language, "wrong.kept"),
    )
    return replace(asked, asks=f"wrong {record_id}" if record_id else "wrong")
