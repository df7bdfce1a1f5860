"""The one table of commands, and the one way in for whatever a person types or presses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.commands import about, contents, find, moderation, support, timeline
from bot.commands.desk import Desk
from bot.core.people import Role
from bot.core.replies import SILENCE, Block, Reply, Request, Span, plain

Run = Callable[[Request, Desk, str], Reply]

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is typed. What it is for is the phrase `command.<name>`."""

    name: str
    run: Run
    usage: str = ""
    needs: Role = Role.READER

    @property
    def about(self) -> str:
        """The key of the phrase that says what it is for."""
        return f"command.{self.name}"

    def __str__(self) -> str:
        return f"/{self.name} {self.usage}".rstrip()


def respond(request: Request, desk: Desk) -> Reply:
    """Answer what a person typed: a command line, or else a question."""
    typed = _COMMAND.fullmatch(request.text.strip())
    if typed is None:
        return find.question(request, desk)
    name = typed[1].lower()
    command = BY_NAME.get(name)
    if command is None or desk.role_of(request.person) < command.needs:
        # To whom it is not open, a command does not exist; in a group it may be another bot's.
        known = request.private or request.addressed
        return plain(desk.say(request.language, "unknown-command", name=name)) if known else SILENCE
    if command.needs > Role.READER and not request.private:
        return plain(desk.say(request.language, "in-private", name=name))
    return command.run(request, desk, (typed[2] or "").strip())


def press(request: Request, desk: Desk) -> Reply:
    """Do what a button says. Its action is a command line, so typing can do all that it can."""
    return respond(replace(request, text=f"/{request.text}"), desk)


def receive(request: Request, desk: Desk) -> Reply:
    """Answer a file that a person sent; only admins may have one looked at."""
    if desk.role_of(request.person) < Role.ADMIN or request.document is None:
        return plain(desk.say(request.language, "document.refused"))
    return contents.receive(request, request.document, desk)


def open_to(role: Role) -> tuple[Command, ...]:
    """The commands that somebody of `role` may use."""
    return tuple(command for command in COMMANDS if command.needs <= role)


def help_(request: Request, desk: Desk, _: str) -> Reply:
    """The commands that this person may use."""
    language = request.language
    rows = [
        Span(
            "\n"
            + desk.say(language, "help.line", command=each, what=desk.say(language, each.about))
        )
        for each in open_to(desk.role_of(request.person))
    ]
    title = Span(desk.say(language, "help.title"), bold=True)
    return Reply((Block((title, *rows)), Block((Span(desk.say(language, "help.question")),))))


COMMANDS = (
    Command("start", about.start),
    Command("help", help_),
    Command("groups", find.groups),
    Command("group", find.group, "NAME"),
    Command("attacks", find.attacks, "[YEAR|PLACE|GROUP]"),
    Command("attack", find.attack, "NAME"),
    Command("myths", find.myths),
    Command("myth", find.myth, "NAME"),
    Command("topics", find.topics),
    Command("topic", find.topic, "NAME"),
    Command("timeline", timeline.timeline, "[NAME|YEAR]"),
    Command("search", find.search, "WORDS"),
    Command("sources", find.sources, "NAME"),
    Command("support", support.support),
    Command("about", about.about),
    Command("privacy", about.privacy),
    Command("compose", moderation.compose, "WHEN | TARGETS | TEXT", Role.MODERATOR),
    Command("posts", moderation.posts, "[drafts|review|upcoming|stuck|sent]", Role.MODERATOR),
    Command("post", moderation.post, "ID", Role.MODERATOR),
    Command("approve", moderation.approve, "ID", Role.MODERATOR),
    Command("return", moderation.send_back, "ID REASON", Role.MODERATOR),
    Command("cancel", moderation.cancel, "ID", Role.MODERATOR),
    Command("content", contents.content, "[undo]", Role.ADMIN),
    Command("reload", contents.reload, "[confirm]", Role.ADMIN),
)
BY_NAME = {command.name: command for command in COMMANDS}
