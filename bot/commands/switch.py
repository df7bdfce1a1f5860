"""The switch by which the administrators of a group silence the bot there."""

from collections.abc import Callable

from bot.commands.desk import Desk
from bot.core.replies import Reply, Request, plain


def off(request: Request, desk: Desk, _: str) -> Reply:
    return _turned(request, desk, "switch.off", desk.choices.silence)


def on(request: Request, desk: Desk, _: str) -> Reply:
    return _turned(request, desk, "switch.on", desk.choices.speak_again)


def _turned(request: Request, desk: Desk, done: str, turn: Callable[[str], object]) -> Reply:
    if request.chat is None:
        return plain(desk.say(request.language, "switch.what"))
    if not request.manages:
        return plain(desk.say(request.language, "switch.refused"))
    turn(request.chat)
    return plain(desk.say(request.language, done))


def is_silent(request: Request, command: str, desk: Desk) -> bool:
    """Whether nothing may be said there, be it wrong: an administrator's /on is always heard."""
    return desk.choices.is_silent(request.chat) and not (request.manages and command == "on")
