"""Settings: the wrong ones are listed at once, and secrets stay hidden."""

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import Settings, read_settings

TOKEN = "123456:ABC-DEF"
PASSWORD = "hunter2"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the environment's settings nor those of a `.env`."""
    import os

    for name in [name for name in os.environ if name.startswith("WAZAHAT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def faults(**given: object) -> str:
    with pytest.raises(SettingsError) as raised:
        read_settings(**{"token": TOKEN, **given})
    return str(raised.value)


def test_a_token_is_all_that_is_needed() -> None:
    settings = read_settings(token=TOKEN)
    assert settings.api_url == "https://api.telegram.org"
    assert settings.timezone == settings.zone.key == "Asia/Karachi"
    assert settings.languages == ("en", "ur")
    assert settings.owners == ()
    assert settings.content_dir.name == "content"


def test_a_missing_token_says_where_it_belongs() -> None:
    with pytest.raises(SettingsError, match=r"^WAZAHAT_TOKEN: not set; .*\.env"):
        read_settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TOKEN", TOKEN)
    monkeypatch.setenv("WAZAHAT_OWNERS", " 42, 43 ,")
    monkeypatch.setenv("WAZAHAT_LANGUAGES", "ur")
    monkeypatch.setenv("WAZAHAT_API_URL", "http://127.0.0.1:8081/")
    settings = read_settings()
    assert settings.owners == (42, 43)
    assert settings.owner_ids == ("telegram:42", "telegram:43")
    assert settings.languages == ("ur",)
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.token.get_secret_value() == TOKEN


def test_an_empty_setting_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TIMEZONE", "")
    assert read_settings(token=TOKEN).timezone == "Asia/Karachi"


def test_what_is_given_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TOKEN", "1:other")
    assert read_settings(token=TOKEN).token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("token", "secret-without-a-number"),
        ("token", "123456:"),
        ("token", "123456:a/b"),
        ("token", "123456:وضاحت"),
        ("api_url", "api.telegram.org"),
        ("api_url", "ftp://example.org"),
        ("database_url", "mysql://user@host/name"),
        ("database_url", "sqlite://"),
        ("owners", "me"),
        ("owners", "-5"),
        ("owners", "0"),
        ("timezone", "Karachi"),
        ("timezone", "../../etc/passwd"),
        ("languages", "en,fr"),
        ("languages", ","),
        ("log_format", "xml"),
        ("log_level", "LOUD"),
    ],
)
def test_a_wrong_setting_is_named(name: str, wrong: str) -> None:
    assert faults(**{name: wrong}).startswith(f"WAZAHAT_{name.upper()}: ")


def test_all_that_is_wrong_is_listed_at_once() -> None:
    listed = faults(token="x", timezone="Mars/Base", owners="me", log_level="LOUD").splitlines()
    names = {line.partition(":")[0] for line in listed}
    assert names == {"WAZAHAT_TOKEN", "WAZAHAT_TIMEZONE", "WAZAHAT_OWNERS", "WAZAHAT_LOG_LEVEL"}


def test_a_wrong_secret_is_not_repeated() -> None:
    assert PASSWORD not in faults(token=PASSWORD)
    assert PASSWORD not in faults(database_url=f"mysql://user:{PASSWORD}@host/name")


def test_a_secret_is_in_no_traceback() -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(token=PASSWORD)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    url = f"postgresql://user:{PASSWORD}@host/name"
    settings = read_settings(token=TOKEN, database_url=url)
    for shown in (repr(settings), str(settings)):
        assert "ABC-DEF" not in shown
        assert PASSWORD not in shown


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings(token=TOKEN).timezone = "UTC"  # type: ignore[misc]


def test_a_file_is_read_where_the_bot_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"WAZAHAT_TOKEN={TOKEN}\nWAZAHAT_OWNERS=7\nOTHER=1\n", "utf8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    assert read_settings().owners == (7,)
