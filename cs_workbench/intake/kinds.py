"""The kinds of file the workbench takes in and the fields each has. The words that name them are data:
``resources/defaults/aliases/<kind>.toml``, one line a field, both languages.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from cs_workbench import paths
from cs_workbench.intake.headers import compact

KINDS = (
    "accounts", "people", "contracts", "readings", "tickets", "surveys", "interactions", "opportunities", "churn",
    "products",
)  # fmt: skip
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a kind.

    ``type``: text, name, id, kana, date, instant, money, number, count, int, bool, fraction, term, notice, minutes,
    mail, domain, phone, currency, tags, or the name of a word list in ``values.toml`` ("ticket_status"). ``aliases``
    are compact headers, the best first; ``plain`` are aliases many kinds share ("name", "id"), which count less;
    ``inside`` are words that tell the field inside a whole question, as survey tools write headers. ``weight`` is how
    strongly the field's presence speaks for the kind. ``many``: several columns may fill it.
    """

    key: str
    type: str
    aliases: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    weight: float = 1.0
    many: bool = False


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of file. ``needs``: of each group one field must be there. ``proof``: fields that set it apart;
    without one of them the kind is never guessed, only taken when asked for. ``file_words``: weak hints in file names.
    """

    key: str
    fields: dict[str, FieldSpec]
    needs: tuple[tuple[str, ...], ...]
    proof: frozenset[str]
    file_words: tuple[str, ...]

    def missing(self, fields: set[str]) -> tuple[str, ...] | None:
        """The first group of needed fields of which *fields* holds none, or None when all is there."""
        return next((group for group in self.needs if not fields.intersection(group)), None)


@cache
def read_words(name: str) -> dict[str, Any]:
    """The parsed word file *name* (without ".toml") of ``resources/defaults/aliases``."""
    with Path(paths.resources("defaults", "aliases", f"{name}.toml")).open("rb") as file:
        return tomllib.load(file)


@cache
def spec(kind: str) -> KindSpec:
    """What a file of *kind* holds. Raises KeyError for a kind that does not exist."""
    if kind not in KINDS:
        raise KeyError(kind)
    raw = read_words(kind)
    fields = dict(_own_fields(kind))
    for prefix, include in raw.get("include", {}).items():
        inherited = _own_fields(include["kind"]) if include["kind"] in KINDS else _role_fields()
        for key in include["fields"]:
            fields[f"{prefix}.{key}"] = replace(
                inherited[key],
                key=f"{prefix}.{key}",
                plain=(),
                weight=inherited[key].weight * include.get("weight", 0.6),
            )
    return KindSpec(
        kind,
        fields,
        tuple(tuple(group) for group in raw["needs"]),
        frozenset(raw.get("proof", ())),
        tuple(raw.get("file_words", ())),
    )


def field_keys(kind: str) -> frozenset[str]:
    """Every field name a mapping of *kind* may use, beside ``custom:…``, ``metric:…`` and ``ignore``."""
    return frozenset(spec(kind).fields)


@cache
def _own_fields(kind: str) -> dict[str, FieldSpec]:
    """The fields of *kind* without those of a second thing in the row: two kinds may each hold fields of the other."""
    return {key: _field(key, entry) for key, entry in read_words(kind)["fields"].items()}


def _field(key: str, entry: dict[str, Any]) -> FieldSpec:
    return FieldSpec(
        key,
        entry.get("type", "text"),
        tuple(dict.fromkeys(compact(word) for alias in entry.get("aliases", ()) for word in expand(alias))),
        tuple(map(compact, entry.get("plain", ()))),
        tuple(map(compact, entry.get("inside", ()))),
        float(entry.get("weight", 1.0)),
        entry.get("many", False),
    )


def expand(alias: str) -> list[str]:
    """An alias with ``{account}`` or another noun written out in all its words: "{account} id" → "customer id" …"""
    place = _PLACE.search(alias)
    if place is None:
        return [alias]
    words = read_words("nouns")[place[1]]
    return [done for word in words for done in expand(alias[: place.start()] + word + alias[place.end() :])]


@cache
def _role_fields() -> dict[str, FieldSpec]:
    """Figures that may stand in a row about something else ("active users" beside an account), by metric role."""
    roles = read_words("metrics")["roles"]
    fields = {
        role: _field(role, {"type": entry.get("type", "count"), "aliases": entry["columns"]})
        for role, entry in roles.items()
    }
    fields["as_of"] = _field("as_of", {"type": "date", "aliases": read_words("metrics")["as_of"]})
    return fields
