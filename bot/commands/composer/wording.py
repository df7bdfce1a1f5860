"""A schedule in the words of the person who works on it."""

from datetime import date, datetime

from bot.commands.composer.work import Work
from bot.commands.dates import date_in
from bot.core.records.base import Text
from bot.core.schedule import NotASchedule, Said
from bot.core.schedule import in_words as said_of
from bot.core.schedule.saying import Value


def in_words(work: Work) -> str:
    """The schedule of the draft; without one it goes out as soon as it is approved."""
    if work.draft.schedule is None:
        return work.say("when.now")
    try:
        parts = said_of(work.draft.schedule, work.desk.calendar)
    except NotASchedule as error:
        return work.say(error.key, **error.values)
    return work.say("join.comma").join(_say(work, each) for each in parts)


def _say(work: Work, said: Said) -> str:
    return work.say(said.key, **{name: _value(work, each) for name, each in said.values.items()})


def _value(work: Work, value: Value | str) -> object:
    match value:
        case Said():
            return _say(work, value)
        case tuple():
            return work.say("join.comma").join(str(_value(work, each)) for each in value)
        case datetime():
            return work.desk.local(value)
        case date():
            return date_in(value, work.desk, work.language)
        case Text():
            return value.in_language(work.language)
        case _:
            return value
