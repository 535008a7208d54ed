"""Personas to begin with, each with its success map, in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from cs_workbench import paths
from cs_workbench.domain.success_map import PER_SEAT, ExitKind, Means, MeansKind, Step
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services.success_maps import draw
from cs_workbench.store.queries import success as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Template:
    """A persona as it comes with the program: ``steps`` name what its map leads over."""

    key: str
    name: str
    definition: str
    steps: tuple[str, ...]


def templates(language: str) -> tuple[Template, ...]:
    """The packaged personas in *language* ("en" or "ja")."""
    return tuple(
        Template(one["key"], one[language], one[f"says_{language}"], tuple(each[language] for each in one["step"]))
        for one in _all()
    )  # fmt: skip


def start(wb: Workbench, key: str, *, language: str, today: dt.date) -> int:
    """Add a packaged persona with its map as one step; returns its id, that of the one of its name where it is
    there already. An exit that rests on a metric this portfolio has none of is to be confirmed by hand. Raises
    NotFound.
    """
    from cs_workbench.store.tables import Persona

    data = next((one for one in _all() if one["key"] == key), None)
    if data is None:
        raise NotFound(_("There is no persona template “{name}”.").format(name=key), candidates=[])
    there = [one.id for one in queries.personas(wb.reads) if one.name == data[language]]
    if there:
        return there[0]
    steps = steps_of(
        data, language, {role: name for name, _words, role in reversed(queries.metrics(wb.reads)) if role}
    )
    with wb.change(_("Add persona")) as db:
        row = Persona(
            name=data[language], definition=data[f"says_{language}"], position=queries.next_position(db)
        )
        db.session.add(row)
        db.session.flush()
        draw(db, row.id, steps, today=today)
        return row.id


def packaged() -> list[dict[str, Any]]:
    """The personas as the file holds them."""
    return _all()


def steps_of(data: dict[str, Any], language: str, by_role: dict[str, str]) -> list[Step]:
    """The steps of a packaged persona; *by_role* names the metric of each role."""
    return [_step(one, language, by_role) for one in data["step"]]


def _step(data: dict[str, Any], language: str, by_role: dict[str, str]) -> Step:
    kind: ExitKind = data.get("exit", "confirmed")
    role, _slash, per = str(data.get("role", "")).partition("/")
    metric = by_role.get(role, "")
    if kind == "metric" and not metric:
        kind = "confirmed"
    return Step(
        data[language], data[f"exit_{language}"], kind,
        metric + (PER_SEAT if per else "") if kind == "metric" else "",
        None if kind == "confirmed" else float(data["at_least"]), data.get("days"),
        tuple(Means(cast("MeansKind", one["kind"]), one[language]) for one in data["means"]),
    )  # fmt: skip


def _all() -> list[dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "personas.toml"), "rb") as file:
        data: list[dict[str, Any]] = tomllib.load(file)["persona"]
    return data
