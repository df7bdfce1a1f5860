"""The ways in which a content file comes to be another one."""

import shutil
from pathlib import Path


def written_over(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


def renamed_over(path: Path, raw: bytes) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(raw)
    new.replace(path)


def linked_over(path: Path, raw: bytes) -> None:
    target = path.parent.parent.parent / "elsewhere.yaml"
    target.write_bytes(raw)
    path.unlink()
    path.symlink_to(target)


def kind_exchanged(path: Path, raw: bytes) -> None:
    kind = path.parent
    other = Path(shutil.copytree(kind, kind.with_name("other")))
    (other / path.name).write_bytes(raw)
    kind.rename(kind.with_name("old"))
    other.rename(kind)
