"""The filter line of the accounts page: typed conditions become chips, Tab completes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench import i18n
from cs_workbench.domain.account_filter_vocabulary import Vocabulary
from cs_workbench.i18n import _
from cs_workbench.ui import actions
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.chips_edit import ChipsEdit
from cs_workbench.ui.widgets.tips import plain

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter import Filter
    from cs_workbench.ui.pages.accounts_hints import HintList

CHIP_MOST = 30
"""Letters of a chip; the tool tip has the rest."""
PATIENCE = 700
"""ms a fault at the cursor waits before it is said: it may only be unfinished."""


class FilterLine(ChipsEdit):
    """``filtered`` carries a Filter without problems whenever it changes; ``refused`` the first problem, or None."""

    filtered = Signal(object)
    refused = Signal(object)
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name=_("Filter"), icon="filter", keys=actions.keys_of("filter"), parent=parent)
        self.vocabulary = Vocabulary()
        self.today = dt.date(2000, 1, 1)
        self._sources: list[tuple[Chip, str]] = []
        self._applied = ""
        self._list: HintList | None = None
        self._quiet = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._on_patience)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.installEventFilter(self)
        self.typed.connect(self._on_typed)
        self.entered.connect(lambda _text: self.commit())
        self.changed.connect(lambda _texts: self._on_removed())
        self.retranslate()

    def text(self) -> str:
        """The whole filter: the chips' conditions and what is being typed."""
        return " ".join([*(source for _chip, source in self._sources), self.field.text().strip()]).strip()

    def set_text(self, text: str) -> None:
        """Another filter, as chips; one that cannot be read stays text."""
        filtered = self._parse(text)
        self._quiet = True
        self._show_parts(filtered if not filtered.problems else None, text)
        self._quiet = False
        self._judge(patient=False)

    def add_condition(self, text: str) -> None:
        """One condition more."""
        self.set_text(f"{self.text()} {text}".strip())

    def commit(self) -> None:
        """Enter: everything typed becomes chips, or its fault is said."""
        self._hide_hints()
        filtered = self._parse(self.text())
        if filtered.problems:
            self._judge(patient=False)
        else:
            self.set_text(self.text())

    def set_words(self, vocabulary: Vocabulary, today: dt.date) -> None:
        """The portfolio's own words, to be read from now on."""
        known = vocabulary == self.vocabulary and today == self.today
        self.vocabulary, self.today = vocabulary, today
        text = self.text()
        if not known and (text or self._applied):
            self._applied = "\0"
            self.set_text(text)

    def retranslate(self) -> None:
        """Hint and name in the language of now; chips as well."""
        self.field.setAccessibleName(_("Filter"))
        self._show_example()
        if self._sources:
            self.set_text(self.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys for the list of hints before the line's own."""
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self._hide_hints()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._hint_key(event.key()):
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left_down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left_down.emit()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Chips that no longer fit become one."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._sources:
            QTimer.singleShot(0, self, self._refit)

    def _refit(self) -> None:
        self._quiet = True
        typed = self.field.text()
        sources = " ".join(source for _chip, source in self._sources)
        self._show_parts(self._parse(sources), sources)
        self.field.setText(typed)
        self._quiet = False

    def _hint_key(self, key: int) -> bool:
        if self._list is None or not self._list.isVisible():
            return key == Qt.Key.Key_Tab and bool(self.field.text()) and self._offer()
        match key:
            case Qt.Key.Key_Tab:
                self._take(self._list.at)
            case Qt.Key.Key_Down:
                self._list.move_by(1)
            case Qt.Key.Key_Up:
                self._list.move_by(-1)
            case Qt.Key.Key_Escape:
                self._hide_hints()
            case _:
                return False
        return True

    def _take(self, number: int) -> None:
        if self._list is None or not 0 <= number < len(self._list.entries):
            return
        hint = self._list.entries[number]
        text = self.field.text()
        tail = "" if hint.unfinished and not hint.text.isalpha() else " "
        self.field.setText(text[: hint.start] + hint.text + tail + text[hint.end :].lstrip())
        self.field.setCursorPosition(hint.start + len(hint.text) + len(tail))
        self._offer()

    def _offer(self) -> bool:
        from cs_workbench.domain.account_filter_hints import hints

        cursor = self.field.cursorPosition()
        found = hints(self.field.text(), cursor, self.vocabulary, i18n.language())
        if self._list is None:
            from cs_workbench.ui.pages.accounts_hints import HintList

            self._list = HintList(self.window())
            self._list.taken.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        begun = self.field.text()[found[0].start : cursor] if found else ""
        at = self.field.cursorRect().center().x() - self.field.fontMetrics().horizontalAdvance(begun)
        below = self.field.mapTo(self.window(), QPoint(max(at, 0), self.height()))
        self._list.offer(found if self.field.hasFocus() else (), below)
        return bool(found)

    def _hide_hints(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _on_typed(self, _text: str) -> None:
        if not self._quiet:
            self._offer()
            self._judge(patient=True)

    def _on_patience(self) -> None:
        """While the list still offers what is missing, nothing needs to be said."""
        if self._list is None or not self._list.isVisible():
            self._judge(patient=False)

    def _on_removed(self) -> None:
        if not self._quiet:
            self._sources = [(one, source) for one, source in self._sources if one in self.chips]
            self._show_example()
            self._judge(patient=False)

    def _judge(self, *, patient: bool) -> None:
        """Hand on what can be read; say what cannot, a little later where it may only be unfinished."""
        self._patience.stop()
        whole = self._parse(self.text())
        if whole.problems and patient:
            self._patience.start()
        self.refused.emit(None if patient or not whole.problems else whole.problems[0])
        readable = self._readable(whole, patient=patient)
        if readable.text != self._applied:
            self._applied = readable.text
            self.filtered.emit(readable)

    def _readable(self, whole: Filter, *, patient: bool) -> Filter:
        """The longest beginning without a fault. A word that may yet become a key is not taken for a name."""
        started = (
            patient and self._list is not None and self._list.isVisible() and self._list.entries[0].unfinished
        )
        if not whole.problems and not started:
            return whole
        chips = " ".join(source for _chip, source in self._sources)
        head = self.field.text().rstrip().rpartition(" ")[0]
        before = self._parse(f"{chips} {head}".strip())
        return before if not before.problems else self._parse(chips)

    def _parse(self, text: str) -> Filter:
        from cs_workbench.domain.account_filter_parser import parse

        return parse(text, self.vocabulary, self.today)

    def _show_parts(self, filtered: Filter | None, text: str) -> None:
        if filtered is None:
            self._fill([], text)
            return
        from cs_workbench.domain.account_filter_hints import chip

        language = i18n.language()
        parts = [
            (chip(filtered, part, self.vocabulary, language), filtered.source(part))
            for part in filtered.parts
        ]
        room = self.width() - themes.current().px(260)
        metrics = QFontMetrics(themes.current().font("small"))
        wide = sum(
            metrics.horizontalAdvance(_short(shown)) + themes.current().px(40) for shown, _source in parts
        )
        if len(parts) > 1 and self.width() > 0 and wide > room:
            whole = " ".join(source for _shown, source in parts)
            parts = [(whole, whole)]
        self._fill(parts, "")

    def _fill(self, parts: list[tuple[str, str]], typed: str) -> None:
        self.set_texts(_short(shown) for shown, _source in parts)
        self._sources = [(one, source) for one, (_shown, source) in zip(self.chips, parts, strict=True)]
        for one, (shown, source) in zip(self.chips, parts, strict=True):
            one.setToolTip(plain(source if _short(shown) == shown else shown))
            one.clicked.connect(self._editor(source))
        if self.field.text() != typed:
            self.field.setText(typed)
        self._show_example()

    def _show_example(self) -> None:
        """While the line is empty, how a filter is written."""
        japanese = i18n.language() == "ja"
        example = (
            "ヘルス<60 更新<90日 not 接触:30日"
            if japanese
            else "health<60 and renewal<90d and not contacted:30d"
        )
        self.field.setPlaceholderText("" if self._sources else example)

    def _editor(self, source: str) -> Callable[[], None]:
        """What a click on a chip does: its condition goes back into the field."""

        def edit() -> None:
            rest = [other for _chip, other in self._sources if other != source]
            typed = self.field.text().strip()
            self.set_text(" ".join(rest))
            self.field.setText(f"{source} {typed}".strip())
            self.field.setFocus()

        return edit


def _short(text: str) -> str:
    return text if len(text) <= CHIP_MOST else text[: CHIP_MOST - 1] + "…"
