"""Citations as readers see them: numbers that open the source."""

from collections.abc import Iterable, Mapping

from bot.core.prose import pieces
from bot.core.records import Source
from bot.core.replies import Block, Span


class Citing:
    """Numbers the sources of one brief in the order in which they are cited."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    @property
    def cited(self) -> tuple[tuple[int, Source], ...]:
        return tuple((number, self._sources[each]) for each, number in self._numbers.items())

    def prose(self, text: str) -> tuple[Span, ...]:
        """Prose with each `[@source]` as a linked number."""
        return tuple(
            span
            for plain, source in pieces(text)
            for span in (self.number(source) if source else (Span(plain),))
        )

    def numbers(self, sources: Iterable[str]) -> tuple[Span, ...]:
        return tuple(span for source in sources for span in self.number(source))

    def number(self, source: str) -> tuple[Span, Span]:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        url = self._sources[source].url
        return Span(" "), Span(f"[{number}]", url=str(url) if url else None)


def labelled(label: str, *parts: Iterable[Span] | str, quotation: bool = False) -> Block:
    """A block that begins with a bold label."""
    spans = [Span(f"{label} ", bold=True)]
    for part in parts:
        spans += [Span(part)] if isinstance(part, str) else part
    return Block(tuple(spans), quotation)


def lines(label: str, rows: Iterable[Iterable[Span]], *, quotation: bool = False) -> Block:
    """A block with a bold label and a line for each row."""
    spans = [Span(label, bold=True)]
    for row in rows:
        spans += [Span("\n• "), *row]
    return Block(tuple(spans), quotation)
