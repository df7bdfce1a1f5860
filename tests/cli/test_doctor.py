"""`wazahat doctor` and the database's copies, as an operator runs them."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.__main__ import main
from bot.adapters.playground.server import Standin
from bot.adapters.telegram import examining
from bot.adapters.web.server import HttpSide
from bot.core.channels import Channel, Kind, Look, Right, Use
from bot.core.people import Role
from bot.core.ports import NewUow
from bot.settings import Settings
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.conftest import HOST
from tests.fakes.clock import NOON

CHANNEL = -1001000000001


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture(autouse=True)
def settings(standin: Standin, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WAZAHAT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("WAZAHAT_TOKEN", standin.token)
    monkeypatch.setenv("WAZAHAT_API_URL", standin.url)
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("WAZAHAT_OWNERS", "2001,2002")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(capsys)


class Run:
    """`await run("doctor")`: the exit code and the report, line by what each line is about."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    async def __call__(self, *arguments: str) -> tuple[int, dict[str, str]]:
        code = await asyncio.to_thread(main, ["doctor", *arguments])
        told = self._capsys.readouterr()
        self.errors = told.err
        assert "Traceback" not in told.err
        return code, {line[6:].partition(":")[0]: line for line in told.out.splitlines()}


async def test_a_sound_set_up_has_no_fault(run: Run) -> None:
    code, lines = await run()
    assert code == 0, lines
    assert all(line.startswith("ok ") for line in lines.values())
    assert {"content", "database", "audit", "people", "token", "webhook", "clock"} <= set(lines)
    assert "Asia/Karachi" in lines["time zone"]


async def test_a_token_that_is_not_known_is_named_and_not_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAZAHAT_TOKEN", "123456:SECRET-of-nobody")
    code, lines = await run()
    assert code == 1
    assert "does not know this token; take it anew from BotFather" in lines["token"]
    assert "SECRET" not in str(lines)


async def test_a_bot_api_out_of_reach_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_API_URL", "http://127.0.0.1:9")
    code, lines = await run()
    assert code == 1
    assert "WAZAHAT_API_URL" in lines["token"]
    assert "does not tell its time" in lines["clock"]
    assert lines["database"].startswith("ok")


async def test_a_webhook_stands_in_the_way_of_polling(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = examining.Examined("bot", "https://example.org/hook", "Connection refused", 7)

    async def examine(*_: object) -> examining.Examined:
        return told

    monkeypatch.setattr("bot.doctor.examine", examine)
    code, lines = await run()
    assert code == 1
    assert "https://example.org/hook is set, with 7 updates waiting (Connection" in lines["webhook"]
    assert "start the bot, which removes it" in lines["webhook"]


async def test_a_clock_that_is_off_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "now", lambda: datetime.now(UTC) + timedelta(seconds=90))
    code, lines = await run()
    assert code == 1
    assert "s off the Bot API's; set this machine's clock" in lines["clock"]


