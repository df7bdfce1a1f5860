"""Pausing, resuming, cancelling and closing a started campaign."""

from dataclasses import replace

from bot.commands.campaigns.showing import shown
from bot.commands.campaigns.work import TooLate, Work
from bot.commands.moderation.shown import attempt, notices
from bot.core.people import PersonId
from bot.core.ports import UnitOfWork
from bot.core.posts import Attempt, Event, Post
from bot.core.replies import Reply, plain
from bot.core.running import Outcome
from bot.core.running import cancel as cancel_all
from bot.core.running import pause as pause_all
from bot.core.running import resume as resume_all
from bot.core.runs import Run, RunState, state_of
from bot.core.text import clean, cut

LONGEST_REPORT = 1500


def pause(work: Work, _: str) -> Reply:
    """Keep all of it from going out; at once, and nothing of it is approved meanwhile."""
    with work.changing() as (uow, run):
        is_open = not (run.paused_at or run.cancelled_at)
        outcome = pause_all(uow, run, _attempt(work, uow, Event.PAUSE)) if is_open else None
        now = uow.runs.get(run.id) or run
        uow.commit()
    return _told(work, now, outcome, "paused")


def resume(work: Work, _: str) -> Reply:
    """Let go on what was paused with it; what is too late by now is listed and stays."""

    with work.changing() as (uow, run):
        tried = _attempt(work, uow, Event.RESUME)
        judge, grounds = work.desk.judge, work.desk.grounds(work.language)

        def judged(post: Post) -> Attempt:
            return replace(tried, findings=judge.findings(post, uow, grounds))

        is_paused = run.paused_at and not run.cancelled_at
        outcome = resume_all(uow, run, tried, judged) if is_paused else None
        now = uow.runs.get(run.id) or run
        uow.commit()
    return replace(_told(work, now, outcome, "resumed"), reschedules=True)


def cancel(work: Work, sure: str) -> Reply:
    """Cancel what has not gone out; asked back once, since it is for good."""
    if sure != "yes":
        ways = [work.button(work.say("button.run.cancel-all"), "cancel", "yes"), work.back()]
        return plain(work.say("run.ask-cancel", name=work.name)).with_buttons(ways)
    with work.changing() as (uow, run):
        comment = work.desk.say("en", "cancel.reason")
        tried = replace(_attempt(work, uow, Event.CANCEL), comment=comment)
        outcome = None if run.cancelled_at else cancel_all(uow, run, tried)
        now = uow.runs.get(run.id) or run
        uow.commit()
    return _told(work, now, outcome, "cancelled")


def report(work: Work, text: str) -> Reply:
    """What was learned, in a person's words; with it the campaign is closed."""
    if not text:
        return work.ask("report", work.say("run.ask-report"))
    with work.changing() as (uow, run):
        posts, now = uow.posts.of_run(run.id), work.desk.clock()
        if state_of(run, posts, now) not in (RunState.ENDED, RunState.REPORTED):
            raise TooLate(plain(work.say("run.not-ended", id=run.id)))
        closed = replace(run, report=cut(clean(text), LONGEST_REPORT))
        uow.runs.put(closed)
        uow.audit.append(work.request.person, "campaign.reported", f"campaign {run.id}", now)
        uow.commit()
    return shown(replace(work, run=closed))


def _attempt(work: Work, uow: UnitOfWork, event: Event) -> Attempt:
    """What the person tries now, with the role that they have in this transaction."""
    role = work.desk.role_in(uow, work.request.person)
    return replace(attempt(work.request, work.desk, event), role=role)


def _told(work: Work, run: Run, outcome: Outcome | None, what: str) -> Reply:
    """What became of each, to whoever did it and to the others who work on it.

    Without an outcome somebody else was quicker, and it is shown as it stands.
    """
    if outcome is None:
        return shown(replace(work, run=run))
    notes = [work.say(f"run.{what}-now", n=len(outcome.done))]
    if outcome.refused:
        why = "\n".join(work.say(each.key, **each.values) for each in outcome.refused)
        notes += [work.say("run.refused", n=len(outcome.refused)), why]
    people: list[PersonId] = [p for post in outcome.done for p in post.people]
    others = notices(
        (run.started_by, *people),
        work.request,
        work.desk,
        lambda each: work.desk.say(each, f"run.{what}-notice", id=run.id),
    )
    return replace(shown(Work(work.request, work.desk, run), *notes), notices=others)
