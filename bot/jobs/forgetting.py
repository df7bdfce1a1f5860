"""Taking readers out of the rows of what was sent to them, when its time has come."""

from datetime import datetime

from bot.core.ports import NewUow

AT_ONCE = 500
"""Rows that one transaction changes."""


def forget_old(new_uow: NewUow, now: datetime) -> None:
    """All that is over by `now`: counts stay, and nobody can tell any more of whom."""
    changed = AT_ONCE
    while changed == AT_ONCE:
        with new_uow() as uow:
            changed = uow.deliveries.forget_old(now, AT_ONCE)
            uow.commit()
