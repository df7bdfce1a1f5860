"""Dates as readers write them."""

from datetime import date

from bot.commands.desk import Desk
from bot.core.records import Language


def date_in(day: date, desk: Desk, language: Language) -> str:
    """`13 May 2015`, with the month's name in `language`."""
    return f"{day.day} {desk.say(language, f'month.{day.month}')} {day.year}"
