"""Writing a file so that it is there whole or as it was before."""

import secrets
from pathlib import Path

from bot.core.errors import OutsideError


def write_whole(path: Path, content: bytes) -> Path:
    """Put `content` at `path`, making folders on the way; a reader never sees half of it."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(
            f"{path}: cannot be written ({error.strerror}); name a folder that you may write to"
        ) from error
    return path
