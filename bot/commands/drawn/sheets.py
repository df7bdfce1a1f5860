"""What every picture has: plain words, a footer, and a caption that leads to the sources."""

from collections.abc import Iterable, Sequence

from bot.commands.briefs.telling import Telling
from bot.core.drawings import Drawing
from bot.core.finding import NOTHING, Finding
from bot.core.prose import without_citations
from bot.core.records import Record, Text
from bot.core.replies import Block, Button, Reply, Span
from bot.core.text import cut, utf16_length

LONGEST_CAPTION, LONGEST_ALT = 1000, 700
MOST_NUMBERS = 60
"""UTF-16 units of a caption, and of its words; how many links it holds at most. Telegram's limits
are 1024 units and 100 links."""

MOST_PUBLISHERS = 4
ROOM_FOR_MORE = 40
"""UTF-16 units kept for the words that say how many sources are not listed."""


def worded(telling: Telling, text: Text) -> str:
    """The text without its citation marks; what it cites is numbered all the same."""
    telling.prose(text)
    return without_citations(telling.own(text))


def footer(telling: Telling, ending: str) -> tuple[str, ...]:
    """The publishers of what was told so far, the first ones by name; then how fresh it is."""
    publishers = list(dict.fromkeys(source.publisher for _, source in telling.citing.cited))
    named, more = telling.join(publishers[:MOST_PUBLISHERS]), len(publishers) - MOST_PUBLISHERS
    if more > 0:
        return telling.say("drawn.sources.more", names=named, n=more), ending
    return (telling.say("drawn.sources", names=named), ending) if publishers else (ending,)


def freshness(telling: Telling, records: Iterable[Record]) -> str:
    """The ending of what shows several records: that of the least reviewed, then the oldest."""
    language = telling.language
    least = min(records, key=lambda each: (language in each.reviewed, each.as_of, each.id))
    return telling.ending(least).text


def alt_of(paragraphs: Iterable[str]) -> str:
    """As many whole paragraphs as a caption has room for."""
    said = ""
    for each in paragraphs:
        longer = f"{said}\n{each}" if said else cut(each, LONGEST_ALT)
        if utf16_length(longer) > LONGEST_ALT:
            break
        said = longer
    return said


def captioned(
    drawing: Drawing, telling: Telling, of: Sequence[Record], ways: Iterable[Button]
) -> Reply:
    """The picture; beside it what it shows in words, links to the sources, how fresh it is."""
    ending = freshness(telling, of)
    taken = utf16_length(drawing.alt) + utf16_length(ending) + 4
    sources = _linked(telling, LONGEST_CAPTION - taken)
    blocks = (Block((Span(drawing.alt),)), *sources, Block((Span(ending, italic=True),)))
    found = Finding("answer", (of[0].id,), 1.0) if len(of) == 1 else NOTHING
    return Reply(blocks, picture=drawing, found=found).with_buttons(ways)


def _linked(telling: Telling, room: int) -> tuple[Block, ...]:
    """The numbers of the sources, each opening its source, as many as there is room for."""
    cited = telling.citing.cited
    spans = [Span(telling.say("drawn.linked"))]
    room -= utf16_length(spans[0].text) + ROOM_FOR_MORE
    shown = 0
    for number, source in cited[:MOST_NUMBERS]:
        # Where there is nothing to open, a reader gets at least the name.
        named = telling.isolated(f"[{number}] {source.publisher}")
        said = f"[{number}]" if source.url else named
        room -= 1 + utf16_length(said)
        if room < 0:
            break
        spans += [Span(" "), Span(said, url=str(source.url) if source.url else None)]
        shown += 1
    if left := len(cited) - shown:
        spans.append(Span(" " + telling.say("drawn.linked.more", n=left)))
    return (Block(tuple(spans)),) if cited else ()
