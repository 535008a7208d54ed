"""What is shown: every page, every tab of the account, every section of the settings, every dialog and float."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _, language
from cs_workbench.selftest.stage import Stage
from cs_workbench.selftest.states import states
from cs_workbench.services import value_choices
from cs_workbench.services.accounts import account_list
from cs_workbench.ui.dialogs import DIALOGS
from cs_workbench.ui.dialogs.export import ExportDialog
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.dialogs.onboarding_start import StartSheet
from cs_workbench.ui.dialogs.pack import PackDialog
from cs_workbench.ui.dialogs.portfolio_new import NewPortfolio
from cs_workbench.ui.dialogs.print_pages import PrintDialog
from cs_workbench.ui.dialogs.quick_log import QuickLog
from cs_workbench.ui.opening_problem import OpeningProblem
from cs_workbench.ui.opening_sample import SampleImportSheet
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.pages.account.page import TABS
from cs_workbench.ui.pages.account.people import PeopleTab
from cs_workbench.ui.pages.settings.contents import SECTIONS
from cs_workbench.ui.pages.success.map_editor import MapEditor
from cs_workbench.ui.pages.success.persona_editor import PersonaEditor
from cs_workbench.ui.pages.success.views import VIEWS
from cs_workbench.ui.pages.value import ValuePage
from cs_workbench.ui.palette import Palette
from cs_workbench.ui.toasts import Toast

FILTER = "health<70 and renewal<240d"
LINES = {
    "en": "@{name} call 20m yesterday went through the renewal #renewal next: send the quote !12/1",
    "ja": "@{name} 電話 20分 昨日 更新の進め方を確認 #更新 次: 見積を送る !12/1",
}
LISTS = {
    "en": (
        "customers.csv",
        "Company,ARR,Renewal date,Stage,Tier\n"
        "Harbour Lane Optics,18000,2027-03-31,Adopting,A\n"
        "Fenwick & Marsh,9600,2027-06-30,Adopting,B\n"
        "Brightwater Tools,7200,2027-02-30,Onboarding,B\n"
        "Copperfield Supply,24000,2027-09-30,Adopting,A\n"
        "Fennbrook Clinic,28600,2027-01-31,Adopting,B\n"
        "Longmead Archive,5400,2027-08-31,Adopting,C\n"
        "Orchard Row Dental,4200,2027-05-31,Onboarding,C\n"
        "Tidewick Foods,1O800,2027-11-30,Adopting,B\n"
        "Wren Street Press,7600,2027-12-31,Adopting,C\n",
    ),
    "ja": (
        "取引先一覧.csv",
        "会社名,年間契約額,契約終了日,ステージ,ランク\n"
        "株式会社港南光学,1800000,2027/03/31,活用,A\n"
        "有限会社芝浦測器,960000,2027/06/30,活用,B\n"
        "㈱白水工具,720000,2027/02/30,導入,B\n"
        "大崎化成株式会社,2400000,2027/09/30,活用,A\n"
        "カゼクサ設計事務所,1800000,2027/02/28,活用,B\n"
        "有限会社品川文庫,540000,2027/08/31,活用,C\n"
        "医療法人田町歯科,420000,2027/05/31,導入,C\n"
        "株式会社青海食品,1O80000,2027/11/30,活用,B\n"
        "汐入印刷株式会社,760000,2027/12/31,活用,C\n",
    ),
}
"""A list to import: a day that does not exist, a letter in an amount, a name much like one there."""
TYPED = {"en": "quil", "ja": "nagi"}
"""What stands in the palette: the beginning of the name of the account looked at, for the Japanese one in romaji."""
NOT_PICTURED = ("portfolio_open", "portfolio_save_as", "portfolio_duplicate")
"""Dialogs of the system: they ask for a file and are not ours."""
DIALOG_OF: dict[str, type[QWidget]] = {
    "log_contact": QuickLog, "import_files": ImportDialog, "prepare_pack": PackDialog, "export": ExportDialog,
    "start_onboarding": StartSheet, "print": PrintDialog, "portfolio_new": NewPortfolio,
}  # fmt: skip
"""What each verb's picture is a picture of."""
SHEETS: dict[str, type[QWidget]] = {"edit_map": MapEditor, "edit_personas": PersonaEditor}
"""Sheets over the success map."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen: ``show`` brings it up on a stage; the stage tidies up afterwards."""

    name: str
    show: Callable[[Stage], object]
    shows: type[QWidget] | None = None
    """What must be in sight, and in front: else another screen stands in the picture under this one's name."""
    toast: bool = False
    """Whether a toast belongs to it; a reminder that happens to come up just then does not."""
    back: Callable[[Stage], object] | None = None
    """Takes away what tidying up does not know of."""


