"""A company's logo made harmless: read with limits, re-encoded, its metadata left behind."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 10_000_000
MAX_PIXELS = 25_000_000
_BOX = (1200, 240)  # pixels kept: sharp at 18 points high
_KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


@lru_cache(maxsize=4)
def clean_logo(picture: bytes) -> bytes:
    """*picture* as a small PNG without metadata. Raises FileProblem for what is no picture or too large."""
    from PIL import Image

    with _opened(picture) as opened:
        small = opened.convert("RGBA")
    small.thumbnail(_BOX)
    clean = Image.new("RGBA", small.size)
    clean.paste(small)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=False)
    return out.getvalue()


def width_of(picture: bytes) -> int:
    """Width in pixels of a picture file. Raises FileProblem for what is no picture or too large."""
    with _opened(picture) as opened:
        return opened.width


@contextmanager
def _opened(picture: bytes) -> Iterator[Image.Image]:
    """The picture, opened with limits; what goes wrong while it is read is told kindly."""
    from PIL import Image, UnidentifiedImageError

    if len(picture) > MAX_BYTES:
        raise _refused(_("The logo is larger than 10 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=_KINDS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise _refused(_("The logo has more than 25 million pixels."))
                yield opened
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
    ) as error:
        raise _refused(_("The logo is not a picture this program can read.")) from error
    except Image.DecompressionBombError as error:
        raise _refused(_("The logo has more than 25 million pixels.")) from error


def logo_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels of a cleaned logo."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        return opened.size


def logo_svg(picture: bytes) -> str:
    """The cleaned logo as an SVG with the picture inside, for the typesetter and HTML."""
    png = clean_logo(picture)
    wide, high = logo_size(png)
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:image/png;base64,{data}"/></svg>'
    )


def _refused(message: str) -> FileProblem:
    return FileProblem(
        message,
        _("The documents keep their present look. Choose a PNG or JPEG logo under 10 MB."),
        code="logo",
    )
