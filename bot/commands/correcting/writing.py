"""Writing the correction of a sent post: one message of the moderator at most, and a button."""

from dataclasses import replace

from bot.commands.composer.overview import longest
from bot.commands.correcting.drafting import Wrong, anew, corrected, of_cards
from bot.commands.desk import Desk
from bot.commands.moderation.shown import attempt, no, number_in, preview, refused
from bot.commands.moderation.taken import unknown_source
from bot.core.people import Role
from bot.core.ports import UnitOfWork
from bot.core.posting import edit, write
from bot.core.posts import Draft, Drawn, Event, Post, PostState, Refusal
from bot.core.replies import Button, Reply, Request, plain
from bot.core.text import utf16_length

REWRITABLE = (PostState.DRAFT, PostState.REVIEW)


def correct(request: Request, desk: Desk, line: str) -> Reply:
    """Begin the correction of a sent post, or open the one that is begun: `N`, or `N` with what was
    wrong in one line and below it the text as it should be. `RECORD LANGUAGE` in place of `N` means
    the inline cards that staff sent. `anew` in place of words asks for them."""
    name, _, words = line.strip().partition(" ")
    first, broken, rest = name.partition("\n")
    name, words = (first, f"{rest} {words}") if broken else (name, words)
    number = number_in(name)
    if number is None:
        return _of_cards(request, desk, f"{name} {words}", None)
    with desk.new_uow() as uow:
        found = uow.posts.get(number)
        if found and found.draft.corrects and found.draft.corrects.post:
            found = uow.posts.get(found.draft.corrects.post)
        begun = uow.corrections.open_of(found.id) if found else None
    if found is None:
        return no(request, desk, "correct.usage")
    if found.draft.corrects:
        begun = found
    if begun and (begun.state not in REWRITABLE or not words):
        return _shown(request, desk, begun)
    if found.draft.corrects:
        cards = f"{found.draft.record_id} {found.draft.language} {words}"
        return _of_cards(request, desk, cards, begun)
    return _written(request, desk, Wrong(found.draft, found.id), words, begun)


def _of_cards(request: Request, desk: Desk, words: str, begun: Post | None) -> Reply:
    """`RECORD LANGUAGE`, and what was wrong."""
    record_id, wanted, rest = (*words.strip().split(None, 2), "", "", "")[:3]
    record = desk.library.get(record_id)
    language = next((each for each in desk.languages if each == wanted), None)
    if record is None or language is None:
        return no(request, desk, "correct.usage")
    return _written(request, desk, of_cards(record, language, desk), rest, begun)


def _written(request: Request, desk: Desk, wrong: Wrong, words: str, begun: Post | None) -> Reply:
    """The correction as a draft, or what is asked for first; nothing is lost by asking."""
    words = words.strip()
    if words == "anew":
        return _asked(request, desk, wrong)
    if unknown_source(words, desk, request.language):
        return _asked(request, desk, wrong, "correct.sources")
    draft = corrected(wrong, words, desk)
    if draft is None:
        return _asked(request, desk, wrong)
    if isinstance(wrong.draft.picture, Drawn) and draft.picture is None:
        return no(request, desk, "correct.no-picture", id=wrong.post_id)
    long = utf16_length(Reply(draft.blocks).text)
    if long > longest(draft):
        return _asked(request, desk, wrong, "correct.long", n=long, limit=longest(draft))
    with desk.new_uow() as uow:
        kept = _kept(request, desk, uow, draft, begun)
        if isinstance(kept, Post):
            uow.commit()
    if isinstance(kept, Refusal):
        return refused(request, desk, kept)
    return _shown(request, desk, kept)


def _kept(
    request: Request, desk: Desk, uow: UnitOfWork, draft: Draft, begun: Post | None
) -> Post | Refusal:
    assert request.person is not None  # noqa: S101  # nobody else has a role
    role = desk.role_in(uow, request.person)
    if role < Role.MODERATOR:
        return Refusal("post.role", {"id": draft.corrects and draft.corrects.post})
    tried = replace(attempt(request, desk, Event.EDIT), role=role)
    if begun:
        return edit(uow, begun.id, tried, draft)
    if not uow.corrections.messages(draft):
        return Refusal("correct.nothing")
    origin = f"{request.origin}:correction" if request.origin else ""
    return write(uow, request.person, draft, tried, origin)


def _asked(request: Request, desk: Desk, wrong: Wrong, why: str = "", **values: object) -> Reply:
    """What is missing, to be given as an answer to this message."""
    key = "correct.ask-what" if anew(wrong, desk) else "correct.ask-text"
    draft, named = wrong.draft, wrong.post_id
    which = f"/post {named}" if named else f"{draft.record_id} {draft.language}"
    told = plain(
        desk.say(request.language, why, **values) if why else "",
        desk.say(request.language, key, which=which),
    )
    return replace(told, asks=f"correct {named or which}")


def _shown(request: Request, desk: Desk, post: Post) -> Reply:
    """The correction as it stands, with what can be done with it."""
    say, language, corrects = desk.say, request.language, post.draft.corrects
    with desk.new_uow() as uow:
        n = len(uow.corrections.messages(post.draft))
        first = uow.posts.get(corrects.post) if corrects and corrects.post else None
    of = f"/post {first.id}" if first else f"{post.draft.record_id}"
    head = [say(language, "correct.ready", id=post.id, of=of, n=n, state=post.state)]
    if first and first.state in (PostState.SCHEDULED, PostState.PAUSED):
        head.append(say(language, "correct.more", of=of))
    which = f"{post.id} anew"
    rewrite = Button(say(language, "button.rewrite"), f"correct {which}")
    cancel = Button(say(language, "button.cancel"), f"cancel {post.id}")
    submit = Button(say(language, "button.submit"), f"submit {post.id}")
    rows = {
        PostState.DRAFT: ((submit, rewrite), (cancel,)),
        PostState.REVIEW: ((rewrite, cancel),),
    }
    return preview(post, desk, language, *head).with_buttons(*rows.get(post.state, ()))
