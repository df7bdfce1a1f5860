"""A content folder to one checked set, reading anew only what has changed."""

import difflib
import gc
import hashlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from bot.adapters.content_files.files import SINGLE, Parsed, parsed
from bot.core.errors import ContentError
from bot.core.faults import Fault, Flaw
from bot.core.library import Library
from bot.core.phrases import Phrases
from bot.core.records import KINDS, Record
from bot.core.references import link_flaws, shared_flaws, unknown_records, unknown_sources

Signature = tuple[int, int, int, int]
Signatures = Mapping[str, Signature]
Lint = Callable[[Record, Library], Iterable[Flaw]]

FOLDERS = (*KINDS, "phrases", "lexicons")
"""The folders that are read; the files in the content folder itself are those of `SINGLE`."""
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

    `lint` judges the wording of one record.
    """

    def __init__(self, root: Path, lint: Lint | None = None) -> None:
        self.root = root
        self._lint = lint
        self._known: dict[str, tuple[Signature, Parsed]] = {}
        self._sound: dict[str, Parsed] = {}

    def signatures(self) -> Signatures:
        """What tells whether a file changed, by its name; however it was replaced."""
        return dict(_files(self.root))

    def load(self, signatures: Signatures | None = None, *, worded: bool = True) -> Content:
        """The set as it is on disk now, or was when the signatures were taken.

        Raises `ContentError` for errors; warnings are for `inspected()`.
        """
        content, faults = self.inspected(signatures=signatures, worded=worded)
        errors = [fault for fault in faults if fault.severity == "error"]
        if errors:
            raise ContentError(errors)
        return content

    def inspected(
        self,
        instead: Mapping[str, bytes | None] | None = None,
        signatures: Signatures | None = None,
        *,
        worded: bool = True,
    ) -> tuple[Content, list[Fault]]:
        """The set that the readable files make, and the faults of its files, in order.

        The files of `instead` count as if they were in the folder, or as gone if None. The
        wording is judged where `worded`, of the files that differ from the last set in order;
        before there is such a set, files that nothing reads are told too.
        """
        if not self.root.is_dir():
            raise ContentError([NO_FOLDER._replace(file=str(self.root))])
        files = self._read(self.signatures() if signatures is None else signatures)
        files |= {
            name: parsed(name, raw) for name, raw in (instead or {}).items() if raw is not None
        }
        gone = {name for name, raw in (instead or {}).items() if raw is None}
        files = {name: files[name] for name in sorted(files.keys() - gone)}
        content = _assembled(files.values())
        faults = [fault for each in files.values() for fault in each.faults]
        faults += _missing(files, self.root)
        broken = _broken(files, content.library)
        faults += _faults_between(files, _unsound(files, self._sound), content, broken)
        if worded and self._lint:
            new = [each for name, each in files.items() if self._sound.get(name) is not each]
            judged = (each for each in new if not _leans_on(each, broken))
            faults += _wording(judged, self._lint, content.library)
            if not self._sound and all(name in files for name in NEEDED):
                faults += _misplaced(self.root)
        if not any(fault.severity == "error" for fault in faults):
            self._sound = files
        return content, sorted(set(faults))

    def wording(self, library: Library) -> tuple[Fault, ...]:
        """What the lint says of every file of the last set that was in order."""
        lint = self._lint or (lambda *_: ())
        return tuple(_wording([*self._sound.values()], lint, library))

    def _read(self, signatures: Signatures) -> dict[str, Parsed]:
        known: dict[str, tuple[Signature, Parsed]] = {}
        with _not_collecting():
            for name, signature in signatures.items():
                before = self._known.get(name)
                same = before is not None and before[0] == signature
                known[name] = before if before and same else (signature, _read(self.root, name))
        self._known = known
        return {name: each for name, (_, each) in known.items()}


@contextmanager
def _not_collecting() -> Iterator[None]:
    """No garbage is looked for: what is read is kept, and looking through it all takes longest."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _files(root: Path) -> Iterator[tuple[str, Signature]]:
    """The files of a content folder by name, in a fixed order; links are followed."""
    for folder in ("", *FOLDERS):
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            wanted = entry.name in SINGLE if not folder else entry.name.endswith((".yaml", ".yml"))
            if wanted and not entry.name.startswith("."):
                try:
                    stat = os.stat(entry.path)  # noqa: PTH116  # ten thousand of them at a time
                    signature = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
                except FileNotFoundError:  # gone since, or a link to nowhere
                    continue
                except OSError:  # told when it is read
                    signature = (0, 0, 0, 0)
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
        plan_rules=whole.get("planning.yaml"),
    )
    digest = hashlib.sha256()
    for each in files:
        digest.update(each.name.encode() + b"\0" + each.digest)
    return Content(library, Phrases(_folder(whole, "phrases")), digest.hexdigest()[:12])


def _folder(whole: dict[str, Any], folder: str) -> dict[str, Any]:
    within = {name: value for name, value in whole.items() if name.startswith(f"{folder}/")}
    return {Path(name).stem: value for name, value in within.items()}


