"""Themes: the tokens are complete and alike, keep contrast, and change while the window is open."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from typing import ClassVar, Literal

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui import style_sheet
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.widgets.label import Label

SURFACES = (
    "bg.window", "bg.surface", "bg.sunken", "bg.raised", "bg.hover", "bg.pressed", "bg.selected",
    "bg.selected_inactive", "bg.control", "bg.control_hover", "bg.control_pressed",
)  # fmt: skip
WORDS = ("text.primary", "text.secondary", "text.tertiary", "text.accent", "health.red.text",
         "health.green.text", "health.yellow.text", "health.none.text")  # fmt: skip


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ink", WORDS)
@pytest.mark.parametrize("ground", SURFACES)
def test_words_reach_aa_on_every_surface(name: themes.Name, ink: str, ground: str) -> None:
    theme = themes.load(name)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("band", ["green", "yellow", "red", "none"])
def test_badges_reach_aa(name: themes.Name, band: str) -> None:
    theme = themes.load(name)
    soft = theme.colour(f"health.{band}.soft")
    assert contrast(theme.colour(f"health.{band}.text"), soft) >= 4.5
    assert contrast(theme.colour(f"health.{band}.graphic"), soft) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("fill", ["accent.base", "accent.hover", "accent.pressed"])
def test_filled_buttons_reach_aa(name: themes.Name, fill: str) -> None:
    theme = themes.load(name)
    assert contrast(theme.colour("text.on_accent"), theme.colour(fill)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("line", ["line.control", "line.focus"])
def test_lines_that_carry_meaning_reach_3(name: themes.Name, line: str) -> None:
    theme = themes.load(name)
    for ground in ("bg.window", "bg.surface", "bg.sunken", "bg.raised"):
        assert contrast(theme.colour(line), theme.colour(ground)) >= 3, ground


def test_both_themes_have_the_same_tokens() -> None:
    assert themes.load("light").tokens.keys() == themes.load("dark").tokens.keys()


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("scale", themes.SCALES)
def test_the_sheet_has_no_hole_and_no_box_shadow(name: themes.Name, scale: float) -> None:
    sheet = style_sheet.sheet(themes.load(name, scale))
    assert re.findall(r"\{[a-z]+\.[a-z.]+\}|\{p\d+\}", sheet) == []
    assert "box-shadow" not in sheet
    assert "QAbstractItemView::item" not in sheet


@pytest.mark.parametrize("scale", themes.SCALES)
def test_lines_of_type_hold_their_font(scale: float, qapp: QApplication) -> None:
    theme = themes.load("light", scale)
    for name, (size, _line, weight) in themes.TYPE.items():
        font = theme.font(name)
        assert QFontInfo(font).family() == themes.FAMILY
        assert font.pixelSize() == round(size * scale)
        assert font.weight() == weight
        assert theme.line(name) >= font.pixelSize() * 1.4


def test_digits_and_minus_share_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(themes.load("light").font("body"))
    assert len({round(metrics.horizontalAdvance(letter), 3) for letter in "0123456789\u2212¥"}) == 1


def test_a_theme_changes_while_a_window_is_open(qtbot: QtBot, wardrobe: themes.Wardrobe) -> None:
    label = Label("Accounts", "page")
    qtbot.addWidget(label)
    label.show()
    light = label.palette().color(QPalette.ColorRole.WindowText)
    with qtbot.waitSignal(wardrobe.changed):
        wardrobe.choose("dark")
    assert label.palette().color(QPalette.ColorRole.WindowText) == themes.load("dark").colour("text.primary")
    assert label.palette().color(QPalette.ColorRole.WindowText) != light
    assert themes.current().name == "dark"


def test_a_scale_is_kept_within_its_bounds(qtbot: QtBot, wardrobe: themes.Wardrobe) -> None:
    with qtbot.waitSignal(wardrobe.rescaled):
        wardrobe.resize(9)
    assert wardrobe.scale == 2.0
    assert themes.current().px(24) == 48


def test_an_unknown_token_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        themes.load("light").colour("bg.nowhere")


def test_nothing_is_collected_while_widgets_hear_of_a_theme(qapp: QApplication, qtbot: QtBot) -> None:
    """Qt walks over a list of all widgets then; a collection could delete one that is still to come."""

    class Listening(QWidget):
        heard: ClassVar[list[bool]] = []

        def changeEvent(self, event: QEvent) -> None:  # noqa: N802
            if event.type() == QEvent.Type.StyleChange:
                self.heard.append(gc.isenabled())
            super().changeEvent(event)

    widget = Listening()
    qtbot.addWidget(widget)
    widget.show()
    before = gc.isenabled()
    gc.enable()
    try:
        themes.wear(qapp, themes.load("dark"))
        themes.wear(qapp, themes.load("light"))
        assert gc.isenabled()
    finally:
        if not before:
            gc.disable()
    assert Listening.heard
    assert not any(Listening.heard)


def test_a_theme_worn_already_is_not_put_on_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    themes.wear(qapp, themes.load("light"))
    worn: list[object] = []
    monkeypatch.setattr(style_sheet, "sheet", worn.append)
    themes.wear(qapp, themes.load("light", 1.0))
    themes.Wardrobe(qapp, "light").deleteLater()
    assert worn == []


@pytest.mark.parametrize("page", ["accounts", "settings", "portfolio", "today"])
def test_every_word_changes_its_ink_with_the_theme(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None], wardrobe: themes.Wardrobe, page: str
) -> None:
    window.go(page)
    settle(desk)
    looks: tuple[Literal["light", "dark"], ...] = ("dark", "light", "dark")
    for look in looks:
        wardrobe.choose(look)
        QApplication.processEvents()
        labels = [one for one in window.findChildren(Label) if one.isVisible()]
        wrong = [
            one.text()
            for one in labels
            if one.palette().color(QPalette.ColorRole.WindowText) != themes.current().colour(one._colour)
        ]
        assert len(labels) > 3
        assert wrong == []