async def test_a_database_that_is_not_there_is_named_and_not_made(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    code, lines = await run()
    assert code == 1
    assert "there is no database yet; run `wazahat db upgrade`" in lines["database"]
    assert not (tmp_path / "none.db").exists()


async def test_too_few_people_are_a_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_OWNERS", "2001")
    code, lines = await run()
    assert code == 1
    assert "nobody can approve" in lines["people"]
    monkeypatch.setenv("WAZAHAT_OWNERS", "")
    _, lines = await run()
    assert "WAZAHAT_OWNERS" in lines["people"]


async def test_who_was_granted_a_role_counts(
    run: Run, monkeypatch: pytest.MonkeyPatch, sqlite_uow: NewUow
) -> None:
    monkeypatch.setenv("WAZAHAT_OWNERS", "2001")
    with sqlite_uow() as uow:
        uow.roles.grant("telegram:1", Role.MODERATOR, "telegram:2001", NOON)
        uow.commit()
    code, lines = await run()
    assert code == 0, lines
    assert "2 with a role, 1 of them admins" in lines["people"]


async def test_the_first_broken_entry_of_the_audit_is_named(
    run: Run, sqlite_url: str, sqlite_uow: NewUow
) -> None:
    with sqlite_uow() as uow:
        for number in range(3):
            uow.audit.append("telegram:1", "post.approved", f"post {number}", NOON)
        uow.commit()
    code, lines = await run()
    assert code == 0
    with sqlite_uow() as uow:
        head = str(uow.audit.head())
    assert lines["audit"].endswith(head)
    assert (await run("--head", head))[0] == 0
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET about = 'post 7' WHERE number = 2")
    engine.dispose()
    code, lines = await run()
    assert code == 1
    assert "first broken entry is 2 (post.approved, post 7): it is not what was" in lines["audit"]


async def test_a_head_that_was_noted_elsewhere_proves_more(run: Run, sqlite_uow: NewUow) -> None:
    code, lines = await run("--head", f"1:{'a' * 64}")
    assert code == 1
    assert "first broken entry is 1: it is not there" in lines["audit"]
    code, _ = await run("--head", "x:y")
    assert code == 2
    assert "NUMBER:HASH" in run.errors


async def test_a_hold_is_shown_and_is_no_fault(run: Run, sqlite_uow: NewUow) -> None:
    with sqlite_uow() as uow:
        uow.holds.place("telegram:2001", "rumour", NOON)
        uow.commit()
    code, lines = await run()
    assert code == 0
    assert "in force since 2026-11-30 17:00: rumour" in lines["hold"]


async def test_rights_are_looked_at_in_each_channel(
    run: Run, standin: Standin, sqlite_uow: NewUow
) -> None:
    chat = standin.world.add_channel(CHANNEL, "wazahat_news", title="News")
    kept = frozenset({Right.POST, Right.EDIT})
    channel = Channel(Look(CHANNEL, "News", Kind.CHANNEL, "wazahat_news", True, kept), NOON)
    with sqlite_uow() as uow:
        uow.channels.put(channel)
        uow.commit()
    code, lines = await run()
    assert code == 0, lines
    assert "may post and edit" in lines["channel @wazahat_news"]
    chat.set_bot("administrator", ["can_post_messages"])
    code, lines = await run()
    assert code == 1
    assert "lacks the rights to: edit; give the bot" in lines["channel @wazahat_news"]
    chat.set_bot("left")
    code, lines = await run()
    assert code == 1
    assert "the bot is not in it; add it" in lines["channel @wazahat_news"]
    with sqlite_uow() as uow:
        uow.channels.put(Channel(channel.look, NOON, Use.DISABLED))
        uow.commit()
    code, lines = await run()
    assert code == 0
    assert "channel @wazahat_news" not in lines


async def test_faults_of_the_content_are_counted(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(tmp_path))
    code, lines = await run()
    assert code == 1
    assert "`wazahat check` lists them" in lines["content"]


async def test_the_http_side_is_off_or_free_or_ours_or_of_another_program(
    run: Run, monkeypatch: pytest.MonkeyPatch, port: int, standin: Standin
) -> None:
    _, lines = await run()
    assert "WAZAHAT_LISTEN switches it on" in lines["http"]
    monkeypatch.setenv("WAZAHAT_LISTEN", f"{HOST}:{port}")
    code, lines = await run()
    assert code == 0
    assert f"{HOST}:{port} is free" in lines["http"]
    side = HttpSide()
    await side.start(HOST, port)
    code, lines = await run()
    await side.stop()
    assert code == 0
    assert f"answers; calendars lead to http://{HOST}:{port}" in lines["http"]
    monkeypatch.setenv("WAZAHAT_LISTEN", f"{HOST}:{standin.port}")
    code, lines = await run()
    assert code == 1
    assert f"another program has {HOST}:{standin.port}; end that program" in lines["http"]


async def test_wrong_settings_are_wrong_use(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TIMEZONE", "Mars/Base")
    code, _ = await run()
    assert code == 2
    assert "no such time zone" in run.errors


def test_a_copy_is_made_and_brought_back_on_hold(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sqlite_uow: NewUow,
) -> None:
    file = tmp_path / "copy.db"
    assert main(["db", "backup", str(file)]) == 0
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert main(["db", "restore", str(file)]) == 0
    assert "on hold" in capsys.readouterr().out
    engine = make_engine(f"sqlite:///{tmp_path}/new.db")
    with units_of_work(engine)() as uow:
        hold = uow.holds.active()
    engine.dispose()
    assert hold is not None
    assert hold.calls[0].reason == "restored from copy.db"
    assert main(["db", "restore", str(tmp_path / "none.db")]) == 3
    assert "no such file" in capsys.readouterr().err
