"""T4 to T6: room between posts, and texts that come again."""

from collections.abc import Iterator
from datetime import timedelta

from bot.editorial.findings import Spot
from bot.editorial.planning.case import Case, at


def too_close(case: Case) -> Iterator[Spot]:
    reach = max(case.rules.spacing, case.rules.collision)
    for other in case.others(reach, reach):
        apart = abs(other.at - case.post.at)
        if apart < case.rules.collision:
            yield at(f"collides with post {other.id}, {_minutes(apart)} minutes away", case)
        elif apart < case.rules.spacing:
            yield at(f"{_minutes(apart)} minutes from post {other.id}", case)


def too_many(case: Case) -> Iterator[Spot]:
    stories = {other.story for other in case.others_that_day()} | {case.post.story}
    if len(stories) > case.rules.posts_a_day:
        yield at(f"{len(stories)} posts that day; {case.rules.posts_a_day} are enough", case)


def again(case: Case) -> Iterator[Spot]:
    """The same words, or nearly, in the same channel before their time."""
    gap = timedelta(days=case.rules.repeat_days)
    for other in case.plan.near(case.post, gap, gap):
        if other.story == case.post.story and not case.post.repeats:
            continue
        if alike := case.post.wording.likeness(other.wording, case.rules.likeness):
            how = "the same as" if alike == 1 else "much like"
            when = f"{case.wall_of(other):%Y-%m-%d}"
            yield Spot(("text",), "", f"{how} post {other.id} of {when}")


def worn_out(case: Case) -> Iterator[Spot]:
    """A memorial may come back every year."""
    post, most = case.post, case.rules.cycles
    if post.repeats and post.type != "memorial" and post.cycle > most:
        yield Spot(("schedule",), "", f"it would be time {post.cycle}; the most is {most}")


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
