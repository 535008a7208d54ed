"""The success plan as a document: the sheet and the briefing's page, in both languages, without what is internal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.engine import Engine, Sources
from cs_workbench.reports.writers import pdf
from cs_workbench.services import packs, plans, portfolios, sample
from cs_workbench.services.workbench import Workbench
from tests.builders_plans import NOW, TODAY, aoba_plan

from . import full_example


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        sample.create(workbench, today=TODAY, language="en")
        plan = aoba_plan(workbench, 1)
        report = the_id(workbench, "objective", "title = 'Time for one report'")
        plans.edit(workbench, "objective", report, "note", "Do not tell them about the discount", now=NOW)
        plans.edit(workbench, "plan", plan, "note", "Margins are thin here", now=NOW)
        yield workbench


def the_id(wb: Workbench, table: str, where: str) -> int:
    """The number of the one row of account 1's newest plan for which ``where`` holds."""
    plan = "(select max(id) from success_plan where account_id = 1)"
    return int(wb.reads.scalar(f"select id from {table} where plan_id = {plan} and {where}"))


def made(wb: Workbench, folder: Path, template: str, language: str, edition: str = "customer") -> str:
    """The Markdown of a document."""
    result = packs.make_pack(
        wb, 1, template=template, edition=edition, language=language, formats=("md",), as_of=TODAY,
        out_dir=str(folder), now=NOW,
    )  # fmt: skip
    return Path(result.files[0]).read_text(encoding="utf-8")


SAID = {
    "en": ("Rework on line 1", "104%", "25%", "−14%", "**late**", "Promises"),
    "ja": ("104%", "25%", "進み具合", "**遅れ**", "お約束"),
}


@pytest.mark.parametrize(("language", "words"), SAID.items())
def test_the_sheet_says_what_was_agreed(
    wb: Workbench, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    text = made(wb, tmp_path, "success_plan", language)
    assert [one for one in words if one not in text] == []


@pytest.mark.parametrize("template", ["success_plan", "renewal_briefing"])
def test_nothing_internal_stands_in_it(wb: Workbench, tmp_path: Path, template: str) -> None:
    text = made(wb, tmp_path, template, "en")
    for words in ("discount", "Margins", "Champion leaves", "Meet Mr Saeki"):
        assert words not in text
    assert "Time for one report" in text


def test_a_risk_stands_in_it_once_it_is_shared(wb: Workbench, tmp_path: Path) -> None:
    risk = the_id(wb, "plan_risk", "title like 'Champion%'")
    plans.edit(wb, "risk", risk, "shareable", "yes", now=NOW)
    assert "Meet Mr Saeki" in made(wb, tmp_path, "success_plan", "en")


def test_without_a_plan_the_sheet_asks(wb: Workbench, tmp_path: Path) -> None:
    for (plan,) in wb.reads.all("select id from success_plan where account_id = 1"):
        plans.remove(wb, "plan", plan, now=NOW)
    assert "What do we want to reach together?" in made(wb, tmp_path, "success_plan", "en")


def test_both_templates_speak_of_objectives_in_the_same_words() -> None:
    sheet, briefing = (loader.load(name).files for name in ("success_plan", "renewal_briefing"))
    for language in ("en", "ja"):
        assert sheet[f"objectives.{language}.md.j2"] == briefing[f"objectives.{language}.md.j2"]


def test_pdf_and_docx_are_written(wb: Workbench, tmp_path: Path) -> None:
    result = packs.make_pack(
        wb, 1, template="success_plan", language="ja", formats=("pdf", "docx"), as_of=dt.date(2026, 11, 24),
        out_dir=str(tmp_path), now=NOW,
    )  # fmt: skip
    assert [Path(one).read_bytes()[:2] for one in result.files] == [b"%P", b"PK"]


def sheet(language: str, steps: int) -> b.Document:
    """The sheet of a plan of two objectives, so many steps under each of them, two promises and a risk."""
    template = loader.load("success_plan")
    made = template.manifest
    engine = Engine(Sources(made.entry[language], template.files, language, made.labels[language]))
    found = full_example.full()
    plan = found.briefing.success
    assert plan is not None
    step = plan.objectives[0].steps[0]
    objectives = tuple(replace(one, steps=(step,) * steps) for one in plan.objectives[:2])
    plan = replace(plan, objectives=objectives, steps=2 * steps)
    promises = found.briefing.promises[:2]
    facts = replace(found, briefing=replace(found.briefing, success=plan, promises=promises))
    return engine.document(editions.context(facts, "customer"), "customer")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_short_plan_and_its_steps_stand_on_one_page(language: str) -> None:
    """Two half pages say less than one: where both sections fit, the steps follow on the objectives."""
    found = []
    for steps in range(1, 12, 2):
        document = sheet(language, steps)
        messages = [one for one in document.blocks if isinstance(one, b.Heading) and one.level == 1]
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf.render(document, b.Look())))
        assert pages >= len(messages)
        assert pages == 1 or len(messages) == 2, f"{steps} steps: a second page without a message"
        found.append(pages)
    assert found == sorted(found)
    assert (found[0], found[-1] >= 2) == (1, True)
