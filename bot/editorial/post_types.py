"""What posts alone are held to: by their type, their buttons, their links, their variants."""

import re
from collections.abc import Iterator

from bot.core.records import Quiz
from bot.editorial.findings import Spot
from bot.editorial.reading import Reading

OF_MEMORIALS = frozenset({"sources", "help"})
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
"""Options of a poll, as Telegram has it."""

_NUMBER = re.compile(r"\d[\d,]*")
_ASKS = re.compile(r"[?؟]")
_CHAT = re.compile(r"\b(?:t\.me|telegram\.(?:me|dog))/(?:s/)?(\+?\w+)")
_NO_CHAT = frozenset({"share"})
"""Addresses of Telegram that lead to no channel."""
_HASHTAG = re.compile(r"#(\w+)")


def counted_headline(read: Reading) -> Iterator[Spot]:
    """A number in the headline of a memorial: people come before counts."""
    if read.subject.kind == "memorial":
        for piece, text in read.pieces_of("headline"):
            for found in _NUMBER.finditer(text):
                about = "a number in the headline"
                yield Spot(piece.field, found[0], about, "error", found.span())


def cheer(read: Reading) -> Iterator[Spot]:
    if read.subject.kind == "memorial":
        for piece, text in read.texts:
            if "!" in text:
                yield Spot(piece.field, "!", "an exclamation mark in a memorial")


def buttons_of_memorials(read: Reading) -> Iterator[Spot]:
    post = read.subject.post
    if read.subject.kind == "memorial" and post:
        for each in sorted(set(post.buttons) - OF_MEMORIALS):
            yield Spot(("buttons",), each)


def group_in_prebunk(read: Reading) -> Iterator[Spot]:
    if read.subject.kind == "prebunk":
        for found in read.pattern("group-names").finditer(read.page):
            yield read.spot(*found.span())


def incomplete(read: Reading) -> Iterator[Spot]:
    """A quiz without questions, a poll without choices, a question that asks nothing."""
    kind = read.subject.kind
    if kind == "quiz post" and not any(isinstance(each, Quiz) for each in read.subject.records):
        yield Spot(("record",), about="no quiz stands behind it")
    if kind == "poll":
        yield from _uneven_poll(read)
    if kind == "question":
        asked = {piece.language for piece, text in read.texts if _ASKS.search(text)}
        for language in sorted({piece.language for piece, _ in read.texts} - asked):
            yield Spot(("text", language), about="it asks nothing", severity="warning")


def _uneven_poll(read: Reading) -> Iterator[Spot]:
    options = [piece.language for piece, _ in read.pieces_of("option")]
    for language in sorted({piece.language for piece, _ in read.texts}):
        if not FEWEST_OPTIONS <= (count := options.count(language)) <= MOST_OPTIONS:
            about = f"{count} options; a poll has {FEWEST_OPTIONS} to {MOST_OPTIONS}"
            yield Spot(("options", language), about=about)


def without_consent(read: Reading) -> Iterator[Spot]:
    submitted = read.subject.post is not None and read.subject.post.submitted
    if (submitted or read.subject.kind == "testimony") and not read.subject.consented:
        yield Spot(("consent",), about="a reader's story" if submitted else "a testimony")


def undisclosed(read: Reading) -> Iterator[Spot]:
    if read.subject.post and not read.subject.post.discloses:
        yield Spot(("disclosure",))


def previews(read: Reading) -> Iterator[Spot]:
    if read.subject.post and read.subject.post.previews:
        yield Spot(("previews",), about="its link previews are on")


def foreign_chats(read: Reading) -> Iterator[Spot]:
    """Links to channels and groups that are not ours."""
    if not read.subject.is_post or "/" not in read.page:
        return
    ours = read.subject.post.ours if read.subject.post else frozenset()
    for found in _CHAT.finditer(read.page):
        if found[1] not in {*_NO_CHAT, *(name.lower().removeprefix("@") for name in ours)}:
            yield read.spot(*found.span())


def unregistered(read: Reading) -> Iterator[Spot]:
    """Hashtags that `hashtags.yaml` does not have, in posts and as the one of a campaign."""
    if not read.subject.is_post and read.subject.kind != "campaign":
        return
    known = {name.removeprefix("#").casefold() for name in read.subject.library.hashtags}
    for piece, text in read.pieces_of("prose", "caption", "hashtag"):
        written = f"#{text.removeprefix('#')}" if piece.role == "hashtag" else text
        for found in _HASHTAG.finditer(written):
            if found[1].casefold() not in known:
                excerpt = found[0] if found[0] in text else found[1]
                yield Spot(piece.field, excerpt, "not in hashtags.yaml")
