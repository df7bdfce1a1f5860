"""What rules are made of: a check that a word list does by itself, and looks around a hit."""

import re
from collections.abc import Callable, Iterator

from bot.editorial.findings import Spot
from bot.editorial.lexicons import Hit
from bot.editorial.reading import CITED, Reading
from bot.editorial.subject import Role

Check = Callable[[Reading], Iterator[Spot]]
Excuse = Callable[[Reading, Hit], bool]

_QUOTED = re.compile(r"“[^”\0]*”|\"[^\"\0]*\"|«[^»\0]*»")


def words(lexicon: str, but: tuple[Role, ...] = ("alias",), excuse: Excuse | None = None) -> Check:
    """Every hit of a list, save in text of the roles `but` and where `excuse` holds."""

    def check(read: Reading) -> Iterator[Spot]:
        for hit in read.hits.get(lexicon, ()):
            excused = excuse is not None and excuse(read, hit)
            if not excused and read.piece_at(hit.start).role not in but:
                yield read.spot(hit.start, hit.end)

    return check


def together(*checks: Check) -> Check:
    def check(read: Reading) -> Iterator[Spot]:
        for each in checks:
            yield from each(read)

    return check


def is_attributed(read: Reading, at: int) -> bool:
    """Whether the sentence says whose word it is."""
    return read.pattern("reporting").search(read.sentence(at)) is not None


def in_attributed_quotation(read: Reading, hit: Hit) -> bool:
    """Whether it stands in quotation marks, in a sentence that names the speaker or a source."""
    start, end = read.bounds(hit.start)
    sentence = read.page[start:end]
    quoted = any(
        start + each.start() < hit.start and hit.end < start + each.end()
        for each in _QUOTED.finditer(sentence)
    )
    return quoted and (CITED in sentence or is_attributed(read, hit.start))


def in_anothers_voice(read: Reading, hit: Hit) -> bool:
    """Quoted, or told of somebody who says or holds it."""
    return in_attributed_quotation(read, hit) or is_attributed(read, hit.start)
