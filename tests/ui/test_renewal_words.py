"""What rows, steps and remarks of the Renewals page say, case by case, in a spreadsheet and to those who cannot see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain.forecast import Bucket, Calibration, Chance, forecast
from cs_workbench.domain.money import Amount
from cs_workbench.domain.runway import Known, runway
from cs_workbench.services.renewal_acts import STEP_NAMES
from cs_workbench.services.renewal_detail import Complaint, Detail
from cs_workbench.services.renewal_papers import Mail
from cs_workbench.services.renewals import Missing, RenewalRow, Renewals
from cs_workbench.store.queries.account_page import PersonRow, TaskRow
from cs_workbench.store.queries.renewals import PlanRow, RenewalCallRow
from cs_workbench.ui.pages.renewals import pane, steps, words
from cs_workbench.ui.pages.renewals.mail_sheet import read_mail, written
from cs_workbench.ui.pages.renewals.meeting_sheet import _time
from cs_workbench.ui.pages.renewals.model import Heading, Line, RenewalsModel, account_of, key_of
from cs_workbench.ui.pages.renewals.questions import _share

TODAY = dt.date(2026, 11, 24)
NOTICE = dt.date(2026, 12, 31)
END = dt.date(2027, 3, 31)
ON = dt.date(2026, 11, 18)


def made(number: int = 1, name: str = "Aoba", **changes: object) -> RenewalRow:
    row = RenewalRow(
        account_id=number, name=name, tier="B", term_end=END, notice_on=NOTICE, deadline=NOTICE, notice_passed=False,
        auto_renew=True, amounts=(Amount(Decimal(6_500_000), "JPY"),), value=Decimal(6_500_000), score=61.0, band="red",
        called=None, call=None, category="best_case", likelihood=0.45,
        way=runway(NOTICE, TODAY, Known(dict.fromkeys((1, 2, 3), ON))), known={}, plan=None, proven=frozenset(),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def called(category: str = "probable", likelihood: float = 0.75, reason: str = "") -> dict[str, object]:
    call = RenewalCallRow(1, 1, END, category, likelihood, reason, ON)
    return {"call": call, "category": category, "likelihood": likelihood}


def person(number: int, name: str, *roles: str) -> PersonRow:
    return PersonRow(number, name, "", None, None, None, None, None, None, "active", None, None, roles, None)


def detail(row: RenewalRow, **changes: object) -> Detail:
    one = Detail(row, TODAY, (), frozenset(), (), (), 11, 12, ON, (), {"en": ("", ""), "ja": ("", "")})
    return replace(one, **changes)  # type: ignore[arg-type]


def all_of(*rows: RenewalRow, **changes: object) -> Renewals:
    one = forecast(Chance(row.value, row.likelihood) for row in rows if row.value is not None)
    found = Renewals(TODAY, 180, "JPY", rows, (), one, (), 0, 0, None)
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("Not called", "")), (called(), ("Probable", "75%")), (called("at_risk", 0.2), ("At risk", "20%")),
        ({**called("monitor"), "category": "best_case"}, ("Monitor", "")), (called("commit", 0.955), ("Commit", "96%")),
    ],
)  # fmt: skip
def test_the_call_in_words(changes: dict[str, object], said: tuple[str, str]) -> None:
    assert words.call(made(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "¥6.5M"),
        ({"value": None, "amounts": ()}, "–"),
        ({"value": None, "amounts": (Amount(Decimal(12_000), "USD"),)}, "$12k"),
        (
            {"value": None, "amounts": (Amount(Decimal(1), "EUR"), Amount(Decimal(12_000), "USD"))},
            "€1 + $12k",
        ),
    ],
)
def test_the_value_in_words(changes: dict[str, object], said: str) -> None:
    assert words.money(made(**changes), "JPY") == said


def test_a_row_for_the_ear() -> None:
    said = words.spoken(made(**called()), TODAY, "JPY")
    assert said.startswith("Aoba, ¥6.5M, 31 Dec 2026, D−37, Health 61, red")
    assert said.endswith("step 4 of 8 late, Probable 75%")
    everything = runway(NOTICE, TODAY, Known(dict.fromkeys(range(1, 9), ON)))
    assert "all eight steps done" in words.spoken(made(way=everything), TODAY, "JPY")


def test_headlines_for_every_forecast() -> None:
    unknown = all_of(made())
    assert words.headline(unknown) == "¥6.5M comes up for renewal; no health is measured yet"
    found = replace(unknown, measured=1)
    assert words.headline(found) == "¥2.9M of ¥6.5M is expected to renew"
    assert "1 renewal. Expected" in words.definition(found)
    assert words.headline(all_of()) == "Nothing is due within 90 days"
    assert words.definition(all_of()) == "Later renewals stand below."
    without = all_of(made(value=None), forecast=None, no_rate=("EUR", "USD"))
    assert words.headline(without) == "The forecast needs a rate for EUR, USD"
    assert "without one" in words.definition(without)


def test_a_rounded_range_names_its_unit() -> None:
    found = all_of(made())
    assert found.forecast is not None
    rounded = replace(found, forecast=replace(found.forecast, unit=Decimal(5000)))
    assert words.definition(rounded).endswith("Range rounded to ¥5k.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"not_called": 2}, "2 not called yet: likelihood from health."),
        ({"without_value": 1}, "1 without an amount is left out."),
        ({"without_value": 3}, "3 without an amount are left out."),
        (
            {"record": Calibration(22, 0.2377, (Bucket(4, 0.95, 1.0), Bucket(18, 0.8, 11 / 18)))},
            "Your 80% calls renewed 61% (18; Brier 0.24).",
        ),
    ],
)
def test_what_the_forecast_rests_on(changes: dict[str, object], said: str) -> None:
    assert words.remarks(all_of(made(), **changes)) == said


def test_the_table_for_a_spreadsheet() -> None:
    rows = (made(name="=1+1"), made(2, "a\tb\nc", value=None, amounts=()), made(3, score=None, **called()))
    table = words.tsv(all_of(*rows, missing=(Missing(9, "Nobody", "C-1"),)))
    lines = [line.split("\t") for line in table.splitlines()]
    assert {len(line) for line in lines} == {11}
    assert lines[1][0] != "=1+1"
    assert lines[1][1:6] == ["6500000", "JPY", "2026-12-31", "37", "2027-03-31"]
    assert lines[2][0:3] == ["a b c", "", ""]
    assert (lines[3][6], lines[3][8:]) == ("", ["3", "Probable", "0.75"])
    assert lines[4][0] == "Nobody"


def test_groups_have_headings_and_the_first_ninety_days_need_none() -> None:
    later = made(2, deadline=dt.date(2027, 3, 15))
    far = made(3, deadline=dt.date(2027, 9, 1))
    passed = made(4, deadline=END, notice_passed=True)
    model = RenewalsModel()
    model.fill(all_of(made(), later, far))
    assert [one.text if isinstance(one, Heading) else account_of(one) for one in model.entries] == [
        1, "91–180 days", 2, "More than 180 days", 3,
    ]  # fmt: skip
    model.fill(all_of(made(), later, passed, missing=(Missing(9, "Nobody", ""),)))
    assert [one.text if isinstance(one, Heading) else account_of(one) for one in model.entries] == [
        "Notice date passed, ends without renewal", 4, "Within 90 days", 1, "91–180 days", 2,
        "Contract data missing", 9,
    ]  # fmt: skip
    assert [one.near for one in model.entries if isinstance(one, Line)] == [True, True, False]
    assert (model.place_of((1, END)), model.place_of(9), model.place_of(None)) == (3, 7, -1)
    assert (model.place_of_account(2), model.place_of_account(77)) == (5, -1)
    assert (model.nearest(0), model.nearest(6), model.nearest(99)) == (1, 7, 7)
    assert [key_of(model.entries[n]) for n in (0, 1, 7)] == [None, (4, END), 9]


def test_an_empty_model_has_no_nearest() -> None:
    model = RenewalsModel()
    model.fill(all_of())
    assert (model.rowCount(), model.nearest(0)) == (0, -1)


BOSS = person(2, "Saeki", "decision_maker")
AT = dt.datetime(2026, 12, 8, 12, 0).astimezone()


@pytest.mark.parametrize(
    ("number", "row", "more", "said", "colour"),
    [
        (1, {}, {}, "marked by you", "text.secondary"),
        (1, {"proven": frozenset({1})}, {}, "conversation on record", "text.secondary"),
        (2, {}, {}, "no decision maker recorded", "health.yellow.text"),
        (2, {}, {"people": (BOSS,)}, "not fixed yet", "text.secondary"),
        (2, {"plan": PlanRow(1, AT, None, 1, False)}, {"people": (BOSS,)}, "▲ 8 Dec 12:00; Saeki missing",
         "health.yellow.text"),
        (2, {"plan": PlanRow(1, AT, None, 1, False)}, {}, "▲ 8 Dec 12:00; no decision maker", "health.yellow.text"),
        (2, {"plan": PlanRow(1, AT, None, 2, True)}, {}, "8 Dec 12:00; 2 people asked", "text.secondary"),
        (3, {}, {}, "complete 11 of 12", "text.secondary"),
        (3, {}, {"measures": 0}, "", "text.secondary"),
        (4, {}, {}, "5 days late", "health.red.text"),
        (5, {}, {}, "", "text.secondary"),
        (6, {}, {}, "after value is agreed", "text.secondary"),
        (7, {}, {}, "no complaint on record", "text.secondary"),
        (7, {}, {"complaints": (Complaint("nps", ON, "x"),)}, "1 known", "text.secondary"),
        (7, {}, {"promises": (TaskRow(1, "promise_ours", "x", None, None, None, None, ""),)},
         "0 known, 1 promise open", "text.secondary"),
        (8, {}, {}, "", "text.secondary"),
    ],
)  # fmt: skip
def test_the_second_line_of_every_step(
    number: int, row: dict[str, object], more: dict[str, object], said: str, colour: str
) -> None:
    one = made(**row)
    step = one.way.steps[number - 1]
    assert steps.told(step, one, detail(one, **more)) == (said, colour)


def test_before_the_detail_is_read_nothing_is_made_up() -> None:
    one = made()
    for number in (3, 5, 7, 8):
        assert steps.told(one.way.steps[number - 1], one, None)[0] == ""


def test_verbs_of_the_steps() -> None:
    one = made()
    assert [steps._verb(step, step.number) for step in one.way.steps] == [
        "Show", "Show", "Show", "Open", "Make", "Make", "Make", "Make",
    ]  # fmt: skip
    assert len(STEP_NAMES) == 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "a call is due"),
        ({"notice_passed": True}, "The notice date has passed"),
        ({"notice_on": None}, "No notice period is recorded"),
        ({"way": runway(NOTICE, dt.date(2026, 12, 18))}, "The approval lacks 6 working days"),
        ({}, "Next on the runway: proposal, 1 Dec 2026."),
    ],
)
def test_what_the_dates_mean(changes: dict[str, object], said: str) -> None:
    assert said in pane.remarks(made(**changes), TODAY)


def test_a_call_that_was_made_is_not_asked_for() -> None:
    assert "a call is due" not in pane.remarks(made(**called()), TODAY)


@pytest.mark.parametrize(
    ("changes", "count", "said"),
    [
        ({}, 0, ""),
        (called(), 1, "Your call: Probable 75%, 18 Nov 2026"),
        (called(reason="Asked"), 2, "Your call: Probable 75%, 18 Nov 2026: Asked (1 call before)"),
        (called(reason="Asked"), 3, "Your call: Probable 75%, 18 Nov 2026: Asked (2 calls before)"),
        (called("monitor"), 0, "Your call: Monitor, 18 Nov 2026"),
    ],
)
def test_the_call_with_its_history(changes: dict[str, object], count: int, said: str) -> None:
    assert pane.call_words(made(**changes), count) == said


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("75", 0.75), ("75%", 0.75), ("７５％", 0.75), (" 12.5 % ", 0.125), ("0", 0.0), ("100", 1.0), ("101", None),
        ("-1", None), ("", None), ("x", None), ("nan", None), ("inf", None),
    ],
)  # fmt: skip
def test_likelihoods_as_typed(typed: str, share: float | None) -> None:
    assert _share(typed) == share


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("14:00", dt.time(14)), ("9:30", dt.time(9, 30)), ("９：３０", dt.time(9, 30)), ("9：30", dt.time(9, 30)),
        ("9.30", dt.time(9, 30)), ("14", dt.time(14)), ("24:00", None), ("", None), ("noon", None),
    ],
)  # fmt: skip
def test_times_as_typed(typed: str, time: dt.time | None) -> None:
    assert _time(typed) == time


@pytest.mark.parametrize(
    "mail", [Mail("a@b.example", "S", "Body\n\nmore\n"), Mail("", "", ""), Mail("", "件名", "本文")]
)
def test_a_mail_is_read_as_it_was_written(mail: Mail) -> None:
    assert read_mail(written(mail)) == mail


@pytest.mark.parametrize("text", ["", "Which tasks would stop?", "To: x", "To: a\nb\n\nc", "[1, 2]"])
def test_what_is_no_mail_is_not_read_as_one(text: str) -> None:
    assert read_mail(text) is None
