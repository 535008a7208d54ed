"""The sections of the settings: each control keeps what it says, refuses what cannot be, and shows what is stored."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cs_workbench import i18n, settings
from cs_workbench.errors import FileProblem
from cs_workbench.services import backups, company, exchange_rates, health_settings, signal_settings, trash
from cs_workbench.services.portfolio_settings import list_entries, setting
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.settings import SettingsPage
from cs_workbench.ui.pages.settings.appearance import AppearanceSection
from cs_workbench.ui.pages.settings.company import CompanySection
from cs_workbench.ui.pages.settings.data import DataSection, _size
from cs_workbench.ui.pages.settings.documents import DocumentsSection
from cs_workbench.ui.pages.settings.health import HealthSection
from cs_workbench.ui.pages.settings.links import AboutSection, ShortcutsSection
from cs_workbench.ui.pages.settings.region import RegionSection
from cs_workbench.ui.pages.settings.reminders import RemindersSection, clock
from cs_workbench.ui.pages.settings.renewals import RenewalsSection
from cs_workbench.ui.pages.settings.restoring import RestoreSheet
from cs_workbench.ui.pages.settings.rule_words import FIGURES, RULES, figure_words, rule_hint, rule_name
from cs_workbench.ui.pages.settings.section import Section

Settle = Callable[[Desk], None]
Kind = TypeVar("Kind", bound=Section)
Opened = Callable[[type[Kind]], Kind]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of this machine go to a folder of the test."""
    monkeypatch.setenv("CS_WORKBENCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def opened(make_page: Callable[..., Page], desk: Desk, settle: Settle) -> Callable[[type[Any]], Any]:
    """Open the page at a section and give the section."""

    def open_at(kind: type[Section]) -> Section:
        page = make_page(SettingsPage, section=kind.id)
        settle(desk)
        assert isinstance(page, SettingsPage)
        found = page.sections[kind.id]
        found.page = page  # type: ignore[attr-defined] - kept alive with the section
        return found

    return open_at


def kept(desk: Desk, key: str) -> Any:
    """A setting as it stands in the portfolio."""
    return setting(desk.workbench.reads, key)


def last(desk: Desk) -> str:
    """The name of the newest step."""
    return desk.workbench.history()[0].name


def test_a_swatch_is_a_step(opened: Opened[CompanySection], desk: Desk, settle: Settle) -> None:
    section = opened(CompanySection)
    section.colour.swatches[1].click()
    settle(desk)
    assert kept(desk, "accent") == company.SWATCHES[1]
    assert last(desk) == "Change document colour"
    assert section.colour.swatches[1].isChecked()
    assert "6.5:1" in section.colour_row.hint.text() or "white at" in section.colour_row.hint.text()


def test_arrows_walk_the_swatches(
    opened: Opened[CompanySection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(CompanySection)
    section.window().activateWindow()
    section.colour.swatches[0].setFocus()
    qtbot.keyClick(section.colour.swatches[0], Qt.Key.Key_Right)
    settle(desk)
    assert kept(desk, "accent") == company.SWATCHES[1]


def test_a_pale_colour_is_weighed_while_typed_and_refused_with_a_way_out(
    opened: Opened[CompanySection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(CompanySection)
    edit = section.colour.edit
    edit.setFocus()
    edit.clear()
    qtbot.keyClicks(edit, "#FF")
    assert "hexadecimal" in section.colour_row.hint.text()
    qtbot.keyClicks(edit, "FF00")
    assert "1.1:1" in section.colour_row.hint.text()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(desk)
    assert kept(desk, "accent") is None
    assert "4.5:1" in section.colour_row.wrong
    section.colour_row.remedy.click()
    settle(desk)
    assert kept(desk, "accent") == company.darkened("#FFFF00")
    assert section.colour_row.wrong == ""


def test_what_is_no_colour_can_be_restored(opened: Opened[CompanySection], desk: Desk, qtbot: QtBot) -> None:
    section = opened(CompanySection)
    section.colour.edit.setText("blue")
    section.colour.edit.commit()
    assert "blue" in section.colour_row.wrong
    section.colour_row.remedy.click()
    assert section.colour.edit.text() == "#23458F"


def test_a_logo_is_taken_shown_and_removed(
    opened: Opened[CompanySection], desk: Desk, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    section = opened(CompanySection)
    assert not section.remove.isVisible()
    picture = tmp_path / "logo.png"
    Image.new("RGB", (700, 70), "#118811").save(picture)
    section.take_logo(str(picture))
    settle(desk)
    qtbot.waitUntil(lambda: section.logo.picture is not None)
    assert last(desk) == "Change logo"
    assert section.remove.isVisible()
    section.remove.click()
    settle(desk)
    qtbot.waitUntil(lambda: section.logo.picture is None)
    assert last(desk) == "Remove logo"


def test_a_picture_that_cannot_be_used_says_why(
    opened: Opened[CompanySection], desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    section = opened(CompanySection)
    bad = tmp_path / "logo.svg"
    bad.write_text("<svg viewBox='0 0 9 9'><script>x</script></svg>")
    section.take_logo(str(bad))
    settle(desk)
    assert "script" in section.logo_row.wrong
    assert "present look" in section.logo_row.wrong


def test_a_slow_drive_does_not_stop_the_writer(
    opened: Opened[CompanySection],
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    section = opened(CompanySection)
    come_back, written = threading.Event(), []

    def slow(_path: str) -> bytes:
        come_back.wait(20)
        raise FileProblem("The drive went away.", "", code="logo")

    monkeypatch.setattr(company, "read_logo", slow)
    section.take_logo("logo.png")
    desk.tasks.write(lambda: None, done=written.append)
    qtbot.waitUntil(lambda: bool(written), timeout=20_000)
    come_back.set()
    settle(desk)
    assert "went away" in section.logo_row.wrong


def test_languages(opened: Opened[RegionSection], desk: Desk, settle: Settle) -> None:
    section = opened(RegionSection)
    spoken: list[str] = []
    desk.spoke.connect(spoken.append)
    section.language.choose("ja")
    assert spoken == ["ja"]
    section.documents.choose("ja")
    settle(desk)
    assert kept(desk, "language") == "ja"
    assert last(desk) == "Change document language"


def test_time_zone_by_typing_part_of_it(
    opened: Opened[RegionSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(RegionSection)
    typing = section.zone.lineEdit()
    assert typing is not None
    typing.setFocus()
    typing.selectAll()
    qtbot.keyClicks(typing, "asia/tok")
    section.zone._settle()
    settle(desk)
    assert kept(desk, "time_zone") == "Asia/Tokyo"
    typing.selectAll()
    qtbot.keyClicks(typing, "no such place")
    section.zone._settle()
    assert section.zone.currentData() == "Asia/Tokyo"


def test_fiscal_year(opened: Opened[RegionSection], desk: Desk, settle: Settle) -> None:
    section = opened(RegionSection)
    section.month.setCurrentIndex(section.month.findData(4))
    section.month.activated.emit(section.month.currentIndex())
    settle(desk)
    assert kept(desk, "fiscal_year_month") == 4
    assert section.month.currentText() == "Starts in April"


def test_another_currency_turns_the_rates(opened: Opened[RegionSection], desk: Desk, settle: Settle) -> None:
    section = opened(RegionSection)
    before = {rate.currency for rate in exchange_rates.listing(desk.workbench.reads)}
    section.currency.show_value("EUR")
    section._take_currency("EUR")
    settle(desk)
    assert kept(desk, "currency") == "EUR"
    assert {rate.currency for rate in exchange_rates.listing(desk.workbench.reads)} == before - {"EUR"} | {
        "USD"
    }


def test_a_currency_without_a_rate_is_refused_in_its_row(
    opened: Opened[RegionSection], desk: Desk, settle: Settle
) -> None:
    section = opened(RegionSection)
    section._take_currency("ISK")
    settle(desk)
    assert "ISK" in section.currency_row.wrong
    assert kept(desk, "currency") == "USD"


def test_a_rate_is_added_by_keyboard(
    opened: Opened[RegionSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    table = opened(RegionSection).rates
    table.currency.show_value("CHF")
    table.rate.setFocus()
    qtbot.keyClicks(table.rate, "1.13")
    qtbot.keyClick(table.rate, Qt.Key.Key_Return)
    settle(desk)
    found = {rate.currency: rate for rate in exchange_rates.listing(desk.workbench.reads)}
    assert found["CHF"].rate == Decimal("1.13")
    assert found["CHF"].on_date == desk.today()
    qtbot.waitUntil(lambda: any(rate.currency == "CHF" for rate in table.model.rows))
    assert table.rate.text() == ""


def test_a_rate_needs_all_three(opened: Opened[RegionSection]) -> None:
    section = opened(RegionSection)
    section.rates.add.click()
    assert "currency" in section.rates_row.wrong


def test_rates_are_corrected_in_place_and_removed(
    opened: Opened[RegionSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    table = opened(RegionSection).rates
    first = table.model.rows[0]
    table.model.setData(table.model.index(0, 1), "2.5")
    settle(desk)
    assert exchange_rates.listing(desk.workbench.reads)[0].rate == Decimal("2.5")
    table.model.setData(table.model.index(0, 2), "2026-01-02")
    settle(desk)
    assert exchange_rates.listing(desk.workbench.reads)[0].on_date == dt.date(2026, 1, 2)
    qtbot.waitUntil(lambda: table.model.rows[0].on_date == dt.date(2026, 1, 2))
    table.table.choose(0)
    assert table.remove.words() == f"Remove {first.currency}"
    table.table.setFocus()
    qtbot.keyClick(table.table, Qt.Key.Key_Delete)
    settle(desk)
    assert first.currency not in {rate.currency for rate in exchange_rates.listing(desk.workbench.reads)}
    assert last(desk) == "Remove exchange rate"


@pytest.mark.parametrize(
    ("key", "text", "refused"),
    [
        ("rate", "0", True),
        ("rate", "1.5", False),
        ("on_date", "soon", True),
        ("on_date", "2026/01/02", False),
    ],
)
def test_cells_refuse_what_is_no_rate(
    opened: Opened[RegionSection], key: str, text: str, refused: bool
) -> None:
    table = opened(RegionSection).rates
    index = table.model.index(0, table.model.place(key))
    assert bool(table.table.refused(index, text)) is refused


def test_the_rates_are_a_sound_model(opened: Opened[RegionSection], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(opened(RegionSection).rates.model)


def test_missing_rates_are_said(
    opened: Opened[RegionSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(RegionSection)
    with desk.workbench.change("Remove all") as db:
        db.execute("delete from currency_rate")
    settle(desk)
    qtbot.waitUntil(lambda: "No rate for" in section.rates_row.hint.text())
    assert not section.rates.table.isVisible()


def test_theme_and_size(opened: Opened[AppearanceSection], desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    section = opened(AppearanceSection)
    assert section.theme.taken == "light"
    section.theme.choose("dark")
    settle(desk)
    assert desk.wardrobe.theme.name == "dark"
    desk.wardrobe.choose("light")
    assert section.theme.taken == "light"
    rescaled: list[float] = []
    desk.wardrobe.rescaled.connect(lambda: rescaled.append(desk.wardrobe.scale))
    section._resize(1.25)
    qtbot.waitUntil(lambda: rescaled == [1.25])
    assert section.scale.currentText() == "125%"
    desk.wardrobe.resize(1.0)


def test_bands_and_weights(opened: Opened[HealthSection], desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    section = opened(HealthSection)
    section.green.edit.setText("75")
    section.green.edit.commit()
    settle(desk)
    assert health_settings.bounds(desk.workbench.reads).green == 75
    section.weights["roi"].edit.setText("75")
    section.weights["roi"].edit.commit()
    settle(desk)
    qtbot.waitUntil(lambda: "50%" in section.weights_row.hint.text())
    section.restore_card.click()
    settle(desk)
    qtbot.waitUntil(lambda: section.green.edit.text() == "70")
    assert not section.restore_card.isVisible()


def test_bands_out_of_order_stay(opened: Opened[HealthSection], desk: Desk, settle: Settle) -> None:
    section = opened(HealthSection)
    section.yellow.edit.setText("90")
    section.yellow.edit.commit()
    settle(desk)
    row = next(one for one in section.rows if one.key == "bands")
    assert "above yellow" in row.wrong
    assert health_settings.bounds(desk.workbench.reads).yellow == 40


def test_cadences(opened: Opened[HealthSection], desk: Desk, settle: Settle) -> None:
    section = opened(HealthSection)
    assert [field.edit.text() for field in section.cadences.values()] == ["14", "30", "90"]
    section.cadences["A"].edit.setText("7")
    section.cadences["A"].edit.commit()
    section.no_tier.edit.setText("50")
    section.no_tier.edit.commit()
    settle(desk)
    tiers = {one.key: one.data["cadence_days"] for one in list_entries(desk.workbench.reads, "tier")}
    assert tiers["A"] == 7
    assert kept(desk, "signal_rules") == {"default_cadence": 50}


def test_rules_are_switched_and_tuned(
    opened: Opened[HealthSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(HealthSection)
    low = section.rules["seats_low"]
    assert low.figures["share"].edit.text() == "50"
    low.figures["share"].edit.setText("40%")
    low.figures["share"].edit.commit()
    section.rules["task"].on.click()
    settle(desk)
    assert kept(desk, "signal_rules") == {"seats_low": {"share": 0.4}, "task": {"on": False}}
    qtbot.waitUntil(lambda: not section.rules["task"].figures["ahead"].isEnabled())
    assert section.restore_rules.isEnabled()
    section.restore_rules.click()
    settle(desk)
    assert kept(desk, "signal_rules") is None
    qtbot.waitUntil(section.rules["task"].on.isChecked)


@pytest.mark.parametrize("text", ["", "abc", "-1", "999", "1e99"])
def test_numbers_are_refused_where_they_stand(
    opened: Opened[HealthSection], desk: Desk, settle: Settle, text: str
) -> None:
    section = opened(HealthSection)
    rule = section.rules["score_fell"]
    rule.figures["points"].edit.setText(text)
    rule.figures["points"].edit.commit()
    settle(desk)
    assert "0 to 100" in rule.row.wrong
    assert kept(desk, "signal_rules") is None
    rule.figures["points"].edit.setText("10")
    rule.figures["points"].edit.editingFinished.emit()


def test_every_rule_and_figure_has_words() -> None:
    found = signal_settings.settings_of(None)
    assert {rule.name for rule in found.rules} == set(RULES)
    assert {figure for rule in found.rules for figure in rule.values} == set(FIGURES)
    for rule in found.rules:
        assert rule_name(rule.name) != rule.name
        assert rule_hint(rule.name)
    assert rule_name("new_rule") == "new_rule"
    assert rule_hint("new_rule") == ""
    assert figure_words("new") == ("new", "")


def test_renewals(opened: Opened[RenewalsSection], desk: Desk, settle: Settle) -> None:
    section = opened(RenewalsSection)
    section.notice.edit.setText("6")
    section.notice.edit.commit()
    section.approval.edit.setText("15")
    section.approval.edit.commit()
    section.steps[0].edit.setText("200")
    section.steps[0].edit.commit()
    settle(desk)
    assert (kept(desk, "renewal_notice_months"), kept(desk, "renewal_approval_days")) == (6, 15)
    assert kept(desk, "signal_rules")["renewal"]["steps"][0]["day"] == 200
    section.steps[1].edit.setText("300")
    section.steps[1].edit.commit()
    settle(desk)
    assert "later than the one before" in section.runway_row.wrong


def test_documents(opened: Opened[DocumentsSection], desk: Desk, settle: Settle, tmp_path: Path) -> None:
    section = opened(DocumentsSection)
    assert section.template.currentData() == "renewal_briefing"
    section.formats["docx"].click()
    section.edition.choose("internal")
    section.folder.setText(str(tmp_path))
    section.folder.commit()
    settle(desk)
    assert kept(desk, "document_formats") == ["pdf", "docx"]
    assert kept(desk, "document_edition") == "internal"
    assert kept(desk, "documents_folder") == str(tmp_path)
    section.template.activated.emit(0)
    settle(desk)
    assert kept(desk, "document_template") == section.template.currentData()


def test_the_last_format_cannot_go(opened: Opened[DocumentsSection], desk: Desk, settle: Settle) -> None:
    section = opened(DocumentsSection)
    section.formats["pdf"].click()
    settle(desk)
    assert "at least one" in section.formats_row.wrong
    assert kept(desk, "document_formats") is None


def test_reminders_are_kept_on_this_machine(
    opened: Opened[RemindersSection], desk: Desk, settle: Settle
) -> None:
    section = opened(RemindersSection)
    section.on.click()
    settle(desk)
    assert settings.load()["reminders"] is False
    section.start.setText("1930")
    section.start.commit()
    settle(desk)
    assert settings.load()["quiet_from"] == "19:30"
    assert desk.workbench.history() == [] or last(desk) != "Change settings"
    section.show_kept({"reminders": True, "quiet_from": "20:00", "quiet_to": "07:00"})
    assert (section.start.text(), section.end.text()) == ("20:00", "07:00")


def test_what_is_no_time(opened: Opened[RemindersSection], desk: Desk, settle: Settle) -> None:
    section = opened(RemindersSection)
    section.end.setText("late")
    section.end.commit()
    settle(desk)
    assert "time of day" in section.quiet_row.wrong
    assert "quiet_to" not in settings.load()
    section.quiet_row.remedy.click()
    assert section.end.text() == "08:00"


@pytest.mark.parametrize(
    ("text", "time"),
    [("9", "09:00"), ("930", "09:30"), ("21:05", "21:05"), ("１９：００", "19:00"), ("19時", "19:00"),
     ("24:00", None), ("12:60", None), ("", None), ("-1", None), ("9:5", None)],
)  # fmt: skip
def test_times_of_day(text: str, time: str | None) -> None:
    assert clock(text) == time


def test_links(opened: Callable[[type[Any]], Any], desk: Desk) -> None:
    went: list[str] = []
    desk.went.connect(lambda page, _arguments: went.append(page))
    opened(ShortcutsSection).all.click()
    opened(AboutSection).all.click()
    opened(DataSection).trash.click()
    assert went == ["keyboard", "about", "trash"]


def test_backing_up(opened: Opened[DataSection], desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    section = opened(DataSection)
    told: list[Told] = []
    desk.told.connect(told.append)
    assert section.none.isVisible()
    section.now.click()
    assert section.progress.isVisible()
    section.back_up()
    settle(desk)
    (made,) = backups.list_backups(desk.workbench.path)
    assert [one.path for one in section.model.rows] == [made.path]
    assert "Verified" in section.verified.text()
    assert not section.progress.isVisible()
    assert told[-1].text == "Backed up and verified"
    section.model.tsv()


def test_a_backup_that_fails_can_be_tried_again(
    opened: Opened[DataSection], desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.errors import FileProblem

    def full(*_given: object, **_named: object) -> None:
        raise FileProblem("The disk is full.", "Make room.", code="disk_full")

    section = opened(DataSection)
    monkeypatch.setattr(backups, "backup", full)
    section.now.click()
    settle(desk)
    assert section.backup_row.wrong == "The disk is full. Make room."
    monkeypatch.undo()
    section.backup_row.remedy.click()
    settle(desk)
    assert len(section.model.rows) == 1


def test_checking_the_file(
    opened: Opened[DataSection], desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = opened(DataSection)
    section.check.click()
    settle(desk)
    assert "Sound" in section.check_words.text()
    report = backups.CheckReport((backups.Finding("reference", "person 7 → account"),))
    monkeypatch.setattr(backups, "check", lambda _wb, **_named: report)
    section.check.click()
    settle(desk)
    assert "person 7" in section.check_row.wrong
    assert not section.check_words.isVisible()


def test_a_damaged_search_index_is_made_afresh_from_here(
    opened: Opened[DataSection], desk: Desk, settle: Settle
) -> None:
    with desk.workbench.change("Break") as db:
        db.execute("delete from interaction_short where rowid in (select min(id) from interaction)")
    section = opened(DataSection)
    section.check.click()
    settle(desk)
    assert "interaction_short" in section.check_row.wrong
    assert "backup" not in section.check_row.wrong
    section.check_row.remedy.click()
    settle(desk)
    assert section.check_row.wrong == ""
    assert "Sound" in section.check_words.text()


def test_how_many_are_kept(opened: Opened[DataSection], desk: Desk, settle: Settle) -> None:
    section = opened(DataSection)
    section.kept.edit.setText("20")
    section.kept.edit.commit()
    settle(desk)
    assert kept(desk, "backups_kept") == 20


@pytest.mark.parametrize(("size", "words"), [(90_000, "90 kB"), (1_500_000, "1.5 MB"), (0, "0 kB")])
def test_sizes(size: int, words: str) -> None:
    assert _size(size) == words


def test_restoring_keeps_the_present_file_aside(
    opened: Opened[DataSection], desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    section = opened(DataSection)
    info = backups.backup(desk.workbench, now=desk.now())
    company.set_name(desk.workbench, "company", "en", "After the backup")
    sheet = RestoreSheet(section.window(), desk, info)
    reopened: list[str] = []
    desk.opened.connect(reopened.append)
    sheet.restore()
    settle(desk)
    assert reopened == [desk.workbench.path]
    folder = desk.workbench.path + "-backups"
    assert any(name.startswith("replaced-") for name in os.listdir(folder))


def test_a_restore_that_would_lose_accounts_asks_again(
    opened: Opened[DataSection], desk: Desk, settle: Settle
) -> None:
    section = opened(DataSection)
    for account in range(1, 8):
        trash.delete(desk.workbench, "account", account, now=desk.now())
    info = backups.backup(desk.workbench, now=desk.now())
    for _step in range(7):
        desk.workbench.undo()
    sheet = RestoreSheet(section.window(), desk, info)
    reopened: list[str] = []
    desk.opened.connect(reopened.append)
    sheet.restore()
    settle(desk)
    assert "7 accounts" in sheet.problem.text()
    assert sheet.main is not None
    assert sheet.main.words() == "Restore anyway"
    assert reopened == []
    sheet.restore()
    settle(desk)
    assert reopened == [desk.workbench.path]


def test_changing_ones_mind_after_a_refusal_opens_the_portfolio_again(
    opened: Opened[DataSection], desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    section = opened(DataSection)
    info = backups.backup(desk.workbench, now=desk.now())
    Path(info.path).write_bytes(b"spoilt")
    sheet = RestoreSheet(section.window(), desk, info)
    reopened: list[str] = []
    desk.opened.connect(reopened.append)
    sheet.restore()
    settle(desk)
    assert sheet.problem.text()
    sheet.reject()
    assert reopened == [desk.workbench.path]
    QApplication.processEvents()


def test_the_language_is_english_here() -> None:
    assert i18n.language() == "en"
