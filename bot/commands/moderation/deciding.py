"""What moderators decide about a post: each is one event of its life cycle."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.holding import head
from bot.commands.moderation.findings import told
from bot.commands.moderation.shown import (
    attempt,
    for_review,
    in_review,
    no,
    notices,
    number_in,
    refused,
    when,
)
from bot.core.channels import address_of
from bot.core.ports import UnitOfWork
from bot.core.ports.judging import Findings
from bot.core.posting import act, resend_to_readers
from bot.core.posting import resend as send_again
from bot.core.posts import JUDGED, Delivery, Event, Post, PostState, Refusal
from bot.core.replies import Block, Button, Reply, Request, plain
from bot.core.text import clean, isolate

READERS = "readers"
"""What stands for a target where all subscribers are meant whom a post did not reach."""


def submit(request: Request, desk: Desk, number: str) -> Reply:
    """Put a draft in review."""
    post = _post(number, desk)
    return submitted(request, desk, post) if post else no(request, desk, "post.unknown")


def submitted(request: Request, desk: Desk, post: Post) -> Reply:
    """Put the draft in review: the preview for the author, and an approval button for the others.

    What an earlier message did already is shown as it stands.
    """
    found: Findings = ()
    if post.state is PostState.DRAFT:
        done, found = acted(request, desk, post.id, Event.SUBMIT)
        if isinstance(done, Refusal):
            return refused(request, desk, done, post)
        post = done
    asked = for_review(post, desk, _for_others(found, request, desk, post))
    alone = "" if asked else desk.say(request.language, "compose.alone")
    shown = in_review("compose.done", post, desk, request.language, found, alone)
    cancel_it = Button(desk.say(request.language, "button.cancel"), f"cancel {post.id}")
    return replace(shown.with_buttons([cancel_it]), notices=asked)


def _for_others(found: Findings, request: Request, desk: Desk, post: Post) -> Findings:
    """What was found, in the language that notices are written in."""
    if request.language == "en" or not found:
        return found
    with desk.new_uow() as uow:
        return desk.judge.findings(post, uow, desk.grounds("en"))


def approve(request: Request, desk: Desk, argument: str) -> Reply:
    """Approve another's post as it stands, and acknowledge what the rules warn of; a button
    approves just the version it was shown with. A hold is shown above."""
    number, _, seen = argument.partition(" ")
    post = _post(number, desk)
    if post is None:
        return no(request, desk, "post.unknown")
    done, found = acted(request, desk, post.id, Event.APPROVE, seen=seen)
    if isinstance(done, Refusal):
        return refused(request, desk, done, post)
    acknowledged = _acknowledged(request, desk, done, found)
    if done.state is PostState.REVIEW:
        missing = done.draft.reviewers - len(done.approvers)
        reply = no(request, desk, "approve.more", id=done.id, n=missing)
        return replace(reply, blocks=(*reply.blocks, *acknowledged))
    at = when(done, desk, request.language)
    if done.draft.schedule is None:
        at = desk.local(desk.clock())
    reply = no(request, desk, "approve.done", id=done.id, when=at)
    with desk.new_uow() as uow:
        held = head(uow.holds.active(), desk, request.language)
    reply = replace(reply, blocks=(*held, *reply.blocks, *acknowledged))
    told_them = notices(
        done.people, request, desk, lambda each: desk.say(each, "approve.notice", id=done.id)
    )
    return replace(reply, notices=told_them, reschedules=True)


def _acknowledged(request: Request, desk: Desk, post: Post, found: Findings) -> tuple[Block, ...]:
    """What the reviewer has acknowledged by approving, as the audit has it."""
    if not found:
        return ()
    title = plain(desk.say(request.language, "approve.acknowledged")).blocks
    return (*title, *told(found, post.draft, desk, request.language))


def send_back(request: Request, desk: Desk, argument: str) -> Reply:
    """Return a post to its author with a reason, which is asked for where there is none."""
    number, _, reason = argument.partition(" ")
    post = _post(number, desk)
    if post and post.state is PostState.REVIEW and not reason.strip():
        told = no(request, desk, "return.usage", id=post.id)
        return replace(told, asks=f"return {post.id}")
    done = _act(request, desk, number, Event.RETURN, comment=clean(reason))
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    why = isolate(clean(reason))
    told_them = notices(
        (done.author, *done.writers),
        request,
        desk,
        lambda each: desk.say(each, "return.notice", id=done.id, reason=why),
    )
    return replace(no(request, desk, "return.done", id=done.id), notices=told_them)


def pause(request: Request, desk: Desk, number: str) -> Reply:
    """Keep a post from going out until somebody lets it go on."""
    done = _act(request, desk, number, Event.PAUSE, comment=desk.say("en", "pause.reason"))
    return _told(request, desk, done, "pause.done", "pause.notice")


def resume(request: Request, desk: Desk, number: str) -> Reply:
    """Let a paused post go on, as far as its time is to come."""
    post, done = _post(number, desk), _act(request, desk, number, Event.RESUME)
    if isinstance(done, Refusal):
        return refused(request, desk, done, post)
    return replace(_told(request, desk, done, "resume.done", "resume.notice"), reschedules=True)


def cancel(request: Request, desk: Desk, number: str) -> Reply:
    """Cancel a post for good, as far as it has not gone out."""
    done = _act(request, desk, number, Event.CANCEL, comment=desk.say("en", "cancel.reason"))
    return _told(request, desk, done, "cancel.done", "cancel.notice")


def resend(request: Request, desk: Desk, argument: str) -> Reply:
    """Send again to one target: `N TARGET`, or `N =ROW` where a button names the very row; or
    `N READERS` to all subscribers whom it did not surely reach."""
    number, _, target = argument.partition(" ")
    post_id = number_in(number)
    if post_id is not None and target.strip().lower() == READERS:
        return _resend_to_readers(request, desk, post_id)
    with desk.new_uow() as uow:
        problems = uow.deliveries.tally(post_id).problems if post_id else ()
        row = _row(_as_sent(target.strip(), uow), problems)
        if row is None or post_id is None:
            return no(request, desk, "resend.unknown")
        again = attempt(request, desk, Event.RETRY)
        done = send_again(uow, row, replace(again, role=desk.role_in(uow, request.person)))
        uow.commit()
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    reply = no(request, desk, "resend.done", id=done.id, target=isolate(row.target))
    return replace(reply, reschedules=True)


def _resend_to_readers(request: Request, desk: Desk, post_id: int) -> Reply:
    with desk.new_uow() as uow:
        again = attempt(request, desk, Event.RETRY)
        role = desk.role_in(uow, request.person)
        done = resend_to_readers(uow, post_id, replace(again, role=role))
        uow.commit()
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    return replace(no(request, desk, "resend.readers", id=done.id), reschedules=True)


def _as_sent(target: str, uow: UnitOfWork) -> str:
    """The target as a delivery has it, where it names a channel that is known."""
    address = address_of(target)
    known = address.among(uow.channels.all()) if address else None
    return str(replace(address, chat=known.chat_id)) if address and known else target


def _row(target: str, problems: tuple[Delivery, ...]) -> Delivery | None:
    """The latest problem of that target."""
    named = (each for each in problems if target.lower() in (each.target.lower(), f"={each.id}"))
    return next(named, None)


def _told(request: Request, desk: Desk, done: Post | Refusal, key: str, notice: str) -> Reply:
    """What was done, told to whoever did it and, as a notice, to the others of the post."""
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    others = notices(done.people, request, desk, lambda each: desk.say(each, notice, id=done.id))
    return replace(no(request, desk, key, id=done.id), notices=others)


def _act(
    request: Request, desk: Desk, number: str, event: Event, comment: str = "", seen: str = ""
) -> Post | Refusal:
    post_id = number_in(number)
    if post_id is None:
        return Refusal("post.unknown")
    return acted(request, desk, post_id, event, comment, seen)[0]


def acted(
    request: Request, desk: Desk, post_id: int, event: Event, comment: str = "", seen: str = ""
) -> tuple[Post | Refusal, Findings]:
    """Do it in one transaction, with the role that the person has in it, and say what the rules
    found that are asked about such a step. What takes them long to read is read before it."""
    if event in JUDGED:
        with desk.new_uow(reading=True) as uow:
            if there := uow.posts.get(post_id):
                desk.judge.read_ahead(there, uow, desk.grounds(request.language))
    with desk.new_uow() as uow:
        post = uow.posts.take(post_id) if event in JUDGED else None
        found = desk.judge.findings(post, uow, desk.grounds(request.language)) if post else ()
        tried = attempt(request, desk, event, comment, seen)
        role = desk.role_in(uow, request.person)
        done = act(uow, post_id, replace(tried, role=role, findings=found))
        uow.commit()
    return done, found


def _post(number: str, desk: Desk) -> Post | None:
    post_id = number_in(number)
    with desk.new_uow() as uow:
        return uow.posts.get(post_id) if post_id is not None else None
