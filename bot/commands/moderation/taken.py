"""What a draft takes from a record, or from what a moderator wrote in chat."""

from difflib import get_close_matches
from typing import Any

from bot.commands.briefs import post_of
from bot.commands.citing import Citing
from bot.commands.desk import Desk
from bot.core.posts import Draft, PostType, default_buttons, offered_buttons
from bot.core.prose import cited
from bot.core.records import Language, Narrative, Record
from bot.core.replies import Block
from bot.core.text import clean, cut, isolate

NEAREST = 3
_BY_ITSELF = frozenset({"fact", "service"})
"""Types that a draft has without anybody having chosen one."""


def of_record(record: Record, desk: Desk, language: Language) -> dict[str, Any]:
    """What a draft takes from a record."""
    kind: PostType = "myth and why" if isinstance(record, Narrative) else "fact"
    return {
        "blocks": post_of(record, desk, language),
        "language": language,
        "record_id": record.id,
        "made_from": record.as_of.isoformat(),
        "type": kind,
        "buttons": default_buttons(kind, record=True),
    }


def own_words(written: str, desk: Desk) -> dict[str, Any]:
    """What a draft takes from a text without a record.

    One that cites nothing is an announcement, which states no fact of its own; the lint sees to it
    that it states none about groups, attacks or tolls.
    """
    kind: PostType = "fact" if cited(written) else "service"
    return {
        "blocks": paragraphs(written, desk),
        "type": kind,
        "buttons": default_buttons(kind, record=False),
    }


def rewritten(draft: Draft, written: str, desk: Desk) -> dict[str, Any]:
    """What changes in a draft that is told in own words now; a type that was chosen stays."""
    told = own_words(written, desk)
    if not (draft.record_id or draft.campaign or draft.type in _BY_ITSELF):
        offered = offered_buttons(draft.type, record=False)
        kept = tuple(each for each in draft.buttons if each in offered)
        told |= {
            "type": draft.type,
            "buttons": kept or default_buttons(draft.type, record=False),
        }
    return {**told, "record_id": None, "made_from": None, "campaign": None, "seq": None}


def paragraphs(written: str, desk: Desk) -> tuple[Block, ...]:
    """Each known source that the text cites, `[@source-id]`, becomes a linked number."""
    citing = Citing(desk.library.sources)
    parts = (clean(part) for part in written.split("\n\n"))
    return tuple(Block(citing.prose(part)) for part in parts if part)


def unknown_source(written: str, desk: Desk, language: Language) -> str | None:
    """What is said of the first source that the text cites and the content lacks."""
    unknown = next((each for each in cited(written) if each not in desk.library.sources), None)
    if unknown is None:
        return None
    near = ", ".join(get_close_matches(unknown, desk.library.sources, NEAREST, 0.5)) or "–"
    shown = isolate(cut(unknown, 40))
    return desk.say(language, "compose.no-source", id=shown, nearest=isolate(near))


def is_announcement(draft: Draft) -> bool:
    return draft.type == "service" and not (draft.record_id or draft.campaign)
