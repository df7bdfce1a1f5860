"""A small content folder that loads, to be broken in one place at a time."""

from pathlib import Path

import pytest

from bot.adapters.content_files import load_content
from bot.core.errors import ContentError
from bot.core.faults import Fault

SOURCES = """\
paper:
  title: A report
  publisher: The Paper
  url: https://example.org/a
"""
GROUP = """\
name: {en: Some group}
aliases: [The group]
kind: armed group
summary: {en: "It exists [@paper]."}
as_of: 2026-01-01
review_by: 2027-01-01
"""
ATTACK = """\
name:
  en: Some attack
date: 2017-02-16
place:
  name: {en: Somewhere}
  province: Sindh
  lat: 25.0
  lon: 67.0
  within_km: 5
summary:
  en: It happened [@paper].
victims:
  en: Pilgrims [@paper].
tolls:
  - of: killed
    low: 3
    by: {en: police}
    attackers: excluded
    sources: [paper]
claims:
  - by: some-group
    through: {en: a statement}
    sources: [paper]
responsibility:
  status: claimed
  why: {en: "It claimed it [@paper]."}
related: [some-group]
as_of: 2026-01-01
review_by: 2027-01-01
"""
FILES = {
    "sources.yaml": SOURCES,
    "organisations/some-group.yaml": GROUP,
    "attacks/some-attack.yaml": ATTACK,
    "phrases/en.yaml": "hello: Hello\n",
    "lexicons/stop-words.yaml": 'en: ["who what"]\n',
}
ATTACK_FILE, GROUP_FILE = "attacks/some-attack.yaml", "organisations/some-group.yaml"


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def change(self, name: str, before: str, after: str) -> int:
        """Replace a part of a file, once; returns the line that it is in."""
        text = (self.root / name).read_text("utf8")
        assert text.count(before) == 1, f"{before!r} is not in {name} just once"
        self.write(name, text.replace(before, after))
        return text[: text.index(before)].count("\n") + 1

    def faults(self) -> list[Fault]:
        with pytest.raises(ContentError) as raised:
            load_content(self.root)
        return list(raised.value.faults)
