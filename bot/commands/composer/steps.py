"""The way in: `/compose` begins a draft, and `/draft N REVISION STEP VALUE` takes a step on it."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.commands.composer import (
    checking,
    languages,
    picking,
    pictures,
    places,
    repeating,
    sources,
    terms,
    trying,
)
from bot.commands.composer.overview import overview
from bot.commands.composer.work import Show, Work, stale
from bot.commands.desk import Desk
from bot.commands.moderation.composing import compose as compose_in_one_line
from bot.commands.moderation.shown import attempt, no, number_in
from bot.commands.moderation.taken import own_words, unknown_source
from bot.core.people import PersonId, Role
from bot.core.ports import UnitOfWork
from bot.core.posting import write
from bot.core.posts import Draft, Event, Post, PostState, Uploaded
from bot.core.replies import Reply, Request

STEPS: Mapping[str, Callable[[Work, str], Reply]] = {
    "open": lambda work, _: overview(work),
    "source": sources.source,
    "text": sources.text,
    "find": sources.search,
    "of": sources.of,
    "camps": sources.camps,
    "camp": sources.camp,
    "languages": languages.languages,
    "language": languages.language,
    "version": languages.version,
    "based": languages.based,
    "targets": places.targets,
    "toggle": places.toggle,
    "to": places.to,
    "when": picking.when,
    "month": picking.month,
    "day": picking.day,
    "time": picking.at_time,
    "repeats": repeating.repeats,
    "end": repeating.end,
    "picture": pictures.picture,
    "upload": pictures.upload,
    "beside": pictures.beside,
    "alt": pictures.alt,
    "more": terms.more,
    "type": terms.type_of,
    "buttons": terms.buttons,
    "late": terms.late,
    "grace": terms.grace,
    "flag": terms.flag,
    "preview": trying.preview,
    "test": trying.test,
    "check": checking.check,
    "submit": checking.submit,
}
"""What a button of the composer does, by the word that it carries."""

MOST_LOOKED_AT = 50


def compose(request: Request, desk: Desk, line: str) -> Reply:
    """Put a post in review by one line, or begin a draft: as an answer to a message, of its words.

    An empty draft that the person has begun already is opened again.
    """
    if line and request.photo:
        return no(request, desk, "composer.photo-line")
    if line or request.person is None:
        return compose_in_one_line(request, desk, line)
    photo = request.photo or request.quoted_photo
    return begun(request, request.person, desk, request.quoted, photo)


def take(request: Request, desk: Desk, _: str) -> Reply:
    """Begin a draft of the message that the pressed button stands under."""
    if request.person is None or not (request.quoted.strip() or request.quoted_photo):
        return no(request, desk, "composer.no-message")
    return begun(request, request.person, desk, request.quoted, request.quoted_photo)


def begin_on(request: Request, person: PersonId, desk: Desk, chosen: date) -> Reply:
    """Begin a draft, or open the empty one, at the hours of a day."""
    return begun(request, person, desk, "", show=lambda work: picking.day(work, str(chosen)))


def begun(
    request: Request,
    person: PersonId,
    desk: Desk,
    text: str,
    photo: str = "",
    show: Show | None = None,
) -> Reply:
    well = text.strip() and not unknown_source(text, desk, request.language)
    fields = own_words(text, desk) if well else {"blocks": ()}
    picture = Uploaded(file_id=photo) if photo else None
    draft = Draft(targets=(), language=request.language, picture=picture, **fields)
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) < Role.MODERATOR:
            return no(request, desk, "unknown-command", name="compose")
        known = None if draft.blocks or photo else _empty(uow, person)
        written = attempt(request, desk, Event.EDIT)
        post = known or write(uow, person, draft, written, request.origin or "")
        uow.commit()
    if post.state is not PostState.DRAFT:
        return no(request, desk, "composer.over", id=post.id, state=post.state)
    work, told = Work(request, desk, post), desk.say(request.language, "composer.begun")
    if show:
        return show(work)
    return pictures.undescribed(work, told) or overview(work, told)


def draft(request: Request, desk: Desk, line: str) -> Reply:
    """Open a draft, or take a step on the revision of it that a button was shown with."""
    number, revision, step, value = (*line.split(None, 3), "", "", "", "")[:4]
    post_id = number_in(number)
    with desk.new_uow() as uow:
        post = uow.posts.get(post_id) if post_id is not None else None
    if post is None:
        return no(request, desk, "post.unknown")
    if post.draft.corrects:
        return no(request, desk, "correct.not-here", id=post.id)
    work = Work(request, desk, post)
    current = revision in ("", str(post.revision.number))
    if post.state is not PostState.DRAFT or not current:
        return stale(work, overview, number_in(revision) or post.revision.number)
    return STEPS.get(step, STEPS["open"])(work, value.strip())


def _empty(uow: UnitOfWork, person: PersonId) -> Post | None:
    drafts = uow.posts.listed((PostState.DRAFT,), MOST_LOOKED_AT)
    return next((p for p in drafts if p.author == person and not p.draft.is_begun), None)
