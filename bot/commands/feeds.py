"""/feed: the secret address under which a moderator's calendar app fetches the posts."""

from bot.commands.desk import Desk
from bot.core.feeds import hash_of, new_secret
from bot.core.people import PersonId
from bot.core.replies import Button, Reply, Request, plain

PATH = "/calendar/{secret}.ics"
"""Below the root of the HTTP side."""


def feed(request: Request, desk: Desk, line: str) -> Reply:
    """Make the address where there is none; `new` ends the old one for it, `off` for none."""
    assert request.person is not None  # noqa: S101  # an anonymous one has no role
    match line.strip().lower():
        case "off":
            return _ended(request, request.person, desk)
        case "" | "new" if not desk.web_root:
            return _said(request, desk, "feed.operator")
        case "new":
            return _made(request, request.person, desk)
        case "":
            return _there(request, request.person, desk) or _made(request, request.person, desk)
        case _:
            return _said(request, desk, "feed.usage")


def _there(request: Request, person: PersonId, desk: Desk) -> Reply | None:
    with desk.new_uow() as uow:
        made_at = uow.feeds.made_at(person)
    if made_at is None:
        return None
    told = _said(request, desk, "feed.there", when=desk.local(made_at))
    return told.with_buttons(_buttons(request, desk))


def _made(request: Request, person: PersonId, desk: Desk) -> Reply:
    secret = new_secret()
    with desk.new_uow() as uow:
        uow.feeds.give(person, hash_of(secret), desk.clock())
        uow.commit()
    say, language = desk.say, request.language
    public = desk.web_root.startswith("https://")
    return plain(
        say(language, "feed.made"),
        desk.web_root + PATH.format(secret=secret),
        say(language, "feed.how"),
        "" if public else say(language, "feed.local"),
    ).with_buttons(_buttons(request, desk))


def _ended(request: Request, person: PersonId, desk: Desk) -> Reply:
    with desk.new_uow() as uow:
        there = uow.feeds.remove(person)
        uow.commit()
    return _said(request, desk, "feed.ended" if there else "feed.nothing")


def _buttons(request: Request, desk: Desk) -> tuple[Button, ...]:
    say, language = desk.say, request.language
    new = Button(say(language, "button.feed.new"), "feed new")
    return (new, Button(say(language, "button.feed.off"), "feed off"))


def _said(request: Request, desk: Desk, key: str, **values: object) -> Reply:
    return plain(desk.say(request.language, key, **values))
