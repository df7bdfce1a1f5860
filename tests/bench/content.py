"""`python -m tests.bench.content`: how fast 10,000 records load, and how soon a change is live.

The time to load stands beside that of PyYAML's C loader alone on the same files in the same run;
the two take turns at going first. Memory is what the process holds, after collecting.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.adapters.content_files import Content, ContentFolder, load_content
from bot.adapters.content_files.serving import Serving
from bot.editorial import RecordLint
from bot.search.index import Index
from bot.settings import ROOT

RECORDS, ROUNDS, CHANGES = 10_000, 3, 9
EN = (
    "In the town of Place{n} people were attacked one busy morning at the bazaar [@source-{s}].",
    "The first counts differed from later ones; both are told here with sources [@source-{t}].",
    "Officials spoke of an inquiry, whose results were made known the year after [@source-{s}].",
)
UR = (
    "مقام {n} میں ایک مصروف صبح پرانے بازار کے قریب لوگوں پر حملہ کیا گیا [@source-{s}]۔",
    "ابتدائی گنتی بعد کی گنتی سے مختلف تھی اور یہاں دونوں ذرائع کے ساتھ درج ہیں [@source-{t}]۔",
    "حکام نے تحقیقات کا ذکر کیا جن کے نتائج اگلے برس سامنے آئے [@source-{s}]۔",
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wazahat-bench-") as name:
        folder = Path(name)
        size = generate(folder, RECORDS)
        say(f"{RECORDS} records, {size / 1e6:.1f} MB, {size / RECORDS / 1000:.1f} kB each")
        cold(folder)
        live(folder)
    wording()


def cold(folder: Path) -> None:
    """Loading everything, beside parsing its YAML alone."""
    parse, load = (lambda: parse_all(folder)), (lambda: ContentFolder(folder).load())
    parses, loads = [], []
    for number in range(ROUNDS):
        if number % 2:
            loads.append(seconds(load))
            parses.append(seconds(parse))
        else:
            parses.append(seconds(parse))
            loads.append(seconds(load))
        say(f"round {number + 1}  yaml alone {parses[-1]:6.2f} s  cold load {loads[-1]:6.2f} s")
    ratio = statistics.median(loads) / statistics.median(parses)
    say(
        f"cold load {statistics.median(loads):.2f} s; CSafeLoader alone"
        f" {statistics.median(parses):.2f} s; ratio {ratio:.2f} (medians of {ROUNDS} rounds)"
    )


def wording() -> None:
    """The editorial lint over the shipped content, beside parsing its YAML alone."""
    library = load_content(ROOT / "content").library
    lint, records = RecordLint(lambda: datetime.now(UTC).date()), library.records.values()
    deque(lint(next(iter(records)), library), 0)  # makes the word lists ready
    judged = statistics.median(
        seconds(lambda: [deque(lint(each, library), 0) for each in records]) for _ in range(ROUNDS)
    )
    alone = statistics.median(seconds(lambda: parse_all(ROOT / "content")) for _ in range(ROUNDS))
    say(
        f"wording of {len(records)} records judged in {judged:.2f} s; CSafeLoader alone"
        f" {alone:.2f} s; ratio {judged / alone:.2f} (medians of {ROUNDS} rounds)"
    )


def live(folder: Path) -> None:
    """From a look that notices one changed file to its being found, and the memory of it all."""
    before = resident()
    serving = Serving(ContentFolder(folder))
    loaded = resident()
    indices = [Index(serving.content.library, serving.content.stop_words)]
    indexed = resident()

    def take_over(content: Content) -> None:
        indices[:] = [Index(content.library, content.stop_words, indices[0])]

    serving.taken_over = take_over
    times = []
    for number in range(CHANGES):
        attack = folder / "attacks" / f"attack-{(number * 997) // 10 * 10}.yaml"
        text = attack.read_text("utf8")
        attack.write_text(text.replace("aliases:", f"aliases:\n  - Quokka{number}", 1), "utf8")
        times.append(seconds(serving.look))
        assert indices[0].find(f"quokka{number}").ids == (attack.stem,)
    quiet = statistics.median(seconds(serving.look) for _ in range(CHANGES))
    say(
        f"one changed file live after {1000 * statistics.median(times):.0f} ms (slowest"
        f" {1000 * max(times):.0f} ms of {CHANGES}); a look at no change {1000 * quiet:.0f} ms"
    )
    say(
        f"resident memory: {before:.0f} MB before, {loaded:.0f} MB loaded,"
        f" {indexed:.0f} MB with the index"
    )


def generate(folder: Path, records: int) -> int:
    """Write so many records that refer to each other; returns their bytes."""
    sources = {
        f"source-{number}": {
            "title": f"A report on the year {number}",
            "publisher": f"Paper {number % 40}",
            "url": f"https://example.org/{number}",
        }
        for number in range(300)
    }
    for kind in ("attacks", "organisations", "events", "phrases", "lexicons"):
        (folder / kind).mkdir()
    (folder / "sources.yaml").write_text(yaml.safe_dump(sources), "utf8")
    (folder / "phrases/en.yaml").write_text("hello: Hello\n", "utf8")
    (folder / "lexicons/stop-words.yaml").write_text("en: [who what where]\n", "utf8")
    size = 0
    for number in range(records):
        name, text = record(number)
        size += (folder / name).write_bytes(text.encode())
    return size


def record(number: int) -> tuple[str, str]:
    if number % 10 < 6:
        return f"attacks/attack-{number}.yaml", attack(number)
    if number % 10 == 6:
        return f"organisations/group-{number // 10}.yaml", organisation(number)
    return f"events/event-{number}.yaml", event(number)


def attack(number: int) -> str:
    claimant, other = f"group-{number // 10}", number - number % 10
    tolls = "".join(
        f"  - of: {of}\n    low: {low + number % 7}\n    by: {{en: the police of Place{number},"
        f" ur: پولیس}}\n    attackers: excluded\n    as_of: 2018-03-0{1 + number % 9}\n"
        f"    sources: [source-{(number + low) % 300}]\n"
        for of, low in (("killed", 3), ("killed", 5), ("injured", 20))
    )
    return (
        head(number, f"Attack at Place{number}", f"مقام {number} پر حملہ")
        + f"date: 2018-03-0{1 + number % 9}\n"
        + f"place:\n  name: {{en: Place{number}, ur: مقام {number}}}\n  province: Sindh\n"
        + f"  lat: 25.{number % 100}\n  lon: 67.{number % 100}\n  within_km: 5\n"
        + texts("victims", number)
        + f"tolls:\n{tolls}"
        + f"claims:\n  - by: {claimant}\n    through: {{en: a statement, ur: ایک بیان}}\n"
        + f"    sources: [source-{number % 300}]\n"
        + f"responsibility:\n  status: claimed\n{texts('why', number, '  ')}"
        + f"related: [{claimant}, attack-{other}]\n"
    )


def organisation(number: int) -> str:
    group = number // 10
    above = f"branch_of: group-{group // 10 * 10}\n" if group % 10 else ""
    return (
        head(number, f"Group number {group}", f"گروہ نمبر {group}")
        + f"kind: armed group\n{above}"
        + "".join(texts(field, number) for field in ("origin", "harm", "today"))
        + f"related: [event-{number + 1}]\n"
    )


def event(number: int) -> str:
    return (
        head(number, f"Event of Place{number}", f"مقام {number} کا واقعہ")
        + f"date: 2019-05-0{1 + number % 9}\norganisations: [group-{number // 10}]\n"
        + texts("article", number)
        + f"related: [attack-{number // 10 * 10}]\n"
    )


def head(number: int, english: str, urdu: str) -> str:
    return (
        f"name:\n  en: {english}\n  ur: {urdu}\n"
        f"aliases:\n  - {english} again\n  - {urdu} پھر\n"
        f"{texts('summary', number)}as_of: 2026-01-01\nreview_by: 2027-01-01\n"
    )


def texts(field: str, number: int, indent: str = "") -> str:
    values = {"n": number, "s": number % 300, "t": (number + 7) % 300}
    said = (
        f"{indent}  {language}: >-\n"
        + "".join(f"{indent}    {sentence.format(**values)}\n" for sentence in sentences)
        for language, sentences in (("en", EN), ("ur", UR))
    )
    return f"{indent}{field}:\n" + "".join(said)


def parse_all(folder: Path) -> None:
    for path in sorted(folder.rglob("*.yaml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def resident() -> float:
    """Megabytes; 0 where the system does not tell."""
    gc.collect()
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
