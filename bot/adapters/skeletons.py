"""New content files, to be filled in: every required field, and the useful others commented out."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.adapters.schemas import schema_line
from bot.core.errors import BotError, OutsideError
from bot.core.records import KINDS

REVIEW_AFTER = dt.timedelta(days=182)

HEAD = """\
## Replace every FILL. A line that begins with "# " is a field you may use: remove the "# ".
name:
  en: FILL
#   ur: FILL
# aliases: [FILL, FILL]  # what people type for it, also misspelt or in Roman Urdu
# shared_aliases: [FILL]  # names that another record has too; the bot then asks which is meant
# asked: [FILL, FILL]  # ways in which people ask for it, in any script; never shown to readers
summary:
  en: >-  # two or three sentences, each with its source
    FILL [@FILL].
#   ur: >-  # the same facts with the same sources
#     FILL [@FILL]۔
"""
TAIL = """\
# article:  # what the source article says and what the record says, where they differ
#   en: FILL [@FILL].
# related: [FILL]  # the id of an organisation, an attack or any other record
as_of: TODAY
review_by: LATER
# on_hold:  # why no post may use it for now; its readers are told that it is being checked
#   en: FILL
# reviewed:  # whoever has read the text of a language against its sources
#   en: {by: FILL, date: TODAY}
# corrections:  # what readers were told wrongly, and what holds now
#   - date: TODAY
#     text:
#       en: FILL [@FILL].
"""
FIELDS = {
    "organisations": """\
kind: FILL  # ONE OF
# branch_of: FILL  # the id of an organisation, of which this is a branch or province
# grew_from: FILL  # the id of an organisation, out of which this one came
# origin:  # how and when it came to be
#   en: FILL [@FILL].
# harm:  # what it did to people
#   en: FILL [@FILL].
# ties:  # its ties to others, one sentence each
#   - en: FILL [@FILL].
# today:  # how it stands now
#   en: FILL [@FILL].
# listed:  # who has banned or listed it, and since when
#   - en: FILL [@FILL].
# disputed:  # what accounts disagree on
#   en: FILL [@FILL].
# caution:  # what a reader should not take it for
#   en: FILL [@FILL].
""",
    "attacks": """\
date: FILL  # a date such as 2017-02-16, without quotes
place:
  name:
    en: FILL
#     ur: FILL
  province: FILL  # ONE OF
  lat: FILL  # a number: degrees north, from 23 to 38
  lon: FILL  # a number: degrees east, from 60 to 78
  within_km: FILL  # a number: how exact that is, such as 5
victims:
  en: FILL [@FILL].
#   ur: FILL [@FILL]۔
tolls:  # one entry for each count by each source; counts that differ stand side by side
  - of: FILL  # ONE OF
    low: FILL  # a number: the count, such as 3
#     high: FILL  # a number: the upper end of a range, such as 9
#     at_least: true  # the source says "at least" or "more than"
    by:
      en: FILL
    attackers: FILL  # ONE OF
#     as_of: FILL  # a date: when it was counted
#     note:  # what a reader must know of this count
#       en: FILL
    sources: [FILL]  # the id of a source
# claims:  # who said "we did it", which proves nothing by itself
#   - by: FILL  # the id of an organisation
#     date: FILL  # a date
#     through:
#       en: FILL
#     sources: [FILL]  # the id of a source
# attributions:  # who else says who did it
#   - to: [FILL]  # the id of an organisation
#     by:
#       en: FILL
#     kind: FILL  # ONE OF
#     date: FILL  # a date
#     says:
#       en: FILL [@FILL].
#     overtaken: false  # true: a first suspicion that later accounts replaced
#     sources: [FILL]  # the id of a source
responsibility:
  status: FILL  # ONE OF
  why:
    en: FILL [@FILL].
#     ur: FILL [@FILL]۔
# disputed:  # what is disputed, and why
#   en: FILL [@FILL].
# aftermath:  # arrests, trials, inquiries: one sentence each
#   - en: FILL [@FILL].
""",
    "events": """\
date: FILL  # a date; for a month or a year its first day
# precision: FILL  # ONE OF
# place:
#   en: FILL
# organisations: [FILL]  # the id of an organisation
""",
    "narratives": """\
theme: FILL  # ONE OF
claim:  # told plainly, never in its slogans
  en: FILL
#   ur: FILL
verdict: FILL  # ONE OF
facts:  # what answers it, one sentence each
  - en: FILL [@FILL].
#     ur: FILL [@FILL]۔
why_false:
  en: >-  # the real explanation, in 80 characters or more
    FILL [@FILL].
#   ur: >-
#     FILL [@FILL]۔
# trick:  # how the claim misleads
#   en: FILL
# limits:  # what the answer cannot show, or what is true in the claim
#   en: FILL [@FILL].
""",
    "topics": """\
