"""A message that a moderator sent or forwarded, offered as a post or as the picture of one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.commands.desk import Desk
from bot.commands.find import LONGEST_QUESTION
from bot.core.people import Role
from bot.core.posts import PostState
from bot.core.replies import Button, Reply, Request, plain

MOST_DRAFTS = 3
"""Drafts to which a photo is offered, of the `MOST_LOOKED_AT` latest."""
MOST_LOOKED_AT = 50


def offer(request: Request, desk: Desk) -> Reply | None:
    """The offer, under the message itself, which alone holds it until somebody presses.

    None for a question: what anybody else wrote, and what a moderator wrote in a line.
    """
    long = len(request.text) > LONGEST_QUESTION or "\n" in request.text.strip()
    worth = request.forwarded or long or request.photo or request.misfit
    if not (request.private and worth) or desk.role_of(request.person) < Role.MODERATOR:
        return None
    if request.misfit:
        return plain(desk.say(request.language, f"composer.misfit.{request.misfit}"))
    button = Button(desk.say(request.language, "button.take"), "take")
    beside = [[each] for each in _drafts(request, desk)] if request.photo else []
    told = plain(desk.say(request.language, "composer.offer")).with_buttons([button], *beside)
    return replace(told, under=True)


def _drafts(request: Request, desk: Desk) -> Iterator[Button]:
    """The latest drafts of the person, to each of which the photo may belong."""
    with desk.new_uow() as uow:
        drafts = uow.posts.listed((PostState.DRAFT,), MOST_LOOKED_AT)
    own = (each for each in drafts if request.person in each.writers)
    for post in islice(own, MOST_DRAFTS):
        label = desk.say(request.language, "button.beside", id=post.id)
        yield Button(label, f"draft {post.id} {post.revision.number} beside")
