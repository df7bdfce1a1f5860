"""What readers hold to be wrong, as moderators work on it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.briefs import button_for
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.people import PersonId
from bot.core.records import Language
from bot.core.replies import Block, Button, Errand, Reply, Request, Span, plain
from bot.core.reports import Outcome, Report
from bot.core.text import clean, cut, isolate

LONGEST_LIST = 20
LONGEST_BEGINNING = 60


def reports(request: Request, desk: Desk, _: str) -> Reply:
    """The open reports, those first that have waited longest."""
    with desk.new_uow(reading=True) as uow:
        waiting, n = uow.reports.waiting(LONGEST_LIST), uow.reports.count_waiting()
    if not waiting:
        return plain(desk.say(request.language, "reports.none"))
    title = Span(desk.say(request.language, "reports.title", n=n), bold=True)
    buttons = [Button(f"{each.id}", f"report {each.id}") for each in waiting]
    return Reply((Block((title, *map(_line, waiting))),)).with_buttons(
        *(buttons[at : at + 5] for at in range(0, len(buttons), 5))
    )


def report(request: Request, desk: Desk, line: str) -> Reply:
    """A report; with a text behind its number, the answer to who wrote it; `close` ends it."""
    number, *said = line.split(maxsplit=1) or [""]
    found, answer = _report(number, desk), clean("".join(said))
    if found is None:
        return plain(desk.say(request.language, "reports.unknown"))
    if found.outcome is not None:
        return _over(request, desk, found.id)
    match answer.lower(), found.contact:
        case "", _:
            return _shown(found, request, desk)
        case "close", _:
            return _close(request, desk, found.id)
        case _, None:
            told = desk.say(request.language, "reports.nobody", id=found.id)
            return plain(told).with_buttons([_close_button(found, request.language, desk)])
        case "answer", _:
            told = desk.say(request.language, "reports.ask", id=found.id)
            return replace(plain(told), asks=f"report {found.id}")
        case _, person:
            return _answer(request, desk, found, person, answer)


def told_to_moderators(found: Report, desk: Desk) -> tuple[tuple[PersonId, Reply], ...]:
    """The notices of a new report, to each in their language; none where it is `gathered`."""
    if not desk.new_reports.comes(desk.clock()):
        return ()
    return tuple(
        (each, _shown(found, Request("", each, desk.language_of(each, "en")), desk))
        for each in desk.people()
    )


def gathered(desk: Desk) -> tuple[tuple[PersonId, Reply], ...]:
    """One notice to each of all new reports that came too fast to be told of one by one."""
    n = desk.new_reports.take(desk.clock())
    if not n:
        return ()
    return tuple(
        (owner, plain(desk.say(desk.language_of(owner, "en"), "reports.gathered", n=n)))
        for owner in desk.owners
    )


def about(record_id: str | None, desk: Desk, language: Language) -> str:
    """What a report is about: a brief by its name, or the bot as a whole."""
    record = desk.library.get(record_id) if record_id else None
    if record is not None:
        return isolate(record.name.in_language(language))
    return isolate(record_id) if record_id else desk.say(language, "reports.general")


def _answer(request: Request, desk: Desk, found: Report, person: PersonId, answer: str) -> Reply:
    """Tell who waits for it; only then is the report closed and erased.

    Of two moderators who answer at once both are read.
    """

    def end(is_told: bool) -> Reply:
        if not is_told:
            told = plain(desk.say(request.language, "reports.not-told", id=found.id))
            return told.with_buttons([Button(f"{found.id}", f"report {found.id}")])
        _end(found.id, Outcome.ANSWERED, desk)
        return plain(desk.say(request.language, "reports.answered", id=found.id))

    return Reply((), errand=Errand(person, _told(found, answer, desk), end))


def _told(found: Report, answer: str, desk: Desk) -> Reply:
    """The answer as the one who wrote the report reads it."""
    language = desk.language_of(found.contact, found.language or "en")
    day, what = date_in(found.day, desk, language), about(found.record_id, desk, language)
    return Reply(
        (
            *plain(desk.say(language, "reports.reply", about=what, day=day)).blocks,
            Block((Span(found.text),), quotation=True),
            *plain(answer, desk.say(language, "reports.erased")).blocks,
        )
    )


def _close(request: Request, desk: Desk, number: int) -> Reply:
    done = _end(number, Outcome.CLOSED, desk)
    if done is None:
        return _over(request, desk, number)
    return plain(desk.say(request.language, "reports.closed", id=number))


def _end(number: int, outcome: Outcome, desk: Desk) -> Report | None:
    with desk.new_uow() as uow:
        before = uow.reports.close(number, outcome)
        uow.commit()
        uow.cleanse()
    return before


def _over(request: Request, desk: Desk, number: int) -> Reply:
    return plain(desk.say(request.language, "reports.over", id=number))


def _shown(found: Report, request: Request, desk: Desk) -> Reply:
    return Reply(tuple(_blocks(found, request.language, desk))).with_buttons(
        *_buttons(found, request.language, desk)
    )


def _blocks(found: Report, language: Language, desk: Desk) -> Iterator[Block]:
    day, what = date_in(found.day, desk, language), about(found.record_id, desk, language)
    head = desk.say(language, "reports.head", id=found.id, about=what, day=day)
    yield Block((Span(head, bold=True),))
    yield Block((Span(found.text),), quotation=True)
    waits = "reports.waits" if found.contact else "reports.nobody-waits"
    yield from plain(desk.say(language, waits)).blocks


def _buttons(found: Report, language: Language, desk: Desk) -> Iterator[list[Button]]:
    record = desk.library.get(found.record_id) if found.record_id else None
    if record is not None:
        yield [button_for(record, language)]
    answer = Button(desk.say(language, "button.answer"), f"report {found.id} answer")
    yield [*([answer] if found.contact else []), _close_button(found, language, desk)]


def _close_button(found: Report, language: Language, desk: Desk) -> Button:
    return Button(desk.say(language, "button.close"), f"report {found.id} close")


def _line(found: Report) -> Span:
    beginning = cut(" ".join(found.text.split()), LONGEST_BEGINNING)
    return Span(f"\n/report {found.id} – {found.day} – {found.record_id or '–'} – {beginning}")


def _report(number: str, desk: Desk) -> Report | None:
    digits = number.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return None
    with desk.new_uow(reading=True) as uow:
        return uow.reports.get(int(digits))
