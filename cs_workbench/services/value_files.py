"""Stand-alone ledgers in a TOML or JSON file (the format is in the README): read into a ledger of the domain."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from cs_workbench.domain import ledger_checks
from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.formula import FormulaFault, evaluate, parse
from cs_workbench.domain.plain_numbers import MOST
from cs_workbench.domain.units import UnitFault, in_currency, is_share, parse_unit
from cs_workbench.domain.value_ledger import Benefit, Cost, Evidence, Input, Ledger
from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _
from cs_workbench.services.value_file_faults import KeyTwice, refused, whole_number
from cs_workbench.services.value_file_places import Place
from cs_workbench.services.value_rates import Worth, foreign, rated

LARGEST = 2_000_000
MOST_LINES = 200
"""Benefits, and costs, that one file may hold."""
_LEDGER = ("currency", "years", "rate", "benefit", "cost", "rates", "rates_on")
_BENEFIT = ("title", "category", "formula", "mechanism", "attribution", "ramp", "confidence", "logic", "fact",
            "agreed", "evidence", "inputs")  # fmt: skip
_INPUT = ("value", "unit", "low", "high", "source", "as_of")
_COST = ("title", "kind", "amounts", "confidence", "source")


def read_file(path: str) -> Ledger:
    """A ledger from a TOML or JSON file (format in README). Raises FileProblem naming the place in the file."""
    data = _parsed(path)
    place = Place(path)
    place.only(data, _LEDGER)
    years = place.number(data, "years", "3")
    if years != int(years) or not 1 <= years <= 10:
        raise place.problem("years", _("1 to 10 whole years"))
    benefits = tuple(
        _file_benefit(place.at(f"benefit {n}"), one, str(n), int(years))
        for n, one in enumerate(place.tables(data, "benefit", MOST_LINES), 1)
    )
    costs = tuple(
        _file_cost(place.at(f"cost {n}"), one, str(n), int(years))
        for n, one in enumerate(place.tables(data, "cost", MOST_LINES), 1)
    )
    currency = place.text(data, "currency").upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise place.problem("currency", _("three letters, like JPY or USD"))
    for first, *again in _same_twice(benefits):
        raise place.problem(
            f"benefit {again[0]}",
            _("another title, formula or other figures than benefit {first}: one gain counts once").format(
                first=first
            ),
        )
    rates, on = _rates(place, data), place.day(data, "rates_on")
    benefits = tuple(_told(one, currency, rates, on) for one in benefits)
    return Ledger(currency, int(years), benefits, costs, place.share(data, "rate", "0.10"))


def _same_twice(benefits: Sequence[Benefit]) -> Iterator[tuple[str, ...]]:
    """Ids of benefits with one title, one formula and the same figures: one line, copied. Others may be alike."""
    titles = {one.id: " ".join(one.title.casefold().split()) for one in benefits}
    for ids in ledger_checks.twice(benefits):
        for title in dict.fromkeys(titles[one] for one in ids):
            same = tuple(one for one in ids if titles[one] == title)
            if len(same) > 1:
                yield same


def _rates(place: Place, data: Mapping[str, Any]) -> dict[str, Decimal]:
    """What one unit of another currency is worth in the ledger's, from the table ``rates``."""
    found = data.get("rates", {})
    if not isinstance(found, dict):
        raise place.problem("rates", _("a table: currency = what one is worth"))
    rates = {str(code): place.at("rates").number(found, str(code)) for code in found}
    for code, rate in rates.items():
        if not rate:
            raise place.at("rates").problem(code, _("a number above 0"))
    return rates


def _told(benefit: Benefit, currency: str, rates: Mapping[str, Decimal], on: dt.date | None) -> Benefit:
    """A benefit with its foreign inputs in the ledger's currency, their source saying through which rate of which
    day; one without a rate stays and is refused later.
    """
    inputs = []
    for one in benefit.inputs:
        other = foreign(one.unit, currency)
        if other in rates:
            factor = rates[other] ** dict(parse_unit(one.unit).powers)[other]
            low, high = (None if bound is None else bound * factor for bound in (one.low, one.high))
            unit = in_currency(one.unit, currency)
            source = rated(one.source, one.value, other, Worth(rates[other], on))
            inputs.append(
                replace(one, value=one.value * factor, low=low, high=high, unit=unit, source=source)
            )
        else:
            inputs.append(one)
    return replace(benefit, inputs=tuple(inputs))


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
        if path.casefold().endswith(".json") or text.lstrip().startswith("{"):
            data = json.loads(text, parse_float=Decimal, parse_int=whole_number, object_pairs_hook=_once)
        else:
            data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise FileProblem(
            refused(name, error),
            _("The README shows the format."),
            code="ledger_file",
            file=path,
        ) from error
    return data if isinstance(data, dict) else {}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table of JSON. Raises KeyTwice for a key that stands twice: one of the two would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for n, (key, _value) in enumerate(pairs) if key in dict(pairs[:n]))
        raise KeyTwice(_("“{key}” stands there twice").format(key=twice[:80]))
    return found


