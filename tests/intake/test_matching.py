"""Columns against fields: exact words before loose ones, values as the second witness, each field once."""

from __future__ import annotations

import pytest

from cs_workbench.intake.headers import take_apart
from cs_workbench.intake.kinds import KINDS, expand, spec
from cs_workbench.intake.matching import Fit, fit
from cs_workbench.intake.shape import code_of, shapes
from cs_workbench.intake.table import Cell, Table


def fitted(kind: str, columns: dict[str, Cell]) -> Fit:
    """The fit of a one-row table {header: cell}."""
    table = Table.of(list(columns), [list(columns.values())])
    return fit(kind, [take_apart(name) for name in table.header], shapes(table))


@pytest.mark.parametrize(
    ("kind", "header", "cell", "field"),
    [
        ("contracts", "Renewal date", "2026-01-01", "renewal_on"),
        ("contracts", "Customer contract renewal date", "2026-01-01", "renewal_on"),
        ("contracts", "現行契約終了日", "2026-01-01", "end_on"),
        ("contracts", "Current MRR (EUR)", "12", "mrr"),
        ("contracts", "Seats 2", "12", "seats"),
        ("contracts", "Previous contract renewal date", "2026-01-01", None),
        ("contracts", "前年契約金額", "12", None),
        ("contracts", "Renewal date", "soon", None),
        ("contracts", "Renewal date", "", "renewal_on"),
        ("contracts", "auto_renew_flag", "TRUE", "auto_renew"),
        ("contracts", "seats_flag", "TRUE", None),
        ("people", "連絡先", "a@b.example", "email"),
        ("people", "Whatever", "a@b.example", "email"),
        ("people", "Whatever", "hello", None),
        ("tickets", "問い合わせ番号", "12", "external_id"),
        ("accounts", "導入企業名", "青葉", "name"),
    ],
)
def test_one_column(kind: str, header: str, cell: Cell, field: str | None) -> None:
    assert fitted(kind, {header: cell}).fields == ({field} if field else set())


def test_the_better_word_wins_the_field() -> None:
    found = fitted("people", {"Title": "Ms.", "Job Title": "CFO"})
    assert found.index_of("title") == 1
    assert found.fields == {"title"}


def test_a_field_that_may_repeat_takes_every_column() -> None:
    found = fitted("accounts", {"City": "Reno", "State": "NV"})
    assert [candidate.field.key for candidate in found.found.values()] == ["address", "address"]


def test_values_that_contradict_the_header_are_reported() -> None:
    found = fitted("contracts", {"End date": "never", "ARR": "12"})
    assert found.against == (0,)
    assert found.fields == {"arr"}


@pytest.mark.parametrize("header", ["Status", "ステータス", "契約状況"])
@pytest.mark.parametrize("words", [("Draft", "x", "y", "z"), ("見積", "x", "y", "z", "w", "v")])
def test_one_known_state_of_a_contract_is_enough(header: str, words: tuple[str, ...]) -> None:
    """A draft is no contract, however many states of the column nobody knows."""
    table = Table.of([header], [[word] for word in words])
    assert fit("contracts", [take_apart(header)], shapes(table)).found[0].field.key == "status"
    unknown = Table.of([header], [["x"], ["y"]])
    assert fit("contracts", [take_apart(header)], shapes(unknown)).against == (0,)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Sent", "draft"), ("Pending", "draft"), ("Negotiation/Review", "draft"), ("Rejected", "draft"),
        ("Void", "draft"), ("稟議中", "draft"), ("内示", "draft"), ("発注待ち", "draft"), ("キャンセル", "churned"),
        ("renewal pending", None),
    ],
)  # fmt: skip
def test_states_before_a_signature_are_drafts(word: str, code: str | None) -> None:
    assert code_of("contract_status", word) == code


def test_columns_can_be_passed_over() -> None:
    table = Table.of(["ARR", "MRR"], [["1", "2"]])
    headers = [take_apart(name) for name in table.header]
    assert fit("contracts", headers, shapes(table), frozenset([0])).fields == {"mrr"}


def test_weight_is_what_speaks_for_the_kind() -> None:
    assert fitted("tickets", {"Priority": "high"}).weight == pytest.approx(2.0)
    assert fitted("accounts", {"Name": "Acme"}).weight < fitted("accounts", {"Company name": "Acme"}).weight


def test_nouns_are_written_out() -> None:
    assert "customer id" in expand("{account} id")
    assert "取引先ID" in expand("{account}ID")
    assert expand("plain") == ["plain"]


def test_fields_of_a_second_thing_keep_their_type() -> None:
    fields, contracts = spec("accounts").fields, spec("contracts").fields
    assert fields["contract.end_on"].type == "date"
    assert fields["reading.seats_used"].type == "count"
    assert fields["contract.arr"].weight < contracts["arr"].weight


def test_kinds_that_do_not_exist() -> None:
    with pytest.raises(KeyError):
        spec("shoes")


@pytest.mark.parametrize("kind", KINDS)
def test_aliases_are_folded_and_never_blank(kind: str) -> None:
    for field in spec(kind).fields.values():
        assert all(alias and alias == alias.casefold() and " " not in alias for alias in field.aliases), (
            field.key
        )
