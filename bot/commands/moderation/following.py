"""Lists of posts, and what became of one."""

from dataclasses import replace

from bot.commands.accounting import account
from bot.commands.audiences import counted
from bot.commands.desk import Desk
from bot.commands.holding import exempt_button, head
from bot.commands.moderation.deciding import READERS
from bot.commands.moderation.missing import questions
from bot.commands.moderation.shown import (
    first_line,
    no,
    number_in,
    opening,
    preview,
    review_buttons,
    run_button,
    when,
)
from bot.commands.targets import named
from bot.core.people import PersonId
from bot.core.posts import REACHABLE, DeliveryState, Post, PostState, Tally
from bot.core.posts.missed import to_ask_about
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, Span, plain

LISTS = {
    "drafts": (PostState.DRAFT,),
    "review": (PostState.REVIEW,),
    "upcoming": (PostState.SCHEDULED,),
    "stuck": (PostState.FAILED, PostState.PAUSED),
    "sent": (PostState.SENT,),
}
WAITING = (PostState.REVIEW, PostState.SCHEDULED, PostState.PAUSED, PostState.FAILED)
TO_COME = (PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED, PostState.PAUSED)
LONGEST_LIST = 20
MOST_BUTTONS = 6
"""Targets that a message offers to send again."""


def posts(request: Request, desk: Desk, which: str) -> Reply:
    """The posts in one state, or all that are not over."""
    if which and which.lower() not in LISTS:
        return no(request, desk, "posts.usage", lists=", ".join(LISTS))
    with desk.new_uow() as uow:
        found = uow.posts.listed(LISTS.get(which.lower(), WAITING), LONGEST_LIST)
        held = head(uow.holds.active(), desk, request.language)
    if not found:
        return Reply((*held, *no(request, desk, "posts.none").blocks))
    rows = [
        Span(
            f"\n/post {each.id} – {each.state} – {when(each, desk, request.language, 1)}"
            f"\n{first_line(each.draft)}"
        )
        for each in found
    ]
    title = Span(desk.say(request.language, "posts.title", n=len(found)), bold=True)
    buttons = [Button(f"{each.id}", opening(each)) for each in found]
    return Reply((*held, Block((title, *rows)))).with_buttons(
        *(buttons[at : at + 5] for at in range(0, len(buttons), 5))
    )


def post(request: Request, desk: Desk, number: str) -> Reply:
    """The accounting of a post: its state, what became of each target, and the post itself."""
    if not number:  # Telegram's apps send the bare command where `/post 7` is tapped in a text
        return posts(request, desk, "")
    post_id = number_in(number)
    with desk.new_uow() as uow:
        found = uow.posts.get(post_id) if post_id is not None else None
        if found is None:
            return no(request, desk, "post.unknown")
        fates, hold = uow.deliveries.tally(found.id), uow.holds.active()
    tally = _as_named(fates, desk)
    lines = account(found, tally, desk.local).lines
    if found.state in TO_COME:
        lines += counted(found.draft, desk, request.language).values()
    rows = (
        *_decisions(request, desk, found),
        *_again(found, tally, desk, request.language),
        *_correcting(found, tally, desk, request.language),
        _beyond(found, desk, request.language),
    )
    shown = preview(found, desk, request.language, "\n".join(lines)).with_buttons(
        *rows,
        exempt_button(request, found, hold, desk),
        run_button(found.draft, desk, request.language),
    )
    return replace(shown, blocks=(*head(hold, desk, request.language), *shown.blocks))


def told_of(desk: Desk, post: Post, tally: Tally, person: PersonId) -> Reply:
    """How one of those who made a post is told what became of it."""
    language = desk.language_of(person, "en")
    over = post.state not in (PostState.SCHEDULED, PostState.PAUSED)
    key = "report.over" if over else "report.trouble"
    title = desk.say(language, "report.missed" if to_ask_about(post, tally) else key, id=post.id)
    tally = _as_named(tally, desk)
    told = plain(title, "\n".join(account(post, tally, desk.local).lines))
    return told.with_buttons(*_again(post, tally, desk, language))


def _as_named(tally: Tally, desk: Desk) -> Tally:
    """Its problems, and what was replaced, with the targets as people know them."""
    rows = (*tally.problems, *tally.replaced)
    names = named([each.target for each in rows], desk)
    known = tuple(replace(each, target=n) for each, n in zip(rows, names, strict=True))
    split = len(tally.problems)
    return replace(tally, problems=known[:split], replaced=known[split:])


def _decisions(request: Request, desk: Desk, post: Post) -> tuple[tuple[Button, ...], ...]:
    """What this person may decide about it now."""
    language = request.language
    if post.state is PostState.REVIEW and request.person not in post.writers | {post.author}:
        return review_buttons(desk, post, language)
    if post.state is PostState.DRAFT:
        edit = Button(desk.say(language, "button.compose"), opening(post))
        submit = Button(desk.say(language, "button.submit"), f"submit {post.id}")
        return ((edit, submit) if request.person in post.writers else (edit,),)
    if post.state is PostState.PAUSED:
        return ((Button(desk.say(language, "button.resume"), f"resume {post.id}"),),)
    return ()


def _beyond(post: Post, desk: Desk, language: Language) -> tuple[Button, ...]:
    """The ways to its single times, and to another post like it."""
    if post.state is PostState.DRAFT:
        return _single(post, desk, language)
    copy = Button(desk.say(language, "button.template"), f"template {post.id}")
    return (*_single(post, desk, language), copy)


def _single(post: Post, desk: Desk, language: Language) -> tuple[Button, ...]:
    """The way to the single times of a post that repeats, as long as some may be to come."""
    times = Button(desk.say(language, "button.times"), f"times {post.id}")
    return (times,) if post.has_times else ()


def _correcting(
    post: Post, tally: Tally, desk: Desk, language: Language
) -> tuple[tuple[Button, ...], ...]:
    if not tally.counts.get(DeliveryState.SENT):
        return ()
    return ((Button(desk.say(language, "button.correct"), f"correct {post.id}"),),)


def _again(
    post: Post, tally: Tally, desk: Desk, language: Language
) -> tuple[tuple[Button, ...], ...]:
    """A row for each time that is asked about, and to send again for each other target that it did
    not surely reach."""
    if post.state not in (PostState.SCHEDULED, PostState.FAILED):
        return ()
    asked = {each.occurrence for each in to_ask_about(post, tally)}
    others = [
        each
        for each in tally.problems
        if not (each.state is DeliveryState.SKIPPED and each.occurrence in asked)
    ]
    rows = [
        (
            Button(
                desk.say(language, "button.resend", target=each.target),
                f"resend {post.id} ={each.id}",
            ),
        )
        for each in others[:MOST_BUTTONS]
    ]
    if left := sum(tally.readers.get(each, 0) for each in REACHABLE):
        label = desk.say(language, "button.resend-readers", n=left, number=f"{left:,}")
        rows.append((Button(label, f"resend {post.id} {READERS}"),))
    return (*questions(post, tally, desk, language), *rows)
