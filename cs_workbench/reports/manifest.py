"""manifest.toml: what a template folder says about itself."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from cs_workbench.errors import TemplateProblem
from cs_workbench.i18n import LANGUAGES, _
from cs_workbench.reports.edition import EDITIONS

FORMAT = 1
FACTS = ("briefing",)
WORKBOOKS = ("", "value_ledger")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}")
_SUFFIX = ".md.j2"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A template's name, the facts it wants, its table of files, where each language begins, the writers' words."""

    name: str
    facts: str
    editions: tuple[str, ...]
    entry: dict[str, str]
    files: tuple[str, ...]
    titles: dict[str, str]
    labels: dict[str, dict[str, str]]
    workbook: str = ""  # what stands in for the plain XLSX: one with live formulas


def parse(text: str, name: str) -> Manifest:
    """The manifest in *text* of the template folder *name*. Raises TemplateProblem for anything missing or odd."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise _problem(name, str(problem)) from None
    except RecursionError:
        raise _problem(name, _("it is nested too deeply")) from None
    if data.get("format") != FORMAT:
        raise _problem(name, _("format = {number} is expected").format(number=FORMAT))
    manifest = Manifest(
        name, str(data.get("facts", "")), _strings(data.get("editions")), _texts(data.get("entry")),
        _strings(data.get("files")), _texts(data.get("title")),
        {language: _texts(words) for language, words in _table(data.get("labels")).items()},
        str(data.get("workbook", "")),
    )  # fmt: skip
    _check(manifest)
    return manifest


def _check(manifest: Manifest) -> None:
    name = manifest.name
    if manifest.facts not in FACTS:
        raise _problem(name, _("unknown facts: {facts}").format(facts=manifest.facts or "–"))
    if manifest.workbook not in WORKBOOKS:
        raise _problem(name, _("unknown workbook: {workbook}").format(workbook=manifest.workbook[:80]))
    if not manifest.editions or not set(manifest.editions) <= set(EDITIONS):
        raise _problem(name, _("editions must be customer, internal or both"))
    for file in manifest.files:
        if not allowed(file):
            raise _problem(name, _("{file} is not a name a template may have").format(file=file[:80]))
    if not manifest.entry or not set(manifest.entry) <= set(LANGUAGES):
        raise _problem(name, _("[entry] must name a file for en, ja or both"))
    for language, entry in manifest.entry.items():
        if entry not in manifest.files:
            raise _problem(name, _("{file} is not among the files").format(file=entry[:80]))
        if language not in manifest.titles:
            raise _problem(name, _("[title] has nothing for {language}").format(language=language))


def allowed(file: str) -> bool:
    """Whether *file* may stand in a template's table: one plain lower-case name ending in .md.j2."""
    return bool(_NAME.fullmatch(file)) and file.endswith(_SUFFIX) and ".." not in file


def _problem(name: str, reason: str) -> TemplateProblem:
    return TemplateProblem(
        _("The manifest of template “{name}” cannot be used: {reason}.").format(name=name, reason=reason),
        _("Correct manifest.toml, or remove the folder to use the built-in template."),
        code="manifest",
        template=name,
        file="manifest.toml",
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _table(value: object) -> dict[str, object]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _texts(value: object) -> dict[str, str]:
    return {key: str(item) for key, item in _table(value).items()}
