"""The dialog that asks for a file or folder, which opens none of the files it lists.

Qt's own finds out the kind of each file by reading its beginning. POSIX takes every lock a process holds on a file
away as soon as the process closes that file anywhere (fcntl(2)): a dialog that lists the folder of the portfolio would
unlock the portfolio under SQLite, and the next program that reads it would take it for closed and throw its log away.
The file choosers of desktops run inside the process on Linux and read as well, so that Qt's own is used there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDir, QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QFileIconProvider, QStyle, QWidget

READS = sys.platform not in ("win32", "darwin")
"""Whether choosers open what they list. On Windows and macOS the system's own runs elsewhere, or locks differ."""


class KindsByName(QFileIconProvider):
    """Tells folders from files, and files by their suffix; asked on Qt's own thread."""

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)
        self._called = QCoreApplication.translate("QFileDialog", "Folder")

    def icon(self, what: QFileInfo | QFileIconProvider.IconType) -> QIcon:
        """A folder or a sheet."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """The suffix."""
        return self._called if info.isDir() else info.suffix().upper()


class FileDialog(QFileDialog):
    """As Qt's, for a place and name to begin with that is a folder, or a file that need not be there."""

    def __init__(
        self, parent: QWidget | None = None, caption: str = "", start: str = "", kinds: str = ""
    ) -> None:
        if not READS:
            super().__init__(parent, caption, start, kinds)
            return
        super().__init__(parent, caption, QDir.rootPath(), kinds)  # only folders there, until it cannot read
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self._kinds = KindsByName()
        self.setIconProvider(self._kinds)
        folder, name = (start, "") if os.path.isdir(start) else os.path.split(start)
        self.setDirectory(folder if os.path.isdir(folder) else QDir.homePath())
        if name:
            self.selectFile(name)


def ask_open(parent: QWidget, caption: str, start: str = "", kinds: str = "") -> str:
    """The file to open, "" for none."""
    if not READS:
        return QFileDialog.getOpenFileName(parent, caption, start, kinds)[0]
    return next(iter(asked(parent, caption, start, kinds, _one)), "")


def ask_open_many(parent: QWidget, caption: str, start: str = "", kinds: str = "") -> list[str]:
    """The files to open."""
    if not READS:
        return QFileDialog.getOpenFileNames(parent, caption, start, kinds)[0]
    return asked(parent, caption, start, kinds, _many)


def ask_save(parent: QWidget, caption: str, start: str = "", kinds: str = "") -> str:
    """The file to write, "" for none; whoever writes it asks before it takes another one's place."""
    if not READS:
        taken = QFileDialog.getSaveFileName(
            parent, caption, start, kinds, "", QFileDialog.Option.DontConfirmOverwrite
        )
        return taken[0]
    return next(iter(asked(parent, caption, start, kinds, _new)), "")


def ask_folder(parent: QWidget, caption: str, start: str = "") -> str:
    """The folder, "" for none."""
    if not READS:
        return QFileDialog.getExistingDirectory(parent, caption, start)
    return next(iter(asked(parent, caption, start, "", _folder)), "")


def _one(dialog: FileDialog) -> None:
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)


def _many(dialog: FileDialog) -> None:
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)


def _new(dialog: FileDialog) -> None:
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)


def _folder(dialog: FileDialog) -> None:
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)


def asked(
    parent: QWidget, caption: str, start: str, kinds: str, fit: Callable[[FileDialog], None]
) -> list[str]:
    """What was chosen in the dialog that ``fit`` made ready; empty where the person went back."""
    dialog = FileDialog(parent, caption, start, kinds)
    fit(dialog)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.selectedFiles() if taken else []
