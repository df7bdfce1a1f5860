"""Writing, reviewing and following posts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.commands.accounting import account
from bot.commands.briefs import post_of
from bot.commands.desk import Desk
from bot.core.posts import Draft, Post, PostState, is_target
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.schedule import NotATime, parse_when
from bot.core.text import clean, isolate, utf16_length

LONGEST_POST = 4096
"""UTF-16 units that one message holds; a post is one message."""

LISTS = {
    "drafts": (PostState.DRAFT,),
    "review": (PostState.REVIEW,),
    "upcoming": (PostState.SCHEDULED,),
    "stuck": (PostState.FAILED,),
    "sent": (PostState.SENT,),
}
LONGEST_LIST = 20
LIKE_AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
"""What nobody writes as the whole text of a post, unless it is a record's id misspelt."""


def compose(request: Request, desk: Desk, line: str) -> Reply:
    """Put a post in review: `WHEN | TARGETS | TEXT or record id`."""
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) != 3 or not all(parts) or request.person is None:
        return _no(request, desk, "compose.usage")
    when, targets, body = parts
    listed = [name.strip() for name in targets.split(",") if name.strip()]
    names = tuple({name.lower(): name for name in listed}.values())  # @One is @one
    if wrong := [name for name in names if not is_target(name)]:
        return _no(request, desk, "compose.target", target=isolate(clean(wrong[0])[:40]))
    try:
        due_at = parse_when(when, desk.clock(), desk.zone)
    except NotATime as error:
        return _no(request, desk, str(error), when=isolate(clean(when)[:40]))
    record = desk.library.get(body)
    if record is None and LIKE_AN_ID.fullmatch(body):
        nearest = ", ".join(desk.index.nearest(body)[:3]) or "–"
        return _no(request, desk, "compose.record", id=body, nearest=nearest)
    blocks = post_of(record, desk, "en") if record else _paragraphs(body)
    if not (blocks and names):
        return _no(request, desk, "compose.usage")
    if utf16_length(Reply(blocks).text) > LONGEST_POST:
        return _no(request, desk, "compose.long", limit=LONGEST_POST)
    draft = Draft(
        request.person, blocks, names, due_at, record.id if record else None, request.origin
    )
    with desk.new_uow() as uow:
        post = uow.posts.add(draft, desk.clock())
        uow.commit()
    return _submitted(request, desk, post)


def approve(request: Request, desk: Desk, argument: str) -> Reply:
    """Approve another's post as it stands; a button approves just the version it was shown with."""
    number, _, seen = argument.partition(" ")
    post = _post(number, desk)
    if post is None:
        return _no(request, desk, "post.unknown")
    if post.draft.author == request.person or request.person is None:
        return _no(request, desk, "approve.own", id=post.id)
    if post.state is not PostState.REVIEW:
        return _no(request, desk, "approve.not-in-review", id=post.id, state=post.state)
    if seen and not post.draft.fingerprint.startswith(seen):
        return _no(request, desk, "approve.changed", id=post.id)
    now = desk.clock()
    if post.is_too_late(now):
        return _no(request, desk, "approve.late", id=post.id)
    with desk.new_uow() as uow:
        done = uow.posts.approve(post.id, request.person, post.draft.fingerprint, now)
        uow.commit()
    if not done:
        return _no(request, desk, "approve.changed", id=post.id)
    told = plain(desk.say("en", "approve.notice", id=post.id))
    when = desk.local(max(post.draft.due_at or now, now))
    reply = plain(desk.say(request.language, "approve.done", id=post.id, when=when))
    return Reply(reply.blocks, notices=((post.draft.author, told),), reschedules=True)


def send_back(request: Request, desk: Desk, argument: str) -> Reply:
    """Return a post to its author with a reason; it is not sent."""
    number, _, reason = argument.partition(" ")
    post = _post(number, desk)
    if post is None:
        return _no(request, desk, "post.unknown")
    if not clean(reason):
        return _no(request, desk, "return.usage", id=post.id)
    with desk.new_uow() as uow:
        done = uow.posts.move(post.id, PostState.REVIEW, PostState.DRAFT, clean(reason))
        uow.commit()
    if not done:
        return _no(request, desk, "approve.not-in-review", id=post.id, state=post.state)
    told = plain(desk.say("en", "return.notice", id=post.id, reason=isolate(clean(reason))))
    reply = plain(desk.say(request.language, "return.done", id=post.id))
    return Reply(reply.blocks, notices=((post.draft.author, told),))


