"""The manual's contents as a list: every chapter, or those that hold what is searched for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cs_workbench.services.manual import Chapter, Found, find

Index = QModelIndex | QPersistentModelIndex
CHAPTER = Qt.ItemDataRole.UserRole + 1
FOUND = Qt.ItemDataRole.UserRole + 2


class ManualModel(QAbstractListModel):
    """One row a chapter; while words are searched for also where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.chapters: tuple[Chapter, ...] = ()
        self.rows: tuple[Found, ...] = ()
        self.words = ""

    def set_chapters(self, chapters: tuple[Chapter, ...]) -> None:
        """Use another language's chapters; the search stays."""
        self.chapters = chapters
        self.search(self.words)

    def search(self, words: str) -> None:
        """Show the chapters that hold every word; all of them for no words."""
        self.beginResetModel()
        self.words = words.strip()
        everything = tuple(Found(chapter, "", "", ()) for chapter in self.chapters)
        self.rows = find(self.chapters, self.words) if self.words else everything
        self.endResetModel()

    def row_of(self, chapter_id: str) -> int:
        """The row of that chapter, −1 when it is not shown."""
        return next((n for n, row in enumerate(self.rows) if row.chapter.id == chapter_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many chapters are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, and the place found, for the delegate and for those who listen."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == CHAPTER:
            return row.chapter
        if role == FOUND:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.chapter.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "\n".join(part for part in (row.chapter.title, row.heading, row.snippet) if part)
        return None
