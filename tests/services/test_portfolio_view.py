"""The portfolio page's figures: each names the very accounts its filter finds; money, months, moves, coverage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.domain.account_filter import keep
from cs_workbench.domain.account_filter_parser import parse
from cs_workbench.domain.health import MeasureScore, Score
from cs_workbench.domain.money import Amount
from cs_workbench.domain.portfolio import BANDS
from cs_workbench.domain.score_record import score_to_json
from cs_workbench.services import account_table, portfolio_view
from cs_workbench.services.portfolio_view import Asked, PortfolioView, Slice
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)
SINCE = dt.date(2026, 8, 31)
USUAL = Asked(TODAY, SINCE)


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
    """A portfolio in yen."""
    made = Counting()
    made.add("setting", key="currency", value='"JPY"')
    made.add("setting", key="time_zone", value='"Asia/Tokyo"')
    for position, key in enumerate(("A", "B")):
        made.add("list_item", list="tier", key=key, label_en=key, label_ja=key, position=position)
    return made


def add(db: MemoryPortfolio, name: str, arr: int | None = 1_000, end: str | None = "2027-03-31", *,
        currency: str = "JPY", notice: int | None = None, **values: object) -> int:  # fmt: skip
    """An account with one contract of *arr* whole units a year."""
    account = db.account(name, **values)
    db.add(
        "contract", account_id=account, arr=None if arr is None else arr * 10_000, currency=currency, end_on=end,
        notice_months=notice, start_on="2025-04-01",
    )  # fmt: skip
    return account


def score(
    db: MemoryPortfolio, account: int, day: str, value: float | None, band: str = "", detail: str = "{}"
) -> None:
    """A kept score; the band follows from the value where none is said."""
    if not band:
        band = "none" if value is None else "red" if value < 40 else "yellow" if value < 70 else "green"
    db.add("snapshot", account_id=account, as_of=day, scorecard_id=1, score=value, band=band, coverage=0.8,
           detail=detail)  # fmt: skip


def view(db: MemoryPortfolio, asked: Asked = USUAL) -> PortfolioView:
    """The page as of *asked*."""
    return portfolio_view.load(db, TODAY, asked)  # type: ignore[arg-type]


def figures(found: PortfolioView) -> Iterator[Slice]:
    """Every figure that carries a filter."""
    yield found.whole
    yield from found.bands
    for schedule in found.schedules.values():
        yield from (schedule.passed, schedule.later, schedule.undated)
        for month in schedule.months:
            yield from (month.whole, *month.bands)
    yield from (found.coverage.fresh, found.coverage.missing)


def busy(db: MemoryPortfolio) -> None:
    """Accounts of every kind: all bands, every month, passed and undated, without money, other owners."""
    ends = (
        None,
        "2026-11-30",
        "2026-12-31",
        "2027-01-01",
        "2027-10-31",
        "2027-11-01",
        "2030-01-31",
        "2026-10-01",
    )
    owners = ("高橋 美咲", 'O"Neill', "A-B_1", None)
    for n in range(40):
        account = add(db, f"N{n}", None if n % 7 == 0 else 100 + n, ends[n % len(ends)], notice=(None, 1, 3)[n % 3],
                      tier=("A", "B", None)[n % 3], owner=owners[n % 4], stage="adoption")  # fmt: skip
        if n % 5:
            score(db, account, "2026-11-20", (15.0, 39.9, 40.0, 69.9, 70.0, 95.0)[n % 6])
            score(db, account, "2026-08-20", 50.0)


@pytest.mark.parametrize(
    "scope", ["", "tier:A", "band:red", 'owner:"高橋 美咲"', 'owner:「O"Neill」', "owner:A-B_1"]
)
def test_every_filter_counts_the_very_same_accounts(db: Counting, scope: str) -> None:
    busy(db)
    found = view(db, Asked(TODAY, SINCE, scope))
    table = account_table.load(db, TODAY)  # type: ignore[arg-type]
    assert 0 < found.whole.count < 41
    seen = 0
    for figure in figures(found):
        text = portfolio_view.filter_for(found, figure.part, figure.ids)
        if not text:
            assert figure.part == "*"
            assert not scope
            continue
        read = parse(text, table.vocabulary, TODAY)
        assert read.problems == ()
        assert {table.lines[place].id for place in keep(table.lines, read.root, TODAY)} == set(figure.ids)
        seen += bool(figure.ids)
    assert seen >= 10


def test_a_filter_that_would_show_others_is_not_handed_out(db: Counting) -> None:
    busy(db)
    found = view(db)
    green = found.bands[0]
    assert portfolio_view.filter_for(found, "band:green", green.ids) == "band:green"
    assert portfolio_view.filter_for(found, "band:green", green.ids[1:]) == ""
    assert portfolio_view.filter_for(found, "bund:green", green.ids) == ""
    assert portfolio_view.filter_for(found, "", green.ids) == ""


def test_of_an_earlier_day_there_is_no_filter(db: Counting) -> None:
    busy(db)
    past = view(db, Asked(TODAY - dt.timedelta(days=1), SINCE))
    assert all(portfolio_view.filter_for(past, one.part, one.ids) == "" for one in figures(past))


def test_scopes_are_written_so_that_they_read(db: Counting) -> None:
    assert portfolio_view.scope_filter({}) == ""
    assert (
        portfolio_view.scope_filter({"tier": "A", "owner": "高橋 美咲", "band": ""})
        == 'tier:A owner:"高橋 美咲"'
    )
    assert portfolio_view.scope_filter({"owner": 'O"N'}) == 'owner:「O"N」'


def test_bands_and_months_add_up(db: Counting) -> None:
    busy(db)
    found = view(db)
    assert [part.part for part in found.bands] == [f"band:{band}" for band in BANDS]
    assert sum(part.count for part in found.bands) == found.whole.count == 40
    assert sum(part.value for part in found.bands) == found.whole.value
    for schedule in found.schedules.values():
        months = [month.whole for month in schedule.months]
        parts = [*months, schedule.passed, schedule.later, schedule.undated]
        assert sorted(account for part in parts for account in part.ids) == sorted(found.lines)
        for month in schedule.months:
            assert sum(part.value for part in month.bands) == month.whole.value


def test_who_left_is_in_no_count_of_health_but_in_retention(db: Counting) -> None:
    busy(db)
    db.add("list_item", list="stage", key="churned", label_en="Churned", label_ja="解約済み", position=9)
    lost = add(db, "Lost", 700, "2027-03-31", tier="A", stage="churned", churned_on="2026-10-31")
    score(db, lost, "2026-08-20", 60.0)
    score(db, lost, "2026-11-20", 10.0)
    db.add(
        "contract_event",
        account_id=lost,
        kind="churn",
        on_date="2026-10-31",
        amount=7_000_000,
        currency="JPY",
    )
    found = view(db)
    counted = (*found.bands, found.coverage.fresh, found.coverage.missing,
               *(month.whole for one in found.schedules.values() for month in one.months))  # fmt: skip
    assert all(lost not in part.ids for part in counted)
    assert lost not in {*found.lines, *found.history, *(move.account_id for move in found.moves.down)}
    assert (found.whole.count, found.left.ids, found.everyone.count) == (40, (lost,), 41)
    assert lost in found.retention.movements
    for part in (found.whole, found.left, *found.bands):
        assert portfolio_view.filter_for(found, part.part, part.ids) == part.part
    assert lost in view(db, Asked(TODAY, SINCE, "tier:A")).retention.movements


def test_who_left_later_was_a_customer_then(db: Counting) -> None:
    lost = add(db, "Lost", stage="churned", churned_on="2026-10-31")
    score(db, lost, "2026-09-10", 30.0)
    assert view(db, Asked(dt.date(2026, 9, 30), dt.date(2026, 6, 30))).bands[2].ids == (lost,)
    assert view(db).left.ids == (lost,)
    db.execute("update account set churned_on = '2027-03-31'")  # as the list of accounts has it: by its stage
    assert view(db).left.ids == (lost,)


def test_the_notice_deadline_counts_before_the_end(db: Counting) -> None:
    account = add(db, "A", 500, "2027-03-31", notice=3)
    found = view(db)
    assert [month.whole.ids for month in found.schedules["renewal"].months][1] == (account,)
    assert [month.whole.ids for month in found.schedules["ends"].months][4] == (account,)


def test_a_missing_score_is_no_zero(db: Counting) -> None:
    add(db, "A")
    scored = add(db, "B")
    score(db, scored, "2026-11-24", 0.0)
    found = view(db)
    assert found.bands[3].count == 1
    assert found.bands[2].ids == (scored,)
    assert found.coverage.missing.count == 1
    assert found.coverage.share == pytest.approx(0.8)
    assert found.history[1] == (None,) * 12


def test_an_old_score_is_said_to_be_old(db: Counting) -> None:
    account = add(db, "A")
    score(db, account, "2026-08-31", 80.0)
    found = view(db)
    assert (found.coverage.fresh.count, found.coverage.stale.ids) == (0, (account,))
    assert found.moves.lost == (account,)


def test_one_currency_needs_no_rate(db: Counting) -> None:
    add(db, "A", 100, currency="USD")
    add(db, "B", 200, currency="USD")
    found = view(db)
    assert (found.exchange.currency, found.whole.value, found.whole.apart) == ("USD", 300, ())


def test_currencies_are_added_through_rates_or_stand_apart(db: Counting) -> None:
    add(db, "A", 1_000)
    add(db, "B", 10, currency="USD")
    add(db, "C", 5, currency="EUR")
    add(db, "D", None)
    db.add("currency_rate", currency="USD", on_date="2026-11-01", rate="150")
    found = view(db)
    assert found.whole.value == 2_500
    assert found.whole.apart == (Amount(Decimal(5), "EUR"),)
    assert found.whole.unknown == 1
    assert found.exchange.missing == ("EUR",)


def test_a_past_date_reads_what_was_known_then(db: Counting) -> None:
    account = add(db, "A")
    for day, value in (("2026-05-31", 80.0), ("2026-06-20", 30.0), ("2026-11-20", 90.0)):
        score(db, account, day, value)
    found = view(db, Asked(dt.date(2026, 6, 30), dt.date(2026, 5, 31)))
    assert found.bands[2].ids == (account,)
    assert [cell and cell.score for cell in found.history[account]][-2:] == [80.0, 30.0]
    assert found.moves.down[0].delta == -50.0
    assert (found.retention.start, found.retention.end) == (dt.date(2025, 7, 1), dt.date(2026, 6, 30))


def measure(key: str, value: float, contribution: float) -> MeasureScore:
    """One measure of a score."""
    fields = dict.fromkeys(MeasureScore._fields)
    fields |= {"key": key, "axis": "adoption", "value": value, "points": contribution * 2, "weight": 0.5,
               "contribution": contribution, "direction": "up", "reason": "measured", "unit": "ratio"}  # fmt: skip
    return MeasureScore(**fields)


def kept(account: int, day: dt.date, seats: float, users: float) -> str:
    """A whole score of two measures."""
    values: dict[str, Any] = dict.fromkeys(Score.__dataclass_fields__)
    values |= {"account_id": account, "as_of": day, "scorecard_key": "x", "scorecard_version": 1,
               "score": seats + users, "band": "green", "coverage": 1.0, "axes": (), "reason": "",
               "measures": (measure("seats_used", seats, seats), measure("active_users", users, users))}  # fmt: skip
    return score_to_json(Score(**values))


def test_a_move_names_the_measure_behind_it(db: Counting) -> None:
    account = add(db, "A")
    score(db, account, "2026-08-31", 80.0, detail=kept(account, SINCE, 40.0, 40.0))
    score(db, account, "2026-11-24", 60.0, detail=kept(account, TODAY, 45.0, 15.0))
    found = view(db)
    assert [move.account_id for move in found.moves.down] == [account]
    assert (found.causes[account].key, found.causes[account].delta) == ("active_users", -25.0)


@pytest.mark.parametrize("detail", ["{}", "[]", "null", '{"measures": 3}'])
def test_a_detail_nobody_can_read_costs_only_the_cause(db: Counting, detail: str) -> None:
    account = add(db, "A")
    score(db, account, "2026-08-31", 80.0, detail=detail)
    score(db, account, "2026-11-24", 60.0, detail=detail)
    found = view(db)
    assert (len(found.moves.down), found.causes) == (1, {})


def test_the_orders_of_the_heat_map(db: Counting) -> None:
    low, fell, none, rich = add(db, "D", 1), add(db, "C", 2), add(db, "B", 3), add(db, "A", 900)
    for account, then, now in ((low, 20.0, 21.0), (fell, 90.0, 50.0), (rich, 80.0, 90.0)):
        score(db, account, "2026-05-20", then)
        score(db, account, "2026-11-20", now)
    found = view(db)
    assert found.slid == (fell,)
    assert portfolio_view.ordered(found, "fall") == [fell, low, rich, none]
    assert portfolio_view.ordered(found, "score") == [low, fell, rich, none]
    assert portfolio_view.ordered(found, "arr")[0] == rich
    assert portfolio_view.ordered(found, "name") == [rich, none, fell, low]


def test_only_the_largest_moves_are_listed(db: Counting) -> None:
    for n in range(30):
        account = add(db, f"N{n:02}")
        score(db, account, "2026-08-31", 50.0)
        score(db, account, "2026-11-24", 50.0 + (n - 15))
    moves = view(db).moves
    listed = portfolio_view.shown_moves(moves)
    assert [move.delta for move in listed] == [-15, -14, -13, -12, -11, 10, 11, 12, 13, 14]
    assert moves.steady == (16,)


def test_nobody_is_no_error(db: Counting) -> None:
    found = view(db)
    assert (found.whole.count, found.whole.value, found.moves.down, found.causes) == (0, 0, (), {})
    assert found.retention.cohort.gross.refused == "nothing_at_start"
    assert found.coverage.share is None


def test_a_scope_that_cannot_be_read_hides_nobody(db: Counting) -> None:
    add(db, "A")
    assert view(db, Asked(TODAY, SINCE, "tier:nonsense")).whole.count == 1


def test_the_statements_do_not_grow_with_the_accounts(db: Counting) -> None:
    account = add(db, "A")
    score(db, account, "2026-08-31", 50.0)
    score(db, account, "2026-11-24", 40.0)
    db.statements = 0
    view(db)
    few = db.statements
    for n in range(60):
        account = add(db, f"N{n}")
        score(db, account, "2026-08-31", 50.0)
        score(db, account, "2026-11-24", 40.0 + n)
    db.statements = 0
    view(db)
    assert db.statements == few <= 22


def test_today_is_compared_with_three_months_before() -> None:
    assert portfolio_view.usual(TODAY) == Asked(TODAY, SINCE)
    assert portfolio_view.year_before(dt.date(2024, 2, 29)) == dt.date(2023, 3, 1)