def cancel(request: Request, desk: Desk, number: str) -> Reply:
    """Cancel a post for good, as far as it has not gone out."""
    post = _post(number, desk)
    if post is None:
        return _no(request, desk, "post.unknown")
    with desk.new_uow() as uow:
        done = uow.posts.cancel(post.id, desk.say("en", "cancel.reason"))
        uow.commit()
    reply = _no(request, desk, "cancel.done" if done else "cancel.over", id=post.id)
    told = plain(desk.say("en", "cancel.notice", id=post.id))
    makers = {post.draft.author, post.approver} - {request.person, None}
    notices = tuple((str(each), told) for each in makers) if done else ()
    return replace(reply, notices=notices)


def posts(request: Request, desk: Desk, which: str) -> Reply:
    """The posts in one state, or all that are not over."""
    if which and which.lower() not in LISTS:
        return _no(request, desk, "posts.usage", lists=", ".join(LISTS))
    states = LISTS.get(which.lower(), (PostState.REVIEW, PostState.SCHEDULED, PostState.FAILED))
    with desk.new_uow(reading=True) as uow:
        found = uow.posts.listed(states, LONGEST_LIST)
    if not found:
        return _no(request, desk, "posts.none")
    rows = [
        Span(f"\n/post {each.id} – {each.state} – {_when(each, desk, request.language)}")
        for each in found
    ]
    title = Span(desk.say(request.language, "posts.title", n=len(found)), bold=True)
    buttons = [Button(f"{each.id}", f"post {each.id}") for each in found]
    return Reply((Block((title, *rows)),)).with_buttons(
        *(buttons[at : at + 5] for at in range(0, len(buttons), 5))
    )


def post(request: Request, desk: Desk, number: str) -> Reply:
    """The accounting of a post: its state, what became of each target, and the post itself."""
    found = _post(number, desk)
    if found is None:
        return _no(request, desk, "post.unknown")
    with desk.new_uow() as uow:
        deliveries = uow.deliveries.of(found.id)
    told = account(found, deliveries, desk.local)
    shown = Block((Span("\n".join(told.lines)),))
    return Reply((shown, *found.draft.blocks), _decisions(request, desk, found))


def _submitted(request: Request, desk: Desk, post: Post) -> Reply:
    """The preview for the author, and the same with an approval button for the others."""
    head = [_said(request.language, "compose.done", desk, post)]
    if not (others := desk.others(request.person)):
        head.append(desk.say(request.language, "compose.alone"))
    cancel_it = Button(desk.say(request.language, "button.cancel"), f"cancel {post.id}")
    asked = plain(_said("en", "compose.notice", desk, post)).blocks
    for_review = Reply((*asked, *post.draft.blocks), _approve_button(desk, post, "en"))
    notices = tuple((other, for_review) for other in others)
    return Reply((*plain(*head).blocks, *post.draft.blocks), ((cancel_it,),), notices)


def _said(language: Language, key: str, desk: Desk, post: Post) -> str:
    targets = ", ".join(post.draft.targets)
    return desk.say(language, key, id=post.id, when=_when(post, desk, language), targets=targets)


def _decisions(request: Request, desk: Desk, post: Post) -> tuple[tuple[Button, ...], ...]:
    if post.state is PostState.REVIEW and post.draft.author != request.person:
        return _approve_button(desk, post, request.language)
    return ()


def _approve_button(desk: Desk, post: Post, language: Language) -> tuple[tuple[Button, ...], ...]:
    action = f"approve {post.id} {post.draft.fingerprint[:16]}"
    return ((Button(desk.say(language, "button.approve"), action),),)


def _post(number: str, desk: Desk) -> Post | None:
    digits = number.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    with desk.new_uow() as uow:
        return uow.posts.get(int(digits))


def _when(post: Post, desk: Desk, language: Language) -> str:
    due_at = post.draft.due_at
    return desk.local(due_at) if due_at else desk.say(language, "when.now")


def _paragraphs(body: str) -> tuple[Block, ...]:
    paragraphs: Sequence[str] = [clean(part) for part in body.split("\n\n")]
    return tuple(Block((Span(part),)) for part in paragraphs if part)


def _no(request: Request, desk: Desk, key: str, **values: object) -> Reply:
    return plain(desk.say(request.language, key, **values))
