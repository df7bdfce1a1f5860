from pathlib import Path

import pytest

from tests.content.files import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small content folder that loads."""
    return Folder(tmp_path)
