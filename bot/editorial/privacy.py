"""P1 and P2: nobody's number, and nobody watched."""

import re
from collections.abc import Iterator

from bot.editorial.findings import Spot
from bot.editorial.reading import Reading

_NUMBER = re.compile(
    r"(?<![\w-])(?=[\d+])(?:"
    r"\d{5}-\d{7}-\d"  # identity card
    r"|(?:\+|00)92[ -]?\d{2,3}[ -]?\d{3,4}[ -]?\d{3,4}"
    r"|03\d{2}[ -]?(?:\d{7}|\d{3}[ -]\d{4}|\.\.\.|x{3,})"
    r"|0\d{2,4}-(?:\d{3}-\d{3}-\d{3}|\d{5,8})"
    r")"
)
_NUMBERED = re.compile(r"\s+(?:(?:no\.?|number|نمبر)\s*)?(?:\d+[a-z]?|[a-z]{2,3}-\d{3,4})\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}")
_PERHAPS = re.compile(r"\d{5}|03\d\d|92\d|92[ -]|0\d\d-")
_SEPARATORS = re.compile(r"[\s+-]")


def personal_data(read: Reading) -> Iterator[Spot]:
    """Numbers and addresses, save the contacts of the help lines that the text offers."""
    offered = {_SEPARATORS.sub("", line.contact) for _, line in read.subject.help_lines}
    for number in _numbers(read.page):
        if _SEPARATORS.sub("", number[0]) not in offered:
            yield read.spot(*number.span())
    for hit in read.hits.get("addresses", ()):
        if found := _NUMBERED.match(read.page, hit.end):
            yield read.spot(hit.start, found.end())


def _numbers(page: str) -> Iterator[re.Match[str]]:
    if _PERHAPS.search(page):
        yield from _NUMBER.finditer(page)
    if "@" in page:
        yield from _MAIL.finditer(page)
