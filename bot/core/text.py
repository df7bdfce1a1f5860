"""Text as chat platforms count and show it."""

import unicodedata

FSI, PDI = "\u2068", "\u2069"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units of `text`, ended with `…` at a space where something is lost."""
    if utf16_length(text) <= limit:
        return text
    head = _head(text, limit - 1)
    at_space = head.rfind(" ", len(head) // 2)
    return (head[:at_space] if at_space > 0 else head).rstrip() + "…"


def split(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` UTF-16 units, cut at line ends or spaces if it can be."""
    pieces = []
    while utf16_length(text) > limit:
        head = _head(text, limit)
        at = max(head.rfind("\n", len(head) // 2), head.rfind(" ", len(head) // 2)) + 1 or len(head)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [piece for piece in (*pieces, text) if piece]


def clean(text: str) -> str:
    """`text` as a person meant it: without control characters and marks that turn text round."""
    kept = (c if c == "\n" or not _unwanted(c) else " " if c == "\t" else "" for c in text)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction is one that is written from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each != "L" for each in directions if each in ("L", "R", "AL")), False)


def isolate(text: str) -> str:
    """`text` so wrapped that its direction changes nothing around it."""
    return f"{FSI}{text}{PDI}"


def _unwanted(character: str) -> bool:
    if character in _JOINERS:  # Urdu spelling and emoji need them
        return False
    return character in _BIDI or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _head(text: str, limit: int) -> str:
    """The longest start of at most `limit` units that ends before no combining mark or joiner."""
    units = 0
    for at, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            while at > 1 and (
                unicodedata.combining(text[at]) or _JOINERS & {text[at], text[at - 1]}
            ):
                at -= 1
            return text[:at]
    return text
