"""A table on the clipboard as a file that can be imported: private, and removed when it is not needed any more."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cs_workbench.i18n import _

MOST = 20_000_000
"""Characters; more comes as a file."""


def table_file() -> str | None:
    """The text of the clipboard as a TSV file only its owner can read; None where it holds no table."""
    text = QApplication.clipboard().text()
    if not text.strip() or len(text) > MOST or "\n" not in text.strip():
        return None
    folder = tempfile.mkdtemp(prefix="cs-workbench-")
    path = Path(folder) / f"{_('Pasted table')}.tsv"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text.encode(errors="replace").decode())
    return str(path)


def forget(paths: Iterable[str]) -> None:
    """Remove pasted files and their folders."""
    for path in paths:
        Path(path).unlink(missing_ok=True)
        folder = Path(path).parent
        if folder.is_dir() and folder.name.startswith("cs-workbench-"):
            folder.rmdir()
