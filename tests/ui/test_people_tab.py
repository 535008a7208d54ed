"""The People tab: gaps become tasks; map and tree by keyboard and mouse; leaving, moving, merging in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from cs_workbench import i18n
from cs_workbench.services import stakeholders
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.account import AccountPage
from cs_workbench.ui.pages.account.people import PeopleTab
from cs_workbench.ui.pages.account.people_editors import LeaveEditor, MergeEditor, MoveEditor
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from tests.builders_people import TODAY, aoba, give_role
from tests.builders_store import add_account, add_person

SHIFT = Qt.KeyboardModifier.ShiftModifier
Settle = Callable[[Desk], None]


@pytest.fixture
def ids(desk: Desk) -> dict[str, int]:
    """A company of five, and an empty one."""
    with desk.workbench.change("fill") as db:
        found = aoba(db)
        found["empty"] = add_account(db, "Empty Co")
        return found


@pytest.fixture
def told(desk: Desk) -> list[Told]:
    heard: list[Told] = []
    desk.told.connect(heard.append)
    return heard


@pytest.fixture
def at(make_page: Callable[..., Any], desk: Desk, settle: Settle) -> Callable[[int], PeopleTab]:
    pages: list[AccountPage] = []

    def show(account: int) -> PeopleTab:
        page = cast("AccountPage", make_page(AccountPage, account_id=account, tab="people"))
        pages.append(page)
        page.resize(1240, 760)
        settle(desk)
        page.activateWindow()
        return cast("PeopleTab", page.tab)

    return show


@pytest.fixture
def tab(at: Callable[[int], PeopleTab], ids: dict[str, int]) -> PeopleTab:
    return at(ids["aoba"])


def words(widget: Any) -> list[str]:
    return [one.text() for one in widget.findChildren(Label) if one.isVisibleTo(widget) and one.text()]


def row(desk: Desk, person: int, fields: str) -> tuple[Any, ...]:
    return desk.workbench.reads.one(f"select {fields} from person where id=?", (person,)) or ()


def close_menus() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu):
            widget.close()


def drag(qtbot: QtBot, board: Any, start: QPointF, end: QPointF) -> None:
    qtbot.mousePress(board, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(board, (start + (end - start) * share).toPoint())
    qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=end.toPoint())


def test_a_gap_becomes_a_task_in_one_key(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], told: list[Told], qtbot: QtBot
) -> None:
    act = tab.strip.acts[0]
    assert act.words() == "Find out who is the technical owner"
    act.setFocus()
    qtbot.keyClick(act, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "on the task list" in words(tab.strip), timeout=5000)
    task = desk.workbench.reads.one("select title, due_on from task where account_id=?", (ids["aoba"],))
    assert task == ("Find out who is the technical owner", "2026-12-01")
    assert told[-1].undo
    desk.workbench.undo()
    qtbot.waitUntil(lambda: "on the task list" not in words(tab.strip), timeout=5000)


def test_coverage_is_said_and_chooses_whom_it_is_about(
    tab: PeopleTab, ids: dict[str, int], qtbot: QtBot
) -> None:
    from cs_workbench.ui.pages.account.people_strip import RoleCover

    chips = {one.role: one for one in tab.strip.findChildren(RoleCover)}
    assert chips["Champion"].accessibleName() == "Champion: Ishii, in touch"
    assert chips["Technical owner"].accessibleName() == "Technical owner: nobody, nobody"
    chips["Champion"].click()
    assert tab.chosen == ids["Ishii"]
    assert tab.pane.name.text() == "Ishii"


def test_everybody_behind_a_plus_is_named_and_how_they_have_the_role(
    at: Callable[[int], PeopleTab], desk: Desk, ids: dict[str, int]
) -> None:
    from cs_workbench.ui.pages.account.people_strip import RoleCover

    with desk.workbench.change("fill") as db:
        give_role(db, ids["Ueda"], "economic_buyer")
    tab = at(ids["aoba"])
    chip = next(one for one in tab.strip.findChildren(RoleCover) if one.who.endswith(" +1"))
    assert chip.cover.role == "decision_maker"
    assert chip.toolTip() == chip.accessibleDescription() == "Saeki, Ueda (as Economic buyer)"
    alone = [one for one in tab.strip.findChildren(RoleCover) if "+" not in one.who]
    assert {one.toolTip() for one in alone} == {""}


def test_the_pane_says_what_breaks(tab: PeopleTab, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.choose(ids["Ishii"])
    qtbot.waitUntil(lambda: "– Nobody is left as Champion (required)" in words(tab.pane), timeout=5000)
    assert "What if Ishii leaves?" in words(tab.pane)
    assert "– Without a boss: Morita" in words(tab.pane)
    tab.choose(ids["Abe"])
    assert "What if Abe leaves?" not in words(tab.pane)


def test_shift_and_arrows_place_somebody_and_undo_brings_them_back(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot
) -> None:
    tab.views.choose("map")
    tab.choose(ids["Ueda"])
    tab.map.setFocus()
    qtbot.keyClick(tab.map, Qt.Key.Key_Up, SHIFT)
    qtbot.waitUntil(lambda: row(desk, ids["Ueda"], "influence, sentiment") == (1, "negative"), timeout=5000)
    qtbot.waitUntil(lambda: tab.map.mark_of(ids["Ueda"]).influence == 1, timeout=5000)  # type: ignore[union-attr]
    qtbot.keyClick(tab.map, Qt.Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: row(desk, ids["Ueda"], "influence, sentiment") == (1, "neutral"), timeout=5000)
    assert desk.workbench.undo() == "Move on the map"
    assert row(desk, ids["Ueda"], "influence, sentiment") == (1, "negative")
    desk.workbench.redo()
    assert row(desk, ids["Ueda"], "influence, sentiment") == (1, "neutral")


def test_at_the_edge_of_the_map_nothing_happens(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot
) -> None:
    tab.views.choose("map")
    tab.choose(ids["Saeki"])
    steps = len(desk.workbench.history())
    qtbot.keyClick(tab.map, Qt.Key.Key_Up, SHIFT)
    assert len(desk.workbench.history()) == steps


def test_arrows_walk_over_the_map(tab: PeopleTab, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.views.choose("map")
    tab.choose(ids["Saeki"])
    qtbot.keyClick(tab.map, Qt.Key.Key_Down)
    assert tab.chosen == ids["Ishii"]
    qtbot.keyClick(tab.map, Qt.Key.Key_Left)
    assert tab.chosen in {ids["Saeki"], ids["Morita"], ids["Ueda"]}
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(tab.map, key)
    assert tab.chosen == ids["Ueda"]
    assert "Ueda" in tab.map.accessibleDescription()
    assert tab.table.chosen().id == ids["Ueda"], "the list follows"


def test_somebody_is_dragged_over_the_map(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot
) -> None:
    tab.views.choose("map")
    start = tab.map.spot_of(ids["Ueda"]).center()
    end = tab.map.spot_of(ids["Ishii"]).center()
    drag(qtbot, tab.map, start, end)
    qtbot.waitUntil(lambda: row(desk, ids["Ueda"], "influence, sentiment") == (4, "positive"), timeout=5000)


def test_somebody_is_hung_on_another(tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.views.choose("tree")
    assert tab.tree.loose == (ids["Ueda"],)
    drag(qtbot, tab.tree, tab.tree.spot_of(ids["Ueda"]).center(), tab.tree.spot_of(ids["Morita"]).center())
    qtbot.waitUntil(lambda: tab.tree.loose == (), timeout=5000)
    assert row(desk, ids["Ueda"], "reports_to_id") == (ids["Morita"],)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: tab.tree.loose == (ids["Ueda"],), timeout=5000)


def test_a_circle_is_refused_in_place(tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.views.choose("tree")
    drag(qtbot, tab.tree, tab.tree.spot_of(ids["Saeki"]).center(), tab.tree.spot_of(ids["Morita"]).center())
    trouble = tab.pane.fields.lines["boss"].trouble
    qtbot.waitUntil(trouble.isVisible, timeout=5000)
    assert "Morita already reports to Saeki" in trouble.words.text()
    assert row(desk, ids["Saeki"], "reports_to_id") == (None,)


def test_the_tree_by_keyboard(tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.views.choose("tree")
    tab.choose(ids["Morita"])
    for key, name in ((Qt.Key.Key_Up, "Ishii"), (Qt.Key.Key_Up, "Saeki"), (Qt.Key.Key_Down, "Ishii")):
        qtbot.keyClick(tab.tree, key)
        assert tab.chosen == ids[name]
    tab.choose(ids["Ueda"])
    qtbot.keyClick(tab.tree, Qt.Key.Key_Return)
    choice = tab.pane.fields.lines["boss"].choice
    assert choice is not None
    choice.hidePopup()
    names = [choice.itemText(n) for n in range(choice.count())]
    assert names == ["nobody", "Saeki", "Ishii", "Morita"]
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    qtbot.waitUntil(lambda: row(desk, ids["Ueda"], "reports_to_id") == (ids["Ishii"],), timeout=5000)


def test_leaving_is_noted_with_its_day(tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.choose(ids["Ishii"])
    tab.pane.buttons["leave"].click()
    editor = tab.pane.editors["leave"]
    assert isinstance(editor, LeaveEditor)
    assert editor.isVisible()
    editor.day.edit.setText("2026-11-20")
    qtbot.keyClick(editor.day.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: row(desk, ids["Ishii"], "status, left_on") == ("left", "2026-11-20"), timeout=5000
    )
    qtbot.waitUntil(lambda: not tab.pane.buttons["back"].isHidden(), timeout=5000)
    assert not editor.isVisible()
    qtbot.waitUntil(lambda: "No champion" in words(tab.strip), timeout=5000)
    tab.pane.buttons["back"].click()
    qtbot.waitUntil(lambda: row(desk, ids["Ishii"], "status, left_on") == ("active", None), timeout=5000)


@pytest.mark.parametrize(
    ("company", "account", "hint", "there"),
    [
        ("empty co", True, "Empty Co is an account: they are added there too.", "Empty Co"),
        ("Newcorp", True, "A new account, with them as its first person.", "Newcorp"),
        ("Newcorp", False, "Only the company's name is noted.", None),
    ],
)
def test_moving_company(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot, company: str, account: bool, hint: str,
    there: str | None,
) -> None:  # fmt: skip
    tab.choose(ids["Ishii"])
    tab.pane.begin("move")
    editor = tab.pane.editors["move"]
    assert isinstance(editor, MoveEditor)
    qtbot.keyClicks(editor.company, company)
    editor.account.setChecked(account)
    assert editor.hint.text() == hint
    editor.deed.click()
    qtbot.waitUntil(lambda: row(desk, ids["Ishii"], "moved_to") == (company,), timeout=5000)
    made = desk.workbench.reads.scalar(
        "select a.name from person p join account a on a.id = p.account_id where p.name='Ishii' and p.id <> ?",
        (ids["Ishii"],),
    )
    assert made == there


def test_a_move_without_a_company_is_refused_where_it_is_typed(
    tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot
) -> None:
    tab.choose(ids["Ishii"])
    tab.pane.begin("move")
    editor = tab.pane.editors["move"]
    assert isinstance(editor, MoveEditor)
    editor.deed.click()
    assert "Where do they go?" in editor.trouble.words.text()
    qtbot.keyClicks(editor.company, "Aoba")
    editor.deed.click()
    qtbot.waitUntil(lambda: "That is the company they are at." in editor.trouble.words.text(), timeout=5000)
    qtbot.keyClick(editor.company, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_doubles_are_offered_merged_and_restored(
    at: Callable[[int], PeopleTab], desk: Desk, ids: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    with desk.workbench.change("double") as db:
        double = add_person(db, ids["aoba"], "ISHII", title="Manager")
    tab = at(ids["aoba"])
    said = next(one for one in words(tab.strip) if "same name" in one)
    assert said == "Ishii and ISHII have the same name. One person?"
    next(one for one in tab.strip.acts if one.words() == "Merge").click()
    qtbot.waitUntil(lambda: row(desk, double, "id") == (), timeout=5000)
    assert row(desk, ids["Ishii"], "title") == ("Manager",)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: any("same name" in one for one in words(tab.strip)), timeout=5000)
    next(one for one in tab.strip.acts if one.words() == "Two people").click()
    qtbot.waitUntil(lambda: not any("same name" in one for one in words(tab.strip)), timeout=5000)


def test_merging_by_choice(tab: PeopleTab, desk: Desk, ids: dict[str, int], qtbot: QtBot) -> None:
    tab.choose(ids["Saeki"])
    tab.pane.begin("merge")
    editor = tab.pane.editors["merge"]
    assert isinstance(editor, MergeEditor)
    assert editor.other.currentData() is None, "nobody is alike: nobody is chosen"
    assert not editor.deed.isEnabled()
    editor.other.setCurrentIndex(editor.other.findData(ids["Ueda"]))
    editor.deed.click()
    qtbot.waitUntil(lambda: row(desk, ids["Ueda"], "id") == (), timeout=5000)
    assert tab.chosen == ids["Saeki"]


def test_required_roles_are_ticked(tab: PeopleTab, desk: Desk, qtbot: QtBot) -> None:
    menu = tab.menus.required()
    assert menu is not None
    champion = next(one for one in menu.actions() if one.text() == "Champion")
    assert champion.isChecked()
    champion.trigger()
    close_menus()
    qtbot.waitUntil(lambda: tab.shown is not None and "champion" not in tab.shown.required, timeout=5000)
    desk.workbench.undo()
    qtbot.waitUntil(lambda: tab.shown is not None and "champion" in tab.shown.required, timeout=5000)


def test_an_account_without_people_offers_one(
    at: Callable[[int], PeopleTab], ids: dict[str, int], qtbot: QtBot
) -> None:
    tab = at(ids["empty"])
    assert tab.empty.isVisible()
    assert tab.first_focus() is tab.empty.button
    assert tab.printable() is None
    tab.empty.button.click()
    qtbot.waitUntil(lambda: len(tab.model.rows) == 1, timeout=5000)
    assert tab.view == "list"


def test_many_people_with_hostile_names(
    at: Callable[[int], PeopleTab], desk: Desk, ids: dict[str, int], qtbot: QtBot
) -> None:
    names = ["<img src=x>", "\u202eevil", "x" * 10_000, "עברית"]
    with desk.workbench.change("many") as db:
        made = [
            add_person(db, ids["empty"], f"{names[n % 4]}{n}", influence=n % 6 or None, sentiment=None)
            for n in range(200)
        ]
        for one in made[1:60]:
            db.execute("update person set reports_to_id=? where id=?", (made[0], one))
    tab = at(ids["empty"])
    for view in ("list", "map", "tree"):
        tab.views.choose(view)
        qtbot.waitExposed(tab.window())
        tab.grab()
        tab.verbs()["next_row"]()
    assert len(tab.map.spots) == len(tab.tree.boxes) == 200
    assert len({(box.x(), box.y()) for box in tab.tree.boxes.values()}) == 200
    assert len({(spot.box.x(), spot.box.y()) for spot in tab.map.spots}) == 200


def test_paper_follows_the_view(tab: PeopleTab) -> None:
    paper = tab.printable()
    assert paper is not None
    assert [line[0] for line in paper.rows] == ["Saeki", "Ishii", "Morita", "Ueda", "Abe"]
    tab.views.choose("tree")
    paper = tab.printable()
    assert paper is not None
    assert [line[0] for line in paper.rows] == ["Saeki", "\u3000Ishii", "\u3000\u3000Morita", "Ueda"]


def test_menus_offer_the_verbs_of_the_pane(tab: PeopleTab, ids: dict[str, int]) -> None:
    tab.views.choose("map")
    names = [one.text() for one in tab.menus.board(tab.map, QPoint(5, 5)).actions() if one.text()]
    close_menus()
    assert names == ["Show details", "Reports to…", "Roles", "Left company", "Moved company", "Merge"]


def test_everything_has_a_name_and_speaks_japanese(tab: PeopleTab, ids: dict[str, int], qtbot: QtBot) -> None:
    for button in tab.findChildren(Button):
        if button.isVisibleTo(tab):
            assert button.accessibleName() or button.words()
    i18n.set_language("ja")
    tab.retranslate()
    assert tab.pane.buttons["leave"].words() == "退職"
    qtbot.waitUntil(lambda: "技術責任者が不在" in words(tab.strip), timeout=5000)
    said = stakeholders.stakeholder_map(tab.desk.workbench.reads, ids["aoba"], TODAY)
    assert said.here


def test_required_roles_in_the_settings(
    make_page: Callable[..., Any], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    from cs_workbench.services import required_roles
    from cs_workbench.ui.pages.settings import SettingsPage
    from cs_workbench.ui.pages.settings.health import HealthSection

    page = make_page(SettingsPage, section="health")
    settle(desk)
    required = next(iter(page.findChildren(HealthSection))).required
    menu = required.ask("C")
    assert menu is not None
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["Decision maker", "Champion"]
    next(one for one in menu.actions() if one.text() == "User").trigger()
    close_menus()
    qtbot.waitUntil(lambda: required.buttons["C"].words().endswith(": 3"), timeout=5000)
    assert required_roles.required_for(desk.workbench.reads, "C") == ("decision_maker", "champion", "user")
    desk.workbench.undo()
    qtbot.waitUntil(lambda: required.buttons["C"].words().endswith(": 2"), timeout=5000)
