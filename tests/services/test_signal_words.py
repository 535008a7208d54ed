"""Signals in words: every code has its words, typed text stays as typed, counts and dates read well."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench import i18n
from cs_workbench.domain.signal_ranking import Stake, rank
from cs_workbench.domain.signals import Evidence, Signal
from cs_workbench.services import signal_words as words
from tests.builders_signals import DAY, TODAY, book

STAKE = Stake(Decimal(1), "JPY", "stated")


def signal(rule: str, code: str = "", due: int | None = None, **params: Any) -> Signal:
    on = None if due is None else TODAY + due * DAY
    return book()[rule].raised(1, "x", code or rule, params=params, due=on)


def late_loop(comment: str) -> Signal:
    params = {"comment": comment, "on": TODAY - 6 * DAY, "due": TODAY - 4 * DAY}
    return book()["loop_overdue"].raised(1, "x", "loop_overdue", params=params)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (signal("usage_fell", change=-0.31), "Ask why usage fell 31%"),
        (signal("band_dropped", band="red"), "Ask why health turned red"),
        (signal("score_fell", before_band="green", before=88.0, score=76.0), "Ask why health fell by 12"),
        (signal("axis_red", axes=("roi", "adoption")), "Look into ROI, Adoption"),
        (signal("touch_debt", days=47), "Talk again after 47 days"),
        (signal("bad_answer", score=3.0), "Answer a survey score of 3"),
        (signal("loop_overdue", days=4), "Close a loop 4 days late"),
        (
            signal("missing_data", gaps=("renewal_date", "amount")),
            "Add the renewal date and the contract amount",
        ),
        (signal("promise", title="{0} <b>100%</b>"), "Keep a promise: {0} <b>100%</b>"),
        (signal("task", title="{title} {x}"), "{title} {x}"),
        (signal("renewal", "renewal_60"), "Bring the value case"),
        (signal("renewal", "renewal_45"), "Prepare the renewal"),
    ],
)
def test_titles(given: Signal, title: str) -> None:
    assert words.title(given) == title


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            signal("renewal", "renewal_60", by="notice_deadline", deadline=dt.date(2026, 12, 31), days=37),
            "D−37: notice until 31 Dec.",
        ),
        (
            signal("notice_close", by="contract_end", deadline=dt.date(2026, 12, 1), days=7),
            "D−7: the term ends on 1 Dec.",
        ),
        (
            signal("champion_left", person="Mori", on=None, active=1),
            "Mori left; contacts remaining: 1.",
        ),
        (
            signal("champion_left", person="Mori", on=dt.date(2026, 11, 13), active=1),
            "Mori left on 13 Nov; contacts remaining: 1.",
        ),
        (
            signal(
                "bad_answer", survey="nps", comment="search is slow", person="Tamura", on=TODAY, score=3.0
            ),
            "Tamura on 24 Nov: “search is slow”",
        ),
        (
            late_loop("Slow <b>search</b>."),
            "Said on 18 Nov, answer due 20 Nov: “Slow <b>search</b>”",
        ),
        (
            late_loop(" "),
            "Said on 18 Nov; they were to hear from us by 20 Nov.",
        ),
        (
            signal("bad_answer", survey="csat", comment="", person="Tamura", on=TODAY, score=1.0),
            "CSAT answered on 24 Nov, not yet answered by us.",
        ),
        (signal("promise", person="Kuroda", made=dt.date(2026, 11, 17)), "Promised to Kuroda on 17 Nov."),
        (signal("promise", person="", made=dt.date(2026, 11, 17)), "Promised on 17 Nov."),
        (
            book()["their_promise"].raised(1, "x", "their_promise", params={"person": "", "due": TODAY}),
            "Was due on 24 Nov.",
        ),
        (signal("seats_full", share=0.92, seats=120), "92% of 120 seats used."),
        (signal("ticket_spike", days=14, usual=1.3333), "In 14 days; usual are 1.3."),
    ],
)
def test_reasons(given: Signal, reason: str) -> None:
    assert words.reason(given) == reason


def test_what_was_folded_in_is_told_behind() -> None:
    debt = Evidence("signal", 0, "touch_debt", {"days": 41, "cadence": 30, "last": TODAY})
    given = book()["severe_ticket"].raised(
        1, "x", "severe_ticket", params={"subject": "Login", "days": 9}, evidence=(debt,)
    )
    assert words.reason(given) == "High severity: “Login”. No two-way contact for 41 days."
    assert words.evidence(debt) == "No two-way contact for 41 days"


@pytest.mark.parametrize(
    ("due", "said"), [(None, "Any day"), (-3, "3 d late"), (0, "Today"), (2, "26 Nov"), (40, "3 Jan")]
)
def test_due(due: int | None, said: str) -> None:
    assert words.due(signal("task", due=due), TODAY) == said


@pytest.mark.parametrize(
    ("due", "deadline", "said"),
    [
        (-3, 37, "3 days late, D−37"),
        (-1, None, "1 day late"),
        (0, None, "medium priority, due today"),
        (2, 10, "medium priority, due 26 Nov, D−10"),
        (None, None, "medium priority"),
    ],
)
def test_urgency(due: int | None, deadline: int | None, said: str) -> None:
    given = book()["task"].raised(
        1,
        "x",
        "task",
        due=None if due is None else TODAY + due * DAY,
        deadline=None if deadline is None else TODAY + deadline * DAY,
    )
    place = rank(given, STAKE, 41, 30, TODAY)
    assert words.urgency(given, place, TODAY) == said
    assert words.touch(place) == "41 of 30 days"
    assert words.touch(rank(given, STAKE, None, 30, TODAY)) == "no contact recorded"
    assert words.effort(given) == "an hour"


def test_every_rule_has_its_words() -> None:
    rules = set(book().rules) - {"renewal"}
    assert rules <= set(words.TITLES)
    assert rules - {"notice_close"} <= set(words.REASONS)
    assert {rule.verb for rule in book().rules.values()} <= set(words.VERBS)
    assert {rule.effort for rule in book().rules.values()} <= set(words.EFFORTS)
    assert {f"renewal_{step.day}" for step in book()["renewal"].steps} <= set(words.TITLES)


def test_dates_and_sentences_follow_the_language() -> None:
    i18n.set_language("ja")
    assert words.short(TODAY) == "11/24"
    assert words.sentences(["一。", "", "二。"]) == "一。二。"
    i18n.set_language("en")
    assert words.sentences(["One.", "", "Two."]) == "One. Two."


@pytest.mark.parametrize(
    ("language", "day", "text"),
    [
        ("en", dt.date(2024, 12, 16), "16 Dec 2024"),
        ("ja", dt.date(2024, 12, 16), "2024/12/16"),
        ("ja", dt.date(2026, 12, 16), "12/16"),
        ("ja", dt.date(2026, 6, 1), "6/1"),
    ],
)
def test_a_day_far_away_names_its_year(language: str, day: dt.date, text: str) -> None:
    i18n.set_language(language)
    assert words.short(day, TODAY) == text
    given = signal("touch_debt", "never_talked", last=day, cadence=30, days=700)
    assert text in words.reason(given, TODAY)


@pytest.mark.parametrize("subject", ["", "  "])
def test_a_ticket_without_a_subject_has_no_empty_quotes(subject: str) -> None:
    said = words.reason(signal("severe_ticket", subject=subject, days=10, opened=TODAY), TODAY)
    assert "“”" not in said
    assert said == "A ticket of high severity, without a subject."


def test_a_quoted_sentence_does_not_end_twice() -> None:
    i18n.set_language("ja")
    said = words.reason(
        signal("severe_ticket", subject="要望が反映されません。", days=10, opened=TODAY), TODAY
    )
    assert "。」" not in said
    assert said.endswith("」。")


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        (("notice_period",), "Until it is entered, the end of the term counts."),
        (("amount", "notice_period"), "Forecasts leave this account out."),
        (("renewal_date", "amount"), "Forecasts and reminders leave this account out."),
        (("contract",), "Forecasts and reminders leave this account out."),
    ],
)
def test_what_follows_of_a_gap_is_true(gaps: tuple[str, ...], said: str) -> None:
    assert words.reason(signal("missing_data", gaps=gaps)) == said
