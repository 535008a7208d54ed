"""The verb roi: an account's ledger or a file, as tables and as JSON."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cs_workbench.cli.verbs.value import _payback
from cs_workbench.services import value_heads, value_ledgers, value_reading
from cs_workbench.services.workbench import Workbench
from tests.cli.conftest import Run

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TABLE = """
currency = "USD"
rate = 0.1
[[benefit]]
title = "All benefits"
formula = "base"
confidence = "measured"
ramp = [0.379811355296051557, 0.723762061859115814, 1]
agreed = true
[benefit.inputs.base]
value = 4452379.28492650
unit = "USD/year"
low = 4000000
high = 5000000
[[cost]]
title = "All costs"
amounts = [50619.047619, 634966.666667, 606449.523810, 616936.190476]
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    """The published table with its risk taken out beforehand."""
    path = tmp_path / "model.toml"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_a_file_gives_the_published_figures(csw: Run, model: str) -> None:
    ran = csw("--json", "roi", "--model", model)
    assert ran.code == 0
    result = ran.json["result"]
    assert abs(result["costs"] - 1_672_201) <= 1
    assert abs(result["benefits"] - 7_168_371) <= 20
    assert round(result["roi"] * 100) == 329
    assert [row["year"] for row in ran.json["cash_flow"]] == [0, 1, 2, 3]
    assert ran.json["sensitivity"][0]["input"] == "base"


def test_people_read_tables(csw: Run, model: str) -> None:
    ran = csw("roi", "--model", model)
    assert ran.code == 0
    assert "329%" in ran.out
    assert "All benefits" in ran.out
    assert "NPV at low" in ran.out
    assert "10%" in ran.err


def test_an_account_s_ledger_says_what_it_leaves_out(csw: Run, tmp_path: Path) -> None:
    csw("init", "--sample", "--as-of", "2026-11-24")
    with Workbench.open(str(tmp_path / "portfolio.csw")) as wb:
        ledger = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
        value_ledgers.add_line(wb, ledger, "Time saved", "hours * price")
        whole = value_ledgers.add_line(wb, ledger, "Fewer tools", "gain")
        (row,) = value_reading.ledger_view(wb.reads, ledger, NOW.date()).inputs[whole]
        value_ledgers.edit(wb, "input", row.id, "value", "900000", now=NOW)
        value_ledgers.edit(wb, "input", row.id, "unit", "JPY/year", now=NOW)
    ran = csw("--json", "roi", "1", "--as-of", "2026-11-24")
    assert ran.code == 0
    assert [one["title"] for one in ran.json["potential"]] == ["Fewer tools"]
    assert ran.json["counted"] == []
    (left,) = ran.json["left_out"]
    assert (left["title"], left["reason"]) == ("Time saved", "“hours” has no figure yet.")
    working = {one["key"]: one for one in ran.json["working"]}
    assert {"value", "roi", "payback", f"line:{ran.json['potential'][0]['id']}"} <= set(working)
    assert working["value"]["steps"][-1]["about"] == "Potential lines are not added."
    assert "Left out: Time saved" in csw("roi", "1", "--as-of", "2026-11-24").out
    told = csw("--json", "roi", "26", "--as-of", "2026-11-24")
    assert any("at its mean of each ledger year" in one for one in told.json["notices"])
    assert all(one in told.err for one in told.json["notices"])
    (past, *_later) = next(one["past"] for one in told.json["counted"] if one["past"])
    assert (past["year"], past["share"]) == (1, 1)
    assert 0 < past["means"]["users"] < 109
    assert past["full_year"] > 0


