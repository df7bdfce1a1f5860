"""What the rules of planning want to know of a text and of the records it is built on."""

from collections.abc import Iterable

from bot.core.letters import folded
from bot.core.library import Library
from bot.core.records import Attack
from bot.editorial.lexicons import Lexicons

_EVERYBODY = frozenset({"muslim", "pakistani", "cleric", "seminary", "seminarie", "refugee"})
"""What so many are that it tells no community from another."""


def names_group(text: str, lexicons: Lexicons) -> bool:
    return lexicons.pattern("group-names").search(folded(text)) is not None


def victims_of(
    records: Iterable[str], library: Library, lexicons: Lexicons
) -> frozenset[str] | None:
    """The communities that the attacks say their victims were of; None where there is no attack."""
    used = [library.get(each) for each in records]
    told = [folded(each.victims.en) for each in used if isinstance(each, Attack)]
    people = lexicons.pattern("communities")
    found = {each[0].removesuffix("s") for text in told for each in people.finditer(text)}
    return frozenset(found - _EVERYBODY) if told else None
