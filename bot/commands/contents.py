"""Looking after the content: what is served, what is wrong with it, and changing a file of it."""

from collections.abc import Iterable, Iterator

from bot.commands.briefs import whole
from bot.commands.desk import Desk
from bot.core.changes import News, Proposal, Written
from bot.core.errors import EditRefused
from bot.core.records import KINDS, Record
from bot.core.replies import Block, Button, Document, Reply, Request, Span, plain
from bot.core.text import clean, cut

MOST_TOLD = 8
"""Faults, fields or posts that one message lists; of more it says how many more."""

LONGEST_VALUE = 160


def content(request: Request, desk: Desk, argument: str) -> Reply:
    """What is served; `write`, `drop` and `undo` are what the buttons of an upload say."""
    what, _, token = argument.partition(" ")
    try:
        if what == "write":
            return _written("edit.written", request, desk, desk.keeper.write(token.strip()))
        if what == "undo":
            return _written("edit.undone", request, desk, desk.keeper.undo())
    except EditRefused as error:
        return plain(desk.say(request.language, error.key, **error.values))
    if what == "drop":
        desk.keeper.drop(token.strip())
        return plain(desk.say(request.language, "edit.dropped"))
    return _overview(request, desk)


def reload(request: Request, desk: Desk, argument: str) -> Reply:
    """Look at the files at once; `confirm` lets many records vanish."""
    news = desk.keeper.reload(confirmed=argument.strip().lower() == "confirm")
    return Reply(tuple(news_blocks(news, desk, request)))


def receive(request: Request, document: Document, desk: Desk) -> Reply:
    """A file that an admin sent: its faults, or what it would change and how it would read."""
    try:
        proposal = desk.keeper.propose(document.name, document.raw, request.text)
    except EditRefused as error:
        return plain(desk.say(request.language, error.key, **error.values))
    if proposal.faults:
        title = desk.say(request.language, "edit.faults", file=proposal.file)
        return Reply((_list(title, map(str, proposal.faults), request, desk),))
    if not proposal.differences:
        return plain(desk.say(request.language, "edit.same", file=proposal.file))
    return _proposed(request, desk, proposal)


def news_blocks(news: News, desk: Desk, request: Request) -> Iterator[Block]:
    """What a look at the files brought: faults, or changes and the posts that they touch."""
    say = desk.say
    if news.faults:
        title = say(request.language, "content.refused", revision=news.revision)
        yield _list(title, map(str, news.faults), request, desk)
        return
    yield plain(say(request.language, "content.serves", revision=news.revision)).blocks[0]
    if news.changes:
        title = say(request.language, "content.changes", n=len(news.changes))
        yield _list(
            title, (f"{each.record_id}: {each.what}" for each in news.changes), request, desk
        )
    yield from _impact({each.record_id for each in news.changes}, desk, request)


def _overview(request: Request, desk: Desk) -> Reply:
    library, today = desk.library, desk.today()
    records = library.records.values()
    due = [each.id for each in records if each.is_due_for_review(today)]
    untranslated = [each.id for each in records if each.summary.ur is None]
    unreviewed = sum(not each.reviewed for each in records)
    counted = [f"{name}: {len(library.of(kind))}" for name, kind in KINDS.items()]
    counted += [f"sources: {len(library.sources)}", f"help lines: {len(library.help_lines)}"]
    say, language, state = desk.say, request.language, desk.keeper.state()
    blocks = [
        plain(say(language, "content.serves", revision=state.revision)).blocks[0],
        Block((Span("\n".join(counted)),)),
        _list(say(language, "content.due", n=len(due)), due, request, desk),
        _list(
            say(language, "content.untranslated", n=len(untranslated)), untranslated, request, desk
        ),
        *plain(say(language, "content.unreviewed", n=unreviewed)).blocks,
    ]
    if state.faults:
        title = say(language, "content.refused", revision=state.revision)
        blocks.append(_list(title, map(str, state.faults), request, desk))
    return Reply(tuple(blocks))


def _proposed(request: Request, desk: Desk, proposal: Proposal) -> Reply:
    """The difference field by field, the posts that it touches, and the brief as it would read."""
    say, language = desk.say, request.language
    told = (f"{at}: {_shown(was)} → {_shown(now)}" for at, was, now in proposal.differences)
    blocks = [_list(say(language, "edit.differences", file=proposal.file), told, request, desk)]
    if proposal.record is not None:
        blocks += _impact({proposal.record.id}, desk, request)
        blocks += _reading(proposal.record, request, desk)
    buttons = (
        Button(say(language, "button.write"), f"content write {proposal.token}"),
        Button(say(language, "button.drop"), f"content drop {proposal.token}"),
    )
    return Reply(tuple(blocks), (buttons,))


def _reading(record: Record, request: Request, desk: Desk) -> Iterator[Block]:
    yield plain(desk.say(request.language, "edit.reads")).blocks[0]
    yield from whole(record, desk, request.language)


def _written(key: str, request: Request, desk: Desk, written: Written) -> Reply:
    told = desk.say(request.language, key, file=written.file)
    if written.commit:
        told += " " + desk.say(request.language, "edit.commit", commit=written.commit)
    return Reply((*plain(told).blocks, *news_blocks(written.news, desk, request)))


def _impact(records: set[str], desk: Desk, request: Request) -> Iterator[Block]:
    with desk.new_uow(reading=True) as uow:
        using = uow.posts.using(records)
    if using:
        title = desk.say(request.language, "content.impact", n=len(using))
        rows = (f"/post {each.id}: {each.state}, {each.draft.record_id}" for each in using)
        yield _list(title, rows, request, desk)


def _list(title: str, rows: Iterable[str], request: Request, desk: Desk) -> Block:
    listed = list(rows)
    shown = "".join(f"\n• {clean(row)}" for row in listed[:MOST_TOLD])
    if len(listed) > MOST_TOLD:
        shown += "\n" + desk.say(request.language, "content.more", n=len(listed) - MOST_TOLD)
    return Block((Span(title, bold=True), Span(shown)))


def _shown(value: object) -> str:
    return "–" if value is None else cut(str(value), LONGEST_VALUE)


def told_to_admins(news: News, desk: Desk) -> Reply:
    """The news as the admins are told it when a change on disk brought it."""
    return Reply(tuple(news_blocks(news, desk, Request(""))))
