"""Value models to begin with, and stand-alone ledgers in a file: both become lines of a ledger."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from cs_workbench import paths
from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.value_ledger import Benefit, Cost, Evidence, Input, Ledger
from cs_workbench.errors import FileProblem, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

LARGEST = 2_000_000


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
    """A benefit of a model in one language."""

    key: str
    title: str
    category: str
    mechanism: str
    formula: str
    attribution: str
    ramp: str
    inputs: tuple[ModelInput, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A reusable set of benefits for a kind of customer."""

    key: str
    title: str
    benefits: tuple[ModelBenefit, ...]


def models(language: str) -> tuple[Model, ...]:
    """The packaged models in *language* ("en" or "ja")."""
    import tomllib

    with open(paths.resources("defaults", "value_models.toml"), "rb") as file:
        data = tomllib.load(file)
    return tuple(
        Model(one["key"], one[language], tuple(_benefit(each, language) for each in one["benefit"]))
        for one in data["model"]
    )


def use(wb: Workbench, ledger_id: int, model_key: str, *, language: str) -> tuple[int, ...]:
    """Add a model's benefits to a ledger as one step; inputs with a role follow the account's metric of that role.

    Returns the ids of the lines. Raises NotFound.
    """
    from cs_workbench.store.tables import ValueInput, ValueLedger, ValueLine

    model = next((one for one in models(language) if one.key == model_key), None)
    made: list[int] = []
    with wb.change(_("Add value model")) as db:
        ledger = db.session.get(ValueLedger, ledger_id)
        if ledger is None or model is None:
            raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
        first = queries.next_position(db, "value_line", ledger_id)
        for position, one in enumerate(model.benefits, first):
            line = ValueLine(
                ledger_id=ledger_id, position=position, title=one.title, category=one.category,
                mechanism=one.mechanism, formula=one.formula, attribution=one.attribution, ramp=one.ramp,
            )  # fmt: skip
            db.session.add(line)
            db.session.flush()
            made.append(line.id)
            for place, each in enumerate(one.inputs):
                metric = queries.metric_of_role(db, ledger.account_id, each.role) if each.role else None
                row = ValueInput(
                    line_id=line.id, position=place, name=each.name, label=each.label, value=each.value,
                    unit=each.unit.format(currency=ledger.currency), low=each.low, high=each.high,
                    metric_id=metric,
                )  # fmt: skip
                db.session.add(row)
    return tuple(made)


def read_file(path: str) -> Ledger:
    """A ledger from a TOML or JSON file (format in README). Raises FileProblem naming the place in the file."""
    data = _parsed(path)
    place = _Place(path)
    benefits = tuple(
        _file_benefit(place.at(f"benefit {n}"), one)
        for n, one in enumerate(_tables(place, data, "benefit"), 1)
    )
    costs = tuple(
        _file_cost(place.at(f"cost {n}"), one) for n, one in enumerate(_tables(place, data, "cost"), 1)
    )
    years = place.number(data, "years", "3")
    if years != int(years) or not 1 <= years <= 10:
        raise place.problem("years", _("1 to 10 whole years"))
    currency = place.text(data, "currency")
    return Ledger(currency, int(years), benefits, costs, place.number(data, "rate", "0.10"))


class _Place:
    """Where in a file something stands, for what is said about it."""

    def __init__(self, path: str, where: str = "") -> None:
        self._path = path
        self._where = where

    def at(self, where: str) -> _Place:
        """A place deeper in the same file."""
        return _Place(self._path, f"{self._where}, {where}" if self._where else where)

    def problem(self, key: str, wanted: str) -> FileProblem:
        """What is wrong with *key* here."""
        name = self._path.replace("\\", "/").rsplit("/", 1)[-1]
        where = f"{self._where}, {key}" if self._where else key
        return FileProblem(
            _("{file}: {place} cannot be used; wanted: {wanted}.").format(
                file=name, place=where, wanted=wanted
            ),
            _("Correct it there. Nothing was computed."),
            code="ledger_file",
            file=self._path,
            place=where,
        )

    def text(self, data: Mapping[str, Any], key: str, usual: str | None = None) -> str:
        """A text; the usual one where none is given."""
        value = data.get(key, usual)
        if not isinstance(value, str) or (usual is None and not value):
            raise self.problem(key, _("a text"))
        return value

    def number(self, data: Mapping[str, Any], key: str, usual: str | None = None) -> Decimal:
        """A number, also as text ("80%")."""
        value = data.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise self.problem(key, _("a number"))
        words = str(value)
        try:
            found = Decimal(words.rstrip("%"))
        except InvalidOperation:
            raise self.problem(key, _("a number")) from None
        if not found.is_finite() or found < 0:
            raise self.problem(key, _("a number from 0 on"))
        return found / 100 if words.endswith("%") else found

    def one_of(self, data: Mapping[str, Any], key: str, choices: tuple[str, ...], usual: str) -> str:
        """One of a closed list."""
        value = data.get(key, usual)
        if value not in choices:
            raise self.problem(key, ", ".join(choices))
        return str(value)


