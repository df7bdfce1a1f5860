"""What was corrected is told to everyone, newest first, with its sources."""

import datetime as dt
from dataclasses import replace

import pytest
from pydantic import ValidationError

from bot.commands.briefs.corrected import corrections_of
from bot.commands.briefs.telling import Telling
from bot.commands.corrections import A_PAGE
from bot.commands.desk import Desk
from bot.core.library import Library
from bot.core.records import Correction, Language, Record, Text
from bot.core.references import link_flaws, links_of
from tests.fakes.people import READER, Chat, actions

SOURCE = "aje-20150513"


def correction(day: dt.date, said: str = "It was on 13 May") -> Correction:
    return Correction(date=day, text=Text(en=f"{said} [@{SOURCE}].", ur=f"13 مئی [@{SOURCE}]۔"))


def corrected(record: Record, *days: dt.date) -> Record:
    changes = {"corrections": tuple(map(correction, days)), "as_of": max(days)}
    return record.model_copy(update=changes)


def with_records(desk: Desk, *records: Record) -> Desk:
    known = desk.library
    library = Library([*known.records.values(), *records], known.sources)
    return replace(desk, library=library)


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two records with three corrections."""
    records = desk.library.records
    return with_records(
        desk,
        corrected(records["safoora-goth-2015"], dt.date(2026, 11, 24), dt.date(2026, 11, 26)),
        corrected(records["isis-k"], dt.date(2026, 11, 25)),
    )


def test_nothing_corrected_is_said_honestly(say: Chat, desk: Desk) -> None:
    assert not any(record.corrections for record in desk.library.records.values())
    reply = say(READER, "/corrections")
    assert "Nothing in the briefs has been corrected yet" in reply.text
    assert "/wrong" in reply.text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_corrections_come_newest_first_with_their_briefs_and_sources(
    two: Desk, language: Language
) -> None:
    reply = Chat(two)(READER, "/corrections", language)
    rows = reply.text.split("\n• ")
    assert rows[0] == two.say(language, "corrections.title", n=3)
    assert [row.split()[0] for row in rows[1:]] == ["26", "25", "24"]
    assert two.library.records["isis-k"].name.in_language(language) in rows[2]
    assert set(actions(reply)) == {"attack safoora-goth-2015", "group isis-k"}
    url = str(two.library.sources[SOURCE].url)
    assert [span.url for span in reply.blocks[0].spans if span.url] == [url] * 3


def test_many_corrections_are_turned_like_pages(desk: Desk) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(2 * A_PAGE + 1)]
    chat = Chat(with_records(desk, corrected(desk.library.records["isis-k"], *days)))
    first = chat(READER, "/corrections")
    assert first.text.count("\n• ") == A_PAGE
    assert "corrections p2" in actions(first)
    last = chat.press(READER, "corrections p3")
    assert last.text.count("\n• ") == 1
    assert "1 January 2026" in last.text
    assert actions(last) == ["group isis-k", "corrections p2"]
    assert chat(READER, "/corrections p99").text == last.text
    assert chat(READER, "/corrections lentil soup").text == first.text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_brief_can_tell_its_own_corrections(two: Desk, language: Language) -> None:
    telling, record = Telling(two, language), two.library.records["safoora-goth-2015"]
    [block] = corrections_of(telling, record)
    assert block.text.index("26 ") < block.text.index("24 ")
    assert [number for number, _ in telling.citing.cited] == [1]
    assert [*corrections_of(telling, two.library.records["ttp"])] == []


def test_a_correction_later_than_its_record_is_refused(desk: Desk) -> None:
    fields = dict(desk.library.records["isis-k"])
    fields["corrections"] = (correction(fields["as_of"] + dt.timedelta(days=1)),)
    with pytest.raises(ValidationError, match=r"as_of .* must not be before a correction"):
        type(desk.library.records["isis-k"]).model_validate(fields)


def test_a_source_that_a_correction_cites_must_be_there(desk: Desk) -> None:
    record = desk.library.records["isis-k"]
    lost = Correction(date=record.as_of, text=Text(en="It was later [@no-such-source]."))
    record = record.model_copy(update={"corrections": (lost,)})
    links = links_of(record, lost.text.en)
    [flaw] = link_flaws(record, links, desk.library)
    assert flaw.field == ("corrections", 0, "text", "en")
    assert flaw.rule == "unknown-source"