def _wording(files: Iterable[Parsed], lint: Lint, library: Library) -> Iterator[Fault]:
    for each in files:
        if each.links is not None:
            yield from map(each.fault, lint(each.value, library))


def _missing(names: Container[str], root: Path) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in names:
            message = f"{root} has no such file"
            flaw = Flaw((), "missing-file", message, "is this the content folder?")
            yield Parsed(name, b"").fault(flaw)


def _misplaced(root: Path) -> Iterator[Fault]:
    """YAML files that nothing reads where they are, or as they are named."""
    read = {name for name, _ in _files(root)}
    for at, folders, names in os.walk(root):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in names:
            path = PurePosixPath(Path(at, name).relative_to(root).as_posix())
            wanted = path.suffix.lower() in (".yaml", ".yml") and not name.startswith(".")
            if wanted and str(path) not in read:
                cure = f"move it to {_nearest_place(path)}"
                flaw = Flaw((), "misplaced", "nothing reads a file of this name", cure, "warning")
                yield Parsed(str(path), b"").fault(flaw)


def _nearest_place(path: PurePosixPath) -> str:
    """Where a misplaced file was probably meant to be."""
    single = [Path(name).stem for name in SINGLE]
    nested = len(path.parts) > 1
    meant, known = (path.parts[0], FOLDERS) if nested else (path.stem, (*FOLDERS, *single))
    near = difflib.get_close_matches(meant.lower(), known, 1)
    if not near:
        return f"the folder of its kind ({', '.join(FOLDERS)}) as <id>.yaml"
    if near[0] in single:
        return f"{near[0]}.yaml"
    return f"{near[0]}/{path.stem.lower() if nested else '<id>'}.yaml"


def _unsound(files: Mapping[str, Parsed], sound: Mapping[str, Parsed]) -> set[str]:
    """The files whose references have to be looked at again, given a set that was in order.

    All of them where files came or went, or where one changed that others lean on.
    """
    changed = {name for name, each in files.items() if sound.get(name) is not each}
    leant_on = any(name in SINGLE or name.startswith("organisations/") for name in changed)
    return set(files) if leant_on or files.keys() != sound.keys() else changed


def _broken(files: Mapping[str, Parsed], library: Library) -> set[str]:
    """The ids of records and the stems of files that are broken or missing, or that two have."""
    linked = (each for each in files.values() if each.links is not None)
    return {
        *(Path(name).stem for name, each in files.items() if each.faults),
        *(Path(name).stem for name in NEEDED if name not in files),
        *(each.value.id for each in linked if library.records[each.value.id] is not each.value),
    }


def _leans_on(file: Parsed, broken: set[str]) -> bool:
    """Whether its wording rests on what is broken: it is judged once that is mended."""
    used = {record for _, record in file.links.records} if file.links else set()
    return not broken.isdisjoint({"sources", *used})


def _faults_between(
    files: Mapping[str, Parsed], unsound: set[str], content: Content, broken: set[str]
) -> Iterator[Fault]:
    """Faults that show only when the files are put side by side.

    References to what is broken are not told: mending that mends them.
    """
    library = content.library
    linked = [each for each in files.values() if each.links is not None]
    records = {each.value.id: each for each in linked}

    def told(file: Parsed, flaws: Iterable[Flaw]) -> Iterator[Fault]:
        return (file.fault(flaw) for flaw in flaws if not _follows_from(flaw, broken))

    for name in sorted(unsound):
        file = files[name]
        if file.links is not None:
            yield from told(file, link_flaws(file.value, file.links, library))
    named = [(each.value, each.links) for each in linked if each.links]
    for record, flaw in shared_flaws(named, library):
        own = records[record.id]
        yield from told(own if own.value is record else _file_of(record, files), (flaw,))
    if len(unsound) == len(files) and not broken:
        yield from _unused_sources(files, library)
    for name in ("help.yaml", "calendar.yaml"):
        if name in unsound and files[name].value is not None:
            for key, entry in files[name].value.items():
                records_of = getattr(entry, "records", ())
                yield from told(
                    files[name], unknown_sources((key, "sources"), entry.sources, library)
                )
                yield from told(files[name], unknown_records((key, "records"), records_of, library))


def _unused_sources(files: Mapping[str, Parsed], library: Library) -> Iterator[Fault]:
    """Sources that nothing cites: perhaps a citation was lost, or its id is misspelt."""
    used = {each for file in files.values() if file.links for each in file.links.sources}
    for entries in (library.help_lines, library.calendar):
        used |= {source for entry in entries.values() for source in entry.sources}
    for source in sorted(library.sources.keys() - used):
        flaw = Flaw(
            (source,), "unused-source", "nothing cites it", "cite it or remove it", "warning"
        )
        yield files["sources.yaml"].fault(flaw)


def _file_of(record: Record, files: Mapping[str, Parsed]) -> Parsed:
    return next(each for each in files.values() if each.value is record)


def _follows_from(flaw: Flaw, broken: set[str]) -> bool:
    if flaw.rule == "unknown-source":
        return "sources" in broken
    if flaw.rule == "unknown-day":
        return "calendar" in broken
    return flaw.rule == "unknown-record" and any(repr(b) in flaw.message for b in broken)
