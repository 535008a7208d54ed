"""What this copy is: versions, and the licences of what it is made of."""

from __future__ import annotations

import importlib.metadata
import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import cs_workbench
from cs_workbench import paths
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label

PARTS = (
    "PySide6-Essentials", "sqlcipher3", "SQLAlchemy", "alembic", "matplotlib", "Jinja2", "typst", "python-docx",
    "lxml", "python-calamine", "rapidfuzz", "markdown-it-py", "Babel", "filelock", "platformdirs", "pillow",
)  # fmt: skip
TEXTS = (("Noto Sans JP", ("fonts", "OFL.txt")), ("Lucide", ("icons", "LICENSE")))


class AboutPage(Page):
    """Versions at the top, a licence to choose and read below."""

    id = "about"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header = PageHeader()
        self.versions = Label("", "reading", "text.secondary", wrap=True)
        self.copy = Button(icon="copy")
        self.which = Choice(name="Licence")
        self.text = QPlainTextEdit()
        theme = themes.current()
        self.text.setReadOnly(True)
        self.header.act(self.copy)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        inner.setSpacing(theme.px(12))
        inner.addWidget(self.versions)
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(inner, 1)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        self.which.currentIndexChanged.connect(self._show_text)
        self.which.addItems([name for name, _place in TEXTS] + list(PARTS))
        self.retranslate()

    def retranslate(self) -> None:
        """Title, sentences, names."""
        self.header.title.setText(_("About CS Workbench"))
        self.header.fact.setText(cs_workbench.__version__)
        self.copy.setText(_("Copy versions"))
        self.which.setAccessibleName(_("Licence"))
        self.text.setAccessibleName(_("Licence text"))
        self.versions.setText(versions())

    def _show_text(self, index: int) -> None:
        if index < len(TEXTS):
            with open(paths.resources(*TEXTS[index][1]), encoding="utf-8") as file:
                self.text.setPlainText(file.read())
        else:
            self.text.setPlainText(licence(self.which.itemText(index)))


def versions() -> str:
    """One line: the program, Python, Qt, the system."""
    return (
        f"CS Workbench {cs_workbench.__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.machine()}"
    )


def licence(part: str) -> str:
    """Version, licence and its full text where the package carries one."""
    try:
        found = importlib.metadata.distribution(part)
    except importlib.metadata.PackageNotFoundError:
        return _("{part} is not part of this copy.").format(part=part)
    about = found.metadata.json
    name = str(about.get("license_expression") or about.get("license") or "")
    lines = [f"{part} {found.version}", name.splitlines()[0] if name else ""]
    for file in found.files or ():
        if "licen" in file.name.lower() and file.suffix in ("", ".txt", ".md", ".rst"):
            lines += ["", file.read_text(encoding="utf-8")]
    return "\n".join(lines).strip()