def shots(portfolio: str, folder: str) -> Iterator[Shot]:
    """Every screen on the portfolio at *portfolio*, in order; *folder* holds the files some of them need."""
    yield Shot("first-run", lambda stage: stage.open(os.path.join(folder, "not-there.csw")))
    yield Shot("today", lambda stage: stage.open(portfolio))
    for entry in PAGES:
        if entry.id not in ("today", "account", "first_run", "settings"):
            yield Shot(entry.id, partial(_page, page=entry.id))
        if entry.id == "accounts":
            yield Shot("accounts-filter", partial(_page, page="accounts", filter=FILTER))
    for tab in TABS:
        yield Shot(f"account-{tab}", partial(_account, tab=tab))
    for view in ("map", "tree"):
        yield Shot(f"account-people-{view}", partial(_people, view=view))
    yield Shot("account-people-move", partial(_people, view="list", editor="move"))
    for screen in ("ledger", "tests", "guide"):
        yield Shot(f"value-{screen}", partial(_value, screen=screen))
    yield Shot("value-working", partial(_value, screen="ledger", working=True))
    for one in VIEWS[1:]:
        yield Shot(f"success-{one.id}", partial(_page, page="success", view=one.id))
    for sheet, kind in SHEETS.items():
        yield Shot(f"success-{sheet.replace('_', '-')}", partial(_map_sheet, sheet=sheet), kind)
    for tab in ("loops", "themes"):
        yield Shot(f"voice-{tab}", partial(_page, page="voice", tab=tab))
    for section in SECTIONS:
        yield Shot(f"settings-{section.id}", partial(_page, page="settings", section=section.id))
    yield from _floats(folder)
    for state in states(somebody):
        yield Shot(state.name, state.show, state.shows, back=state.back)
    damaged = partial(_damaged, portfolio=portfolio, folder=folder)
    yield Shot("opening-problem", damaged, OpeningProblem)


def _floats(folder: str) -> Iterator[Shot]:
    openers: dict[str, Callable[[Stage], object]] = {
        "log_contact": _quick_log,
        "import_files": partial(_import, folder=folder),
        "prepare_pack": lambda stage: _dialog(stage, "today", "prepare_pack", account_id=somebody(stage)),
    }
    for verb in DIALOGS:
        if verb not in NOT_PICTURED:
            if verb == "import_files":
                yield Shot("import-sample", partial(_sample_asked, folder=folder), SampleImportSheet)
            show = openers.get(verb) or partial(_dialog, page="accounts", verb=verb)
            yield Shot(verb.replace("_", "-"), show, DIALOG_OF[verb])
    yield Shot("palette", _palette, Palette)
    yield Shot("toast", _toast, Toast, toast=True)


def somebody(stage: Stage) -> int:
    """The account that is looked at: the first of the language spoken (sample names in Latin script are English)."""
    rows = account_list(stage.desk.workbench.reads, stage.desk.today())
    spoken = [row.id for row in rows if row.name.isascii() == (language() == "en")]
    return min(spoken or [row.id for row in rows])


def _page(stage: Stage, page: str, **arguments: object) -> None:
    stage.shell.window.go(page, **arguments)


def _value(stage: Stage, screen: str, *, working: bool = False) -> None:
    """The first account of the language spoken that has proven value."""
    rows = value_choices.portfolio(stage.desk.workbench.reads, stage.desk.today())
    proven = [row for row in rows if row.proven and row.name.isascii() == (language() == "en")]
    number = max(proven, key=lambda row: len(row.view.outcome.proven) if row.view else 0).account_id
    stage.shell.window.go("value", account_id=number, screen=screen)
    stage.settle()
    if working:
        for page in stage.shell.window.findChildren(ValuePage):
            page.split.show_working("roi")


def _map_sheet(stage: Stage, sheet: str) -> None:
    """The map or the personas being edited, over the board."""
    stage.shell.window.go("success", view="map")
    stage.settle()
    getattr(getattr(stage.shell.window.page, "view", None), sheet)()


def _account(stage: Stage, tab: str) -> None:
    stage.desk.open_account(somebody(stage), tab)


def _people(stage: Stage, view: str, editor: str = "") -> None:
    _account(stage, "people")
    stage.settle()
    for tab in stage.shell.window.findChildren(PeopleTab):
        tab.views.choose(view)
        if editor:
            tab.pane.begin(editor)


def _dialog(stage: Stage, page: str, verb: str, **arguments: object) -> None:
    stage.shell.window.go(page)
    stage.settle()
    stage.shell.window.open_dialog(verb, **arguments)


def _quick_log(stage: Stage) -> None:
    rows = account_list(stage.desk.workbench.reads, stage.desk.today())
    name = next(row.name for row in rows if row.id == somebody(stage))
    text = LINES[language()].format(name=f'"{name}"' if " " in name else name)
    _dialog(stage, "today", "log_contact", text=text)


def _sample_asked(stage: Stage, folder: str) -> None:
    """What the sample asks first before it takes a list."""
    name, content = LISTS[language()]
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(content)
    _dialog(stage, "accounts", "import_files", paths=[path])


def _import(stage: Stage, folder: str) -> None:
    """The list itself: into the sample all the same, where that is asked."""
    _sample_asked(stage, folder)
    for sheet in stage.shell.window.ground.findChildren(SampleImportSheet):
        if sheet.isVisible():
            sheet.here.click()


def _palette(stage: Stage) -> None:
    window = stage.shell.window
    window.go("today")
    stage.settle()
    window.open_palette()
    for palette in window.ground.findChildren(Palette):
        palette.field.setText(TYPED[language()])


def _toast(stage: Stage) -> None:
    stage.shell.window.go("today")
    stage.settle()
    stage.desk.tell(_("Contact logged"), undo=True)


def _damaged(stage: Stage, portfolio: str, folder: str) -> None:
    """The first half of a portfolio, as a copy that was cut off leaves it."""
    path = os.path.join(folder, "damaged.csw")
    with open(portfolio, "rb") as whole, open(path, "wb") as half:
        half.write(whole.read(os.path.getsize(portfolio) // 2))
    stage.open(path)
