"""What came of the onboardings that began in each month or quarter."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.onboarding import Cohort, Span
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import onboarding_reading
from cs_workbench.services import onboarding_words as words
from cs_workbench.services.onboarding_reading import Board
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented

_QUIET = ("body", "text.secondary")


def columns(span: list[Span]) -> tuple[Column, ...]:
    """The columns of the table; *span* holds how cohorts are cut just now."""

    def count(key: str, title: str, width: int = 96, drop: int = 0) -> Column:
        return Column(key, title, lambda one: f"{getattr(one, key)}" if getattr(one, key) else "–", width, right=True,
                      drop=drop)  # fmt: skip

    return (
        Column("begins", mark("Began in"), lambda one: words.cohort_name(one, span[0])),
        count("started", mark("Started"), 84),
        count("in_time", mark("Finished in time"), 128),
        count("late", mark("Later than planned"), 136, 4),
        count("extended", mark("B: extended"), 104),
        count("went_on", mark("A: went on"), 104),
        count("running", mark("Under way"), 96, 5),
        Column("value", mark("Median to first value"), _value, 184, right=True),
        Column("score", mark("Health now"), _score, 104, right=True, drop=2, style=lambda _one: _QUIET),
        Column(
            "renewed", mark("Renewed after"), _renewed, 124, right=True, drop=1, style=lambda _one: _QUIET
        ),
    )


def _value(one: Cohort) -> str:
    if one.days_to_value is None:
        return "–"
    days = _("{n} d").format(n=f"{one.days_to_value:.0f}")
    return days if one.valued == one.started else f"{days} ({one.valued})"


def _score(one: Cohort) -> str:
    return "–" if one.score is None else f"{one.score:.0f}"


def _renewed(one: Cohort) -> str:
    return _("{done} of {all}").format(done=one.renewed, all=one.termed) if one.termed else "–"


class CohortView(QWidget):
    """The table with the choice of month or quarter above it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._board: Board | None = None
        self.span: list[Span] = ["quarter"]
        self.bar = FilterBar()
        self.told = Label("", "small", "text.secondary", elide=True)
        self.cut = Segmented([("quarter", ""), ("month", "")], name="", taken="quarter")
        self.model = FactModel(columns(self.span), self)
        self.table = FactTable(self.model)
        self.bar.row.addWidget(self.cut)
        self.bar.row.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self.cut.chosen.connect(self._on_cut)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.cut.setAccessibleName(_("Cohorts by"))
        self.cut.retitle({"quarter": _("By quarter"), "month": _("By month")})
        self.table.setAccessibleName(_("Cohorts of onboardings"))
        self.told.setText(
            _(
                "By when they began. Time to first value counts from the contract; brackets say how many reached it."
            )
        )

    def show_board(self, board: Board) -> None:
        """Cut what was read."""
        self._board = board
        self.model.fill(onboarding_reading.cohorts(board, self.span[0]))
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.choose(0)

    def copy(self) -> None:
        """The table on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self._desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def printable(self) -> Printable | None:
        """The table."""
        if not self.model.rows:
            return None
        shown = tuple(PrintColumn(_(one.title), one.right, one.share) for one in self.model.columns)
        rows = tuple(tuple(one.words(row) for one in self.model.columns) for row in self.model.rows)
        day = wording.date(self._desk.today())
        source = source_line(self._desk.workbench.path, day)
        exact = tuple(tuple(line.split("\t")) for line in self.model.tsv().splitlines())
        title = _("Cohorts of onboardings")
        return Printable(title, self.told.text(), shown, rows, source, i18n.language(), exact=exact)

    def _on_cut(self, key: str) -> None:
        self.span[0] = "month" if key == "month" else "quarter"
        if self._board is not None:
            self.show_board(self._board)
