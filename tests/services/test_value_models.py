"""Value models to begin with, and ledgers read from a file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.cash_flow import whole
from cs_workbench.domain.formula import names, parse
from cs_workbench.domain.value_ledger import Benefit, Input, Ledger, compute, line
from cs_workbench.errors import FileProblem, NotFound
from cs_workbench.services import (
    portfolios,
    value_files,
    value_heads,
    value_models,
    value_reading,
)
from cs_workbench.services.value_words import CALCULATOR
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_metric, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
FILE = """
currency = "JPY"
years = 3
rate = "10%"

[[benefit]]
title = "All"
category = "cost"
formula = "gain"
ramp = ["70%", 1]
confidence = "measured"
agreed = true
evidence = ["minutes.pdf"]
[benefit.inputs.gain]
value = 6015157.894736842105
unit = "JPY/year"
low = 4000000
as_of = 2026-11-01
source = "time sheet"

[[cost]]
title = "Subscription"
kind = "subscription"
amounts = [419047.619047619, 1435428.571428571, 1435428.571428571, 1435428.571428571]
"""


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            metric = add_metric(db, "mau")
            db.execute("update metric set role='active_users' where id=?", (metric,))
            db.execute("insert into reading (account_id, metric_id, day, value) values (1, 1, 20700, 41)")
        yield workbench


@pytest.mark.parametrize("language", ["en", "ja"])
def test_there_are_five_models_whose_units_come_out_as_money(language: str) -> None:
    found = value_models.models(language)
    assert len(found) >= 5
    for model in found:
        assert model.title
        for one in model.benefits:
            assert one.title
            assert len(one.mechanism) > 20
            given = tuple(
                Input(each.name, Decimal(2), each.unit.format(currency="JPY")) for each in one.inputs
            )
            benefit = Benefit(one.key, one.title, "cost", one.formula, given)
            assert set(names(parse(one.formula))) == {each.name for each in one.inputs}
            line(benefit, Ledger("JPY", 3, (benefit,), ()))


def test_a_model_becomes_lines_whose_users_follow_the_metric(wb: Workbench) -> None:
    ledger = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    before = state(wb.reads)
    lines = value_models.use(wb, ledger, "operations", language="ja")
    view = value_reading.ledger_view(wb.reads, ledger, NOW.date())
    assert [row.id for row in view.lines] == list(lines)
    assert view.lines[0].title == "日常業務の時間短縮"
    users, *_others = view.inputs[lines[0]]
    assert (users.followed, users.metric, users.unit) == (41, "mau", "人")
    assert view.inputs[lines[0]][3].unit == "JPY/時間"
    assert view.lines[0].formula == "利用者数 × 短縮時間 × 稼働週数 × 時間単価 × 活用率"
    assert view.troubles[lines[0]].missing == "value"
    assert wb.undo() == "Add value model"
    assert state(wb.reads) == before


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_calculator_is_a_line_that_only_wants_its_figures(wb: Workbench, language: str) -> None:
    ledger = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    found = value_models.calculators(language)
    assert [one.key for one in found] == [key for key in CALCULATOR if key]
    for one in found:
        before = state(wb.reads)
        number = value_models.add(wb, ledger, "Own words", one.category, one.key, language=language)
        view = value_reading.ledger_view(wb.reads, ledger, NOW.date())
        row = next(row for row in view.lines if row.id == number)
        assert (row.title, row.formula, row.category) == ("Own words", one.formula, one.category)
        assert [each.name for each in view.inputs[number]] == [each.name for each in one.inputs]
        assert view.troubles[number].missing == "value"
        assert wb.undo() == "Add benefit"
        assert state(wb.reads) == before


@pytest.mark.parametrize(("ledger", "calculator"), [(99, "time_saved"), (1, "nothing")])
def test_no_benefit_of_an_unknown_calculator_or_ledger(wb: Workbench, ledger: int, calculator: str) -> None:
    value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    before = state(wb.reads)
    with pytest.raises(NotFound):
        value_models.add(wb, ledger, "Own words", "cost", calculator, language="en")
    assert state(wb.reads) == before


@pytest.mark.parametrize(("ledger", "model"), [(1, "nothing"), (99, "operations")])
def test_a_model_or_ledger_that_is_not_there(wb: Workbench, ledger: int, model: str) -> None:
    value_heads.create(wb, 1, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    with pytest.raises(NotFound):
        value_models.use(wb, ledger, model, language="en")


def test_a_file_in_toml_gives_the_published_figures(tmp_path: Path) -> None:
    path = tmp_path / "ledger.toml"
    path.write_text(FILE, encoding="utf-8")
    ledger = value_files.read_file(str(path))
    found = compute(ledger).result
    assert found is not None
    assert (whole(found.costs), whole(found.npv), whole(found.roi * 100)) == (4_188_183, 8_464_211, 202)
    (one,) = ledger.benefits[0].inputs
    assert (one.low, one.as_of, one.source) == (4_000_000, dt.date(2026, 11, 1), "time sheet")


def test_the_same_in_json(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    data = {
        "currency": "JPY",
        "benefit": [{"title": "All", "formula": "gain", "agreed": True,
                     "inputs": {"gain": {"value": 100, "unit": "JPY"}}}],
        "cost": [{"title": "C", "amounts": [10, "20"]}],
    }  # fmt: skip
    path.write_text(json.dumps(data), encoding="utf-8")
    ledger = value_files.read_file(str(path))
    assert (ledger.years, ledger.rate) == (3, Decimal("0.10"))
    assert ledger.costs[0].amounts == (10, 20)
    assert replace(ledger.benefits[0], inputs=()).confidence == "assumption"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('currency = "JPY"', ""), "currency"),
        (("years = 3", "years = 2.5"), "years"),
        (("years = 3", "years = 11"), "years"),
        (('rate = "10%"', 'rate = "ten"'), "rate"),
        (('formula = "gain"', ""), "benefit 1, formula"),
        (('category = "cost"', 'category = "joy"'), "benefit 1, category"),
        (('ramp = ["70%", 1]', "ramp = []"), "benefit 1, ramp"),
        (("value = 6015157.894736842105", "value = -1"), "benefit 1, gain, value"),
        (("value = 6015157.894736842105", ""), "benefit 1, gain, value"),
        (("value = 6015157.894736842105", "value = nan"), "benefit 1, gain, value"),
        (("[benefit.inputs.gain]", "[benefit.inputs]"), "benefit 1, inputs"),
        (('kind = "subscription"', 'kind = "x"'), "cost 1, kind"),
        (("[[cost]]", "[cost]"), "cost"),
        (("amounts = [419047.619047619,", "amounts = [true,"), "cost 1, amounts"),
        (('ramp = ["70%", 1]', "ramp = [70, 100]"), "benefit 1, ramp"),
        (('ramp = ["70%", 1]', "ramp = [0.1, 0.2, 0.3, 1]"), "benefit 1, ramp"),
        (('unit = "JPY/year"', 'unit = "%"'), "benefit 1, gain, value"),
        (('rate = "10%"', "rate = 10"), "rate"),
        (('rate = "10%"', 'rate = "1e999%"'), "rate"),
        (("agreed = true", "attribution = 80"), "benefit 1, attribution"),
        (("agreed = true", 'agreed = "no"'), "benefit 1, agreed"),
        (('["minutes.pdf"]', '"minutes.pdf"'), "benefit 1, evidence"),
        (("low = 4000000", "low = 7000000"), "benefit 1, gain, low"),
        (("low = 4000000", "high = 4000000"), "benefit 1, gain, high"),
        (("as_of = 2026-11-01", 'as_of = "0000-99-99"'), "benefit 1, gain, as_of"),
        (("as_of = 2026-11-01", "as_of = 7"), "benefit 1, gain, as_of"),
        (("value = 6015157.894736842105", "value = 1e300"), "benefit 1, gain, value"),
        (("value = 6015157.894736842105", 'value = "1e1000000000"'), "benefit 1, gain, value"),
        (("value = 6015157.894736842105", 'value = "1e-1000000000"'), "benefit 1, gain, value"),
        (("1435428.571428571]", "1435428.571428571, 99000000]"), "cost 1, amounts"),
        (("[[cost]]", "[[costs]]"), "costs"),
        (('confidence = "measured"', 'confidance = "measured"'), "benefit 1, confidance"),
        (("low = 4000000", "lowest = 4000000"), "benefit 1, gain, lowest"),
        (('kind = "subscription"', 'sort = "x"'), "cost 1, sort"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, change: tuple[str, str], place: str) -> None:
    path = tmp_path / "ledger.toml"
    path.write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(path))
    assert refused.value.where["place"] == place
    assert refused.value.message.startswith("ledger.toml: ")
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (('ramp = ["70%", 1]', "ramp = [70, 100]"), '50 % is written 0.5 or "50%"'),
        (("[[cost]]", "[[costs]]"), "“cost”"),
        (('confidence = "measured"', 'confidance = "measured"'), "“confidence”"),
        (("1435428.571428571]", "1, 2]"), "at most 4 amounts for 3 years (the start and each year), not 5"),
        (('ramp = ["70%", 1]', "ramp = [0.1, 0.2, 0.3, 1]"), "at most 3 shares for 3 years, not 4"),
    ],
)
def test_a_fault_says_what_is_wanted(tmp_path: Path, change: tuple[str, str], wanted: str) -> None:
    path = tmp_path / "ledger.toml"
    path.write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(path))
    assert wanted in refused.value.message


def test_one_benefit_pasted_twice_is_refused_and_lines_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "ledger.toml"
    head, rest = FILE.split("[[benefit]]")
    block, costs = rest.split("[[cost]]")
    path.write_text(f"{head}[[benefit]]{block}[[benefit]]{block}[[cost]]{costs}", encoding="utf-8")
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(path))
    assert refused.value.where["place"] == "benefit 2"
    other = block.replace("6015157.894736842105", "7000000")
    path.write_text(f"{head}[[benefit]]{block}[[benefit]]{other}[[cost]]{costs}", encoding="utf-8")
    assert [(one.id, one.title) for one in value_files.read_file(str(path)).benefits] == [
        ("1", "All"), ("2", "All"),
    ]  # fmt: skip


def test_a_file_of_too_many_benefits_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    many = [{"title": f"{n}", "formula": f"{n} * gain", "inputs": {"gain": {"value": n, "unit": "JPY"}}}
            for n in range(201)]  # fmt: skip
    path.write_text(json.dumps({"currency": "JPY", "benefit": many}), encoding="utf-8")
    with pytest.raises(FileProblem, match="at most 200"):
        value_files.read_file(str(path))
    path.write_text(json.dumps({"currency": "JPY", "benefit": many[1:]}), encoding="utf-8")
    assert len(value_files.read_file(str(path)).benefits) == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "ledger_file"),
        (b"= =", "ledger_file"),
        (b"{", "ledger_file"),
        (b"[" * 9000, "ledger_file"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(path))
    assert refused.value.code == code


def test_a_missing_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(tmp_path / "none.toml"))
    assert refused.value.code == "file_missing"
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(value_files.LARGEST + 1)
    with pytest.raises(FileProblem) as refused:
        value_files.read_file(str(path))
    assert refused.value.code == "too_large"
