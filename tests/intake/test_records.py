"""Rows become records: typed values, names and states put together, second things beside, problems with their cell."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.intake import values
from cs_workbench.intake.compose import full_name
from cs_workbench.intake.mapping import Mapping, from_json
from cs_workbench.intake.problems import SENTENCES, sentence
from cs_workbench.intake.readers import canonical
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.records import read_records
from cs_workbench.intake.rows import Problem, Record
from cs_workbench.intake.shape import code_of, months_of
from cs_workbench.intake.table import Cell, Table
from tests.intake.recognition_cases import CASES


def read(name: str, row: int = 0) -> Record:
    """The record of one row of a recognition case."""
    table = next(case for case in CASES if case.name == name).table()
    mapping = recognise(table).mapping
    assert mapping is not None
    return list(read_records(table, mapping))[row]


def one(kind: str, columns: dict[str, str], cells: list[Cell], name: str = "export.csv") -> Record:
    """The record of one row under a mapping by hand: {header: field}."""
    return records_of(kind, columns, [cells], name)[0]


def records_of(
    kind: str, columns: dict[str, str], rows: list[list[Cell]], name: str = "export.csv"
) -> list[Record]:
    """The records of rows under a mapping by hand: {header: field}."""
    table = Table.of(list(columns), rows, name=name)
    mapping: Mapping = from_json(json.dumps({"kind": kind, "columns": columns}), table.header)
    return list(read_records(table, mapping))


def test_an_account_with_its_contract_and_its_use() -> None:
    record = read("顧客一覧")
    assert record.row == 2
    assert record.values == {
        "external_id": "K001",
        "name": "青葉商事株式会社",
        "reading": "アオバショウジ",
        "owner": "伊藤",
        "tier": "A",
    }
    contract, used = record.also
    assert contract.kind == "contracts"
    assert contract.values == {
        "external_id": "K001#main",
        "start_on": dt.date(2025, 4, 1),
        "end_on": dt.date(2026, 3, 31),
        "seats": 50,
        "arr": Decimal(1_200_000),
        "currency": "JPY",
        "auto_renew": True,
        "notice_days": 90,
    }
    assert used.kind == "readings"
    assert used.values["value"] == 41.0
    assert used.values["metric"].role == "seats_used"  # type: ignore[attr-defined]


def test_a_notice_in_months_and_a_japanese_era() -> None:
    contract = read("顧客一覧", 1).also[0].values
    assert (contract["start_on"], contract["notice_months"]) == (dt.date(2025, 10, 1), 3)
    assert "notice_days" not in contract
    assert contract["auto_renew"] is False


def test_seats_alone_make_no_contract() -> None:
    record = read("seats without contract")
    assert record.also == ()
    assert record.custom == {"plan_tier": "Pro", "seats": "12", "is_trial": "0"}


def test_an_account_without_a_number_names_its_contract_by_its_key() -> None:
    assert read("own list with arr").also[0].values["external_id"] == "acme#main"


def test_a_churn_flag_goes_to_the_contract_too() -> None:
    record = read("consumers with ids only", 1)
    assert record.values["churned"] is True
    assert record.also[0].values == {
        "external_id": "5575-B#main",
        "term_months": 12,
        "mrr": Decimal("56.95"),
        "churned": True,
    }


def test_a_day_of_cancellation_is_a_churn_event() -> None:
    columns = {"id": "external_id", "name": "name", "解約日": "churned_on", "解約理由": "churn_reason"}
    record = one("accounts", columns, ["A1", "Acme", "2026/3/1", "価格"])
    assert record.values["churned_on"] == dt.date(2026, 3, 1)
    (event,) = record.also
    assert (event.kind, event.values) == (
        "churn",
        {"external_id": "A1#churn", "kind": "churn", "on_date": dt.date(2026, 3, 1), "reason": "価格"},
    )


def test_a_contract_cancelled_points_its_event_back() -> None:
    columns = {"c": "external_id", "a": "account_ref", "x": "churned_on", "used": "reading.active_users"}
    record = one("contracts", columns, ["C1", "A1", "2026-03-01", "7"])
    used, event = record.also
    assert used.values["account_ref"] == "A1"
    assert event.values["contract_ref"] == "C1"
    assert record.values["churned"] is True


@pytest.mark.parametrize(
    ("last", "first", "middle", "joined"),
    [
        ("山田", "太郎", "", "山田 太郎"),
        ("Lee", "Ann", "", "Ann Lee"),
        ("Lee", "Ann", "M.", "Ann M. Lee"),
        ("ヤマダ", "", "", "ヤマダ"),
        ("", "Ann", "", "Ann"),
    ],
)
def test_full_name(last: str, first: str, middle: str, joined: str) -> None:
    assert full_name(last, first, middle) == joined


def test_google_contacts_are_joined_and_cleaned() -> None:
    record = read("google contacts")
    assert record.values["name"] == "山田 太郎"
    assert record.values["reading"] == "ヤマダ タロウ"
    assert record.values["email"] == ("yamada@aoba.example",)
    assert "* Work" not in str(record.values)


def test_several_addresses_and_labels_of_one_cell() -> None:
    columns = {"n": "name", "m": "email", "l": "tags", "company ids": "account_ref"}
    record = one(
        "people", columns, ["Ann", "A@x.example ::: b@x.example", "* myContacts ::: Friends", "101;102"]
    )
    assert record.values["email"] == ("a@x.example", "b@x.example")
    assert record.values["tags"] == ("Friends",)
    assert record.values["account_ref"] == "101"


def test_zendesk_ticket() -> None:
    values = read("zendesk tickets").values
    assert values["status"] == "done"
    assert values["satisfaction"] == 5.0
    assert values["opened_at"] == dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
    assert (values["first_reply_min"], values["resolution_min"], values["reopens"]) == (12.0, 1380.0, 0)
    open_one = read("zendesk tickets", 1).values
    assert open_one["status"] == "open"
    assert "satisfaction" not in open_one


def test_instants_are_read_in_the_zone_of_the_export() -> None:
    table = Table.of(["a", "t"], [["A1", "2026-03-01 09:00"]])
    mapping = from_json(
        '{"kind": "tickets", "columns": {"a": "account_ref", "t": "opened_at"}}', table.header
    )
    (record,) = read_records(table, mapping, zone="Asia/Tokyo")
    assert record.values["opened_at"] == dt.datetime(2026, 3, 1, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (["A1", "2026-03-01", "", ""], "open"),
        (["A1", "2026-03-01", "2026-03-02", ""], "done"),
        (["A1", "2026-03-01", "", "対応不要"], "no_action"),
        (["A1", "2026-03-01", "", "Waiting on vendor"], "open"),
        (["A1", "2026-03-01", "2026-03-02", "Zorp"], "done"),
    ],
)
def test_ticket_status(cells: list[Cell], status: str) -> None:
    columns = {"a": "account_ref", "o": "opened_at", "s": "solved_at", "st": "status"}
    assert one("tickets", columns, cells).values["status"] == status


@pytest.mark.parametrize(
    ("option", "cell", "minutes"),
    [
        ("", "90", 90.0),
        ("|hours", "1.5", 90.0),
        ("|seconds", "90", 1.5),
        ("|days", "1", 1440.0),
        ("", "1:30", 90.0),
    ],
)
def test_minutes(option: str, cell: str, minutes: float) -> None:
    columns = {"a": "account_ref", "o": "opened_at", "r": "resolution_min" + option}
    assert one("tickets", columns, ["A1", "2026-03-01", cell]).values["resolution_min"] == pytest.approx(
        minutes
    )


@pytest.mark.parametrize(
    ("stage", "won", "closed", "outcome"),
    [
        ("Closed Won", "", "", "won"),
        ("失注", "", "", "lost"),
        ("Prospecting", "", "", "open"),
        ("Any", "true", "true", "won"),
        ("Any", "false", "true", "lost"),
        ("Any", "false", "false", "open"),
        ("", "", "", "open"),
    ],
)
def test_outcome_of_an_opportunity(stage: str, won: str, closed: str, outcome: str) -> None:
    columns = {"n": "name", "s": "stage", "w": "is_won", "c": "is_closed"}
    values = one("opportunities", columns, ["Deal", stage, won, closed]).values
    assert values["outcome"] == outcome
    assert not {"is_won", "is_closed"} & set(values)


def test_an_opportunity_needs_no_account() -> None:
    record = read("pipeline", 1)
    assert record.problem is None
    assert record.values["product_ref"] == "GTXPro"


def test_currency_columns_speak_for_their_amount() -> None:
    values = read("sf renewals with currency columns").values
    assert (values["amount"], values["currency"]) == (Decimal(12000), "EUR")


@pytest.mark.parametrize(
    ("field", "cell", "amount", "currency"),
    [
        ("arr", "1,200", Decimal(1200), None),
        ("arr|USD", "1,200", Decimal(1200), "USD"),
        ("arr|USD", "€1,200", Decimal(1200), "EUR"),
        ("arr|JPY*10000", "120", Decimal(1_200_000), "JPY"),
        ("arr|JPY*10000", "120万円", Decimal(1_200_000), "JPY"),
        ("arr|JPY*1000", "△5", Decimal(-5000), "JPY"),
    ],
)
def test_money(field: str, cell: str, amount: Decimal, currency: str | None) -> None:
    values = one("contracts", {"a": "account_ref", "m": field}, ["A1", cell]).values
    assert (values["arr"], values.get("currency")) == (amount, currency)


def test_a_row_with_two_currencies_is_refused() -> None:
    record = one("contracts", {"a": "account_ref", "m": "arr", "n": "mrr"}, ["A1", "$12", "€1"])
    assert record.problem is not None
    assert (record.problem.code, record.problem.value) == ("mixed_currencies", "EUR, USD")


def test_a_currency_column_serves_the_contract_of_an_account() -> None:
    columns = {"n": "name", "a": "contract.arr", "c": "currency"}
    assert one("accounts", columns, ["Acme", "100", "JPY"]).also[0].values["currency"] == "JPY"


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ({"n": "nps", "c": "csat"}, ["9", "5"], [("nps", 9.0), ("csat", 5.0)]),
        ({"s": "score", "k": "survey_kind"}, ["4", "CES"], [("ces", 4.0)]),
        ({"s": "score"}, ["9"], [("nps", 9.0)]),
        ({"c": "csat"}, ["不満"], [("csat", 1.0)]),
        ({"s": "score"}, ["4"], [(None, 4.0)]),
    ],
)
def test_surveys(
    columns: dict[str, str], cells: list[Cell], expected: list[tuple[str | None, float]]
) -> None:
    base = {"i": "external_id", "a": "account_ref", "d": "answered_on"}
    record = one("surveys", base | columns, ["7", "A1", "2026-03-01", *cells])
    found = [record, *record.also]
    assert [(part.values.get("kind"), part.values["score"]) for part in found] == expected
    assert [part.values["external_id"] for part in found][1:] == [
        f"7#{kind}" for kind, _score in expected[1:]
    ]


def test_a_survey_takes_its_kind_from_the_file_name() -> None:
    columns = {"a": "account_ref", "d": "answered_on", "s": "score"}
    assert one("surveys", columns, ["A1", "2026-03-01", "4"], "csat_2026.csv").values["kind"] == "csat"


def test_renewals_and_reactivations() -> None:
    lost, kept = read("renewals"), read("renewals", 1)
    assert (lost.values["kind"], kept.values["kind"]) == ("churn", "renewal")
    assert kept.values["event.expansion"] == Decimal(10)
    assert read("churn events", 1).values["kind"] == "reactivation"


def test_an_interaction() -> None:
    values = read("対応履歴").values
    assert (values["channel"], values["sentiment"], values["body"]) == ("call", "positive", ("順調",))
    assert read("activity log", 1).values["channel"] == "mail"


@pytest.mark.parametrize(
    ("kind", "columns", "cells", "column", "code"),
    [
        ("accounts", {"n": "name", "d": "customer_since"}, ["Acme", "31/31/2026"], "d", "date"),
        ("accounts", {"n": "name", "d": "customer_since"}, ["Acme", "3/4/2026"], "d", "date_ambiguous"),
        ("accounts", {"n": "name", "e": "employees"}, ["Acme", "many"], "e", "number"),
        ("accounts", {"n": "name", "e": "employees"}, ["Acme", "-4"], "e", "scale"),
        ("accounts", {"n": "name"}, ["N/A"], "n", "missing"),
        ("contracts", {"a": "account_ref", "m": "arr"}, ["A1", "lots"], "m", "money"),
        ("contracts", {"a": "account_ref", "s": "status"}, ["A1", "zorp"], "s", "unknown_value"),
        ("contracts", {"a": "account_ref", "b": "auto_renew"}, ["A1", "perhaps"], "b", "bool"),
        ("contracts", {"a": "account_ref", "t": "term_months"}, ["A1", "long"], "t", "term"),
        ("people", {"n": "name", "m": "email"}, ["Ann", "ann at home"], "m", "email"),
        (
            "surveys",
            {"a": "account_ref", "d": "answered_on", "s": "nps"},
            ["A", "2026-01-01", "11"],
            "s",
            "scale",
        ),
        ("tickets", {"a": "account_ref", "o": "opened_at"}, ["A1", ""], "o", "missing"),
        (
            "churn",
            {"a": "account_ref", "d": "on_date", "o": "outcome"},
            ["A1", "2026-01-01", "maybe"],
            "o",
            "unknown_value",
        ),
    ],
)
def test_problems(kind: str, columns: dict[str, str], cells: list[Cell], column: str, code: str) -> None:
    record = one(kind, columns, cells)
    assert record.problem is not None
    assert (record.problem.row, record.problem.column, record.problem.code) == (2, column, code)
    assert record.values == {}


@pytest.mark.parametrize("code", [*SENTENCES, "never heard of"])
def test_every_problem_is_told_in_a_sentence(code: str) -> None:
    told = sentence(Problem(3, "Column", code, "x" * 200))
    assert "{" not in told
    assert len(told) < 200
    assert "Column" in told or code == "mixed_currencies"


@pytest.mark.parametrize("word", ["", "-", "N/A", "未定", "なし", None])
def test_blank_words_leave_a_typed_field_out(word: Cell) -> None:
    record = one("accounts", {"n": "name", "d": "contract.end_on", "a": "contract.arr"}, ["Acme", word, "1"])
    assert record.problem is None
    assert "end_on" not in record.also[0].values


def test_an_endless_contract_has_no_end() -> None:
    columns = {"a": "account_ref", "s": "start_on", "e": "end_on"}
    values = one("contracts", columns, ["A1", "2026年4月", "9999/12/31"]).values
    assert values == {"account_ref": "A1", "start_on": dt.date(2026, 4, 1)}


def test_a_month_ends_on_its_last_day() -> None:
    values = one("contracts", {"a": "account_ref", "e": "end_on"}, ["A1", "2026年2月"]).values
    assert values["end_on"] == dt.date(2026, 2, 28)


def test_typed_cells_of_a_workbook() -> None:
    columns = {"i": "external_id", "n": "name", "d": "customer_since", "e": "employees", "a": "contract.arr"}
    record = one("accounts", columns, [12.0, "Acme", dt.datetime(2026, 3, 1), 40.0, 1200.5])  # noqa: DTZ001
    assert record.values == {
        "external_id": "12",
        "name": "Acme",
        "customer_since": dt.date(2026, 3, 1),
        "employees": 40,
    }
    assert record.also[0].values["arr"] == Decimal("1200.5")


def test_a_short_row_leaves_the_rest_out() -> None:
    assert one("accounts", {"n": "name", "o": "owner"}, ["Acme"]).values == {"name": "Acme"}


@pytest.mark.parametrize(
    ("cell", "type_name", "text"),
    [
        ("2026/3/1", "date", "2026-03-01"),
        ("soon", "date", "soon"),
        ("1,200.50", "number", "1200.5"),
        ("はい", "bool", "1"),
        ("¥1,200", "money", "1200 JPY"),
        (" x ", "text", "x"),
        ("n/a", "number", None),
        ("0", "number", "0"),
    ],
)
def test_custom_values_are_canonical(cell: str, type_name: str, text: str | None) -> None:
    assert canonical(cell, type_name) == text


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("12", 12),
        ("12 months", 12),
        ("1年", 12),
        ("One year", 12),
        ("Month-to-month", 1),
        ("36ヶ月", 36),
        ("2 years", 24),
        ("x", None),
    ],
)
def test_months(cell: str, months: int | None) -> None:
    assert months_of(cell) == months


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("ticket_status", "対応完了", "done"),
        ("ticket_status", "保留", "hold"),
        ("priority", "P1", "urgent"),
        ("event_kind", "Not renewed", "churn"),
        ("event_kind", "Renewed", "renewal"),
        ("billing", "monthly", "monthly"),
        ("opportunity_outcome", "closedwon", "won"),
        ("opportunity_outcome", "Wonderful", None),
        ("roles", "決裁者", "decision_maker"),
        ("channel", "Web会議（Zoom）", "meeting"),
    ],
)
def test_words_of_lists(name: str, cell: str, code: str | None) -> None:
    assert code_of(name, cell) == code


def test_what_nobody_can_see_is_not_stored() -> None:
    record = one(
        "accounts", {"name": "name", "owner": "owner"}, ["\u202eevil\u202c\x1b \u200bAcme", "a\x07b"]
    )
    assert record.values == {"name": "evil Acme", "owner": "ab"}


def test_a_name_nobody_could_read_in_a_list_is_left_out_with_the_reason() -> None:
    record = one("accounts", {"name": "name"}, ["x" * 10_000])
    assert record.problem is not None
    assert record.problem.code == "too_long"
    assert "too long for a name" in sentence(record.problem)
    assert len(sentence(record.problem)) < 200
    assert one("accounts", {"name": "name"}, ["x" * 300]).problem is None


def test_what_comes_again_in_a_column_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A status, a day, a name stands in row after row; figures are no texts: 1 and True are one to a memory."""
    read_cells: list[Cell] = []
    known = values.parse_instant

    def counted(cell: Cell, *args: Any, **more: Any) -> dt.datetime:
        read_cells.append(cell)
        return known(cell, *args, **more)

    monkeypatch.setattr(values, "parse_instant", counted)
    days = ["2026-03-01", "2026-03-02", "2026-03-01", "2026-03-01"]
    shown = records_of("tickets", {"Created at": "opened_at"}, [[day] for day in days])
    assert [one.values["opened_at"].date().isoformat() for one in shown] == days  # type: ignore[attr-defined]
    assert read_cells == days[:2]


@pytest.mark.parametrize("cell", ["x" * 81, "n/a", "-"])
def test_a_long_text_and_a_word_for_nothing_read_as_ever(cell: str) -> None:
    rows = records_of(
        "tickets", {"Created at": "opened_at", "Subject": "subject"}, [["2026-03-01", cell]] * 2
    )
    assert rows[0].values == rows[1].values
    assert rows[0].values.get("subject") == (None if cell == "-" else cell)
