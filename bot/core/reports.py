"""Errors that readers report."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.people import PersonId
from bot.core.records import Language

MOST_OPEN = 500
"""Reports that may wait at once; more than that nobody reads."""

LONGEST_REPORT = 1000
"""UTF-16 units of a report that are kept."""


class Outcome(StrEnum):
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader holds to be wrong, and on which day they said so.

    `contact` and their `language` are there only while somebody waits for an answer. One with an
    `outcome` is over: of it nothing is left but number, record, day and outcome.
    """

    id: int
    text: str
    record_id: str | None
    day: date
    contact: PersonId | None = None
    language: Language | None = None
    outcome: Outcome | None = None


def hash_of(token: str) -> str:
    """What is kept of the token by which the one who wrote a report proves it."""
    return hashlib.sha256(token.encode()).hexdigest()
