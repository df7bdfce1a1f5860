"""`/results`: of all campaigns, of one, of a post, as a file, and figures typed by hand."""

from datetime import datetime

from bot.commands.desk import Desk
from bot.commands.moderation.shown import no, number_in
from bot.commands.results.files import FORMATS
from bot.commands.results.gathering import of_campaign, of_post
from bot.commands.results.telling import counted, sections
from bot.core.posts import Post
from bot.core.records import Campaign, Language
from bot.core.replies import Block, Button, Document, Reply, Request, Span, plain
from bot.core.results import Result, summed
from bot.core.taps import MORE
from bot.core.text import clean, cut, isolate

LONGEST_FIGURE = 12
"""Digits of a figure that somebody types; no post is seen more often."""
A_ROW = 2


def results(request: Request, desk: Desk, argument: str) -> Reply:
    """`[ID [csv|json|text|views N]]`; an id is a campaign's or the number of a post.

    What this process has counted is in it; what another one has, some seconds later.
    """
    desk.taps.write(desk.new_uow)
    which, _, rest = " ".join(argument.split()).partition(" ")
    if not which:
        return _listed(request, desk)
    post = _post(which, desk)
    wanted, _, figure = rest.partition(" ")
    if wanted == "views":
        return _type_views(request, desk, post, figure)
    if wanted and wanted not in FORMATS:
        return no(request, desk, "results.usage")
    found = of_post(post, desk) if post else of_campaign(which.lower(), desk)
    if found is None:
        return no(request, desk, "results.unknown", id=isolate(cut(clean(which), 40)))
    if wanted:
        return _as_file(request, desk, found, which.lower(), wanted)
    return _report(request, desk, found, which.lower())


def reacted(chat_id: int, message_id: int, total: int, at: datetime, desk: Desk) -> None:
    """Keep how many reactions a message of a channel has; nobody is told of."""
    with desk.new_uow() as uow:
        uow.results.note_reactions(chat_id, message_id, total, at)
        uow.commit()


def _listed(request: Request, desk: Desk) -> Reply:
    """The campaigns of which there is something to tell."""
    language = request.language
    with desk.new_uow() as uow:
        counts = uow.results.campaigns()
        taps = {each: uow.results.taps(each) for each in counts}
    if not counts:
        return no(request, desk, "results.none")
    rows, buttons = [], []
    for campaign, posts in sorted(counts.items()):
        opens = summed(n for tap, n in taps[campaign].items() if tap.button == MORE)
        name, opened = _name(campaign, desk, language), counted(opens, desk, language)
        rows.append(desk.say(language, "results.line", name=name, n=posts, opened=opened))
        buttons.append(Button(name, f"results {campaign}"))
    title = Span(desk.say(language, "results.all"), bold=True)
    told = Reply((Block((title, *(Span(f"\n{row}") for row in rows))),))
    return told.with_buttons(*(buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW)))


def _report(request: Request, desk: Desk, found: Result, which: str) -> Reply:
    language = request.language
    blocks = [
        Block((Span(each.title, bold=True), *(Span(f"\n{line}") for line in each.lines)))
        for each in sections(found, desk, language)
    ]
    files = [
        Button(desk.say(language, f"results.file.{each}"), f"results {which} {each}")
        for each in FORMATS
    ]
    packed = Button(desk.say(language, "results.file.pack"), f"pack {which}")
    has_pack = isinstance(desk.library.get(which), Campaign)
    return Reply(tuple(blocks)).with_buttons(files, [packed] if has_pack else [])


def _as_file(request: Request, desk: Desk, found: Result, which: str, wanted: str) -> Reply:
    raw = FORMATS[wanted](found, desk, request.language)
    suffix = "txt" if wanted == "text" else wanted
    named = f"results-{which.removeprefix('#')}-{found.asked_at:%Y%m%d}.{suffix}"
    told = plain(desk.say(request.language, "results.sent", name=isolate(named)))
    return Reply(told.blocks, document=Document(named, raw))


def _type_views(request: Request, desk: Desk, post: Post | None, figure: str) -> Reply:
    if post is None:
        return no(request, desk, "post.unknown")
    digits = figure.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_FIGURE):
        return no(request, desk, "results.views-usage", id=post.id)
    with desk.new_uow() as uow:
        uow.results.type_views(post.id, int(digits), desk.clock())
        about = f"post {post.id}"
        uow.audit.append(request.person, "results.views", about, desk.clock(), views=int(digits))
        uow.commit()
    return no(request, desk, "results.typed", id=post.id, views=int(digits))


def _post(which: str, desk: Desk) -> Post | None:
    number = number_in(which)
    if number is None:
        return None
    with desk.new_uow() as uow:
        return uow.posts.get(number)


def _name(campaign: str, desk: Desk, language: Language) -> str:
    record = desk.library.get(campaign)
    return record.name.in_language(language) if record else campaign
