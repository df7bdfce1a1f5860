"""Content that changes while the bot runs: on disk, and by files that admins send."""

import asyncio
import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import ROOT, Settings, read_settings
from tests.content.replacing import kind_exchanged, linked_over, renamed_over, written_over
from tests.telegram.conftest import AUTHOR, REVIEWER

SEHWAN = "attacks/sehwan-2017.yaml"
EVENT = """\
name: {{en: Extra event {0}}}
date: 2020-01-01
summary: {{en: "It happened [@dawn-1258043]."}}
as_of: 2026-01-01
review_by: 2027-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    for number in range(30):
        (folder / f"events/extra-{number}.yaml").write_text(EVENT.format(number), "utf8")
    return folder


@pytest.fixture
def settings(standin: Standin, tmp_path: Path, folder: Path) -> Settings:
    return read_settings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{tmp_path}/wazahat.db",
        content_dir=folder,
        owners=(AUTHOR, REVIEWER),
    )


def changed(folder: Path, before: str, after: str, name: str = SEHWAN) -> bytes:
    """The file's text with a part replaced, not yet written."""
    text = (folder / name).read_text("utf8")
    assert before in text
    return text.replace(before, after, 1).encode()


async def asked(standin: Standin, user: User, text: str) -> str:
    user.says(text)
    return (await standin.wait_for(user)).text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("how", [written_over, renamed_over, linked_over, kind_exchanged])
async def test_a_change_on_disk_is_served_however_it_was_made(
    standin: Standin, reader: User, author: User, folder: Path, how: object
) -> None:
    assert callable(how)
    how(folder / SEHWAN, changed(folder, "Sehwan shrine bombing", "Bombing at Sehwan, anew"))
    told = await standin.wait_for(author, "sehwan-2017: changed", timeout=4)
    assert "Serving revision" in told.text
    assert "Bombing at Sehwan, anew" in await asked(standin, reader, "/attack sehwan-2017")


@pytest.mark.usefixtures("bot")
async def test_a_fault_leaves_the_last_good_set_and_is_told_once(
    standin: Standin, reader: User, author: User, reviewer: User, folder: Path
) -> None:
    (folder / SEHWAN).write_bytes(changed(folder, "date: 2017-02-16", "date: soon"))
    for admin in (author, reviewer):
        told = await standin.wait_for(admin, "have faults", timeout=5)
        assert f"{SEHWAN}:" in told.text
        assert "date" in told.text
    await standin.stays_quiet(author, 2.0)
    assert "16 February 2017" in await asked(standin, reader, "/attack sehwan-2017")
    assert "have faults" in await asked(standin, author, "/content")
    (folder / SEHWAN).write_bytes(changed(folder, "date: soon", "date: 2017-02-16"))
    await asyncio.sleep(1.2)
    assert "have faults" not in await asked(standin, author, "/content")


@pytest.mark.usefixtures("bot")
async def test_many_records_do_not_vanish_unconfirmed(
    standin: Standin, reader: User, author: User, folder: Path
) -> None:
    for path in (folder / "events").glob("extra-*.yaml"):
        path.unlink()
    await standin.wait_for(author, "many records are gone", timeout=5)
    assert "many records are gone" in await asked(standin, author, "/reload")
    assert "Extra event 7" in await asked(standin, reader, "/search extra-7")
    assert "extra-10: removed" in await asked(standin, author, "/reload confirm")
    assert "Extra event 7" not in await asked(standin, reader, "/search extra-7")


@pytest.mark.usefixtures("bot")
async def test_an_admin_changes_a_file_by_sending_it_and_undoes_it(
    standin: Standin, reader: User, author: User, folder: Path
) -> None:
    before = (folder / SEHWAN).read_bytes()
    author.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "New title"))
    proposed = await standin.wait_for(author)
    assert "name.en: Sehwan shrine bombing → New title" in proposed.text
    assert "It would read:" in proposed.text
    assert (folder / SEHWAN).read_bytes() == before
    author.presses(proposed, "Write it")
    written = await standin.wait_for(author, "is written")
    assert written.id == proposed.id
    assert "New title" in await asked(standin, reader, "/attack sehwan-2017")
    await asked(standin, author, "/content undo")
    assert (folder / SEHWAN).read_bytes() == before
    assert "New title" not in await asked(standin, reader, "/attack sehwan-2017")
    assert "no update to undo" in await asked(standin, author, "/content undo")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("opened", [False, True], ids=["unopened", "opened before"])
