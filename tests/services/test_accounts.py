"""The account list in its three forms, finding accounts, one in full, and the verbs with undo."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.domain.money import Amount
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import account_list, accounts, health, portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def db() -> MemoryPortfolio:
    """An empty portfolio whose own currency is the yen."""
    portfolio = MemoryPortfolio()
    portfolio.add("setting", key="currency", value='"JPY"')
    return portfolio


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """A new portfolio with two accounts."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        with wb.change("set up") as change:
            for name in ("Acme Inc", "Beta"):
                change.execute(
                    "insert into account (name, name_key, created_at, updated_at) values (?, ?, ?, ?)",
                    (name, name.split()[0].lower(), "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
                )
        yield wb


def contract(
    db: MemoryPortfolio, account: int, arr: int | None, currency: str | None = "JPY", **values: object
) -> None:
    """A running contract; *arr* in whole units."""
    units = None if arr is None else arr * 10_000
    row = {"account_id": account, "arr": units, "currency": currency, "end_on": "2027-03-31"} | values
    db.add("contract", **row)


def only(db: MemoryPortfolio) -> accounts.AccountRow:
    """The one row of the list."""
    (row,) = accounts.account_list(db, TODAY)  # type: ignore[arg-type]
    return row


@pytest.mark.parametrize(
    ("contracts", "arr", "currency"),
    [
        ([], None, None),
        ([{"arr": 100}], 100, "JPY"),
        ([{"arr": 100}, {"arr": 50}], 150, "JPY"),
        ([{"arr": None, "mrr": 70_000}], 84, "JPY"),
        ([{"arr": 100, "mrr": 990_000}], 100, "JPY"),
        ([{"arr": 100}, {"arr": None}], 100, "JPY"),
        ([{"arr": None}], None, "JPY"),
        ([{"arr": 100}, {"arr": 50, "is_trial": 1}], 100, "JPY"),
        ([{"arr": 100}, {"arr": 50, "end_on": "2026-11-23"}], 100, "JPY"),
        ([{"arr": 100}, {"arr": 50, "end_on": "2026-11-23", "auto_renew": 1}], 150, "JPY"),
        ([{"arr": 100}, {"arr": 50, "start_on": "2026-11-25"}], 100, "JPY"),
        ([{"arr": 100}, {"arr": 50, "end_on": None, "status": "ended"}], 100, "JPY"),
        ([{"arr": 100, "currency": "USD"}], 100, "USD"),
        ([{"arr": 100, "currency": None}], 100, None),
        ([{"arr": 100}, {"arr": 2, "currency": "USD"}], 400, "JPY"),
        ([{"arr": 100}, {"arr": 2, "currency": "EUR"}], None, None),
        ([{"arr": 100}, {"arr": 2, "currency": None}], None, None),
    ],
)
def test_arr_sums_running_paid_contracts_in_one_currency(
    db: MemoryPortfolio, contracts: list[dict[str, Any]], arr: int | None, currency: str | None
) -> None:
    account = db.account()
    db.add("currency_rate", currency="USD", on_date="2026-01-01", rate="150")
    db.add("currency_rate", currency="USD", on_date="2027-01-01", rate="999")
    for values in contracts:
        contract(db, account, **values)
    row = only(db)
    assert row.arr == (None if arr is None else Decimal(arr))
    assert row.currency == currency


def test_amounts_without_a_rate_are_named_by_currency(db: MemoryPortfolio) -> None:
    account = db.account()
    contract(db, account, 100)
    contract(db, account, 2, "EUR")
    assert only(db).arr_parts == (Amount(Decimal(2), "EUR"), Amount(Decimal(100), "JPY"))
    assert "EUR 2 + JPY 100" in account_list.as_table(account_list.rows(db, TODAY.isoformat()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contracts", "renewal", "notice"),
    [
        ([{}], "2027-03-31", None),
        ([{"notice_months": 3}], "2027-03-31", "2026-12-31"),
        ([{"notice_days": 30}], "2027-03-31", "2027-03-01"),
        ([{"notice_months": 3}, {"end_on": "2027-01-31"}], "2027-01-31", None),
        ([{}, {"notice_months": 1}, {"notice_days": 10}], "2027-03-31", "2027-02-28"),
        (
            [{"end_on": "2025-06-30", "auto_renew": 1, "term_months": 12, "notice_months": 1}, {}],
            "2027-03-31",
            None,
        ),
        (
            [{"end_on": "2025-12-31", "auto_renew": 1, "term_months": 12, "notice_months": 1}, {}],
            "2026-12-31",
            "2026-11-30",
        ),
        (
            [{"end_on": None, "start_on": "2025-02-01", "billing": "annual", "notice_months": 1}],
            "2027-01-31",
            "2026-12-31",
        ),
        ([{"end_on": None, "start_on": "2025-02-01"}], None, None),
        ([{"end_on": "2026-12-01", "is_trial": 1}], None, None),
        ([{"end_on": "2025-12-31", "auto_renew": 1}], None, None),
    ],
)
def test_the_next_renewal_and_its_notice_date(
    db: MemoryPortfolio, contracts: list[dict[str, Any]], renewal: str | None, notice: str | None
) -> None:
    account = db.account()
    for values in contracts:
        contract(db, account, 1, **values)
    row = only(db)
    assert (row.renewal_date and row.renewal_date.isoformat(), row.notice_date and row.notice_date.isoformat()) == (
        renewal, notice,
    )  # fmt: skip


def test_json_is_what_readme_promises_whatever_the_names(db: MemoryPortfolio) -> None:
    name = 'Quote " back \\ line\nbreak \u0001 株式会社 😀'
    account = db.account(name, stage='sta"ge')
    db.add("account_source", account_id=account, source="sales force", external_id='0"1')
    db.add("account_source", account_id=account, source="files", external_id="7")
    db.add(
        "contract", account_id=account, arr=12_345_600, currency="JPY", end_on="2027-03-31", notice_months=3
    )
    db.add(
        "snapshot",
        account_id=account,
        as_of="2026-11-01",
        scorecard_id=1,
        score=61.5,
        band="yellow",
        coverage=0.75,
        detail="{}",
    )
    db.add(
        "snapshot",
        account_id=account,
        as_of="2026-11-25",
        scorecard_id=1,
        score=1,
        band="red",
        coverage=1,
        detail="{}",
    )
    db.account("Zero")
    listed = json.loads(account_list.as_json(db, TODAY.isoformat()))  # type: ignore[arg-type]
    assert listed == [
        {
            "id": account, "name": name, "source_ids": {"sales force": '0"1', "files": "7"}, "arr": 1234.56,
            "currency": "JPY", "renewal_date": "2027-03-31", "notice_date": "2026-12-31", "stage": 'sta"ge',
            "health": {"score": 61.5, "band": "yellow", "coverage": 0.75},
        },
        {
            "id": account + 1, "name": "Zero", "source_ids": {}, "arr": None, "currency": None, "renewal_date": None,
            "notice_date": None, "stage": None, "health": {"score": None, "band": "none", "coverage": None},
        },
    ]  # fmt: skip


def test_json_of_an_empty_portfolio_is_an_empty_list(db: MemoryPortfolio) -> None:
    assert account_list.as_json(db, TODAY.isoformat()) == "[]"  # type: ignore[arg-type]
    assert account_list.as_table([]).startswith("#")


def test_the_three_forms_agree(db: MemoryPortfolio) -> None:
    for n in range(12):
        account = db.account(f"A{n}")
        db.add("account_source", account_id=account, source="files", external_id=str(n))
        for k in range(n % 3):
            contract(db, account, 10 * n + k, ("JPY", "USD")[k % 2 if n > 6 else 0], notice_months=n % 4 or None,
                     end_on=f"2027-0{k + 1}-28")  # fmt: skip
    rows = accounts.account_list(db, TODAY)  # type: ignore[arg-type]
    listed = json.loads(account_list.as_json(db, TODAY.isoformat()), parse_float=Decimal)  # type: ignore[arg-type]
    assert [
        (
            row.id,
            row.name,
            row.source_ids,
            row.arr,
            row.currency,
            row.renewal_date and row.renewal_date.isoformat(),
        )
        for row in rows
    ] == [
        tuple(one[key] for key in ("id", "name", "source_ids", "arr", "currency", "renewal_date"))
        for one in listed
    ]
    assert [accounts.account_row(db, row.id, TODAY) for row in rows] == rows  # type: ignore[arg-type]


def test_the_table_is_aligned_also_with_wide_letters(db: MemoryPortfolio) -> None:
    db.account("アオバ精密", reading="あおば")
    db.account("Beta – Works", stage="adoption")
    lines = account_list.as_table(account_list.rows(db, TODAY.isoformat())).splitlines()  # type: ignore[arg-type]
    assert lines[0].split() == [
        "#",
        "Account",
        "Health",
        "Measured",
        "Stage",
        "ARR",
        "Renewal",
        "Notice",
        "by",
    ]
    wide = dict.fromkeys("アオバ精密", 2)
    starts = {sum(wide.get(letter, 1) for letter in line[: line.index("–  ", 14)]) for line in lines[1:]}
    assert len(starts) == 1


def test_the_table_says_how_much_is_measured(db: MemoryPortfolio) -> None:
    card = db.add("scorecard", key="default", version=1, definition="{}")
    for name, score, band, coverage in (("Full", 83.2, "green", 1.0), ("Thin", None, "none", 0.0625)):
        account = db.account(name)
        db.add("snapshot", account_id=account, as_of="2026-11-20", scorecard_id=card, score=score, band=band,
               coverage=coverage, detail="{}")  # fmt: skip
    db.account("Unscored")
    lines = account_list.as_table(account_list.rows(db, TODAY.isoformat())).splitlines()  # type: ignore[arg-type]
    shown = [line[lines[0].index("Account") : lines[0].index("Stage")].split() for line in lines]
    assert shown == [
        ["Account", "Health", "Measured"],
        ["Full", "83.2", "●", "100%"],
        ["Thin", "–", "6%"],
        ["Unscored", "–", "–"],
    ]


@pytest.mark.parametrize(
    ("zone", "archived", "loaded"),
    [
        ("UTC", "2026-11-25T03:00:00Z", False),
        ("Asia/Tokyo", "2026-11-10T03:00:00Z", False),
        ("Asia/Tokyo", "2026-11-24T16:00:00Z", True),
    ],
)
def test_the_list_loads_time_zones_only_to_date_an_archiving(
    tmp_path: Path, zone: str, archived: str, loaded: bool
) -> None:
    path = str(tmp_path / "zone.csw")
    with portfolios.create(path, now=NOW, language="en", time_zone=zone) as wb, wb.change("set up") as change:
        change.execute(
            "insert into account (name, name_key, created_at, updated_at, archived_at) values (?, ?, ?, ?, ?)",
            ("Acme", "acme", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", archived),
        )
    code = (
        "import sys\nfrom cs_workbench.cli import quick\n"
        f"quick.run(['--portfolio', {path!r}, 'accounts', '--json', '--as-of', '2026-11-24'])\n"
        "print('zoneinfo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == str(loaded)
    assert ("Acme" in done.stdout) == (archived >= "2026-11-24T15")


def test_order_goes_by_reading_then_name(db: MemoryPortfolio) -> None:
    for name, reading in (("さくら", ""), ("青葉", "あおば"), ("Zebra", ""), ("acme", "")):
        db.account(name, reading=reading)
    assert [row.name for row in accounts.account_list(db, TODAY)] == ["acme", "Zebra", "青葉", "さくら"]  # type: ignore[arg-type]


def test_archived_accounts_leave_the_list(db: MemoryPortfolio) -> None:
    db.account("Gone", archived_at="2026-11-24T01:00:00Z")
    later = db.account("Later", archived_at="2026-11-25T01:00:00Z")
    assert [row.id for row in accounts.account_list(db, TODAY)] == [later]  # type: ignore[arg-type]


def test_names_hold_archived_accounts_last(db: MemoryPortfolio) -> None:
    gone = db.account("Gone", archived_at="2026-11-24T01:00:00Z")
    here = db.account("Here")
    assert list(accounts.names(db).items()) == [(here, "Here"), (gone, "Gone")]  # type: ignore[arg-type]


def test_last_contact_is_two_way(db: MemoryPortfolio) -> None:
    account = db.account()
    db.met(account, "2026-11-20T09:00:00Z", direction="out", channel="mail")
    db.met(account, "2026-11-22T09:00:00Z", direction="none", channel="note")
    assert only(db).last_contact is None
    db.met(account, "2026-11-23T09:00:00Z", direction="in", channel="mail")
    assert only(db).last_contact == dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def test_the_fast_path_imports_nothing_heavy() -> None:
    script = (
        "import sys; import sqlcipher3; before = set(sys.modules); import cs_workbench.services.account_list;"
        "print(','.join(sorted(m for m in set(sys.modules) - before if not m.startswith('cs_workbench'))))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(found.stdout.strip().split(",")) <= {"", "__future__"}


@pytest.fixture
def named(db: MemoryPortfolio) -> MemoryPortfolio:
    """Accounts that are easy and hard to tell apart."""
    db.account("Acme Inc", id=1)
    db.account("Acme West", id=2)
    db.account("株式会社アオバ精密", reading="アオバセイミツ", id=3)
    db.account("42 Labs", id=4)
    db.account("Northwind Traders", id=12)
    db.add("account_source", account_id=12, source="salesforce", external_id="001XYZ")
    db.add("account_alias", account_id=12, name_key="nwt")
    return db


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("12", 12), ("#12", 12), (" #1 ", 1), ("001xyz", 12), ("Acme Inc", 1), ("acme", 1), ("ACME, Inc.", 1),
        ("ａｃｍｅ", 1), ("@acme", 1), ("acme w", 2), ("@acmew", 2), ("west", 2), ("㈱あおば精密", 3), ("アオバ", 3),
        ("あおばせいみつ", 3), ("@あおば", 3), ("精密", 3), ("42", 4),
        ("@north", 12), ("nwt", 12), ("NWT", 12), ("traders", 12),
    ],
)  # fmt: skip
def test_an_account_is_found_by_whatever_a_person_types(
    named: MemoryPortfolio, text: str, account: int
) -> None:
    assert accounts.find_account(named, text) == account  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [("@ac", [1, 2]), ("e", [1, 2, 12]), ("nobody", []), ("", []), ("@", []), ("999", []), ("#", [])],
)
def test_what_fits_none_or_several_is_told_with_the_candidates(
    named: MemoryPortfolio, text: str, candidates: list[int]
) -> None:
    with pytest.raises(NotFound) as told:
        accounts.find_account(named, text)  # type: ignore[arg-type]
    assert [one["id"] for one in told.value.where["candidates"]] == candidates
    assert told.value.remedy
    assert all(f"#{one}" in told.value.remedy for one in candidates)


def test_one_account_in_full(wb: Workbench) -> None:
    accounts.add_tag(wb, 1, "#vip", now=NOW)
    health.score_all(wb, TODAY, now=NOW)
    detail = accounts.account_detail(wb.reads, 1, TODAY)
    assert (detail.profile.name, detail.tags, detail.renewal, detail.counts.contracts) == (
        "Acme Inc",
        ("vip",),
        None,
        0,
    )
    assert detail.score is not None
    assert detail.score.reason == "nothing_measured"
    assert detail.row == accounts.account_row(wb.reads, 1, TODAY)
    with pytest.raises(NotFound):
        accounts.account_detail(wb.reads, 99, TODAY)


def test_an_archived_account_can_still_be_looked_at(wb: Workbench) -> None:
    accounts.archive(wb, 1, now=NOW)
    detail = accounts.account_detail(wb.reads, 1, TODAY)
    assert (detail.profile.archived, detail.row.name) == (True, "Acme Inc")
    accounts.unarchive(wb, 1, now=NOW)
    assert accounts.account_row(wb.reads, 1, TODAY) is not None


def test_verbs_are_named_changes_that_undo(wb: Workbench) -> None:
    def state() -> tuple[Any, ...]:
        profile = accounts.account_detail(wb.reads, 1, TODAY).profile
        return (profile.name, profile.stage, profile.tier, profile.owner)

    stage = wb.reads.scalar("select key from list_item where list = 'stage' order by position desc")
    tier = wb.reads.scalar("select key from list_item where list = 'tier' order by position")
    before = state()
    accounts.rename(wb, 1, " Acme Japan ", now=NOW)
    accounts.set_stage(wb, 1, stage, now=NOW)
    accounts.set_tier(wb, 1, tier, now=NOW)
    accounts.set_owner(wb, 1, " Sato ", now=NOW)
    assert state() == ("Acme Japan", stage, tier, "Sato")
    assert accounts.find_account(wb.reads, "acme inc") == 1
    assert [wb.undo() for _ in range(4)] == ["Change owner", "Change tier", "Change stage", "Rename account"]
    assert state() == before


def test_tags_come_and_go_once(wb: Workbench) -> None:
    accounts.add_tag(wb, 1, "risk", now=NOW)
    accounts.add_tag(wb, 1, "risk", now=NOW)
    accounts.remove_tag(wb, 1, "nothing", now=NOW)
    assert [step.name for step in wb.history()] == ["Add tag", "set up"]
    accounts.remove_tag(wb, 1, "risk", now=NOW)
    assert accounts.account_detail(wb.reads, 1, TODAY).tags == ()
    assert wb.undo() == "Remove tag"
    assert accounts.account_detail(wb.reads, 1, TODAY).tags == ("risk",)


def test_what_makes_no_sense_is_refused_and_changes_nothing(wb: Workbench) -> None:
    with pytest.raises(InvalidValue, match="needs a name"):
        accounts.rename(wb, 1, "  ", now=NOW)
    with pytest.raises(InvalidValue, match="not on the list") as told:
        accounts.set_stage(wb, 1, "limbo", now=NOW)
    assert "onboarding" in told.value.remedy
    with pytest.raises(InvalidValue):
        accounts.set_tier(wb, 1, "limbo", now=NOW)
    with pytest.raises(InvalidValue):
        accounts.add_tag(wb, 1, "#", now=NOW)
    with pytest.raises(NotFound):
        accounts.set_owner(wb, 99, "Sato", now=NOW)
    assert [step.name for step in wb.history()] == ["set up"]
