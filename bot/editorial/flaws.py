"""The lint as the content store asks for it."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.core.faults import Flaw
from bot.core.library import Library
from bot.core.records import Record
from bot.editorial.lexicons import KeptLexicons
from bot.editorial.lint import lint_record


class RecordLint:
    """Judges one record after the other."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._lexicons = KeptLexicons()

    def __call__(self, record: Record, library: Library) -> Iterator[Flaw]:
        for found in lint_record(record, library, self._lexicons.of(library), self._today()):
            message = f"{found.message}: {found.excerpt!r}" if found.excerpt else found.message
            yield Flaw(found.field, found.rule, message, found.cure, found.severity)
