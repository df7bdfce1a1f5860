"""On which terms a draft goes out: its type, the buttons below it, how late, who has to agree."""

import re
from collections.abc import Iterable

from bot.commands.briefs import pairs
from bot.commands.composer.overview import note, overview, settle
from bot.commands.composer.work import Work, keep
from bot.core.posts import BUTTONS, TYPES, PostButton, default_buttons, offered_buttons
from bot.core.replies import Button, Reply, plain
from bot.core.schedule import IfMissed
from bot.core.text import clean, cut, isolate

GRACES = (10, 30, 60, 180, 720)
"""Minutes, as buttons offer them."""
LONGEST_GRACE = 24 * 60
MISSED = {"send": IfMissed.SEND, "skip": IfMissed.SKIP, "ask": IfMissed.ASK}
FLAGS = ("scripture", "rapid", "previews")

_MINUTES = re.compile(r"(\d{1,4})( ?m(in(utes)?)?)?")


def more(work: Work, _: str = "") -> Reply:
    """What is seldom changed, as it is now, and a button for each."""
    draft, say = work.draft, work.say
    told = [
        say("composer.type", type=say(f"type.{draft.type}")),
        say("composer.buttons", buttons=_names(work, draft.buttons)),
        _lateness(work),
        *(say(f"composer.flag.{each}") for each in FLAGS if getattr(draft, each)),
    ]
    steps = [
        work.button(say("button.draft.kind"), "type"),
        work.button(say("button.draft.buttons"), "buttons"),
        work.button(say("button.draft.late"), "late"),
    ]
    flags = [
        [_toggle(work, say(f"button.draft.{each}"), getattr(draft, each), "flag", each)]
        for each in FLAGS
    ]
    return plain("\n".join(told)).with_buttons(steps, *flags, [work.back()])


def type_of(work: Work, which: str) -> Reply:
    """The types, or one of them, with what it needs; its usual buttons come with it."""
    say, draft = work.say, work.draft
    if which.lower() not in TYPES:
        ways = [_toggle(work, say(f"type.{t}"), t == draft.type, "type", t) for t in TYPES]
        return plain(say("composer.ask-type")).with_buttons(*pairs(ways), [_to_more(work)])
    [chosen] = (each for each in TYPES if each == which.lower())
    made = default_buttons(chosen, record=draft.record_id is not None)
    told = say("composer.typed", type=say(f"type.{chosen}"), buttons=_names(work, made))
    return settle(work, f"{told} {say(f'needs.{chosen}')}", type=chosen, buttons=made)


def buttons(work: Work, which: str) -> Reply:
    """The fixed set, what is chosen with a tick; what would lead nowhere is not offered."""
    draft = work.draft
    record = draft.record_id is not None
    offered = offered_buttons(draft.type, record=record)
    if which.lower() in offered:
        chosen = {*draft.buttons} ^ {which.lower()}
        made = tuple(each for each in BUTTONS if each in chosen)
        return keep(work, lambda now: buttons(now, ""), overview, buttons=made)
    ways = [
        _toggle(work, _name(work, each), each in draft.buttons, "buttons", each) for each in offered
    ]
    told = [work.say("composer.ask-buttons")]
    told += [work.say("needs.memorial")] if draft.type == "memorial" else []
    told += [] if record else [work.say("composer.no-sources")]
    return plain(*told).with_buttons(*pairs(ways), [_to_more(work)])


def late(work: Work, which: str) -> Reply:
    """How late it may go out, and what happens to a time that was missed."""
    if wanted := MISSED.get(which.lower()):
        return keep(work, lambda now: late(now, ""), overview, if_missed=wanted)
    say, draft = work.say, work.draft
    ways = [
        [_toggle(work, say(f"button.missed.{name}"), draft.if_missed is each, "late", name)]
        for name, each in MISSED.items()
    ]
    minutes = [work.button(say("button.draft.minutes", n=each), "grace", each) for each in GRACES]
    typed = work.button(say("button.draft.type"), "grace")
    spans = (minutes[:3], [*minutes[3:], typed]) if draft.if_missed is IfMissed.SEND else ()
    return plain(_lateness(work)).with_buttons(*ways, *spans, [_to_more(work)])


def grace(work: Work, written: str) -> Reply:
    """The minutes that it may be late by."""
    if not written:
        return work.ask("grace", work.say("composer.type-grace", most=LONGEST_GRACE))
    found = _MINUTES.fullmatch(written.lower())
    minutes = int(found[1]) if found else 0
    if not 1 <= minutes <= LONGEST_GRACE:
        shown = isolate(cut(clean(written), 40))
        return note(work, work.say("composer.no-grace", text=shown, most=LONGEST_GRACE))
    return keep(work, lambda now: late(now, ""), overview, grace_minutes=minutes)


def flag(work: Work, name: str) -> Reply:
    """Set what the post is marked as, or take the mark away."""
    if name not in FLAGS:
        return more(work)
    return keep(work, more, overview, **{name: not getattr(work.draft, name)})


def _lateness(work: Work) -> str:
    [name] = (name for name, each in MISSED.items() if each is work.draft.if_missed)
    return work.say(f"composer.missed.{name}", n=work.draft.grace_minutes)


def _name(work: Work, button: PostButton) -> str:
    return work.say(f"button.post.{button}")


def _names(work: Work, chosen: Iterable[PostButton]) -> str:
    return work.say("join.comma").join(_name(work, each) for each in chosen) or "–"


def _toggle(work: Work, label: str, is_on: bool, *action: str) -> Button:
    return work.button(f"{'✅' if is_on else '▫️'} {label}", *action)


def _to_more(work: Work) -> Button:
    return work.button(work.say("button.draft.less"), "more")
