"""The one style sheet: simple boxes only. It needs nothing of Qt, so that the first paint does not (see ``front``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.ui.theme import Theme

_SHEET = """
QMainWindow, QDialog {{ background: {bg.surface}; }}
QDialog[overlay="true"] {{ background: transparent; }}
QToolTip {{ background: {bg.raised}; color: {text.primary}; border: 1px solid {line.strong}; padding: {p4}px {p8}px; }}
QMenu {{
  background: {bg.raised}; color: {text.primary}; border: 1px solid {line.strong}; border-radius: {p8}px;
  padding: {p4}px; icon-size: {p16}px;
}}
QMenu::item {{ padding: {p6}px {p24}px {p6}px {p12}px; border-radius: {p4}px; }}
QMenu::item:selected {{ background: {bg.selected}; color: {text.primary}; }}
QMenu::item:disabled {{ color: {text.disabled}; }}
QMenu::icon {{ padding-left: {p8}px; }}
QMenu::separator {{ height: 1px; background: {line.strong}; margin: {p4}px {p8}px; }}
QMenuBar {{ background: {bg.window}; color: {text.primary}; border-bottom: 1px solid {line.strong}; }}
QMenuBar::item {{ padding: {p4}px {p8}px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {bg.selected}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox {{
  background: {bg.surface}; color: {text.primary}; border: 1px solid {line.control}; border-radius: {p6}px;
  padding: {p4}px {p8}px; selection-background-color: {accent.base}; selection-color: {text.on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
  border: 2px solid {line.focus}; padding: {p3}px {p7}px;
}}
QLineEdit[error="true"], QPlainTextEdit[error="true"] {{
  border: 2px solid {health.red.graphic}; padding: {p3}px {p7}px;
}}
QLineEdit:disabled, QPlainTextEdit:disabled {{ border-color: {line.strong}; color: {text.disabled}; }}
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{
  border: none; border-radius: 0; padding: 0; background: transparent;
}}
QScrollArea, QScrollArea > #qt_scrollarea_viewport {{ background: transparent; border: none; }}
QAbstractItemView {{ outline: none; }}
QScrollBar:vertical {{ background: transparent; width: {p10}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p10}px; margin: 0; }}
QScrollBar::handle {{ background: {chart.muted}; border-radius: {p3}px; margin: {p2}px; }}
QScrollBar::handle:vertical {{ min-height: {p32}px; }}
QScrollBar::handle:horizontal {{ min-width: {p32}px; }}
QScrollBar::handle:hover {{ background: {line.control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {line.strong}; }}
"""


def sheet(theme: Theme) -> str:
    """The application's style sheet for *theme*. Item views get none: delegates paint rows from tokens."""
    words = {token: colour for token, colour in theme.tokens.items() if not token.startswith("chart.series")}
    words |= {f"p{n}": str(theme.px(n)) for n in (2, 3, 4, 6, 7, 8, 10, 12, 16, 24, 32)}
    text = _SHEET.replace("{{", "\x01").replace("}}", "\x02")
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text.replace("\x01", "{").replace("\x02", "}")
