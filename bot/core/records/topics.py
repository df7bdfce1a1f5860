"""Explainers."""

from typing import Literal

from bot.core.records.base import Record, Text


class Topic(Record):
    """An argument or a method, told point by point.

    `view` says whose it is: the source article's, an institution's, or what the record shows by
    itself. `since` tells what happened after, where it is a view of its time.
    """

    view: Literal["article", "institution", "record"]
    points: tuple[Text, ...] = ()
    since: Text | None = None
