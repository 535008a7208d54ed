"""Hostile words, numbers and days typed into themes, complaints, answers, sessions, ledgers and onboardings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.services import (
    feedback,
    onboarding,
    portfolios,
    survey_entry,
    training,
    typed_days,
    value_files,
    value_ledgers,
    voice_cases,
)
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW, add_account

TODAY = NOW.date()
HOSTILE = "slow\ud800 \u202eevil\u202c\u200b\x00\x1b[31m red"
CLEAN = "slow evil[31m red"


@pytest.fixture(scope="module")
def wb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    path = str(tmp_path_factory.mktemp("typed") / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
        yield workbench


def test_what_cannot_be_seen_is_not_stored(wb: Workbench) -> None:
    theme = feedback.add_theme(wb, HOSTILE, HOSTILE)
    feedback.add(wb, 1, HOSTILE, on=TODAY, theme_id=theme)
    voice_cases.add(wb, 1, HOSTILE, said_on=TODAY, now=NOW)
    survey_entry.add(wb, 1, "nps", 3, on=TODAY, comment=HOSTILE, campaign=HOSTILE)
    for column in ("name", "keywords"):
        assert wb.reads.scalar(f"select {column} from theme") == CLEAN
    assert wb.reads.scalar("select said from feedback") == CLEAN
    assert wb.reads.scalar("select said from voice_case") == CLEAN
    assert wb.reads.one("select comment, campaign from survey") == (CLEAN, CLEAN)
    for entity, field in (("line", "title"), ("line", "note"), ("cost", "title"), ("evidence", "text")):
        assert value_ledgers.read(entity, field, HOSTILE) == CLEAN  # type: ignore[arg-type]


def test_a_theme_of_nothing_visible_is_none(wb: Workbench) -> None:
    with pytest.raises(InvalidValue):
        feedback.add_theme(wb, "\u200b\u2060")
    with pytest.raises(InvalidValue):
        value_ledgers.read("line", "title", "\u200b")


def test_names_end_somewhere(wb: Workbench) -> None:
    theme = feedback.add_theme(wb, "<img src=x>" * 1_000)
    assert len(wb.reads.scalar("select name from theme where id = ?", (theme,))) <= 300
    assert len(value_ledgers.read("cost", "title", "件" * 10_000)) <= 300


@pytest.mark.parametrize(
    "text", ["1e-9999999", "1e999999999", "1e300", "9" * 5_000, "1_0", "٣", "50%%", "nan", "inf"]
)
def test_no_absurd_number_enters_a_ledger(text: str) -> None:
    for entity, field in (("input", "value"), ("line", "attribution"), ("line", "ramp"), ("cost", "amounts"),
                          ("ledger", "rate"), ("ledger", "years")):  # fmt: skip
        with pytest.raises(InvalidValue):
            value_ledgers.read(entity, field, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kept"), [("１２００", "1200"), ("1,200.50", "1200.50"), ("12.5 %", "0.125"),
                                            ("80％", "0.8"), ("1e3", "1000"), ("0", "0")])  # fmt: skip
def test_numbers_as_people_type_them_still_enter(text: str, kept: str) -> None:
    assert value_ledgers.read("input", "value", text) == kept


@pytest.mark.parametrize("digits", ["9" * 10_000, "1:" + "9" * 10_000])
def test_ten_thousand_digits_are_refused_in_words(digits: str) -> None:
    with pytest.raises(InvalidValue):
        survey_entry.read_count(digits)
    with pytest.raises(InvalidValue):
        training._heads(digits)
    with pytest.raises(InvalidValue):
        training._minutes(digits)


@pytest.mark.parametrize("day", ["0001-01-01", "0226-11-01", "9999-12-31", "2201-01-01"])
def test_one_bound_holds_for_every_day_typed(wb: Workbench, day: str) -> None:
    with pytest.raises(InvalidValue):
        typed_days.typed_day(day, TODAY, "on")
    with pytest.raises(InvalidValue):
        survey_entry.read_day(day, TODAY)
    with pytest.raises(InvalidValue):
        value_ledgers.read("ledger", "starts_on", day)
    with pytest.raises(InvalidValue):
        onboarding.start(wb, 1, "standard", starts_on=dt.date.fromisoformat(day), language="en")
    assert typed_days.typed_day("2200-12-31", TODAY, "on") == dt.date(2200, 12, 31)


def test_a_key_that_stands_twice_in_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text('{"currency": "JPY", "years": 3, "years": 5}', encoding="utf-8")
    with pytest.raises(FileProblem, match="years"):
        value_files.read_file(str(path))
    broken = tmp_path / "list.json"
    broken.write_text(json.dumps([1, 2]), encoding="utf-8")
    with pytest.raises(FileProblem) as caught:
        value_files.read_file(str(broken))
    assert "table declaration" not in str(caught.value)
