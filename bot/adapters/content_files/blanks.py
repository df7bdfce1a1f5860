"""The blanks of a new content file, apart from `skeletons` so that the loader can import it."""

import re

BLANK = re.compile(r"\bFILL\b")


def unfilled(text: str) -> list[tuple[int, int]]:
    """Line and column, counted from 1, of each blank; those in lines commented out are none."""
    if "FILL" not in text:
        return []
    return [
        (number, found.start() + 1)
        for number, line in enumerate(text.splitlines(), 1)
        if not line.lstrip().startswith("#")
        for found in BLANK.finditer(line)
    ]
