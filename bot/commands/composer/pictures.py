"""The picture beside a draft: none, a fact card, or the chart of an attack's counts."""

from bot.commands.composer.overview import settle
from bot.commands.composer.sources import drawn
from bot.commands.composer.work import Work
from bot.core.records import Attack
from bot.core.replies import Reply, plain


def picture(work: Work, kind: str) -> Reply:
    """What can be drawn of the record that the draft is made from."""
    record = work.desk.library.get(work.draft.record_id or "")
    if kind == "none":
        return settle(work, picture=None)
    if record is None:
        source = work.button(work.say("button.draft.find"), "find")
        none = work.button(work.say("button.draft.none"), "picture", "none")
        told = plain(work.say("composer.no-record"))
        return told.with_buttons([source, none], [work.back()])
    if kind:
        made = drawn(kind, record, work.desk, work.draft.language)
        return settle(work, picture=made)
    kinds = ("none", "card", "tolls") if isinstance(record, Attack) else ("none", "card")
    ways = [work.button(work.say(f"button.draft.{each}"), "picture", each) for each in kinds]
    return plain(work.say("composer.ask-picture")).with_buttons(ways, [work.back()])
