"""What the rules find in a post, told to whoever works on it."""

from collections.abc import Iterable, Iterator

from bot.commands.desk import Desk
from bot.core.posts import Draft, Finding
from bot.core.records import Language
from bot.core.replies import Block, Reply, Span, plain

MOST_SHOWN = 8
AROUND = 30
"""Characters of the text on each side of the words that are meant."""


def told(
    found: Iterable[Finding], draft: Draft, desk: Desk, language: Language
) -> tuple[Block, ...]:
    """Errors first, each with the words that are meant in bold, why, and how to mend it."""
    ordered = sorted(found, key=lambda each: each.severity != "error")
    left = len(ordered) - MOST_SHOWN
    more = plain(desk.say(language, "composer.more-findings", n=left)).blocks if left > 0 else ()
    return (*(_block(each, draft) for each in ordered[:MOST_SHOWN]), *more)


def in_lines(found: Iterable[Finding]) -> tuple[str, ...]:
    """Each in a line, without the words that are meant."""
    return tuple(f"{_mark(each)} {each.rule}: {each.message}" for each in found)


def _block(finding: Finding, draft: Draft) -> Block:
    head = Span(f"{_mark(finding)} {finding.rule}: {finding.message}")
    return Block((head, *_in_place(draft, finding.excerpt), Span(f"\n→ {finding.cure}")))


def _mark(finding: Finding) -> str:
    return "⛔" if finding.severity == "error" else "⚠️"


def _in_place(draft: Draft, excerpt: str) -> Iterator[Span]:
    """The words that are meant in bold, with some of what stands around them."""
    if not excerpt:
        return
    text = " ".join(Reply(draft.blocks).text.split())
    wanted = " ".join(excerpt.split())
    at = text.find(wanted)
    if at < 0:
        yield from (Span("\n"), Span(excerpt, bold=True))
        return
    start, end = max(0, at - AROUND), at + len(wanted)
    yield Span(f"\n{'…' if start else ''}{text[start:at]}")
    yield Span(wanted, bold=True)
    yield Span(f"{text[end : end + AROUND]}{'…' if end + AROUND < len(text) else ''}")
