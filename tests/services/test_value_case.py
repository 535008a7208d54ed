"""A value ledger as facts for documents: figures by hand, what counts, what stays with us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.sensitivity import break_even, npv
from cs_workbench.domain.sensitivity import case as worst_or_best
from cs_workbench.domain.value_ledger import Cost, compute
from cs_workbench.reports.value_facts import ValueCase
from cs_workbench.services import portfolios, value_case, value_exports
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_person
from tests.builders_value import (
    COSTS,
    LESS_REWORK,
    NOW,
    QUOTES,
    RICH,
    TIME,
    TIME_SAVED,
    CostSpec,
    LedgerSpec,
    add_ledger,
    present,
)

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
            add_person(db, 1, "石井 健一")
        yield workbench


def made(wb: Workbench, spec: LedgerSpec | None = None, language: str = "en") -> ValueCase:
    add_ledger(wb, 1, spec or LedgerSpec(person_id=1))
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    case, _notes = value_exports.case_of(view, "Acme", "Us", language)
    assert case is not None
    return case


def test_the_headline_is_what_counts_after_risk_and_cost(wb: Workbench) -> None:
    case = made(wb)
    yearly = Decimal("6744240") + Decimal("2332800") + Decimal("912000")
    assert case.year == yearly
    gained = present(["0", *[str(yearly)] * 3])
    spent = present(["367200"]) + present(["441000"]) + present(["0", *["6825000"] * 3])
    assert case.present == pytest.approx(gained)
    assert case.cost == pytest.approx(spent)
    assert case.net == case.present - case.cost
    assert case.roi == pytest.approx(case.net / case.cost)
    assert case.enough is not None
    assert 0 <= case.enough - spent / gained < Decimal("0.01")  # rounded up
    assert case.delay == yearly / 12
    assert case.gross > case.present
    assert [one.title for one in case.potential] == ["Faster quotes win orders"]
    assert case.unconfirmed == 1
    assert case.flow[-1].cumulated == pytest.approx(yearly * 3 - Decimal("808200") - 3 * Decimal("6825000"))


@pytest.mark.parametrize(
    ("share", "equal"), [("0.97", False), ("0.985", True), ("1.015", True), ("1.03", False)]
)
def test_a_net_of_next_to_nothing_is_neither_gain_nor_loss(wb: Workbench, share: str, equal: bool) -> None:
    """The cost is a share of what the line is worth; it bears the risk of a measurement."""
    yearly = Decimal("6744240") * Decimal(share) / Decimal("1.05")
    cost = CostSpec("Subscription", "subscription", f"0 {yearly} {yearly} {yearly}")
    assert made(wb, LedgerSpec(lines=(TIME_SAVED,), costs=(cost,))).equal is equal


def test_years_that_differ_say_so(wb: Workbench) -> None:
    costs = (
        CostSpec("A", "other", "0 1 2 3"),
        CostSpec("B", "setup", "5"),
        CostSpec("C", "other", "0 4 4 4"),
    )
    case = made(wb, LedgerSpec(lines=(TIME_SAVED,), costs=costs))
    assert [one.mean for one in case.costs] == [True, False, False]
    assert [one.partial for one in case.lines] == [False]


def test_lines_say_their_sum_with_figures_sources_and_who_agreed(wb: Workbench) -> None:
    line = made(wb).lines[0]
    assert line.title == TIME_SAVED.title
    assert line.sum.count("×") == 4
    assert "¥3,400" in line.sum
    assert line.sources == ("Usage data",)
    assert (line.agreed_by, line.agreed_on) == ("石井 健一", dt.date(2026, 10, 14))
    assert line.as_of == dt.date(2026, 11, 18)
    assert [proof.kind for proof in line.proofs] == ["person"]  # the file is of the day after
    assert line.ref == "value_line/1"


def test_our_share_stands_in_the_sum(wb: Workbench) -> None:
    case = made(wb)
    assert case.potential[0].sum.endswith("× 25%")
    assert case.potential[0].year == Decimal(1_440_000)
    halved = replace(LESS_REWORK, attribution="0.5", formula="before * months * each - now * months * each")
    again = made(wb, LedgerSpec(name="b", lines=(halved,), starts_on=dt.date(2026, 5, 1)))
    assert again.lines[0].sum.startswith("(")


def test_the_widest_input_says_where_nothing_is_left(wb: Workbench) -> None:
    case = made(wb)
    swing = case.swings[0]
    assert swing.name == "Time really saved"
    assert swing.ends == "30%–70%"
    assert swing.worse < case.net < swing.better
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    assert view is not None
    exact = break_even(view.ledger, "1", "capture")
    assert exact is not None
    assert swing.even == f"{exact * 100:.0f}%"
    assert case.low is not None
    assert case.high is not None
    assert case.low == npv(worst_or_best(view.ledger, "low"))
    assert case.high == npv(worst_or_best(view.ledger, "high"))
    assert case.low < swing.worse
    assert case.high > swing.better


@pytest.mark.parametrize("left", ["0.001", "0.0004"])
def test_a_break_even_close_to_the_figure_does_not_read_like_it(wb: Workbench, left: str) -> None:
    case = made(wb)
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    assert view is not None
    extra = Cost("x", "Extra", "other", ((case.net - case.cost * Decimal(left)) / Decimal("1.05"),))
    close = replace(view.ledger, costs=(*view.ledger.costs, extra))
    facts = value_exports.roi_facts(view, "Acme", "Us", language="en", edition="internal")
    found = value_case.value_case(replace(facts, ledger=close, outcome=compute(close)))
    swing = next(one for one in found.swings if one.name == "Time really saved")
    assert swing.now == "50%"
    assert swing.even.startswith("49.9")


@pytest.mark.parametrize(
    ("language", "factor", "scale"),
    [("en", 1, 10**6), ("en", 1000, 10**9), ("ja", 1, 10**4), ("ja", 10_000, 10**8)],
)
def test_charts_divide_by_what_the_language_counts_in(
    wb: Workbench, language: str, factor: int, scale: int
) -> None:
    figures = (("fee", "Fee", str(12_000_000 * factor), "JPY/year", None, None),)
    line = replace(TIME_SAVED, formula="fee", figures=figures)
    assert made(wb, LedgerSpec(lines=(line,)), language).scale == scale


def test_without_cost_there_is_no_return(wb: Workbench) -> None:
    case = made(wb, LedgerSpec(costs=()))
    assert (case.roi, case.ratio, case.payback, case.enough) == (None, None, None, None)
    assert case.net == case.present


def test_without_a_counted_line_nothing_is_claimed(wb: Workbench) -> None:
    case = made(wb, LedgerSpec(lines=(QUOTES,)))
    assert case.lines == ()
    assert case.present == 0
    assert case.swings == ()
    assert len(case.costs) == len(COSTS)


def test_an_input_behind_two_lines_is_said(wb: Workbench) -> None:
    slower = tuple(("hours", *one[1:2], "2", *one[3:]) if one[0] == "hours" else one for one in TIME)
    case = made(wb, LedgerSpec(lines=(TIME_SAVED, replace(TIME_SAVED, title="Again", figures=slower))))
    assert (case.shared, case.twice) == (("Active users",), ())


@pytest.mark.parametrize("renamed", [False, True])
def test_two_lines_with_the_same_figures_are_said(wb: Workbench, renamed: bool) -> None:
    """Also where the input is called otherwise in the second: it is one gain all the same."""
    name = "engineers" if renamed else "users"
    figures = tuple((name, *one[1:]) if one[0] == "users" else one for one in TIME)
    again = replace(
        TIME_SAVED, title="Again", formula=TIME_SAVED.formula.replace("users", name), figures=figures
    )
    case = made(wb, LedgerSpec(lines=(TIME_SAVED, again, LESS_REWORK)))
    assert (case.twice, case.shared) == (("Inspection reports take less time", "Again"), ())


def test_notes_stay_out_of_the_case_and_come_apart(wb: Workbench) -> None:
    add_ledger(
        wb, 1, LedgerSpec(lines=(*RICH, replace(TIME_SAVED, title="Unknown", formula="users * nothing")))
    )
    view = value_exports.chosen(wb.reads, 1, None, TODAY)
    case, notes = value_exports.case_of(view, "Acme", "Us", "en")
    assert case is not None
    assert QUOTES.note not in repr(case)
    assert QUOTES.ask not in repr(case)
    assert [one.title for one in notes] == ["2026", "Faster quotes win orders", "Unknown"]
    assert notes[0].note.startswith("Called confirmed by the customer, but by whom and when? Less rework")
    assert notes[1].note == QUOTES.note
    assert notes[2].left_out
    assert case.left_out == 1


def test_no_ledger_no_case(wb: Workbench) -> None:
    assert value_exports.chosen(wb.reads, 1, None, TODAY) is None
    assert value_exports.case_of(None, "Acme", "Us", "en") == (None, ())


def test_the_ledger_named_is_read_and_another_account_s_is_not(wb: Workbench) -> None:
    older = add_ledger(wb, 1, LedgerSpec(name="2025", starts_on=dt.date(2025, 4, 1)))
    newer = add_ledger(wb, 1)
    for wanted, found in ((None, newer), (older, older), (newer, newer)):
        view = value_exports.chosen(wb.reads, 1, wanted, TODAY)
        assert view is not None
        assert view.head.id == found
    assert value_exports.chosen(wb.reads, 1, 999, TODAY) is None


@pytest.mark.parametrize("lines", [RICH, RICH * 5])
def test_reading_takes_as_many_statements_however_many_lines(
    wb: Workbench, lines: tuple[object, ...]
) -> None:
    add_ledger(wb, 1, LedgerSpec(lines=lines))  # type: ignore[arg-type]
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(wb.reads, name)

    value_exports.chosen(Counting(), 1, None, TODAY)  # type: ignore[arg-type]
    assert len(asked) <= 8


@pytest.mark.parametrize("words", ["<img src=x>", "\u202etxt.exe", "長" * 10_000])
def test_long_words_are_cut_for_paper(wb: Workbench, words: str) -> None:
    line = replace(TIME_SAVED, title=words, mechanism=words, source=words, evidence=(("file", words, None),))
    case = made(wb, LedgerSpec(lines=(line,)))
    shown = case.lines[0]
    assert len(shown.title) <= 90
    assert len(shown.mechanism) <= 160
    assert all(len(one) <= 60 for one in shown.sources)
    assert len(case.swings) <= value_case.MOST_SWINGS
