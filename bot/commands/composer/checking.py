"""What the check finds in a draft, with the words that are meant, and its way to the review."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.composer.overview import hindrances, note, overview
from bot.commands.composer.work import Work
from bot.commands.moderation.deciding import submitted
from bot.commands.targets import resolve
from bot.core.channels import NoTarget
from bot.core.posts import Finding
from bot.core.replies import Block, Reply, Span, plain

MOST_SHOWN = 8
AROUND = 30
"""Characters of the text on each side of the words that are meant."""


def check(work: Work, _: str) -> Reply:
    """Each finding with the offending words in bold, why, and how to mend it."""
    found = sorted(work.desk.lint(work.draft), key=lambda each: each.severity != "error")
    ways = [work.button(work.say("button.draft.source"), "source"), work.back()]
    if not found:
        return plain(work.say("composer.clean")).with_buttons(ways)
    title = Block((Span(work.say("composer.findings", n=len(found)), bold=True),))
    blocks = tuple(_told(work, each) for each in found[:MOST_SHOWN])
    left = len(found) - MOST_SHOWN
    more = plain(work.say("composer.more-findings", n=left)).blocks if left > 0 else ()
    return Reply((title, *blocks, *more)).with_buttons(ways)


def submit(work: Work, _: str) -> Reply:
    """Put it in review if nothing is missing and the check finds no error."""
    if any(hindrances(work)):
        return note(work, work.say("composer.not-yet"))
    try:
        for target in work.draft.targets:
            resolve(target, work.desk)
    except NoTarget as error:
        return note(work, work.say(error.key, **error.values))
    if any(each.severity == "error" for each in work.desk.lint(work.draft)):
        shown = check(work, "")
        first = plain(work.say("post.errors", id=work.post.id)).blocks
        return replace(shown, blocks=(*first, *shown.blocks))
    if work.request.person not in work.post.writers | {work.post.author}:
        return overview(work, work.say("submit.other", id=work.post.id))
    return submitted(work.request, work.desk, work.post)


def _told(work: Work, finding: Finding) -> Block:
    mark = "⛔" if finding.severity == "error" else "⚠️"
    head = Span(f"{mark} {finding.rule}: {finding.message}")
    return Block((head, *_in_place(work, finding.excerpt), Span(f"\n→ {finding.cure}")))


def _in_place(work: Work, excerpt: str) -> Iterator[Span]:
    """The words that are meant in bold, with some of what stands around them."""
    if not excerpt:
        return
    text = " ".join(Reply(work.draft.blocks).text.split())
    wanted = " ".join(excerpt.split())
    at = text.find(wanted)
    if at < 0:
        yield from (Span("\n"), Span(excerpt, bold=True))
        return
    start, end = max(0, at - AROUND), at + len(wanted)
    yield Span(f"\n{'…' if start else ''}{text[start:at]}")
    yield Span(wanted, bold=True)
    yield Span(f"{text[end : end + AROUND]}{'…' if end + AROUND < len(text) else ''}")
