"""What settings may hold: good values are kept in one form, others refused before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue
from cs_workbench.services import portfolios
from cs_workbench.services.portfolio_settings import set_settings, setting
from cs_workbench.services.setting_values import checked
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("language", "ja", "ja"),
        ("time_zone", "Asia/Tokyo", "Asia/Tokyo"),
        ("currency", " eur ", "EUR"),
        ("fiscal_year_month", 12, 12),
        ("renewal_approval_days", 15, 15),
        ("renewal_notice_months", 0, 0),
        ("document_formats", ("docx", "pdf"), ["pdf", "docx"]),
        ("document_edition", "internal", "internal"),
        ("backups_kept", 3, 3),
        ("company_ja", " 株式会社  アオバ ", "株式会社 アオバ"),
        ("own_name", "", None),
        ("accent", "#0f6b63", "#0F6B63"),
        ("anything else", {"a": [1]}, {"a": [1]}),
        ("currency", None, None),
    ],
)
def test_kept_as(key: str, value: object, kept: object) -> None:
    assert checked(key, value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "de"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("currency", "YEN!"),
        ("currency", "円円円"),
        ("fiscal_year_month", 0),
        ("fiscal_year_month", 13),
        ("fiscal_year_month", True),
        ("fiscal_year_month", 4.0),
        ("renewal_approval_days", 0),
        ("renewal_notice_months", 25),
        ("document_formats", []),
        ("document_formats", ["exe"]),
        ("document_formats", "pdf"),
        ("document_edition", "secret"),
        ("backups_kept", 2),
        ("own_name_en", "x" * 201),
        ("accent", "#FFFFFF"),
    ],
)
def test_refused(wb: Workbench, key: str, value: object) -> None:
    before = setting(wb.reads, key)
    with pytest.raises(InvalidValue) as caught:
        set_settings(wb, {"company": "kept together or not at all", key: value})
    assert caught.value.message
    assert setting(wb.reads, key) == before
    assert setting(wb.reads, "company") is None
    assert wb.history() == []


def test_a_step_bears_the_name_it_was_given(wb: Workbench) -> None:
    set_settings(wb, {"time_zone": "Asia/Tokyo"}, name="Change time zone")
    set_settings(wb, {"time_zone": None})
    assert [step.name for step in wb.history()] == ["Change settings", "Change time zone"]
