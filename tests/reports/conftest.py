"""Fixtures of the report tests."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin


@pytest.fixture
def logo_png() -> bytes:
    """A small logo with a secret in its metadata."""
    out = io.BytesIO()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "secret")
    Image.new("RGBA", (60, 20), (35, 69, 143, 255)).save(out, "PNG", pnginfo=words)
    return out.getvalue()
