"""A text to read: bundled Markdown in the type and colours of the theme. It loads nothing, from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled

HEADINGS = {1: "page", 2: "title", 3: "strong"}
PROPORTIONAL = 1
"""QTextBlockFormat.LineHeightTypes.ProportionalHeight."""
WIDTH = 720


class Article(QTextBrowser):
    """Shows Markdown of our own, never of a customer. Links are told by ``anchorClicked`` and not followed."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_text(self, markdown: str) -> None:
        """Show *markdown* from its beginning."""
        self._markdown = markdown
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def seek(self, words: str) -> bool:
        """Bring the first place of *words* into sight and select it; False when it is not there."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        return self.find(words)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802
        """Nothing from files or the network: only an empty picture keeps Qt from reading the path itself."""
        return QImage()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The same width of text in any window."""
        super().resizeEvent(event)
        self._hold()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of a new theme."""
        super().changeEvent(event)
        if restyled(event) and self._markdown:
            place = self.verticalScrollBar().value()
            self._set()
            self.verticalScrollBar().setValue(place)

    def _set(self) -> None:
        theme = themes.current()
        document = QTextDocument(self)
        document.setDefaultFont(theme.font("reading"))
        document.setDocumentMargin(theme.px(24))
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        _fit(document.rootFrame())
        for block in _blocks(document):
            _dress(block)
        self.setDocument(document)
        self._hold()
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.colour("bg.surface"))
        palette.setColor(palette.ColorRole.Text, theme.colour("text.primary"))
        palette.setColor(palette.ColorRole.Link, theme.colour("text.accent"))
        self.setPalette(palette)

    def _hold(self) -> None:
        """Text at most WIDTH wide; the rest is margin, so that the scroll bar stays at the page's edge."""
        theme, root = themes.current(), self.document().rootFrame()
        margin = max(theme.px(24), self.viewport().width() - theme.px(WIDTH + 24))
        look = root.frameFormat()
        if look.rightMargin() != margin:
            look.setRightMargin(margin)
            root.setFrameFormat(look)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _dress(block: QTextBlock) -> None:
    """Type, leading and space of one paragraph."""
    theme = themes.current()
    level = block.blockFormat().headingLevel()
    in_table = QTextCursor(block).currentTable() is not None
    shape = QTextBlockFormat()
    shape.setLineHeight(100 if level else 112, PROPORTIONAL)
    shape.setTopMargin(0 if in_table else theme.px({0: 0, 2: 20}.get(level, 12)))
    more = block.textList() is not None and block.next().textList() is not None
    shape.setBottomMargin(0 if in_table else theme.px(4 if more else 8))
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(shape)
    for start, length, kind in _pieces(block):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_type(kind, level))


def _pieces(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        found.append((piece.position(), piece.length(), piece.charFormat()))
        pieces += 1
    return found


def _type(kind: QTextCharFormat, level: int) -> QTextCharFormat:
    """How a piece of text is set: heading, link, key or name in code marks, bold, or plain."""
    theme = themes.current()
    wanted = QTextCharFormat(kind)
    wanted.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    if level:
        wanted.setFont(theme.font(HEADINGS.get(level, "strong")))
    elif kind.fontFixedPitch():
        wanted.setFont(theme.font("reading"))
        wanted.setBackground(theme.colour("bg.hover"))
    elif kind.fontWeight() > 500:
        wanted.setFont(theme.font("reading_strong"))
    wanted.setFontItalic(False)
    wanted.setForeground(theme.colour("text.accent" if kind.isAnchor() else "text.primary"))
    return wanted


def _fit(root: QTextFrame) -> None:
    """Running text at most 720 wide; tables with lines between their rows only."""
    theme = themes.current()
    for frame in root.childFrames():
        if not isinstance(frame, QTextTable):
            continue
        look = QTextTableFormat(frame.format())
        look.setBorder(0)
        look.setBorderCollapse(True)
        look.setCellPadding(theme.px(6))
        look.setCellSpacing(0)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        look.setTopMargin(theme.px(4))
        look.setBottomMargin(theme.px(16))
        frame.setFormat(look)
        for row in range(frame.rows()):
            for column in range(frame.columns()):
                cell = frame.cellAt(row, column)
                line = QTextTableCellFormat(cell.format().toTableCellFormat())
                line.setBottomBorder(1)
                line.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                line.setBottomBorderBrush(theme.colour("line.strong" if row == 0 else "line.subtle"))
                cell.setFormat(line)
