"""One spelling for what people write in many: the form in which words are compared."""

import re
import unicodedata

_LETTERS = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ٱ": "ا",
    "ß": "ss", "ς": "σ",
}  # fmt: skip
_DIGITS = dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", strict=True))
_APOSTROPHES_AND_KASHIDA = "'’‘`ـ"
_UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
_EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
_MARKS = (code for code in range(0x300, 0x3100) if unicodedata.combining(chr(code)))
_FOLDED = str.maketrans(
    {
        **_LETTERS,
        **_DIGITS,
        **dict.fromkeys(_APOSTROPHES_AND_KASHIDA + _UNSEEN + _EMBEDDINGS, ""),
        **dict.fromkeys(map(chr, _MARKS), ""),
    }
)
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """`text` with one form of each letter, Latin digits and no marks, but capitals as they are.

    It is as long as `folded(text)`, letter by letter.
    """
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    return unicodedata.normalize("NFKD", text).translate(_FOLDED)


def folded(text: str) -> str:
    """`text` with one form of each letter, small letters, Latin digits, no marks on letters."""
    return plain(text).lower()


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, folded."""
    return tuple(_WORD.findall(folded(text)))


def unfolded_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where that part of `text` is that stands at `start` to `end` in its folded form."""
    at, kept = 0, []
    for place, character in enumerate(text):
        if start <= at < end:
            kept.append(place)
        at += len(folded(character))
    return (kept[0], kept[-1] + 1) if kept else (0, 0)
