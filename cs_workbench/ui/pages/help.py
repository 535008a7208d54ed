"""The manual: chapters at the left, the one being read at the right, search above."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services import manual
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.manual_model import CHAPTER, FOUND, Index, ManualModel
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.widgets.article import Article
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.rows import paint_row, paint_text

FIRST = "first-steps"


class ContentsDelegate(QStyledItemDelegate):
    """A chapter's title; below it, while searching, the place found."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """36 px, 60 with a place found."""
        return QSize(0, themes.current().row(60 if index.data(FOUND).snippet else 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        theme = themes.current()
        found: manual.Found = index.data(FOUND)
        paint_row(painter, option, line=False)
        room = QRectF(option.rect).adjusted(theme.px(12), 0, -theme.px(8), 0)
        chosen = bool(option.state & option.state.State_Selected)
        if found.snippet:
            upper = QRectF(room.left(), room.top() + theme.px(8), room.width(), theme.line("body"))
            lower = QRectF(room.left(), upper.bottom() + theme.px(2), room.width(), theme.line("small"))
            paint_text(painter, lower, found.snippet, "small", "text.secondary")
            room = upper
        paint_text(painter, room, found.chapter.title, "strong" if chosen else "body")


class HelpPage(Page):
    """F1. Typing searches; ↑↓ choose a chapter, Enter reads it, Esc empties the search."""

    id = "help"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = FIRST
        self._language = ""
        self.header = PageHeader()
        self.field = LineEdit(name=_("Search the manual"), icon="search")
        self.model = ManualModel()
        self.contents = QListView()
        self.article = Article(name=_("Chapter"))
        self.nothing = Label("", "body", "text.secondary", wrap=True)
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.contents.selectionModel().currentChanged.connect(self._on_chosen)
        self.article.anchorClicked.connect(self._on_link)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.field.setFixedWidth(theme.px(240))
        self.header.act(self.field)
        self.contents.setModel(self.model)
        self.contents.setItemDelegate(ContentsDelegate(self.contents))
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setMouseTracking(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QWidget()
        left.setFixedWidth(theme.px(280))
        listed = QVBoxLayout(left)
        listed.setContentsMargins(theme.px(12), theme.px(12), 0, 0)
        listed.addWidget(self.nothing)
        self.nothing.hide()
        listed.addWidget(self.contents, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.article, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    def open(self, **arguments: object) -> None:
        """``about`` is the page the person came from: its chapter is shown, if there is one."""
        about = arguments.get("about")
        if isinstance(about, str) and about:
            self._wanted = about
            self._choose()

    def standing(self) -> dict[str, object]:
        """The chapter shown."""
        return {"about": self._wanted}

    def refresh(self) -> None:
        """Read the chapters in the language of now."""
        language = i18n.language()
        self.desk.tasks.run(lambda: manual.chapters(language), done=self._on_read, latest="manual")

    def retranslate(self) -> None:
        """Title and field; the chapters of the other language."""
        self.header.title.setText(_("Manual"))
        self.field.setAccessibleName(_("Search the manual"))
        self.field.setPlaceholderText(_("Search the manual"))
        self.contents.setAccessibleName(_("Chapters"))
        self.article.setAccessibleName(_("Chapter"))
        self.nothing.setText(_("No chapter holds these words."))
        if self.model.chapters:
            self.look_again()

    def verbs(self) -> Verbs:
        """Filter puts the cursor into the search field."""
        return {"filter": self.field.setFocus}

    def first_focus(self) -> QWidget | None:
        """The list of chapters."""
        return self.contents

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows and Enter in the field reach the list; Esc empties the field first."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.article.setFocus()
                return True
            if key == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_read(self, chapters: tuple[manual.Chapter, ...]) -> None:
        self.model.set_chapters(chapters)
        self._choose()

    def _choose(self) -> None:
        row = self.model.row_of(self._wanted)
        if row < 0 and self.model.rows:
            row = max(self.model.row_of(FIRST), 0)
        if row >= 0:
            self.contents.setCurrentIndex(self.model.index(row))

    def _step(self, by: int) -> None:
        row = min(max(self.contents.currentIndex().row() + by, 0), self.model.rowCount() - 1)
        self.contents.setCurrentIndex(self.model.index(row))

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        wanted = self._wanted
        self.model.search(words)
        self.nothing.setVisible(not self.model.rows and bool(self.model.chapters))
        self._wanted = wanted
        if self.model.words and self.model.rows:
            self.contents.setCurrentIndex(self.model.index(0))
        else:
            self._choose()

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        chapter = now.data(CHAPTER)
        if chapter is None:
            return
        self._wanted = chapter.id
        self.article.show_text(f"# {chapter.title}\n\n{chapter.text}")
        if self.model.words:
            self.article.seek(self.model.words)

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        """``page:accounts`` goes there, ``do:import_files`` does it, ``help:value`` reads that chapter."""
        scheme, target = link.scheme(), link.path()
        if scheme == "page":
            self.desk.go(target)
        elif scheme == "do":
            self.desk.act(target)
        elif scheme == "help":
            self.field.clear()
            self._wanted = target
            self._choose()
