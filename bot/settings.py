"""Settings: read once, from the environment or `.env`; wrong ones stop the start with one list."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.errors import SettingsError
from bot.core.records import Language

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `bot/` and `content/`: a checkout, or where the package was installed."""


def _comma_separated(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(part for each in value.split(",") if (part := each.strip()))


class Settings(BaseSettings):
    """What an operator sets, each as `WAZAHAT_` and the name in capitals; secrets stay hidden."""

    model_config = SettingsConfigDict(
        env_prefix="WAZAHAT_",
        env_file=(ROOT / ".env", ".env"),
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
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError) as error:
            raise ValueError("no such time zone; write one such as Asia/Karachi") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def owner_ids(self) -> tuple[str, ...]:
        """The owners as people: "telegram:42"."""
        return tuple(f"telegram:{owner}" for owner in self.owners)


def read_settings(**given: Any) -> Settings:
    """The settings, those `given` before the environment's; raises one `SettingsError` for all."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(map(_fault, error.errors(include_input=False)))) from None


def _fault(error: Any) -> str:
    name = f"WAZAHAT_{str(error['loc'][0]).upper()}"
    if error["type"] == "missing":
        return f"{name}: not set; put it into the environment or into .env"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"
