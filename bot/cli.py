"""What each command of `wazahat` does; the arguments come parsed, the result is the exit code."""

import asyncio
import json
import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import app
from bot.adapters import terminal
from bot.adapters.content_files import Content, load_content
from bot.adapters.export import export as write_export
from bot.adapters.logs import set_up_logs
from bot.adapters.schemas import mark, write_schemas
from bot.adapters.skeletons import NotNew, write_skeleton
from bot.core.errors import SettingsError
from bot.core.faults import Fault
from bot.database import database
from bot.settings import Settings, read_settings

NO_TOKEN = "0:for-commands-that-talk-to-nobody"  # noqa: S105


def run(_: Namespace) -> int:
    settings = read_settings()
    set_up_logs(settings.log_format, settings.log_level)

    async def until_stopped() -> None:
        await app.run(settings, app.stop_on_signals())

    asyncio.run(until_stopped())
    return 0


def demo(given: Namespace) -> int:
    from bot.demo import demo as run_demo

    asyncio.run(run_demo(given.port, stay=sys.stdout.isatty() and not given.once))
    return 0


def ask(given: Namespace) -> int:
    if given.batch == bool(given.question):
        raise SettingsError("ask: give one question, or --batch and questions on standard input")
    desk = app.reading_desk(_settings())
    try:
        asked = terminal.batch(sys.stdin) if given.batch else [(given.question, given.lang)]
        for question, language in asked:
            answer = terminal.ask_json if given.json or given.batch else terminal.ask
            _print(answer(question, language, desk))
    except ValueError as error:
        raise SettingsError(f"ask --batch: {error}") from error
    return 0


def check(given: Namespace) -> int:
    folder: Path = given.path or _settings().content_dir
    content, faults = app.content_folder(folder).inspected()
    if given.json:
        _print(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=1))
    else:
        _print("\n".join([*map(str, faults), _counted(content, faults)]))
    return int(any(fault.severity == "error" for fault in faults))


def new(given: Namespace) -> int:
    settings = _settings()
    today = datetime.now(ZoneInfo(settings.timezone)).date()
    try:
        path = write_skeleton(_content_folder(settings), given.kind, given.id, today)
    except NotNew as error:
        _print(str(error), to_errors=True)
        return 2
    _print(str(path))
    return 0


def schema(given: Namespace) -> int:
    folder = _content_folder(_settings())
    for path in [*write_schemas(folder), *(mark(folder) if given.mark else ())]:
        _print(str(path))
    return 0


def export(given: Namespace) -> int:
    library = load_content(_settings().content_dir).library
    for path in write_export(given.format, library, given.folder, given.base_url):
        _print(str(path))
    return 0


def _counted(content: Content, faults: list[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    records = len(content.library.records)
    return f"{records} records, {errors} errors, {len(faults) - errors} warnings"


def db(_: Namespace) -> int:
    with database(_settings(), alone=False):
        return 0


def post(given: Namespace) -> int:
    told = app.accounting_of(given.id, _settings())
    if told is None:
        _print(f"no post {given.id}", to_errors=True)
        return 1
    _print(json.dumps(asdict(told), ensure_ascii=False) if given.json else "\n".join(told.lines))
    return 0


def _settings() -> Settings:
    """The settings for a command that needs no token."""
    try:
        return read_settings()
    except SettingsError as error:
        if not str(error).startswith("WAZAHAT_TOKEN: not set") or "\n" in str(error):
            raise
        return read_settings(token=NO_TOKEN)


def _content_folder(settings: Settings) -> Path:
    if not settings.content_dir.is_dir():
        raise SettingsError(f"WAZAHAT_CONTENT_DIR: no such folder: {settings.content_dir}")
    return settings.content_dir


def _print(text: str, *, to_errors: bool = False) -> None:
    print(text, file=sys.stderr if to_errors else sys.stdout)
