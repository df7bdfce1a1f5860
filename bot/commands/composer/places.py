"""Where a draft goes: enabled channels and their topics as toggles, or typed by an answer."""

from collections.abc import Iterator

from bot.commands.audiences import counted
from bot.commands.composer.overview import note, overview
from bot.commands.composer.work import Work, keep
from bot.commands.desk import Desk
from bot.commands.guide import Guide
from bot.commands.pages import asked_page, page_of, turning
from bot.commands.subscribing import topics
from bot.commands.targets import in_words, resolve
from bot.core.audiences import Audience
from bot.core.channels import NoTarget, Use
from bot.core.posts import Draft
from bot.core.replies import Button, Reply, plain
from bot.core.text import cut, isolate

A_LIST = 10
LONGEST_ACTION = 56
"""Bytes of a button's action, with room for longer numbers. A longer target goes by its place."""


def targets(work: Work, which: str) -> Reply:
    """Where the draft goes."""
    return choosing(work, work.draft.targets, work.draft.campaign, which)


def choosing(work: Guide, held: tuple[str, ...], campaign: str | None, which: str) -> Reply:
    """What is chosen has a tick; pressing it again takes it away."""
    draft = Draft(blocks=(), targets=held, campaign=campaign)
    channels = list(_offered(work))
    offered = list(channels)
    others = [each for each in held if each not in dict(offered)]
    words = in_words(draft, work.desk, work.language)
    labels = dict(zip(held, words, strict=True))
    readers = dict(_readers(work, draft))
    offered += [(each, labels[each]) for each in others if each not in readers]
    offered += readers.items()
    shown, page = page_of(offered, asked_page(which)[1], A_LIST)
    rows = [[_toggle(work, held, target, label)] for target, label in shown]
    typed = work.button(work.say("button.draft.type"), "to")
    to_channels = Button(work.say("button.target.channels"), "channels")
    chosen = work.say("join.comma").join(map(isolate, labels.values())) or "–"
    key = "composer.ask-targets" if channels else "composer.no-channels"
    told = work.say(key, chosen=chosen)
    turns = turning(page, work.action("targets"))
    return plain(told).with_buttons(*rows, turns, [typed, to_channels], [work.back()])


def toggle(work: Work, value: str) -> Reply:
    """Take a target away, or add it if posts can go there."""
    chosen = work.draft.targets
    target = meant(value, chosen)
    if target in chosen:
        left = tuple(each for each in chosen if each != target)
        return keep(work, lambda now: targets(now, ""), overview, targets=left)
    return to(work, target)


def meant(value: str, chosen: tuple[str, ...]) -> str:
    """The target that a button names; `=N` is the Nth that is chosen."""
    place = value.removeprefix("=")
    numbered = value != place and place.isdecimal() and int(place) < len(chosen)
    return chosen[int(place)] if numbered else value


def to(work: Work, written: str) -> Reply:
    """Add what was typed: one or several, separated by commas."""
    if not written:
        return work.ask("to", work.say("composer.type-targets"))
    try:
        together = joined(work.draft.targets, written, work.desk)
    except NoTarget as error:
        return note(work, work.say(error.key, **error.values))
    return keep(work, lambda now: targets(now, ""), overview, targets=together)


def joined(chosen: tuple[str, ...], written: str, desk: Desk) -> tuple[str, ...]:
    """What is chosen already and what was typed, each once. Raises `NoTarget`."""
    listed = (each.strip() for each in written.split(","))
    return tuple(dict.fromkeys((*chosen, *(resolve(each, desk) for each in listed if each))))


def _offered(work: Guide) -> Iterator[tuple[str, str]]:
    """Each enabled channel and topic as a delivery names it and as people do."""
    with work.desk.new_uow() as uow:
        channels, topics = uow.channels.all(), uow.channels.topics()
    for channel in channels:
        if channel.use is not Use.ENABLED:
            continue
        title = cut(channel.look.title or channel.name, 40)
        yield str(channel.chat_id), title
        for topic in topics:
            if topic.chat_id == channel.chat_id:
                yield topic.target, f"{title} › {cut(topic.name, 20)}"


def _readers(work: Guide, draft: Draft) -> Iterator[tuple[str, str]]:
    """Subscribers, and those of the kinds and of the campaign of the draft, with their number."""
    about = ("", *topics(work.desk), *([draft.campaign] if draft.campaign else []))
    audiences = tuple(str(Audience(each)) for each in about)
    meant = draft.model_copy(update={"targets": audiences})
    yield from counted(meant, work.desk, work.language, "target.toggle").items()


def _toggle(work: Guide, chosen: tuple[str, ...], target: str, label: str) -> Button:
    mark = "✅" if target in chosen else "▫️"
    long = len(work.action("toggle", target)) > LONGEST_ACTION
    value = f"={chosen.index(target)}" if long and target in chosen else target
    return work.button(f"{mark} {label}", "toggle", value)
