"""What each command of `wazahat` does; the arguments come parsed, the result is the exit code."""

import asyncio
import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from bot import app
from bot.adapters import terminal
from bot.adapters.content_files import load_content
from bot.adapters.logs import set_up_logs
from bot.core.errors import SettingsError
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
    content = load_content(folder)
    _print(f"{len(content.library.records)} records, no faults")
    return 0


def db(_: Namespace) -> int:
    with app.database(_settings(), alone=False):
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


def _print(text: str, *, to_errors: bool = False) -> None:
    print(text, file=sys.stderr if to_errors else sys.stdout)
