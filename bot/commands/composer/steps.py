"""The way in: `/compose` begins a draft, and `/draft N REVISION STEP VALUE` takes a step on it."""

from collections.abc import Callable, Mapping

from bot.commands.composer import (
    checking,
    languages,
    picking,
    pictures,
    places,
    repeating,
    sources,
    trying,
)
from bot.commands.composer.overview import overview
from bot.commands.composer.work import Work, stale
from bot.commands.desk import Desk
from bot.commands.moderation.composing import compose as compose_in_one_line
from bot.commands.moderation.shown import attempt, no, number_in
from bot.commands.moderation.taken import own_words, unknown_source
from bot.core.people import PersonId, Role
from bot.core.ports import UnitOfWork
from bot.core.posting import write
from bot.core.posts import Draft, Event, Post, PostState
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
    if line or request.person is None:
        return compose_in_one_line(request, desk, line)
    return begun(request, request.person, desk, request.quoted)


def take(request: Request, desk: Desk, _: str) -> Reply:
    """Begin a draft of the message that the pressed button stands under."""
    if request.person is None or not request.quoted.strip():
        return no(request, desk, "composer.no-message")
    return begun(request, request.person, desk, request.quoted)


def begun(request: Request, person: PersonId, desk: Desk, text: str) -> Reply:
    well = text.strip() and not unknown_source(text, desk, request.language)
    told = own_words(text, desk) if well else {"blocks": ()}
    draft = Draft(targets=(), language=request.language, **told)
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) < Role.MODERATOR:
            return no(request, desk, "unknown-command", name="compose")
        known = None if draft.blocks else _empty(uow, person)
        written = attempt(request, desk, Event.EDIT)
        post = known or write(uow, person, draft, written, request.origin or "")
        uow.commit()
    if post.state is not PostState.DRAFT:
        return no(request, desk, "composer.over", id=post.id, state=post.state)
    return overview(Work(request, desk, post), desk.say(request.language, "composer.begun"))


def draft(request: Request, desk: Desk, line: str) -> Reply:
    """Open a draft, or take a step on the revision of it that a button was shown with."""
    number, revision, step, value = (*line.split(None, 3), "", "", "", "")[:4]
    post_id = number_in(number)
    with desk.new_uow() as uow:
        post = uow.posts.get(post_id) if post_id is not None else None
    if post is None:
        return no(request, desk, "post.unknown")
    work = Work(request, desk, post)
    current = revision in ("", str(post.revision.number))
    if post.state is not PostState.DRAFT or not current:
        return stale(work, overview)
    return STEPS.get(step, STEPS["open"])(work, value.strip())


def _empty(uow: UnitOfWork, person: PersonId) -> Post | None:
    drafts = uow.posts.listed((PostState.DRAFT,), MOST_LOOKED_AT)
    return next((p for p in drafts if p.author == person and not p.draft.blocks), None)
