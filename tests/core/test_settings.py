"""Settings: the wrong ones are listed at once, and secrets stay hidden."""

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import LATER, FixedSettings, Settings, read_settings

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
        ("content_dir", "/nowhere"),
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


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user:{PASSWORD}@host:port/name",
        f"postgresql://user:{PASSWORD}@host:99999/name",
        f"postgresql://user:{PASSWORD}@host:0/name",
        f"postgresql://user:{PASSWORD}@more@host/name",
        f"postgresql://user:{PASSWORD}/more@host/name",
        f"postgresql://user:{PASSWORD}@[host/name",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///?mode=memory",
    ],
)
def test_a_database_that_could_not_be_opened_or_kept_is_named(url: str) -> None:
    told = faults(database_url=url)
    assert told.startswith("WAZAHAT_DATABASE_URL: ")
    assert PASSWORD not in told


@pytest.mark.parametrize(
    "url",
    ["postgresql:///name", "postgresql://u@h:5432/n", "postgresql://u:a%40b@[::1]:5432/n?x=y",
     "postgresql://u@/n?host=/run/postgresql", "sqlite:///var/bot.db"],
)  # fmt: skip
def test_a_database_that_may_be_there_is_taken(url: str) -> None:
    assert read_settings(token=TOKEN, database_url=url).database_url == url


def test_each_wrong_owner_is_named() -> None:
    told = faults(owners="7,me,-3").splitlines()
    assert [line.split(": ")[1] for line in told] == ["'me'", "'-3'"]


def test_a_misspelt_name_is_told_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TOKNE", PASSWORD)
    monkeypatch.setenv("WAZAHAT_SOMETHING_ELSE", "1")
    told = faults(timezone="Mars").splitlines()
    assert told[0].startswith("WAZAHAT_TIMEZONE: 'Mars': ")
    assert told[1:] == [
        "WAZAHAT_TOKNE: no such setting; did you mean WAZAHAT_TOKEN?",
    ]


def test_settings_of_versions_to_come_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LATER:
        monkeypatch.setenv(f"WAZAHAT_{name.upper()}", "x")
    assert read_settings(token=TOKEN).owners == ()


def test_a_command_that_talks_to_nobody_needs_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings(token_needed=False).token.get_secret_value() == ""
    monkeypatch.setenv("WAZAHAT_TOKEN", "nonsense")
    with pytest.raises(SettingsError, match="WAZAHAT_TOKEN"):
        read_settings(token_needed=False)


def test_a_file_from_windows_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"WAZAHAT_TOKEN={TOKEN}\nWAZAHAT_TOKNE=1\n", "utf-8-sig")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    with pytest.raises(SettingsError, match=r"^WAZAHAT_TOKNE: no such setting; did you mean"):
        read_settings()


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"A=1\nB=\xff\n")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    with pytest.raises(SettingsError, match=r"\.env:2: not UTF-8"):
        read_settings()


def test_fixed_settings_owe_nothing_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TIMEZONE", "Mars")
    monkeypatch.setenv("WAZAHAT_LANGUAGES", "ur")
    settings = FixedSettings(token=TOKEN)  # type: ignore[arg-type]
    assert (settings.timezone, settings.languages) == ("Asia/Karachi", ("en", "ur"))


def test_rates_have_the_defaults_of_the_documentation() -> None:
    settings = read_settings(token=TOKEN)
    assert (settings.rate_overall, settings.rate_answers) == (30, 0.2)


def test_rates_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAZAHAT_TOKEN", TOKEN)
    monkeypatch.setenv("WAZAHAT_RATE_OVERALL", "0")
    monkeypatch.setenv("WAZAHAT_RATE_ANSWERS", "0.5")
    settings = read_settings()
    assert (settings.rate_overall, settings.rate_answers) == (0, 0.5)


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("RATE_OVERALL", "-1", "write a number such as 30"),
        ("RATE_OVERALL", "nan", "write a number such as 30"),
        ("RATE_OVERALL", "many", "write a number such as 30"),
        ("RATE_ANSWERS", "20", "write a number from 0 to 1"),
        ("RATE_ANSWERS", "20%", "write a number from 0 to 1"),
    ],
)
def test_a_rate_that_is_none_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, cure: str
) -> None:
    monkeypatch.setenv("WAZAHAT_TOKEN", TOKEN)
    monkeypatch.setenv(f"WAZAHAT_{name}", value)
    with pytest.raises(SettingsError, match=f"^WAZAHAT_{name}: '{value}': .*{cure}"):
        read_settings()


@pytest.mark.parametrize("url", ["https://bot.example.org/hook", "http://127.0.0.1:9000/hook"])
def test_addresses_begin_with_scheme_and_host_of_the_public_one(url: str) -> None:
    settings = read_settings(token=TOKEN, listen="127.0.0.1:8080", webhook_url=url)
    assert settings.web_root == url.removesuffix("/hook")
    assert read_settings(token=TOKEN, webhook_url=url).web_root == ""


@pytest.mark.parametrize(
    ("listen", "at", "root"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080), "http://127.0.0.1:8080"),
        ("bot.internal:80", ("bot.internal", 80), "http://bot.internal:80"),
        ("[::1]:8080", ("::1", 8080), "http://[::1]:8080"),
        ("0.0.0.0:8080", ("0.0.0.0", 8080), ""),
        ("[::]:8080", ("::", 8080), ""),
        ("", None, ""),
    ],
)
def test_the_http_side_has_a_host_and_a_port(
    listen: str, at: tuple[str, int] | None, root: str
) -> None:
    settings = read_settings(token=TOKEN, listen=listen)
    assert (settings.listen_at, settings.web_root) == (at, root)


@pytest.mark.parametrize(
    "listen", ["8080", ":8080", "host", "host:0", "host:65536", "host:x", "::1:80", "http://h:80"]
)
def test_no_host_and_port_is_named_with_its_cure(listen: str) -> None:
    told = faults(listen=listen)
    assert told == f"WAZAHAT_LISTEN: {listen!r}: not host:port; write one such as 127.0.0.1:8080"


@pytest.mark.parametrize(
    "url",
    [
        "bot.example.org",
        "http://bot.example.org",
        "https://",
        "https://h:x/",
        "https://h:0/",
        f"https://user:{PASSWORD}@h/",
        "https://[h/",
        "ftp://127.0.0.1",
    ],
)
def test_a_public_address_that_is_none_is_named_and_not_repeated(url: str) -> None:
    told = faults(webhook_url=url)
    assert told.startswith("WAZAHAT_WEBHOOK_URL: not https://")
    assert PASSWORD not in told
