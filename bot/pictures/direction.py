"""Which parts of a text run from right to left: the bidirectional algorithm, UAX 9."""

import unicodedata
from functools import lru_cache
from typing import Any

from bidi import algorithm as bidi

from bot.core.records import Language

_URDU_MARKS = "،؛"
"""In Urdu a list of Latin names runs from right to left: these marks turn it, as an RLM would."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}


@lru_cache(maxsize=512)
def levels(text: str, language: Language) -> tuple[int, ...]:
    """The embedding level of each character of a paragraph; odd ones run from right to left."""
    base = 1 if language == "ur" else 0
    seen = "".join(c for c in text if unicodedata.bidirectional(c) != "BN")
    store = bidi.get_empty_storage()
    store["base_level"], store["base_dir"] = base, "LR"[base]
    bidi.get_embedding_levels(seen, store)
    for each in store["chars"]:
        if base and each["ch"] in _URDU_MARKS:
            each["type"] = "R"
    bidi.explicit_embed_and_overrides(store)
    bidi.resolve_weak_types(store)
    _resolve_brackets(store["chars"], "LR"[base])
    bidi.resolve_neutral_types(store, False)
    bidi.resolve_implicit_levels(store, False)
    found, at = [base], iter(each["level"] for each in store["chars"])
    for character in text:
        # The algorithm passes over joiners: they stay with the letter before them.
        found.append(found[-1] if unicodedata.bidirectional(character) == "BN" else next(at))
    return tuple(found[1:])


def _resolve_brackets(characters: list[dict[str, Any]], base: str) -> None:
    """Rule N0 of UAX 9, which the library lacks: both brackets of a pair take one direction."""
    for start, end in _pairs([each["ch"] for each in characters]):
        inside = {_strong(each) for each in characters[start + 1 : end]} - {None}
        before = next(filter(None, map(_strong, reversed(characters[:start]))), base)
        if inside:
            direction = base if base in inside else before
            characters[start]["type"] = characters[end]["type"] = direction


def _pairs(characters: list[str]) -> list[tuple[int, int]]:
    """The places of brackets that belong together, by that of the opening one."""
    opened: list[tuple[str, int]] = []
    found = []
    for at, character in enumerate(characters):
        if character in _CLOSING:
            opened.append((_CLOSING[character], at))
        elif any(closing == character for closing, _ in opened):
            while opened[-1][0] != character:
                opened.pop()
            found.append((opened.pop()[1], at))
    return sorted(found)


def _strong(character: dict[str, Any]) -> str | None:
    """L or R where a character has a direction; numbers count as R."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(character["type"])
