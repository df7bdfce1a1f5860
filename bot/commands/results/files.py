"""Results as files. Columns and keys are in English, whoever asks; the text is in their language.

No name of anybody is in them, and nothing that a single person did.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.commands.desk import Desk
from bot.commands.results.telling import sections
from bot.core.posts import DeliveryState
from bot.core.records import Campaign, Language
from bot.core.results import FEWEST, Result, Shown, shown
from bot.core.taps import BUTTONS


class Row(NamedTuple):
    """One figure: `of` is what it is out of, `post` a post's number or a place in the campaign."""

    level: str
    measure: str
    figure: int | float | str
    of: int | float | None = None
    post: str = ""
    note: str = ""


def csv_file(found: Result, desk: Desk, _: Language) -> bytes:
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(Row._fields)
    rows.writerows(["" if cell is None else cell for cell in row] for row in _rows(found, desk))
    return written.getvalue().encode("utf-8-sig")


def json_file(found: Result, desk: Desk, _: Language) -> bytes:
    told = {
        "of": found.name,
        "asked_at": found.asked_at.isoformat(),
        "hidden_below": FEWEST,
        "figures": [row._asdict() for row in _rows(found, desk)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def text_file(found: Result, desk: Desk, language: Language) -> bytes:
    """One page, with room for what only people can say."""
    parts = ["\n".join((each.title, *each.lines)) for each in sections(found, desk, language)]
    parts.append(desk.say(language, "results.to-write"))
    return ("\n\n".join(parts) + "\n").encode()


FORMATS: dict[str, Callable[[Result, Desk, Language], bytes]] = {
    "csv": csv_file,
    "json": json_file,
    "text": text_file,
}


def _rows(found: Result, desk: Desk) -> Iterator[Row]:
    yield from _goal(found, desk)
    yield from _awareness(found)
    yield from _engagement(found)
    harm, since = found.harm, "since the first post was due"
    yield Row("harm", "errors reported in its records", harm.reports, note=since)
    yield Row("harm", "corrections of its records", harm.corrections, note=since)
    yield Row("harm", "times everything was stopped", harm.holds, note=since)
    for state in (DeliveryState.REFUSED, DeliveryState.SKIPPED, DeliveryState.UNKNOWN):
        count = found.sent.counts.get(state, 0)
        yield Row("harm", f"deliveries {state}", count, found.sent.ended)


def _goal(found: Result, desk: Desk) -> Iterator[Row]:
    record = desk.library.get(found.campaign)
    if isinstance(record, Campaign) and found.name == found.campaign:
        figure = found.measured(record.goal.metric)
        told = figure if figure is not None else "hidden, or not counted by the bot"
        yield Row("goal", record.goal.metric, told, record.goal.target, note="of: the target")


def _awareness(found: Result) -> Iterator[Row]:
    for post in found.posts:
        which, sent = f"/post {post.id}", post.sent
        yield Row("awareness", "deliveries sent", sent.sent, sent.ended, which, post.language)
        timed = len(sent.late)
        yield Row("awareness", "sent within a minute", sent.on_time, timed, which)
        yield Row("awareness", "minutes late at most", sent.latest_minutes, None, which)
        if post.views is None:
            yield Row("awareness", "views", "not offered to bots", None, which)
        else:
            note = f"typed by hand at {post.views.at.isoformat()}"
            yield Row("awareness", "views", post.views.figure, None, which, note)
    for base in found.bases:
        members = "not told" if base.members is None else _cell(shown(base.members))
        note = f"chat {base.target} at {found.asked_at.isoformat()}; a base, not a reach"
        yield Row("awareness", "members", members, note=note)


def _engagement(found: Result) -> Iterator[Row]:
    note = "at least; taps, not people"
    for button in BUTTONS if found.taps else ():
        of = found.sent.sent
        yield Row("engagement", f"taps on {button}", _cell(found.tapped(button)), of, note=note)
        for seq, taps in found.taps.items():
            which = f"{found.campaign} {seq}"
            yield Row("engagement", f"taps on {button}", _cell(shown(taps[button])), None, which)
    told = "none told" if found.reactions is None else _cell(shown(found.reactions))
    yield Row("engagement", "reactions", told, found.sent.sent, note="at least; channels alone")


def _cell(count: Shown) -> int | str:
    return f"fewer than {FEWEST}" if count.count is None else count.count
