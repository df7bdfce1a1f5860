"""What the lint says about a text."""

from typing import NamedTuple

from bot.core.faults import Field, Severity

__all__ = ["Field", "Finding", "Severity", "Spot"]


class Finding(NamedTuple):
    """One thing to mend. `excerpt` is the very text that is meant, empty where none is there."""

    rule: str
    severity: Severity
    field: Field
    excerpt: str
    message: str
    cure: str


class Spot(NamedTuple):
    """Where a rule's check finds something; what to say of it stands in the table of rules.

    `severity` departs from the rule's own where the check knows better. `about` names the case.
    """

    field: Field
    excerpt: str = ""
    about: str = ""
    severity: Severity | None = None
