"""The lint of posts: what is written in each language."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.library import Library
from bot.core.posts import PostType
from bot.core.records import Attack, HelpLine, Language, Text
from bot.editorial.findings import Field, Finding
from bot.editorial.lexicons import Lexicons
from bot.editorial.lint import lint
from bot.editorial.subject import Media, Piece, PostFacts, Role, Subject


@dataclass(frozen=True)
class Wording:
    """What a post says in one language, citations in place. `alt` tells what its picture shows."""

    text: str = ""
    headline: str = ""
    caption: str = ""
    question: str = ""
    options: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    alt: str | None = None

    def pieces(self, language: Language) -> Iterator[Piece]:
        single: tuple[tuple[str, Role, str], ...] = (
            ("headline", "headline", self.headline),
            ("text", "prose", self.text),
            ("caption", "caption", self.caption),
            ("question", "question", self.question),
            ("alt", "alt", self.alt or ""),
        )
        several: tuple[tuple[str, Role, tuple[str, ...]], ...] = (
            ("options", "option", self.options),
            ("labels", "button", self.buttons),
            ("hashtags", "hashtag", self.hashtags),
        )
        for name, role, text in single:
            if text:
                yield Piece((name, language), language, role, text)
        for name, role, texts in several:
            for number, text in enumerate(texts):
                yield Piece((name, number, language), language, role, text)


@dataclass(frozen=True)
class WrittenPost:
    """A post as the lint reads it.

    `records` are those it is built on; one that the library lacks does not back it. `pictured`
    says that a picture goes with it, `actions` the number of things it asks the reader to do
    (None: not known), `as_of` the day its counts are of.
    """

    type: PostType
    wordings: Mapping[Language, Wording]
    records: tuple[str, ...] = ()
    as_of: dt.date | None = None
    reviewed: frozenset[str] = frozenset()
    actions: int | None = None
    pictured: bool = False
    consented: bool = False
    help_lines: tuple[HelpLine, ...] = ()
    facts: PostFacts = field(default_factory=PostFacts)

    def subject(self, library: Library) -> Subject:
        used = tuple(found for each in self.records if (found := library.get(each)))
        return Subject(
            kind="quiz post" if self.type == "quiz" else self.type,
            pieces=tuple(
                piece for language, each in self.wordings.items() for piece in each.pieces(language)
            ),
            library=library,
            attacks=tuple(each for each in used if isinstance(each, Attack)),
            records=used,
            backed=bool(used),
            texts=tuple(_both(self.wordings)),
            as_of=self.as_of,
            reviewed=self.reviewed,
            actions=self.actions,
            consented=self.consented,
            media=tuple(self._media()),
            help_lines=tuple((("help", at), line) for at, line in enumerate(self.help_lines)),
            post=self.facts,
        )

    def _media(self) -> Iterator[Media]:
        for language, each in self.wordings.items():
            if self.pictured:
                yield Media(("picture", language), Text(en=each.alt) if each.alt else None)


def _both(wordings: Mapping[Language, Wording]) -> Iterator[tuple[Field, Text]]:
    """Texts that are written in both languages, to be held against each other."""
    if (english := wordings.get("en")) and (urdu := wordings.get("ur")):
        for name in ("headline", "text", "caption", "question"):
            if said := getattr(english, name):
                yield (name,), Text(en=said, ur=getattr(urdu, name) or None)


def lint_post(
    post: WrittenPost, library: Library, lexicons: Lexicons, today: dt.date
) -> tuple[Finding, ...]:
    """What the rules of wording find; an error keeps the post in draft.

    The `span` of a finding is counted in the text of its field; what a whole post lacks has none.
    """
    return tuple(lint(post.subject(library), lexicons, today))
