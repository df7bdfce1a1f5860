"""A content folder to one checked set, reading anew only what has changed."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bot.adapters.content_files.files import SINGLE, Parsed, parsed
from bot.core.errors import ContentError
from bot.core.faults import Fault, Flaw
from bot.core.library import Library
from bot.core.phrases import Phrases
from bot.core.records import KINDS, Record
from bot.core.references import link_flaws, shared_flaws, unknown_records, unknown_sources

Signature = tuple[int, int, int, int]
Lint = Callable[[Record, Library], Iterable[Flaw]]

NEEDED = ("sources.yaml", "phrases/en.yaml", "lexicons/stop-words.yaml")
NO_FOLDER = Fault(
    "",
    1,
    1,
    "missing-folder",
    "error",
    "",
    "no such folder",
    "set WAZAHAT_CONTENT_DIR to the content",
)


class Content(NamedTuple):
    """One loaded set: everything that answers are made of. `revision` changes when a file does."""

    library: Library
    phrases: Phrases
    revision: str

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that a question is asked with, not about."""
        lines = self.library.lexicons.get("stop-words", {}).values()
        return frozenset(word for words in lines for word in words)


def load_content(folder: Path) -> Content:
    """Read everything under `folder`, or raise one `ContentError` that lists all that is wrong."""
    return ContentFolder(folder).load()


class ContentFolder:
    """A folder that may be loaded again and again; files that did not change are not read again.

    `lint` judges the wording of one record; what it finds in a file is kept until the file, the
    sources or the word lists change.
    """

    def __init__(self, root: Path, lint: Lint | None = None) -> None:
        self.root = root
        self._lint = lint
        self._known: dict[str, tuple[Signature, Parsed]] = {}
        self._linted: dict[str, tuple[Parsed, tuple[Flaw, ...]]] = {}
        self._linted_with: tuple[object, ...] = ()

    def signatures(self) -> dict[str, Signature]:
        """What tells whether a file changed, by its name; however it was replaced."""
        return dict(_files(self.root))

    def load(self, instead: Mapping[str, bytes] | None = None) -> Content:
        """The set as it is on disk now, with the files of `instead` as they are given.

        Raises `ContentError` for errors; warnings are for `inspected()`.
        """
        content, faults = self.inspected(instead)
        errors = [fault for fault in faults if fault.severity == "error"]
        if errors:
            raise ContentError(errors)
        return content

    def inspected(self, instead: Mapping[str, bytes] | None = None) -> tuple[Content, list[Fault]]:
        """The set that the readable files make, and every fault of every file, in order."""
        if not self.root.is_dir():
            raise ContentError([NO_FOLDER._replace(file=str(self.root))])
        files = self._read(instead or {})
        content = _assembled(files)
        faults = [fault for each in files for fault in each.faults]
        faults += [*_missing(files, self.root), *_faults_between(files, content)]
        return content, sorted({*faults, *self._wording(files, content.library)})

    def _read(self, instead: Mapping[str, bytes]) -> list[Parsed]:
        known: dict[str, tuple[Signature, Parsed]] = {}
        for name, signature in _files(self.root):
            before = self._known.get(name)
            if before and before[0] == signature:
                known[name] = before
            else:
                known[name] = (signature, _read(self.root, name))
        self._known = known
        files = {name: each for name, (_, each) in known.items()}
        files |= {name: parsed(name, raw) for name, raw in instead.items()}
        return [files[name] for name in sorted(files)]

    def _wording(self, files: Iterable[Parsed], library: Library) -> Iterator[Fault]:
        if self._lint is None:
            return
        leant_on = (library.sources, library.lexicons)
        if leant_on != self._linted_with:
            self._linted, self._linted_with = {}, leant_on
        for each in files:
            if not isinstance(each.value, Record):
                continue
            before = self._linted.get(each.name)
            if before is None or before[0] is not each:
                before = self._linted[each.name] = (each, tuple(self._lint(each.value, library)))
            yield from map(each.fault, before[1])


