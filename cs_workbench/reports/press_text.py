"""Running text for the typesetter: runs cut into pieces that stay on one line, with their marks."""

from __future__ import annotations

from typing import Any

from cs_workbench.charts.lettering import width
from cs_workbench.reports import blocks as b
from cs_workbench.reports.linebreaks import pieces
from cs_workbench.reports.sections import plain

Data = dict[str, Any]


def _ends(runs: b.Runs, index: int) -> bool:
    """Whether a line of its own ends with that run."""
    return index == len(runs) - 1 or runs[index + 1].text == "\n"


class PressText:
    """Cuts one document's runs; ``room`` is the width of its page in points."""

    def __init__(self, document: b.Document, room: float) -> None:
        self._language = document.language
        self._internal = document.edition == "internal"
        self._room = room

    def phrases(self, runs: b.Runs, size: float) -> list[Data]:
        """A Japanese message breaks after its first sentence or comma, unless it breaks itself or fits."""
        text, room = plain(runs), self._room
        if self._language != "ja" or "\n" in text or len(runs) != 1 or width(text, size, True) <= room:
            return self.runs(runs)
        for mark in ("。", "、"):
            cut = text.rfind(mark, 0, -1) + 1
            if cut and max(width(text[:cut], size, True), width(text[cut:], size, True)) <= room:
                return self.runs((b.Run(text[:cut]), b.Run("\n"), b.Run(text[cut:], note=runs[0].note)))
        return self.runs(runs)

    def runs(self, runs: b.Runs) -> list[Data]:
        """*runs* as pieces for the look's ``words``."""
        done: list[Data] = []
        runs = tuple(run for run in runs if run.text or run.note)
        for index, run in enumerate(runs):
            marks: Data = {key: True for key in ("bold", "code", "missing") if getattr(run, key)}
            if run.href.startswith(("https://", "mailto:")):
                marks["href"] = run.href
            if run.text == "\n" or run.missing:
                parts = [{"text": run.text, **marks}]
            else:
                parts = self._parts(run.text, marks, last=_ends(runs, index))
            if run.note and self._internal:
                parts = parts or [{"text": "", **marks}]
                parts[-1] = {**parts[-1], "note": run.note}
            done += parts
        return done

    def _parts(self, text: str, marks: Data, *, last: bool) -> list[Data]:
        parts: list[Data] = []
        lines = text.split("\n")
        for row, line in enumerate(lines):
            if row:
                parts.append({"text": "\n"})
            for piece in pieces(line, self._language, last=last and row == len(lines) - 1 and len(line) > 6):
                parts.append({"text": piece.text, **marks, **({"keep": True} if piece.kept else {})})
        return parts
