"""The command line: exit codes, and what is told where something is wrong."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bot.__main__ import main
from bot.adapters import terminal
from bot.commands.desk import Desk
from bot.core.finding import Finding
from bot.search.index import Index
from bot.settings import ROOT, Settings
from db.engine import make_engine
from tests.content.files import ATTACK_FILE, Folder

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the environment's settings nor those of a `.env`."""
    for name in [name for name in os.environ if name.startswith("WAZAHAT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def process(
    *arguments: str, cwd: Path = ROOT, given: bytes = b"", **environment: str
) -> tuple[int, str, str]:
    """Exit code, output and errors of the real command, which never shows a traceback."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WAZAHAT_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        input=given,
        env={**bare, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=40,
        check=False,
    )
    out, errors = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in errors, errors
    return done.returncode, out, errors


@pytest.mark.parametrize("number", ["99999999999999999999999", "0", "-1", "one", "²"])
def test_what_is_no_number_of_a_post_is_wrong_use(number: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["post", number])
    assert "whole number from 1" in capsys.readouterr().err


def test_a_post_of_a_database_that_is_not_there_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    file = tmp_path / "var" / "bot.db"
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", f"sqlite:///{file}")
    assert main(["post", "1"]) == 3
    assert f"{file}: there is no database yet" in capsys.readouterr().err
    assert not file.parent.exists()
    assert main(["db", "upgrade"]) == 0
    assert main(["post", "1"]) == 1
    assert "no post 1" in capsys.readouterr().err


def test_a_post_of_a_database_without_tables_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", url)
    assert main(["post", "1"]) == 3
    assert "db upgrade" in capsys.readouterr().err
    with engine.begin() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    engine.dispose()
    assert tables == ["other"]


@pytest.mark.parametrize("command", [["post", "1"], ["db", "upgrade"]])
@pytest.mark.parametrize(
    "url", ["sqlite:////dev/null/x.db", "postgresql://u:hunter2@127.0.0.1:1/x"]
)
def test_a_database_that_cannot_be_used_is_told(
    command: list[str], url: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("WAZAHAT_DATABASE_URL", url)
    assert main(command) == 3
    told = capsys.readouterr().err
    assert "database" in told
    assert "hunter2" not in told


def test_a_port_that_is_no_number_is_a_wrong_setting() -> None:
    code, _, told = process("db", "upgrade", WAZAHAT_DATABASE_URL="postgresql://u:pw12@host:port/x")
    assert code == 2
    assert "WAZAHAT_DATABASE_URL: the port must be a number" in told
    assert "pw12" not in told


def test_an_env_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"# fine\nWAZAHAT_OWNERS=\xff\n")
    code, _, told = process("ask", "sehwan", cwd=tmp_path)
    assert code == 2
    assert f"{tmp_path}/.env:2: not UTF-8" in told


def test_a_port_that_is_taken_or_impossible(capsys: Captured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--once", "--port", str(port)]) == 3
    assert f"port {port}: " in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["demo", "--port", "99999"])


def test_the_demo_takes_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"WAZAHAT_OWNERS=\xff\n")
    code, out, _ = process(
        "demo",
        "--once",
        cwd=tmp_path,
        HTTP_PROXY="http://127.0.0.1:1",
        WAZAHAT_LANGUAGES="ur",
        WAZAHAT_TIMEZONE="Mars",
        WAZAHAT_CONTENT_DIR="/nowhere",
        WAZAHAT_DATABASE_URL="sqlite:////dev/null/x.db",
        WAZAHAT_TOKNE="1:x",
    )
    assert code == 0
    assert "sent: 1" in out


@pytest.mark.parametrize("arguments", [["ask"], ["ask", " "], ["ask", "sehwan", "--batch"]])
def test_ask_without_one_question_is_wrong_use(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("wazahat ask: ")
    assert "settings" not in told


def test_a_bad_line_stops_no_other() -> None:
    lines = [b'{"q": "sehwan"}', b"[" * 200_000, b"\xff", b'{"q": " "}', b'{"q": "x", "lang": [1]}',
             b"", b"[1]", b'{"q": 5}', b'{"q": "lej", "lang": "ur"}']  # fmt: skip
    code, out, told = process("ask", "--batch", given=b"\n".join(lines))
    assert code == 2
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["answer", "answer"]
    bad = [line.split(": ")[1] for line in told.splitlines()]
    assert bad == [f"line {number}" for number in (2, 3, 4, 5, 7, 8)]


def test_a_fault_of_the_bot_is_not_one_of_the_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> str:
        raise ValueError("of our own")

    monkeypatch.setattr(terminal, "ask_json", broken)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=[b'{"q": "sehwan"}']))
    with pytest.raises(ValueError, match="of our own"):
        main(["ask", "--batch"])


@pytest.mark.parametrize(
    ("question", "outcome", "first"),
    [
        ("sehwan-2017", "answer", "sehwan-2017"),
        ("who was behind the sehwan shrine bombing", "answer", "sehwan-2017"),
        ("/attack sehwan", "answer", "sehwan-2017"),
        ("/SOURCES@wazahat_bot sehwan", "answer", "sehwan-2017"),
        ("/start b_sehwan-2017", "answer", "sehwan-2017"),
        ("/start", "none", None),
        ("/help", "none", None),
        ("/help sehwan", "none", None),
        ("/attack", "none", None),
        ("/attacks 2017", "none", None),
        ("/nothing sehwan", "none", None),
        ("a recipe for lentil soup", "none", None),
    ],
)
def test_outcome_and_ids_agree_with_the_text(
    question: str, outcome: str, first: str | None, desk: Desk
) -> None:
    told = json.loads(terminal.ask_json(question, "en", desk))
    assert told["outcome"] == outcome
    assert told["ids"][:1] == ([first] if first else [])
    assert terminal.ask(question, "en", desk).startswith(told["text"])


def test_a_terminal_shows_where_the_numbers_lead(desk: Desk) -> None:
    told = terminal.ask("sehwan", "en", desk)
    numbers = [line for line in told.splitlines() if re.match(r"\[\d+\] https?://", line)]
    assert [line.split()[0] for line in numbers] == [f"[{n}]" for n in range(1, len(numbers) + 1)]
    assert "[Toll by source]  [Who did it]" in told


@pytest.mark.parametrize("question", ["sehwan", "/sources sehwan", "attack", "soup"])
def test_a_question_is_searched_for_once(question: str, desk: Desk) -> None:
    asked: list[str] = []

    class Counting:
        nearest = desk.index.nearest

        def find(self, words: str) -> Finding:
            asked.append(words)
            return desk.index.find(words)

    terminal.ask_json(question, "en", replace(desk, index=cast(Index, Counting())))
    assert asked == [question.removeprefix("/sources ")]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "content")


def test_a_file_is_checked_with_its_folder(
    folder: Folder, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("organisations/broken.yaml", "name: [")
    assert main(["check", str(folder.root)]) == 1
    assert "organisations/broken.yaml:" in capsys.readouterr().out
    assert main(["check", str(folder.root / ATTACK_FILE)]) == 0
    told = capsys.readouterr().out
    assert "broken" not in told
    assert "unknown-source" not in told
    monkeypatch.chdir(folder.root / "organisations")
    assert main(["check", "broken.yaml", "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)
    assert {fault["file"] for fault in faults} == {"organisations/broken.yaml"}


@pytest.mark.parametrize("name", ["nowhere", "content/notes.txt", "alone.yaml"])
def test_a_path_that_is_no_content_is_wrong_use(
    name: str, folder: Folder, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "alone.yaml").touch()
    (tmp_path / "content" / "notes.txt").touch()
    assert main(["check", str(tmp_path / name)]) == 2
    assert str(tmp_path / name) in capsys.readouterr().err


def test_warnings_are_told_from_errors(folder: Folder, capsys: Captured) -> None:
    folder.write("attacks/sub/x.yaml", "")
    folder.write("attacks/some.yaml", "name: [")
    assert main(["check", str(folder.root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(": misplaced (warning): " in line for line in lines)
    assert not any("attacks/some.yaml" in line and "(warning)" in line for line in lines)


@pytest.mark.parametrize(
    ("misplaced", "place"),
    [
        ("attacks/x.YAML", "attacks/x.yaml"),
        ("attacks/sub/x.yaml", "attacks/x.yaml"),
        ("narrative/foo.yaml", "narratives/foo.yaml"),
        ("organisation.yaml", "organisations/<id>.yaml"),
        ("Sources.yml", "sources.yaml"),
        ("zzz/foo.yaml", "the folder of its kind"),
    ],
)
def test_a_misplaced_file_is_told_where_it_belongs(
    misplaced: str, place: str, folder: Folder, capsys: Captured
) -> None:
    folder.write(misplaced, "")
    main(["check", str(folder.root), "--json"])
    [fault] = [f for f in json.loads(capsys.readouterr().out) if f["rule"] == "misplaced"]
    assert (fault["file"], fault["severity"]) == (misplaced, "warning")
    assert place in fault["cure"]


def test_a_copy_of_the_shipped_content_has_nothing_misplaced(
    tmp_path: Path, capsys: Captured
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert main(["check", str(tmp_path / "content")]) == 0
    assert "misplaced" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("broken", "text"),
    [("attacks/aps-peshawar-2014.yaml", "name: ["), ("sources.yaml", "some: [")],
)
def test_one_broken_file_of_the_shipped_content_is_all_that_is_told(
    broken: str, text: str, tmp_path: Path, capsys: Captured
) -> None:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    (folder / broken).write_text(text, "utf8")
    assert main(["check", str(folder), "--json"]) == 1
    assert [fault["file"] for fault in json.loads(capsys.readouterr().out)] == [broken]
