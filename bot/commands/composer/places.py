"""Where a draft goes: enabled channels and their topics as toggles, or typed by an answer."""

from collections.abc import Iterator

from bot.commands.composer.overview import note, overview
from bot.commands.composer.work import Work, keep
from bot.commands.guide import Guide
from bot.commands.pages import asked_page, page_of, turning
from bot.commands.targets import named, resolve
from bot.core.channels import NoTarget, Use
from bot.core.replies import Button, Reply, plain
from bot.core.text import cut, isolate

A_LIST = 10


def targets(work: Work, which: str) -> Reply:
    """Where the draft goes."""
    return choosing(work, work.draft.targets, which)


def choosing(work: Guide, held: tuple[str, ...], which: str) -> Reply:
    """What is chosen has a tick; pressing it again takes it away."""
    offered = list(_offered(work))
    others = [each for each in held if each not in dict(offered)]
    labels = dict(zip(held, named(held, work.desk), strict=True))
    offered += [(each, labels[each]) for each in others]
    shown, page = page_of(offered, asked_page(which)[1], A_LIST)
    rows = [[_toggle(work, target in held, target, label)] for target, label in shown]
    typed = work.button(work.say("button.draft.type"), "to")
    all_of_them = Button(work.say("button.channels"), "channels")
    chosen = work.say("join.comma").join(map(isolate, labels.values())) or "–"
    told = work.say("composer.ask-targets" if offered else "composer.no-channels", chosen=chosen)
    turns = turning(page, work.action("targets"))
    return plain(told).with_buttons(*rows, turns, [typed, all_of_them], [work.back()])


def toggle(work: Work, target: str) -> Reply:
    """Take a target away, or add it if posts can go there."""
    chosen = work.draft.targets
    if target in chosen:
        left = tuple(each for each in chosen if each != target)
        return keep(work, lambda now: targets(now, ""), overview, targets=left)
    return to(work, target)


def to(work: Work, written: str) -> Reply:
    """Add what was typed: one or several, separated by commas."""
    if not written:
        return work.ask("to", work.say("composer.type-targets"))
    listed = [each.strip() for each in written.split(",") if each.strip()]
    try:
        names = [resolve(each, work.desk) for each in listed]
    except NoTarget as error:
        return note(work, work.say(error.key, **error.values))
    together = tuple(dict.fromkeys((*work.draft.targets, *names)))
    return keep(work, lambda now: targets(now, ""), overview, targets=together)


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


def _toggle(work: Guide, is_chosen: bool, target: str, label: str) -> Button:
    mark = "✅" if is_chosen else "▫️"
    return work.button(f"{mark} {label}", "toggle", target)
