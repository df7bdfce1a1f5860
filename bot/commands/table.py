"""The one table of commands, and the one way in for whatever a person types or presses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.commands import (
    about,
    auditing,
    campaigns,
    channels,
    composer,
    contents,
    correcting,
    corrections,
    drawn,
    feeds,
    find,
    forgetting,
    holding,
    inline,
    language,
    maps,
    moderation,
    months,
    quizzes,
    releasing,
    reports,
    results,
    roles,
    status,
    subscribing,
    support,
    switch,
    timeline,
    today,
    wrong,
)
from bot.commands.desk import Desk
from bot.commands.in_groups import short
from bot.core.people import Role
from bot.core.records import Language
from bot.core.replies import SILENCE, Block, Reply, Request, Span, plain

Run = Callable[[Request, Desk, str], Reply]

QUESTION = ""
"""Stands for the name of a command where what was typed is none."""

HELP = {
    Role.READER: "help.title",
    Role.MODERATOR: "help.moderators",
    Role.ADMIN: "help.admins",
}
"""Under which title each role's commands stand."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is typed. What it is for is the phrase `command.<name>`.

    One that is not `listed` is for buttons: it can be typed, and no menu shows it. A `quick` one
    answers from memory alone. `managed` ones are for the administrators of a group. One that needs
    a role is used in private; `anywhere` else only where it answers in private nevertheless. The
    answer of a `whole` one is not shortened in a group.
    """

    name: str
    run: Run
    usage: str = ""
    needs: Role = Role.READER
    listed: bool = True
    quick: bool = False
    managed: bool = False
    anywhere: bool = False
    whole: bool = False

    @property
    def about(self) -> str:
        """The key of the phrase that says what it is for."""
        return f"command.{self.name}"

    def __str__(self) -> str:
        return f"/{self.name} {self.usage}".rstrip()


def respond(request: Request, desk: Desk) -> Reply:
    """Answer what a person typed: a command line, or else a question."""
    request = language.in_chosen_language(request, desk)
    name, argument = _understood(request.text)
    if switch.is_silent(request, name, desk):
        return SILENCE
    if name == QUESTION:
        return _untold(request, desk)
    reply, command = _run(name, argument, request, desk), BY_NAME.get(name)
    if request.private or (command and command.whole):
        return reply
    return short(reply, name, argument, desk, request.language)


def _understood(text: str) -> tuple[str, str]:
    """The command and its words; a link from a group (`/start timeline_2016`) leads to one."""
    typed = _COMMAND.fullmatch(text.strip())
    if typed is None:
        return QUESTION, text
    name, argument = typed[1].lower(), (typed[2] or "").strip()
    if name == "start":
        linked, _, words = argument.partition("_")
        command = BY_NAME.get(linked)
        if command and command.listed and command.needs is Role.READER and linked != "start":
            return linked, words
    return name, argument


def _untold(request: Request, desk: Desk) -> Reply:
    """What is no command: a question, or a message that may become a post."""
    if offered := composer.offer(request, desk):
        return offered
    if (request.photo or request.misfit) and not request.text.strip():
        return plain(desk.say(request.language, "document.refused"))
    return find.question(request, desk)


def _run(name: str, argument: str, request: Request, desk: Desk) -> Reply:
    command = BY_NAME.get(name)
    if command is None or _lacks_role(request, desk, command):
        # To whom it is not open, a command does not exist; in a group it may be another bot's.
        known = request.private or request.addressed
        return plain(desk.say(request.language, "unknown-command", name=name)) if known else SILENCE
    if command.needs > Role.READER and not (request.private or command.anywhere):
        return plain(desk.say(request.language, "in-private", name=name))
    return command.run(request, desk, argument)


def _lacks_role(request: Request, desk: Desk, command: Command) -> bool:
    """Looked up at the moment of use, for what is typed and what is pressed alike."""
    return command.needs > Role.READER and desk.role_now(request.person) < command.needs


def is_quick(text: str, *, typed: bool) -> bool:
    """Whether what was typed, or pressed, is answered from memory alone."""
    command = BY_NAME.get(_understood(text if typed else f"/{text}")[0])
    return command.quick if command else True


def for_managers(text: str) -> bool:
    """Whether what was typed is only for the administrators of a group."""
    command = BY_NAME.get(_understood(text)[0])
    return command is not None and command.managed


def press(request: Request, desk: Desk) -> Reply:
    """Do what a button says. Its action is a command line, so typing can do all that it can."""
    return respond(replace(request, text=f"/{request.text}"), desk)


def receive(request: Request, desk: Desk) -> Reply:
    """Answer a file that a person sent; only admins may have one looked at."""
    request = language.in_chosen_language(request, desk)
    if desk.role_now(request.person) < Role.ADMIN or request.document is None:
        return plain(desk.say(request.language, "document.refused"))
    return contents.receive(request, request.document, desk)


def open_to(role: Role) -> tuple[Command, ...]:
    """The commands that are shown to somebody of `role`."""
    return tuple(each for each in COMMANDS if each.listed and each.needs <= role)


def help_(request: Request, desk: Desk, _: str) -> Reply:
    """The commands that this person may use."""
    language, open_ = request.language, open_to(desk.role_of(request.person))
    blocks = (
        _listed([each for each in open_ if each.needs is role], desk, language, title)
        for role, title in HELP.items()
        if any(each.needs is role for each in open_)
    )
    return Reply((*blocks, *plain(desk.say(language, "help.question")).blocks))


def _listed(commands: list[Command], desk: Desk, language: Language, title: str) -> Block:
    rows = (
        desk.say(language, "help.line", command=each, what=desk.say(language, each.about))
        for each in commands
    )
    head = Span(desk.say(language, title), bold=True)
    return Block((head, *(Span(f"\n{row}") for row in rows)))


COMMANDS = (
    Command("start", about.start, quick=True),
    Command("help", help_, quick=True),
    Command("groups", find.groups, quick=True),
    Command("group", find.group, "NAME", quick=True),
    Command("attacks", find.attacks, "[YEAR|PLACE|GROUP]", quick=True),
    Command("attack", find.attack, "NAME", quick=True),
    Command("myths", find.myths, quick=True),
    Command("myth", find.myth, "NAME", quick=True),
    Command("topics", find.topics, quick=True),
    Command("topic", find.topic, "NAME", quick=True),
    Command("timeline", timeline.timeline, "[NAME|YEAR]", quick=True),
    Command("today", today.today),
    Command("map", maps.map_),
    Command("quiz", quizzes.quiz, "[NAME]", quick=True),
    Command("search", find.search, "WORDS", quick=True),
    Command("sources", find.sources, "NAME", quick=True),
    Command("corrections", corrections.corrections),
    Command("picture", drawn.picture, "NAME", listed=False, quick=True),
    Command("tolls", drawn.tolls, "NAME", listed=False, quick=True),
    Command("inline", inline.inline, "ID [LANGUAGE]", listed=False, quick=True),
    Command("card", find.card, "ID CARD", listed=False, quick=True),
    Command("none", find.none, listed=False, quick=True),
    Command("support", support.support, quick=True, whole=True),
    Command("subscribe", subscribing.subscribe, "[TOPIC...]"),
    Command("unsubscribe", subscribing.unsubscribe, "[TOPIC...]"),
    Command("language", language.language, "[LANGUAGE]"),
    Command("wrong", wrong.wrong, "[RECORD] [TEXT]"),
    Command("wish", wrong.wish, "TOKEN", listed=False),
    Command("about", about.about, quick=True),
    Command("privacy", forgetting.privacy, quick=True),
    Command("forgetme", forgetting.forgetme),
    Command("off", switch.off, managed=True),
    Command("on", switch.on, managed=True),
    Command("compose", composer.compose, "[WHEN | TARGETS | TEXT]", Role.MODERATOR),
    Command("draft", composer.draft, "ID", Role.MODERATOR, listed=False),
    Command("template", composer.template, "ID", Role.MODERATOR, listed=False),
    Command("times", composer.times, "ID", Role.MODERATOR, listed=False),
    Command("take", composer.take, needs=Role.MODERATOR, listed=False),
    Command("posts", moderation.posts, "[drafts|review|upcoming|stuck|sent]", Role.MODERATOR),
    Command("post", moderation.post, "ID", Role.MODERATOR),
    Command("approve", moderation.approve, "ID", Role.MODERATOR),
    Command("return", moderation.send_back, "ID REASON", Role.MODERATOR),
    Command("cancel", moderation.cancel, "ID", Role.MODERATOR),
    Command("submit", moderation.submit, "ID", Role.MODERATOR, listed=False),
    Command("pause", moderation.pause, "ID", Role.MODERATOR, listed=False),
    Command("resume", moderation.resume, "ID", Role.MODERATOR, listed=False),
    Command("correct", correcting.correct, "ID", Role.MODERATOR),
    Command("resend", moderation.resend, "ID TARGET", Role.MODERATOR, listed=False),
    Command("missed", moderation.missed, "ID =ROW send|drop", Role.MODERATOR, listed=False),
    Command("campaigns", campaigns.campaigns, "", Role.MODERATOR),
    Command("campaign", campaigns.campaign, "ID", Role.MODERATOR),
    Command("run", campaigns.run, "ID", Role.MODERATOR, listed=False),
    Command("calendar", months.calendar, "[YYYY-MM]", Role.MODERATOR),
    Command("onday", months.on_day, "DATE", Role.MODERATOR, listed=False),
    Command("moon", months.moon, "ID YEAR|DATE", Role.ADMIN, listed=False),
    Command("channels", channels.channels, "[enable|disable|check NAME]", Role.MODERATOR),
    Command("feed", feeds.feed, "[new|off]", Role.MODERATOR),
    Command("reports", reports.reports, "", Role.MODERATOR),
    Command("report", reports.report, "ID [ANSWER|close]", Role.MODERATOR),
    Command("results", results.results, "[ID]", Role.MODERATOR),
    Command("pack", results.pack, "CAMPAIGN", Role.MODERATOR, listed=False),
    Command("hold", holding.hold, "REASON", Role.MODERATOR),
    Command("release", releasing.release, "", Role.MODERATOR),
    Command("exempt", holding.exempt, "ID", Role.ADMIN, listed=False),
    Command("grant", roles.grant, "ID ROLE", Role.ADMIN, anywhere=True),
    Command("revoke", roles.revoke, "ID", Role.ADMIN, anywhere=True),
    Command("roles", roles.roles, "", Role.ADMIN),
    Command("audit", auditing.audit, "[ID|post ID]", Role.ADMIN),
    Command("status", status.status, "", Role.ADMIN),
    Command("content", contents.content, "[undo]", Role.ADMIN),
    Command("reload", contents.reload, "[confirm]", Role.ADMIN),
)
BY_NAME = {command.name: command for command in COMMANDS}
