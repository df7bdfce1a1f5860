"""What a question was found to be about."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["answer", "choices", "none"]
Field = Literal["how many", "who", "when", "where", "why"]
Concern = Literal["instructions", "contact", "propaganda", "despair", "danger"]
"""What is never looked up: a request for methods, for a way to a group or for its material is
refused; words of despair or of danger get the people who can help."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question is about: record ids, best first, and how sure the first is (0 to 1).

    `field` is the one thing that was asked of the record, where it was one. With a `concern` the
    outcome is `none` and there are no ids.
    """

    outcome: Outcome
    ids: tuple[str, ...] = ()
    confidence: float = 0.0
    field: Field | None = None
    concern: Concern | None = None


NOTHING = Finding("none")
