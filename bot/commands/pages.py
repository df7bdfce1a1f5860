"""Long lists in pages: which one is asked for, and the buttons that turn them."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from bot.core.replies import Button

T = TypeVar("T")

A_PAGE = 20
_PAGE = re.compile(r"(?:^|\s+)p([1-9][0-9]{0,4})$")


class Page(NamedTuple):
    """Which page, from 1, of how many."""

    number: int
    of: int


def asked_page(words: str) -> tuple[str, int]:
    """What is asked for and the page of it: "quetta p2" is the second of "quetta"."""
    found = _PAGE.search(words)
    return (words[: found.start()], int(found[1])) if found else (words, 1)


def page_of(items: Sequence[T], number: int, most: int | None = None) -> tuple[Sequence[T], Page]:
    """The items of a page, at most `most` of them; one beyond the last is the last."""
    size = most or A_PAGE
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    return items[(number - 1) * size : number * size], Page(number, pages)


def turning(page: Page, action: str) -> list[Button]:
    """Buttons to the pages before and after; `action` is the list's command line."""
    return [
        Button(
            f"‹ {near}/{page.of}" if near < page.number else f"{near}/{page.of} ›",
            f"{action} p{near}",
        )
        for near in (page.number - 1, page.number + 1)
        if 1 <= near <= page.of
    ]