async def test_a_proposal_is_shown_to_its_sender_and_to_no_reader(
    standin: Standin, reader: User, author: User, folder: Path, opened: bool
) -> None:
    if opened:
        assert "Sehwan shrine bombing" in await asked(standin, reader, "/attack sehwan-2017")
    author.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "New title"))
    proposed = await standin.wait_for(author)
    shown = proposed.text.partition("It would read:")[2]
    assert "New title" in shown
    assert "Sehwan shrine bombing" not in shown
    told = await asked(standin, reader, "/attack sehwan-2017")
    assert "Sehwan shrine bombing" in told
    assert "New title" not in told
    author.presses(proposed, "Drop it")
    await standin.wait_for(author, "nothing was written")
    assert "New title" not in await asked(standin, reader, "/attack sehwan-2017")


@pytest.mark.usefixtures("bot")
async def test_a_write_tells_what_keeps_it_from_being_served(
    standin: Standin, reader: User, author: User, folder: Path
) -> None:
    author.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "New title"))
    proposed = await standin.wait_for(author)
    for path in (folder / "events").glob("extra-*.yaml"):
        path.unlink()
    author.presses(proposed, "Write it")
    written = await standin.wait_for(author, "is written")
    assert "goes on being served" in written.text
    assert "many records are gone" in written.text
    assert b"New title" in (folder / SEHWAN).read_bytes()
    assert "New title" not in await asked(standin, reader, "/attack sehwan-2017")
    assert "Serving revision" in await asked(standin, author, "/reload confirm")
    assert "New title" in await asked(standin, reader, "/attack sehwan-2017")


@pytest.mark.usefixtures("bot")
async def test_a_disk_that_refuses_is_told_and_the_file_may_be_sent_again(
    standin: Standin, author: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = changed(folder, "Sehwan shrine bombing", "New title")
    before = (folder / SEHWAN).read_bytes()
    author.sends("sehwan-2017.yaml", raw)
    proposed = await standin.wait_for(author)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("bot.adapters.content_files.editing.tempfile.mkstemp", full)
        author.presses(proposed, "Write it")
        assert "No space left" in (await standin.wait_for(author, "The disk did not let me")).text
    assert (folder / SEHWAN).read_bytes() == before
    author.sends("sehwan-2017.yaml", raw)
    author.presses(await standin.wait_for(author, "It would read:"), "Write it")
    await standin.wait_for(author, "is written")
    assert (folder / SEHWAN).read_bytes() == raw


@pytest.mark.usefixtures("bot")
async def test_the_second_of_two_admins_is_told(
    standin: Standin, author: User, reviewer: User, folder: Path
) -> None:
    author.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "First"))
    first = await standin.wait_for(author)
    reviewer.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "Second"))
    second = await standin.wait_for(reviewer)
    author.presses(first, "Write it")
    await standin.wait_for(author, "is written")
    reviewer.presses(second, "Write it")
    assert "changed by somebody else" in (await standin.wait_for(reviewer, "somebody")).text
    assert b"First" in (folder / SEHWAN).read_bytes()


@pytest.mark.usefixtures("bot")
async def test_a_write_is_a_commit_where_the_folder_is_a_repository(
    standin: Standin, author: User, folder: Path
) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Before"]):
        subprocess.run([*git, *arguments], check=True)
    author.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "New title"))
    author.presses(await standin.wait_for(author), "Write it")
    written = await standin.wait_for(author, "is written")
    log = subprocess.run([*git, "log", "--format=%h %s", "-1"], check=True, capture_output=True)
    number, subject = log.stdout.decode().strip().split(" ", 1)
    assert number in written.text
    assert subject == f"Update {SEHWAN}"


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("sehwan-2017.yaml", b"name: [", "has faults"),
        ("sehwan-2017.yaml", b"a: &a [1]\nb: *a\n", "anchor"),
        ("sehwan-2017.yaml", b"[" * 5000, "too-deep"),
        ("sehwan-2017.yaml", b"x" * 600_000, "too large"),
        ("../../etc/passwd.yaml", b"a: b", "small letters"),
        ("..%2fpasswd.yaml", b"a: b", "small letters"),
        ("Sehwan.YAML", b"a: b", "small letters"),
        ("README.md", b"a: b", "small letters"),
        ("brand-new.yaml", b"a: b", "Which kind"),
        ("sources.yaml", b"{}", "unknown-source"),
    ],
)
async def test_a_bad_file_is_refused_and_nothing_is_written(
    standin: Standin, author: User, folder: Path, name: str, raw: bytes, told: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    author.sends(name, raw)
    answer = await standin.wait_for(author)
    assert told in answer.text
    assert not answer.buttons
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("bot")
async def test_a_reader_cannot_send_files(standin: Standin, reader: User, folder: Path) -> None:
    reader.sends("sehwan-2017.yaml", changed(folder, "Sehwan shrine bombing", "New title"))
    assert "I read text only" in (await standin.wait_for(reader)).text
    assert not standin.calls("getFile")
    for line in ("/content", "/content undo", "/reload confirm"):
        assert "I do not know the command" in await asked(standin, reader, line)
