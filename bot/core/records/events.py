"""Dated happenings that are not attacks: pledges, bans, operations, judgments."""

import datetime as dt
from typing import Literal

from bot.core.records.base import Id, Record, Text


class Event(Record):
    """`date` is exact to `precision`; for a month or a year it is the first day of it."""

    date: dt.date
    precision: Literal["day", "month", "year"] = "day"
    place: Text | None = None
    organisations: tuple[Id, ...] = ()
