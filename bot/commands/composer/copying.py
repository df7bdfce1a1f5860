"""A post as the template of another: the same words, picture and buttons, without a time."""

from collections.abc import Iterable
from typing import Any

from bot.commands.composer.overview import overview
from bot.commands.composer.work import Work
from bot.commands.desk import Desk
from bot.commands.moderation.shown import attempt, no, number_in
from bot.commands.targets import named
from bot.core.audiences import audience_of
from bot.core.channels import Channel, address_of
from bot.core.people import PersonId, Role
from bot.core.ports import UnitOfWork
from bot.core.posting import write
from bot.core.posts import Draft, Event, Post, PostState
from bot.core.replies import Reply, Request
from bot.core.text import isolate


def template(request: Request, desk: Desk, number: str) -> Reply:
    """Open a new draft that says the same; the one that was opened before, if it is untouched."""
    post_id, person = number_in(number), request.person
    with desk.new_uow() as uow:
        post = uow.posts.get(post_id) if post_id is not None else None
        if post is None or person is None or desk.role_in(uow, person) < Role.MODERATOR:
            return no(request, desk, "post.unknown")
        kept = tuple(_open(post.draft.targets, uow.channels.all()))
        draft = _anew(post.draft).model_copy(update={"targets": kept})
        tried = attempt(request, desk, Event.EDIT)
        made = write(uow, person, draft, tried, _origin(uow, post, person))
        uow.commit()
    told = [desk.say(request.language, "composer.template", id=post.id)]
    if gone := [each for each in post.draft.targets if each not in kept]:
        names = desk.say(request.language, "join.comma").join(map(isolate, named(gone, desk)))
        told.append(desk.say(request.language, "composer.template-gone", targets=names))
    return overview(Work(request, desk, made), *told)


def _anew(draft: Draft) -> Draft:
    """A post of its own, which belongs to no started campaign and is no version of another; of a
    correction the text that it put right, without the note above it."""
    fields: dict[str, Any] = {
        "schedule": None,
        "variant_of": None,
        "based_on_revision": None,
        "run": None,
    }
    if draft.corrects:
        own = Draft(blocks=draft.blocks[1:], targets=(), type=draft.corrects.type)
        fields |= own.model_dump(include={"type", "if_missed", "grace_minutes", "corrects"})
        fields["blocks"] = own.blocks
    return draft.model_copy(update=fields)


def _open(targets: Iterable[str], channels: list[Channel]) -> Iterable[str]:
    """Subscribers, private chats, and the channels that posts can go to."""
    for target in targets:
        address = address_of(target)
        channel = address.among(channels) if address else None
        private = address.is_person if address else audience_of(target)
        if private or (channel and channel.takes_posts):
            yield target


def _origin(uow: UnitOfWork, post: Post, person: PersonId) -> str:
    """That of the first copy by this person that nobody has worked on, made or yet to be made."""
    number = 1
    while True:
        origin = f"template:{post.id}:{post.revision.number}:{person}:{number}"
        made = uow.posts.of_origin(origin)
        if made is None or (made.state, made.revision.number) == (PostState.DRAFT, 1):
            return origin
        number += 1
