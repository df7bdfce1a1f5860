"""A message that a moderator sent or forwarded, offered as the text of a post."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.find import LONGEST_QUESTION
from bot.core.people import Role
from bot.core.replies import Button, Reply, Request, plain


def offer(request: Request, desk: Desk) -> Reply | None:
    """The offer, under the message itself, which alone holds the words until somebody presses.

    None for a question: what anybody else wrote, and what a moderator wrote in a line.
    """
    long = len(request.text) > LONGEST_QUESTION or "\n" in request.text.strip()
    if not (request.private and (request.forwarded or long)):
        return None
    if desk.role_of(request.person) < Role.MODERATOR:
        return None
    button = Button(desk.say(request.language, "button.take"), "take")
    told = plain(desk.say(request.language, "composer.offer")).with_buttons([button])
    return replace(told, under=True)
