"""Who makes the documents: names, colour and logo are kept in the portfolio, and documents bear them."""

from __future__ import annotations

import base64
import datetime as dt
import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.services import company, portfolios
from cs_workbench.services.packs import make_pack
from cs_workbench.services.portfolio_settings import settings
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
AT = "2026-11-20T03:00:00Z"


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        yield workbench


def png(width: int = 640, height: int = 80, colour: str = "#118811") -> bytes:
    """A picture with a comment that must not travel on."""
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "made in the secret room")
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG", pnginfo=said)
    return out.getvalue()


def bomb(width: int = 1, height: int = 1_000_000_000) -> bytes:
    """A PNG that says it is a billion pixels high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_names_by_language_are_one_step_each(wb: Workbench) -> None:
    company.set_name(wb, "company", "ja", "  株式会社 つむぎワークス ")
    company.set_name(wb, "company", "en", "Tsumugi Works K.K.")
    company.set_name(wb, "own_name", "ja", "高橋 美咲")
    us = company.company_of(settings(wb.reads))
    assert us.company == {"ja": "株式会社 つむぎワークス", "en": "Tsumugi Works K.K."}
    assert us.own_name == {"ja": "高橋 美咲", "en": ""}
    assert settings(wb.reads)["company"] == "株式会社 つむぎワークス", (
        "the plain key follows the portfolio's language"
    )
    assert [step.name for step in wb.history()][:3] == ["Change name", "Change company", "Change company"]
    assert wb.undo() == "Change name"
    assert company.company_of(settings(wb.reads)).own_name["ja"] == ""


def test_an_empty_name_goes_and_a_long_one_is_refused(wb: Workbench) -> None:
    company.set_name(wb, "company", "ja", "つむぎ")
    company.set_name(wb, "company", "ja", "  ")
    assert "company_ja" not in settings(wb.reads)
    with pytest.raises(InvalidValue, match="200"):
        company.set_name(wb, "company", "ja", "あ" * 201)


def test_a_plain_name_stands_in_for_the_own_language() -> None:
    us = company.company_of({"company": "Aoba", "language": "en"})
    assert us.company == {"ja": "", "en": "Aoba"}
    assert us.accent == "#23458F"


@pytest.mark.parametrize(
    ("colour", "kept"),
    [("#23458f", "#23458F"), ("0f6b63", "#0F6B63"), ("#333", "#333333"), (" #7A2E55 ", "#7A2E55")],
)
def test_colours_are_kept_as_six_digits(wb: Workbench, colour: str, kept: str) -> None:
    company.set_accent(wb, colour)
    assert settings(wb.reads)["accent"] == kept


@pytest.mark.parametrize("colour", ["#FFFF00", "#999999", "#00AAFF"])
def test_pale_colours_are_refused_with_a_darker_one(wb: Workbench, colour: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        company.set_accent(wb, colour)
    assert caught.value.code == "contrast"
    better = company.darkened(colour)
    assert better in caught.value.remedy
    assert company.contrast(better) >= company.READABLE
    assert "accent" not in settings(wb.reads)


@pytest.mark.parametrize("colour", ["", "blue", "#12345", "#GGGGGG", "url(x)"])
def test_what_is_no_colour(colour: str) -> None:
    with pytest.raises(InvalidValue):
        company.checked_colour(colour)


def test_offered_colours_can_all_be_read() -> None:
    assert all(company.checked_colour(one) == one for one in company.SWATCHES)


def test_a_logo_is_kept_clean_inside_the_portfolio(wb: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(png())
    company.set_logo(wb, str(path))
    path.unlink()
    us = company.company_of(settings(wb.reads))
    assert us.logo is not None
    assert us.logo_name == "logo.png"
    assert b"secret room" not in us.logo
    assert Image.open(io.BytesIO(us.logo)).size == (640, 80)
    company.remove_logo(wb)
    assert company.company_of(settings(wb.reads)).logo is None
    assert wb.undo() == "Remove logo"
    assert company.company_of(settings(wb.reads)).logo == us.logo


def test_a_drawn_logo(wb: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><rect width="9" height="9"/></svg>'
    )
    company.set_logo(wb, str(path))
    assert company.company_of(settings(wb.reads)).logo is not None


@pytest.mark.parametrize(
    "content",
    [
        png(width=599),
        bomb(),
        bomb(width=30_000, height=30_000),
        b"",
        b"no picture",
        b"<svg><script>x</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    ],
)
def test_pictures_that_cannot_be_used_change_nothing(wb: Workbench, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        company.set_logo(wb, str(path))
    assert "present look" in caught.value.remedy
    assert "logo" not in settings(wb.reads)
    assert wb.history() == []


def test_a_missing_file_is_told(wb: Workbench, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        company.set_logo(wb, str(tmp_path / "none.png"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_called_logo_is_told_and_not_waited_for(wb: Workbench, tmp_path: Path) -> None:
    pipe = tmp_path / "logo.png"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem, match="pipe or device") as caught:
        company.read_logo(str(pipe))
    assert caught.value.code == "logo"
    with pytest.raises(FileProblem, match="folder"):
        company.set_logo(wb, str(tmp_path))


@pytest.mark.parametrize("kept", ["%%%", 7, "", None, base64.b64encode(b"no picture").decode()])
def test_a_logo_spoilt_in_the_file_is_no_reason_not_to_print(kept: object) -> None:
    look = company.look({"logo": kept, "accent": "#0F6B63"})
    assert look.logo_png is None
    assert look.accent == "#0F6B63"


def test_a_pack_bears_name_company_colour_and_logo(wb: Workbench, tmp_path: Path) -> None:
    with wb.change("Fill") as db:
        db.execute(
            "insert into account (id, name, name_key, created_at, updated_at) values (1, 'アオバ', 'あおば', ?, ?)",
            (AT, AT),
        )
    picture = tmp_path / "logo.png"
    picture.write_bytes(png())
    company.set_name(wb, "company", "ja", "株式会社つむぎワークス")
    company.set_name(wb, "own_name", "ja", "高橋 美咲")
    company.set_accent(wb, "#0F6B63")
    company.set_logo(wb, str(picture))
    kept = company.company_of(settings(wb.reads)).logo
    assert kept is not None
    result = make_pack(
        wb, 1, formats=("html",), as_of=NOW.date(), out_dir=str(tmp_path / "out"), now=NOW, language="ja"
    )
    (file,) = result.files
    html = Path(file).read_text("utf-8")
    assert "株式会社つむぎワークス" in html
    assert "高橋 美咲" in html
    assert "#0F6B63" in html
    assert base64.b64encode(kept).decode()[:200] in html
