"""The command that people and other programs use gives the same figures as the index."""

import json
import os
import subprocess
import sys

from bot.core.finding import Finding
from bot.search.index import Index
from bot.settings import ROOT
from tests.search.questions import sets, table


def test_ask_gives_the_figures_of_the_index(index: Index) -> None:
    asked = list(dict.fromkeys(each.question for asked in sets().values() for each in asked))
    through = dict(zip(asked, _asked_of_the_command(asked), strict=True))
    assert list(table(through.__getitem__)) == list(table(index.find))


def _asked_of_the_command(asked: list[str]) -> list[Finding]:
    lines = "".join(json.dumps({"q": question, "lang": "en"}) + "\n" for question in asked)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "--batch"],
        cwd=ROOT, env=os.environ | {"WAZAHAT_CONTENT_DIR": str(ROOT / "content")},
        input=lines.encode(), capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [Finding(each["outcome"], tuple(each["ids"]), each["confidence"]) for each in told]
