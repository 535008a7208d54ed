"""Value models to begin with: benefits of a kind of customer, their formula, units, assumptions and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import ValueLedger

_NAME = re.compile(r"[^\W\d]\w*")
_CALCULATORS = ("time_saved", "errors_avoided", "tools_replaced", "extra_revenue", "risk_avoided")
"""Benefits of the models that are ways of working one out on their own, the usual first."""


@dataclass(frozen=True, slots=True)
class ModelInput:
    """An input a model asks for: its name in the formula, what it is, its unit, and a figure to begin with."""

    name: str
    label: str
    unit: str
    value: str | None
    low: str | None
    high: str | None
    role: str


@dataclass(frozen=True, slots=True)
class ModelBenefit:
    """A benefit of a model in one language.

    ``figure`` is what the customer's management watches, ``ask`` the question that proves it, ``whom`` the role to
    ask, ``assumes`` what is taken for granted.
    """

    key: str
    title: str
    category: str
    mechanism: str
    formula: str
    attribution: str
    ramp: str
    inputs: tuple[ModelInput, ...]
    figure: str = ""
    ask: str = ""
    whom: str = ""
    assumes: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A reusable set of benefits for a kind of customer."""

    key: str
    title: str
    benefits: tuple[ModelBenefit, ...]
    industries: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()


def models(language: str) -> tuple[Model, ...]:
    """The packaged models in *language* ("en" or "ja")."""
    import tomllib

    with open(paths.resources("defaults", "value_models.toml"), "rb") as file:
        data = tomllib.load(file)
    return tuple(
        Model(
            one["key"],
            one[language],
            tuple(_benefit(each, language) for each in one["benefit"]),
            tuple(one.get("industries", ())),
            tuple(one.get("personas", ())),
        )
        for one in data["model"]
    )


def calculators(language: str) -> tuple[ModelBenefit, ...]:
    """The ways to work out one benefit: time saved, errors avoided, tools replaced, extra revenue, risk avoided."""
    known = {one.key: one for model in models(language) for one in model.benefits}
    return tuple(known[key] for key in _CALCULATORS)


def add(wb: Workbench, ledger_id: int, title: str, category: str, calculator: str, *, language: str) -> int:
    """Add a benefit with the formula, inputs and question of a calculator as one step; returns its id.

    Raises InvalidValue for a title or category that cannot be, NotFound.
    """
    from cs_workbench.services.value_ledgers import read
    from cs_workbench.store.tables import ValueLedger

    own = {"title": read("line", "title", title), "category": read("line", "category", category)}
    found = next((one for one in calculators(language) if one.key == calculator), None)
    with wb.change(_("Add benefit")) as db:
        ledger = db.session.get(ValueLedger, ledger_id)
        if ledger is None or found is None:
            raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
        return add_benefit(db, ledger, queries.next_position(db, "value_line", ledger_id), found, **own)


def use(wb: Workbench, ledger_id: int, model_key: str, *, language: str) -> tuple[int, ...]:
    """Add a model's benefits to a ledger as one step; inputs with a role follow the account's metric of that role.

    Returns the ids of the lines. Raises NotFound.
    """
    from cs_workbench.store.tables import ValueLedger

    with wb.change(_("Add value model")) as db:
        return fill(db, db.session.get(ValueLedger, ledger_id), model_key, language)


def fill(db: Change, ledger: ValueLedger | None, model_key: str, language: str) -> tuple[int, ...]:
    """Add a model's benefits inside a change that is under way; returns the ids of the lines. Raises NotFound."""
    model = next((one for one in models(language) if one.key == model_key), None)
    if ledger is None or model is None:
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
    first = queries.next_position(db, "value_line", ledger.id)
    return tuple(add_benefit(db, ledger, at, one) for at, one in enumerate(model.benefits, first))


def add_benefit(db: Change, ledger: ValueLedger, position: int, one: ModelBenefit, **more: Any) -> int:
    """Add one benefit of a model with its inputs, inside a change that is under way; returns the line's id.

    *more* are fields of the line that differ from the model's.
    """
    from cs_workbench.store.tables import ValueInput, ValueLine

    own = {
        "title": one.title, "category": one.category, "mechanism": stated(one), "formula": one.formula,
        "attribution": one.attribution, "ramp": one.ramp, "ask": one.ask,
    }  # fmt: skip
    line = ValueLine(ledger_id=ledger.id, position=position, **(own | more))
    db.session.add(line)
    db.session.flush()
    for place, each in enumerate(one.inputs):
        metric = queries.metric_of_role(db, ledger.account_id, each.role) if each.role else None
        row = ValueInput(
            line_id=line.id, position=place, name=each.name, label=each.label, value=each.value,
            unit=each.unit.format(currency=ledger.currency), low=each.low, high=each.high, metric_id=metric,
        )  # fmt: skip
        db.session.add(row)
    return line.id


def stated(one: ModelBenefit) -> str:
    """The mechanism with what it takes for granted: an assumption the customer cannot read is no assumption stated."""
    gap = "" if one.mechanism.endswith("。") else " "
    return gap.join(part for part in (one.mechanism, one.assumes) if part)


def _worded(data: Mapping[str, Any], language: str) -> str:
    """The formula with the names its inputs have in *language*, with × ÷ −."""
    told = {one["name"]: one.get(f"name_{language}", one["name"]) for one in data["input"]}
    signs = str.maketrans({"*": "×", "/": "÷", "-": "−"}) if language == "ja" else {}
    formula = str(data["formula"]).translate(signs)
    return _NAME.sub(lambda found: told.get(found.group(), found.group()), formula)


def _benefit(data: Mapping[str, Any], language: str) -> ModelBenefit:
    from cs_workbench.services.value_ledgers import read

    return ModelBenefit(
        data["key"],
        data[language],
        data["category"],
        data[f"mechanism_{language}"],
        _worded(data, language),
        str(read("line", "attribution", data.get("attribution", "100%"))),
        str(read("line", "ramp", " ".join(data.get("ramp", ["100%"])))),
        tuple(
            ModelInput(
                one.get(f"name_{language}", one["name"]), one[language],
                one.get(f"unit_{language}", one["unit"]), one.get("value"), one.get("low"), one.get("high"),
                one.get("role", ""),
            )
            for one in data["input"]
        ),
        *(str(data.get(key, "")) for key in (f"figure_{language}", f"ask_{language}", "whom", f"assumes_{language}")),
    )  # fmt: skip
