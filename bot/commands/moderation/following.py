"""Lists of posts, and what became of one."""

from dataclasses import replace

from bot.commands.accounting import account
from bot.commands.audiences import counted
from bot.commands.desk import Desk
from bot.commands.holding import exempt_button, head
from bot.commands.moderation.deciding import READERS
from bot.commands.moderation.shown import approve_button, no, number_in, preview, when
from bot.commands.targets import named
from bot.core.posts import REACHABLE, Post, PostState, Tally
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
        Span(f"\n/post {each.id} – {each.state} – {when(each, desk, request.language, 1)}")
        for each in found
    ]
    title = Span(desk.say(request.language, "posts.title", n=len(found)), bold=True)
    buttons = [Button(f"{each.id}", _opening(each)) for each in found]
    return Reply((*held, Block((title, *rows)))).with_buttons(
        *(buttons[at : at + 5] for at in range(0, len(buttons), 5))
    )


def post(request: Request, desk: Desk, number: str) -> Reply:
    """The accounting of a post: its state, what became of each target, and the post itself."""
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
    rows = (*_decisions(request, desk, found), *_again(found, tally, desk, request.language))
    shown = preview(found, desk, "\n".join(lines)).with_buttons(
        *rows, exempt_button(request, found, hold, desk)
    )
    return replace(shown, blocks=(*head(hold, desk, request.language), *shown.blocks))


def _opening(post: Post) -> str:
    """A draft is opened to be worked on, any other post to be looked at."""
    return f"{'draft' if post.state is PostState.DRAFT else 'post'} {post.id}"


def told_of(desk: Desk, post: Post, tally: Tally) -> Reply:
    """How those who made a post are told what became of it."""
    over = post.state not in (PostState.SCHEDULED, PostState.PAUSED)
    title = desk.say("en", "report.over" if over else "report.trouble", id=post.id)
    tally = _as_named(tally, desk)
    told = plain(title, "\n".join(account(post, tally, desk.local).lines))
    return told.with_buttons(*_again(post, tally, desk, "en"))


def _as_named(tally: Tally, desk: Desk) -> Tally:
    """Its problems with the targets as people know them."""
    names = named([each.target for each in tally.problems], desk)
    pairs = zip(tally.problems, names, strict=True)
    return replace(tally, problems=tuple(replace(each, target=name) for each, name in pairs))


def _decisions(request: Request, desk: Desk, post: Post) -> tuple[tuple[Button, ...], ...]:
    """What this person may decide about it now."""
    language = request.language
    if post.state is PostState.REVIEW and request.person not in post.writers | {post.author}:
        return approve_button(desk, post, language)
    if post.state is PostState.DRAFT:
        edit = Button(desk.say(language, "button.compose"), f"draft {post.id}")
        submit = Button(desk.say(language, "button.submit"), f"submit {post.id}")
        return ((edit, submit) if request.person in post.writers else (edit,),)
    if post.state is PostState.PAUSED:
        return ((Button(desk.say(language, "button.resume"), f"resume {post.id}"),),)
    return ()


def _again(
    post: Post, tally: Tally, desk: Desk, language: Language
) -> tuple[tuple[Button, ...], ...]:
    """A row to send again for each target that it did not surely reach."""
    if post.state not in (PostState.SCHEDULED, PostState.FAILED):
        return ()
    rows = [
        (
            Button(
                desk.say(language, "button.resend", target=each.target),
                f"resend {post.id} ={each.id}",
            ),
        )
        for each in tally.problems[:MOST_BUTTONS]
    ]
    if left := sum(tally.readers.get(each, 0) for each in REACHABLE):
        label = desk.say(language, "button.resend-readers", n=left, number=f"{left:,}")
        rows.append((Button(label, f"resend {post.id} {READERS}"),))
    return tuple(rows)
