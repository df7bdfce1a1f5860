"""One process a SQLite database."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.errors import OutsideError
from db.alone import NotAlone, hold_alone

CLAIM = """
import sys
from pathlib import Path
from db.alone import hold_alone
claim = hold_alone(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_claim_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    first = hold_alone(tmp_path / "bot.db")
    with pytest.raises(NotAlone, match="WAZAHAT_DATABASE_URL"):
        hold_alone(tmp_path / "bot.db")
    first.close()


def test_a_claim_is_free_once_it_is_closed(tmp_path: Path) -> None:
    hold_alone(tmp_path / "bot.db").close()
    again = hold_alone(tmp_path / "bot.db")
    assert again.in_transaction
    again.close()


def test_claims_on_two_databases_do_not_meet(tmp_path: Path) -> None:
    one, two = hold_alone(tmp_path / "one.db"), hold_alone(tmp_path / "two.db")
    assert one.in_transaction
    assert two.in_transaction
    one.close()
    two.close()


def test_a_claim_is_free_once_its_process_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    command = [sys.executable, "-c", CLAIM, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(NotAlone):
            hold_alone(file)
        other.kill()
        other.wait()
    hold_alone(file).close()


def test_a_claim_that_cannot_be_made_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "odd.db.claim").write_bytes(b"not a database" * 100)
    for file in (tmp_path / "none" / "bot.db", tmp_path / "odd.db"):
        with pytest.raises(OutsideError, match=f"{file}.claim: cannot be claimed") as raised:
            hold_alone(file)
        assert "another Wazahat" not in str(raised.value)
