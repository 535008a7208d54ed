"""Everything the settings page shows, in a constant number of statements; and what can be chosen of the world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cs_workbench import i18n
from cs_workbench.services import backups, exchange_rates, portfolios, regional, settings_view
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import rotation
from tests.builders_store import add_account, add_contract

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as workbench:
        yield workbench


@pytest.fixture
def japanese() -> Iterator[None]:
    i18n.set_language("ja")
    yield
    i18n.set_language("en")


def test_a_new_portfolio(wb: Workbench) -> None:
    view = settings_view.read(wb)
    assert view.own_currency == "JPY"
    assert view.value("fiscal_year_month") == 4
    assert view.value("nothing", 7) == 7
    assert [tier.key for tier in view.tiers] == ["A", "B", "C"]
    assert (view.rates, view.rates_missing, view.backups) == ((), (), ())
    assert (view.encrypted, view.read_only) == (False, False)
    assert ("renewal_briefing", "Renewal briefing") in view.templates


def test_what_is_stored_shows(wb: Workbench) -> None:
    exchange_rates.put(wb, "USD", "150", NOW.date())
    made = backups.backup(wb, now=NOW)
    view = settings_view.read(wb)
    assert [rate.currency for rate in view.rates] == ["USD"]
    assert [one.path for one in view.backups] == [made.path]


def test_statements_do_not_grow(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, asked = wb.reads, []
    real = type(reads).all

    def counted(self: Any, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return real(self, sql, params)

    monkeypatch.setattr(type(reads), "all", counted)
    settings_view.read(wb)
    few = len(asked)
    for month in range(1, 13):
        exchange_rates.put(wb, "USD", "150", dt.date(2026, month, 1))
    asked.clear()
    settings_view.read(wb)
    assert len(asked) == few <= 6


def test_an_encrypted_portfolio_says_so(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "k.csw"), now=NOW, language="en", key="secret") as workbench:
        assert settings_view.read(workbench).encrypted is True


def test_missing_rates(wb: Workbench) -> None:
    with wb.change("Fill") as db:
        add_contract(db, add_account(db), currency="GBP")
    assert settings_view.read(wb).rates_missing == ("GBP",)


def test_currencies_begin_with_the_usual_ones() -> None:
    codes = [code for code, _words in regional.currencies(("ISK",))]
    assert codes[:3] == ["JPY", "USD", "EUR"]
    assert codes.index("ISK") == len(regional.USUAL)
    assert len(codes) == len(set(codes)) > 100
    assert "DEM" not in codes


def test_names_follow_the_language(japanese: None) -> None:
    assert dict(regional.currencies())["JPY"] == "JPY – 日本円"
    assert regional.months()[3] == (4, "4月")


def test_time_zones() -> None:
    zones = regional.time_zones()
    assert zones[0] == "UTC"
    assert {"Asia/Tokyo", "Europe/Berlin"} < set(zones)
    assert list(zones[1:]) == sorted(zones[1:])


@pytest.mark.parametrize(("kept", "newest"), [(None, 10), (25, 25), (3, 3), (1, 10), ("x", 10)])
def test_backups_kept(kept: object, newest: int) -> None:
    assert backups.kept_policy(kept) == rotation.Policy(newest=newest)


def test_the_setting_is_what_rotation_uses(wb: Workbench) -> None:
    set_settings(wb, {"backups_kept": 3})
    for minute in range(8):
        backups.backup(wb, now=NOW + dt.timedelta(minutes=minute))
    assert [info.number for info in backups.list_backups(wb.path)] == [8, 7, 6]


def test_a_backup_tells_how_far_it_is(wb: Workbench) -> None:
    heard: list[tuple[int, int]] = []
    backups.backup(wb, now=NOW, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1] > 0


def test_a_backup_that_is_stopped_leaves_nothing(wb: Workbench) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int) -> Sequence[object]:
        raise Stopped

    with pytest.raises(Stopped):
        backups.backup(wb, now=NOW, progress=stop)
    assert backups.list_backups(wb.path) == []
    assert list(Path(wb.path + "-backups").iterdir()) == []
