"""Surveys by hand, feedback by theme with the revenue behind it, rules that say which word they found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import feedback, portfolios, survey_entry, theme_suggestions
from cs_workbench.services.voice import voice
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        with workbench.change("fill") as db:
            for number, name in enumerate(("Aoba", "Birch", "Cedar"), 1):
                add_account(db, name)
                if number < 3:
                    add_contract(db, number, arr=number * 100_0000, currency="JPY", status="active",
                                 start_on="2026-01-01", end_on="2027-12-31")  # fmt: skip
        yield workbench


def both_ways(wb: Workbench, act: Callable[[], object]) -> None:
    before = state(wb.reads)
    act()
    after = state(wb.reads)
    assert after != before
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


def test_answers_and_rounds_make_the_response_rate_true(wb: Workbench) -> None:
    both_ways(wb, lambda: survey_entry.add(wb, 1, "nps", "１０", on=TODAY, comment=" good "))
    both_ways(wb, lambda: survey_entry.add_round(wb, "nps", "1,000", on=TODAY, campaign="Q4"))
    found = voice(wb.reads, "nps", TODAY)
    assert (found.result.value, found.rate, found.answers[0].comment) == (100, 0.001, "good")
    one = found.answers[0].id
    both_ways(wb, lambda: survey_entry.correct(wb, one, score=0, comment="bad", on=TODAY, shareable=True))
    assert voice(wb.reads, "nps", TODAY).result.value == -100
    both_ways(wb, lambda: survey_entry.delete(wb, one))
    both_ways(wb, lambda: survey_entry.delete_round(wb, survey_entry.rounds(wb.reads, "nps")[0].id))
    assert voice(wb.reads, "nps", TODAY).rate is None


@pytest.mark.parametrize(
    ("kind", "score"), [("nps", 11), ("nps", -1), ("nps", "x"), ("csat", 0), ("ces", 8), ("success", 6), ("nps", 7.5),
                        ("nps", "nan"), ("mood", 1)]
)  # fmt: skip
def test_an_answer_off_the_scale_is_refused(wb: Workbench, kind: str, score: str | float) -> None:
    with pytest.raises(InvalidValue):
        survey_entry.add(wb, 1, kind, score, on=TODAY)
    assert not wb.reads.scalar("select count(*) from survey")


@pytest.mark.parametrize("sent", ["0", "", "-3", "many", "1.5"])
def test_nobody_asked_is_refused(wb: Workbench, sent: str) -> None:
    with pytest.raises(InvalidValue):
        survey_entry.add_round(wb, "csat", sent, on=TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11-30", dt.date(2026, 11, 30)), ("2026/11/30", dt.date(2026, 11, 30)), ("", None),
     ("30 Nov 2026", dt.date(2026, 11, 30)), ("+3", dt.date(2026, 11, 27))],
)  # fmt: skip
def test_days_as_people_type_them(text: str, day: dt.date | None) -> None:
    assert survey_entry.read_day(text, TODAY) == day


def test_no_day_is_said() -> None:
    with pytest.raises(InvalidValue):
        survey_entry.read_day("soonish", TODAY)


def test_themes_carry_the_revenue_behind_them_once_an_account(wb: Workbench) -> None:
    theme = feedback.add_theme(wb, "Speed", "slow\n遅い")
    for account, said in ((1, "slow"), (1, "slow again"), (2, "遅い"), (3, "slow too")):
        both_ways(wb, lambda a=account, s=said: feedback.add(wb, a, s, on=TODAY, theme_id=theme))
    feedback.add(wb, 1, "other", on=TODAY)
    lines = feedback.themes_of(wb.reads, TODAY)
    assert [one.theme.name if one.theme else None for one in lines] == ["Speed", None]
    assert (lines[0].revenue.amount, lines[0].revenue.currency, lines[0].revenue.unknown) == (
        Decimal(300),
        "JPY",
        1,
    )
    assert len(lines[0].said) == 4
    assert len(lines[0].accounts) == 3


def test_a_decision_says_whom_to_tell(wb: Workbench) -> None:
    theme = feedback.add_theme(wb, "Speed")
    ids = [
        feedback.add(wb, account, "slow", on=TODAY - dt.timedelta(days=9), theme_id=theme)
        for account in (1, 2)
    ]
    assert feedback.themes_of(wb.reads, TODAY)[0].to_tell == ()
    both_ways(wb, lambda: feedback.edit_theme(wb, theme, "status", "shipped", today=TODAY))
    line = feedback.themes_of(wb.reads, TODAY)[0]
    assert len(line.to_tell) == 2
    assert line.theme is not None
    assert line.theme.decided_on == TODAY
    both_ways(wb, lambda: feedback.told(wb, ids[:1], TODAY))
    assert [one.id for one in feedback.themes_of(wb.reads, TODAY)[0].to_tell] == ids[1:]
    with pytest.raises(InvalidValue):
        feedback.told(wb, ids, TODAY - dt.timedelta(days=30))
    both_ways(wb, lambda: feedback.delete_theme(wb, theme))
    assert feedback.themes_of(wb.reads, TODAY)[0].theme is None
    both_ways(wb, lambda: feedback.delete(wb, ids))


@pytest.mark.parametrize(
    ("field", "text"), [("name", " "), ("name", "Other"), ("status", "lost"), ("colour", "x")]
)
def test_a_theme_refuses(wb: Workbench, field: str, text: str) -> None:
    feedback.add_theme(wb, "Other")
    theme = feedback.add_theme(wb, "Speed")
    with pytest.raises(InvalidValue):
        feedback.edit_theme(wb, theme, field, text, today=TODAY)


def test_what_is_gone_is_said(wb: Workbench) -> None:
    for act in (
        lambda: feedback.edit_theme(wb, 9, "name", "x", today=TODAY), lambda: feedback.told(wb, [9], TODAY),
        lambda: feedback.add(wb, 9, "x", on=TODAY), lambda: survey_entry.add(wb, 9, "nps", 1, on=TODAY),
        lambda: survey_entry.correct(wb, 9, score=1), lambda: survey_entry.delete_round(wb, 9),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()


def test_rules_say_which_word_matched_and_are_taken_in_bulk(wb: Workbench) -> None:
    for said in ("画面が遅い。", "The page is SLOW and the report is late.", "Fine."):
        survey_entry.add(wb, 1, "nps", 3, on=TODAY, comment=said)
    both_ways(wb, lambda: theme_suggestions.add_starters(wb, "ja"))
    assert theme_suggestions.add_starters(wb, "ja") == 0
    found = theme_suggestions.proposed(wb.reads, TODAY)
    assert {one.heard.said: one.found for one in found}["画面が遅い。"] == ("遅い",)
    shown = theme_suggestions.preview(wb.reads, "slow\n-late", TODAY)
    assert shown == ()
    assert [words for _heard, words in theme_suggestions.preview(wb.reads, "slow", TODAY)] == [("slow",)]
    assert theme_suggestions.preview(wb.reads, " ", TODAY) == ()
    both_ways(wb, lambda: theme_suggestions.accept(wb, found[:1]))
    assert len(theme_suggestions.proposed(wb.reads, TODAY)) == len(found) - 1
    both_ways(wb, lambda: theme_suggestions.refuse(wb, found[1:]))
    assert not theme_suggestions.proposed(wb.reads, TODAY)
    row = next(one for line in feedback.themes_of(wb.reads, TODAY) for one in line.said)
    theme = theme_suggestions.queries.themes(wb.reads)[0].id
    both_ways(wb, lambda: feedback.move(wb, [row.id], theme if row.theme_id != theme else None))


@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_starters_have_names_and_words_in_both_languages(language: str) -> None:
    found = theme_suggestions.starters(language)
    assert len({name for name, _words in found}) == len(found) >= 8
    assert all(len(words.splitlines()) >= 8 for _name, words in found)


def test_a_round_is_put_right_field_by_field(wb: Workbench) -> None:
    made = survey_entry.add_round(wb, "nps", 40, on=TODAY, campaign="Q4")
    read = "select sent, sent_on, coalesce(campaign, '') from survey_round where id = ?"
    for change, row in (
        ({"sent": "５５"}, (55, TODAY.isoformat(), "Q4")), ({"campaign": " "}, (55, TODAY.isoformat(), "")),
        ({"on": TODAY.replace(day=1)}, (55, TODAY.replace(day=1).isoformat(), "")),
    ):  # fmt: skip
        both_ways(wb, lambda change=change: survey_entry.edit_round(wb, made, **change))
        assert wb.reads.one(read, (made,)) == row
    with pytest.raises(InvalidValue):
        survey_entry.edit_round(wb, made, sent="many")
    with pytest.raises(NotFound):
        survey_entry.edit_round(wb, 99, sent=1)
