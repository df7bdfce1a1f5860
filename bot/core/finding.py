"""What a question was found to be about."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["answer", "choices", "none"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question is about: record ids, best first, and how sure the first is (0 to 1)."""

    outcome: Outcome
    ids: tuple[str, ...] = ()
    confidence: float = 0.0


NOTHING = Finding("none")
