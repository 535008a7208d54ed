"""The onboarding plans that come with the program: 30, 60 and 90 days, in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cs_workbench import paths
from cs_workbench.domain import onboarding as rules
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _

LANGUAGES = ("en", "ja")


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """A line of a template; ``after`` counts working days from the start."""

    title: str
    side: str
    after: int
    milestone: bool


@dataclass(frozen=True, slots=True)
class Template:
    """An onboarding plan to begin with. ``days`` are calendar days."""

    key: str
    title: str
    purpose: str
    days: int
    items: tuple[TemplateItem, ...]

    def dues(self, start: dt.date) -> tuple[dt.date, ...]:
        """The day each line is due."""
        return tuple(rules.due(start, one.after) for one in self.items)

    def ends(self, start: dt.date) -> dt.date:
        """The last day."""
        return rules.end(start, self.days, self.dues(start))


def templates(language: str) -> tuple[Template, ...]:
    """The packaged plans in *language* ("en" or "ja"; another one is English), the shortest first."""
    spoken = language if language in LANGUAGES else "en"
    return tuple(_template(one, spoken) for one in _all())


def template(key: str, language: str) -> Template:
    """One of them. Raises NotFound."""
    for one in templates(language):
        if one.key == key:
            return one
    raise NotFound(_("There is no onboarding plan “{name}”.").format(name=key), candidates=[])


def _template(data: dict[str, Any], language: str) -> Template:
    items = tuple(
        TemplateItem(str(one[language]), str(one["side"]), int(one["after"]), bool(one.get("milestone")))
        for one in data["items"]
    )
    return Template(
        str(data["key"]), str(data[language]), str(data[f"purpose_{language}"]), int(data["days"]), items
    )


def _all() -> list[dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "onboarding.toml"), "rb") as file:
        data: list[dict[str, Any]] = tomllib.load(file)["template"]
    return data
