"""Writing content files on somebody's behalf: checked first, one version kept, undone on demand."""

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.adapters.content_files.files import SINGLE
from bot.adapters.content_files.serving import Serving
from bot.adapters.content_files.yaml_text import LARGEST, YamlFault, parse
from bot.core.changes import News, Proposal, Written, differences
from bot.core.errors import EditRefused
from bot.core.faults import Fault
from bot.core.records import KINDS, Record

KEPT = ".previous"
"""The folder inside the content folder that holds what writes replaced; never read as content."""

MOST_PENDING = 20
_FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\.yaml")
_SCHEMA = re.compile(rb"yaml-language-server: \$schema=\S*/([a-z-]+)\.json")


class _Pending(NamedTuple):
    name: str
    raw: bytes
    before: bytes | None


class ContentKeeper:
    """The `Keeper` of `bot.core.ports` over a folder of files. One write at a time."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._root = serving.folder.root
        self._pending: dict[str, _Pending] = {}

    def state(self) -> News:
        return News(self._serving.content.revision, faults=self._serving.faults)

    def reload(self, *, confirmed: bool) -> News:
        return self._serving.reload(confirmed=confirmed)

    def propose(self, file_name: str, raw: bytes, hint: str) -> Proposal:
        if len(raw) > LARGEST:
            raise EditRefused("edit.large", limit=LARGEST // 1024)
        name = self._name(file_name, raw, hint)
        with self._serving.lock, _disk():
            before = _bytes(self._root / name)
            content, faults = self._serving.folder.inspected({name: raw})
            if errors := tuple(fault for fault in faults if fault.severity == "error"):
                return Proposal(name, "", faults=errors)
            token = _digest(b"\0".join((name.encode(), before or b"", raw)))
            self._pending.pop(token, None)
            while len(self._pending) >= MOST_PENDING:
                del self._pending[next(iter(self._pending))]
            self._pending[token] = _Pending(name, raw, before)
        told = tuple(differences(_value(before), parse(raw)))
        return Proposal(name, token, told, content.library.get(Path(name).stem))

    def write(self, token: str) -> Written:
        with self._serving.lock, _disk():
            pending = self._pending.get(token)
            if pending is None:
                raise EditRefused("edit.gone")
            if _bytes(self._root / pending.name) != pending.before:
                raise EditRefused("edit.changed", file=pending.name)
            _, faults = self._serving.folder.inspected({pending.name: pending.raw})
            if any(fault.severity == "error" for fault in faults):
                raise EditRefused("edit.faulty", file=pending.name)
            kept = self._keep(pending)
            try:
                self._put(pending.name, pending.raw)
            except (OSError, EditRefused):
                kept.unlink()
                raise
            del self._pending[token]
            return self._written(pending.name, pending.before, f"Update {pending.name}")

    def drop(self, token: str) -> None:
        self._pending.pop(token, None)

    def undo(self) -> Written:
        with self._serving.lock, _disk():
            kept = max(self._kept(), default=None)
            if kept is None:
                raise EditRefused("edit.nothing")
            _, written, path = kept.name.split("~", 2)
            name = path.replace("~", "/").removesuffix(".new")
            undone = _bytes(self._root / name)
            if _digest(undone or b"") != written:
                raise EditRefused("edit.changed", file=name)
            before = None if kept.name.endswith(".new") else kept.read_bytes()
            if self._errors({name: before}) - self._errors():
                raise EditRefused("edit.faulty", file=name)
            if before is None:
                (self._root / name).unlink(missing_ok=True)
            else:
                self._put(name, before)
            kept.unlink()
            return self._written(name, undone, f"Undo the update of {name}")

    def _errors(self, instead: Mapping[str, bytes | None] | None = None) -> set[Fault]:
        _, faults = self._serving.folder.inspected(instead)
        return {fault for fault in faults if fault.severity == "error"}

    def _name(self, file_name: str, raw: bytes, hint: str) -> str:
        """Where a file of this name belongs; nothing a sender writes leads out of the folder."""
        if file_name in SINGLE:
            return file_name
        if not _FILE.fullmatch(file_name):
            raise EditRefused("edit.name")
        known = self._serving.content.library.get(file_name.removesuffix(".yaml"))
        folder = _folder_of(known) if known else _folder_named(raw, hint)
        if folder is None:
            raise EditRefused("edit.kind", kinds=", ".join(KINDS))
        self._inside(folder)
        return f"{folder}/{file_name}"

    def _keep(self, pending: _Pending) -> Path:
        """Keep what is about to be replaced, under the digest of what replaces it."""
        folder = self._inside(KEPT)
        folder.mkdir(exist_ok=True)
        number = max((int(each.name.split("~")[0]) for each in self._kept()), default=0) + 1
        name = f"{number:06}~{_digest(pending.raw)}~{pending.name.replace('/', '~')}"
        kept = folder / (f"{name}.new" if pending.before is None else name)
        kept.write_bytes(pending.before or b"")
        return kept

    def _kept(self) -> Iterator[Path]:
        return (self._root / KEPT).glob("[0-9]*~*~*")

    def _inside(self, folder: str) -> Path:
        """The folder, if it is no link that leads out of the content."""
        if not (self._root / folder).resolve().is_relative_to(self._root.resolve()):
            raise EditRefused("edit.outside", file=folder)
        return self._root / folder

    def _put(self, name: str, raw: bytes) -> None:
        """Replace the file in one step, so that no reader ever sees half of it.

        A link is replaced too: what it leads to stays as it is.
        """
        target = self._inside(str(Path(name).parent)) / Path(name).name
        target.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _written(self, name: str, before: bytes | None, message: str) -> Written:
        """What came of a write; it is not served yet where records vanished that it left alone."""
        news = self._serving.reload(instead={name: before})
        return Written(name, _commit(self._root, name, message), news)


@contextmanager
def _disk() -> Iterator[None]:
    """Turns an error of the disk, full or not to be written, into a refusal that says so."""
    try:
        yield
    except OSError as error:
        raise EditRefused("edit.disk", why=error.strerror or str(error)) from error


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]


def _folder_of(record: Record) -> str:
    return next(folder for folder, kind in KINDS.items() if isinstance(record, kind))


def _folder_named(raw: bytes, hint: str) -> str | None:
    """The folder that the file's first line or its sender names."""
    found = _SCHEMA.search(raw.split(b"\n", 1)[0])
    named = (found[1].decode() if found else "", hint.strip().lower().strip("/"))
    return next((each for each in named if each in KINDS), None)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _value(raw: bytes | None) -> object:
    try:
        return parse(raw) if raw else {}
    except YamlFault:
        return {}


def _commit(root: Path, name: str, message: str) -> str:
    """Commit the file where the folder is in a repository; the commit's short name, or empty."""
    git = ["git", "-C", str(root), "-c", "user.name=Wazahat", "-c", "user.email=wazahat@localhost"]
    try:
        for arguments in (["add", "-A", "--", name], ["commit", "-q", "-m", message, "--", name]):
            subprocess.run([*git, *arguments], check=True, capture_output=True, timeout=20)  # noqa: S603
        told = subprocess.run(  # noqa: S603
            [*git, "rev-parse", "--short", "HEAD"], check=True, capture_output=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode().strip()
