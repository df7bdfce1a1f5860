"""T2: on a day of remembrance a channel says one thing, and is silent otherwise."""

from collections.abc import Iterator
from datetime import date

from bot.core.posts import PostType
from bot.editorial.findings import Spot
from bot.editorial.planning.case import AT, Case, Situation

UPBEAT = frozenset({"quiz", "poll", "question", "story"})
"""Types that never go out beside a memorial."""


def allows(post_type: PostType, day: date, situation: Situation) -> bool:
    """Whether a series may have such a post on the day; days that may be Ashura are left free."""
    return not any(
        post_type != "memorial"
        if kept.is_ashura
        else post_type in kept.day.forbids and not kept.near
        for kept in situation.days.on(day)
    )


def forbidden_type(case: Case) -> Iterator[Spot]:
    """A type of post that a day of the calendar forbids; a day not yet confirmed is a warning."""
    for kept in case.situation.days.on(case.day):
        if case.post.type in kept.day.forbids and not kept.is_ashura:
            mild = kept.near or case.post.rapid
            yield Spot(AT, f"{case.day}", kept.called, "warning" if mild else "error")


def beside_a_memorial(case: Case) -> Iterator[Spot]:
    """A second post on the day of a memorial in the channel, whatever the calendar says."""
    others = case.others_that_day()
    for other in others:
        if other.type == "memorial" and case.post.type != "correction":
            severe = case.post.type in UPBEAT
            about = f"post {other.id} remembers that day"
            yield Spot(AT, f"{case.day}", about, "error" if severe else "warning")
            return
    if case.post.type == "memorial":
        for other in others:
            if other.type != "correction":
                about = f"post {other.id} goes to the channel too"
                yield Spot(AT, f"{case.day}", about, "warning")
