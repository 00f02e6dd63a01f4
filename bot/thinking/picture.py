"""A picture of what a model takes for what: a square of numbers, labels in Chinese where the machine has a font."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_CELL: Final = 30
_GAP: Final = 8
_SIZE: Final = 18
_SIGNS: Final = 11
_FONTS: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_WHITE, _INK, _PALE = (255, 255, 255), (30, 30, 30), (225, 225, 225)
_RIGHT, _WRONG = (46, 125, 50), (198, 40, 40)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def chinese_font() -> str | None:
    """Return the file of a font with Chinese letters, or None where the machine has none."""
    found = next((name for name in _FONTS if Path(name).exists()), None)
    asked = shutil.which("fc-match")
    if found is None and asked is not None:
        said = subprocess.run(  # noqa: S603 - a program of the system, with words of our own
            [asked, "-f", "%{file}|%{lang}", ":lang=zh-cn"], capture_output=True, text=True, check=False
        ).stdout
        name, _, languages = said.partition("|")
        found = name if "zh-cn" in languages else None
    return found


def drawn(labels: Sequence[str], confusion: Sequence[Sequence[int]], *, font: str | None) -> bytes:
    """Return a PNG: a row for each true label, a column for each that was said; without a font labels are numbers.

    `confusion[i][j]` counts the messages of `labels[i]` taken for `labels[j]`; the numbers begin at 1.
    """
    letters: Font = ImageFont.truetype(font, _SIZE) if font else ImageFont.load_default(_SIZE)
    names = [name[:_SIGNS] for name in labels] if font else [str(at) for at in range(1, len(labels) + 1)]
    margin = int(max((letters.getlength(name) for name in names), default=0)) + 2 * _GAP
    side = margin + _CELL * len(labels) + _GAP
    image = Image.new("RGB", (side, side), _WHITE)
    pen = ImageDraw.Draw(image)
    for at, name in enumerate(names):
        _name_row(pen, name, at, margin, letters)
        _name_column(image, name, at, margin, letters)
        for other in range(len(labels)):
            _cell(pen, confusion[at], at, other, margin, letters)
    kept = io.BytesIO()
    image.save(kept, format="PNG", optimize=True)
    return kept.getvalue()


def _name_row(pen: ImageDraw.ImageDraw, name: str, at: int, margin: int, letters: Font) -> None:
    pen.text((margin - _GAP, margin + _CELL * at + _CELL / 2), name, _INK, font=letters, anchor="rm")


def _name_column(image: Image.Image, name: str, at: int, margin: int, letters: Font) -> None:
    """Write a label upwards, above its column."""
    strip = Image.new("RGB", (margin, _CELL), _WHITE)
    ImageDraw.Draw(strip).text((_GAP, _CELL / 2), name, _INK, font=letters, anchor="lm")
    image.paste(strip.rotate(90, expand=True), (margin + _CELL * at, 0))


def _cell(pen: ImageDraw.ImageDraw, row: Sequence[int], at: int, other: int, margin: int, letters: Font) -> None:
    """Colour a cell by its share of the row: green where it is right, red where it is wrong."""
    left, top = margin + _CELL * other, margin + _CELL * at
    share = row[other] / max(1, sum(row))
    base = _RIGHT if at == other else _WRONG
    strength = share**0.5
    colour = tuple(int(255 + (part - 255) * strength) for part in base)
    pen.rectangle((left, top, left + _CELL, top + _CELL), fill=colour, outline=_PALE)
    if row[other]:
        ink = _WHITE if strength > 0.6 else _INK  # noqa: PLR2004 - where dark letters are hard to read
        pen.text((left + _CELL / 2, top + _CELL / 2), str(row[other]), ink, font=letters, anchor="mm")
