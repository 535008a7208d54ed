"""Recognition: header rows of many systems and hand-kept lists, in both languages, as a table of values."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.intake import sources
from cs_workbench.intake.kinds import KINDS, field_keys, spec
from cs_workbench.intake.recognise import recognise
from cs_workbench.intake.table import Table, open_tables
from tests.intake.recognition_cases import CASES, Case

IDS = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_kind_and_columns(case: Case) -> None:
    found = recognise(case.table())
    if case.kind is None:
        assert found.mapping is None
        assert case.header.split("|", maxsplit=1)[0] in found.reason
        return
    assert found.mapping is not None, found.reason
    assert (found.mapping.kind, found.mapping.source, found.mapping.layout) == (
        case.kind,
        case.source,
        case.layout,
    )
    spelled = {column.header: column.spelled() for column in found.mapping.columns}
    assert {header: spelled[header] for header in case.fields} == case.fields


def test_cases_cover_every_kind_and_source() -> None:
    assert {case.kind for case in CASES} >= set(KINDS)
    assert {case.source for case in CASES} >= {
        "salesforce",
        "hubspot",
        "zendesk",
        "churnzero",
        "gainsight",
        "skalin",
        "relation",
        "google_contacts",
        "outlook",
    }


@pytest.mark.parametrize("case", [case for case in CASES if case.kind], ids=lambda case: case.name)
def test_the_order_of_columns_does_not_matter(case: Case) -> None:
    table = case.table()
    turned = Table.of(table.header[::-1], [row[::-1] for row in table.sample], name=table.name)
    there, back = recognise(table).mapping, recognise(turned).mapping
    assert there is not None
    assert back is not None
    assert back.kind == there.kind
    forward = {column.header: column.field for column in there.columns}
    assert {column.header: column.field for column in back.columns} == forward


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_states_needs_that_exist(kind: str) -> None:
    own = spec(kind)
    assert own.needs
    assert {key for group in own.needs for key in group} <= field_keys(kind)
    assert own.proof <= field_keys(kind)


def test_values_overrule_a_header() -> None:
    table = Table.of(["Customer", "Renewal date", "ARR"], [["Acme", "soon", "100"], ["Blue", "later", "200"]])
    found = recognise(table)
    assert found.mapping is not None
    assert not found.mapping.has("contract.renewal_on")
    assert [note.code for note in found.notes if note.code == "values_against"] == ["values_against"]


def test_a_date_that_reads_two_ways_is_asked_about() -> None:
    table = Table.of(
        ["Customer", "ARR", "Renewal date"], [["Acme", "100", "03/04/2026"], ["Blue", "200", "05/06/2026"]]
    )
    found = recognise(table)
    assert found.mapping is not None
    assert found.mapping.by_field("contract.renewal_on")[0].option == ""
    assert "dates_ambiguous" in [note.code for note in found.notes]


def test_one_column_settles_the_order_of_dates_for_the_file() -> None:
    table = Table.of(
        ["Customer", "Start date", "End date", "ARR"],
        [["Acme", "03/04/2026", "25/04/2027", "100"], ["Blue", "05/06/2026", "30/06/2027", "200"]],
    )
    found = recognise(table)
    assert found.mapping is not None
    assert {column.option for column in found.mapping.columns if column.field.endswith("_on")} == {"dmy"}
    assert "dates_ambiguous" not in [note.code for note in found.notes]


def test_a_kind_asked_for_is_taken_without_proof() -> None:
    table = Table.of(["Name", "Colour"], [["Acme", "red"]])
    assert recognise(table).mapping is None
    asked = recognise(table, kind="accounts")
    assert asked.mapping is not None
    assert asked.mapping.by_field("name")
    assert asked.mapping.by_field("custom:Colour")


def test_a_kind_that_cannot_be_says_what_is_missing() -> None:
    table = Table.of(["Colour", "Size"], [["red", "2"]])
    found = recognise(table, kind="tickets")
    assert found.mapping is None
    assert "an account id" in found.reason
    assert "“Colour”" in found.reason


def test_the_file_name_is_a_weak_hint() -> None:
    header, rows = (
        ["取引先名", "日付", "備考"],
        [["青葉商事", "2026/03/01", "x"], ["みどり", "2026/03/02", "y"]],
    )
    plain = dict(recognise(Table.of(header, rows)).scores)
    named = dict(recognise(Table.of(header, rows, name="対応履歴.csv")).scores)
    assert named["interactions"] == pytest.approx(plain["interactions"] + 0.8)


def test_notes_tell_what_was_kept_and_left_out() -> None:
    table = Table.of(["Company", "ARR", "Renewal date", "Shoe size"], [["Acme", "1", "2026-01-02", "44"]])
    codes = [note.code for note in recognise(table).notes]
    assert codes == ["columns_custom", "renewal_as_end"]


@pytest.mark.parametrize(
    ("header", "source"),
    [
        (["accountExternalId", "cf_Region"], "churnzero"),
        (["Record ID", "Company name"], "hubspot"),
        (["E-mail 1 - Value"], "google_contacts"),
        (["Name", "Email"], "files"),
        ([], "files"),
    ],
)
def test_sources(header: list[str], source: str) -> None:
    assert sources.detect(header) == source


SHARED = {
    "ravenstack_saas/ravenstack_accounts.csv": "accounts",
    "ravenstack_saas/ravenstack_subscriptions.csv": "contracts",
    "ravenstack_saas/ravenstack_feature_usage.csv": "readings",
    "ravenstack_saas/ravenstack_support_tickets.csv": "tickets",
    "ravenstack_saas/ravenstack_churn_events.csv": "churn",
    "gtm_renewals/renewals.csv": "churn",
    "gtm_renewals/users.csv": "people",
    "gtm_renewals/school_adoption.csv": "accounts",
    "gtm_renewals/engagement_events.csv": "readings",
    "gtm_renewals/lesson_plans.csv": None,
    "maven_crm/accounts.csv": "accounts",
    "maven_crm/products.csv": "products",
    "maven_crm/sales_pipeline.csv": "opportunities",
    "maven_crm/sales_teams.csv": None,
    "maven_crm/data_dictionary.csv": None,
    "telco_churn/Telco-Customer-Churn.csv": "accounts",
}


@pytest.mark.parametrize("path", SHARED)
def test_files_written_by_others(shared_data: Path, path: str) -> None:
    found = recognise(open_tables(str(shared_data / path))[0])
    assert (found.mapping.kind if found.mapping else None) == SHARED[path]
