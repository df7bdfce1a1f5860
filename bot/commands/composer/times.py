"""Single times of a post that repeats: each can be moved or dropped, to be approved anew."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice, takewhile

from bot.commands.composer import picking
from bot.commands.composer.differing import in_words
from bot.commands.composer.overview import overview
from bot.commands.composer.slots import Slot
from bot.commands.composer.work import Work
from bot.commands.desk import Desk
from bot.commands.moderation.deciding import submitted
from bot.commands.moderation.shown import attempt, no, number_in, refused
from bot.core.posting import edit
from bot.core.posts import Event, PostState, Refusal
from bot.core.replies import Button, Reply, Request, plain
from bot.core.schedule import Change, NotASchedule, NotATime, Occurrence
from bot.core.text import clean, cut, isolate

MOST_SHOWN = 6
ALL = "all"
"""In place of one time."""
LATER = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


def times(request: Request, desk: Desk, line: str) -> Reply:
    """The next times of a post, or a step on one: `N [REVISION TIME [STEP [VALUE]]]`."""
    number, revision, wall, step, value = (*line.split(None, 4), "", "", "", "", "")[:5]
    post_id = number_in(number)
    with desk.new_uow() as uow:
        post = uow.posts.get(post_id) if post_id is not None else None
    if post is None:
        return no(request, desk, "post.unknown")
    slot = Slot(request, desk, post, wall)
    if not post.has_times:
        return no(request, desk, "times.none", id=post.id)
    try:
        return _step(slot, revision, step, value.strip())
    except NotASchedule as error:
        return no(request, desk, error.key, **error.values)


def _step(slot: Slot, revision: str, step: str, value: str) -> Reply:
    if not slot.wall:
        return listed(slot)
    if revision != str(slot.post.revision.number):
        return _stale(slot, number_in(revision) or slot.post.revision.number)
    if slot.wall == ALL:
        return _kept(slot, (), slot.say("times.undone"))
    found = slot.found()
    if found is None:
        return listed(slot, slot.say("times.gone", when=isolate(cut(clean(slot.wall), 20))))
    return STEPS.get(step, ask)(slot, found, value)


def listed(slot: Slot, *told: str) -> Reply:
    """What is to come, a button each."""
    say, desk = slot.say, slot.desk
    rows = [
        [slot.at(slot.wall_of(each)).button(desk.local(each.at), "open")]
        for each in islice(slot.coming(), MOST_SHOWN)
    ]
    if slot.schedule and slot.schedule.changes:
        rows.append([slot.at(ALL).button(say("button.times.undo"), "undo")])
    rows.append([Button(say("button.times.post"), f"post {slot.post.id}")])
    return plain(*told, say("times.listed", id=slot.post.id)).with_buttons(*rows)


def ask(slot: Slot, found: Occurrence, _: str) -> Reply:
    """What shall become of one."""
    at, say = found.at.astimezone(slot.desk.zone), slot.say
    later = [
        slot.button(say(f"button.times.{name}"), "time", f"{at + by:%Y-%m-%d %H:%M}")
        for name, by in LATER.items()
    ]
    others = [
        slot.button(say("button.draft.month"), "month"),
        slot.button(say("button.draft.type"), "time"),
    ]
    drop = slot.button(say("button.times.drop"), "drop")
    told = say("times.ask", when=isolate(slot.desk.local(found.at)), id=slot.post.id)
    return plain(told).with_buttons(later, others, [drop], [slot.back()])


def drop(slot: Slot, found: Occurrence, _: str) -> Reply:
    """Let it not go out at that time."""
    if next(islice(slot.coming(), 1, None), None) is None:
        return listed(slot, slot.say("times.last", id=slot.post.id))
    told = slot.say("times.dropped", when=isolate(slot.desk.local(found.at)))
    return _changed(slot, Change(slot=found.key), told)


def move(slot: Slot, found: Occurrence, written: str) -> Reply:
    """Let it go out at another time, picked or typed."""
    if not written:
        return slot.ask("time", slot.say("times.type"))
    try:
        to = slot.moment(written)
    except NotATime as error:
        values = {"when": isolate(cut(clean(written), 40)), **error.values}
        return listed(slot, slot.say(error.key, **values))
    if any(each.at == to for each in takewhile(lambda each: each.at <= to, slot.coming())):
        return listed(slot, slot.say("times.taken", when=isolate(slot.desk.local(to))))
    before, after = (isolate(slot.desk.local(each)) for each in (found.at, to))
    told = slot.say("times.moved", before=before, after=after)
    return _changed(slot, Change(slot=found.key, to=to), told)


STEPS: Mapping[str, Callable[[Slot, Occurrence, str], Reply]] = {
    "open": ask,
    "drop": drop,
    "time": move,
    "month": lambda slot, _, value: picking.month(slot, value),
    "day": lambda slot, _, value: picking.day(slot, value),
}


def _stale(slot: Slot, seen: int) -> Reply:
    """What is to come now, below what changed since the revision that was `seen`."""
    return listed(slot, slot.say("times.stale", id=slot.post.id), in_words(slot, seen))


def _changed(slot: Slot, change: Change, told: str) -> Reply:
    before = slot.schedule.changes if slot.schedule else ()
    others = tuple(each for each in before if each.slot != change.slot)
    return _kept(slot, (*others, change), told)


def _kept(slot: Slot, changes: tuple[Change, ...], told: str) -> Reply:
    """A new revision; what was in review, or approved, goes to the review at once."""
    if slot.schedule is None:
        return listed(slot)
    schedule = slot.schedule.with_changes(changes)
    draft = slot.draft.model_copy(update={"schedule": schedule})
    request, desk = slot.request, slot.desk
    with desk.new_uow() as uow:
        now = uow.posts.take(slot.post.id)
        if now and (now.state, now.revision) != (slot.post.state, slot.post.revision):
            return _stale(replace(slot, post=now), slot.post.revision.number)
        tried = replace(attempt(request, desk, Event.EDIT), role=desk.role_in(uow, request.person))
        done = edit(uow, slot.post.id, tried, draft)
        uow.commit()
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    if slot.post.state is PostState.DRAFT:
        return overview(Work(request, desk, done), told)
    shown = submitted(request, desk, done)
    head = plain(told, slot.say("times.again", id=done.id)).blocks
    return replace(shown, blocks=(*head, *shown.blocks))
