"""Writing a post in one line."""

import re

from bot.commands.desk import Desk
from bot.commands.moderation.deciding import submitted
from bot.commands.moderation.shown import attempt, no
from bot.commands.moderation.taken import of_record, own_words, unknown_source
from bot.commands.targets import resolve
from bot.core.channels import NoTarget
from bot.core.posting import write
from bot.core.posts import Draft, Event
from bot.core.records import Language
from bot.core.replies import Reply, Request, plain
from bot.core.schedule import NotATime, read_schedule
from bot.core.text import clean, isolate, utf16_length

LONGEST_POST = 4096
"""UTF-16 units that one message holds; a post is one message."""

LIKE_AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
"""What nobody writes as the whole text of a post, unless it is a record's id misspelt."""


def compose(request: Request, desk: Desk, line: str) -> Reply:
    """Put a post in review: `WHEN | TARGETS | TEXT or record id`."""
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) != 3 or not all(parts) or request.person is None:
        return no(request, desk, "compose.usage")
    when, targets, body = parts
    listed = [name.strip() for name in targets.split(",") if name.strip()]
    try:
        resolved = [resolve(name, desk) for name in listed]
    except NoTarget as error:
        return no(request, desk, error.key, **error.values)
    names = tuple({name.lower(): name for name in resolved}.values())  # @One is @one
    try:
        schedule = read_schedule(when, desk.clock(), desk.zone, desk.calendar)
    except NotATime as error:
        return _not_a_time(request, desk, error, when)
    record_id, language = _named(body, request, desk)
    record = desk.library.get(record_id)
    if record is None and LIKE_AN_ID.fullmatch(record_id):
        nearest = ", ".join(desk.index.nearest(record_id)[:3]) or "–"
        return no(request, desk, "compose.record", id=record_id, nearest=nearest)
    if unknown := unknown_source(body, desk, request.language):
        return plain(unknown)
    told = of_record(record, desk, language) if record else own_words(body, desk)
    draft = Draft(targets=names, schedule=schedule, **told)
    if not (draft.blocks and names):
        return no(request, desk, "compose.usage")
    if utf16_length(Reply(draft.blocks).text) > LONGEST_POST:
        return no(request, desk, "compose.long", limit=LONGEST_POST)
    with desk.new_uow() as uow:
        written = attempt(request, desk, Event.SUBMIT)
        post = write(uow, request.person, draft, written, request.origin or "")
        uow.commit()
    return submitted(request, desk, post)


def _named(body: str, request: Request, desk: Desk) -> tuple[str, Language]:
    """The record that the text may be, and the language to tell it in: the person's own, or the
    one whose code stands behind it, as in `safoora-goth-2015 ur`."""
    named, _, code = body.rpartition(" ")
    marked = next((each for each in desk.languages if each == code.lower()), None)
    return (named.strip(), marked) if named and marked else (body, request.language)


def _not_a_time(request: Request, desk: Desk, error: NotATime, when: str) -> Reply:
    values = {name: isolate(clean(value)[:40]) for name, value in error.values.items()}
    return no(request, desk, error.key, **{"when": isolate(clean(when)[:40]), **values})
