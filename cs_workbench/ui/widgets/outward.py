"""What leaves the window: files opened with the system's programs, pages picture by picture on a printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _

Refused = Callable[[str], object]


def open_path(path: str) -> bool:
    """Open a file or folder with the system's program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def print_pages(parent: QWidget, images: Sequence[QImage], name: str, refused: Refused) -> QPrintDialog:
    """Ask for a printer and print *images*, A4 each, as a job called *name*; *refused* hears why it did not work.

    The dialog does not block: the window stays alive while it is open.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    lies = bool(images) and images[0].width() > images[0].height()
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setDocName(name[:80])
    printer.setFromTo(1, len(images))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(images))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(_("Print"))
    kept = list(images)

    def go() -> None:
        if not paint_pages(printer, chosen(kept, printer)):
            refused(_("The printer took nothing."))

    dialog.accepted.connect(go)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog


def chosen(images: Sequence[QImage], printer: QPrinter) -> list[QImage]:
    """The pages the person asked for: from, to; all of them where nothing was said."""
    first, last = printer.fromPage(), printer.toPage()
    return list(images[first - 1 : last]) if 0 < first <= last else list(images)


def paint_pages(printer: QPrinter, images: Sequence[QImage]) -> bool:
    """Each picture on a sheet of its own, as large as the paper without changing its shape; False where it failed."""
    painter = QPainter()
    if not images or not painter.begin(printer):
        return False
    try:
        for at, image in enumerate(images):
            if at and not printer.newPage():
                return False
            painter.drawImage(_fitted(printer, image), image)
    finally:
        painter.end()
    return True


def _fitted(printer: QPrinter, image: QImage) -> QRectF:
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    size = QSizeF(image.size())
    scale = min(paper.width() / size.width(), paper.height() / size.height())
    box = QRectF(0, 0, size.width() * scale, size.height() * scale)
    box.moveCenter(paper.center())
    return box.translated(-paper.topLeft())
