"""What reaches the log: never the secret half of a token."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest

from bot.adapters.logs import RedactedJsonFormatter, TextFormatter, redacted, set_up_logs

TOKEN = "123456789:AAExample-Secret_Token0123456789abcd"
SECRET = TOKEN.partition(":")[2]
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture(params=["text", "json"])
def logged(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """What `set_up_logs` has written, and everything put back at the end."""
    root, written = logging.getLogger(), io.StringIO()
    level = root.level
    with monkeypatch.context() as patch:
        patch.setattr(root, "handlers", [])  # those of pytest are not to be closed
        patch.setattr(sys, "stderr", written)
        set_up_logs(request.param, "DEBUG")
        yield written.getvalue
    root.setLevel(level)


def test_the_secret_half_is_starred_out() -> None:
    assert redacted(URL) == "https://api.telegram.org/bot123456789:***/getMe"
    assert redacted(f"{TOKEN} and {TOKEN}").count("***") == 2


@pytest.mark.parametrize(
    "text", ["at 12:30:59", "2026-11-30T12:00:00", "[::1]:8080", "post 12345: sent"]
)
def test_what_is_no_token_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_token_in_the_message_is_removed(logged: Callable[[], str]) -> None:
    logging.getLogger("test").warning("called %s" % URL)  # noqa: UP031  # as a library may
    out = logged()
    assert SECRET not in out
    assert "called" in out


def test_a_token_in_an_argument_is_removed(logged: Callable[[], str]) -> None:
    logging.getLogger("test").warning("called %s", URL)
    assert SECRET not in logged()


def test_a_token_in_an_extra_is_removed(logged: Callable[[], str]) -> None:
    logging.getLogger("test").warning("called", extra={"at": URL})
    out = logged()
    assert SECRET not in out
    assert "***" in out


def test_a_token_in_an_exception_is_removed(logged: Callable[[], str]) -> None:
    try:
        raise ConnectionError(f"cannot reach {URL}") from ValueError(TOKEN)
    except ConnectionError:
        logging.getLogger("test").exception("failed")
    out = logged()
    assert SECRET not in out
    assert "ConnectionError" in out


def test_a_line_of_text_carries_its_extras() -> None:
    record = logging.makeLogRecord({"name": "bot", "msg": "delivery", "post": 7, "state": "sent"})
    assert TextFormatter().format(record).endswith("bot: delivery post=7 state=sent")


def test_a_line_of_json_is_json() -> None:
    record = logging.makeLogRecord({"name": "bot", "msg": "delivery", "post": 7})
    told = json.loads(RedactedJsonFormatter("%(name)s %(message)s").format(record))
    assert told == {"name": "bot", "message": "delivery", "post": 7}


def test_an_exception_is_shown_once() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    assert TextFormatter().format(record).count("ValueError: broken") == 1


def test_libraries_that_name_urls_stay_quiet(logged: Callable[[], str]) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST %s", URL)
    logging.getLogger("httpcore.connection").debug("connect")
    assert logged() == ""


@pytest.mark.parametrize("scheme", ["http", "postgresql", "postgresql+psycopg"])
@pytest.mark.parametrize("password", ["hunter2", "hun@ter2", "hun:ter2"])
def test_a_password_in_a_url_is_removed(scheme: str, password: str) -> None:
    told = redacted(f"cannot reach {scheme}://user:{password}@host:5432/name")
    assert told == f"cannot reach {scheme}://user:***@host:5432/name"


def test_a_url_without_a_password_stays() -> None:
    for url in ("http://host:8080/a@b", "postgresql://user@host:5432/n", 'x://a:8","at@b"'):
        assert redacted(url) == url


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_configured_token_is_removed_whatever_it_looks_like(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(logging.getLogger(), "handlers", [])
        patch.setattr(logging.getLogger(), "level", logging.INFO)
        patch.setattr(sys, "stderr", written)
        set_up_logs("json" if form == "json" else "text", "INFO", ("1:odd",))
        logging.getLogger("test").warning("called /bot1:odd/getMe")
    assert "called /bot***/getMe" in written.getvalue()
