"""The picture beside a draft: none, drawn of its record, or a photo that was sent to the bot."""

from bot.commands.composer.overview import note, overview, settle
from bot.commands.composer.sources import drawn
from bot.commands.composer.work import Work, keep
from bot.core.posts import Uploaded
from bot.core.records import Attack
from bot.core.replies import Reply, plain
from bot.core.text import clean

SHORTEST_ALT = 15
"""Characters; less describes nothing."""


def picture(work: Work, kind: str) -> Reply:
    """What can be drawn of the record that the draft is made from, or a photo of one's own."""
    record, draft, say = work.desk.library.get(work.draft.record_id or ""), work.draft, work.say
    if kind == "none":
        return settle(work, picture=None)
    own = [work.button(say("button.draft.upload"), "upload")]
    if isinstance(draft.picture, Uploaded):
        own.append(work.button(say("button.draft.alt"), "alt"))
    if record is None:
        source = work.button(say("button.draft.find"), "find")
        none = work.button(say("button.draft.none"), "picture", "none")
        told = plain(say("composer.no-record"))
        return told.with_buttons(own, [source, none], [work.back()])
    if kind:
        made = drawn(kind, record, work.desk, draft.language)
        return settle(work, picture=made)
    kinds = ("none", "card", "tolls") if isinstance(record, Attack) else ("none", "card")
    ways = [work.button(say(f"button.draft.{each}"), "picture", each) for each in kinds]
    return plain(say("composer.ask-picture")).with_buttons(ways, own, [work.back()])


def upload(work: Work, caption: str) -> Reply:
    """Take the photo that answers the question; its caption may describe it already."""
    if work.request.misfit:
        return note(work, work.say(f"composer.misfit.{work.request.misfit}"))
    if not work.request.photo:
        told = work.say("composer.no-photo") if caption else ""
        return work.ask("upload", told, work.say("composer.type-upload"))
    return _taken(work, work.request.photo, caption)


def beside(work: Work, _: str) -> Reply:
    """Take the photo that the pressed button stands under."""
    if not work.request.quoted_photo:
        return note(work, work.say("composer.no-message"))
    return _taken(work, work.request.quoted_photo, work.request.quoted)


def alt(work: Work, words: str) -> Reply:
    """What the photo shows, in the language of the draft."""
    shown, described = work.draft.picture, " ".join(clean(words).split())
    if not isinstance(shown, Uploaded):
        return picture(work, "")
    if not described:
        name = work.desk.say(work.draft.language, "language.name")
        return work.ask("alt", work.say("composer.type-alt", least=SHORTEST_ALT, name=name))
    if len(described) < SHORTEST_ALT:
        return note(work, work.say("composer.short-alt", least=SHORTEST_ALT, n=len(described)))
    return settle(work, picture=Uploaded(file_id=shown.file_id, alt=described))


def undescribed(work: Work, *told: str) -> Reply | None:
    """The question what its photo shows, below what is `told`; None where there is none to ask."""
    shown = work.draft.picture
    if not isinstance(shown, Uploaded) or shown.alt:
        return None
    asked = alt(work, "")
    return work.ask("alt", *told, asked.text)


def _taken(work: Work, file_id: str, caption: str) -> Reply:
    described = " ".join(clean(caption).split())
    made = Uploaded(file_id=file_id, alt=described if len(described) >= SHORTEST_ALT else "")
    return keep(work, lambda now: undescribed(now) or overview(now), overview, picture=made)
