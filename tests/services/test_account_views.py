"""Saved views: kept in the portfolio, undoable, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import account_table, account_views, portfolios
from cs_workbench.services.account_views import SavedView
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.settings import put_setting
from tests.builders_store import add_account, add_contract

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Three accounts; the notice period of one ends soon."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("set up") as db:
            for number, end in enumerate(("2027-01-31", "2027-10-31", "2028-01-31")):
                account = add_account(db, f"N{number}", stage="onboarding" if number else "renewal", tier="A")
                add_contract(db, account, end_on=end, start_on="2026-02-01")
        yield workbench


def test_a_new_portfolio_has_views_that_can_be_read(wb: Workbench) -> None:
    found = account_views.views(wb.reads)
    assert [view.name for view in found] == ["Notice in 90 days", "Touch debt", "Onboarding"]
    assert account_views.rail(wb.reads, TODAY) == [
        ("notice", "Notice in 90 days", 1),
        ("touch", "Touch debt", 3),
        ("onboarding", "Onboarding", 2),
    ]


def test_saving_changing_and_deleting_are_undone_one_by_one(wb: Workbench) -> None:
    view = SavedView(
        "", "  Big   ones ", "arr>=1m", "arr", descending=True, group="tier", columns=("name", "arr")
    )
    saved = account_views.save(wb, view)
    assert (saved.name, saved.id) == ("Big ones", "view1")
    assert account_views.views(wb.reads)[-1] == saved
    changed = account_views.save(wb, saved._replace(filter="arr>=2m"))
    assert changed.id == saved.id
    assert [one.filter for one in account_views.views(wb.reads) if one.id == saved.id] == ["arr>=2m"]
    assert account_views.save(wb, view).id == "view2"
    account_views.delete(wb, saved.id)
    assert saved.id not in [one.id for one in account_views.views(wb.reads)]
    assert wb.undo() == "Delete view"
    assert wb.undo() == "Save view"
    assert wb.undo() == "Save view"
    assert account_views.views(wb.reads)[-1] == saved
    wb.undo()
    assert [one.id for one in account_views.views(wb.reads)] == ["notice", "touch", "onboarding"]


def test_the_first_views_keep_their_names_once_something_is_saved(wb: Workbench) -> None:
    account_views.save(wb, SavedView("", "Mine"))
    i18n.set_language("ja")
    assert account_views.views(wb.reads)[0].name == "Notice in 90 days"


def test_every_view_can_be_deleted(wb: Workbench) -> None:
    for view in account_views.views(wb.reads):
        account_views.delete(wb, view.id)
    assert account_views.views(wb.reads) == []


def test_faults_change_nothing(wb: Workbench) -> None:
    with pytest.raises(InvalidValue):
        account_views.save(wb, SavedView("", "  "))
    with pytest.raises(NotFound):
        account_views.delete(wb, "nobody")
    assert len(wb.history()) == 1


@pytest.mark.parametrize(
    ("stored", "ids"),
    [
        ([{"id": "a", "name": "A", "columns": "x", "descending": "yes"}], ["a"]),
        ([{"id": "", "name": "A"}, {"name": "B"}, 7, {"id": "c", "name": "C"}], ["c"]),
        ("nonsense", ["notice", "touch", "onboarding"]),
    ],
)
def test_what_another_program_stored_is_read_as_far_as_it_goes(
    wb: Workbench, stored: object, ids: list[str]
) -> None:
    with wb.change("foreign") as db:
        put_setting(db, account_views.KEY, stored)
    found = account_views.views(wb.reads)
    assert [one.id for one in found] == ids
    assert all(one.columns == () and not (one.id == "a" and one.descending) for one in found)
    assert account_views.views_of(account_table.load(wb.reads, TODAY)) == found


def test_a_view_whose_filter_cannot_be_read_has_no_count(wb: Workbench) -> None:
    table = account_table.load(wb.reads, TODAY)
    wanted = [SavedView("a", "A", "stage:gone"), SavedView("b", "B", "")]
    assert account_views.counts(table, wanted) == {"b": 3}
