"""The company's look: colours made readable, logos made harmless."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.reports.logo import MAX_BYTES, clean_logo, logo_size, logo_svg
from cs_workbench.reports.look import READABLE, company_look, contrast_on_white, readable, soft_tint


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54), ("#23458F", 9.05)]
)
def test_contrast_is_the_wcag_ratio(colour: str, ratio: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_every_accent_becomes_readable(value: int) -> None:
    assert contrast_on_white(readable(f"#{value:06X}")) >= READABLE


@pytest.mark.parametrize(
    ("given_colour", "expected"),
    [("#23458F", "#23458F"), ("23458f", "#23458F"), ("#fff", "#757575"), (" #000 ", "#000000")],
)
def test_a_readable_colour_is_kept_and_a_light_one_darkened(given_colour: str, expected: str) -> None:
    assert readable(given_colour) == expected


def test_darkening_keeps_the_hue() -> None:
    red, green, blue = bytes.fromhex(readable("#FFCC00")[1:])
    assert red > green > blue == 0


@pytest.mark.parametrize("colour", ["red", "#12345", "", "#GGGGGG", "javascript:1"])
def test_what_is_no_colour_is_refused_with_a_remedy(colour: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        readable(colour)
    assert caught.value.code == "colour"
    assert "#23458F" in caught.value.remedy


def test_without_a_colour_the_look_is_ours() -> None:
    look = company_look()
    assert (look.accent, look.accent_soft, look.logo_png) == ("#23458F", "#EAEFF9", None)


def test_the_soft_tint_is_light_and_of_the_same_family() -> None:
    look = company_look("#FF0000")
    assert look.accent_soft == soft_tint(look.accent)
    assert contrast_on_white(look.accent_soft) < 1.3


def test_a_logo_loses_its_metadata_and_its_size(logo_png: bytes) -> None:
    assert b"secret" in logo_png
    assert b"secret" not in clean_logo(logo_png)
    out = io.BytesIO()
    Image.new("RGB", (4000, 1000), "red").save(out, "JPEG")
    assert logo_size(clean_logo(out.getvalue())) == (960, 240)


def test_cleaning_twice_changes_nothing(logo_png: bytes) -> None:
    once = clean_logo(logo_png)
    assert clean_logo(once) == once


def test_the_svg_holds_the_picture_itself(logo_png: bytes) -> None:
    made = logo_svg(logo_png)
    assert made.count("data:image/png;base64,") == 1
    assert "http" not in made.replace("http://www.w3.org/2000/svg", "")


def bomb(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        bomb(6000, 6000),
        bomb(20_000, 20_000),
        bomb(1, 1_000_000_000),
        bomb(100, 100),
        b"\x89PNG" + b"0" * (MAX_BYTES + 1),
    ],
)
def test_hostile_logos_are_refused_with_one_sentence(picture: bytes) -> None:
    with pytest.raises(FileProblem) as caught:
        clean_logo(picture)
    assert caught.value.code == "logo"
    assert caught.value.remedy
