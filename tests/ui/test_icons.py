"""Icons: every name used has its file, a licence lies beside them, colours come from the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from cs_workbench import paths
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.actions import ACTIONS
from cs_workbench.ui.pages import PAGES

FOLDER = Path(paths.resources("icons"))
NAMED = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""")
DRAWN = re.compile(
    r"""(?:icons\.(?:icon|pixmap)\(|\bicon=|act_icon=|EmptyState\()["']([a-z0-9]+(?:-[a-z0-9]+)*)["']"""
)
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))


def test_the_licence_lies_beside_them() -> None:
    assert (FOLDER / "LICENSE").read_text(encoding="utf-8").startswith("ISC License")


@pytest.mark.parametrize("name", sorted({one.icon for one in (*ACTIONS, *PAGES) if one.icon}))
def test_every_icon_of_a_table_is_there(name: str) -> None:
    assert name in NAMES


def test_every_icon_there_is_is_used() -> None:
    """Named in code, in the manual or in the defaults: a file nobody draws is not carried along."""
    root = FOLDER.parent.parent
    places = (root / "cs_workbench", FOLDER.parent / "defaults", FOLDER.parent / "help")
    files = (path for place in places for path in place.rglob("*") if path.suffix in {".py", ".toml", ".md"})
    words = {word for path in files for word in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(set(NAMES) - words) == []


def test_every_icon_named_in_code_is_there() -> None:
    """Where a call or an argument says that a word is an icon."""
    code = (FOLDER.parent.parent / "cs_workbench" / "ui").rglob("*.py")
    named = {word for path in code for word in DRAWN.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 30
    assert sorted(named - set(NAMES)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_takes_the_colour_given_and_runs_nothing(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert "currentColor" in text
    assert not re.search(r"<script|href|<image|url\(", text)


def test_an_icon_is_drawn_in_the_theme_s_colour(qapp: QApplication, wardrobe: themes.Wardrobe) -> None:
    def inks() -> set[str]:
        image = icons.pixmap("check", "text.accent", 32).toImage()
        return {
            QColor(image.pixelColor(x, y)).name()
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        }

    assert themes.load("light").colour("text.accent").name() in inks()
    wardrobe.choose("dark")
    assert themes.load("dark").colour("text.accent").name() in inks()


def test_a_picture_is_made_once(qapp: QApplication) -> None:
    assert icons.pixmap("sun").cacheKey() == icons.pixmap("sun").cacheKey()


def test_an_unknown_icon_is_a_mistake(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")
