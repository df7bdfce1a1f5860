"""What the package ships: fonts as their makers made them, an outline with its source, colours."""

import hashlib
import json
import re
import shutil
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from bot.pictures import outline, theme
from bot.pictures.spreading import Disc, apart
from bot.pictures.version import version

SHIPPED = files("bot.pictures")
FONTS = {
    "NotoNastaliqUrdu-Bold.ttf": "6b81290dc928bac40fa4b71370f4ef260ad8c33d17be38eab05376490077ebc4",
    "NotoNastaliqUrdu-Regular.ttf": (
        "fe24c4a05b19482beac11e4b90a0f6754214f1cb5e925cf9e86b48283ac37522"
    ),
    "NotoSans-Bold.ttf": "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
    "NotoSans-Regular.ttf": "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
}


def test_the_fonts_are_whole_and_carry_their_licence() -> None:
    folder = SHIPPED.joinpath("fonts")
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name.endswith(".ttf")
    }
    assert found == FONTS
    licence = folder.joinpath("OFL.txt").read_text("utf8")
    assert "SIL OPEN FONT LICENSE" in licence and "Noto Nastaliq Urdu" in licence


def test_the_outline_is_small_and_names_its_source() -> None:
    raw = SHIPPED.joinpath("outline.json").read_bytes()
    assert len(raw) < 150_000
    assert set(json.loads(raw)) == {"areas", "lines"}
    assert "public domain" in SHIPPED.joinpath("outline.md").read_text("utf8")


@pytest.mark.parametrize(
    ("lat", "lon", "area"),
    [
        (24.86, 67.01, "pakistan"), (30.18, 67.0, "pakistan"), (34.01, 71.58, "pakistan"),
        (33.69, 73.05, "pakistan"), (31.55, 74.34, "pakistan"),
        (34.36, 73.47, "disputed"), (35.92, 74.31, "disputed"), (34.08, 74.80, "disputed"),
        (34.53, 69.17, "land"), (28.61, 77.21, "land"), (29.50, 60.86, "land"),
    ],
)  # fmt: skip
def test_cities_lie_where_they_are(lat: float, lon: float, area: str) -> None:
    areas = json.loads(SHIPPED.joinpath("outline.json").read_text("utf8"))["areas"]
    assert any(_holds(ring, lon, lat) for ring in areas[area])
    spot = outline.spot(lat, lon)
    assert 0 < spot.x < theme.WIDTH and 0 < spot.y < outline.HEIGHT


def _holds(ring: list[list[float]], x: float, y: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_what_is_behind_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    behind = (theme.GROUND, theme.TINT)
    for text, ground in (*product(theme.TEXT_COLOURS, behind), (theme.GROUND, theme.ACCENT)):
        assert contrast(text, ground) >= 4.5, (text, ground)
    for ground in (theme.ABROAD, theme.SEA):
        assert contrast(theme.INK, ground) >= 4.5


def test_discs_in_one_place_fan_out_around_it() -> None:
    homes = [Disc(500, 500, 20)] * 7
    moved = apart(homes, 1000, 1000)
    assert len({(round(disc.x), round(disc.y)) for disc in moved}) == 7
    assert sum(disc.x for disc in moved) / 7 == pytest.approx(500, abs=15)
    assert sum(disc.y for disc in moved) / 7 == pytest.approx(500, abs=15)
    assert moved == apart(homes, 1000, 1000)


def test_a_disc_alone_stays_at_home() -> None:
    [moved] = apart([Disc(300, 400, 20)], 1000, 1000)
    assert (moved.x, moved.y) == pytest.approx((300, 400), abs=1)


def test_the_version_of_the_drawing_code_hangs_on_every_file(tmp_path: Path) -> None:
    assert version() == version()
    assert re.fullmatch("[0-9a-f]{16}", version())
    copies = [tmp_path / name for name in ("same", "mended", "compiled")]
    for copy in copies:
        shutil.copytree(
            Path(theme.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__")
        )
    same, mended, compiled = copies
    (mended / "theme.py").write_text("another colour")
    (compiled / "__pycache__").mkdir()
    (compiled / "__pycache__/theme.pyc").write_bytes(b"whatever")
    assert version(same) == version() == version(compiled)
    assert version(mended) != version()
