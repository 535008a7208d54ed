"""Fields of one's own in the window: on the account, and as columns of the list, copied and printed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue
from cs_workbench.services import own_fields
from cs_workbench.services.own_fields import OwnField
from cs_workbench.store.tables import AccountCustom, CustomField
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.focus import Ring
from cs_workbench.ui.models import account_words as words
from cs_workbench.ui.models.import_model import ImportModel
from cs_workbench.ui.models.own_words import own_text
from cs_workbench.ui.pages.account.own_fields import OwnFields
from cs_workbench.ui.pages.account.page import AccountPage
from cs_workbench.ui.pages.accounts import AccountsPage
from cs_workbench.ui.pages.accounts_paper import paper
from cs_workbench.ui.pages.accounts_views import columns_menu
from cs_workbench.ui.pages.documents.page import DocumentsPage

Settle = Callable[[Desk], None]
HOSTILE = "<img src=x> \u202e" + "あ" * 10_000


@pytest.fixture
def kept(desk: Desk) -> list[int]:
    """Two own fields (a date, a number); the first three accounts hold something. Their ids."""
    ids = [row[0] for row in desk.workbench.reads.all("select id from account order by id limit 3")]
    with desk.workbench.change("own") as db:
        last = CustomField(entity="account", key="last", label="最終接触", type="date", position=0)
        seats = CustomField(entity="account", key="n", label="拠点数", type="number", position=1)
        other = CustomField(entity="person", key="p", label="person's", type="text")
        db.session.add_all((last, seats, other))
        db.session.flush()
        db.session.add_all((
            AccountCustom(account_id=ids[0], field_id=last.id, value="2026-11-10"),
            AccountCustom(account_id=ids[0], field_id=seats.id, value="9"),
            AccountCustom(account_id=ids[1], field_id=seats.id, value="1200"),
            AccountCustom(account_id=ids[2], field_id=last.id, value=HOSTILE),
        ))  # fmt: skip
    return ids


def card(make_page: Callable[..., AccountPage], account_id: int) -> OwnFields:
    page = make_page(AccountPage, account_id=account_id)
    page.resize(1500, 900)  # wide enough for the pane beside
    found = page.findChild(OwnFields)
    assert found is not None
    return found


def test_an_account_shows_its_own_fields_and_changes_them_in_place(
    make_page: Callable[..., AccountPage], desk: Desk, settle: Settle, kept: list[int], qtbot: QtBot
) -> None:
    found = card(make_page, kept[0])
    assert found.isVisible()
    first, second = found.entries.values()
    found.buttons[next(iter(found.entries))].click()
    assert first.edit.text() == "10 Nov 2026"
    first.edit.setText("soon")
    qtbot.keyClick(first.edit, Qt.Key.Key_Return)
    assert first.isVisible()  # refused in place
    first.edit.setText("2026/11/20")
    qtbot.keyClick(first.edit, Qt.Key.Key_Return)
    settle(desk)
    about = own_fields.about(desk.workbench.reads, kept[0])
    assert [one.value for one in about.fields] == ["2026-11-20", "9"]
    assert desk.workbench.undo() == "Edit own field"
    assert own_fields.about(desk.workbench.reads, kept[0]).fields[0].value == "2026-11-10"
    settle(desk)
    assert second is not None


def test_esc_leaves_a_value_as_it_was(
    make_page: Callable[..., AccountPage], desk: Desk, kept: list[int], qtbot: QtBot
) -> None:
    found = card(make_page, kept[1])
    entry = list(found.entries.values())[1]
    entry.begin()
    entry.edit.setText("5")
    qtbot.keyClick(entry.edit, Qt.Key.Key_Escape)
    assert not entry.isVisible()
    assert own_fields.about(desk.workbench.reads, kept[1]).fields[1].value == "1200"


def test_hostile_values_are_shown_as_they_stand(
    make_page: Callable[..., AccountPage], kept: list[int]
) -> None:
    found = card(make_page, kept[2])
    assert found.isVisible()
    assert not found.grab().isNull()


def test_an_account_that_is_gone_shows_nothing(desk: Desk) -> None:
    assert not own_fields.about(desk.workbench.reads, 999_999)


@pytest.mark.parametrize(
    ("kind", "text", "canonical"),
    [
        ("text", " a ", "a"), ("date", "2026/12/01", "2026-12-01"), ("number", "1,200", "1200"),
        ("money", "6.5M", "6500000"), ("bool", "yes", "1"), ("bool", "no", "0"), ("date", "  ", ""),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_canonical(kind: str, text: str, canonical: str, desk: Desk) -> None:
    assert own_fields.understood(kind, text, desk.today()) == canonical


@pytest.mark.parametrize("kind", ["date", "number", "bool"])
def test_what_cannot_be_read_is_refused(kind: str, desk: Desk) -> None:
    with pytest.raises(InvalidValue):
        own_fields.understood(kind, "perhaps", desk.today())


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("date", "2026-11-10", "10 Nov 2026"), ("date", "10月2日", "10月2日"), ("number", "1200", "1,200"),
        ("bool", "1", "Yes"), ("text", "2026-11-10", "2026-11-10"), ("money", "?", "?"), ("text", "", ""),
    ],
)  # fmt: skip
def test_how_a_value_is_shown(kind: str, value: str, seen: str) -> None:
    assert own_text(OwnField(1, "x", kind, value)) == seen


def test_own_fields_are_columns_that_sort_copy_and_print(
    make_page: Callable[..., AccountsPage], desk: Desk, settle: Settle, kept: list[int]
) -> None:
    page = make_page(AccountsPage)
    assert page.table is not None
    assert [one.label for one in page.table.own.fields] == ["最終接触", "拠点数"]
    assert not any(page.table.own.values.values())  # nobody asked for them
    page.own.want((*page.list.wanted, "own:0", "own:1"))
    settle(desk)
    page.sort_by("own:1")
    settle(desk)
    assert [line.id for line in page.model.shown[:2]] == [kept[0], kept[1]]  # 9 before 1,200
    page.sort_by("own:1")
    assert page.model.shown[0].id == kept[1]
    place = words.PLACE["own:1"]
    assert page.model.text(0, place) == "1,200"
    assert page.model.headerData(place, Qt.Orientation.Horizontal) == "拠点数"
    text = words.tsv(page.model.shown, page.list.wanted, page.table)
    head, first = text.splitlines()[:2]
    assert head.split("\t")[-2:] == ["最終接触", "拠点数"]
    assert first.split("\t")[-1] == "1200"
    sheet = paper(page)
    assert sheet is not None
    assert [one.title for one in sheet.columns][-2:] == ["最終接触", "拠点数"]
    assert not page.grab().isNull()


def test_columns_that_this_portfolio_has_not_are_left_out(make_page: Callable[..., AccountsPage]) -> None:
    page = make_page(AccountsPage)
    page.own.want((*page.list.wanted, "own:3"))
    assert page.table is not None
    assert "own:3" not in page.list.shown_columns()
    assert "own:3" not in words.there(page.list.wanted, page.table)
    assert words.called("own:3", page.table) == "Own field"


def test_the_chooser_offers_them_by_name(
    make_page: Callable[..., AccountsPage], kept: list[int], qtbot: QtBot
) -> None:
    page = make_page(AccountsPage)
    columns_menu(page, QPoint(0, 0), page.list.wanted, page.own.want, page.sort_by, table=page.table)
    menu = page.findChild(QMenu)
    assert menu is not None
    names = [action.text() for action in menu.actions()]
    assert {"最終接触", "拠点数"} <= set(names)
    assert not any(name.startswith("own:") for name in names)
    menu.close()


def test_reading_them_takes_one_statement_and_one_more_for_values(desk: Desk, kept: list[int]) -> None:
    class Counting:
        def __init__(self) -> None:
            self.n = 0

        def all(self, *args: object) -> object:
            self.n += 1
            return desk.workbench.reads.all(*args)  # type: ignore[arg-type]

    for values, statements in ((False, 1), (True, 2)):
        reads = Counting()
        own_fields.columns(reads, values=values)  # type: ignore[arg-type]
        assert reads.n == statements


def test_it_speaks_japanese() -> None:
    i18n.set_language("ja")
    try:
        assert i18n._("Own field") == "独自項目"
        assert i18n._("Own fields") == "独自項目"
    finally:
        i18n.set_language("en")


def test_a_ring_waits_until_its_widget_is_seen(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 300)
    button = QPushButton("a", host)
    ring = Ring(button)
    assert not ring.isVisibleTo(host)
    host.show()
    qtbot.waitExposed(host)
    assert ring.isVisible()
    button.hide()
    assert not ring.isVisible()


def test_the_documents_page_starts_at_its_table_while_it_reads(desk: Desk, qtbot: QtBot) -> None:
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    assert page.first_focus() is page.table
    page.lines = []
    assert page.first_focus() is page.empty.button


@pytest.mark.parametrize(
    ("field", "header", "said"),
    [
        ("custom:最終接触", "最終接触", "Own field"), ("custom:Last", "最終接触", "Own field: Last"),
        ("name", "顧客", "Account name"),
    ],
)  # fmt: skip
def test_an_import_says_which_columns_become_own_fields(
    field: str, header: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = SimpleNamespace(field=field)
    offer = SimpleNamespace(
        asked=(),
        mapping=SimpleNamespace(kind="accounts", columns=[column]),
        table=SimpleNamespace(header=(header,)),
    )
    model = ImportModel()
    monkeypatch.setattr(model, "offer", offer)
    assert model.field_words(0) == said
