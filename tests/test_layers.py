"""Which package may import which, and the one home of each outside library."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "db")
EVERYTHING = frozenset({"bot", "db"})

MAY_IMPORT: dict[str, frozenset[str]] = {
    "bot.core": frozenset({"bot.core"}),
    "bot.search": frozenset({"bot.search", "bot.core"}),
    "bot.pictures": frozenset({"bot.pictures", "bot.core"}),
    "bot.editorial": frozenset({"bot.editorial", "bot.core"}),
    "bot.commands": frozenset({"bot.commands", "bot.core", "bot.search"}),
    "bot.jobs": frozenset({"bot.jobs", "bot.core"}),
    "bot.adapters": frozenset({"bot.adapters", "bot.core", "bot.commands", "bot.pictures"}),
    "bot.settings": frozenset({"bot.core"}),
    "bot.app": EVERYTHING,
    "bot.database": EVERYTHING,
    "bot.cli": EVERYTHING,
    "bot.doctor": EVERYTHING,
    "bot.demo": EVERYTHING,
    "bot.__main__": EVERYTHING,
    "db": frozenset({"db", "bot.core"}),
}
"""What a package, named by its beginning, may import of ours; `db` is never above `bot.core`."""

HOMES: dict[str, tuple[str, ...]] = {
    "apscheduler": ("bot.jobs",),
    "sqlmodel": ("db",),
    "sqlalchemy": ("db", "bot.database"),  # the composition root names the error class
    "alembic": ("db",),
    "psycopg": ("db",),
    "telegram": ("bot.adapters.telegram",),
    "httpx": ("bot.adapters.telegram",),
    "yaml": ("bot.adapters.content_files",),
    "rapidfuzz": ("bot.search",),
    "aiohttp": ("bot.adapters",),
    "pythonjsonlogger": ("bot.adapters",),
    "pydantic_settings": ("bot.settings",),
    "uharfbuzz": ("bot.pictures",),
    "bidi": ("bot.pictures",),
    "resvg_py": ("bot.pictures",),
}
"""The one home of each outside library."""

CORE_MAY_USE = frozenset({"pydantic"})
ENVIRONMENT = ("bot.settings", "bot.__main__")


class Import(NamedTuple):
    module: str
    imported: str
    line: int


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> dict[str, ast.Module]:
    files = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]
    return {name_of(path): ast.parse(path.read_text("utf8"), str(path)) for path in files}


def imports_of(module: str, tree: ast.Module) -> Iterator[Import]:
    """Every import, wherever it stands; `from bot import app` is one of `bot.app`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(module, each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import; name the package"
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                found = whole if whole in MODULES else str(node.module)
                yield Import(module, found, node.lineno)


MODULES = modules()
IMPORTS = [each for name, tree in MODULES.items() for each in imports_of(name, tree)]


def layer_of(module: str) -> str:
    found = [package for package in MAY_IMPORT if within(module, package)]
    assert found, f"{module} is in no layer; add it to MAY_IMPORT"
    return max(found, key=len)


def wrong_direction(found: Import) -> str | None:
    if found.imported.split(".")[0] not in OURS:
        return None
    if any(within(found.imported, allowed) for allowed in MAY_IMPORT[layer_of(found.module)]):
        return None
    return f"{found.module} may not import {found.imported} (line {found.line})"


def wrong_home(found: Import) -> str | None:
    library = found.imported.split(".")[0]
    homes = HOMES.get(library)
    if homes is None or any(within(found.module, home) for home in homes):
        return None
    return f"{found.module} may not import {library} (line {found.line}): its home is {homes[0]}"


def test_imports_go_one_way() -> None:
    assert list(filter(None, map(wrong_direction, IMPORTS))) == []


def test_every_library_has_its_one_home() -> None:
    assert list(filter(None, map(wrong_home, IMPORTS))) == []


def test_the_core_uses_the_standard_library_and_pydantic_alone() -> None:
    allowed = sys.stdlib_module_names | CORE_MAY_USE | {"bot"}
    core = [each for each in IMPORTS if within(each.module, "bot.core")]
    assert [each for each in core if each.imported.split(".")[0] not in allowed] == []


def test_the_core_does_no_input_or_output() -> None:
    doing = {"os", "pathlib", "socket", "sqlite3", "asyncio", "urllib", "subprocess", "logging"}
    core = [each for each in IMPORTS if within(each.module, "bot.core")]
    assert [each for each in core if each.imported.split(".")[0] in doing] == []
    calls = [
        n.id
        for m, tree in MODULES.items()
        if within(m, "bot.core")
        for n in ast.walk(tree)
        if isinstance(n, ast.Name)
    ]
    assert "open" not in calls


def test_the_environment_is_read_in_the_settings_alone() -> None:
    reading = {"environ", "environb", "getenv", "putenv"}
    found = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if {getattr(node, "attr", ""), getattr(node, "name", "")} & reading
    }
    assert found <= set(ENVIRONMENT)


@pytest.mark.parametrize("clock", ["datetime.now", "datetime.utcnow", "time.time", "date.today"])
def test_the_core_and_commands_have_no_clock_of_their_own(clock: str) -> None:
    for name, tree in MODULES.items():
        if name.startswith(("bot.core", "bot.commands", "bot.search", "bot.jobs", "db")):
            called = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
            assert not any(each.endswith(clock) for each in called), name


def test_the_table_finds_what_is_wrong() -> None:
    assert (
        wrong_direction(Import("bot.core.text", "db", 1))
        == "bot.core.text may not import db (line 1)"
    )
    assert wrong_direction(Import("bot.commands.find", "bot.app", 1))
    assert wrong_direction(Import("db.posts", "bot.commands.desk", 1))
    assert wrong_direction(Import("db.posts", "bot.core.posts", 1)) is None
    assert wrong_direction(Import("bot.core.text", "botany", 1)) is None
    assert wrong_home(Import("bot.commands.find", "telegram.ext", 1))
    assert wrong_home(Import("bot.adapters.telegram.render", "telegram", 1)) is None


IMPORT_ALL = """
import importlib, logging, os, sys, threading
def handles():
    return {os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
            if os.path.exists(f"/proc/self/fd/{fd}")}
import asyncio, sqlite3, sqlmodel, telegram.ext, aiohttp, apscheduler.schedulers.asyncio
before, threads, environment = handles(), threading.active_count(), dict(os.environ)
import sqlalchemy
made = []
sqlalchemy.event.listen(sqlalchemy.pool.Pool, "connect", lambda *_: made.append("connection"))
from db.engine import make_engine
for name in sys.argv[1:]:
    importlib.import_module(name)
assert handles() <= before, handles() - before
assert threading.active_count() == threads, threading.enumerate()
assert dict(os.environ) == environment, "the environment was changed"
assert not made, made
assert not logging.getLogger().handlers, "logs were set up"
"""


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to see open files")
def test_importing_a_module_does_nothing() -> None:
    names = [name for name in MODULES if not name.startswith("db.migrations")]
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == ""