def test_an_account_without_a_ledger_is_said(csw: Run) -> None:
    csw("init", "--sample", "--as-of", "2026-11-24")
    ran = csw("--json", "roi", "1")
    assert (ran.code, ran.json["error"]["code"]) == (1, "no_ledger")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('formula = "base"', 'formula = "base +"'), "unexpected"),
        (('formula = "base"', 'formula = "other"'), "unknown_name"),
        (('unit = "USD/year"', 'unit = "hours"'), "not_money"),
        (('unit = "USD/year"', 'unit = "USD/month"'), "money_a_time"),
        (('unit = "USD/year"', 'unit = ""'), "no_unit"),
        (('unit = "USD/year"', 'unit = "EUR"'), "other_currency"),
        (('unit = "USD/year"', 'unit = "furlong"'), "unit"),
        (("value = 4452379.28492650", "value = -1"), "ledger_file"),
    ],
)
def test_a_file_that_cannot_be_computed_is_refused_with_the_reason(
    csw: Run, tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(TABLE.replace(*change), encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path))
    assert (ran.code, ran.json["error"]["code"]) == (1, code)
    assert ran.json["error"]["message"]


def test_costs_that_come_to_nothing_give_no_return(csw: Run, tmp_path: Path) -> None:
    path = tmp_path / "free.toml"
    path.write_text(TABLE.split("[[cost]]", maxsplit=1)[0], encoding="utf-8")
    assert csw("--json", "roi", "--model", str(path)).json["result"] is None
    assert "no return yet" in csw("roi", "--model", str(path)).out


def test_neither_or_both_is_refused(csw: Run, model: str) -> None:
    assert csw("roi").code == 1
    assert csw("roi", "1", "--model", model).code == 1


@pytest.mark.parametrize(("edition", "language"), [("customer", "ja"), ("internal", "en")])
def test_the_ledger_is_written_as_a_workbook(csw: Run, tmp_path: Path, edition: str, language: str) -> None:
    csw("init", "--sample", "--as-of", "2026-11-24")
    with Workbench.open(str(tmp_path / "portfolio.csw")) as wb:
        ledger = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
        line = value_ledgers.add_line(wb, ledger, "Time saved", "5 * gain")
        value_ledgers.edit(wb, "line", line, "note", "SECRET NOTE", now=NOW)
        (row,) = value_reading.ledger_view(wb.reads, ledger, NOW.date()).inputs[line]
        for field, typed in (("value", "900000"), ("unit", "JPY/year")):
            value_ledgers.edit(wb, "input", row.id, field, typed, now=NOW)
    ran = csw("--json", "roi", "1", "--export", "xlsx", "--edition", edition, "--lang", language,
              "--out", str(tmp_path / "out"), "--as-of", "2026-11-24")  # fmt: skip
    assert ran.code == 0
    (file,) = ran.json["files"]
    assert Path(file).stat().st_mode & 0o777 == 0o600
    texts = {str(cell.value) for sheet in openpyxl.load_workbook(file) for row in sheet for cell in row}
    assert ("SECRET NOTE" in texts) is (edition == "internal")
    assert ("費用" in texts) is (language == "ja")


