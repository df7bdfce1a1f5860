"""Which drawing code this is."""

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def version(folder: Path = _HERE) -> str:
    """16 digits over every file that decides how a picture looks: code, fonts, outlines.

    Takes some milliseconds the first time, reading from disk.
    """
    digest = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        if "__pycache__" not in file.parts:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
