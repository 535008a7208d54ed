"""A cost that is not known reaches everybody, and no return is told; sources speak the document's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cs_workbench import i18n
from cs_workbench.services import portfolios, value_documents, value_exports, value_figures, value_reading
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person
from tests.builders_value import COSTS, NOW, TIME, TIME_SAVED, CostSpec, LedgerSpec, add_ledger
from tests.reports.examples import rich

TODAY = dt.date(2026, 11, 22)
CLOSE = replace(TIME_SAVED, figures=tuple((*one[:4], None, None) for one in TIME))


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "portfolio.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
        yield workbench


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    kept = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(kept)


def without_rate(wb: Workbench, yearly: int | None = 90_000) -> int:
    """A ledger in yen beside a contract in francs nobody entered a rate for (or without an amount)."""
    from cs_workbench.store import tables

    ledger = add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED,), costs=COSTS[1:]))
    with wb.change("contract") as db:
        contract = tables.Contract(
            account_id=1, name="SO-02604", currency="CHF", arr=yearly, status="active",
            start_on=TODAY, end_on=None, created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        db.session.add(contract)
        db.session.flush()
        db.session.add(
            tables.ValueCost(
                ledger_id=ledger, position=9, kind="subscription", title="SO-02604", contract_id=contract.id
            )
        )  # fmt: skip
    return ledger


@pytest.mark.parametrize(("yearly", "why"), [(90_000, "no exchange rate for CHF"), (None, "no amount yet")])
def test_no_return_without_a_cost_and_which_it_is(wb: Workbench, yearly: int | None, why: str) -> None:
    without_rate(wb, yearly)
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    assert view is not None
    assert view.outcome.result is None
    case, _notes = value_exports.case_of(view, "Acme", "Us", "en")
    assert case is not None
    assert [(one.title, one.why) for one in case.unknown_costs] == [("SO-02604", why)]
    assert (case.roi, case.payback, case.enough, case.low, case.swings) == (None, None, None, None, ())


@pytest.mark.parametrize("edition", ["customer", "internal"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "SO-02604 (no exchange rate for CHF)"), ("ja", "SO-02604")]
)
def test_every_document_says_which_cost_is_not_measured(
    wb: Workbench, tmp_path: Path, edition: str, language: str, said: str
) -> None:
    without_rate(wb)
    result = value_documents.export(
        wb, 1, formats=("md", "xlsx"), edition=edition, language=language, as_of=TODAY,
        out_dir=str(tmp_path / "out"), now=NOW,
    )  # fmt: skip
    text = next(Path(one) for one in result.files if one.endswith(".md")).read_text(encoding="utf-8")
    assert said in text
    assert ("not measured" if language == "en" else "未測定") in text.lower()
    assert "ROI" not in text.split("\n##")[0].replace("| ROI", "").splitlines()[0]
    book = openpyxl.load_workbook(next(one for one in result.files if one.endswith(".xlsx")), data_only=True)
    first = [str(cell.value) for row in book.worksheets[0] for cell in row if cell.value is not None]
    assert "SO-02604" in first
    assert "result_roi" not in book.defined_names
    assert any(str(cell.value) == "SO-02604" for row in book.worksheets[2] for cell in row)


def test_sources_speak_the_language_of_the_document(wb: Workbench) -> None:
    without_rate(wb)
    from cs_workbench.store import tables

    with wb.change("yen") as db:
        contract = db.session.query(tables.Contract).one()
        contract.currency = "JPY"
        metric = tables.Metric(
            key="active_users", name="Active users", family="active_users", role="active_users"
        )
        db.session.add(metric)
        db.session.flush()
        row = db.session.query(tables.ValueInput).filter_by(name="users").one()
        row.metric_id = metric.id
        db.execute(
            "insert into reading (account_id, metric_id, day, value, batch_id) values (1, :m, :d, 58, 0)",
            {"m": metric.id, "d": (TODAY - dt.date(1970, 1, 1)).days},
        )
    for screen in ("en", "ja"):
        i18n.set_language(screen)
        view = value_exports.chosen(wb.reads, 1, None, TODAY)
        assert view is not None
        for language, contract_said, metric_said in (
            ("en", "JPY 90,000 a year", "Usage data: active users"),
            ("ja", "年額", "利用データ：利用者数"),
        ):
            case, _notes = value_exports.case_of(view, "Acme", "Us", language)
            assert case is not None
            assert contract_said in next(one.source for one in case.costs if one.title == "SO-02604")
            assert metric_said in case.lines[0].sources
            assert not any("active_users" in one for one in case.lines[0].sources)


def test_days_and_prices_on_japanese_paper_are_written_as_its_other_ones(wb: Workbench) -> None:
    """2026/7/2, where the screen has 2026/07/02; 6,720,000円, and 84,500米ドル."""
    without_rate(wb)
    with wb.change("yen") as db:
        db.execute("update contract set currency = 'JPY', end_on = '2027-07-02'", {})
    i18n.set_language("ja")
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    assert view is not None
    case, _notes = value_exports.case_of(view, "Acme", "Us", "ja")
    assert case is not None
    said = next(one.source for one in case.costs if one.title == "SO-02604")
    assert "年額90,000円" in said
    assert "2027/7/2" in said
    facts = value_exports.roi_facts(view, "Acme", "Us", language="ja", edition="customer")
    told = [*facts.notices, *(one.source for one in facts.ledger.costs)]
    assert any("2027/7/" in one for one in facts.notices), facts.notices
    assert not any("/0" in one for one in told), told
    assert value_figures.day(dt.date(2026, 7, 2)) == "2026/07/02", "the screen is not changed by it"
    assert value_figures.price(Decimal(84_500), "USD") == "84,500米ドル"
    assert value_figures.price(Decimal(84_500), "XAU") == "XAU 84,500"


@pytest.mark.parametrize(
    ("yearly", "turning", "nearly"),
    [("4000000", True, ""), ("1000000", False, ""), ("5700000", True, "")],
)
def test_which_input_alone_turns_the_case_is_computed(
    wb: Workbench, yearly: str, turning: bool, nearly: str
) -> None:
    cost = CostSpec("Subscription", "subscription", f"0 {yearly} {yearly} {yearly}")
    add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED,), costs=(cost,)))
    case, _notes = value_exports.case_of(value_exports.chosen(wb.reads, 1, None, TODAY), "Acme", "Us", "en")
    assert case is not None
    assert case.net > 0
    assert bool(case.turning) is turning
    assert all(one.worse < 0 for one in case.turning)
    assert case.nearly == nearly


def test_a_ledger_without_ranges_turns_on_nothing(wb: Workbench) -> None:
    add_ledger(wb, 1, LedgerSpec(lines=(CLOSE,)))
    case, _notes = value_exports.case_of(value_exports.chosen(wb.reads, 1, None, TODAY), "Acme", "Us", "en")
    assert case is not None
    assert (case.turning, case.nearly) == ((), "")


def test_worded_leaves_every_figure_as_it_is(wb: Workbench) -> None:
    add_ledger(wb, 1)
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    assert view is not None
    assert value_reading.worded(view) == view


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ["value"]),
        ({"equal": True}, []),
        ({"equal": True, "net": Decimal(-1)}, []),
        ({"so_far": Decimal(0)}, []),
        ({"net": Decimal(-1)}, ["value_short"]),
    ],
)
def test_only_a_return_that_is_there_already_went_well(
    wb: Workbench, change: dict[str, Any], told: list[str]
) -> None:
    from cs_workbench.services.briefing_executive import executive

    add_ledger(
        wb, 1, LedgerSpec(lines=(TIME_SAVED,), costs=(CostSpec("S", "subscription", "0 1000 1000 1000"),))
    )
    case, _notes = value_exports.case_of(value_exports.chosen(wb.reads, 1, None, TODAY), "Acme", "Us", "en")
    assert case is not None
    made = executive(replace(rich().briefing, value=replace(case, **change)))
    found = [one.code for one in (*made.goods, *made.misses) if one.code in {"value", "value_short"}]
    assert found == told


@pytest.mark.parametrize(("net", "codes"), [(-1, ["value_short"]), (1, [])])
def test_a_return_below_its_cost_is_said_first_among_what_did_not_go_well(
    wb: Workbench, net: int, codes: list[str]
) -> None:
    from cs_workbench.services.briefing_executive import executive

    cost = CostSpec("Subscription", "subscription", "0 1000000 1000000 1000000" if net > 0 else "0 90000000")
    add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED,), costs=(cost,)))
    case, _notes = value_exports.case_of(value_exports.chosen(wb.reads, 1, None, TODAY), "Acme", "Us", "en")
    made = executive(replace(rich().briefing, value=case))
    assert [one.code for one in made.misses[:1] if one.code == "value_short"] == codes
    assert ("value" in [one.code for one in made.goods]) is (net > 0)


def test_the_workbook_says_who_accepted_the_logic_and_when(wb: Workbench, tmp_path: Path) -> None:
    from cs_workbench.store import tables

    add_ledger(wb, 1)
    with wb.change("who") as db:
        person = add_person(db, 1, "Nadia Whitlock")
        line = db.session.get(tables.ValueLine, 1)
        assert line is not None
        line.logic_by_id, line.logic_on = person, dt.date(2026, 10, 23)
    result = value_documents.export(
        wb, 1, formats=("xlsx",), edition="customer", language="en", as_of=TODAY, out_dir=str(tmp_path / "out"),
        now=NOW,
    )  # fmt: skip
    book = openpyxl.load_workbook(result.files[0], data_only=True)
    said = [str(cell.value) for sheet in book.worksheets for row in sheet for cell in row]
    assert "logic accepted: Nadia Whitlock, 23 Oct 2026" in said
