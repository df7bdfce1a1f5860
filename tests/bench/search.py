"""`python -m tests.bench.search`: how good search is on the shipped content, and how fast on more.

Peers get the same questions in the same run: RapidFuzz over all names, and SQLite's full-text
index. Only the ratios say something beyond this machine.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process

from bot.adapters.content_files import load_content
from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.prose import without_citations
from bot.search.index import Index
from bot.settings import ROOT
from tests.bench.content import resident, say, seconds
from tests.bench.near_misses import asked, library
from tests.search.questions import evaluated, left_out, questions, table

SIZES = (1_000, 5_000, 20_000)
QUESTIONS, OF_SLOW_PEERS = 800, 40


def main() -> None:
    shipped()
    for size in SIZES:
        generated(size)


def shipped() -> None:
    content = load_content(ROOT / "content")
    index = Index(content.library, content.stop_words)
    for line in table(index.find):
        say(line)
    library, hidden = left_out(content.library)
    say(f"left out   all    {evaluated(hidden, Index(library, content.stop_words).find)}")
    say(f"shipped content: {timed(index.find, [each.question for each in questions()])}")


def generated(size: int) -> None:
    records = library(size)
    stop_words = records.lexicons["stop-words"].values()
    lines = [line for said in stop_words for line in said]
    before = resident()
    built: list[Index] = []
    took = seconds(lambda: built.append(Index(records, lines)))
    [index] = built
    memory = resident() - before
    mix = asked(records, QUESTIONS)
    ours = timed(index.find, mix)
    say(f"{size} records: index built in {took:.2f} s, {memory:.0f} MB")
    say(f"  wazahat    {ours}")
    peers = {"rapidfuzz": by_rapidfuzz(records), "fts5": by_full_text(records)}
    for name, find in peers.items():
        peer = timed(find, mix[:OF_SLOW_PEERS] if name == "rapidfuzz" else mix)
        ratio = peer.p50 / ours.p50
        say(f"  {name:10} {peer}  ({ratio:.1f} times our p50, {peer.p99 / ours.p99:.1f} our p99)")


class Times:
    """Milliseconds of single questions."""

    def __init__(self, taken: list[float]) -> None:
        taken.sort()
        self.p50 = 1000 * statistics.median(taken)
        self.p99 = 1000 * taken[int(len(taken) * 0.99)]

    def __str__(self) -> str:
        return f"p50 {self.p50:7.3f} ms  p99 {self.p99:7.3f} ms"


def timed(find: Callable[[str], object], mix: list[str]) -> Times:
    taken = []
    for question in mix:
        began = time.perf_counter()
        find(question)
        taken.append(time.perf_counter() - began)
    return Times(taken)


def by_rapidfuzz(records: Library) -> Callable[[str], object]:
    """The name most like a question, of all names."""
    names = [name for each in records.records.values() for name in each.names()]
    return lambda question: process.extract(question, names, scorer=fuzz.WRatio, limit=5)


def by_full_text(records: Library) -> Callable[[str], object]:
    """The records that have any of the words, best by BM25, with no care for spelling."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE brief USING fts5(names, text)")
    rows = (
        (" ".join(each.names()), f"{without_citations(each.summary.en)} {each.summary.ur or ''}")
        for each in records.records.values()
    )
    database.executemany("INSERT INTO brief VALUES (?, ?)", rows)
    chosen = "SELECT rowid FROM brief WHERE brief MATCH ? ORDER BY bm25(brief, 5, 1) LIMIT 5"

    def find(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in words_of(question))
        return database.execute(chosen, (words,)).fetchall()

    return find


if __name__ == "__main__":
    main()