def _files(root: Path) -> Iterator[tuple[str, Signature]]:
    """The files of a content folder by name, in a fixed order; links are followed."""
    for folder in ("", *KINDS, "phrases", "lexicons"):
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        for entry in entries:
            wanted = entry.name in SINGLE if not folder else entry.name.endswith((".yaml", ".yml"))
            if wanted and not entry.name.startswith("."):
                stat = os.stat(entry.path)  # noqa: PTH116  # ten thousand of them, each second
                signature = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
                yield f"{folder}/{entry.name}" if folder else entry.name, signature


def _read(root: Path, name: str) -> Parsed:
    if name.endswith(".yml"):
        flaw = Flaw((), "file-name", "ends in .yml", "rename it to end in .yaml")
        return Parsed(name, b"", faults=(Parsed(name, b"").fault(flaw),))
    try:
        raw = (root / name).read_bytes()
    except OSError as error:
        flaw = Flaw((), "not-readable", f"cannot be read: {error.strerror}", "mend its rights")
        return Parsed(name, b"", faults=(Parsed(name, b"").fault(flaw),))
    return parsed(name, raw)


def _assembled(files: Iterable[Parsed]) -> Content:
    """The set that the readable files make."""
    whole = {each.name: each.value for each in files if each.value is not None}
    records = [value for value in whole.values() if isinstance(value, Record)]
    library = Library(
        records,
        whole.get("sources.yaml", {}),
        help_lines=whole.get("help.yaml"),
        calendar=whole.get("calendar.yaml"),
        hashtags=whole.get("hashtags.yaml"),
        lexicons=_folder(whole, "lexicons"),
    )
    digest = hashlib.sha256()
    for each in files:
        digest.update(each.name.encode() + b"\0" + each.raw + b"\0")
    return Content(library, Phrases(_folder(whole, "phrases")), digest.hexdigest()[:12])


def _folder(whole: dict[str, Any], folder: str) -> dict[str, Any]:
    within = {name: value for name, value in whole.items() if name.startswith(f"{folder}/")}
    return {Path(name).stem: value for name, value in within.items()}


def _missing(files: Iterable[Parsed], root: Path) -> Iterator[Fault]:
    names = {each.name for each in files}
    for name in NEEDED:
        if name not in names:
            flaw = Flaw(
                (), "missing-file", f"{root} has no such file", "is this the content folder?"
            )
            yield Parsed(name, b"").fault(flaw)


def _faults_between(files: Iterable[Parsed], content: Content) -> Iterator[Fault]:
    """Faults that show only when the files are put side by side.

    References to a record or source whose own file is broken are not told: mending that file
    mends them.
    """
    broken = {Path(each.name).stem for each in files if each.faults}
    of = {id(each.value): each for each in files if isinstance(each.value, Record)}
    library = content.library
    for each in of.values():
        assert each.links is not None  # noqa: S101  # every record has them
        yield from (
            each.fault(flaw)
            for flaw in link_flaws(each.value, each.links, library)
            if not _follows_from(flaw, broken)
        )
    for record, flaw in shared_flaws((each.value for each in of.values()), library):
        yield of[id(record)].fault(flaw)
    by_name = {each.name: each for each in files if each.value is not None}
    for name, entries in (("help.yaml", library.help_lines), ("calendar.yaml", library.calendar)):
        for key, entry in entries.items():
            flaws = [*unknown_sources((key, "sources"), entry.sources, library)]
            flaws += unknown_records((key, "records"), getattr(entry, "records", ()), library)
            yield from (by_name[name].fault(f) for f in flaws if not _follows_from(f, broken))


def _follows_from(flaw: Flaw, broken: set[str]) -> bool:
    if flaw.rule == "unknown-source":
        return "sources" in broken
    if flaw.rule == "unknown-day":
        return "calendar" in broken
    return flaw.rule in {"unknown-record", "status"} and any(
        repr(b) in flaw.message for b in broken
    )
