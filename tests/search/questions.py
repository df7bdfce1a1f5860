"""The labelled questions, and how the search does on them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.core.finding import Finding
from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.records import Record

EVERY = 5
"""One question in this many is kept apart to check with."""

LEFT_OUT = 3
"""One way to ask in this many is hidden to see whether it is found by the others."""

HERE = Path(__file__).parent
TUNED_ON, KEPT_APART = "tuned on", "kept apart"
ONCE_UNSEEN, UNSEEN = "once unseen", "unseen"
LANGUAGES = ("en", "ur", "roman")

_URDU = re.compile("[\u0600-\u06ff]")
_ROMAN = frozenset(
    words_of(
        "kya kia kab kahan kaun kon kis kisne ne ki ka ke ko mein main par se hai hain tha thi hua"
        " hue hui kyun kaise kitne kitni kitna batao bataen aur wala wali hamla hamle dhamaka"
        " dhamake saneha saniha zimmedari shaheed nahi hoon hun chahta chahti mujhe aap tum"
        " aaj karun karna zindabad hota bhejo chahiye tarane tareeqa giraftari giraftariyan khayal"
    )
)


class Asked(NamedTuple):
    """A question, the records that it may mean (none: no brief fits it), and what else it is.

    `concern` is "" where none may be seen.
    """

    question: str
    meant: tuple[str, ...]
    language: str
    check: bool = False
    field: str | None = None
    concern: str | None = None

    @property
    def is_judged(self) -> bool:
        """Whether it is known if a brief fits; what only looks like a concern may have one."""
        return self.concern != ""


def questions() -> list[Asked]:
    """All that search may be tuned on: our own, and those that somebody else wrote before."""
    return [*own(), *_of_others("seen.yaml")]


def own() -> list[Asked]:
    found: list[Asked] = []
    for section, asked in _read("questions.yaml").items():
        if section == "field":
            for field, by_record in asked.items():
                found += _labelled(by_record, field)
        elif section == "concern":
            for concern, of_it in asked.items():
                found += _apart(of_it, concern="" if concern == "not meant" else concern)
        elif isinstance(asked, list):
            found += _apart(asked)
        else:
            found += _labelled(asked)
    return found


def _labelled(by_record: dict[str, list[str]], field: str | None = None) -> Iterator[Asked]:
    for ids, asked in by_record.items():
        yield from _apart(asked, tuple(ids.split()), field)


def _apart(
    asked: Iterable[str],
    meant: tuple[str, ...] = (),
    field: str | None = None,
    concern: str | None = None,
) -> Iterator[Asked]:
    for number, question in enumerate(asked, 1):
        yield Asked(question, meant, language_of(question), number % EVERY == 0, field, concern)


def language_of(question: str) -> str:
    if _URDU.search(question):
        return "ur"
    return "en" if _ROMAN.isdisjoint(words_of(question)) else "roman"


def unseen() -> list[Asked]:
    """Questions by somebody who had not seen the search; none once they were looked at."""
    return _of_others("unseen.yaml") if (HERE / "unseen.yaml").exists() else []


def once_unseen() -> list[Asked]:
    """Such questions after they were looked at."""
    return _of_others("once-unseen.yaml")


def left_out(library: Library) -> tuple[Library, list[Asked]]:
    """The library without every third way to ask for each record, and those ways as questions.

    How many of them are found says what may be hoped of new questions.
    """
    kept: list[Record] = []
    hidden: list[Asked] = []
    for record in library.records.values():
        ways = record.asked
        hidden += [Asked(way, (record.id,), language_of(way)) for way in ways[::LEFT_OUT]]
        rest = tuple(way for number, way in enumerate(ways) if number % LEFT_OUT)
        kept.append(record.model_copy(update={"asked": rest}))
    return Library(kept, {}, lexicons=library.lexicons), hidden


def _of_others(name: str) -> list[Asked]:
    return [
        Asked(
            each["q"],
            tuple(each.get("ids", ())),
            language,
            number % EVERY == 0,
            each.get("field"),
            each.get("concern"),
        )
        for by_language in _read(name).values()
        for language, asked in by_language.items()
        for number, each in enumerate(asked, 1)
    ]


def _read(name: str) -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load((HERE / name).read_text("utf8"))
    return listed


def sets() -> dict[str, list[Asked]]:
    """The questions that search was tuned on, those kept apart, and those of others."""
    ours = [each for each in questions() if each.is_judged]
    known = {
        TUNED_ON: [each for each in ours if not each.check],
        KEPT_APART: [each for each in ours if each.check],
    }
    return known | {ONCE_UNSEEN: once_unseen()} | ({UNSEEN: new} if (new := unseen()) else {})


class Figures(NamedTuple):
    """Of the questions in scope: right first, offered as a choice, another brief sent. Of those out
    of scope: a brief sent.
    """

    in_scope: int
    right: int
    choices: int
    misled: int
    out_of_scope: int
    wrong: int

    @property
    def right_share(self) -> float:
        return self.right / max(1, self.in_scope)

    @property
    def wrong_share(self) -> float:
        return self.wrong / max(1, self.out_of_scope)

    @property
    def misled_share(self) -> float:
        return self.misled / max(1, self.in_scope)

    def __str__(self) -> str:
        return (
            f"right first {self.right:3}/{self.in_scope:3} {self.right_share:6.1%}"
            f"  choices {self.choices:3}  misled {self.misled:2}"
            f"  out of scope: wrong brief {self.wrong:2}/{self.out_of_scope:3}"
        )


def is_right(asked: Asked, found: Finding) -> bool:
    return bool(found.ids) and found.ids[0] in asked.meant


def is_wrong_brief(asked: Asked, found: Finding) -> bool:
    return found.outcome == "answer" and found.ids[0] not in asked.meant


def evaluated(asked: Sequence[Asked], find: Callable[[str], Finding]) -> Figures:
    """The figures of some questions. `find` is the index, the command or another process."""
    found = [(each, find(each.question)) for each in asked]
    inside = [(each, finding) for each, finding in found if each.meant]
    outside = [(each, finding) for each, finding in found if not each.meant]
    return Figures(
        len(inside),
        sum(is_right(each, finding) for each, finding in inside),
        sum(finding.outcome == "choices" for _, finding in inside),
        sum(is_wrong_brief(each, finding) for each, finding in inside),
        len(outside),
        sum(is_wrong_brief(each, finding) for each, finding in outside),
    )


def table(find: Callable[[str], Finding]) -> Iterator[str]:
    """A line for each set of questions and each language."""
    for name, asked in sets().items():
        yield f"{name:10} all    {evaluated(asked, find)}"
        for language in LANGUAGES:
            of_it = [each for each in asked if each.language == language]
            yield f"{'':10} {language:6} {evaluated(of_it, find)}"
