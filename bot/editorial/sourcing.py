"""S1 to S6: what is stated, on whose word, and who is said to have done it."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from bot.core.letters import folded, words_of
from bot.core.library import Library
from bot.core.records import Attack, Source
from bot.core.records.reference import LONGEST_UNCHECKED
from bot.editorial.findings import Spot
from bot.editorial.lexicons import GAP, Hit, pattern_of
from bot.editorial.matching import is_attributed
from bot.editorial.reading import CITED, Reading
from bot.editorial.subject import Piece

_UNSOURCED = frozenset({"question", "poll", "quiz post", "story", "service", "correction"})
"""Kinds of post that are not there to state facts; of groups and attacks they state none at all."""
_ADVICE = re.compile(
    r"^(?:please )?(?:do not|dont|don't|don’t|never)\b|(?<!\w)(?:مت|نہ) \w+(?:یے|ئے|یں|و)(?!\w)"
)
"""What a reader had better not do, which tells of nothing that was done."""
_QUOTE = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»")
_SHORTEST_QUOTE = 3
_AUXILIARY = r"(?:has|had|have|also|then|later|fighters|militants|members|gunmen)"
_GENERIC = frozenset(
    words_of(
        "attack attacks blast bombing bombings massacre siege dhamaka hamla saneha waqia"
        " the of in at on حملہ دھماکا دھماکہ سانحہ واقعہ"
    )
)
_DIGIT = re.compile(r"\d")


def uncited(read: Reading) -> Iterator[Spot]:
    """Sentences without a citation; those of explanations only where they state a fact, and those
    of posts that are not there to state any where they tell of groups, attacks or tolls."""
    if read.subject.backed:
        return
    states = _tells_of_violence if read.subject.kind in _UNSOURCED else _states_a_fact
    for piece, sentence in read.sentences:
        if CITED not in sentence and states(read, piece, folded(sentence)):
            yield Spot(piece.field, sentence)


def _states_a_fact(read: Reading, piece: Piece, said: str) -> bool:
    """Prose does; an explanation where it has a number, a group or a deed, and is more than
    advice."""
    telling = ("toll-words", "group-names", "did-it")
    counted = piece.role == "prose" or bool(_DIGIT.search(said))
    return counted or any(read.pattern(each).search(said) for each in telling)


def _tells_of_violence(read: Reading, _: Piece, said: str) -> bool:
    """Whether it names a group, counts people harmed or tells of an attack."""
    counts = _DIGIT.search(said) or read.pattern("quantities").search(said)
    if counts and read.pattern("toll-words").search(said):
        return True
    tells = read.pattern("deeds").search(said) and not _ADVICE.search(said)
    return bool(tells or read.pattern("group-names").search(said))


def thinly_counted(read: Reading) -> Iterator[Spot]:
    """One origin behind all counts of a record; in a post, a count without source or date."""
    subject, sources = read.subject, read.subject.library.sources
    ids = {each for toll in subject.tolls for each in toll.sources if each in sources}
    origins = _origins(sources[each] for each in ids)
    if len(origins) == 1:
        yield Spot(subject.tolls[0].field, about=f"all counts of the dead are from {min(origins)}")
    if subject.is_post and not subject.backed:
        yield from _loose_counts(read)


def _loose_counts(read: Reading) -> Iterator[Spot]:
    counted = read.pattern("toll-words")
    for found in re.finditer(r"(?<![^\W_])\d[\d,]*(?![^\W_])", read.page):
        if not counted.search(read.sentence(found.start())):
            continue
        if CITED not in read.sentence(found.start()) or read.subject.as_of is None:
            yield read.spot(*found.span(), severity="error")
        elif len(_origins(read.sources_at(found.start()))) < 2:
            yield read.spot(*found.span(), about="the sentence cites a single origin")


def _origins(sources: Iterable[Source]) -> set[str]:
    return {source.origin or source.publisher for source in sources}


def flatly_responsible(read: Reading) -> Iterator[Spot]:
    """A group did it, in our own voice, while no court has established that it did."""
    library = read.subject.library
    for start, end in _did_it(read):
        told = read.piece_at(start).role not in {"claim", "alias", "name", "option"}
        if not told or is_attributed(read, start):
            continue
        meant = read.subject.attacks or _meant(library, read.sentence(start))
        statuses = [each.responsibility.status for each in meant]
        if statuses and "established" not in statuses:
            yield read.spot(start, end, f"the record says {statuses[0]}")


def _did_it(read: Reading) -> Iterator[tuple[int, int]]:
    """Where a group is the doer of a deed: "ISIS bombed", "bombed by ISIS", "داعش نے حملہ کیا"."""
    before, after = _doer(read.subject.library)
    for hit in read.hits.get("did-it", ()):
        if found := before.search(read.page, max(0, hit.start - 110), hit.start):
            yield found.start(), hit.end
        elif found := after.match(read.page, hit.end):
            yield hit.start, found.end()


@lru_cache(maxsize=2)
def _doer(library: Library) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A group as it stands before its deed, and after it."""
    armed = (each for each in library.organisations if each.kind in _CAN_ATTACK)
    group = pattern_of(name for each in armed for name in each.names()).pattern
    direct, told = rf"(?:{GAP}{_AUXILIARY}){{0,2}}{GAP}$", rf"{GAP}(?:نے|ne){GAP}[^.۔\0]{{0,80}}$"
    before = rf"{group}(?:{direct}|{told})"
    return re.compile(before), re.compile(rf"[^.۔\0,;]{{0,60}}?{GAP}by{GAP}{group}")


_CAN_ATTACK = frozenset({"armed group", "sectarian organisation"})


def _meant(library: Library, sentence: str) -> tuple[Attack, ...]:
    """The attacks that have a name whose telling words are all in the sentence."""
    spoken = frozenset(words_of(sentence))
    return tuple(attack for attack, names in _telling(library) if any(n <= spoken for n in names))


@lru_cache(maxsize=2)
def _telling(library: Library) -> tuple[tuple[Attack, tuple[frozenset[str], ...]], ...]:
    def names(attack: Attack) -> tuple[frozenset[str], ...]:
        found = (frozenset(words_of(name)) - _GENERIC for name in attack.names())
        return tuple(name for name in found if name)

    return tuple((attack, names(attack)) for attack in library.attacks)


def out_of_date(read: Reading) -> Iterator[Spot]:
    if read.subject.review_by is not None and read.today > read.subject.review_by:
        yield Spot(("review_by",), str(read.subject.review_by), "due for review", "warning")
    for field, line in read.subject.help_lines:
        if read.today - line.checked_on > LONGEST_UNCHECKED:
            days = LONGEST_UNCHECKED // timedelta(days=1)
            about = f"help line not checked for {days} days"
            yield Spot((*field, "checked_on"), str(line.checked_on), about)


def unowned_quotation(read: Reading) -> Iterator[Spot]:
    for piece, text in read.sentences:
        for found in _QUOTE.finditer(text):
            if len(found[0].split()) < _SHORTEST_QUOTE:
                continue
            spoken = read.pattern("reporting").search(folded(_QUOTE.sub("", text)))
            if not (spoken and (read.subject.backed or CITED in text)):
                yield Spot(piece.field, found[0])


def is_cited(read: Reading, hit: Hit) -> bool:
    return CITED in read.sentence(hit.start)


def is_reviewed(read: Reading, hit: Hit) -> bool:
    """Whether a person has reviewed the language that it is in."""
    return read.piece_at(hit.start).language in read.subject.reviewed
