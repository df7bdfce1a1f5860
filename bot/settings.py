"""Settings: read once, from the environment or `.env`; wrong ones stop the start with one list."""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.core.errors import SettingsError
from bot.core.records import Language

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `bot/` and `content/`: a checkout, or where the package was installed."""
PREFIX = "WAZAHAT_"
SHOWN = {
    "owners",
    "timezone",
    "languages",
    "rate_overall",
    "rate_answers",
    "listen",
    "log_format",
    "log_level",
}
"""The settings whose wrong value is repeated; the others may hold a secret."""

RATES = {
    "rate_overall": "not messages a second; write a number such as 30, or 0 for no limit of ours",
    "rate_answers": "not a share; write a number from 0 to 1, such as 0.2",
}

# Settings that operators may have set already: versions to come read them, this one does not.
LATER = {
    "webhook_secret",
    "metrics_listen",
}

ANYWHERE, LOOPBACK = {"0.0.0.0", "::"}, {"localhost", "127.0.0.1", "::1"}  # noqa: S104


def _comma_separated(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(part for each in value.split(",") if (part := each.strip()))


class Settings(BaseSettings):
    """What an operator sets, each as `WAZAHAT_` and the name in capitals; secrets stay hidden."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=(ROOT / ".env", ".env"),
        env_file_encoding="utf-8-sig",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    token: SecretStr
    api_url: str = "https://api.telegram.org"
    database_url: str = Field(f"sqlite:///{ROOT / 'var' / 'wazahat.db'}", repr=False)
    content_dir: Path = ROOT / "content"
    owners: Annotated[
        tuple[Annotated[int, Field(gt=0)], ...], NoDecode, BeforeValidator(_comma_separated)
    ] = ()
    timezone: str = "Asia/Karachi"
    languages: Annotated[
        tuple[Language, ...], NoDecode, BeforeValidator(_comma_separated), Field(min_length=1)
    ] = ("en", "ur")
    rate_overall: float = Field(30, ge=0, allow_inf_nan=False)
    rate_answers: float = Field(0.2, ge=0, le=1, allow_inf_nan=False)
    webhook_url: str = Field("", repr=False)
    listen: str = ""
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr) -> SecretStr:
        number, _, secret = value.get_secret_value().partition(":")
        if not (number.isdigit() and secret and secret.isascii() and "/" not in secret):
            raise ValueError("not a bot token; BotFather gives one that looks like 123456:ABC-DEF")
        return value

    @field_validator("api_url")
    @classmethod
    def _is_a_root(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("not an address; it begins with https:// (or http:// on this machine)")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        if not re.fullmatch(r"sqlite:///.+|postgresql://.+", value):
            raise ValueError("not sqlite:////absolute/path or postgresql://user@host/name")
        if re.match(r"sqlite:///(:memory:|file:|\?)", value):
            raise ValueError("must be a file, or posts are lost; write sqlite:////absolute/path")
        if value.startswith("postgresql:"):
            _check_server(value)
        return value

    @field_validator("content_dir")
    @classmethod
    def _is_a_folder(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"no such folder: {value}")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError) as error:
            raise ValueError("no such time zone; write one such as Asia/Karachi") from error
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_public(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            local = parts.scheme == "http" and parts.hostname in LOOPBACK
            whole = (parts.scheme == "https" or local) and parts.hostname and parts.port != 0
        except ValueError:  # of the port, or of brackets that hold no address
            whole = False
        if value and (not whole or "@" in parts.netloc):
            raise ValueError("not https://host/path (http:// on this machine alone)")
        return value

    @field_validator("listen")
    @classmethod
    def _is_host_and_port(cls, value: str) -> str:
        if value:
            _host_and_port(value)
        return value

    @property
    def listen_at(self) -> tuple[str, int] | None:
        """Host and port of the HTTP side, None where it is off."""
        return _host_and_port(self.listen) if self.listen else None

    @property
    def web_root(self) -> str:
        """The beginning of the HTTP side's addresses as others reach it; empty where nobody can.

        It is public where it begins with https://.
        """
        if self.listen_at is None:
            return ""
        if self.webhook_url:
            parts = urlsplit(self.webhook_url)
            return f"{parts.scheme}://{parts.netloc}"
        return "" if self.listen_at[0] in ANYWHERE else f"http://{self.listen}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def owner_ids(self) -> tuple[str, ...]:
        """The owners as people: "telegram:42"."""
        return tuple(f"telegram:{owner}" for owner in self.owners)


class TokenlessSettings(Settings):
    """Those of a command that talks to nobody: the token is empty where none is set."""

    token: SecretStr = Field(SecretStr(""), validate_default=False)


class FixedSettings(Settings):
    """Those that the program chooses: what is given and the defaults, whatever is set outside."""

    model_config = SettingsConfigDict(env_file=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def read_settings(*, token_needed: bool = True, **given: Any) -> Settings:
    """The settings, those `given` before the environment's; raises one `SettingsError` for all."""
    if unreadable := list(_unreadable_files()):
        raise SettingsError("\n".join(unreadable))
    kind, faults = Settings if token_needed else TokenlessSettings, list(_unknown_names())
    try:
        settings = kind(**given)
    except ValidationError as error:
        raise SettingsError("\n".join([*map(_fault, error.errors()), *faults])) from None
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _fault(error: Any) -> str:
    key = str(error["loc"][0])
    name = f"{PREFIX}{key.upper()}"
    if error["type"] == "missing":
        return f"{name}: not set; put it into the environment or into .env"
    value = f"{error['input']!r}: " if key in SHOWN and error["input"] != () else ""
    if key == "owners":
        return f"{name}: {value}not a user id; write the number alone, such as 123456789"
    if key in RATES:
        return f"{name}: {value}{RATES[key]}"
    return f"{name}: {value}{error['msg'].removeprefix('Value error, ')}"


def _unreadable_files() -> Iterator[str]:
    """What is wrong with a `.env` as a whole."""
    files = Settings.model_config.get("env_file") or ()
    for file in (files,) if isinstance(files, str | Path) else files:
        try:
            if Path(file).is_file():
                Path(file).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            yield f"{Path(file).absolute()}:{line}: not UTF-8; save the file as UTF-8"
        except OSError as error:
            yield f"{Path(file).absolute()}: cannot be read: {error.strerror}; mend its rights"


def _unknown_names() -> Iterator[str]:
    """Names that are almost a setting's: surely misspelt. What is like none is left alone."""
    known = {f"{PREFIX}{field.upper()}" for field in {*Settings.model_fields, *LATER}}
    found = {*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings).env_vars}
    for name in sorted({name.upper() for name in found} - known):
        if name.startswith(PREFIX):
            near = difflib.get_close_matches(name, sorted(known), 1, cutoff=0.8)
            if near:
                yield f"{name}: no such setting; did you mean {near[0]}?"


def _host_and_port(listen: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})", listen, re.ASCII)
    if found is None or not 0 < int(found[3]) <= 65535:
        raise ValueError("not host:port; write one such as 127.0.0.1:8080")
    return found[1] or found[2], int(found[3])


def _check_server(url: str) -> None:
    """Raise `ValueError` for what the database's libraries would stumble over.

    It repeats no part of the URL: a password with a sign in it may be taken for the host.
    """
    try:
        parts = urlsplit(url)
        port_is_wrong = parts.port == 0
    except ValueError:  # of the port, or of brackets that hold no address
        port_is_wrong = True
    if port_is_wrong:
        raise ValueError(
            "the port must be a number from 1 to 65535, as in postgresql://user@host:5432/name;"
            " in a password write / as %2F, : as %3A, # as %23, ? as %3F, [ as %5B"
        )
    if parts.netloc.count("@") > 1:
        raise ValueError("more than one @; in a user's name or password write it as %40")
