"""The list's own verbs for putting away and deleting, by key and menu; health asked for where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint

from cs_workbench.services import health, trash
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models import account_words as words
from cs_workbench.ui.pages import accounts_remove
from cs_workbench.ui.pages.accounts import AccountsPage

Settle = Callable[[Desk], None]


@pytest.fixture
def page(make_page: Callable[..., AccountsPage]) -> AccountsPage:
    return make_page(AccountsPage)


def again(page: AccountsPage, desk: Desk, settle: Settle) -> set[int]:
    settle(desk)
    page.refresh()
    settle(desk)
    return {line.id for line in page.model.shown}


def test_two_chosen_accounts_go_to_the_trash_in_one_step(
    page: AccountsPage, desk: Desk, settle: Settle
) -> None:
    two = [line.id for line in page.model.shown[:2]]
    page.list.select_ids(two)
    page.verbs()["delete"]()
    assert not again(page, desk, settle) & set(two)
    assert len([one for one in trash.listing(desk.workbench.reads) if one.entity == "account"]) == 2
    desk.workbench.undo()
    assert set(two) <= again(page, desk, settle)


def test_two_chosen_accounts_are_archived_in_one_step(page: AccountsPage, desk: Desk, settle: Settle) -> None:
    two = [line.id for line in page.model.shown[:2]]
    page.list.select_ids(two)
    accounts_remove.archive(page)
    assert not again(page, desk, settle) & set(two)
    desk.workbench.undo()
    assert set(two) <= again(page, desk, settle)


def test_nothing_chosen_deletes_nothing(page: AccountsPage, desk: Desk, settle: Settle) -> None:
    page.list.clearSelection()
    page.list.setCurrentIndex(page.model.index(-1, 0))
    before = {line.id for line in page.model.shown}
    accounts_remove.delete(page)
    assert again(page, desk, settle) == before


def test_the_menu_has_every_verb(page: AccountsPage) -> None:
    page.list.go_to(0)
    menu = accounts_remove.open_context(page, page.list.mapToGlobal(QPoint(20, 20)))
    said = [action.text() for action in menu.actions()]
    assert {"Open", "Log contact", "Archive", "Delete", "Copy as table"} <= set(said)
    menu.close()


def test_scores_computed_elsewhere_arrive_in_the_list(page: AccountsPage, desk: Desk, settle: Settle) -> None:
    with desk.workbench.evidence("forget") as db:
        db.execute("delete from snapshot")
    again(page, desk, settle)
    assert not page.sheets.totals.score.isHidden()
    assert page.sheets.totals.bands["none"].text() != "0"
    desk.tasks.write(lambda: health.score_all(desk.workbench, desk.today(), now=desk.now()))
    settle(desk)
    settle(desk)
    assert sum(line.score is not None for line in page.model.shown) >= 25
    assert page.sheets.totals.score.isHidden()


def test_whoever_left_is_not_among_the_worst(page: AccountsPage) -> None:
    page.model.set_order("health", descending=False)
    shown = list(page.model.shown)
    gone = [line for line in shown if line.gone]
    assert gone
    assert not shown[0].gone
    assert all(
        shown.index(line) >= len([one for one in shown if one.score is not None and not one.gone])
        for line in gone
    )


def test_owners_are_found_by_a_part_of_their_name(page: AccountsPage) -> None:
    assert page.table is not None
    owner = next(line.owner for line in page.table.lines if line.owner and " " in line.owner)
    whole = {line.id for line in page.table.lines if line.owner == owner}
    page.line.set_text(f'owner:"{owner.split()[0]}"')
    assert whole <= {line.id for line in page.model.shown}


def test_a_term_end_that_stands_in_for_the_notice_says_so(page: AccountsPage) -> None:
    assert page.table is not None
    for line in page.table.lines:
        text = words.notice_text(line)
        assert text.startswith("ends ") == (line.notice_date is None and line.renewal_date is not None)


def test_paper_says_whose_band_it_is(page: AccountsPage, desk: Desk, settle: Settle) -> None:
    from cs_workbench.services import health_calls

    account = page.model.shown[0].id
    health_calls.set_call(desk.workbench, account, "red", "x", today=desk.today(), now=desk.now())
    again(page, desk, settle)
    assert page.table is not None
    line = next(one for one in page.table.lines if one.id == account)
    assert words.printed(line, "health", page.table).endswith("red (own call)")
    printed = page.printable()
    assert printed is not None
    assert "as of" in printed.subtitle
