"""The Success page: views made when first shown, one header for all, arguments handed on, keys round the views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.services.printing import Printable
from cs_workbench.ui import icons, loading
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success import SuccessPage
from cs_workbench.ui.pages.success.page import MissingView
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.pages.success.views import VIEWS, entry
from cs_workbench.ui.widgets.button import Button

Make = Callable[..., SuccessPage]


class Played(SuccessView):
    """A view that writes down what the page asks of it."""

    id: ClassVar[str] = "map"
    cares_about: ClassVar[frozenset[str]] = frozenset({"persona"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.field = QLineEdit()
        self.chooser = Button("Which", name="Which")
        self.button = Button("Do", name="Do")
        self.opened: list[dict[str, object]] = []
        self.reads = 0
        self.stays = False
        QVBoxLayout(self).addWidget(self.field)

    def fact(self) -> str:
        return f"read {self.reads}"

    def beside(self) -> list[QWidget]:
        return [self.chooser]

    def buttons(self) -> list[QWidget]:
        return [self.button]

    def open(self, **arguments: object) -> None:
        self.opened.append(arguments)

    def standing(self) -> dict[str, object]:
        return {"persona_id": 7}

    def refresh(self) -> None:
        self.reads += 1
        self.fact_changed.emit()

    def verbs(self) -> Verbs:
        return {"edit": self.refresh}

    def first_focus(self) -> QWidget:
        return self.field

    def leave(self) -> bool:
        return not self.stays

    def foot(self) -> int:
        return 48

    def printable(self) -> Printable | None:
        return Printable(title="Map", subtitle="", columns=(), rows=())


class PlayedOther(Played):
    """Another of them."""

    id: ClassVar[str] = "quadrant"

    def standing(self) -> dict[str, object]:
        return {}


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The first two views are ours, the others are not there."""
    makers = {"map": Played, "quadrant": PlayedOther}
    views, found = {one.factory: one.id for one in VIEWS}, loading.found

    def played_or_found(place: str) -> object:
        return makers.get(views[place]) if place in views else found(place)

    monkeypatch.setattr(loading, "found", played_or_found)
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def page(make_page: Make) -> SuccessPage:
    """The page, shown."""
    return make_page(SuccessPage)


def test_a_view_is_made_when_first_shown(page: SuccessPage) -> None:
    assert list(page.views) == ["map"]
    page.show_view("quadrant")
    assert list(page.views) == ["map", "quadrant"]
    assert page.stack.currentWidget() is page.views["quadrant"]


def test_every_view_has_a_word_an_icon_and_a_sentence() -> None:
    assert [one.id for one in VIEWS] == ["map", "quadrant", "plans", "onboarding", "stages", "training"]
    assert all(one.text and one.empty and icons.pixmap(one.icon, "text.primary", 16) for one in VIEWS)
    assert entry("map") is VIEWS[0]
    assert entry("nothing") is None


def test_a_view_that_is_not_there_says_what_will_be(page: SuccessPage) -> None:
    page.show_view("training")
    assert isinstance(page.view, MissingView)
    assert page.view.empty.sentence.text().startswith("Training shows sessions")
    assert page.verbs() == {}
    assert page.printable() is None
    assert page.foot() == 0


def test_the_header_shows_what_the_view_puts_there(page: SuccessPage) -> None:
    first, other = page.views["map"], page._made("quadrant")
    assert isinstance(first, Played)
    assert isinstance(other, Played)
    assert first.button.isVisible()
    assert first.chooser.isVisible()
    assert not other.button.isVisible()
    page.show_view("quadrant")
    assert other.button.isVisible()
    assert not first.button.isVisible()
    assert not first.chooser.isVisible()


def test_the_fact_follows_the_view(page: SuccessPage) -> None:
    assert page.header.fact.text() == "read 1"
    page.view.refresh()
    assert page.header.fact.text() == "read 2"
    page.show_view("plans")
    assert page.header.fact.text() == ""


