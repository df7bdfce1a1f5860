"""What each command of `wazahat` does; the arguments come parsed, the result is the exit code."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import app
from bot.adapters import terminal
from bot.adapters.content_files import load_content
from bot.adapters.export import export as write_export
from bot.adapters.export.packs import export_packs
from bot.adapters.logs import set_up_logs
from bot.adapters.schemas import mark, write_schemas
from bot.adapters.skeletons import NotNew, write_skeleton
from bot.commands.desk import Desk
from bot.core.audit import Head
from bot.core.errors import SettingsError, UsageError
from bot.core.faults import Fault
from bot.database import back_up_database, restore_database, upgrade_database
from bot.settings import Settings, read_settings


def run(_: Namespace) -> int:
    settings = read_settings()
    secrets = (settings.token.get_secret_value(),)
    set_up_logs(settings.log_format, settings.log_level, secrets)

    async def until_stopped() -> None:
        await app.run(settings, app.stop_on_signals())

    asyncio.run(until_stopped())
    return 0


def demo(given: Namespace) -> int:
    from bot.demo import demo as run_demo

    asyncio.run(run_demo(given.port, stay=sys.stdout.isatty() and not given.once))
    return 0


def ask(given: Namespace) -> int:
    if given.batch == bool((given.question or "").strip()):
        raise UsageError("give one question, or --batch and questions on standard input")
    desk = app.reading_desk(_settings())
    if given.batch:
        return _ask_each(desk)
    answer = terminal.ask_json if given.json else terminal.ask
    _print(answer(given.question, given.lang, desk))
    return 0


def _ask_each(desk: Desk) -> int:
    wrong: list[str] = []

    def complain(what: str) -> None:
        wrong.append(what)
        _print(f"wazahat ask --batch: {what}", to_errors=True)

    for question, language in terminal.batch(sys.stdin.buffer, complain):
        _print(terminal.ask_json(question, language, desk))
    return 2 if wrong else 0


def check(given: Namespace) -> int:
    folder, file = _to_check(given.path) if given.path else (_content_folder(_settings()), None)
    checked = app.content_folder(folder)
    content, faults = checked.inspected()
    if file:
        faults = [fault for fault in faults if fault.file == file]
        if not faults and file not in checked.signatures():
            raise UsageError(f"{given.path}: not a file of content; see content/README.md")
    if given.json:
        _print(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=1))
    else:
        what = file or f"{len(content.library.records)} records"
        _print("\n".join([*map(_line, faults), f"{what}, {_counted(faults)}"]))
    return int(any(fault.severity == "error" for fault in faults))


def _to_check(path: Path) -> tuple[Path, str | None]:
    """The content folder that `path` is or belongs to, and the file in it that is meant, if one."""
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; give the content folder or a file in it")
    if path.is_dir():
        return path, None
    folder = path.parent.resolve()  # of the file itself a link is not followed: its place counts
    for root in (folder, *folder.parents):
        if (root / "sources.yaml").is_file() and (root / "phrases").is_dir():
            return root, (folder / path.name).relative_to(root).as_posix()
    raise UsageError(f"{path}: in no content folder, which has sources.yaml and phrases/")


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
    if given.format == "pack":
        for path in export_packs(app.reading_desk(_settings()), given.folder):
            _print(str(path))
        return 0
    library = load_content(_settings().content_dir).library
    for path in write_export(given.format, library, given.folder, given.base_url):
        _print(str(path))
    return 0


def _line(fault: Fault) -> str:
    marked = f"{fault.rule} (warning)" if fault.severity == "warning" else fault.rule
    return str(fault._replace(rule=marked))


def _counted(faults: Sequence[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    return f"{errors} errors, {len(faults) - errors} warnings"


def db(given: Namespace) -> int:
    settings = _settings()
    match given.what:
        case "upgrade":
            upgrade_database(settings)
        case "backup":
            back_up_database(settings, given.file)
            _print(str(given.file))
        case "restore":
            restore_database(settings, given.file, app.now())
            _print("restored; the bot is on hold: look at what waits, then lift it with /release")
    return 0


def doctor(given: Namespace) -> int:
    from bot.doctor import doctor as examine

    found = asyncio.run(examine(read_settings(), _head(given.head)))
    _print("\n".join(map(str, found)))
    return int(any(each.cure for each in found))


def _head(noted: str | None) -> Head | None:
    number, _, hash_ = (noted or "").partition(":")
    if noted and not (number.isdecimal() and len(hash_) == 64):
        raise UsageError(f"--head {noted}: write it as /audit shows it, NUMBER:HASH")
    return Head(int(number), hash_) if noted else None


def post(given: Namespace) -> int:
    told = app.accounting_of(given.id, _settings())
    if told is None:
        _print(f"no post {given.id}", to_errors=True)
        return 1
    _print(json.dumps(asdict(told), ensure_ascii=False) if given.json else "\n".join(told.lines))
    return 0


def _settings() -> Settings:
    """The settings for a command that needs no token."""
    return read_settings(token_needed=False)


def _content_folder(settings: Settings) -> Path:
    if not settings.content_dir.is_dir():
        raise SettingsError(f"WAZAHAT_CONTENT_DIR: no such folder: {settings.content_dir}")
    return settings.content_dir


def _print(text: str, *, to_errors: bool = False) -> None:
    print(text, file=sys.stderr if to_errors else sys.stdout)
