"""The files that people and the bot have sent: the same bytes are one file, however often."""

from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type

from bot.adapters.playground.checks import Json, Refusal, bad
from bot.adapters.playground.images import media_type, size_of

LARGEST_PHOTO = 10 * 1024 * 1024
"""Bytes."""
LARGEST_UPLOAD = 50 * 1024 * 1024
"""Bytes."""
LONGEST_SIDES = 10_000
"""Pixels, width and height together."""
STEEPEST = 20
"""Width to height, or height to width."""


@dataclass(frozen=True, slots=True)
class File:
    """`kind` is Telegram's: `Photo` or `Document`; only a photo has a width and a height."""

    kind: str
    file_id: str
    unique_id: str
    raw: bytes
    name: str = ""
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Where a bot fetches it, below `/file/bot<token>/`."""
        return f"{self.kind.lower()}s/{self.file_id}"

    @property
    def media_type(self) -> str:
        if self.kind == "Photo":
            return media_type(self.raw)
        return guess_type(self.name)[0] or "application/octet-stream"

    def fields(self) -> Json:
        """What a message with this file has under `photo` or `document`."""
        same = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        size = {"file_size": len(self.raw)}
        if self.kind == "Photo":
            # Telegram's servers add smaller sizes; without drawing there is only this one.
            return {"photo": [{**same, **size, "width": self.width, "height": self.height}]}
        described = {"file_name": self.name or "file", "mime_type": self.media_type}
        return {"document": {**described, **same, **size}}


class Shelf:
    """Files by id. Photo and document ids differ, and neither is the `file_unique_id`."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def get(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def keep_photo(self, raw: bytes) -> File:
        """Take a picture in, or raise what Telegram answers to one that it does not take."""
        _check_not_empty(raw)
        if len(raw) > LARGEST_PHOTO:
            told = f"file of size {len(raw)} bytes is too big for a photo"
            raise bad(f"{told}; the maximum size is {LARGEST_PHOTO} bytes")
        size = size_of(raw)
        if size is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = size
        narrow = min(size)
        if not narrow or width + height > LONGEST_SIDES or max(size) > STEEPEST * narrow:
            raise bad("PHOTO_INVALID_DIMENSIONS")
        digest = sha256(raw).hexdigest()[:20]
        return self._keep(
            File("Photo", f"photo-{digest}", f"p{digest}", raw, width=width, height=height)
        )

    def keep_document(self, raw: bytes, name: str) -> File:
        """Take a file of any kind in; the same bytes under another name are another file."""
        _check_not_empty(raw)
        if len(raw) > LARGEST_UPLOAD:
            raise Refusal(413, "Request Entity Too Large")
        digest = sha256(raw).hexdigest()[:20]
        named = sha256(f"{digest} {name}".encode()).hexdigest()[:20]
        return self._keep(File("Document", f"file-{named}", f"d{digest}", raw, name))

    def _keep(self, file: File) -> File:
        return self._files.setdefault(file.file_id, file)


def _check_not_empty(raw: bytes) -> None:
    if not raw:
        raise bad("file must be non-empty")
