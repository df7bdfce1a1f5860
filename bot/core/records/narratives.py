"""Claims that recruiters make, and what answers them."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from bot.core.prose import without_citations
from bot.core.records.base import Record, Text

SHORTEST_EXPLANATION = 80
"""Characters: a bare "false" is forgotten within a week, an explanation is not."""


class Narrative(Record):
    """The claim is told plainly, never in its slogans; `facts` and `why_false` are the answer.

    `theme` is one of the five recruiting themes that counter-messaging practice works with.
    `limits` says what the answer cannot show, or what is true in the claim.
    """

    theme: Literal["governance", "strength", "religious legitimacy", "duty to fight", "victimhood"]
    claim: Text
    verdict: Literal["false", "misleading", "unproven"]
    facts: Annotated[tuple[Text, ...], Field(min_length=1)]
    why_false: Text
    trick: Text | None = None
    limits: Text | None = None

    @field_validator("why_false")
    @classmethod
    def _explains(cls, value: Text) -> Text:
        if len(without_citations(value.en)) < SHORTEST_EXPLANATION:
            raise ValueError(
                f"give the real explanation, in {SHORTEST_EXPLANATION} characters or more"
            )
        return value
