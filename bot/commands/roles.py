"""Granting and revoking roles, and who has one."""

import re
from dataclasses import dataclass, replace

from bot.commands.desk import Desk
from bot.core.audit import role_of
from bot.core.people import PersonId, Role
from bot.core.records import Language
from bot.core.replies import SILENCE, Block, Button, Reply, Request, Span, plain

GRANTED = (Role.MODERATOR, Role.ADMIN)
"""What the chat can grant: owners are named in the settings alone."""

_ID = re.compile(r"[1-9][0-9]{0,15}")


def grant(request: Request, desk: Desk, line: str) -> Reply:
    """`ID ROLE`, or `ROLE` in reply to somebody's message; without a role it shows which."""
    person, words = _whom(request, line)
    role = next((each for each in GRANTED if words == [each.word]), None)
    if person is None or (words and role is None):
        return _in_private(request, _said(request, desk, "grant.usage"))
    if role is None:
        return _in_private(request, _choice(request, desk, person))
    return _in_private(request, _changed(request, desk, person, role))


def revoke(request: Request, desk: Desk, line: str) -> Reply:
    """`ID`, or in reply to somebody's message: they are a reader at once."""
    person, words = _whom(request, line)
    if person is None or words:
        return _in_private(request, _said(request, desk, "revoke.usage"))
    return _in_private(request, _changed(request, desk, person, Role.READER))


def roles(request: Request, desk: Desk, _: str) -> Reply:
    """Everyone with a role, and a button for each whose role can be changed."""
    language = request.language
    people = sorted(desk.people(), key=desk.role_of, reverse=True)
    rows = [
        Span(f"\n{_number(each)} – {desk.say(language, f'role.{desk.role_of(each).word}')}")
        for each in people
    ]
    title = Span(desk.say(language, "roles.title", n=len(people)), bold=True)
    how = Block((Span(desk.say(language, "roles.how")),))
    changeable = [each for each in people if each not in desk.owners]
    buttons = [[Button(_number(each), f"grant {_number(each)}")] for each in changeable]
    return Reply((Block((title, *rows)), how)).with_buttons(*buttons)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of role that took place, or the key of why it did not."""

    before: Role
    refused: str | None = None


def _changed(request: Request, desk: Desk, person: PersonId, role: Role) -> Reply:
    assert request.person is not None  # noqa: S101  # an anonymous one has no role
    change = _change(request.person, desk, person, role)
    values = {"id": _number(person), "role": _role(request.language, desk, role or change.before)}
    if change.refused:
        return _said(request, desk, change.refused, **values)
    desk.staff.load()
    told = (person, *(each for each in desk.people(Role.ADMIN) if each != person))
    notices = tuple(
        (each, _notice(each, request.person, desk, person, role))
        for each in told
        if each != request.person
    )
    done = _said(request, desk, "grant.done" if role else "revoke.done", **values)
    return replace(done, notices=notices, menus_of=(person,))


def _change(by: PersonId, desk: Desk, person: PersonId, role: Role) -> Change:
    """One decision in one transaction: the roles are those of the database, and nobody else
    changes any meanwhile."""
    with desk.new_uow() as uow:
        uow.roles.lock()
        before, now = desk.role_in(uow, person), desk.clock()
        if desk.role_in(uow, by) < Role.ADMIN:
            return Change(before, "grant.not-yours")
        if before is Role.OWNER:
            return Change(before, "grant.owner")
        if before is role:
            return Change(before, "grant.same" if role else "revoke.nothing")
        if role:
            uow.roles.grant(person, role, by, now)
        else:
            uow.roles.revoke(person)
            uow.feeds.remove(person)
            uow.inline_cards.forget(person)
            uow.notices.forget(person)
        if not desk.owners and Role.ADMIN not in uow.roles.all().values():
            return Change(before, "grant.last")
        what = "role.granted" if role else "role.revoked"
        uow.audit.append(by, what, role_of(person), now, before=before.word, after=role.word)
        uow.commit()
    return Change(before)


def _choice(request: Request, desk: Desk, person: PersonId) -> Reply:
    """The role that somebody has, and buttons for the others."""
    role, number = desk.role_of(person), _number(person)
    shown = _role(request.language, desk, role)
    reply = _said(request, desk, "grant.which", id=number, role=shown)
    if role is Role.OWNER:
        return _said(request, desk, "grant.owner", id=number, role=shown)
    buttons = [
        Button(_role(request.language, desk, each), f"grant {number} {each.word}")
        for each in GRANTED
        if each is not role
    ]
    end = Button(desk.say(request.language, "button.revoke"), f"revoke {number}")
    return reply.with_buttons(buttons, [end] if role > Role.READER else [])


def _notice(to: PersonId, by: PersonId, desk: Desk, person: PersonId, role: Role) -> Reply:
    language = desk.language_of(to, "en")
    whose = "you" if to == person else "other"
    key = f"notice.granted.{whose}" if role else f"notice.revoked.{whose}"
    values = {"id": _number(person), "by": _number(by), "role": _role(language, desk, role)}
    return plain(desk.say(language, key, **values))


def _whom(request: Request, line: str) -> tuple[PersonId | None, list[str]]:
    """Whom the line or the message it replies to names, and the other words."""
    words = line.lower().split()
    named = [each for each in words if _ID.fullmatch(each)]
    others = [each for each in words if each not in named]
    if len(named) == 1:
        return f"telegram:{named[0]}", others
    return (None if named else request.replied), others


def _in_private(request: Request, reply: Reply) -> Reply:
    """The same to the person alone: a group need not know who works on the bot."""
    if request.private or request.person is None:
        return reply
    own = (request.person, replace(reply, notices=(), menus_of=()))
    return replace(SILENCE, notices=(own, *reply.notices), menus_of=reply.menus_of)


def _role(language: Language, desk: Desk, role: Role) -> str:
    return desk.say(language, f"role.{role.word}")


def _number(person: PersonId) -> str:
    return person.rpartition(":")[2]


def _said(request: Request, desk: Desk, key: str, **values: object) -> Reply:
    return plain(desk.say(request.language, key, **values))
