"""The switch by which the administrators of a group silence the bot there."""

from bot.commands.desk import Desk
from bot.core.replies import Reply, Request, plain


def off(request: Request, desk: Desk, _: str) -> Reply:
    if request.chat is None:
        return plain(desk.say(request.language, "switch.what"))
    if not request.manages:
        return plain(desk.say(request.language, "switch.refused"))
    desk.choices.silence(request.chat)
    return plain(desk.say(request.language, "switch.off"))


def on(request: Request, desk: Desk, _: str) -> Reply:
    if request.chat is None:
        return plain(desk.say(request.language, "switch.what"))
    if not request.manages:
        return plain(desk.say(request.language, "switch.refused"))
    desk.choices.speak_again(request.chat)
    return plain(desk.say(request.language, "switch.on"))


def is_silent(request: Request, command: str, desk: Desk) -> bool:
    """Whether nothing may be said there, be it wrong: an administrator's /on is always heard."""
    return desk.choices.is_silent(request.chat) and not (request.manages and command == "on")
