"""“There is no ROI, we are leaving”: find the business figure we contribute to, and tie it to a line of the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.text import fold
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services import value_heads, value_models, value_workshop
from cs_workbench.services.value_ledgers import read
from cs_workbench.services.value_models import Model, ModelBenefit
from cs_workbench.store.queries import value as queries
from cs_workbench.store.queries import value_beside

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

WHOM = {
    "economic_buyer": ("economic_buyer", "decision_maker", "executive_sponsor"),
    "technical_owner": ("technical_owner", "champion", "user"),
    "champion": ("champion", "technical_owner", "user"),
    "procurement": ("procurement", "economic_buyer", "champion"),
}
"""Whom to ask, the best first; what a model names → roles that can answer."""


@dataclass(frozen=True, slots=True)
class BusinessFigure:
    """A figure the customer's management watches, with the benefit of a model that moves it.

    ``fits`` says that the account's industry or persona is one of the model's.
    """

    key: str
    title: str
    about: str
    fits: bool
    benefit: ModelBenefit


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the guide: how we contribute, what to ask, whom, by when as a task (None: no task)."""

    mechanism: str
    ask: str
    person_id: int | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What the guide made: the ledger, the line tied to the figure, and the task that asks for the proof (or None)."""

    ledger_id: int
    line_id: int
    task_id: int | None


def figures(reads: Reads, account_id: int, language: str) -> tuple[BusinessFigure, ...]:
    """Every business figure of the models, those that fit the account first; one statement and a file."""
    industry, persona = (fold(text) for text in value_beside.situation(reads, account_id))
    found = []
    for model in value_models.models(language):
        fits = _fits(model, industry, persona)
        found += [
            BusinessFigure(f"{model.key}/{one.key}", one.figure or one.title, one.title, fits, one)
            for one in model.benefits
        ]
    return tuple(sorted(found, key=lambda one: not one.fits))


def own_figure(title: str, category: str = "cost") -> BusinessFigure:
    """A figure in the customer's own words, to be tied without a model. Raises InvalidValue without words."""
    words = str(read("line", "title", title))
    ask = _("Where is “{figure}” measured, what was it a year ago, and what is it now?").format(figure=words)
    bare = ModelBenefit(
        "own", words, str(read("line", "category", category)), "", "", "1", "1", (), words, ask, "champion"
    )
    return BusinessFigure("own", words, "", fits=True, benefit=bare)


def tie(
    wb: Workbench,
    account_id: int,
    chosen: BusinessFigure,
    said: Said,
    *,
    ledger_id: int | None,
    today: dt.date,
    now: dt.datetime,
) -> Tie:
    """Tie a business figure to a new line with A and B open and its question, as one step.

    Starts a ledger where *ledger_id* is None; makes the question a task where it has a due date. Raises InvalidValue
    without a logic or a question, NotFound where the ledger is gone.
    """
    from cs_workbench.store.tables import ValueLedger, ValueLine

    _check(said)
    currency = value_heads.usual_currency(wb, account_id)
    head = {"name": _("Value {year}").format(year=today.year), "currency": currency}
    with wb.change(_("Tie value to a business figure")) as db:
        ledger = (
            db.session.get(ValueLedger, ledger_id)
            if ledger_id is not None
            else value_heads.started(db, account_id, head, today, now)
        )
        if ledger is None:
            raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
        at = queries.next_position(db, "value_line", ledger.id)
        line_id = value_models.add_benefit(
            db, ledger, at, chosen.benefit, mechanism=read("line", "mechanism", said.mechanism),
            ask=read("line", "ask", said.ask), ask_id=said.person_id, logic="open", fact="open",
            missing=_("Proof for: {figure}").format(figure=chosen.title),
        )  # fmt: skip
        line = db.session.get_one(ValueLine, line_id)
        due = said.due_on
        task_id = value_workshop.task_of(db, line, due_on=due, now=now) if due is not None else None
        ledger.updated_at = now
        return Tie(ledger.id, line_id, task_id)


def _check(said: Said) -> None:
    if not said.mechanism.strip():
        raise InvalidValue(
            _("Nothing says how we contribute yet."), _("Write one sentence."), field="mechanism"
        )
    if not said.ask.strip():
        raise InvalidValue(_("There is no question yet."), _("Write what to ask."), field="ask")


def _fits(model: Model, industry: str, persona: str) -> bool:
    return any(fold(word) in industry for word in model.industries) or bool(
        persona and any(fold(word) in persona for word in model.personas)
    )
