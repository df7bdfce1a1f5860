"""A draft in other languages: each is a post of its own, made from a revision of the first."""

from dataclasses import replace

from bot.commands.composer.overview import note, overview, settle
from bot.commands.composer.sources import in_language
from bot.commands.composer.work import Work
from bot.commands.moderation.shown import attempt
from bot.core.people import Role
from bot.core.ports import UnitOfWork
from bot.core.posting import write
from bot.core.posts import Draft, Event, Post, PostState
from bot.core.records import Language
from bot.core.replies import Button, Reply, plain


def languages(work: Work, _: str) -> Reply:
    """The language of this draft, and its versions in the others."""
    say, draft = work.say, work.draft
    with work.desk.new_uow() as uow:
        rows = [list(_ways(work, each, uow)) for each in _others(work)]
        base = uow.posts.get(draft.variant_of) if draft.variant_of else None
    told = [say("composer.ask-language", name=_name(work, draft.language))]
    if base:
        told.append(say("composer.version", id=base.id))
        rows.append([Button(say("button.draft.first", id=base.id), f"draft {base.id}")])
    if base and base.revision.number != draft.based_on_revision:
        told.append(say("composer.outdated", id=base.id))
        rows.append([work.button(say("button.draft.checked"), "based", base.revision.number)])
    return plain(*told).with_buttons(*rows, [work.back()])


def language(work: Work, which: str) -> Reply:
    """Tell this very draft in another language; own words stay as they are."""
    wanted = _wanted(work, which)
    if wanted is None:
        return languages(work, "")
    fields = in_language(work.draft, work.desk, wanted)
    if not (work.draft.record_id or work.draft.campaign):
        fields["blocks"] = work.draft.blocks
    if not fields["blocks"] and work.draft.blocks:
        return note(work, work.say("composer.not-told", name=_name(work, wanted)))
    return settle(work, **fields)


def version(work: Work, which: str) -> Reply:
    """Open the version in another language; make it where there is none yet."""
    wanted, request = _wanted(work, which), work.request
    if wanted is None or request.person is None:
        return languages(work, "")
    base = work.post
    draft = base.draft.model_copy(
        update={
            **in_language(base.draft, work.desk, wanted),
            "variant_of": base.id,
            "based_on_revision": base.revision.number,
        }
    )
    with work.desk.new_uow() as uow:
        if work.desk.role_in(uow, request.person) < Role.MODERATOR:
            return plain(work.say("post.role", id=base.id))
        made = _made(uow, base, wanted) or _written(uow, work, wanted, draft)
        uow.commit()
    if made.state is not PostState.DRAFT:
        return plain(work.say("composer.over", id=made.id, state=made.state))
    told = "" if made.draft.blocks else work.say("composer.translate", name=_name(work, wanted))
    return overview(replace(work, post=made), told)


def based(work: Work, revision: str) -> Reply:
    """The moderator has compared it with that revision of the first version."""
    if not revision.isdecimal():
        return languages(work, "")
    return settle(work, based_on_revision=int(revision))


def _ways(work: Work, other: Language, uow: UnitOfWork) -> "list[Button]":
    name, draft = _name(work, other), work.draft
    ways = [work.button(work.say("button.draft.tell", name=name), "language", other)]
    if draft.variant_of is None and draft.blocks:
        made = _made(uow, work.post, other)
        label = work.say("button.draft.version", name=name)
        label = work.say("button.draft.open-version", name=name, id=made.id) if made else label
        ways.append(work.button(label, "version", other))
    return ways


def _origin(base: Post, language: Language, number: int) -> str:
    return f"version:{base.id}:{language}:{number}"


def _versions(uow: UnitOfWork, base: Post, language: Language) -> list[Post]:
    """All that were made, the cancelled ones too, in order."""
    found: list[Post] = []
    while post := uow.posts.of_origin(_origin(base, language, len(found) + 1)):
        found.append(post)
    return found


def _made(uow: UnitOfWork, base: Post, language: Language) -> Post | None:
    alive = (p for p in _versions(uow, base, language) if p.state is not PostState.CANCELLED)
    return next(alive, None)


def _written(uow: UnitOfWork, work: Work, language: Language, draft: Draft) -> Post:
    """A new post; pressed twice at the same time it is the same one."""
    origin = _origin(work.post, language, len(_versions(uow, work.post, language)) + 1)
    author = work.request.person or work.post.author
    return write(uow, author, draft, attempt(work.request, work.desk, Event.EDIT), origin)


def _others(work: Work) -> list[Language]:
    return [each for each in work.desk.languages if each != work.draft.language]


def _wanted(work: Work, which: str) -> Language | None:
    return next((each for each in _others(work) if each == which), None)


def _name(work: Work, language: Language) -> str:
    return work.desk.say(language, "language.name")
