"""A new portfolio has what a CSM starts with, in both languages, and appears whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, InvalidValue, NotFound
from cs_workbench.services import portfolio_settings, portfolios
from cs_workbench.services.portfolio_settings import list_entries
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.defaults import LISTS
from tests.builders_store import NOW, count


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "p.csw")


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("ja", "JPY")])
def test_settings(path: str, language: str, currency: str) -> None:
    with portfolios.create(path, now=NOW, language=language, time_zone="Asia/Tokyo") as wb:
        settings = portfolio_settings.settings(wb.reads)
    assert settings["language"] == language
    assert settings["currency"] == currency
    assert settings["time_zone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("stage", ["onboarding", "adoption", "grow", "renewal", "churned", "won_back"]),
        ("tier", ["A", "B", "C"]),
        ("channel", ["call", "mail", "meeting", "visit", "chat", "event", "note"]),
        (
            "role",
            [
                "economic_buyer", "decision_maker", "champion", "executive_sponsor", "technical_owner", "user",
                "procurement", "influencer", "detractor",
            ],
        ),
        ("ticket_priority", ["urgent", "high", "normal", "low"]),
        (
            "metric_role",
            [
                "seats_used", "active_users", "usage", "feature", "mail_opens", "events_attended", "checklist",
                "objectives", "value_ratio", "embedded",
            ],
        ),
    ],
)  # fmt: skip
def test_lists(path: str, name: str, keys: list[str]) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        assert [entry.key for entry in list_entries(wb.reads, name)] == keys


def test_every_entry_has_a_label_in_both_languages(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        for name in LISTS:
            entries = list_entries(wb.reads, name)
            assert entries
            for language in ("en", "ja"):
                labels = [entry.label(language) for entry in entries]
                assert all(labels)
                assert len(set(labels)) == len(labels)


def test_what_belongs_to_entries(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        cadence = [entry.data["cadence_days"] for entry in list_entries(wb.reads, "tier")]
        reasons = {entry.key: entry.data.get("avoidable") for entry in list_entries(wb.reads, "churn_reason")}
        severity = {entry.key: entry.data["severity"] for entry in list_entries(wb.reads, "ticket_priority")}
    assert cadence == sorted(cadence)
    assert reasons["no_value"] is True
    assert reasons["merger"] is False
    assert reasons["unknown"] is None
    assert severity == {"urgent": "high", "high": "high", "normal": "normal", "low": "low"}


def test_default_segment_and_scorecard(path: str) -> None:
    with portfolios.create(path, now=NOW, language="ja") as wb:
        assert wb.reads.all("select key, rule, scorecard_key from segment") == [("default", "[]", "default")]
        key, version, definition, created = (
            wb.reads.one("select key, version, definition, created_at from scorecard") or ()
        )
    assert (key, version, created) == ("default", 1, "2026-03-04T05:06:07Z")
    assert [axis["key"] for axis in json.loads(definition)["axis"]] == [
        "deployment",
        "engagement",
        "adoption",
        "roi",
    ]


def test_a_new_portfolio_has_no_history_and_no_accounts(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        assert wb.history() == []
        assert wb.undo() is None
        assert count(wb, "account") == 0


def test_an_encrypted_one(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en", key="pass") as wb:
        assert len(list_entries(wb.reads, "tier")) == 3
    assert not Path(path).read_bytes().startswith(b"SQLite")
    with Workbench.open(path, key="pass") as wb:
        assert wb.setting("language") == "en"


@pytest.mark.parametrize(("language", "key"), [("fr", None), ("", None), ("en", "")])
def test_refused(path: str, language: str, key: str | None) -> None:
    with pytest.raises(InvalidValue):
        portfolios.create(path, now=NOW, language=language, key=key)
    assert not os.path.exists(path)


def test_an_existing_file_is_left_alone(path: str) -> None:
    Path(path).write_bytes(b"mine")
    with pytest.raises(FileProblem) as caught:
        portfolios.create(path, now=NOW, language="en")
    assert caught.value.code == "exists"
    assert Path(path).read_bytes() == b"mine"


def test_list_entries_are_the_csms_own(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        new = portfolio_settings.put_list_entry(
            wb, "tier", " S ", label_en="Top", label_ja="最上位", data={"cadence_days": 7}
        )
        assert [
            (entry.id, entry.position) for entry in list_entries(wb.reads, "tier") if entry.key == "S"
        ] == [(new, 4)]
        assert portfolio_settings.put_list_entry(wb, "tier", "S", label_en="Top!", label_ja="最上位") == new
        (entry,) = [entry for entry in list_entries(wb.reads, "tier") if entry.key == "S"]
        assert (entry.label("en"), entry.data) == ("Top!", {"cadence_days": 7})
        portfolio_settings.archive_list_entry(wb, "tier", "S")
        assert [entry.key for entry in list_entries(wb.reads, "tier")] == ["A", "B", "C"]
        assert [entry.key for entry in list_entries(wb.reads, "tier", archived=True)] == ["A", "B", "C", "S"]
        assert [wb.undo() for _ in range(4)] == ["Change list"] * 3 + [None]
        assert len(list_entries(wb.reads, "tier", archived=True)) == 3


@pytest.mark.parametrize(
    ("name", "key", "label"), [("nothing", "k", "l"), ("tier", " ", "l"), ("tier", "k", "")]
)
def test_an_entry_refused(path: str, name: str, key: str, label: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        with pytest.raises(InvalidValue):
            portfolio_settings.put_list_entry(wb, name, key, label_en=label, label_ja="x")
        with pytest.raises(NotFound):
            portfolio_settings.archive_list_entry(wb, "tier", "absent")
        assert wb.history() == []


def test_several_settings_are_one_step(path: str) -> None:
    with portfolios.create(path, now=NOW, language="en") as wb:
        portfolio_settings.set_settings(wb, {"company": "Aoba", "currency": "EUR", "time_zone": None})
        assert (wb.setting("company"), wb.setting("currency"), wb.setting("time_zone")) == (
            "Aoba",
            "EUR",
            None,
        )
        assert wb.undo() == "Change settings"
        assert (wb.setting("company"), wb.setting("currency"), wb.setting("time_zone")) == (
            None,
            "USD",
            "UTC",
        )