def _parsed(path: str) -> dict[str, Any]:
    import os
    import tomllib

    from cs_workbench.intake.filetype import read_whole

    name = os.path.basename(path)
    found = read_whole(path, LARGEST + 1)
    if len(found) > LARGEST:
        raise FileProblem(
            _("{file} is too large for a ledger.").format(file=name), code="too_large", file=path
        )
    try:
        text = found.decode("utf-8-sig")
        data = (
            json.loads(text, parse_float=Decimal)
            if text.lstrip().startswith("{")
            else tomllib.loads(text, parse_float=Decimal)
        )
    except (ValueError, RecursionError) as error:
        raise FileProblem(
            _("{file} is neither TOML nor JSON: {reason}.").format(file=name, reason=error),
            _("The README shows the format."),
            code="ledger_file",
            file=path,
        ) from error
    return data if isinstance(data, dict) else {}


def _tables(place: _Place, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise place.problem(key, _("a list of tables"))
    return found


def _file_benefit(place: _Place, data: Mapping[str, Any]) -> Benefit:
    inputs = data.get("inputs", {})
    if not isinstance(inputs, dict) or not all(isinstance(one, dict) for one in inputs.values()):
        raise place.problem("inputs", _("a table for each input"))
    ramp = data.get("ramp", ["1"])
    if not isinstance(ramp, list) or not ramp:
        raise place.problem("ramp", _("a list of shares"))
    title = place.text(data, "title")
    return Benefit(
        title,
        title,
        cast("rules.Category", place.one_of(data, "category", get_args(rules.Category), "cost")),
        place.text(data, "formula"),
        tuple(_file_input(place.at(name), name, one) for name, one in inputs.items()),
        place.text(data, "mechanism", ""),
        place.number(data, "attribution", "1"),
        tuple(place.number({"ramp": share}, "ramp") for share in ramp),
        cast("rules.Confidence", place.one_of(data, "confidence", get_args(rules.Confidence), "assumption")),
        cast("rules.Logic", place.one_of(data, "logic", get_args(rules.Logic), "open")),
        cast("rules.Fact", place.one_of(data, "fact", get_args(rules.Fact), "open")),
        data.get("agreed") is True,
        tuple(Evidence("file", str(one)) for one in data.get("evidence", [])),
    )


def _file_input(place: _Place, name: str, data: Mapping[str, Any]) -> Input:
    bounds = {key: place.number(data, key) if key in data else None for key in ("low", "high")}
    as_of = data.get("as_of")
    return Input(
        name,
        place.number(data, "value"),
        place.text(data, "unit", ""),
        bounds["low"],
        bounds["high"],
        place.text(data, "source", ""),
        as_of if isinstance(as_of, dt.date) else None,
    )


def _file_cost(place: _Place, data: Mapping[str, Any]) -> Cost:
    amounts = data.get("amounts")
    if not isinstance(amounts, list) or not amounts:
        raise place.problem("amounts", _("a list of numbers: at the start, in year 1, 2, …"))
    title = place.text(data, "title")
    return Cost(
        title,
        title,
        cast("rules.CostKind", place.one_of(data, "kind", get_args(rules.CostKind), "other")),
        tuple(place.number({"amounts": one}, "amounts") for one in amounts),
        cast(
            "Literal['measured', 'confirmed', 'estimate', 'assumption']",
            place.one_of(data, "confidence", get_args(rules.Confidence), "measured"),
        ),
        place.text(data, "source", ""),
    )


def _benefit(data: Mapping[str, Any], language: str) -> ModelBenefit:
    from cs_workbench.services.value_ledgers import read

    return ModelBenefit(
        data["key"],
        data[language],
        data["category"],
        data[f"mechanism_{language}"],
        data["formula"],
        str(read("line", "attribution", data.get("attribution", "100%"))),
        str(read("line", "ramp", " ".join(data.get("ramp", ["100%"])))),
        tuple(
            ModelInput(
                one["name"], one[language], one["unit"], one.get("value"), one.get("low"), one.get("high"),
                one.get("role", ""),
            )
            for one in data["input"]
        ),
    )  # fmt: skip
