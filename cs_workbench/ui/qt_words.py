"""What Qt says itself (file dialogs, context menus of fields): its own translation, and what that one lacks."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

_LACKS = {
    "Look in:": "場所：",
    "&Look in:": "場所(&L)：",
    "Files of type:": "種類：",
    "Files of &type:": "種類(&T)：",
    "Folder": "フォルダー",
    "File Folder": "フォルダー",
    "%1 File": "%1ファイル",
    "File": "ファイル",
    "Drive": "ドライブ",
}
"""Sentences of Qt 6 that its Japanese catalogue does not have, with ours. Data: they have no place in our catalogue,
which would have to name Qt's English.
"""


class QtWords(QTranslator):
    """Install it while the language is not English."""

    def __init__(self, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._lacks = _LACKS if language == "ja" else {}
        self.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def isEmpty(self) -> bool:  # noqa: N802
        """Never: it knows some words even where Qt came without its catalogues."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Qt's own words first."""
        return super().translate(context, source, disambiguation, n) or self._lacks.get(source, "")
