"""Running text as HTML: escaped, with what may not break kept together."""

from __future__ import annotations

from html import escape

from cs_workbench.reports import blocks as b
from cs_workbench.reports.linebreaks import SOFT_BREAK, pieces


class HtmlText:
    """Writes one document's runs."""

    def __init__(self, document: b.Document) -> None:
        self._language = document.language
        self._internal = document.edition == "internal"

    def runs(self, runs: b.Runs) -> str:
        """*runs* as inline elements."""
        return "".join(self._run(run, last=run is runs[-1] and len(runs) == 1) for run in runs)

    def _run(self, run: b.Run, *, last: bool) -> str:
        if run.missing:
            text = f'<span class="missing">{escape(run.text)}</span>'
        else:
            lines = (self._line(line, last=last and len(line) > 12) for line in run.text.split("\n"))
            text = "<br>".join(lines)
        for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "b")):
            text = f"<{tag}>{text}</{tag}>" if wanted and text else text
        if run.href.startswith(("https://", "mailto:")):
            text = f'<a href="{escape(run.href)}" rel="noreferrer">{text}</a>'
        noted = run.note and self._internal
        return text + (f'<sup class="note">{escape(run.note)}</sup>' if noted else "")

    def _line(self, text: str, *, last: bool) -> str:
        return "".join(
            f'<span class="keep">{escape(piece.text)}</span>' if piece.kept else escape(piece.text)
            for piece in pieces(text, self._language, last=last)
        ).replace(SOFT_BREAK, "<wbr>")
