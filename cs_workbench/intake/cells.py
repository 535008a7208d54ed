"""What every value reader shares: one spelling for text, blanks and placeholders, and the problem they raise."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from cs_workbench.intake.table import Cell

_DASHES = dict.fromkeys(map(ord, "−‐‑‒–—―﹣－"), "-")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2000\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n"), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_TABLE: dict[int, str | None] = {**_DASHES, **_SPACES, **_UNSEEN}
_RUNS = re.compile(r" {2,}")
_PLACEHOLDERS = frozenset(
    ["", "-", "--", "---", "ー", "―", "n/a", "#n/a", "n.a.", "n.a", "na", "null", "none", "nil", "nan", "tbd",
     "(blank)", "(空白)", "(none)", "なし", "無し", "無", "該当なし", "該当無し", "未定", "未設定", "未入力", "不明",
     "?", "unknown", "not available", "not set", "undefined", "\\n"]
)  # fmt: skip


class ValueProblem(ValueError):
    """A cell that is not the value its column asks for: a stable *code* and the *text* as it stood."""

    def __init__(self, code: str, text: object) -> None:
        super().__init__(f"{code}: {text!r}"[:200])
        self.code = code
        self.text = str(text)


def plain(cell: Cell) -> str:
    """A cell as text in one spelling: NFKC (full-width digits become ASCII), dashes and spaces as one kind."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None:
        return ""
    text = str(cell)
    if text[:2] in ('="', "'=", "'+", "'-", "'@"):
        text = text[2:-1] if text.startswith('="') and text.endswith('"') else text[text.startswith("'") :]
    if text.isascii() and text.isprintable():
        text = text.strip()
        return _RUNS.sub(" ", text) if "  " in text else text
    return _RUNS.sub(" ", unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE).strip())


def is_placeholder(cell: Cell) -> bool:
    """Whether a cell of a typed column says "nothing": blank, "-", "N/A", "なし", "未定", "null".

    Text columns should only drop blanks: "NA" may be North America there.
    """
    if cell is None:
        return True
    return isinstance(cell, str) and plain(cell).casefold() in _PLACEHOLDERS


def required(cell: Cell) -> str:
    """The plain text of a cell that has to say something; raises ValueProblem("blank")."""
    text = plain(cell)
    if text.casefold() in _PLACEHOLDERS:
        raise ValueProblem("blank", text)
    return text
