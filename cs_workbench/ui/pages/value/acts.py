"""What is done to a ledger: every act one named step on the writer thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from cs_workbench import i18n
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import (
    value_guide,
    value_heads,
    value_ledgers,
    value_models,
    value_workshop,
)
from cs_workbench.services.value_guide import BusinessFigure, Said
from cs_workbench.services.value_ledgers import Entity
from cs_workbench.services.value_workshop import Test
from cs_workbench.ui import wording

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.ui.desk import Desk

Done = Callable[[Any], None]


class Acts:
    """The writes of the value page. Edits are quiet (Ctrl Z takes them back); removals say so, with Undo."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @staticmethod
    def refusal(entity: Entity, field: str, text: str) -> str:
        """Why what was typed cannot be kept, with what to type instead; "" where it can."""
        if field not in value_ledgers.FIELDS[entity]:
            return ""
        try:
            value_ledgers.read(entity, field, text)
        except InvalidValue as problem:
            return f"{problem.message} {problem.remedy}".strip()
        return ""

    def edit(self, entity: Entity, record_id: int, field: str, text: str) -> None:
        """Keep one field as typed; an input's "metric" is the id it follows from now on, "" none."""
        wb, now = self._desk.workbench, self._desk.now()
        if (entity, field) == ("input", "metric"):
            metric = int(text) if text else None
            self._write(lambda: value_ledgers.follow(wb, record_id, metric, now=now))
        else:
            self._write(lambda: value_ledgers.edit(wb, entity, record_id, field, text, now=now))

    def agree(self, line_id: int, on: dt.date | None, person_id: int | None) -> None:
        """Note that the customer agreed, or take it back."""
        wb, now = self._desk.workbench, self._desk.now()
        self._write(lambda: value_ledgers.agree(wb, line_id, on=on, person_id=person_id, now=now))

    def start(self, account_id: int, model: str, done: Done, failed: Callable[[BaseException], None]) -> None:
        """Start a ledger for an account, with the benefits of a model where one is named."""
        wb, now, today = self._desk.workbench, self._desk.now(), self._desk.today()
        language = i18n.language()
        name = _("Value {year}").format(year=today.year)

        fill = partial(value_models.fill, model_key=model, language=language) if model else None

        def work() -> int:
            return value_heads.create(wb, account_id, name, currency="", starts_on=today, now=now, then=fill)

        self._desk.tasks.write(work, done=self._started(name, done), failed=failed)

    def _started(self, name: str, done: Done, about: str = "") -> Done:
        """Say that the ledger *name* is there, *about* it and with Undo, then go on to *done* with its id."""

        def told(made: object) -> None:
            self._desk.tell(_("Ledger started"), about or name, undo=True)
            done(made)

        return told

    def new_ledger(self, account_id: int, typed: Mapping[str, str], done: Done) -> None:
        """Start another ledger with the head as typed; *done* gets its id."""
        wb, now = self._desk.workbench, self._desk.now()
        starts_on = value_ledgers.read("ledger", "starts_on", typed["starts_on"])
        self._write(
            lambda: value_heads.create(
                wb, account_id, typed["name"], currency=typed["currency"].strip(), starts_on=starts_on, now=now,
                years=typed["years"], rate=typed["rate"],
            ),
            self._started(typed["name"], done),
        )  # fmt: skip

    def edit_head(self, ledger_id: int, typed: Mapping[str, str]) -> None:
        """Keep the head of a ledger as typed."""
        wb, now = self._desk.workbench, self._desk.now()
        kept = {field: text for field, text in typed.items() if text.strip() or field != "currency"}
        self._write(lambda: value_heads.edit_head(wb, ledger_id, kept, now=now))

    def copy(self, ledger_id: int, typed: Mapping[str, str], once: Sequence[str], done: Done) -> None:
        """The same lines for another period, without what was paid *once*; *done* gets the new ledger's id."""
        wb, now = self._desk.workbench, self._desk.now()
        starts_on = value_ledgers.read("ledger", "starts_on", typed["starts_on"])
        left = _("Paid once, so not in the copy: {titles}").format(titles=_(", ").join(once)) if once else ""
        about = _("{name}. {left}").format(name=typed["name"], left=left) if once else ""
        self._write(
            lambda: value_heads.copy(wb, ledger_id, typed["name"], starts_on=starts_on, now=now),
            self._started(typed["name"], done, about),
        )

    def pull(self, ledger_id: int, done: Done) -> None:
        """Add running contracts to the costs; *done* gets how many."""
        wb = self._desk.workbench
        self._write(lambda: value_heads.pull_contracts(wb, ledger_id), done)

    def discard(self, ledger_id: int, name: str) -> None:
        """Move a ledger to the trash."""
        wb, now, desk = self._desk.workbench, self._desk.now(), self._desk
        self._write(
            lambda: value_heads.discard(wb, ledger_id, now=now),
            lambda _made: desk.tell(_("Moved to the trash"), name, undo=True),
        )

    def answer(self, line_id: int, test: Test, grade: str, on: dt.date, person: int | None) -> None:
        """Note the answer to one of the two tests."""
        wb, now = self._desk.workbench, self._desk.now()
        self._write(lambda: value_workshop.answer(wb, line_id, test, grade, on=on, person_id=person, now=now))

    def note_question(self, line_id: int, missing: str, ask: str, person: int | None) -> None:
        """Note what is missing, what to ask and whom."""
        wb, now = self._desk.workbench, self._desk.now()
        self._write(
            lambda: value_workshop.note_question(
                wb, line_id, missing=missing, ask=ask, person_id=person, now=now
            )
        )

    def question_task(self, line_id: int, due_on: dt.date) -> None:
        """Make the question of a line a task."""
        wb, now, desk = self._desk.workbench, self._desk.now(), self._desk
        self._write(
            lambda: value_workshop.to_task(wb, line_id, due_on=due_on, now=now),
            lambda _made: desk.tell(
                _("Task made"), _("Due {day}").format(day=wording.date(due_on)), undo=True
            ),
        )

    def tie(
        self, account_id: int, figure: BusinessFigure, said: Said, ledger_id: int | None, done: Done
    ) -> None:
        """Tie a business figure to a new line; *done* gets what was made."""
        wb, now, today, desk = self._desk.workbench, self._desk.now(), self._desk.today(), self._desk

        def told(made: object) -> None:
            desk.tell(_("Tied to the ledger"), figure.title, undo=True)
            done(made)

        self._write(
            lambda: value_guide.tie(wb, account_id, figure, said, ledger_id=ledger_id, today=today, now=now),
            told,
        )

    def use_model(self, ledger_id: int, model: str, done: Done) -> None:
        """Add the benefits of a model."""
        wb, language = self._desk.workbench, i18n.language()
        self._write(lambda: value_models.use(wb, ledger_id, model, language=language), done)

    def add_line(
        self, ledger_id: int, title: str, category: str, done: Done, *, calculator: str = ""
    ) -> None:
        """Add a benefit, with what its calculator brings; *done* gets its id."""
        wb, language = self._desk.workbench, i18n.language()
        if calculator:
            add = partial(value_models.add, wb, ledger_id, title, category, calculator, language=language)
        else:
            add = partial(value_ledgers.add_line, wb, ledger_id, title, category=category)
        self._write(add, done)

    def add_cost(self, ledger_id: int, title: str, kind: str, amounts: str) -> None:
        """Add a cost."""
        wb = self._desk.workbench
        self._write(lambda: value_ledgers.add_cost(wb, ledger_id, title, kind, amounts))

    def add_evidence(
        self, line_id: int, kind: str, text: str, on: dt.date | None, person_id: int | None
    ) -> None:
        """Add what proves a benefit."""
        wb = self._desk.workbench
        self._write(lambda: value_ledgers.add_evidence(wb, line_id, kind, text, on=on, person_id=person_id))

    def remove(self, entity: Entity, record_id: int, name: str) -> None:
        """Remove a record with all that hangs on it; *name* is said in the toast."""
        wb, desk = self._desk.workbench, self._desk
        self._write(
            lambda: value_ledgers.remove(wb, entity, record_id),
            lambda _nothing: desk.tell(_("Removed"), name, undo=True),
        )

    def _write(self, work: Callable[[], Any], done: Done | None = None) -> None:
        self._desk.tasks.write(work, done=done)