def test_zero_costs_currencies_and_rates_of_a_file(csw: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"

    def told(*changes: tuple[str, str]) -> Any:
        text = TABLE
        for change in changes:
            text = text.replace(*change)
        path.write_text(text, encoding="utf-8")
        return csw("--json", "roi", "--model", str(path))

    zero = told(("[50619.047619, 634966.666667, 606449.523810, 616936.190476]", "[0, 0]"))
    assert (zero.code, zero.json["error"]["code"]) == (1, "ledger_file")
    assert "one of them above 0" in zero.json["error"]["message"]
    assert "three letters" in told(('currency = "USD"', 'currency = "dollar"')).json["error"]["message"]
    euros = ('unit = "USD/year"', 'unit = "EUR/year"')
    assert told(euros).json["error"]["code"] == "other_currency"
    rated = told(euros, ("rate = 0.1", "rate = 0.1\nrates = { EUR = 1.1 }"))
    assert rated.code == 0
    assert rated.json["counted"][0]["full_year"] == round(4452379.28492650 * 1.1)
    bad = told(("rate = 0.1", "rate = 0.1\nrates = { EUR = 0 }"))
    assert "above 0" in bad.json["error"]["message"]


OVERLAPPING = """
currency = "USD"
[[benefit]]
title = "Hours"
formula = "users * gain"
agreed = true
[benefit.inputs]
users = {value = 10, unit = "people"}
gain = {value = 900, unit = "USD/person/year", low = 700, high = 950}
[[benefit]]
title = "Hours"
formula = "users * worth"
agreed = true
[benefit.inputs]
users = {value = 10, unit = "people"}
worth = {value = 400, unit = "USD/person/year", low = 300}
[[cost]]
title = "Subscription"
amounts = [0, 2000, 2000, 2000]
"""


def test_overlaps_of_a_file_are_said_and_each_line_moves_alone(csw: Run, tmp_path: Path) -> None:
    path = tmp_path / "twice.toml"
    path.write_text(OVERLAPPING, encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path))
    assert ran.code == 0
    assert ran.json["overlaps"] == [{"input": "users", "benefits": ["1", "2"]}]
    assert "share the input “users”" in ran.err
    assert [(one["benefit"], one["input"]) for one in ran.json["sensitivity"]] == [
        ("1", "gain"),
        ("2", "worth"),
    ]
    assert "share the input “users”" in csw("roi", "--model", str(path)).err


@pytest.mark.parametrize(
    ("formula", "most", "code"),
    [
        ("base * more * more", "999999999999999", "ledger_file"),
        ("base * more", "0.000000000000001", ""),
        ("base / more", "0.000000001", "ledger_file"),
        ("base * more", "99999999", ""),
    ],
)
def test_figures_of_any_size_are_computed_or_refused(
    csw: Run, tmp_path: Path, formula: str, most: str, code: str
) -> None:
    path = tmp_path / "large.toml"
    more = f"[benefit.inputs]\nmore = {{value = {most}}}\n[benefit.inputs.base]"
    text = TABLE.replace('formula = "base"', f'formula = "{formula}"').replace("[benefit.inputs.base]", more)
    path.write_text(text.replace("50619.047619", "0").replace("634966.666667", "0.0001"), encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path))
    assert (ran.json.get("error") or {"code": ""})["code"] == code
    assert csw("roi", "--model", str(path)).code == ran.code


LICENCES = """
currency = "USD"
years = 3
[[benefit]]
title = "Archive licence ended"
formula = "months * price"
agreed = true
[benefit.inputs]
months = {value = 12, unit = "months/year"}
price = {value = 100, unit = "USD/month"}
[[benefit]]
title = "Fax line ended"
formula = "months * price"
agreed = true
[benefit.inputs]
months = {value = 12, unit = "months/year"}
price = {value = 100, unit = "USD/month"}
[[cost]]
title = "Subscription"
amounts = [0, 1000, 1000, 1000]
"""


def test_two_tools_of_one_price_are_asked_about_and_counted(csw: Run, tmp_path: Path) -> None:
    path = tmp_path / "licences.toml"
    path.write_text(LICENCES, encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path))
    assert ran.code == 0
    assert [one["full_year"] for one in ran.json["counted"]] == [1200, 1200]
    assert ran.json["overlaps"] == [{"input": None, "benefits": ["1", "2"]}]
    assert "do they count one gain twice?" in ran.err
    path.write_text(LICENCES.replace("Fax line ended", "archive  Licence ended"), encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path))
    assert ran.code == 1
    assert "one gain counts once" in ran.err + ran.out


@pytest.mark.parametrize(
    ("years", "told"),
    [("0.2167", "2.6 months"), ("2.4", "2.4 years"), ("0", "nothing is spent ahead"), (None, "never")],
)
def test_payback_is_told_as_on_paper(years: str | None, told: str) -> None:
    assert _payback(None if years is None else Decimal(years)) == told