def _file_benefit(place: Place, data: Mapping[str, Any], line_id: str, years: int) -> Benefit:
    place.only(data, _BENEFIT)
    inputs = data.get("inputs", {})
    if not isinstance(inputs, dict) or not all(isinstance(one, dict) for one in inputs.values()):
        raise place.problem("inputs", _("a table for each input"))
    ramp = data.get("ramp", ["1"])
    if not isinstance(ramp, list) or not ramp:
        raise place.problem("ramp", _("a list of shares"))
    if len(ramp) > years:
        raise place.problem("ramp", _at_most("shares", len(ramp), years, years))
    agreed = data.get("agreed", False)
    if not isinstance(agreed, bool):
        raise place.problem("agreed", _("true or false"))
    made = Benefit(
        line_id,
        place.text(data, "title"),
        cast("rules.Category", place.one_of(data, "category", get_args(rules.Category), "cost")),
        place.text(data, "formula"),
        tuple(_file_input(place.at(name), name, one) for name, one in inputs.items()),
        place.text(data, "mechanism", ""),
        place.share(data, "attribution", "1"),
        tuple(place.share({"ramp": share}, "ramp") for share in ramp),
        cast("rules.Confidence", place.one_of(data, "confidence", get_args(rules.Confidence), "assumption")),
        cast("rules.Logic", place.one_of(data, "logic", get_args(rules.Logic), "open")),
        cast("rules.Fact", place.one_of(data, "fact", get_args(rules.Fact), "open")),
        agreed,
        tuple(Evidence("file", str(one)) for one in _evidence(place, data)),
    )
    if not _sized(made):
        raise place.problem("formula", _("a result below 1,000,000,000,000,000"))
    return made


def _sized(benefit: Benefit) -> bool:
    """Whether what comes out is a figure that can be reckoned with; what cannot be computed is said when it is."""
    try:
        found = evaluate(parse(benefit.formula), {one.name: one.quantity() for one in benefit.inputs})
    except (FormulaFault, UnitFault):
        return True
    return abs(found.value) < MOST


def _evidence(place: Place, data: Mapping[str, Any]) -> list[Any]:
    found = data.get("evidence", [])
    if not isinstance(found, list):
        raise place.problem("evidence", _("a list of texts"))
    return found


def _file_input(place: Place, name: str, data: Mapping[str, Any]) -> Input:
    place.only(data, _INPUT)
    unit = place.text(data, "unit", "")
    read = place.share if is_share(unit) else place.number
    value = read(data, "value")
    low, high = (read(data, key) if key in data else None for key in ("low", "high"))
    if low is not None and low > value:
        raise place.problem("low", _("a figure that is not above the value"))
    if high is not None and high < value:
        raise place.problem("high", _("a figure that is not below the value"))
    return Input(name, value, unit, low, high, place.text(data, "source", ""), place.day(data, "as_of"))


def _file_cost(place: Place, data: Mapping[str, Any], cost_id: str, years: int) -> Cost:
    place.only(data, _COST)
    amounts = data.get("amounts")
    if not isinstance(amounts, list) or not amounts:
        raise place.problem("amounts", _("a list of numbers: at the start, in year 1, 2, …"))
    if len(amounts) > years + 1:
        raise place.problem("amounts", _at_most("amounts", len(amounts), years + 1, years))
    wanted = _("numbers from 0 on, one of them above 0")
    figures = tuple(place.number({"amounts": one}, "amounts", from_zero=wanted) for one in amounts)
    if not any(figures):
        raise place.problem("amounts", wanted)
    return Cost(
        cost_id,
        place.text(data, "title"),
        cast("rules.CostKind", place.one_of(data, "kind", get_args(rules.CostKind), "other")),
        figures,
        cast(
            "Literal['measured', 'confirmed', 'estimate', 'assumption']",
            place.one_of(data, "confidence", get_args(rules.Confidence), "measured"),
        ),
        place.text(data, "source", ""),
    )


def _at_most(what: str, count: int, most: int, years: int) -> str:
    """What a list longer than the ledger should be: what stands beyond would not be counted."""
    words = {
        "amounts": _("at most {most} amounts for {years} years (the start and each year), not {count}"),
        "shares": _("at most {most} shares for {years} years, not {count}"),
    }
    return words[what].format(most=most, years=years, count=count)
