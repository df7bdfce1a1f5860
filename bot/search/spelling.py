"""Known words that a misspelt word may be meant for, without looking at all of them."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST, SHORTEST_URDU = 4, 3
"""Letters that a word needs to be taken for another; Urdu leaves out the short vowels."""
SAME_SOUND, FAIR = 0.9, 0.55
"""How alike two words are that sound the same, as long as their letters are at least so alike."""
OTHER_SCRIPT, SHORTEST_SOUND = 0.85, 3
"""The same for a word in another script, of so many letters that are heard."""
SAME_STEM = 0.95
"""The same for a word that differs by its ending alone."""

MOST = 4
"""Words of one length that a word may be taken for."""
SCORER = DamerauLevenshtein.normalized_similarity

_HEARD = str.maketrans(
    dict(zip("qcwzxf", "kkvssp", strict=True))
    | dict.fromkeys("ثسشص", "s") | dict.fromkeys("ذزژضظ", "s") | dict.fromkeys("تطٹ", "t")
    | dict.fromkeys("دڈ", "d") | dict.fromkeys("رڑ", "r") | dict.fromkeys("کقخچ", "k")
    | dict.fromkeys("گغ", "g") | dict.fromkeys("پف", "p") | dict.fromkeys("نں", "n")
    | dict.fromkeys("حہ", "h") | dict.fromkeys("اع", "a") | dict.fromkeys("یےۓ", "y")
    | {"ب": "b", "ج": "j", "ل": "l", "م": "m", "و": "v"}
)  # fmt: skip
_HARDLY = frozenset("aeiouyvhء")
_ENDINGS = (
    "ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "er", "es", "s", "y",
    "iyon", "iyan", "ein", "ain", "on", "en", "ay", "ey", "e", "a", "i",
)  # fmt: skip
_URDU_ENDINGS = ("یوں", "یاں", "وں", "یں", "ات", "ے", "ی", "ا", "ہ")
"""Of plurals, oblique forms and tenses, in English, Roman Urdu and Urdu; the longest first."""


def sound_of(word: str) -> str:
    """How a word sounds, roughly and in either script: "qalandar", "kalander" and "قلندر" are one.

    Letters that are mixed up are one; vowels, w, y and h count at the beginning alone.
    """
    letters = word.translate(_HEARD)
    first = _first(letters)
    rest = (letter for letter in letters[1:] if letter not in _HARDLY)
    return "".join(letter for letter, _ in groupby((first, *rest)))


def stem_of(word: str) -> str:
    """A word without its ending: "failed" and "failing", "hamlon" and "hamla" have one stem."""
    latin = word.isascii()
    shortest = SHORTEST if latin else SHORTEST_URDU
    for ending in _ENDINGS if latin else _URDU_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


class Spellings:
    """Words by their first letter and length, and by how they sound. Never changed, only copied."""

    def __init__(self, places: dict[str, tuple[str, ...]] | None = None) -> None:
        self._places = places or {}

    def changed(
        self, gone: Iterable[str], come: Iterable[str], by_sound: bool = True
    ) -> "Spellings":
        leaving, coming = _by_place(gone, by_sound), _by_place(come, by_sound)
        after = dict(self._places)
        for place in leaving.keys() | coming.keys():
            left = frozenset(leaving.get(place, ()))
            stay = (word for word in after.get(place, ()) if word not in left)
            after[place] = (*stay, *coming.get(place, ()))
        return Spellings(after)

    def near(self, word: str, least: float, fair: float = FAIR) -> dict[str, float]:
        """Some words that `word` may be meant for, and how alike each is (`least` to 1).

        The letters of those that sound the same need only be so alike as is `fair`.
        """
        if not _may_be_misspelt(word):
            return {}
        near = dict.fromkeys(self._places.get(_stem_place(word), ()), SAME_STEM)
        for found, likeness in self._of_sound(word, fair):
            near.setdefault(found, likeness)
        for place in _neighbours(word):
            words = self._places.get(place, ())
            alike = process.extract(word, words, scorer=SCORER, score_cutoff=least, limit=MOST)
            for found, likeness, _ in alike:
                near.setdefault(found, likeness)
        return near

    def _of_sound(self, word: str, fair: float) -> Iterator[tuple[str, float]]:
        sound = sound_of(word)
        for found in self._places.get(sound, ()) if len(sound) > 1 else ():
            if found.isascii() == word.isascii():
                likeness = SCORER(word, found)
                if likeness >= fair:
                    yield found, SAME_SOUND + (1 - SAME_SOUND) * likeness
            elif len(sound) >= SHORTEST_SOUND:
                yield found, OTHER_SCRIPT


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= (SHORTEST if word.isascii() else SHORTEST_URDU) and word.isalpha()


def _by_place(words: Iterable[str], by_sound: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in filter(_may_be_misspelt, words):
        found.setdefault(_place(word, len(word)), []).append(word)
        if by_sound:
            found.setdefault(sound_of(word), []).append(word)
            found.setdefault(_stem_place(word), []).append(word)
    return found


def _first(heard: str) -> str:
    return "a" if heard[0] in "aeiou" else heard[0]


@cache
def _place_of(letter: str, length: int, latin: bool) -> str:
    return f"{_first(letter.translate(_HEARD))}{length}{'' if latin else '-'}"


def _place(word: str, length: int) -> str:
    """Where words of a script stand that begin and last alike."""
    return _place_of(word[0], length, word.isascii())


def _stem_place(word: str) -> str:
    return f"{stem_of(word)}-"


def _neighbours(word: str) -> Iterator[str]:
    """Where words stand that are a letter or two longer or shorter."""
    length = len(word)
    reach = 1 if length < 8 else 2
    return (_place(word, other) for other in range(length - reach, length + reach + 1))
