"""What the lint says about a text."""

from typing import NamedTuple, Protocol

from bot.core.faults import Field, Severity

__all__ = ["Field", "Finding", "Severity", "Span", "Spot", "told"]


Span = tuple[int, int]
"""Where a part of a text begins and ends, counted in characters of the text as it was written."""


class Finding(NamedTuple):
    """One thing to mend. `excerpt` is the very text that is meant, empty where none is there.

    `span` is where it stands in the text of `field`, citations and all.
    """

    rule: str
    severity: Severity
    field: Field
    excerpt: str
    message: str
    cure: str
    span: Span | None = None


class Spot(NamedTuple):
    """Where a rule's check finds something; what to say of it stands in the table of rules.

    `severity` departs from the rule's own where the check knows better. `about` names the case.
    """

    field: Field
    excerpt: str = ""
    about: str = ""
    severity: Severity | None = None
    span: Span | None = None


class Naming(Protocol):
    """What a rule says of whatever its check finds."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def wrong(self) -> str: ...
    @property
    def cure(self) -> str: ...


def told(rule: Naming, spot: Spot, span: Span | None = None) -> Finding:
    """The finding of a rule at a spot."""
    wrong = f"{rule.wrong}: {spot.about}" if spot.about else rule.wrong
    severity = spot.severity or rule.severity
    return Finding(rule.id, severity, spot.field, spot.excerpt, wrong, rule.cure, span or spot.span)