@pytest.mark.parametrize(
    ("arguments", "view", "handed"),
    [
        ({"view": "quadrant", "account_id": 3}, "quadrant", [{"account_id": 3}]),
        ({"persona_id": 1}, "map", [{"persona_id": 1}]),
        ({"view": "no such view"}, "map", [{}]),
    ],
)
def test_open_goes_to_the_view_and_hands_it_the_rest(
    make_page: Make, arguments: dict[str, object], view: str, handed: list[dict[str, object]]
) -> None:
    page = make_page(SuccessPage, **arguments)
    assert page.bar.current == view
    assert isinstance(page.view, Played)
    assert page.view.opened == handed


def test_open_while_shown_changes_the_view_at_once(page: SuccessPage) -> None:
    page.open(view="quadrant", since="2026-08-24")
    assert page.stack.currentWidget() is page.views["quadrant"]
    assert isinstance(page.view, Played)
    assert page.view.opened == [{"since": "2026-08-24"}]


def test_standing_brings_back_the_view(page: SuccessPage) -> None:
    assert page.standing() == {"view": "map", "persona_id": 7}
    page.show_view("quadrant")
    assert page.standing() == {"view": "quadrant"}


def test_a_view_reads_when_shown_and_when_something_it_cares_about_moved(page: SuccessPage) -> None:
    first = page.views["map"]
    assert isinstance(first, Played)
    first._on_changed(type("Moved", (), {"ids": {"task": None}})())
    assert first.reads == 1
    page.show_view("quadrant")
    first._on_changed(type("Moved", (), {"ids": {"persona": None}})())
    assert first.reads == 1
    page.show_view("map")
    assert first.reads == 2


def test_what_the_page_answers_is_the_views(page: SuccessPage) -> None:
    assert list(page.verbs()) == ["edit"]
    assert page.foot() == 48
    assert page.printable() == Printable(title="Map", subtitle="", columns=(), rows=())
    assert page.first_focus() is page.view.first_focus()


def test_a_view_with_unkept_words_is_not_left(page: SuccessPage) -> None:
    first = page.views["map"]
    assert isinstance(first, Played)
    first.stays = True
    page.bar.choose("quadrant")
    assert page.bar.current == "map"
    assert page.stack.currentWidget() is first
    assert page.leave() is False
    first.stays = False
    page.bar.choose("quadrant")
    assert page.bar.current == "quadrant"
    assert page.leave() is True


def test_control_tab_goes_round_and_the_focus_goes_along(page: SuccessPage) -> None:
    page.activateWindow()
    page.view.first_focus().setFocus()  # type: ignore[union-attr]
    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.current == "quadrant"
    assert page.focusWidget() is page.view.first_focus()
    QTest.keyClick(page, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.current == "training"


def test_tab_goes_through_the_header_then_the_tabs_then_the_view(page: SuccessPage) -> None:
    page.show_view("quadrant")
    view = page.view
    assert isinstance(view, Played)
    wanted = [view.chooser, view.button, page.bar.tabs["quadrant"], view.field]
    order: list[QWidget] = []
    here = page.nextInFocusChain()
    while here is not None and here is not page:
        if here in wanted:
            order.append(here)
        here = here.nextInFocusChain()
    assert order == wanted


def test_words_follow_the_language(page: SuccessPage) -> None:
    i18n.set_language("ja")
    page.retranslate()
    assert page.header.title.text() == i18n._("Success")
    assert page.bar.tabs["map"].text() == i18n._("Success map")
    assert page.bar.accessibleName() == i18n._("Views of success")


def test_a_page_that_was_hidden_comes_back_with_the_view_asked_for(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    window.go("success")
    settle(desk)
    window.go("value")
    settle(desk)
    window.go("success", view="plans")
    settle(desk)
    page = window.page
    assert isinstance(page, SuccessPage)
    assert page.bar.current == "plans"
    assert page.stack.currentWidget() is page.views["plans"]
