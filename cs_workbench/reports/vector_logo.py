"""A drawn logo (SVG) made harmless: looked through before anything draws it, then turned into pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _
from cs_workbench.reports import logo_process

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
MAX_DRAWN = 50_000
_HIGH, _WIDE = 480.0, 2400.0  # pixels drawn: twice what is kept, so that edges are smooth
_SIDES = (1 / 4, 40.0)
_REFUSED = frozenset(
    ("script", "foreignobject", "image", "feimage", "iframe", "object", "embed", "audio", "video", "handler",
     "animate", "animatemotion", "animatetransform", "animatecolor", "set")
)  # fmt: skip
_SHAPES = frozenset(
    ("svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "metadata", "style", "a", "view",
     "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "clippath",
     "text", "tspan", "textpath", "lineargradient", "radialgradient", "stop")
)  # fmt: skip
_EFFECTS = frozenset(("filter", "mask", "backdrop-filter"))
_SVG = "http://www.w3.org/2000/svg"
_EFFECT = re.compile(
    r"(?:^|[;{\s])(?:filter|backdrop-filter|mask(?:-image)?)\s*:\s*(?!none\b)", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(?:px|pt|mm|cm|in|pc)?\s*")
_ADDRESS = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)


def is_svg(picture: bytes) -> bool:
    """Whether the file begins like a drawing rather than a picture of pixels."""
    return picture.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def picture_of(drawing: bytes) -> bytes:
    """The SVG as a PNG of at most 2400 × 480 px.

    Raises FileProblem for what is broken, too large or more than a drawing."""
    seen = look_through(drawing)
    high = min(_HIGH, _WIDE / seen.ratio)
    made = logo_process.drawn(seen.text, high * seen.ratio, high)
    if made is None:
        raise _refused(_("The logo is not a drawing this program can read."))
    return made


@dataclass(slots=True)
class Drawing:
    """What was seen of an SVG: its text, its width for a height of 1, and which parts it repeats."""

    text: str
    ratio: float = 0.0
    elements: int = 0
    own: dict[str, int] = field(default_factory=dict)
    repeats: dict[str, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """One element: counted, and refused where it does more than draw."""
        home, _space, bare = name.rpartition(" ")
        bare = bare.rpartition(":")[2].lower()
        self.elements += 1
        if not self.open:
            if bare != "svg":
                raise _refused(_("The logo is not a drawing this program can read."))
            self.ratio = _ratio(attributes)
        if bare in _REFUSED or (home in ("", _SVG) and bare not in _SHAPES):
            raise _refused(
                _("The logo contains more than a drawing (<{element}>).").format(element=bare[:20])
            )
        if self.elements > MAX_ELEMENTS or len(self.open) > MAX_DEPTH:
            raise _refused(_("The logo is too intricate to draw."))
        self.open.append(attributes.get("id", "") or (self.open[-1] if self.open else ""))
        self.own[self.open[-1]] = self.own.get(self.open[-1], 0) + 1
        if len(self.open) > 1 and self.open[-1] != self.open[-2]:
            self.repeats.setdefault(self.open[-2], []).append(self.open[-1])
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def end(self, _name: str) -> None:
        """The element is closed."""
        self.open.pop()

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on") or "javascript:" in value.lower():
            raise _refused(_("The logo contains a script."))
        effect = key in _EFFECTS and value.strip().lower() != "none"
        if effect or (key == "style" and _EFFECT.search(value)):
            raise _refused(_("The logo contains more than a drawing (<{element}>).").format(element="filter"))
        targets = _ADDRESS.findall(value)
        if key in ("href", "src"):
            targets.append(value.strip())
        for target in targets:
            self.refer(target)

    def refer(self, target: str) -> None:
        """A part used again; anything outside the file is refused."""
        if not target.startswith("#"):
            raise _refused(_("The logo fetches something from elsewhere."))
        self.repeats.setdefault(self.open[-1], []).append(target[1:])

    def drawn(self, part: str = "", above: tuple[str, ...] = (), known: dict[str, int] | None = None) -> int:
        """How many elements are drawn in the end, parts used again counted each time."""
        known = {} if known is None else known
        if part in above or len(above) > MAX_DEPTH:
            raise _refused(_("The logo is too intricate to draw."))
        if part not in known:
            inside = sum(self.drawn(one, (*above, part), known) for one in self.repeats.get(part, ()))
            known[part] = min(self.own.get(part, 0) + inside, MAX_DRAWN + 1)
        return known[part]


def look_through(drawing: bytes) -> Drawing:
    """Read an SVG without drawing it. Raises FileProblem for one that is broken, a bomb, or not only a drawing."""
    if len(drawing) > MAX_BYTES:
        raise _refused(_("The drawn logo is larger than 1 MB."))
    try:
        seen = Drawing(drawing.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise _refused(_("The logo is not a drawing this program can read.")) from problem
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = lambda text: _styles(seen, text)
    parser.StartDoctypeDeclHandler = _declared
    parser.EntityDeclHandler = _entity
    parser.buffer_text = True
    try:
        parser.Parse(seen.text.encode(), True)
    except expat.ExpatError as problem:
        raise _refused(_("The logo is not a drawing this program can read.")) from problem
    if seen.drawn("") > MAX_DRAWN:
        raise _refused(_("The logo is too intricate to draw."))
    return seen


def _styles(seen: Drawing, text: str) -> None:
    if "@import" in text.lower():
        raise _refused(_("The logo fetches something from elsewhere."))
    if _EFFECT.search(text):
        raise _refused(_("The logo contains more than a drawing (<{element}>).").format(element="filter"))
    for target in _ADDRESS.findall(text):
        seen.refer(target)


def _declared(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    """A plain DOCTYPE is what drawing programs write; one with declarations of its own is how bombs are built."""
    if has_subset:
        raise _refused(_("The logo contains more than a drawing (<{element}>).").format(element="!DOCTYPE"))


def _entity(*_declaration: object) -> None:
    raise _refused(_("The logo contains more than a drawing (<{element}>).").format(element="!ENTITY"))


def _ratio(attributes: Mapping[str, str]) -> float:
    """Width for a height of 1, from the view box or the size."""
    box = attributes.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    found = [_NUMBER.fullmatch(side) for side in sides]
    numbers = [float(match[1]) for match in found if match is not None]
    if len(numbers) != 2 or not all(0 < number < 1e7 for number in numbers):
        raise _refused(_("The logo says no size."))
    ratio = numbers[0] / numbers[1]
    if not _SIDES[0] <= ratio <= _SIDES[1]:
        raise _refused(_("The logo is too long and narrow to print."))
    return ratio


def _refused(message: str) -> FileProblem:
    return FileProblem(
        message,
        _("The documents keep their present look. Choose an SVG that only draws, or a PNG."),
        code="logo",
    )
