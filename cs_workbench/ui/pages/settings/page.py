"""The settings page: sections at the left, rows at the right, a search over all of them. Everything saves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import search_text
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.settings.contents import PLACES, SECTIONS
from cs_workbench.ui.pages.settings.rows import WIDEST, SettingRow
from cs_workbench.ui.pages.settings.section import Keeper, Section
from cs_workbench.ui.pages.settings.section_list import SectionList
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.ui.desk import Desk

_PLACE = "settings_section"
_NARROW = 860
SAVED_SHOWN = 6_000


class SettingsPage(Page):
    """Sections are made when they are first shown, all of them at the first search."""

    id = "settings"
    cares_about = frozenset(("setting", "currency_rate", "list_item", "scorecard", "contract"))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view: SettingsView | None = None
        self.keeper = Keeper(desk, self)
        self.sections: dict[str, Section] = {}
        self._wanted = ""
        self.header = PageHeader()
        self.saved = Label("", "small", "health.green.text")
        self.undo = Button("", "text", small=True)
        self.search = LineEdit(name="", icon="search")
        self.list = SectionList()
        self.none = Label("", "lead", "text.secondary", wrap=True)
        self._forget = QTimer(self, singleShot=True, interval=SAVED_SHOWN)
        self._lay_out()
        self._connect()
        place = desk.property(_PLACE)
        self.list.taken = place if isinstance(place, str) else SECTIONS[0].id
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.search.setFixedWidth(theme.px(240))
        self.header.act(self.saved, self.undo, self.search)
        self.saved.hide()
        self.undo.hide()
        self.body = QWidget()
        inner = QWidget()  # its width is what lines are counted by: layouts ask at the whole width otherwise
        inner.setMaximumWidth(theme.px(WIDEST))
        beside = QHBoxLayout(self.body)
        beside.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        beside.setSpacing(0)
        beside.addWidget(inner, 1000)
        beside.addStretch(1)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.none)
        self.column.addStretch(1)
        self.none.hide()
        self.area = scrolled(self.body)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addWidget(self.area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addLayout(across, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._enter)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.jump)
        self.keeper.kept.connect(self._on_kept)
        self.undo.clicked.connect(lambda: self.desk.act("undo"))
        self._forget.timeout.connect(self._hide_saved)

    def refresh(self) -> None:
        """Read everything in the background."""
        from cs_workbench.services import settings_view

        workbench = self.desk.workbench
        self.desk.tasks.run(lambda: settings_view.read(workbench), done=self._fill, latest=self)

    def retranslate(self) -> None:
        """Build the rows anew in the language of now; the keyboard stays on its row."""
        held = self._row_with_focus()
        self.header.title.setText(_("Settings"))
        self.search.setAccessibleName(_("Search settings"))
        self.search.setPlaceholderText(_("Search settings"))
        self.undo.setText(_("Undo"))
        self.none.setText(_("No setting is called that."))
        for section in self.sections.values():
            self.column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self.sections = {}
        self.list.set_sections([(one.id, one.icon, _(one.title)) for one in SECTIONS])
        self._sift()
        if held:
            self._focus_row(held)
        if self.view is not None:
            self.stale = not self.isVisible()
            if not self.stale:
                self.refresh()

    def open(self, **arguments: object) -> None:
        """``section``: a section's id or the name of a row (see PLACES)."""
        wanted = str(arguments.get("section") or "")
        if wanted:
            self.search.clear()
            self.show_section(PLACES.get(wanted, wanted))
            self._wanted = wanted if wanted in PLACES else ""
            self._reach()

    def standing(self) -> dict[str, object]:
        """The section shown."""
        return {"section": self.list.taken}

    def verbs(self) -> Verbs:
        """The search."""
        return {"filter": self.search.setFocus}

    def first_focus(self) -> QWidget | None:
        """The list of sections, or the row that was asked for."""
        row = self.row(self._wanted) if self._wanted else None
        return (row.first_control() if row is not None else None) or self.list

    def leave(self) -> bool:
        """Keep what is still being typed."""
        for section in self.sections.values():
            section.commit()
        return True

    def show_section(self, key: str) -> None:
        """Show one section from its top."""
        self.leave()
        known = key if key in self.list.entries else SECTIONS[0].id
        self.list.set_taken(known)
        self.desk.setProperty(_PLACE, known)
        self._sift()
        self.area.verticalScrollBar().setValue(0)

    def row(self, key: str) -> SettingRow | None:
        """The row with that key among the sections made so far."""
        return next((row for one in self.sections.values() for row in one.rows if row.key == key), None)

    def jump(self) -> None:
        """From the search to the first row found, in its section."""
        words = search_text.query_words(self.search.text())
        found = next(
            (
                (section.id, row)
                for section in (self.sections[one.id] for one in SECTIONS if one.id in self.sections)
                for row in section.rows
                if words and row.matches(words, f"{_(section.title)} {section.title}")
            ),
            None,
        )
        if found is None:
            return
        key, row = found
        self.search.clear()
        self.show_section(key)
        self._focus_row(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc ends the search."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Only icons at the left where there is little room."""
        super().resizeEvent(event)
        self.list.set_collapsed(self.width() < themes.current().px(_NARROW))

    def _section(self, key: str) -> Section:
        made = self.sections.get(key)
        if made is None:
            kind = next(one for one in SECTIONS if one.id == key)
            made = kind(self.keeper)
            before = [one.id for one in SECTIONS[: SECTIONS.index(kind)]]
            self.sections[key] = made
            self.column.insertWidget(sum(one in self.sections for one in before), made)
            if self.view is not None:
                made.fill(self.view)
        return made

    def _sift(self) -> None:
        """One section, or over all sections the rows that fit what is searched for."""
        words = search_text.query_words(self.search.text())
        if words:
            found = {one.id: self._section(one.id).sift(words) for one in SECTIONS}
            shown = {key for key, count in found.items() if count}
        else:
            self._section(self.list.taken).sift(())
            shown = {self.list.taken}
        for key, section in self.sections.items():
            section.setVisible(key in shown)
        self.none.setVisible(not shown)

    def _on_chosen(self, key: str) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_section(key)

    def _on_search(self, text: str) -> None:
        self.list.set_taken("" if text.strip() else str(self.desk.property(_PLACE) or SECTIONS[0].id))
        self._sift()
        self.area.verticalScrollBar().setValue(0)

    def _enter(self) -> None:
        rows = self._section(self.list.taken).rows if self.list.taken else []
        if rows:
            self._focus_row(rows[0].key)

    def _fill(self, view: SettingsView) -> None:
        self.view = view
        for section in self.sections.values():
            section.fill(view)
        self._reach()

    def _reach(self) -> None:
        """Bring the row that was asked for into view."""
        if self._wanted and self.view is not None:
            wanted, self._wanted = self._wanted, ""
            self._focus_row("backup" if wanted == "backup" else wanted)

    def _focus_row(self, key: str) -> None:
        row = self.row(key)
        if row is None:
            return
        self.column.activate()
        control = row.first_control()
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(row, 0, themes.current().px(24))

    def _row_with_focus(self) -> str:
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, SettingRow):
            widget = widget.parentWidget()
        return widget.key if widget is not None else ""

    def _on_kept(self, undo: bool) -> None:
        self.saved.setText(_("✓ Saved"))
        self.saved.show()
        self.undo.setVisible(undo)
        self._forget.start()

    def _hide_saved(self) -> None:
        self.saved.hide()
        self.undo.hide()
