"""Groups and institutions."""

from typing import Literal

from bot.core.records.base import Id, Record, Text


class Organisation(Record):
    """A group or institution. `branch_of` names the body it is a province or branch of."""

    kind: Literal[
        "armed group",
        "sectarian organisation",
        "religious institution",
        "de facto authority",
        "counter-messaging centre",
    ]
    branch_of: Id | None = None
    grew_from: Id | None = None
    origin: Text | None = None
    harm: Text | None = None
    ties: tuple[Text, ...] = ()
    today: Text | None = None
    listed: tuple[Text, ...] = ()
    disputed: Text | None = None
    caution: Text | None = None
