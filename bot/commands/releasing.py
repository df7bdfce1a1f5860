"""Lifting a hold: an admin, and then somebody else, after both were shown what would go out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.commands.desk import Desk
from bot.commands.holding import head
from bot.core.holds import SOON, Hold, Queue, Queued, Release, queue_of
from bot.core.people import PersonId, Role
from bot.core.ports import UnitOfWork
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.schedule import Occurrence, Step, next_step

MOST_LISTED = 10
"""Posts that each part of the queue lists; of more it says how many more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a press of the release button does: `lifted`; `asked` the others; shown to the `second`;
    `waits` for one; `changed`, as the queue is another one; or an `admin` has to begin."""

    outcome: str
    hold: Hold
    queue: Queue
    first: PersonId | None = None
    tell: tuple[PersonId, ...] = ()


def release(request: Request, desk: Desk, seen: str) -> Reply:
    """The first time it shows the queue and asks a second person; the second time it lifts."""
    assert request.person is not None  # noqa: S101  # an anonymous one has no role
    found = _step(request.person, desk, seen)
    if found is None:
        return plain(desk.say(request.language, "release.none"))
    if found.outcome == "lifted":
        return _lifted(request, desk, found)
    return _shown(request, desk, found)


def _step(person: PersonId, desk: Desk, seen: str) -> Asked | None:
    """One step in one transaction, in which nobody places or lifts a hold and nothing begins to be
    sent. `seen` is what a button was bound to; who types the command is taken to have seen what
    they were shown last."""
    with desk.new_uow() as uow:
        uow.holds.lock()
        hold = uow.holds.active()
        if hold is None:
            return None
        queue, role = queue_now(uow, desk), desk.role_in(uow, person)
        asked = uow.holds.asked(hold.number)
        if asked and _holds_still(asked, queue, uow, desk) and role >= Role.MODERATOR:
            found = _agreed(uow, person, desk, asked, seen, hold, queue)
        elif role >= Role.ADMIN:
            found = _begun(uow, person, desk, hold, queue)
        else:
            tell = (asked.person,) if asked else ()
            found = Asked("changed" if asked else "admin", hold, queue, tell=tell)
        uow.commit()
    return found


def _agreed(
    uow: UnitOfWork,
    person: PersonId,
    desk: Desk,
    asked: Release,
    seen: str,
    hold: Hold,
    queue: Queue,
) -> Asked:
    """Somebody comes to a request that holds: a second person who was shown the queue ends it."""
    if asked.person == person:
        return Asked("waits", hold, queue, person)
    if person in asked.shown_to and seen in ("", _binding(hold, queue)):
        now = desk.clock()
        uow.holds.lift(hold.number, now)
        uow.audit.append(person, "hold.lifted", f"hold {hold.number}", now, first=asked.person)
        return Asked("lifted", hold, queue, asked.person)
    uow.holds.ask(replace(asked, shown_to=tuple(dict.fromkeys((*asked.shown_to, person)))))
    return Asked("second", hold, queue, asked.person)


def _begun(uow: UnitOfWork, person: PersonId, desk: Desk, hold: Hold, queue: Queue) -> Asked:
    """An admin begins: their request takes the place of any other."""
    others, about = desk.others(person), f"hold {hold.number}"
    uow.holds.ask(Release(hold.number, person, queue.fingerprint, (person, *others)))
    uow.audit.append(person, "hold.release-asked", about, desk.clock(), queue=queue.fingerprint)
    return Asked("asked", hold, queue, person, others)


def queue_now(uow: UnitOfWork, desk: Desk) -> Queue:
    """What lifting a hold would let go."""
    now = desk.clock()
    waiting = uow.holds.waiting(now + SOON)
    drafts = uow.posts.drafts({each.post_id for each in waiting})

    def step(each: Queued) -> Step:
        draft = drafts[each.post_id]
        return next_step(Occurrence(each.at, ""), draft.if_missed, now, draft.grace)

    return queue_of(waiting, step)


def _holds_still(asked: Release, queue: Queue, uow: UnitOfWork, desk: Desk) -> bool:
    """Whether a request is about this very queue, and by somebody who may still make it."""
    is_admin = desk.role_in(uow, asked.person) >= Role.ADMIN
    return is_admin and asked.queue == queue.fingerprint


def _binding(hold: Hold, queue: Queue) -> str:
    return f"{hold.number} {queue.fingerprint[:16]}"


def _shown(request: Request, desk: Desk, found: Asked) -> Reply:
    """The queue with what is to be done next, and the same to those who are to do it."""
    own = _page(found, desk, request.language, f"release.{found.outcome}")
    if found.outcome == "asked" and not found.tell:
        own = _page(found, desk, request.language, "release.alone")
    key = "release.notice" if found.outcome == "asked" else "release.again"
    notices = [
        (
            each,
            _page(found, desk, desk.language_of(each, "en"), key).with_buttons(
                [_button(found, desk, desk.language_of(each, "en"))]
            ),
        )
        for each in found.tell
    ]
    if found.outcome == "second":
        own = own.with_buttons([_button(found, desk, request.language)])
    return Reply(own.blocks, own.buttons, tuple(notices))


def _lifted(request: Request, desk: Desk, found: Asked) -> Reply:
    """Done; everyone is told by whom."""
    by = {"first": _number(found.first), "second": _number(request.person)}
    counts = {"due": len(found.queue.due), "stale": len(found.queue.stale)}

    def told(language: Language) -> Reply:
        return plain(desk.say(language, "release.done", **by, **counts))

    notices = tuple(
        (each, told(desk.language_of(each, "en"))) for each in desk.others(request.person)
    )
    return Reply(told(request.language).blocks, notices=notices, reschedules=True)


def _page(found: Asked, desk: Desk, language: Language, key: str) -> Reply:
    said = plain(desk.say(language, key, first=_number(found.first)))
    queue = tuple(_parts(found.queue, desk, language))
    return Reply((*said.blocks, *head(found.hold, desk, language), *queue))


def _parts(queue: Queue, desk: Desk, language: Language) -> Iterator[Block]:
    parts = {"due": queue.due, "stale": queue.stale, "upcoming": queue.upcoming}
    for name, listed in parts.items():
        if listed:
            title = Span(desk.say(language, f"queue.{name}", n=len(listed)), bold=True)
            yield Block((title, *_rows(listed, desk, language)))
    if not any(parts.values()):
        yield from plain(desk.say(language, "queue.empty")).blocks


def _rows(listed: Sequence[Queued], desk: Desk, language: Language) -> Iterator[Span]:
    for each in listed[:MOST_LISTED]:
        values = {"id": each.post_id, "when": desk.local(each.at), "n": each.chats}
        yield Span("\n" + desk.say(language, "queue.row", **values))
    if len(listed) > MOST_LISTED:
        yield Span("\n" + desk.say(language, "queue.more", n=len(listed) - MOST_LISTED))


def _button(found: Asked, desk: Desk, language: Language) -> Button:
    label = desk.say(language, "button.release")
    return Button(label, f"release {_binding(found.hold, found.queue)}")


def _number(person: PersonId | None) -> str:
    return person.rpartition(":")[2] if person else ""
