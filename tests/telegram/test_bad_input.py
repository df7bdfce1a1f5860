"""Whatever is typed, the bot answers, shows it safely, and goes on."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import ROOT, Settings, read_settings
from tests.telegram.conftest import AUTHOR, REVIEWER

NASTY = {
    "tags": "<b>bold</b> & <script>alert(1)</script> &lt;",
    "attributes": '"><a href="javascript:alert(1)">x</a>',
    "control characters": "weather\x00\x01\x1b[31m in\x7f karachi",
    "turned round": "\u202egnibmob\u202c \u2066x\u2069 \u200f\u200e",
    "only marks": "\u200d\ufe0f\u0301",
    "one letter": "?",
    "emoji": "👩‍👩‍👧‍👦" * 300,
    "as long as Telegram lets": "zqxj " * 819,
    "no spaces": "q" * 4096,
    "urdu": "کیا حال ہے " * 300,
    "citation": "[@dawn-1258043] {name} {0} %s",
    "slashes": "/ /// /a/b /@x /start@@",
    "a long command": "/" + "a" * 400,
    "an argument of tags": "/attack <i>sehwan</i> & co",
    "a payload": "/start ../../etc/passwd",
    "a huge number": "/attacks " + "9" * 4000,
}


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
async def test_any_text_is_answered(standin: Standin, reader: User, text: str) -> None:
    reader.says(text)
    answer = await standin.wait_for(reader)
    assert "Something broke" not in answer.text
    assert not set("\x00\x01\x1b\x7f\u202e\u202c") & set(answer.text)
    reader.says("/about")
    await standin.wait_for(reader, "Every statement")


@pytest.mark.usefixtures("bot")
async def test_what_was_typed_is_repeated_as_text(standin: Standin, reader: User) -> None:
    reader.says("<b>bold</b> & <i>weather</i>")
    answer = await standin.wait_for(reader)
    assert "<b>bold</b> & <i>weather</i>" in answer.text
    assert not [each for each in answer.entities if each["type"] in ("bold", "italic")]


@pytest.fixture
def settings(standin: Standin, tmp_path: Path) -> Settings:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    path = folder / "attacks/sehwan-2017.yaml"
    named = path.read_text("utf8").replace("en: Sehwan shrine bombing", 'en: "<u>Sehwan</u> & <co"')
    path.write_text(named, "utf8")
    return read_settings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{tmp_path}/wazahat.db",
        content_dir=folder,
        owners=(AUTHOR, REVIEWER),
    )


@pytest.mark.usefixtures("bot")
async def test_tags_in_a_name_are_text(standin: Standin, reader: User) -> None:
    reader.says("/attack sehwan-2017")
    brief = await standin.wait_for(reader)
    assert brief.text.startswith("<u>Sehwan</u> & <co")
    assert not [each for each in brief.entities if each["type"] == "underline"]
