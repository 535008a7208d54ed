"""Steps 5 to 7: a question list or hearing sheet, to be changed, taken along and filled in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services import renewal_acts, renewal_papers
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.ui import reading_only, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet


class NoteSheet(Sheet):
    """``kept`` carries the text and whether the step is done. Closed without keeping, the text stays as a draft."""

    kept = Signal(str, bool)

    def __init__(self, desk: Desk, window: QWidget, detail: Detail, step: int, draft: str = "") -> None:
        super().__init__(window, _(renewal_acts.STEP_NAMES[step]), detail.row.name, size=(720, 640))
        self.desk = desk
        self.detail = detail
        self.step = step
        self._kept = False
        held = detail.row.known.get(step)
        self.stored = held.note if held is not None else ""
        self.language = Segmented(
            [("en", "English"), ("ja", "日本語")], name=_("Language"), taken=i18n.language()
        )
        self.again = Button(_("Packaged questions"), "quiet", icon="rotate-ccw")
        self.hint = Label("", "small", "text.secondary", wrap=True)
        self.text = QPlainTextEdit(draft or self.stored or self.packaged())
        self.text.setAccessibleName(_(renewal_acts.STEP_NAMES[step]))
        self.text.setTabChangesFocus(True)
        self.finished_box = CheckBox(_("Step is done"))
        self.finished_box.setChecked(held is None or held.done_on is not None or not held.note)
        self.copy = Button(_("Copy"), icon="copy")
        self.keep = Button(_("Keep notes"), "filled", icon="check", keys="Ctrl ↵")
        self.main = self.keep
        self._fill_body()
        self.again.clicked.connect(lambda: self.text.setPlainText(self.packaged()))
        self.language.chosen.connect(self._on_language)
        self.copy.clicked.connect(self.copy_text)
        self.keep.clicked.connect(self._on_keep)
        self.text.setFocus()

    def _fill_body(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(*[theme.px(24), theme.px(16)] * 2)
        column.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.addWidget(self.again)
        top.addStretch(1)
        top.addWidget(self.language)
        column.addLayout(top)
        column.addWidget(self.hint)
        column.addWidget(self.text, 1)
        column.addWidget(self.finished_box)
        hints = {
            6: _("Ask about an upsell only after the value is confirmed."),
            7: _("Listen, confirm, agree, report back."),
        }
        self.hint.setText(hints.get(self.step, ""))
        self.hint.setVisible(self.step in hints)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)

    def packaged(self) -> str:
        """The questions as they come, with room to write; for step 7 the known complaints and promises first."""
        lines = [f"・{text}" if self.language.taken == "ja" else f"- {text}" for text in self._questions()]
        if self.step == 7:
            lines = [*self._heard(), *lines]
        return "\n\n".join(lines) + "\n"

    def copy_text(self) -> None:
        """The text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.desk.tell(_("Notes copied"), self.detail.row.name)

    def done(self, result: int) -> None:
        """What was changed is a draft until it is written: whoever hears ``kept`` then takes the draft away."""
        text, key = self.text.toPlainText(), draft_key(self.detail, self.step)
        changed = self._kept or text not in (self.stored, self.packaged())
        self.desk.keep_draft(key, text if changed else "")
        super().done(result)

    def _questions(self) -> tuple[str, ...]:
        return renewal_papers.questions(self.step, self.language.taken)

    def _heard(self) -> list[str]:
        ja = self.language.taken == "ja"
        found = []
        for one in self.detail.complaints:
            head = "把握している不満" if ja else "Known"
            found.append(f"[{head}] {wording.date(one.on)} {' '.join(one.words.split())}")
        for promise in self.detail.promises:
            head = "未完了の約束" if ja else "Promised"
            due = wording.date(promise.due_on)
            found.append(f"[{head}] {due} {' '.join(promise.title.split())}".replace("  ", " "))
        return found

    def _on_language(self, _key: str) -> None:
        """Only an untouched list changes its language."""
        others = ["en", "ja"]
        now = self.language.taken
        untouched = []
        for one in others:
            self.language.set_taken(one)
            untouched.append(self.packaged())
        self.language.set_taken(now)
        if self.text.toPlainText() in untouched:
            self.text.setPlainText(self.packaged())

    def _on_keep(self) -> None:
        if reading_only.refused(self):
            return
        self._kept = True
        self.kept.emit(self.text.toPlainText(), self.finished_box.isChecked())
        self.accept()


def draft_key(detail: Detail, step: int) -> str:
    """Under which an unfinished list is kept."""
    return f"renewal:{detail.row.account_id}:{detail.row.term_end.isoformat()}:step{step}"
