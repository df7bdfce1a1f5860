"""What a draft says: own words, a record, or a post of a campaign."""

from typing import Any

from bot.commands.briefs import pairs
from bot.commands.briefs.telling import Telling
from bot.commands.citing import Citing
from bot.commands.composer.overview import note, settle
from bot.commands.composer.work import Work
from bot.commands.desk import Desk
from bot.commands.drawn import drawing_of
from bot.commands.find import find
from bot.commands.moderation.taken import of_record, rewritten, unknown_source
from bot.commands.pages import asked_page, page_of, turning
from bot.core.posts import Draft, Drawn, Picture, Uploaded, default_buttons
from bot.core.records import Campaign, Language, Record
from bot.core.records.campaigns import CampaignPost
from bot.core.replies import Block, Button, Reply, Span, plain
from bot.core.text import clean, cut, isolate

A_LIST = 8


def source(work: Work, _: str) -> Reply:
    """Where the text comes from."""
    ways = [
        work.button(work.say(f"button.draft.{step}"), step) for step in ("text", "find", "camps")
    ]
    return plain(work.say("composer.ask-source")).with_buttons(ways, [work.back()])


def text(work: Work, written: str) -> Reply:
    """Own words; a source is cited in them as in the content: `[@source-id]`."""
    if not written:
        return work.ask("text", work.say("composer.type-text"), work.say("composer.type-source"))
    if unknown := unknown_source(written, work.desk, work.language):
        return note(work, unknown)
    fields = rewritten(work.draft, written, work.desk)
    if not fields["blocks"]:
        return note(work, work.say("composer.no-text"))
    if work.draft.run:  # it goes on being that post of its campaign, with the sources of its record
        return settle(work, blocks=fields["blocks"])
    told = work.say("compose.announcement") if fields["type"] == "service" else ""
    return settle(work, told, **fields)


def search(work: Work, words: str) -> Reply:
    """Records that `words` may mean, as buttons."""
    if not words:
        return work.ask("find", work.say("composer.type-words"))
    found = find(words, work.desk).ids or work.desk.index.nearest(clean(words)[: A_LIST * 40])
    records = [work.desk.library.records[each] for each in found[:A_LIST]]
    if not records:
        return note(work, work.say("find.none", words=isolate(cut(clean(words), 80))))
    named = [work.button(each.name.in_language(work.language), "of", each.id) for each in records]
    again = work.button(work.say("button.draft.find"), "find")
    return plain(work.say("composer.ask-record")).with_buttons(
        *pairs(named), [again], [work.back()]
    )


def of(work: Work, record_id: str) -> Reply:
    """A record as a post."""
    record = work.desk.library.get(record_id)
    if record is None:
        return note(work, work.say("composer.record-gone", id=isolate(cut(record_id, 40))))
    told = of_record(record, work.desk, work.draft.language)
    none: dict[str, Any] = {} if work.draft.run else {"campaign": None, "seq": None}
    return settle(work, **told, **none, **redrawn(work, record))


def camps(work: Work, which: str) -> Reply:
    """The campaigns whose posts can be taken."""
    found, page = page_of(work.desk.library.of(Campaign), asked_page(which)[1], A_LIST)
    named = [work.button(each.name.in_language(work.language), "camp", each.id) for each in found]
    turns = turning(page, work.action("camps"))
    return plain(work.say("composer.ask-campaign")).with_buttons(
        *pairs(named), turns, [work.back()]
    )


def camp(work: Work, which: str) -> Reply:
    """The posts of a campaign, or one of them: `baat-karo`, `baat-karo 3`."""
    words, number = asked_page(which)
    name, _, seq = words.partition(" ")
    campaign = work.desk.library.get(name)
    if not isinstance(campaign, Campaign):
        return note(work, work.say("composer.record-gone", id=isolate(cut(name, 40))))
    if seq.isdecimal() and 1 <= int(seq) <= len(campaign.posts):
        return _taken(work, campaign, int(seq))
    shown, page = page_of(range(1, len(campaign.posts) + 1), number, A_LIST)
    rows = [[_of_series(work, campaign, each)] for each in shown]
    turns = turning(page, work.action("camp", campaign.id))
    asked = work.say("composer.ask-post", name=campaign.name.in_language(work.language))
    return plain(asked).with_buttons(*rows, turns, [work.back()])


def of_campaign(campaign: Campaign, seq: int, desk: Desk, language: Language) -> dict[str, Any]:
    """What a draft takes from post `seq` (from 1) of a campaign; no text if it is not told in this
    language."""
    post: CampaignPost = campaign.posts[seq - 1]
    headline, body = getattr(post.headline, language), getattr(post.text, language)
    citing = Citing(desk.library.sources)
    parts = [each for each in (body or "").split("\n\n") if each.strip()]
    told = (Block((Span(headline or "", bold=True),)), *(Block(citing.prose(p)) for p in parts))
    record = desk.library.get(post.record or "")
    return {
        "blocks": told if headline and body else (),
        "record_id": record.id if record else None,
        "made_from": record.as_of.isoformat() if record else None,
        "type": post.type,
        "buttons": default_buttons(post.type, record=record is not None),
        "campaign": campaign.id,
        "seq": seq,
    }


def in_language(draft: Draft, desk: Desk, language: Language) -> dict[str, Any]:
    """What changes in a draft that is told in another language; own words are to be written.

    Its type and its buttons stay as they were chosen.
    """
    campaign, record = (
        desk.library.get(draft.campaign or ""),
        desk.library.get(draft.record_id or ""),
    )
    told: dict[str, Any] = {"blocks": ()}
    if isinstance(campaign, Campaign) and draft.seq and draft.seq <= len(campaign.posts):
        told = of_campaign(campaign, draft.seq, desk, language)
    elif record:
        told = of_record(record, desk, language)
    picture: Picture | None = None
    if isinstance(draft.picture, Drawn) and record:
        picture = drawn(draft.picture.kind, record, desk, language)
    elif isinstance(draft.picture, Uploaded):
        picture = Uploaded(file_id=draft.picture.file_id)  # to be described in that language
    kept = {"type": draft.type, "buttons": draft.buttons}
    return {**told, **kept, "language": language, "picture": picture}


def drawn(kind: str, record: Record, desk: Desk, language: Language) -> Drawn | None:
    """The picture of a record as it would be drawn now; None for counts of no attack."""
    if kind not in ("card", "tolls"):
        return None
    drawing = drawing_of("card" if kind == "card" else "tolls", Telling(desk, language), record)
    if drawing is None:
        return None
    return Drawn.model_validate(
        {"kind": kind, "record_id": record.id, "fingerprint": drawing.fingerprint}
    )


def redrawn(work: Work, record: Record | None) -> dict[str, Any]:
    """The picture of a draft that is made from another record now."""
    picture = work.draft.picture
    if not isinstance(picture, Drawn):
        return {}
    made = drawn(picture.kind, record, work.desk, work.draft.language) if record else None
    return {"picture": made}


def _taken(work: Work, campaign: Campaign, seq: int) -> Reply:
    told = of_campaign(campaign, seq, work.desk, work.draft.language)
    if not told["blocks"]:
        name = work.desk.say(work.draft.language, "language.name")
        return note(work, work.say("composer.not-told", name=name))
    record = work.desk.library.get(told["record_id"] or "")
    return settle(work, **told, **redrawn(work, record))


def _of_series(work: Work, campaign: Campaign, seq: int) -> Button:
    headline = campaign.posts[seq - 1].headline.in_language(work.language)
    return work.button(f"{seq}. {headline}", "camp", campaign.id, seq)
