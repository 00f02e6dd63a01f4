import io

import pytest
from PIL import Image

from bot.thinking.picture import chinese_font, drawn

LABELS = ("供水公司", "教育局")


def opened(font: str | None, confusion: tuple[tuple[int, ...], ...]) -> Image.Image:
    image = Image.open(io.BytesIO(drawn(LABELS, confusion, font=font)))
    assert image.format == "PNG"
    return image


def test_right_is_green_and_wrong_is_red():
    image = opened(None, ((9, 0), (3, 0)))
    side = image.size[0]
    right, wrong = side - 8 - 60 + 3, side - 8 - 60 + 3
    red, green, _ = image.getpixel((right, side - 8 - 60 + 3))
    assert green > red
    red, green, _ = image.getpixel((wrong, side - 8 - 30 + 3))
    assert red > green
    assert image.getpixel((side - 8 - 30 + 3, side - 8 - 30 + 3)) == (255, 255, 255)


def test_with_a_font_the_names_stand_beside_and_above():
    font = chinese_font()
    if font is None:
        pytest.skip("no font with Chinese letters on this machine")
    assert opened(font, ((1, 0), (0, 1))).size[0] > opened(None, ((1, 0), (0, 1))).size[0]
