"""The draft of a correction: the text as it should be now, under a dated note of what was wrong."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.commands.briefs import post_of
from bot.commands.briefs.telling import Telling
from bot.commands.citing import labelled
from bot.commands.composer.sources import drawn, of_campaign
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.moderation.taken import paragraphs
from bot.core.posts import CARDS, Corrects, Draft, Drawn
from bot.core.prose import without_citations
from bot.core.records import Campaign, Language, Record, Text
from bot.core.replies import Block
from bot.core.schedule import IfMissed
from bot.core.text import clean

GRACE = timedelta(days=1)
"""How late an edit may be: what is wrong should be put right even after a long hold."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be corrected: a post with its number, or inline cards (no number)."""

    draft: Draft
    post_id: int | None = None


def of_cards(record: Record, language: Language, desk: Desk) -> Wrong:
    """Inline cards of a record, as if they were a post made from it."""
    blocks = post_of(record, desk, language)
    cards = Draft(blocks=blocks, targets=(CARDS,), language=language)
    return Wrong(cards.model_copy(update={"record_id": record.id}))


def anew(wrong: Wrong, desk: Desk) -> tuple[Block, ...]:
    """Its text as it would be taken from the content now; nothing where it was written by hand, or
    where that says the same as before."""
    draft, record = wrong.draft, desk.library.get(wrong.draft.record_id or "")
    campaign = desk.library.get(draft.campaign or "")
    blocks: tuple[Block, ...] = ()
    if isinstance(campaign, Campaign) and draft.seq and draft.seq <= len(campaign.posts):
        blocks = of_campaign(campaign, draft.seq, desk, draft.language)["blocks"]
    elif record is not None:
        blocks = post_of(record, desk, draft.language)
    changed = wrong.post_id is None or (blocks, picture(draft, desk)) != (
        draft.blocks,
        draft.picture,
    )
    return blocks if changed else ()


def picture(draft: Draft, desk: Desk) -> Any:
    """Its picture as it would be drawn now; one that was uploaded stays."""
    if not isinstance(draft.picture, Drawn):
        return draft.picture
    record = desk.library.get(draft.picture.record_id)
    return record and drawn(draft.picture.kind, record, desk, draft.language)


def entry(wrong: Wrong, desk: Desk) -> Text | None:
    """The latest correction of its record since the text was taken from it."""
    record = desk.library.get(wrong.draft.record_id or "")
    made = sorted(record.corrections, key=lambda each: each.date) if record else []
    since = wrong.draft.made_from or ""
    return made[-1].text if made and made[-1].date.isoformat() >= since else None


def corrected(wrong: Wrong, words: str, desk: Desk) -> Draft | None:
    """The correction; None where it is not known yet what was wrong, or what is right.

    `words` are what was wrong, in one line, and below it the whole text as it should be; what is
    missing of that is taken from the record. It is none of the posts of a started campaign: what
    is wrong is put right also while that is paused or over.
    """
    draft, telling = wrong.draft, Telling(desk, wrong.draft.language)
    line, _, text = clean(words).partition("\n")
    found = entry(wrong, desk)
    said = line.strip() or (telling.own(found) if found else "")
    body = paragraphs(text, desk) if text.strip() else anew(wrong, desk)
    if not (said and body):
        return None
    day, record = desk.today(), desk.library.get(draft.record_id or "")
    label = telling.say("corrected.note", day=date_in(day, desk, draft.language))
    note = labelled(label, telling.citing.prose(said))
    corrects = Corrects(post=wrong.post_id, type=draft.type, day=day, what=without_citations(said))
    changes = {
        "blocks": (note, *body),
        "type": "correction",
        "schedule": None,
        "picture": picture(draft, desk),
        "grace_minutes": int(GRACE / timedelta(minutes=1)),
        "if_missed": IfMissed.SEND,
        "made_from": record.as_of.isoformat() if record else None,
        "variant_of": None,
        "based_on_revision": None,
        "run": None,
        "corrects": corrects,
    }
    return draft.model_copy(update=changes)
