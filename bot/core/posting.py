"""What people and the clock do to posts, each in one transaction with its entry in the audit."""

from collections.abc import Callable

from bot.core.people import PersonId
from bot.core.planning import plan
from bot.core.ports import UnitOfWork
from bot.core.posts import (
    REACHABLE,
    Approval,
    Attempt,
    Delivery,
    Draft,
    Event,
    Post,
    PostState,
    Refusal,
    decide,
)
from bot.core.runs import bar

DONE = {
    Event.SUBMIT: "submitted",
    Event.RETURN: "returned",
    Event.APPROVE: "approved",
    Event.EDIT: "edited",
    Event.PAUSE: "paused",
    Event.RESUME: "resumed",
    Event.CANCEL: "cancelled",
    Event.RETRY: "resent",
    Event.FINISH: "sent",
    Event.FAIL: "failed",
    Event.EXPIRE: "expired",
}
"""How the audit calls each event."""


def write(uow: UnitOfWork, author: PersonId, draft: Draft, attempt: Attempt, origin: str) -> Post:
    """A new draft; the same `origin` again is the same post, whatever became of it since."""
    if origin and (known := uow.posts.of_origin(origin)):
        return known
    post = uow.posts.add(author, draft, attempt.now, origin or None)
    _note(uow, post, attempt, "written")
    return post


def act(uow: UnitOfWork, post_id: int, attempt: Attempt) -> Post | Refusal:
    """Do to a post what the life cycle allows: the post as it is then, or why not."""
    return _try(uow, post_id, attempt, lambda post, after: _carry_out(uow, post, attempt, after))


def edit(uow: UnitOfWork, post_id: int, attempt: Attempt, draft: Draft) -> Post | Refusal:
    """Write a new revision, which nobody has approved; what was planned is cancelled."""

    def carry_out(post: Post, after: PostState) -> None:
        uow.posts.revise(post, attempt.person or post.author, draft, attempt.now)
        _carry_out(uow, post, attempt, after)

    return _try(uow, post_id, attempt, carry_out)


def resend(uow: UnitOfWork, delivery: Delivery, attempt: Attempt) -> Post | Refusal:
    """Let a target be tried again that was refused, missed, or may have been reached or not."""
    return _again(
        uow, delivery.post_id, attempt, lambda: uow.deliveries.again(delivery.id, attempt.now)
    )


def resend_to_readers(uow: UnitOfWork, post_id: int, attempt: Attempt) -> Post | Refusal:
    """Let all readers be tried again whose time was missed, or who perhaps were reached or not."""
    if REACHABLE.isdisjoint(uow.deliveries.tally(post_id).readers):
        return Refusal("resend.unknown")
    return _again(uow, post_id, attempt, lambda: uow.deliveries.readers_again(post_id, attempt.now))


def _again(
    uow: UnitOfWork, post_id: int, attempt: Attempt, change: Callable[[], object]
) -> Post | Refusal:
    """Where `change` finds nothing to do, somebody else was quicker."""

    def carry_out(post: Post, after: PostState) -> Refusal | None:
        if not change():
            return Refusal("resend.over", {"id": post.id, "state": post.state})
        if post.state is not after:
            uow.posts.move(post, after, "", attempt.now)
        return None

    return _try(uow, post_id, attempt, carry_out)


def _try(
    uow: UnitOfWork,
    post_id: int,
    attempt: Attempt,
    carry_out: Callable[[Post, PostState], Refusal | None],
) -> Post | Refusal:
    post = uow.posts.take(post_id)
    if post is None:
        return Refusal("post.unknown")
    after = decide(post, attempt)
    if after is PostState.SCHEDULED and (barred := _barred(uow, post, attempt)):
        return barred
    if isinstance(after, Refusal):
        return after
    if refused := carry_out(post, after):
        return refused
    changed = uow.posts.get(post_id) or post
    _note(uow, changed, attempt, DONE[attempt.event])
    return changed


def _barred(uow: UnitOfWork, post: Post, attempt: Attempt) -> Refusal | None:
    """What the campaign that it belongs to has against it."""
    run = uow.runs.get(post.draft.run) if post.draft.run else None
    return bar(run, post, uow.posts.of_run(run.id), attempt.event) if run else None


def _carry_out(uow: UnitOfWork, post: Post, attempt: Attempt, after: PostState) -> None:
    if attempt.event is Event.APPROVE and attempt.person is not None:
        approval = Approval(attempt.person, attempt.now, post.draft.fingerprint)
        uow.posts.approve(post, approval)
    if attempt.event is Event.RETURN:
        uow.posts.unapprove(post)
    if post.state is PostState.SCHEDULED and after not in (PostState.SENT, PostState.FAILED):
        uow.deliveries.cancel(post.id, attempt.comment or DONE[attempt.event])
    if after is not post.state:
        in_review = after is PostState.REVIEW
        until = post.draft.waits_until(attempt.calendar, attempt.now) if in_review else None
        uow.posts.move(post, after, attempt.comment, until)
    if after is PostState.SCHEDULED:
        plan(uow, post, attempt.calendar, post.draft.missed_until(attempt.now), attempt.now)


def _note(uow: UnitOfWork, post: Post, attempt: Attempt, what: str) -> None:
    """The last statement of its transaction, which makes others that note something wait."""
    uow.audit.append(
        attempt.person,
        f"post.{what}",
        f"post {post.id}",
        attempt.now,
        revision=post.revision.number,
        fingerprint=post.draft.fingerprint,
        state=str(post.state),
        comment=attempt.comment,
        **_acknowledged(attempt),
    )


def _acknowledged(attempt: Attempt) -> dict[str, str]:
    """The rules whose warnings a reviewer let pass."""
    rules = sorted({each.rule for each in attempt.findings if each.severity == "warning"})
    return {"acknowledged": " ".join(rules)} if rules and attempt.event is Event.APPROVE else {}
