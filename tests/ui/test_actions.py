"""The actions table, the shortcuts, the menus and the palette are one and the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench.ui import actions
from cs_workbench.ui.actions import ACTIONS, GROUPS, action, shown_keys
from cs_workbench.ui.dialogs import DIALOGS
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.palette_lines import action_lines
from cs_workbench.ui.shortcuts import is_plain


def test_ids_and_shortcuts_are_given_once() -> None:
    assert [name for name, n in Counter(one.id for one in ACTIONS).items() if n > 1] == []
    keys = [QKeySequence(keys).toString() for one in ACTIONS for keys in one.shortcuts]
    assert [key for key, n in Counter(keys).items() if n > 1] == []


def test_no_shortcut_begins_with_another() -> None:
    """A key that is a shortcut by itself could never begin a sequence."""
    single = {keys for one in ACTIONS for keys in one.shortcuts if ", " not in keys}
    starts = {keys.split(", ")[0] for one in ACTIONS for keys in one.shortcuts if ", " in keys}
    assert single & starts == set()


def test_pages_show_the_shortcut_of_their_action() -> None:
    for page in PAGES:
        going = [one for one in ACTIONS if one.page == page.id]
        if page.shortcut:
            assert [one.shortcut for one in going] == [page.shortcut], page.id
            assert going[0].icon == page.icon


def test_every_going_action_leads_to_a_page() -> None:
    known = {page.id for page in PAGES}
    assert {one.page for one in ACTIONS if one.page} <= known


def test_what_an_empty_page_offers_is_an_action() -> None:
    for page in PAGES:
        assert action(page.offer)


def test_dialog_verbs_are_verbs_of_the_table() -> None:
    assert set(DIALOGS) <= {one.verb for one in ACTIONS}


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("Ctrl+K", "Ctrl K"),
        ("G, T", "G T"),
        ("Ctrl+Shift+P", "Ctrl Shift P"),
        ("Ctrl++", "Ctrl +"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_key_caps_read_as_people_say_them(keys: str, shown: str) -> None:
    assert shown_keys(keys) == shown


def test_an_unknown_action_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        action("fly")


def test_every_action_is_in_a_menu_with_its_shortcuts(window: MainWindow) -> None:
    in_menus = [one.objectName() for menu in window.menuBar().actions() for one in menu.menu().actions()]
    assert Counter(in_menus) == Counter(one.id for one in ACTIONS)
    assert len(window.menuBar().actions()) == len(GROUPS)
    window.setFocus()
    for one in ACTIONS:
        wanted = [QKeySequence(keys) for keys in one.shortcuts]
        assert window.commands.actions[one.id].shortcuts() == wanted, one.id


def test_somebody_answers_every_verb() -> None:
    """A line of the menu that nothing answers would be grey on every page."""
    ui = Path(actions.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in (*ui.rglob("*.py"), ui.parent / "app.py")
               if path.name != "actions.py"]  # fmt: skip
    verbs = {one.verb for one in ACTIONS if not one.page}
    assert {verb for verb in verbs if not any(f'"{verb}"' in text for text in sources)} == set()


def test_the_palette_offers_exactly_what_has_an_answer(window: MainWindow) -> None:
    for one in ACTIONS:
        found = {line.verb for line in action_lines(one.text.removesuffix("…"), window.answers, None)}
        assert (one.id in found) == (window.answers(one.verb) and one.id != "palette"), one.id


def test_the_palette_shows_the_shortcuts_of_the_table(window: MainWindow) -> None:
    for line in action_lines("", lambda _verb: True, None):
        assert line.keys == actions.keys_of(line.verb)


@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit])
def test_single_keys_are_text_in_a_text_field(window: MainWindow, qtbot: QtBot, field: type[QWidget]) -> None:
    done: list[str] = []
    window.commands.wanted.connect(done.append)
    box = field(window.page)
    box.show()
    box.setFocus()
    plain = [keys for one in ACTIONS for keys in one.shortcuts if is_plain(keys) and len(keys) == 1]
    assert len(plain) > 8
    for keys in plain:
        qtbot.keyClicks(box, keys.lower())
    qtbot.keyClicks(box, "gt")
    typed = box.text() if isinstance(box, QLineEdit) else box.toPlainText()  # type: ignore[attr-defined]
    assert typed == "".join(plain).lower() + "gt"
    assert done == []


def test_g_then_a_letter_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    window.page.setFocus()  # type: ignore[union-attr]
    for letter, page in (
        ("A", "accounts"),
        ("R", "renewals"),
        ("S", "success"),
        ("V", "value"),
        ("P", "portfolio"),
    ):
        qtbot.keyClick(window.page, Qt.Key.Key_G)
        qtbot.keyClicks(window.page, letter.lower())
        assert window.navigation.page_id == page


def test_space_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.commands.wanted.connect(done.append)
    window.rail.items["renewals"].setFocus()
    qtbot.keyClick(window.rail.items["renewals"], Qt.Key.Key_Space)
    assert window.navigation.page_id == "renewals"
    assert "done" not in done
