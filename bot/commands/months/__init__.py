"""`/calendar`: a month as a picture and as tappable days, its days, their dates, its notices."""

from datetime import date

from bot.commands.composer import begin_on
from bot.commands.desk import Desk
from bot.commands.moderation.shown import no
from bot.commands.months.card import month_card
from bot.commands.months.confirming import moon
from bot.commands.months.day import day_card
from bot.commands.months.noticing import notices_wanted
from bot.commands.months.picture import month_picture
from bot.commands.pages import asked_page
from bot.core.months import Month
from bot.core.people import Role
from bot.core.replies import Reply, Request

__all__ = ["calendar", "moon", "on_day"]


def calendar(request: Request, desk: Desk, line: str) -> Reply:
    """A month as a picture, `month` of it as text, a day, `confirm` or `notices`."""
    words, page = asked_page(line.lower())
    first, _, rest = words.partition(" ")
    if first == "confirm":
        if desk.role_now(request.person) < Role.ADMIN:
            return no(request, desk, "calendar.admins")
        return moon(request, desk, rest)
    if first == "notices":
        return notices_wanted(request, desk, rest.strip())
    if day := _day(first):
        return day_card(request, desk, day, page)
    show, written = (month_card, rest.strip()) if first == "month" else (month_picture, words)
    month = Month.read(written) if written else Month.of(desk.today())
    return show(request, desk, month) if month else no(request, desk, "calendar.usage")


def on_day(request: Request, desk: Desk, line: str) -> Reply:
    """Begin a draft, or go on with an empty one, that goes out on a day."""
    day = _day(line.strip())
    if day is None or request.person is None:
        return no(request, desk, "calendar.usage")
    return begin_on(request, request.person, desk, day)


def _day(written: str) -> date | None:
    """A whole date, of a month that can be shown."""
    month = Month.read(written[:7])
    days = {str(each): each for each in month.days} if month else {}
    return days.get(written)
