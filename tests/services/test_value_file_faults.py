"""A file that is no ledger is refused in words of ours, with the place; never in those of a parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.errors import FileProblem
from cs_workbench.services.value_files import read_file

LEDGER = """currency = "JPY"
[[benefit]]
title = "T"
formula = "hours * rate"
inputs.hours = {{value = 1200, unit = "hour/year"}}
inputs.rate = {{value = {rate}, unit = "JPY/hour"}}
"""


def refusal(folder: Path, name: str, content: bytes) -> str:
    """What is told about such a file."""
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        read_file(str(path))
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("deep.json", b"[" * 100_000, "too many brackets within each other"),
        ("bytes.toml", b'currency = "JPY"\nyears = 3\n\xff', "line 3 is not text in UTF-8"),
        ("comma.json", b'{"currency": "JPY"\n "years": 3}', "it cannot be read from line 2, character 2 on"),
        ("cut.json", b'{"currency": ', "it cannot be read from line 1, character 14 on"),
        ("equals.toml", b'currency = "JPY"\nyears 3\n', "it cannot be read from line 2, character 7 on"),
        ("cut.toml", b"years = ", "it ends too early"),
        ("twice.json", b'{"years": 3, "years": 4}', "\u201cyears\u201d stands there twice"),
    ],
)
def test_the_reason_is_in_our_words(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert refusal(tmp_path, name, content) == f"{name} is neither TOML nor JSON: {reason}."
    i18n.set_language("ja")
    told = refusal(tmp_path, name, content)
    i18n.set_language("en")
    assert reason not in told


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [
        ("0.1e-400", "0, or a number from 0.000000000000001 on"),
        ("1e-16", "0, or a number from 0.000000000000001 on"),
        ("1e15", "a number below 1,000,000,000,000,000"),
        ("-1e-5", "a number from 0 on"),
    ],
)
def test_a_figure_beyond_a_bound_is_told_that_bound(tmp_path: Path, rate: str, wanted: str) -> None:
    assert refusal(tmp_path, "l.toml", LEDGER.format(rate=rate).encode()).endswith(f"wanted: {wanted}.")


@pytest.mark.parametrize(
    ("sign", "wanted"), [("", "a number below 1,000,000,000,000,000"), ("-", "a number from 0 on")]
)
def test_a_number_of_thousands_of_digits_is_told_where_it_stands(
    tmp_path: Path, sign: str, wanted: str
) -> None:
    """JSON sets no bound to a number; the file is JSON, and it does not end too early."""
    rate = f'{{"value": {sign}{"9" * 5000}, "unit": "JPY/hour"}}'
    model = f'{{"currency": "JPY", "benefit": [{{"title": "T", "formula": "rate", "inputs": {{"rate": {rate}}}}}]}}'
    told = refusal(tmp_path, "long.json", model.encode())
    assert told == f"long.json: benefit 1, rate, value cannot be used; wanted: {wanted}."


def test_the_same_in_toml_is_no_file_that_ends_too_early(tmp_path: Path) -> None:
    told = refusal(tmp_path, "long.toml", LEDGER.format(rate="9" * 5000).encode())
    assert told == "long.toml cannot be read: a number in it has too many digits."


@pytest.mark.parametrize("amounts", ["[0]", "[0, 0.0]", "[-1]", "[100, -1]", '["-5"]'])
def test_costs_have_one_rule(tmp_path: Path, amounts: str) -> None:
    model = f'currency = "JPY"\n[[cost]]\ntitle = "C"\namounts = {amounts}\n'
    told = refusal(tmp_path, "c.toml", model.encode())
    assert told == "c.toml: cost 1, amounts cannot be used; wanted: numbers from 0 on, one of them above 0."


@pytest.mark.parametrize("rate", ["0", "1e-15", "9999"])
def test_a_figure_on_a_bound_is_taken(tmp_path: Path, rate: str) -> None:
    path = tmp_path / "l.toml"
    path.write_text(LEDGER.format(rate=rate), encoding="utf-8")
    assert read_file(str(path)).benefits[0].inputs[1].value >= 0
