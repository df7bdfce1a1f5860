"""What a started campaign asks for now: the next step in words, and the ways to take it."""

from collections.abc import Iterator

from bot.commands.campaigns.work import Work
from bot.core.posts import Post, PostState
from bot.core.replies import Button
from bot.core.runs import RunState


def waiting_for(work: Work) -> list[Post]:
    """What this person may approve and has not yet."""
    person = work.request.person
    return [
        each
        for each in work.posts
        if each.state is PostState.REVIEW
        and person not in each.writers | each.approvers | {each.author}
    ]


def next_step(work: Work) -> str:
    """What this person does next, in a sentence; empty where nothing is asked of anybody."""
    if work.run.cancelled_at or work.run.paused_at:
        return ""
    if not work.run.written_at:
        return work.say("run.next.series" if work.run.is_set_up else "run.next.set-up")
    states = {each.state for each in work.posts}
    if PostState.DRAFT in states:
        return work.say("run.next.submit")
    if waiting_for(work):
        return work.say("run.next.yours")
    return work.say("run.next.others") if PostState.REVIEW in states else ""


def ways_on(work: Work) -> Iterator[list[Button]]:
    """The ways to the next step, row by row."""
    if work.run.cancelled_at:
        return
    if not work.run.written_at:
        yield [
            work.button(work.say(f"button.run.{step}"), step)
            for step in ("month", "languages", "targets")
        ]
        if work.run.is_set_up:
            yield [work.button(work.say("button.run.series"), "series")]
    if any(each.state is PostState.DRAFT for each in work.posts):
        yield [work.button(work.say("button.run.submit"), "submit")]
    if waiting_for(work):
        yield [work.button(work.say("button.run.review"), "review")]


def ways_out(work: Work, state: RunState) -> list[Button]:
    """What stops it or, once it is over, closes it: apart from the way on."""
    if work.run.cancelled_at:
        return []
    if state in (RunState.ENDED, RunState.REPORTED):
        return [work.button(work.say("button.run.report"), "report")]
    switch = "resume" if work.run.paused_at else "pause"
    pausing = [work.button(work.say(f"button.run.{switch}"), switch)] if work.posts else []
    return [*pausing, work.button(work.say("button.run.cancel"), "cancel")]
