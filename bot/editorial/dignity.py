"""D1 to D3, H1, H6 and H7: victims are people, and no community is to blame."""

import re
from collections.abc import Iterator

from bot.editorial.findings import Spot
from bot.editorial.lexicons import GAP, Hit
from bot.editorial.matching import words
from bot.editorial.reading import CITED, Reading

_NAME = r"[A-Z][a-z]+\s+[A-Z][a-z]+"
_NAME_AFTER = re.compile(rf"\s+(?:of\s+)?(?:named\s+|called\s+)?{_NAME}")
_NAME_BEFORE = re.compile(rf"{_NAME},?\s+$")
_FEWEST_WORDS = 12
"""Words of a memorial besides its numbers."""
_PARTY = re.compile("[🔥🎉🥳🎊😂🤣💪😎🍾💥🏆👊]")
_NEGATED = re.compile(r"(?<![^\W_])(?:not|no|never|cannot|dont|نہیں|nahi|nahin)(?![^\W_])")
_ON_RECORD = frozenset({"court", "judgment", "un", "un report", "official list"})


def identified_victim(read: Reading) -> Iterator[Spot]:
    """A pupil by class, a child by age and name, anybody by name beside "son of" and the like."""
    if read.subject.consented:
        return
    for hit in read.hits.get("identifying", ()):
        yield read.spot(hit.start, hit.end)
    for hit in read.hits.get("kin", ()):
        if found := _NAME_AFTER.match(read.capitals, hit.end):
            yield read.spot(hit.start, found.end())
    for hit in read.hits.get("ages", ()):
        start = max(0, hit.start - 40)
        if found := _NAME_BEFORE.search(read.capitals, start, hit.start):
            yield read.spot(found.start(), hit.end)


def only_a_number(read: Reading) -> Iterator[Spot]:
    if read.subject.kind == "memorial":
        for piece, text in read.pieces_of("prose", "caption"):
            told = [word for word in text.replace(CITED, "").split() if not word[0].isdigit()]
            if len(told) < _FEWEST_WORDS and any(c.isdigit() for c in text):
                yield Spot(piece.field, text.replace(CITED, ""))


def triumph(read: Reading) -> Iterator[Spot]:
    if read.subject.kind in {"memorial", "attack"}:
        yield from words("triumph")(read)
        for found in _PARTY.finditer(read.page):
            yield read.spot(*found.span())


def blamed_community(read: Reading) -> Iterator[Spot]:
    """A community before a word of blame, or "all" before a community that "are" something."""
    people = read.pattern("communities").pattern
    hits = read.hits
    for hit in hits.get("blame", ()):
        start = read.bounds(hit.start)[0]
        # The community itself, at most two words more, then the blame.
        before = re.search(rf"{people}(?:{GAP}[^\W_]+){{0,2}}{GAP}$", read.page[start : hit.start])
        if before and not _NEGATED.search(read.page, start, hit.end):
            yield read.spot(start + before.start(), hit.end)
    for hit in hits.get("generalisers", ()):
        after = re.compile(rf"{GAP}{people}(?:{GAP}(?:people|muslims))?{GAP}{_IS}")
        found = after.match(read.page, hit.end)
        if found and not _NEGATED.search(read.page, max(0, hit.start - 8), hit.start):
            yield read.spot(hit.start, found.end())


_IS = r"(?:are|is|support|hate|want|love|hain|ہیں)(?![^\W_])"


def is_on_record(read: Reading, hit: Hit) -> bool:
    """Whether the sentence cites a court or the United Nations."""
    return any(
        source.kind in _ON_RECORD or "court" in source.publisher.casefold()
        or source.publisher.startswith(("UN", "United Nations"))
        for source in read.sources_at(hit.start)
    )  # fmt: skip


def partisan(read: Reading) -> Iterator[Spot]:
    for hit in read.hits.get("praise", ()):
        sentence = read.sentence(hit.start)
        if found := read.pattern("parties").search(sentence):
            yield read.spot(hit.start, hit.end, f"for a party, {found[0]}", "error")
        elif found := read.pattern("institutions").search(sentence):
            yield read.spot(hit.start, hit.end, f"for an institution, {found[0]}", "warning")
