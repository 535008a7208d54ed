"""The templates a person may choose from, each with what it can do or why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from cs_workbench.errors import TemplateProblem
from cs_workbench.reports import loader
from cs_workbench.services.pack_files import FORMATS

__all__ = ["FORMATS", "TemplateChoice", "choices"]


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template by its folder's name. ``problem`` is why it cannot be used ("" where it can), ``file`` where."""

    name: str
    titles: dict[str, str]
    editions: tuple[str, ...]
    languages: tuple[str, ...]
    own: bool
    problem: str = ""
    remedy: str = ""
    file: str = ""

    def title(self, language: str) -> str:
        """What it is called in *language*, else in any, else its folder's name in words."""
        words = self.name.replace("_", " ")
        return self.titles.get(language) or next(iter(self.titles.values()), words[:1].upper() + words[1:])


def choices() -> list[TemplateChoice]:
    """Every template there is, built-in and the person's own; broken ones come with their problem, at the end."""
    found = [_choice(name) for name in loader.names()]
    return sorted(found, key=lambda one: (bool(one.problem), one.name))


def _choice(name: str) -> TemplateChoice:
    try:
        template = loader.load(name)
    except TemplateProblem as problem:
        where = str(problem.where.get("file") or "manifest.toml")
        return TemplateChoice(name, {}, (), (), True, problem.message, problem.remedy, f"{name}/{where}")
    made = template.manifest
    return TemplateChoice(name, dict(made.titles), made.editions, tuple(made.entry), template.own)