view: FILL  # ONE OF
# points:  # the argument, one sentence each
#   - en: FILL [@FILL].
# since:  # what happened since, where it is a view of its time
#   en: FILL [@FILL].
""",
    "quizzes": "# invented: true  # its messages are made up and state no facts\n"
    "questions:  # from three to ten\n"
    + 3
    * """\
  - question:
      en: FILL
#       ur: FILL
    options:  # from two to ten, of at most 100 characters
      - en: FILL
      - en: FILL
    answer: FILL  # a number: which option is right, counted from 1
    explanation:
      en: FILL [@FILL].
#       ur: FILL [@FILL]۔
""",
    "campaigns": """\
kind: FILL  # ONE OF
goal:
  text:
    en: FILL
  metric: FILL  # ONE OF
  target: FILL  # a number: what is to be reached, such as 200
#   baseline: FILL
audience:
  en: FILL
# narrative_answered: FILL  # ONE OF
pillars:  # from two to four messages, each with the briefs that back it
  - text:
      en: FILL
    records: [FILL]  # the id of an organisation, an attack or any other record
  - text:
      en: FILL
    records: [FILL]  # the id of an organisation, an attack or any other record
messengers: [FILL, FILL]  # two voices or more
action: FILL  # ONE OF
hashtag:
  en: "#FILL"
window:
  days: FILL  # a number: how long it lasts, from 1 to 31
  slots: ["18:00"]  # the times of its posts, in quotes
#   starts: FILL
# calendar: FILL  # the id of a day in calendar.yaml
risk:
  en: FILL
disclosure:
  en: FILL
# crisis: FILL  # ONE OF
posts:
  - day: FILL  # a number: on which day, counted from 1
#     slot: FILL  # a number: at which time of that day, counted from 1
    type: FILL  # ONE OF
    headline:
      en: FILL
    text:
      en: FILL [@FILL].
#     record: FILL  # the id of an organisation, an attack or any other record
""",
}
"""By kind, what is its own. `ONE OF` becomes the words that the model takes."""


class NotNew(BotError):
    """There can be no new file of that kind and id; the text says why and what to do."""


def skeleton(kind: str, record_id: str, today: dt.date) -> str:
    """The text of a new file, which loads once its blanks are filled. Raises `NotNew`."""
    kind = _kind(kind)
    schema = KINDS[kind].model_json_schema()
    pattern = schema["properties"]["id"]["pattern"]
    if not re.fullmatch(pattern, record_id):
        longest = 20 if kind == "campaigns" else 40
        raise NotNew(
            f"{record_id!r} cannot be an id of {kind}: use small letters, digits and hyphens,"
            f" at most {longest}, such as quetta-church-2017"
        )
    text = HEAD + FIELDS[kind] + TAIL
    text = text.replace("TODAY", f"{today}").replace("LATER", f"{today + REVIEW_AFTER}")
    for field, choices in _choices(schema):
        listed = ", ".join(map(_quoted, choices))
        text = re.sub(rf"\b({field}: FILL  # )ONE OF", rf"\1one of: {listed}", text)
    return f"{schema_line(f'{kind}/{record_id}.yaml')}\n{text}"


def write_skeleton(folder: Path, kind: str, record_id: str, today: dt.date) -> Path:
    """Add `<kind>/<id>.yaml` to the content folder. Raises `NotNew` where the id is taken."""
    text = skeleton(kind, record_id, today)
    for other in KINDS:
        if (folder / other / f"{record_id}.yaml").exists():
            raise NotNew(f"{other}/{record_id}.yaml is there already; choose another id")
    path = folder / _kind(kind) / f"{record_id}.yaml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutsideError(
            f"{path}: cannot be written ({error.strerror}); mend the rights of the folder"
        ) from error
    return path


def _kind(name: str) -> str:
    """The folder, also for the name of one record: `attack` is as good as `attacks`."""
    folders = {model.__name__.lower(): kind for kind, model in KINDS.items()}
    kind = folders.get(name, name)
    if kind not in KINDS:
        raise NotNew(f"no kind of record is called {name!r}; choose one of: {', '.join(KINDS)}")
    return kind


def _choices(schema: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The fields, at any depth, that take one of a few words; no two of them share a name."""
    for part in (schema, *schema.get("$defs", {}).values()):
        for field, about in part.get("properties", {}).items():
            for each in (about, *about.get("anyOf", ())):
                if "enum" in each:
                    yield field, each["enum"]


def _quoted(word: str) -> str:
    """As it is to be written: YAML takes some words for something else."""
    return f'"{word}"' if word in {"true", "false", "yes", "no", "on", "off", "null"} else word
