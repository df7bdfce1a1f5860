"""What is done to a started campaign as a whole: to each of its posts, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.people import PersonId
from bot.core.ports import UnitOfWork
from bot.core.posting import act
from bot.core.posts import Attempt, Post, PostState, Refusal
from bot.core.runs import Run

STOPPED = "stopped with its campaign"
"""The reason of a post that was paused with the others; it goes on with them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The posts to which it was done, and why not to the others."""

    done: tuple[Post, ...]
    refused: tuple[Refusal, ...]


def pause(uow: UnitOfWork, run: Run, attempt: Attempt) -> Outcome:
    """Keep what is scheduled from going out; nothing more of it is approved meanwhile."""
    _keep(uow, replace(run, paused_at=attempt.now), attempt.person, attempt.now, "paused")
    tried = replace(attempt, comment=STOPPED)
    return _each(uow, run, (PostState.SCHEDULED,), lambda _: tried)


def resume(
    uow: UnitOfWork, run: Run, attempt: Attempt, judged: Callable[[Post], Attempt]
) -> Outcome:
    """Let go on what was paused with it; what is too late by now stays paused."""
    _keep(uow, replace(run, paused_at=None), attempt.person, attempt.now, "resumed")
    return _each(uow, run, (PostState.PAUSED,), judged, lambda post: post.reason == STOPPED)


def cancel(uow: UnitOfWork, run: Run, attempt: Attempt) -> Outcome:
    """Cancel for good what has not gone out."""
    _keep(uow, replace(run, cancelled_at=attempt.now), attempt.person, attempt.now, "cancelled")
    alive = (PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED, PostState.PAUSED)
    return _each(uow, run, alive, lambda _: attempt)


def _keep(uow: UnitOfWork, run: Run, person: PersonId | None, now: datetime, what: str) -> None:
    uow.runs.put(run)
    uow.audit.append(person, f"campaign.{what}", f"campaign {run.id}", now, campaign=run.campaign)


def _each(
    uow: UnitOfWork,
    run: Run,
    states: Iterable[PostState],
    tried: Callable[[Post], Attempt],
    meant: Callable[[Post], bool] = lambda _: True,
) -> Outcome:
    posts = [each for each in uow.posts.of_run(run.id) if each.state in states and meant(each)]
    ends = [act(uow, each.id, tried(each)) for each in posts]
    return Outcome(
        tuple(each for each in ends if isinstance(each, Post)),
        tuple(each for each in ends if isinstance(each, Refusal)),
    )
