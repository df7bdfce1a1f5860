"""Posts of the life cycle as the rules of wording read them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from bot.core.audiences import audience_of
from bot.core.library import Library
from bot.core.posts import Draft, Uploaded
from bot.core.records import HelpLine
from bot.core.replies import Block, Span
from bot.editorial.findings import Finding
from bot.editorial.lexicons import KeptLexicons
from bot.editorial.posts import Wording, WrittenPost, lint_post
from bot.editorial.subject import PostFacts


def written(
    draft: Draft, library: Library, today: date, ours: frozenset[str] = frozenset()
) -> WrittenPost:
    """A draft as the lint of posts reads it.

    A link to a source that the library has counts as citing it. A first paragraph in bold is the
    headline. Counts are of today, where nobody tells of when. `ours` are the names of our channels
    and of the bot.
    """
    record = library.get(draft.record_id or "")
    headline, rest = _headline(draft.blocks)
    alt = draft.picture.alt if isinstance(draft.picture, Uploaded) else None
    text = "\n\n".join(_prose(each, library) for each in rest)
    facts = PostFacts(
        buttons=draft.buttons,
        previews=draft.previews,
        discloses=_discloses(draft),
        ours=ours,
    )
    return WrittenPost(
        type=draft.type,
        wordings={draft.language: Wording(text=text, headline=headline, alt=alt)},
        records=(record.id,) if record else (),
        as_of=record.as_of if record else today,
        reviewed=frozenset(record.reviewed) if record else frozenset(),
        pictured=isinstance(draft.picture, Uploaded),
        help_lines=tuple(_offered(text, library)),
        facts=facts,
    )


def _headline(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    if len(blocks) > 1 and blocks[0].spans and all(each.bold for each in blocks[0].spans):
        return blocks[0].text, blocks[1:]
    return "", blocks


def _prose(block: Block, library: Library) -> str:
    """Its text, with a citation where it links to a known source."""
    sources = _by_address(library)
    return "".join(_told(span, sources) for span in block.spans)


def _told(span: Span, sources: Mapping[str, str]) -> str:
    if span.url is None:
        return span.text
    return f"[@{sources[span.url]}]" if span.url in sources else f"{span.text} {span.url}"


@lru_cache(maxsize=2)
def _by_address(library: Library) -> Mapping[str, str]:
    return {str(each.url): name for name, each in library.sources.items() if each.url}


def _discloses(draft: Draft) -> bool:
    """Whether a button leads to the bot, which says who runs it, or it is told by the bot alone, in
    private chats. What is put right has the buttons that it had."""
    private = draft.targets and all(each.isdecimal() or audience_of(each) for each in draft.targets)
    return bool(draft.corrects or private or set(draft.buttons) - {"share"})


def _offered(text: str, library: Library) -> Iterator[HelpLine]:
    """The help lines that a text names, of those that are offered to readers."""
    for line in library.help_lines.values():
        if line.offered and line.contact in text:
            yield line


class DraftLint:
    """What is wrong with the wording of one draft after the other."""

    def __init__(self) -> None:
        self._lexicons = KeptLexicons()

    def __call__(
        self, draft: Draft, library: Library, today: date, ours: frozenset[str] = frozenset()
    ) -> tuple[Finding, ...]:
        post = written(draft, library, today, ours)
        return lint_post(post, library, self._lexicons.of(library), today)
