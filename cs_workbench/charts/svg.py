"""A drawing as SVG text: for the HTML writer, for typst and for the screen's clipboard."""

from __future__ import annotations

from html import escape

from cs_workbench.charts.drawing import Drawing, Item, Mark, Polyline, Rectangle, Stroke, Text

FAMILY = "Noto Sans JP"


def svg(drawing: Drawing, *, title: str = "", alt: str = "", fluid: bool = False) -> str:
    """*drawing* as one ``<svg>`` element; ``fluid`` lets a page narrow it. Title and alt are its words."""
    width, height = _n(drawing.width), _n(drawing.height)
    size = 'width="100%"' if fluid else f'width="{width}" height="{height}"'
    words = (f"<title>{escape(title)}</title>" if title else "") + (
        f"<desc>{escape(alt)}</desc>" if alt else ""
    )
    body = "".join(map(_item, drawing.items))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}" role="img" '
        f'font-family="{FAMILY}">{words}{body}</svg>'
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(map(_n, dash))}"' if dash else ""


def _item(item: Item) -> str:
    match item:
        case Stroke(x1, y1, x2, y2, colour, width, dash):
            return (
                f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
                f'stroke-width="{_n(width)}"{_dash(dash)}/>'
            )
        case Polyline(points, colour, width, dash):
            where = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
            return (
                f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
                f'stroke-linejoin="round" stroke-linecap="round"{_dash(dash)}/>'
            )
        case Rectangle(x, y, width, height, fill, outline, dash):
            line = f' stroke="{outline}" stroke-width="0.75"{_dash(dash)}' if outline else ""
            return (
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
                f'fill="{fill or "none"}"{line}/>'
            )
        case Mark():
            return _mark(item)
        case Text():
            return _text(item)


def _mark(mark: Mark) -> str:
    x, y, half = mark.x, mark.y, mark.size / 2
    if mark.shape == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}" fill="{mark.colour}"/>'
    if mark.shape == "ring":
        return (
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half - 0.5)}" fill="none" stroke="{mark.colour}" '
            f'stroke-width="1"/>'
        )
    corners = (
        ((x, y - half), (x + half * 1.05, y + half * 0.85), (x - half * 1.05, y + half * 0.85))
        if mark.shape == "triangle"
        else ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    )
    where = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    return f'<polygon points="{where}" fill="{mark.colour}"/>'


def _text(text: Text) -> str:
    anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    weight = ' font-weight="700"' if text.bold else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" fill="{text.colour}"'
        f"{weight}{anchor}>{escape(text.words)}</text>"
    )
