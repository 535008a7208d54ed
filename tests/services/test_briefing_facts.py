"""Rows to facts: contract situations, the backward plan, trends of use, service and survey figures, the headline."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from cs_workbench.reports.facts import Customer, Figure, Promise, Terms
from cs_workbench.services import (
    briefing_headline,
    briefing_plan,
    briefing_support,
    briefing_terms,
    briefing_use,
)
from cs_workbench.store.queries.briefing_rows import (
    ContractRow,
    FeatureRow,
    MonthRow,
    OpportunityRow,
    SurveyRow,
    TaskRow,
    TicketRow,
)

AS_OF = dt.date(2026, 11, 23)
D = dt.date.fromisoformat
UTC = ZoneInfo("UTC")
CONTRACT = ContractRow(
    1,
    "C-1",
    "P",
    None,
    100,
    Decimal(1200),
    None,
    None,
    "USD",
    "annual",
    D("2025-04-01"),
    D("2027-03-31"),
    None,
    None,
    3,
    True,
    "active",
    False,
    "",
)


@pytest.mark.parametrize(
    ("change", "situation", "end", "notice"),
    [
        ({}, "open", "2027-03-31", "2026-12-31"),
        ({"notice_months": 6}, "past_auto", "2027-03-31", "2026-09-30"),
        ({"notice_months": 6, "auto_renew": False}, "past", "2027-03-31", "2026-09-30"),
        ({"notice_months": None}, "open", "2027-03-31", None),
        ({"end_on": None, "billing": None}, "no_date", None, None),
        ({"end_on": None, "billing": "monthly"}, "rolling", None, None),
        ({"end_on": D("2026-03-31"), "auto_renew": False}, "ended", "2026-03-31", None),
        ({"end_on": D("2026-03-31"), "term_months": 12}, "open", "2027-03-31", "2026-12-31"),
    ],
)
def test_situations(change: dict[str, object], situation: str, end: str | None, notice: str | None) -> None:
    terms = briefing_terms.terms([replace(CONTRACT, **change)], [], AS_OF)  # type: ignore[arg-type]
    assert terms.situation == situation
    assert terms.end_on == (end and D(end))
    assert terms.notice_on == (notice and D(notice))


def test_totals_are_kept_apart_by_currency_and_trials_left_out() -> None:
    rows = [
        CONTRACT,
        replace(CONTRACT, id=2, currency="JPY", arr=None, mrr=Decimal(500)),
        replace(CONTRACT, id=3, is_trial=True),
    ]
    terms = briefing_terms.terms(rows, [], AS_OF)
    assert [(total.currency, total.value) for total in terms.totals] == [("JPY", 6000), ("USD", 1200)]
    assert terms.seats == 200
    assert len(terms.agreements) == 3


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"arr": None, "amount": Decimal(2400), "term_months": 24}, 1200),
        ({"arr": None, "amount": Decimal(900)}, 900),
        ({"arr": None}, None),
        ({"arr": Decimal(0)}, 0),
    ],
)
def test_yearly_value(row: dict[str, object], value: int | None) -> None:
    assert briefing_terms.yearly(replace(CONTRACT, **row)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("anchor", "as_of", "meeting", "start", "done", "late"),
    [
        ("2026-12-31", "2026-11-23", "2026-12-08", "2026-12-11", "2026-12-25", False),
        ("2026-12-31", "2026-12-10", "2026-12-10", "2026-12-11", "2026-12-25", False),
        ("2026-12-31", "2026-12-19", "2026-12-21", "2026-12-21", "2026-12-25", True),
        ("2026-12-31", "2026-12-30", "2027-01-04", "2027-01-04", "2027-01-04", True),
    ],
)
def test_dates_are_planned_backwards(
    anchor: str, as_of: str, meeting: str, start: str, done: str, late: bool
) -> None:
    dates = briefing_terms.dates_before(D(anchor), 10, D(as_of))
    assert dates == briefing_terms.Dates(D(meeting), D(start), D(done), late)


def test_the_plan_takes_open_promises_in_and_says_when_it_is_late() -> None:
    terms = briefing_terms.terms([CONTRACT], [], AS_OF)
    promise = Promise("Fix", "ours", "Kubo", D("2026-11-10"), None, "late", "task/1")
    customer = Customer(1, "A", contact="Ishii", signer="Saeki")
    _same, plan = briefing_plan.action_plan(
        terms, customer, "Us", [promise], approval=(10, True), as_of=AS_OF
    )
    assert [(step.code, step.on) for step in plan.steps][-1] == ("promise", AS_OF)
    assert {step.theirs for step in plan.steps if step.code in {"signed", "approval_done"}} == {"Saeki"}
    late, hurried = briefing_plan.action_plan(terms, customer, "Us", [], approval=(25, True), as_of=AS_OF)
    assert (late.situation, hurried.working_days_left) == ("late", 25)
    none, empty = briefing_plan.action_plan(Terms(), customer, "Us", [], approval=(10, False), as_of=AS_OF)
    assert (none.situation, empty.decide_by, {step.on for step in empty.steps}) == ("none", None, {None})


def months(
    values: list[float | None], role: str = "active_users", aggregation: str = "last"
) -> list[MonthRow]:
    """Readings of the months up to November 2026."""
    rows = []
    for at, value in enumerate(reversed(values)):
        index = 2026 * 12 + 10 - at
        month = f"{index // 12}-{index % 12 + 1:02d}"
        day = (dt.date(index // 12, index % 12 + 1, 20) - dt.date(1970, 1, 1)).days
        if value is not None:
            rows.append(
                MonthRow(1, "M", "f", None, role, "", aggregation, month, value, 1, value, day, value)
            )
    return rows


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([38, 45, 61, 72, 66, 58], "turned"),
        ([10, 12, 14, 16], "up"),
        ([16, 14, 12, 10], "down"),
        ([10, 10, 10, 10], "steady"),
        ([10, 8, 3, 0], "zero"),
        ([10, 12], "unknown"),
        ([10, None, 12, 14], "up"),
    ],
)
def test_trends(values: list[float | None], trend: str) -> None:
    made = briefing_use.use(months(values), [], [CONTRACT], [], [], until=D("2026-11-22"), available=0)
    assert made is not None
    assert made.trend == trend
    assert len(made.line.values) == 13
    assert made.line.values[0] is None
    assert made.limit[-1] == 100.0


def test_a_count_has_true_zeros_and_whole_months_only() -> None:
    rows = months([5, None, 7, 9], role="usage", aggregation="sum")
    made = briefing_use.use(
        rows,
        [FeatureRow(1, "a", 3, 1), FeatureRow(2, "b", 0, 4)],
        [],
        [],
        [],
        until=D("2026-11-22"),
        available=5,
    )
    assert made is not None
    assert made.line.until == D("2026-10-31")
    assert made.line.values[-4:] == (None, 5.0, 0.0, 7.0)
    assert (made.features_used, made.features_available, made.features[0].share) == (1, 5, 1.0)


def test_a_count_is_told_by_averages_of_three_months() -> None:
    counts = [8, 33, 55, 22, 9, 33, 9, 29, 40, 42, 5, 38, 13, 2]  # the last month is not over
    made = briefing_use.use(
        months(counts, role="usage", aggregation="sum"), [], [], [], [], until=D("2026-11-22"), available=0
    )  # fmt: skip
    assert made is not None
    assert made.first is not None
    assert made.last is not None
    assert made.averaged
    assert (made.trend, made.first.now, made.last.now) == ("down", Decimal(32), Decimal(19))
    assert made.usual is not None
    assert made.usual.now == 29
    assert made.fall is not None
    assert (made.fall.before, made.fall.now) == (42, 5)


def test_swings_and_idle_seats() -> None:
    made = briefing_use.use(
        months([38, 45, 61, 72, 66, 58]), [], [CONTRACT], [], [], until=AS_OF, available=0
    )
    assert made is not None
    assert made.low is not None
    assert made.rise is not None
    assert made.fall is not None
    assert (made.low.now, made.rise.before, made.rise.now, made.fall.now, made.idle) == (38, 45, 61, 58, 42)
    assert made.utilisation is not None
    assert made.utilisation.now == Decimal("0.58")


def test_the_line_is_of_the_first_role_with_enough_months() -> None:
    rows = [*months([9], role="seats_used"), *months([5, 6, 7, 8], role="usage", aggregation="sum")]
    made = briefing_use.use(rows, [], [], [], [], until=D("2026-11-22"), available=0)
    assert made is not None
    assert made.line.code == "usage"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("audit_log", "Audit log"),
        ("feature_11", "Feature 11"),
        ("api", "API"),
        ("監査ログ", "監査ログ"),
        ("AWS Sync", "AWS Sync"),
    ],
)
def test_names_out_of_data_files_read_like_words(name: str, words: str) -> None:
    assert briefing_use.readable(name) == words


@pytest.mark.parametrize(("language", "called"), [("en", "Audit log"), ("ja", "監査ログ")])
def test_a_feature_goes_by_its_name_in_the_language_of_the_document(language: str, called: str) -> None:
    row = FeatureRow(1, "audit_log", 3, 1, "監査ログ")
    made = briefing_use.use(months([1, 2]), [row], [], [], [], until=AS_OF, available=1, language=language)
    assert made is not None
    assert made.features[0].name == called


@pytest.mark.parametrize(
    ("figure", "same", "few"),
    [
        (Figure("nps", Decimal(10), Decimal(10), count=9, count_before=9), True, False),
        (Figure("nps", Decimal(10), Decimal(12), count=9, count_before=4), False, True),
        (Figure("first_reply", Decimal("2.94"), Decimal("2.91"), "hours"), True, False),
        (Figure("resolution", Decimal("24.6"), Decimal("24.4"), "hours"), False, False),
        (Figure("csat", Decimal("0.801"), Decimal("0.804"), "pct"), True, False),
        (Figure("tickets", Decimal(6)), False, False),
    ],
)
def test_what_two_sides_of_a_figure_may_be_made_of(figure: Figure, same: bool, few: bool) -> None:
    made = briefing_support.compared(figure)
    assert (made.same, made.few) == (same, few)


def test_an_end_that_only_follows_from_the_billing_is_marked() -> None:
    made = briefing_terms.terms([replace(CONTRACT, end_on=None)], [], AS_OF)
    assert (made.assumed, made.agreements[0].assumed, made.end_on) == (True, True, D("2027-03-31"))
    assert not briefing_terms.terms([CONTRACT], [], AS_OF).assumed


def test_nothing_read_is_no_use() -> None:
    assert briefing_use.use([], [], [], [], [], until=AS_OF, available=3) is None
    assert briefing_use.use(months([1], role="mail_opens"), [], [], [], [], until=AS_OF, available=3) is None


TICKET = TicketRow(
    1, "T-1", "Slow", "open", "high", None, "Kubo", "2026-11-01T09:00:00Z", None, 90, None, None, False
)


def test_service_figures() -> None:
    rows = [
        TICKET,
        replace(
            TICKET,
            id=2,
            status="done",
            solved_at="2026-11-02T09:00:00Z",
            first_reply_min=30,
            resolution_min=600,
            satisfaction=4,
        ),
        replace(TICKET, id=3, priority="low", solved_at="2026-12-01T00:00:00Z"),
        replace(TICKET, id=4, status="done", opened_at="2025-01-05T00:00:00Z"),
    ]
    task = TaskRow(1, "promise_ours", "T-1 fix", "Mori", None, D("2026-12-01"), None, True, "")
    made = briefing_support.support(rows, [task], AS_OF, AS_OF, UTC)
    assert made is not None
    whole = briefing_support.support(rows, [task], AS_OF, AS_OF, UTC, known_from=D("2023-01-01"))
    assert whole is not None
    assert (made.total.before, whole.total.before, whole.total.few) == (None, 1, True)
    assert (made.last_on, made.oldest_days) == (D("2026-11-01"), 22)
    made = whole
    assert (made.total.now, made.total.before, made.open_count, made.high_open, made.high_total) == (
        3,
        1,
        2,
        1,
        2,
    )
    assert next((one.number, one.due, one.owner) for one in made.open) == ("T-1", D("2026-12-01"), "Kubo")
    assert made.first_reply is not None
    assert made.first_reply.now == Decimal("1.5")
    assert briefing_support.support([], [], AS_OF, AS_OF, UTC) is None


@pytest.mark.parametrize(
    ("kind", "scores", "value"),
    [
        ("nps", [9, 10, 8, 6, 0], "0"),
        ("nps", [9, 9, 9, 3], "50"),
        ("csat", [5, 4, 3, 1], "0.5"),
        ("ces", [7, 6, 5], "6.0"),
    ],
)
def test_survey_figures(kind: str, scores: list[float], value: str) -> None:
    rows = [SurveyRow(at, kind, score, "", D("2026-10-01"), False, None) for at, score in enumerate(scores)]
    made = briefing_support.voice(rows, AS_OF)
    assert made is not None
    survey = made.surveys[0]
    assert survey.figure.now == Decimal(value)
    assert survey.high + survey.middle + survey.low == survey.answers == len(scores)


def test_only_shareable_comments_are_shown() -> None:
    rows = [SurveyRow(at, "nps", 9, "words", D("2026-10-01"), bool(at), None) for at in range(2)]
    made = briefing_support.voice(rows, AS_OF)
    assert made is not None
    assert [one.ref for one in made.comments] == ["survey/1"]


def test_orders_show_what_was_won_and_nothing_of_what_is_open() -> None:
    sale = OpportunityRow(1, "S", None, "won", "P", Decimal(5), "USD", 0.5, D("2026-01-01"), None)
    rows = [
        sale,
        replace(sale, id=2, outcome="open"),
        replace(sale, id=3, outcome="lost"),
        replace(sale, id=4, close_on=D("2027-01-01")),
    ]
    orders = briefing_terms.openings(rows, AS_OF)
    assert [order.ref for order in orders] == ["opportunity/1"]
    said = briefing_headline.headline(Terms(), briefing_plan.Plan(), None, None, orders)
    assert [message.code for message in said] == ["bought", "date_open"]
    assert [figure.code for figure in briefing_headline.key_figures(Terms(), None, None, None, orders)] == [
        "won",
        "won_value",
    ]


def test_the_headline_names_waiting_high_severity_enquiries_first() -> None:
    support = briefing_support.support([TICKET, replace(TICKET, id=2)], [], AS_OF, AS_OF, UTC)
    use = briefing_use.use(months([10, 12, 14, 16]), [], [], [], [], until=AS_OF, available=0)
    said = briefing_headline.headline(Terms(), briefing_plan.Plan(), use, support, ())
    assert said[0].code == "high_open"
    assert briefing_headline.headline(Terms(), briefing_plan.Plan(), use, None, ())[0].code == "use_up"
    assert briefing_headline.headline(Terms(), briefing_plan.Plan(), None, None, ())[0].code == "nothing_yet"


@pytest.mark.parametrize(
    ("change", "left", "situation"),
    [
        ({"notice_months": 6}, None, "past_auto"),
        ({"notice_months": 6}, "2026-12-01", "past_auto"),
        ({"notice_months": 6}, "2026-09-30", "leaving"),
        ({"notice_months": 6, "status": "churned"}, None, "leaving"),
        ({"notice_months": 6, "status": "draft"}, None, "none"),
        ({"billing": "monthly", "end_on": None, "notice_months": None}, None, "rolling"),
        ({"billing": "monthly", "end_on": None, "notice_months": None}, "2026-09-30", "ended"),
        ({"billing": "monthly", "end_on": None, "notice_months": None, "status": "ended"}, None, "none"),
    ],
)
def test_what_is_over_does_not_renew_by_itself(
    change: dict[str, object], left: str | None, situation: str
) -> None:
    row = replace(CONTRACT, **change)  # type: ignore[arg-type]
    terms = briefing_terms.terms([row], [], AS_OF, D(left) if left else None)
    assert terms.situation == situation
    alive = situation in {"past_auto", "rolling"}
    assert terms.auto_renew is (True if alive else False if situation == "leaving" else None)
    assert situation != "ended" or terms.end_on == D("2026-09-30")
    assert all(one.auto_renew is alive for one in terms.agreements)


def test_nobody_who_left_is_asked_for_a_renewal() -> None:
    terms = briefing_terms.terms([CONTRACT], [], AS_OF, D("2026-09-30"))
    assert (terms.situation, terms.end_on, terms.notice_on, terms.next_start) == (
        "leaving", CONTRACT.end_on, None, None,
    )  # fmt: skip
    settled, plan = briefing_plan.action_plan(
        terms, Customer(1, "Acme"), "Us", [], approval=(10, True), as_of=AS_OF, met_on=D("2026-12-01")
    )
    assert settled == terms
    assert [(step.code, step.on) for step in plan.steps] == [("end", CONTRACT.end_on)]
    assert briefing_headline.headline(terms, plan, None, None, ())[-1].code == "ends"


def test_a_cancelled_order_beside_the_one_that_runs_is_neither_agreed_nor_asked_about() -> None:
    cancelled = replace(CONTRACT, id=9, status="churned", name="Order 4711")
    alone, beside = (briefing_terms.terms(rows, [], AS_OF) for rows in ([CONTRACT], [cancelled, CONTRACT]))
    assert beside == alone
    before = replace(cancelled, start_on=D("2020-01-01"), end_on=AS_OF)
    assert [one.name for one in briefing_terms.terms([before, CONTRACT], [], AS_OF).agreements] == [
        "Order 4711", CONTRACT.name or "",
    ]  # fmt: skip
    assert briefing_terms.terms([before, CONTRACT], [], AS_OF).situation == alone.situation


def test_a_year_s_price_with_an_amount_below_zero_is_missing() -> None:
    credit = replace(CONTRACT, id=9, arr=-CONTRACT.arr * 3 if CONTRACT.arr else None)
    terms = briefing_terms.terms([CONTRACT, credit], [], AS_OF)
    assert terms.totals == ()
    other = briefing_terms.terms([CONTRACT, replace(credit, currency="CHF")], [], AS_OF)
    assert [one.currency for one in other.totals] == [CONTRACT.currency]


def test_a_contract_to_come_is_not_the_last_that_ended() -> None:
    old = replace(CONTRACT, end_on=D("2026-03-31"), auto_renew=False)
    offers = [
        replace(CONTRACT, id=number, start_on=D("2027-04-01"), end_on=D("2028-03-31"), status=status)
        for number, status in enumerate(("draft", "churned", "active"), 2)
    ]
    terms = briefing_terms.terms([*offers, old], [], AS_OF)
    assert (terms.situation, terms.end_on) == ("ended", D("2026-03-31"))
