"""Named colours, type and measures: one theme at a time, light or dark, at one scale."""

from __future__ import annotations

import gc
import tomllib
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from cs_workbench import paths

Name = Literal["light", "dark"]
Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")
SCALES = (0.9, 1.0, 1.1, 1.25, 1.5, 2.0)
FAMILY = "Noto Sans JP"

TYPE: dict[str, tuple[int, int, int]] = {
    "caption": (11, 16, 400),
    "small": (12, 18, 400),
    "small_strong": (12, 18, 700),
    "body": (13, 20, 400),
    "reading": (14, 22, 400),
    "reading_strong": (14, 22, 700),
    "strong": (13, 20, 700),
    "title": (16, 24, 700),
    "lead": (16, 24, 400),
    "page": (20, 30, 700),
    "figure": (26, 38, 700),
}
"""Type by name: size and line in px at scale 1, weight. Line heights fit the family's own 1.448."""

_PROPERTY = "cs_workbench_theme"


class Theme:
    """The colours of one theme and the measures of one scale. A value: changing either makes another."""

    __slots__ = ("name", "scale", "scrim_alpha", "series", "tokens")

    def __init__(
        self,
        name: Name,
        tokens: dict[str, str],
        series: tuple[str, ...],
        scrim_alpha: float,
        scale: float = 1.0,
    ) -> None:
        self.name = name
        self.tokens = tokens
        self.series = series
        self.scrim_alpha = scrim_alpha
        self.scale = scale

    def hex(self, token: str) -> str:
        """The colour named *token* ("bg.surface", "health.red.text") as #RRGGBB. Raises KeyError."""
        return self.tokens[token]

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """The colour named *token*; ``alpha`` from 0 to 1. "chart.series.0" to ".5" are the chart colours."""
        colour = QColor(self.tokens[token])
        if alpha < 1.0:
            colour.setAlphaF(alpha)
        return colour

    def px(self, measure: float) -> int:
        """A measure of the design (px at scale 1) at this scale."""
        return max(1, round(measure * self.scale)) if measure > 0 else round(measure * self.scale)

    def font(self, style: str) -> QFont:
        """The type named *style* (see TYPE) in the bundled family. Raises KeyError."""
        return _font(style, self.scale)

    def line(self, style: str) -> int:
        """Line height of the type named *style* at this scale."""
        return max(self.px(TYPE[style][1]), QFontMetrics(self.font(style)).height())

    def row(self, height: float, style: str = "body") -> int:
        """Height of a row or control: the design's, or as high as its text needs."""
        return max(self.px(height), QFontMetrics(self.font(style)).height() + self.px(4))

    def palette(self) -> QPalette:
        """The tokens as a Qt palette, for everything the style paints itself."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in _PALETTE.items():
            palette.setColor(getattr(role, which), self.colour(token))
        for which in ("WindowText", "Text", "ButtonText", "PlaceholderText", "HighlightedText"):
            palette.setColor(QPalette.ColorGroup.Disabled, getattr(role, which), self.colour("text.disabled"))
        palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, self.colour("bg.selected_inactive"))
        return palette


_PALETTE = {
    "Window": "bg.window",
    "WindowText": "text.primary",
    "Base": "bg.surface",
    "AlternateBase": "bg.sunken",
    "Button": "bg.control",
    "ButtonText": "text.primary",
    "Text": "text.primary",
    "BrightText": "text.on_accent",
    "PlaceholderText": "text.tertiary",
    "Highlight": "accent.base",
    "HighlightedText": "text.on_accent",
    "Accent": "accent.base",
    "Link": "text.accent",
    "LinkVisited": "text.accent",
    "ToolTipBase": "bg.raised",
    "ToolTipText": "text.primary",
    "Light": "bg.surface",
    "Midlight": "line.subtle",
    "Mid": "line.strong",
    "Dark": "line.control",
    "Shadow": "line.control",
}


def load(name: Name, scale: float = 1.0) -> Theme:
    """The theme *name* at *scale* (0.9 to 2.0), from its tokens file; always the same one."""
    return _loaded(name, scale)


@cache
def _loaded(name: Name, scale: float) -> Theme:
    with open(paths.resources("themes", f"{name}.toml"), "rb") as file:
        tree = tomllib.load(file)
    series = tuple(tree["chart"]["series"])
    tokens = dict(_flat("", tree)) | {f"chart.series.{n}": colour for n, colour in enumerate(series)}
    return Theme(name, tokens, series, float(tree["bg"]["scrim_alpha"]), scale)


def _flat(prefix: str, tree: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        elif isinstance(value, str):
            found.append((prefix + key, value))
    return found


@cache
def _font(style: str, scale: float) -> QFont:
    size, _line, weight = TYPE[style]
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPixelSize(max(1, round(size * scale)))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def add_fonts() -> None:
    """Make the bundled family known to Qt: both weights, so that none is synthetic."""
    if FAMILY not in QFontDatabase.applicationFontFamilies(0):
        for weight in ("Regular", "Bold"):
            QFontDatabase.addApplicationFont(paths.resources("fonts", f"NotoSansJP-{weight}.ttf"))


def current() -> Theme:
    """The theme the application wears now (light at scale 1 before one was put on)."""
    app = QApplication.instance()
    worn = None if app is None else app.property(_PROPERTY)
    return worn if isinstance(worn, Theme) else load("light")


def wear(app: QApplication, theme: Theme) -> None:
    """Put *theme* on: palette, font, style sheet. Every widget hears of it as a StyleChange.

    Qt walks over a list of all widgets meanwhile: a garbage collection in one widget's answer could take away another
    that is still to come, and the program with it. Nobody hears of a theme that is worn already.
    """
    from cs_workbench.ui.style_sheet import sheet

    if app.property(_PROPERTY) is theme:
        return

    collecting = gc.isenabled()
    gc.disable()
    try:
        app.setProperty(_PROPERTY, theme)
        app.setPalette(theme.palette())
        app.setFont(theme.font("body"))
        app.setStyleSheet(sheet(theme))
    finally:
        if collecting:
            gc.enable()


class Wardrobe(QObject):
    """Which theme is worn: the system's light or dark unless the person chose, at the chosen scale."""

    changed = Signal()
    rescaled = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        app.styleHints().colorSchemeChanged.connect(self._put_on)
        self._put_on()

    @property
    def theme(self) -> Theme:
        """The theme worn now."""
        return load(self._name(), self.scale)

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark, from now on."""
        self.choice = choice
        self._put_on()

    def resize(self, scale: float) -> None:
        """Show everything larger or smaller; ``rescaled`` tells that windows have to be built again."""
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        self._put_on()
        self.rescaled.emit()

    def _name(self) -> Name:
        if self.choice != "system":
            return self.choice
        if (
            self._app.property(_PROPERTY) is None
        ):  # the palette is the system's, and cheaper to ask: see ``front``
            return "dark" if self._app.palette().window().color().lightness() < 128 else "light"
        from PySide6.QtCore import Qt

        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    def _put_on(self) -> None:
        theme = self.theme
        if self._app.property(_PROPERTY) is not theme:
            wear(self._app, theme)
            self.changed.emit()


def less_motion() -> bool:
    """Whether the style asks for no animation, as it does where the system was told to reduce motion."""
    from PySide6.QtWidgets import (
        QStyle,  # ten milliseconds of enumerations, which the first page does not need
    )

    style = QApplication.style()
    return style is not None and style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
