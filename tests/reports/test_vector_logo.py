"""Drawn logos: what only draws becomes pixels; scripts, fetches, bombs and broken files are refused with the reason."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cs_workbench.errors import FileProblem
from cs_workbench.reports import logo, vector_logo
from cs_workbench.reports.vector_logo import is_svg, look_through, picture_of

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 50">'
)
PLAIN = f'{HEAD}<rect width="50" height="50" fill="#c00"/></svg>'


def svg(inside: str, head: str = HEAD) -> bytes:
    """A drawing with *inside* in it."""
    return f"{head}{inside}</svg>".encode()


def test_a_drawing_becomes_a_picture_in_its_proportions() -> None:
    picture = Image.open(io.BytesIO(picture_of(PLAIN.encode())))
    assert picture.size == (1920, 480)
    assert picture.getpixel((10, 10)) == (204, 0, 0, 255)
    assert picture.getpixel((1900, 10))[3] == 0, "paper shows through"


@pytest.mark.parametrize(
    "head",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">',
        '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="10mm">',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0,4e2,100">',
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
        + HEAD,
        "\ufeff" + HEAD,
    ],
)
def test_sizes_and_heads_that_drawing_programs_write(head: str) -> None:
    assert look_through(svg("<path d='M0 0h9v9z'/>", head)).ratio == 4.0


def test_parts_used_again_are_fine() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient><g id="b"><rect width="9" height="9"/></g>'
        '<clipPath id="m"><use href="#b"/></clipPath></defs>'
        '<use xlink:href="#b" fill="url(#a)"/><g clip-path="url(#m)"><use href="#b"/></g>'
    )
    assert look_through(svg(inside)).drawn() < 100


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect width="1" height="1" onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<image href="https://example.com/x.png" width="9" height="9"/>',
        '<image href="data:image/png;base64,AAAA" width="9" height="9"/>',
        '<use href="https://example.com/x.svg#a"/>',
        '<use href="file:///etc/passwd#a"/>',
        '<rect fill="url(https://example.com/x#a)" width="1" height="1"/>',
        "<style>@import 'https://example.com/x.css';</style>",
        "<style>rect { fill: url('http://example.com/x') }</style>",
        '<animate attributeName="x" to="9"/>',
        "<set attributeName='x' to='9'/>",
    ],
)
def test_more_than_a_drawing_is_refused(inside: str) -> None:
    with pytest.raises(FileProblem) as caught:
        look_through(svg(inside))
    assert caught.value.code == "logo"
    assert "present look" in caught.value.remedy


@pytest.mark.parametrize(
    "inside",
    [
        '<filter id="f" x="-100" y="-100" width="10000" height="10000"><feGaussianBlur stdDeviation="5000"/></filter>',
        "<feTurbulence numOctaves='1000'/>",
        '<rect width="9" height="9" filter="blur(90000px)"/>',
        '<rect width="9" height="9" style="fill:red;filter : blur(9px)"/>',
        "<style>rect{filter:blur(90000px)}</style>",
        '<rect width="9" height="9" style="mask:url(#m)"/>',
        '<mask id="m"/>',
        '<pattern id="p" width="1e-9" height="1e-9"/>',
        '<marker id="k"><rect width="9" height="9"/></marker>',
        "<nothingknown/>",
        '<x:filter xmlns:x="http://www.w3.org/2000/svg"/>',
    ],
)
def test_effects_and_what_is_not_known_are_refused(inside: str) -> None:
    with pytest.raises(FileProblem, match="more than a drawing"):
        look_through(svg(inside))


def test_what_drawing_programs_add_of_their_own_is_let_be() -> None:
    head = HEAD.replace(">", ' xmlns:sodipodi="http://sodipodi.example/s" xmlns:rdf="http://www.w3.org/r#">')
    inside = (
        '<sodipodi:namedview id="base"/><metadata><rdf:RDF><rdf:li>x</rdf:li></rdf:RDF></metadata>'
        '<g style="filter:none;mask:none" filter="none"><rect width="9" height="9"/></g>'
    )
    assert look_through(svg(inside, head)).ratio == 4.0


def test_a_drawing_that_breaks_the_library_breaks_only_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        vector_logo, "_SHAPES", vector_logo._SHAPES | {"filter", "fegaussianblur", "feturbulence"}
    )
    monkeypatch.setattr(vector_logo, "_EFFECTS", frozenset())
    inside = (
        '<filter id="f" x="-100" y="-100" width="10000" height="10000"><feGaussianBlur stdDeviation="5000"/>'
        '<feTurbulence numOctaves="1000"/></filter><rect width="800" height="200" filter="url(#f)"/>'
    )
    with pytest.raises(FileProblem, match="not a drawing"):
        picture_of(svg(inside))


def test_entities_are_refused_before_they_grow() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + PLAIN.replace(
        "</svg>", "<text>&b;</text></svg>"
    )
    with pytest.raises(FileProblem):
        look_through(bomb.encode())


def test_parts_that_multiply_are_refused() -> None:
    levels = "".join(f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
    bomb = svg('<g id="l0"><rect width="1" height="1"/></g>' + levels + '<use href="#l8"/>')
    with pytest.raises(FileProblem, match="intricate"):
        look_through(bomb)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="a"><use href="#a"/></g>',
        "<g>" * 150 + "</g>" * 150,
        "<rect/>" * (vector_logo.MAX_ELEMENTS + 1),
    ],
)
def test_circles_depth_and_masses_are_refused(inside: str) -> None:
    with pytest.raises(FileProblem, match="intricate"):
        look_through(svg(inside))


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        b"<html><body/></html>",
        b"<svg",
        "<svg>\udcff</svg>".encode("utf-8", "surrogatepass"),
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10000 1"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>',
        b"<" + b" " * (vector_logo.MAX_BYTES + 1),
    ],
)
def test_what_is_no_drawing(drawing: bytes) -> None:
    with pytest.raises(FileProblem):
        look_through(drawing)


@pytest.mark.parametrize(
    ("start", "drawn"),
    [(b"<svg", True), (b"\xef\xbb\xbf  <?xml", True), (b"\x89PNG", False), (b"", False), (b"GIF89a<", False)],
)
def test_which_files_are_drawings(start: bytes, drawn: bool) -> None:
    assert is_svg(start) is drawn


def test_a_drawn_logo_is_kept_small() -> None:
    kept = Image.open(io.BytesIO(logo.clean_logo(picture_of(PLAIN.encode()))))
    assert kept.size == (960, 240)


def test_width_of_a_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 20)).save(out, "PNG")
    assert logo.width_of(out.getvalue()) == 640
    with pytest.raises(FileProblem):
        logo.width_of(b"GIF89a")
    with pytest.raises(FileProblem, match="10 MB"):
        logo.width_of(b"x" * (logo.MAX_BYTES + 1))
