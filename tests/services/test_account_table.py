"""The lines of the accounts page and their sums, in a constant number of statements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.domain.money import Amount
from cs_workbench.services.account_table import AccountLine, load, sums
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)


class Counting(MemoryPortfolio):
    """Counts the statements read."""

    statements = 0

    def all(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        """Every row."""
        self.statements += 1
        return super().all(sql, params)

    def one(self, sql: str, params: Any = ()) -> tuple[Any, ...] | None:
        """The first row."""
        self.statements += 1
        return super().one(sql, params)


@pytest.fixture
def db() -> Counting:
    """A portfolio in yen with the tier list."""
    portfolio = Counting()
    portfolio.add("setting", key="currency", value='"JPY"')
    portfolio.add("setting", key="own_name", value='"高橋"')
    portfolio.add("setting", key="time_zone", value='"Asia/Tokyo"')
    portfolio.add(
        "list_item", list="tier", key="A", label_en="A", label_ja="A", position=1, data='{"cadence_days": 14}'
    )
    portfolio.add("list_item", list="stage", key="renewal", label_en="Renewal", label_ja="更新", position=1)
    return portfolio


def add(
    db: MemoryPortfolio, number: int, *, arr: int | None = 1, currency: str = "JPY", **values: object
) -> None:
    """An account with one contract worth *arr* in whole units."""
    db.add("account", id=number, **({"name": f"N{number}", "name_key": f"n{number}"} | values))
    if arr is not None:
        db.add(
            "contract", account_id=number, arr=arr * 10_000, currency=currency, end_on="2027-03-31", notice_months=3,
            start_on="2026-04-01", seats=10,
        )  # fmt: skip


def only(db: MemoryPortfolio) -> AccountLine:
    """The one line."""
    (line,) = load(db, TODAY).lines  # type: ignore[arg-type]
    return line


def test_a_line_holds_what_the_list_shows(db: Counting) -> None:
    add(db, 1, arr=6_500_000, tier="A", stage="renewal", name="アオバ", name_key="あおば")
    db.add("account_tag", account_id=1, tag="vip")
    db.add("interaction", account_id=1, at="2026-10-13T20:00:00Z", channel="call")  # 14 October in Tokyo
    db.add("task", account_id=1, title="ROI", due_on="2026-11-23")
    line = only(db)
    assert (line.arr, line.seats, line.tags) == (Decimal("6500000"), 10, ("vip",))
    assert (line.notice_date, line.deadline, line.days_left) == (
        dt.date(2026, 12, 31),
        dt.date(2026, 12, 31),
        37,
    )
    assert (line.contacted_on, line.contact_days, line.touch) == (dt.date(2026, 10, 14), 41, "late")
    assert (line.next_step, line.next_due) == ("ROI", dt.date(2026, 11, 23))
    assert "あおば" in line.folded


@pytest.mark.parametrize(
    ("at", "tier", "stage", "touch"),
    [
        ("2026-11-10T09:00:00Z", "A", "renewal", "ok"),
        ("2026-11-09T09:00:00Z", "A", "renewal", "late"),
        (None, "A", "renewal", "late"),
        (None, "A", "churned", ""),
        (None, None, "renewal", ""),
        (None, "Z", "renewal", ""),
    ],
)
def test_touch_debt_goes_by_the_tiers_cadence(
    db: Counting, at: str | None, tier: str | None, stage: str, touch: str
) -> None:
    add(db, 1, tier=tier, stage=stage)
    if at:
        db.add("interaction", account_id=1, at=at, channel="call")
    assert only(db).touch == touch


def test_without_a_notice_period_the_term_s_end_is_the_deadline(db: Counting) -> None:
    db.add("account", id=1, name="N", name_key="n")
    db.add("contract", account_id=1, end_on="2026-12-24")
    line = only(db)
    assert (line.notice_date, line.deadline, line.days_left) == (None, dt.date(2026, 12, 24), 30)


def test_other_currencies_count_through_rates_or_not_at_all(db: Counting) -> None:
    add(db, 1, arr=100, currency="USD")
    add(db, 2, arr=50, currency="EUR")
    add(db, 3, arr=1_000)
    db.add("currency_rate", currency="USD", on_date="2026-10-01", rate="140")
    db.add("currency_rate", currency="USD", on_date="2026-11-01", rate="150")
    db.add("currency_rate", currency="USD", on_date="2027-01-01", rate="999")
    table = load(db, TODAY)  # type: ignore[arg-type]
    by_id = {line.id: line for line in table.lines}
    assert [by_id[n].arr for n in (1, 2, 3)] == [Decimal(15_000), None, Decimal(1_000)]
    assert by_id[2].amounts == (Amount(Decimal(50), "EUR"),)
    without_rate = sums(table, table.lines)
    assert without_rate.arr.value is None
    assert without_rate.arr.missing == ("EUR",)
    assert sums(table, [by_id[1], by_id[3]]).arr.value == Decimal(16_000)


def test_the_sums(db: Counting) -> None:
    for number, (score, band) in enumerate([(80.0, "green"), (40.0, "yellow"), (None, "none")], 1):
        add(db, number, arr=None if number == 3 else number * 100)
        db.add(
            "snapshot", account_id=number, as_of="2026-11-20", scorecard_id=1, score=score, band=band, coverage=1.0,
            detail="{}",
        )  # fmt: skip
    table = load(db, TODAY)  # type: ignore[arg-type]
    found = sums(table, table.lines)
    assert (found.count, found.arr.value, found.without_arr) == (3, Decimal(300), 1)
    assert (found.mean, found.measured) == (60.0, 2)
    assert found.bands == {"red": 0, "yellow": 1, "green": 1, "none": 1}
    nothing = sums(table, [])
    assert (nothing.count, nothing.arr.value, nothing.mean) == (0, None, None)


def test_an_old_score_is_stale(db: Counting) -> None:
    add(db, 1)
    db.add(
        "snapshot", account_id=1, as_of="2026-10-09", scorecard_id=1, score=1.0, band="red", coverage=1.0, detail="{}"
    )  # fmt: skip
    assert only(db).stale


def test_the_statements_do_not_grow_with_the_accounts(db: Counting) -> None:
    add(db, 1)
    db.statements = 0
    load(db, TODAY)  # type: ignore[arg-type]
    few = db.statements
    for number in range(2, 200):
        add(db, number, tier="A")
        db.add("account_tag", account_id=number, tag=f"t{number % 7}")
    db.statements = 0
    table = load(db, TODAY)  # type: ignore[arg-type]
    assert len(table.lines) == 199
    assert db.statements == few <= 20


def test_the_portfolio_s_own_words_reach_the_filter(db: Counting) -> None:
    add(db, 1, owner="佐藤")
    words = load(db, TODAY).vocabulary  # type: ignore[arg-type]
    assert words.stages["更新"] == "renewal"
    assert (words.owners, words.me) == (("佐藤",), "高橋")


def test_an_unknown_time_zone_is_no_reason_to_stop() -> None:
    portfolio = MemoryPortfolio()
    portfolio.add("setting", key="time_zone", value='"Nowhere/Land"')
    add(portfolio, 1)
    assert only(portfolio).name == "N1"
