"""What the portfolio's figures say: messages, definitions, refusals with their reason, twins that agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest

from cs_workbench import i18n
from cs_workbench.domain.retention import Refusal, Retention, Share
from cs_workbench.services import portfolio_view
from cs_workbench.services.portfolio_view import Asked, PortfolioView
from cs_workbench.ui.pages.portfolio import controls, figures
from cs_workbench.ui.pages.portfolio.cards import REFUSALS, CardWords, cards
from cs_workbench.ui.pages.portfolio.sheet import listing_of
from cs_workbench.ui.pages.portfolio.wording import Listing, Opens
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)
SINCE = dt.date(2026, 8, 31)
BANDS = {"green": 80.0, "yellow": 50.0, "red": 20.0}
REASONS = [reason for reason in get_args(Refusal) if reason]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Words are compared in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def db() -> MemoryPortfolio:
    """A portfolio in yen."""
    made = MemoryPortfolio()
    made.add("setting", key="currency", value='"JPY"')
    made.add("list_item", list="tier", key="A", label_en="Tier & A", label_ja="A", position=0)
    return made


def add(db: MemoryPortfolio, name: str, arr: int | None, band: str = "", end: str | None = "2027-03-31",
        currency: str = "JPY", before: float | None = None) -> int:  # fmt: skip
    """An account worth *arr* whole units with a score of today in *band*."""
    account = db.account(name)
    db.add("contract", account_id=account, arr=None if arr is None else arr * 10_000, currency=currency, end_on=end,
           start_on="2025-01-01")  # fmt: skip
    for day, score in (("2026-08-31", before), ("2026-11-24", BANDS.get(band))):
        if score is not None:
            db.add("snapshot", account_id=account, as_of=day, scorecard_id=1, score=score, band=band, coverage=0.75,
                   detail="{}")  # fmt: skip
    return account


def view(db: MemoryPortfolio, **asked: Any) -> PortfolioView:
    """The page as of today."""
    return portfolio_view.load(db, TODAY, replace(Asked(TODAY, SINCE), **asked))  # type: ignore[arg-type]


def card(found: PortfolioView, key: str) -> CardWords:
    """One key figure."""
    return next(one for one in cards(found) if one.key == key)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_refusal_is_said_with_its_reason(db: MemoryPortfolio, reason: Refusal, language: str) -> None:
    i18n.set_language(language)
    none = Share(None, Decimal(0), Decimal(0), reason)
    found = view(db)
    object.__setattr__(found, "retention", replace(found.retention, cohort=Retention(none, none, none),
                                                   by_number=none, by_value=none))  # fmt: skip
    for key in ("grr", "nrr", "renewed"):
        one = card(found, key)
        assert one.refused
        assert one.note == i18n._(REFUSALS[reason])
        assert one.note
        assert "%" not in one.figure
        assert "0" not in one.figure


def test_no_refusal_lacks_its_words() -> None:
    assert set(REFUSALS) == set(REASONS)


def test_the_check_values_are_printed(db: MemoryPortfolio) -> None:
    """100 −4 −3 +9.5 → 93.0 % and 102.5 % (domain.md §7)."""
    found = view(db)
    cohort = Retention(
        *(Share(Decimal(rate) / 1000, Decimal(rate), Decimal(1000)) for rate in (930, 1025, 10))
    )
    object.__setattr__(found, "retention", replace(found.retention, cohort=cohort))
    assert (card(found, "grr").figure, card(found, "nrr").figure) == ("93.0%", "102.5%")
    assert card(found, "grr").made == "(start − contraction − churn) ÷ start"


def test_renewals_fall_back_to_numbers_and_say_why(db: MemoryPortfolio) -> None:
    account = add(db, "A", 100)
    for kind, amount in (("renewal", 100), ("renewal", 100), ("churn", None)):
        db.add("contract_event", account_id=account, kind=kind, on_date="2026-06-01", currency="JPY",
               amount=None if amount is None else amount * 10_000)  # fmt: skip
    one = card(view(db), "renewed")
    assert (one.figure, one.refused) == ("66.7%", False)
    assert "2 ÷ 3" in one.made
    assert one.note.startswith("Not by value: A lost account has no amount")
    assert isinstance(one.opens, Listing)
    assert [row.data[3] for row in one.opens.rows] == [None, 100, 100]


def test_a_portfolio_of_nobody_says_so(db: MemoryPortfolio) -> None:
    found = view(db)
    assert card(found, "arr").figure == "not measured"
    assert card(found, "scores").figure == "0 of 0"
    assert figures.health(found).caption.title == "No account has a score yet"
    assert figures.renewals(found, "renewal").caption.title == "No notice deadline within 12 months"
    assert figures.renewals(found, "ends").caption.title == "No term ends within 12 months"
    assert figures.scores(found, "fall").caption.title == "Scores by month"
    assert figures.movers(found).sentence == "No account has a score at both dates yet."


def test_the_share_of_money_that_is_green(db: MemoryPortfolio) -> None:
    add(db, "A", 61, "green")
    add(db, "B", 39, "red")
    found = figures.health(view(db))
    assert found.caption.title == "61% of ARR is green"
    assert [part.amount for part in found.bars[1]] == [61.0, 0.0, 39.0, 0.0]
    assert found.twin.rows[0].data[:3] == ("Green", 1, Decimal(61))


def test_without_money_accounts_are_counted(db: MemoryPortfolio) -> None:
    add(db, "A", None, "green")
    add(db, "B", None, "yellow", end="2026-12-31")
    found = view(db)
    shown = figures.health(found)
    assert shown.caption.title == "1 of 2 accounts are green"
    assert len(shown.bars) == 1
    ahead = figures.renewals(found, "renewal")
    assert ahead.caption.title == "Notice deadlines: at most 1 account a month"
    assert [column.figure for column in ahead.columns][1] == "1"
    assert card(found, "arr").refused


def test_money_without_a_rate_is_never_part_of_a_share(db: MemoryPortfolio) -> None:
    add(db, "A", 100, "green")
    add(db, "B", 7, "red", currency="CHF")
    found = view(db)
    assert figures.health(found).caption.title == "1 of 2 accounts are green"
    assert "apart for want of a rate: CHF 7" in figures.health(found).caption.about
    assert card(found, "arr").figure == "¥100"
    assert card(found, "arr").note == "apart for want of a rate: CHF 7"


def test_nothing_in_the_portfolios_currency_is_no_zero(db: MemoryPortfolio) -> None:
    add(db, "A", 5, currency="CHF")
    add(db, "B", 7, currency="SEK")
    one = card(view(db), "arr")
    assert (one.figure, one.refused) == ("Not in one currency", True)


def test_bars_and_twin_say_the_same(db: MemoryPortfolio) -> None:
    for n, end in enumerate(("2026-11-30", "2026-12-31", "2026-12-01", "2029-01-01", None, "2026-01-01")):
        add(db, f"N{n}", 1_000_000 * (n + 1), "green", end)
    found = view(db)
    shown = figures.renewals(found, "renewal")
    assert [column.amount for column in shown.columns][:3] == [1_000_000, 5_000_000, 0]
    assert [column.figure for column in shown.columns][:3] == ["1.0", "5.0", ""]
    assert [column.strong for column in shown.columns] == [False, True] + [False] * 10
    assert shown.columns[2].opens is None
    assert [(row.data[0], row.data[1]) for row in shown.twin.rows][-3:] == [
        ("Passed", 0),
        ("Later", 1),
        ("No date", 2),
    ]
    assert "1 later" in shown.caption.about
    assert shown.caption.title == "¥5M reaches its notice deadline in Dec 2026"


def test_movers_name_their_direction_in_words(db: MemoryPortfolio) -> None:
    add(db, "Fell", 100, "yellow", before=80.0)
    add(db, "Rose", None, "green", before=70.5)
    add(db, "Same", 100, "red", before=20.0)
    add(db, "New", 100, "red")
    shown = figures.movers(view(db))
    assert shown.caption.title == "1 down, 1 up since 31\u00a0Aug\u00a02026"
    assert "1 account lacks a score at one of the dates" in shown.caption.about
    assert [(row.name, row.delta, row.up) for row in shown.rows] == [
        ("Fell", "−30", False),
        ("Rose", "+10", True),
    ]
    assert shown.rows[0].said == "Fell: −30 points, from 80 to 50; no single measure stands out"
    assert [row.data[3] for row in shown.twin.rows] == [-30.0, 9.5]
    assert shown.more == ""


def test_movers_beyond_the_list_are_counted(db: MemoryPortfolio) -> None:
    for n in range(13):
        add(db, f"N{n}", 1, "yellow", before=80.0 + n)
    shown = figures.movers(view(db))
    assert (len(shown.rows), shown.more, len(shown.every.rows)) == (5, "8 more accounts", 13)


def test_nothing_moved_is_a_sentence(db: MemoryPortfolio) -> None:
    add(db, "Same", 1, "red", before=20.0)
    assert figures.movers(view(db)).sentence == "No score changed."


def test_missing_months_are_empty_in_the_copied_data(db: MemoryPortfolio) -> None:
    add(db, "A", 1, "red", before=20.0)
    add(db, "B", 1)
    twin = figures.scores_twin(figures.scores(view(db), "score"))
    first, second = twin.rows
    assert first.words[-1] == "20"
    assert first.data[1:].count(None) == 10
    assert set(second.words[1:]) == {"–"}
    assert set(second.data[1:]) == {None}


def test_scores_that_are_missing_open_to_those_accounts(db: MemoryPortfolio) -> None:
    add(db, "A", 1, "green")
    missing = add(db, "B", 1)
    one = card(view(db), "scores")
    assert one.figure == "1 of 2"
    assert one.note == "on average 75% of the scorecard measured"
    assert isinstance(one.opens, Opens)
    assert (one.opens.part, one.opens.ids) == ("health:none", (missing,))


def test_a_list_of_accounts_is_sorted_by_money(db: MemoryPortfolio) -> None:
    small, large, none = add(db, "S", 1, "red"), add(db, "L", 9_000_000, "green"), add(db, "N", None)
    listing = listing_of(view(db), Opens("All", "", (small, none, large, 77)))
    assert [row.words for row in listing.rows] == [
        ("L", "80 green", "31 Mar 2027", "¥9M"),
        ("S", "20 red", "31 Mar 2027", "¥1"),
        ("N", "not measured", "31 Mar 2027", "–"),
    ]


def test_the_scopes_words(db: MemoryPortfolio) -> None:
    add(db, "A", 1)
    table = view(db).table
    assert controls.scope_words(None, {"tier": "A"}) == "All accounts"
    assert controls.scope_words(table, {}) == "All accounts"
    assert controls.scope_words(table, {"tier": "A", "band": "red"}) == "Tier Tier & A, Health Red"
    assert controls.scope_words(table, {"owner": "Somebody who left"}) == "Owner Somebody who left"


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ({}, "tier", "A", {"tier": "A"}),
        ({"tier": "A"}, "tier", "B", {"tier": "B"}),
        ({"tier": "A", "band": "red"}, "tier", "A", {"band": "red"}),
    ],
)
def test_taking_a_choice_again_lets_it_go(
    before: dict[str, str], key: str, value: str, after: dict[str, str]
) -> None:
    assert controls._toggled(before, key, value) == after


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_text_is_left_with_a_hole(db: MemoryPortfolio, language: str) -> None:
    i18n.set_language(language)
    add(db, "A", 123_456_789, "green", before=75.0)
    add(db, "B", 5, "red", end=None, currency="USD", before=40.0)
    db.add("currency_rate", currency="USD", on_date="2026-11-01", rate="151.2")
    found = view(db)
    texts = [text for one in cards(found) for text in (one.name, one.figure, one.made, one.note)]
    for shown in (figures.health(found), figures.renewals(found, "ends"), figures.scores(found, "arr"),
                  figures.movers(found)):  # fmt: skip
        texts += [shown.caption.title, shown.caption.about]
    assert not [text for text in texts if "{" in text or "}" in text]
    assert any("151.2" in text for text in texts)
    if language == "ja":
        assert figures.health(found).bars[0][0].words == "緑 1社"
        assert card(found, "arr").figure == "1億2,346万円"


def test_the_month_with_most_accounts_is_named(db: MemoryPortfolio) -> None:
    for name, end in (("A", "2026-12-31"), ("B", "2026-12-31"), ("C", "2027-03-31")):
        add(db, name, None, end=end)
    ahead = figures.renewals(view(db), "renewal")
    assert ahead.caption.title == "Most notice deadlines in Dec 2026: 2 accounts"
