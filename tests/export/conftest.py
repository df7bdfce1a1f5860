from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.export import export
from bot.core.library import Library
from tests.export.small import small_library


@pytest.fixture
def library() -> Library:
    return small_library()


@pytest.fixture
def exported(library: Library, tmp_path: Path) -> Callable[[str], dict[str, bytes]]:
    """`exported("json")` is what the small library gives, by the name of the file."""

    def by_name(wanted: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in export(wanted, library, tmp_path)}

    return by_name
