"""Apply the rules, and silence what a record waives."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.core.library import Library
from bot.core.records import HelpLine, Record
from bot.editorial.findings import Finding, told
from bot.editorial.lexicons import Lexicons
from bot.editorial.of_record import subjects_of
from bot.editorial.reading import Reading, span_of
from bot.editorial.rules import RULES
from bot.editorial.subject import Subject

UNUSED_WAIVER = "W0"


def lint(subject: Subject, lexicons: Lexicons, today: date) -> Iterator[Finding]:
    """Everything that the rules find, rule by rule."""
    read = Reading(subject, lexicons, today)
    texts = {piece.field: piece.text for piece in subject.pieces}
    for rule in RULES:
        for spot in dict.fromkeys(rule.check(read)):
            yield told(rule, spot, spot.span or span_of(spot.excerpt, texts.get(spot.field, "")))


def lint_record(
    record: Record, library: Library, lexicons: Lexicons, today: date
) -> Iterator[Finding]:
    """Findings of a record and of its posts, without the warnings that it waives.

    An error cannot be waived. A waiver that silences nothing is a warning itself.
    """
    waived = {waiver.rule for waiver in record.waivers}
    silenced: set[str] = set()
    for subject in subjects_of(record, library):
        for finding in lint(subject, lexicons, today):
            if finding.severity == "warning" and finding.rule in waived:
                silenced.add(finding.rule)
            else:
                yield finding
    for number, waiver in enumerate(record.waivers):
        if waiver.rule not in silenced:
            wrong = "a waiver that silences nothing; only warnings can be waived"
            field = ("waivers", number)
            yield Finding(UNUSED_WAIVER, "warning", field, waiver.rule, wrong, "take it out")


def lint_help_lines(
    lines: Mapping[str, HelpLine], library: Library, lexicons: Lexicons, today: date
) -> Iterator[Finding]:
    """Help lines that nobody has checked for too long, of those that are offered to readers."""
    offered = tuple(((name,), line) for name, line in lines.items() if line.offered)
    yield from lint(Subject("help", (), library, help_lines=offered), lexicons, today)
