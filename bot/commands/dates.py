"""Dates as readers write them."""

from datetime import date
from typing import Literal

from bot.commands.desk import Desk
from bot.core.records import Language


def date_in(
    day: date, desk: Desk, language: Language, precision: Literal["day", "month", "year"] = "day"
) -> str:
    """`13 May 2015`, `May 2015` or `2015`, with the month's name in `language`."""
    parts = [str(day.day), desk.say(language, f"month.{day.month}"), str(day.year)]
    return " ".join(parts[("day", "month", "year").index(precision) :])
