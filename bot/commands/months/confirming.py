"""Confirming when a day of the calendar is, after moon-sighting: by buttons or typed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.commands.desk import Desk
from bot.commands.moderation.shown import no, notices
from bot.commands.months.card import confirm_button
from bot.commands.months.seen import kept_between
from bot.commands.months.wording import Words
from bot.core.months import Month
from bot.core.people import PersonId, Role
from bot.core.replies import Button, Reply, Request, plain
from bot.core.schedule import NotASchedule
from bot.core.sighting import Sighting, confirm, take_back
from bot.core.text import clean, cut, isolate

AROUND = range(-2, 3)
"""Days from the expected one that are offered."""

SOON, FARTHEST = timedelta(days=90), timedelta(days=800)
MOST_LISTED = 12
_LINE = re.compile(r"(\S{1,40})\s+(?:(\d{4})(\s+back)?|(\S+))")


def moon(request: Request, desk: Desk, line: str) -> Reply:
    """`ID YEAR` offers dates, `ID DATE` confirms one, `ID YEAR back` takes it back.

    The year is that of the day's own reckoning. Without any of these, the days that wait.
    """
    found = _LINE.fullmatch(line.strip())
    if found is None or request.person is None:
        return _waiting(request, desk)
    day_id, year, back, written = found.groups()
    try:
        if written:
            return _confirmed(request, desk, request.person, day_id, written)
        if back:
            return _taken_back(request, desk, request.person, day_id, int(year))
        return _offered(request, desk, day_id, int(year))
    except NotASchedule as error:
        shown = {name: isolate(cut(clean(value), 60)) for name, value in error.values.items()}
        return no(request, desk, error.key, **shown)


def _waiting(request: Request, desk: Desk) -> Reply:
    words, today = Words(desk, request.language, {}), desk.today()
    days = [each for each in kept_between(desk, today, today + SOON) if not each.confirmed]
    days = sorted(days, key=lambda each: each.at)[:MOST_LISTED]
    told = [words.say("calendar.confirm-usage")] + [words.kept(each) for each in days]
    return plain(*told).with_buttons(*([confirm_button(words, each)] for each in days))


def _offered(request: Request, desk: Desk, day_id: str, year: int) -> Reply:
    words = Words(desk, request.language, {})
    expected = desk.calendar.expected(day_id, year) if 1 <= year <= 2198 else None
    if expected is None or desk.calendar.day(day_id).month:
        return _waiting(request, desk)
    kept = desk.calendar.in_year(day_id, year)
    name = desk.calendar.day(day_id).name.in_language(words.language)
    dates = [expected.date + timedelta(days=n) for n in AROUND]
    chosen = kept.date if kept and kept.confirmed else None
    rows = [[_choice(words, day_id, each, expected.date, chosen)] for each in dates]
    if chosen:
        rows.append([Button(words.say("button.unconfirm"), f"moon {day_id} {year} back")])
    told = [words.say("calendar.ask-date", name=name, date=words.written(expected.date))]
    if chosen:
        told.append(words.say("calendar.is-confirmed", date=words.written(chosen)))
    return plain(*told).with_buttons(*rows, [_back(words, expected.date)])


def _choice(words: Words, day_id: str, day: date, expected: date, chosen: date | None) -> Button:
    label = words.day_named(day)
    if day == chosen:
        label = f"✅ {label}"
    elif day == expected:
        label = words.say("calendar.expected", date=label)
    return Button(label, f"moon {day_id} {day}")


def _back(words: Words, day: date) -> Button:
    return Button(words.say("calendar.back"), f"calendar month {Month.of(day)}")


def _confirmed(request: Request, desk: Desk, person: PersonId, day_id: str, written: str) -> Reply:
    desk.calendar.day(day_id)  # raises for one that there is not
    day = _date(written)
    if day is None:
        return no(request, desk, "schedule.date", part=isolate(cut(clean(written), 40)))
    if abs(day - desk.today()) > FARTHEST:
        return no(request, desk, "calendar.far", date=isolate(str(day)))
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) < Role.ADMIN:
            return no(request, desk, "unknown-command", name="calendar")
        done = confirm(uow, desk.calendar, day_id, day, person, desk.clock())
        uow.commit()
    return _done(request, desk, done, day, "calendar.confirmed")


def _taken_back(request: Request, desk: Desk, person: PersonId, day_id: str, year: int) -> Reply:
    day = desk.calendar.in_year(day_id, year) if 1 <= year <= 2198 else None
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) < Role.ADMIN:
            return no(request, desk, "unknown-command", name="calendar")
        done = take_back(uow, desk.calendar, day_id, year, person, desk.clock())
        uow.commit()
    if done is None or day is None:
        return no(request, desk, "calendar.not-confirmed")
    return _done(request, desk, done, day.date, "calendar.unconfirmed")


def _done(request: Request, desk: Desk, done: Sighting, day: date, key: str) -> Reply:
    """What is told to the admin, and to the people of the posts that keep to the day."""
    desk.sightings.load()
    words = Words(desk, request.language, {})
    told = "\n".join(_lines(words, done, day, key))
    people = (person for post in done.posts for person in sorted(post.people))
    others = notices(
        people, request, desk, lambda each: "\n".join(_lines(Words(desk, each, {}), done, day, key))
    )
    again = Button(words.say("button.change-date"), f"moon {done.day_id} {done.year}")
    shown = plain(told).with_buttons([again], [_back(words, day)])
    return replace(shown, notices=others, reschedules=True)


def _lines(words: Words, done: Sighting, day: date, key: str) -> Iterator[str]:
    name = words.desk.calendar.day(done.day_id).name.in_language(words.language)
    yield words.say(key, name=name, date=words.written(day))
    if done.posts:
        listed = words.say("join.comma").join(f"/post {post.id}" for post in done.posts)
        yield words.say("calendar.moved", posts=listed)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
