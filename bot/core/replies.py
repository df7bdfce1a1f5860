"""What is asked and what is said, free of any platform."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.drawings import Drawing
from bot.core.finding import NOTHING, Finding
from bot.core.people import PersonId
from bot.core.records import Language


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a person sent, or is sent."""

    name: str
    raw: bytes


Misfit = Literal["", "album", "video"]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person typed or pressed.

    `person` is missing where nobody can be held to it: an anonymous group admin, a channel.
    `origin` names the message it came in, so that the same one is never acted on twice.
    `private`: nobody else reads along. `addressed`: the bot is named, answered, or alone with the
    person. `chat` names a group ("telegram:-100..."); `manages` says that the platform vouches for
    the sender as one of its administrators. `replied` wrote the message that this one answers, and
    `quoted` is its text; of a button, that of the message which ours was sent under. `forwarded`
    says that somebody else may have written it first. `photo` is the platform's id of the picture
    in it, whose caption is the text, `quoted_photo` that of the quoted message. `misfit` names what
    else came with it, of which no post can be made.
    """

    text: str
    person: PersonId | None = None
    language: Language = "en"
    origin: str | None = None
    private: bool = True
    addressed: bool = True
    document: Document | None = None
    chat: str | None = None
    manages: bool = False
    replied: PersonId | None = None
    quoted: str = ""
    forwarded: bool = False
    photo: str = ""
    quoted_photo: str = ""
    misfit: Misfit = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; with a `url` it is a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; a quotation is set off, and a long one folded until it is opened."""

    spans: tuple[Span, ...]
    quotation: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does: a command line ("sources sehwan-2017"), an address to open, or the
    private chat with the bot, where `start` is what /start gets ("b_sehwan-2017")."""

    label: str
    action: str = ""
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A quiz question as native as the platform has it: anonymous, one option right, explained.

    `answer` counts the options from 0. The limits are those of `bot.core.records.quizzes`.
    """

    question: str
    options: tuple[str, ...]
    answer: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that the platform has already, by its id there; `alt` says what it shows."""

    file_id: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said back.

    `blocks` become paragraphs with an empty line between them; those beside a `picture` or a
    `document` are its caption. A picture, a document or a `poll` is a message of its own and never
    takes the place of another.
    `asks` is a command line that the person's written answer to this message completes.
    `notices` are told to other people; an `errand` is done first, and its end is said in place of
    this reply. `menus_of` are people whose menu of commands may be another one now. `reschedules`
    says that something may now be due sooner than before; `lasting`, that this very object's blocks
    will be said again. `found` is what the question was about. Without blocks, picture, poll and
    document nothing is said. `under`: it is said under the message that it answers, in private too.
    `previews`: the platform may show what its links lead to. A `quiet` one arrives without a sound.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    notices: tuple[tuple[PersonId, "Reply"], ...] = ()
    reschedules: bool = False
    lasting: bool = False
    found: Finding = NOTHING
    picture: Drawing | Photo | None = None
    poll: Poll | None = None
    asks: str = ""
    menus_of: tuple[PersonId, ...] = ()
    errand: "Errand | None" = None
    under: bool = False
    previews: bool = False
    document: Document | None = None
    quiet: bool = False

    @property
    def text(self) -> str:
        """The reply as plain text."""
        return "\n\n".join(block.text for block in self.blocks)

    def with_buttons(self, *rows: Iterable[Button]) -> "Reply":
        """Under it these rows and no others; empty ones are left out."""
        return replace(self, buttons=tuple(made for row in rows if (made := tuple(row))))


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be told to another person on which it hangs what happens next.

    `end` gets whether they were told, does what follows from it, and is what is said then. It may
    use the database. Where the process dies before it, the person may be told again.
    """

    person: PersonId
    told: Reply
    end: Callable[[bool], Reply]


@dataclass(frozen=True, slots=True)
class Offer:
    """One result of an inline query: what the list shows, and what is sent when it is chosen."""

    id: str
    title: str
    description: str
    reply: Reply


SILENCE = Reply(())


def plain(*paragraphs: str) -> Reply:
    """A reply of plain paragraphs; empty ones are left out."""
    return Reply(tuple(Block((Span(text),)) for text in paragraphs if text))
