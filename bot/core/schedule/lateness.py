"""What becomes of an occurrence whose time has come, or went by while nothing could be sent."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.schedule.occurrences import Occurrence

ON_TIME = timedelta(minutes=1)
"""So much later is still on time, whatever the policy: a restart, a busy minute."""


class IfMissed(StrEnum):
    """What the author of a post wants done if its time is missed."""

    SEND = "send within grace"
    SKIP = "skip and report"
    ASK = "ask"


class Step(StrEnum):
    WAIT = "wait"
    SEND = "send"
    SKIP = "skip"
    ASK = "ask"


def next_step(occurrence: Occurrence, if_missed: IfMissed, now: datetime, grace: timedelta) -> Step:
    """What to do at `now`; `WAIT` while it is not due, and as long as its day is not confirmed.

    Beyond `grace` nothing is sent unasked. What is skipped is to be reported.
    """
    if occurrence.due_at is None or occurrence.due_at > now:
        return Step.WAIT
    late = now - occurrence.due_at
    if late <= ON_TIME or (if_missed is IfMissed.SEND and late <= grace):
        return Step.SEND
    return Step.ASK if if_missed is IfMissed.ASK else Step.SKIP
