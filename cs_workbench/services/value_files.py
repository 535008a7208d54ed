"""Stand-alone ledgers in a TOML or JSON file (the format is in the README): read into a ledger of the domain."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast, get_args

from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.units import in_currency, parse_unit
from cs_workbench.domain.value_ledger import Benefit, Cost, Evidence, Input, Ledger
from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _
from cs_workbench.services.value_rates import foreign

LARGEST = 2_000_000


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
    currency = place.text(data, "currency").upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise place.problem("currency", _("three letters, like JPY or USD"))
    rates = _rates(place, data)
    benefits = tuple(_told(one, currency, rates) for one in benefits)
    return Ledger(currency, int(years), benefits, costs, place.number(data, "rate", "0.10"))


def _rates(place: _Place, data: Mapping[str, Any]) -> dict[str, Decimal]:
    """What one unit of another currency is worth in the ledger's, from the table ``rates``."""
    found = data.get("rates", {})
    if not isinstance(found, dict):
        raise place.problem("rates", _("a table: currency = what one is worth"))
    rates = {str(code): place.at("rates").number(found, str(code)) for code in found}
    for code, rate in rates.items():
        if not rate:
            raise place.at("rates").problem(code, _("a number above 0"))
    return rates


def _told(benefit: Benefit, currency: str, rates: Mapping[str, Decimal]) -> Benefit:
    """A benefit with its foreign inputs in the ledger's currency; one without a rate stays and is refused later."""
    inputs = []
    for one in benefit.inputs:
        other = foreign(one.unit, currency)
        if other in rates:
            factor = rates[other] ** dict(parse_unit(one.unit).powers)[other]
            low, high = (None if bound is None else bound * factor for bound in (one.low, one.high))
            unit = in_currency(one.unit, currency)
            inputs.append(replace(one, value=one.value * factor, low=low, high=high, unit=unit))
        else:
            inputs.append(one)
    return replace(benefit, inputs=tuple(inputs))


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
            raise self.problem(key, _(", ").join(choices))
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
    figures = tuple(place.number({"amounts": one}, "amounts") for one in amounts)
    if not any(figures):
        raise place.problem("amounts", _("a number above 0: a cost of zero is no cost"))
    return Cost(
        title,
        title,
        cast("rules.CostKind", place.one_of(data, "kind", get_args(rules.CostKind), "other")),
        figures,
        cast(
            "Literal['measured', 'confirmed', 'estimate', 'assumption']",
            place.one_of(data, "confidence", get_args(rules.Confidence), "measured"),
        ),
        place.text(data, "source", ""),
    )
