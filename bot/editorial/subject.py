"""What the lint judges: pieces of text, each with its role, and facts about the whole.

A record becomes one or more subjects (`bot.editorial.of_record`), and so does a moderator's post.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core.library import Library
from bot.core.records import Attack, HelpLine, Record, Text
from bot.editorial.findings import Field

Role = Literal[
    "prose", "explanation", "headline", "claim", "name", "alias", "label", "question", "option",
    "button", "caption", "alt", "hashtag",
]  # fmt: skip
"""`claim` is a myth that is being answered, `label` short text whose sources stand beside it, and
`explanation` what teaches more than it states, as in a quiz."""

POSTS = frozenset(
    {
        "fact", "myth and why", "prebunk", "testimony", "memorial", "story", "quiz post", "poll",
        "question", "service", "correction",
    }
)  # fmt: skip
"""Kinds of subject that are posts; the others are the kinds of record."""


class Piece(NamedTuple):
    """One text in one language, its citations in place."""

    field: Field
    language: str
    role: Role
    text: str


class Media(NamedTuple):
    """A picture or recording that goes with a post, and what stands in for it."""

    field: Field
    alt: Text | None = None


class Toll(NamedTuple):
    """A count of the dead, and what it rests on."""

    field: Field
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PostFacts:
    """What is known of a post besides its text.

    `buttons` are of the fixed set. `discloses` says that one tap leads to who runs the bot,
    `submitted` that a reader sent it in. `ours` are the names of channels and of the bot, to which
    it may link.
    """

    buttons: tuple[str, ...] = ()
    previews: bool = False
    discloses: bool = True
    submitted: bool = False
    ours: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Subject:
    """`backed` says that a record stands behind it, so that its sentences need no citation.

    `attacks` are those that it tells of, `records` those it is built on, `actions` the number of
    things it asks the reader to do (None: not known here), `reviewed` the languages that a person
    has read against the sources, `consented` that the people it tells of agreed. `post` is what is
    known of a post besides.
    """

    kind: str
    pieces: tuple[Piece, ...]
    library: Library
    attacks: tuple[Attack, ...] = ()
    records: tuple[Record, ...] = ()
    backed: bool = False
    tolls: tuple[Toll, ...] = ()
    texts: tuple[tuple[Field, Text], ...] = ()
    as_of: dt.date | None = None
    review_by: dt.date | None = None
    reviewed: frozenset[str] = frozenset()
    actions: int | None = None
    consented: bool = False
    media: tuple[Media, ...] = ()
    help_lines: tuple[tuple[Field, HelpLine], ...] = ()
    post: PostFacts | None = None

    @property
    def is_post(self) -> bool:
        return self.kind in POSTS
