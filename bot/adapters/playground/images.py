"""The size of a picture, read from its first bytes: PNG and JPEG, as a bot may send them."""

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
#: Markers of the JPEG frames that tell the size; those between (C4, C8, CC) are tables.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Markers that stand alone, without a length after them.
BARE = frozenset([0x01, *range(0xD0, 0xD9)])


def media_type(raw: bytes) -> str:
    """Of a picture that `size_of` could measure."""
    return "image/png" if raw.startswith(PNG) else "image/jpeg"


def size_of(raw: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or None for what is no such picture."""
    if raw.startswith(PNG) and raw[12:16] == b"IHDR" and len(raw) >= 24:
        return int.from_bytes(raw[16:20]), int.from_bytes(raw[20:24])
    return _jpeg_size(raw) if raw.startswith(JPEG) else None


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(raw) and raw[place] == 0xFF:
        marker = raw[place + 1]
        if marker in FRAMES:
            height, width = raw[place + 5 : place + 7], raw[place + 7 : place + 9]
            return int.from_bytes(width), int.from_bytes(height)
        if marker == 0xFF:
            place += 1
        elif marker in BARE:
            place += 2
        else:
            place += 2 + int.from_bytes(raw[place + 2 : place + 4])
    return None
