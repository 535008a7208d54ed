"""Templates to choose from: built-in, one's own, broken ones with their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench import paths
from cs_workbench.services import pack_templates


def own(name: str, manifest: str) -> Path:
    folder = Path(paths.user_templates_dir()) / name
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    return folder


def test_the_built_in_ones_have_titles_editions_and_languages() -> None:
    found = {one.name: one for one in pack_templates.choices()}
    briefing = found["renewal_briefing"]
    assert briefing.title("ja") == "更新資料"
    assert briefing.title("en") == "Renewal briefing"
    assert set(briefing.editions) == {"customer", "internal"}
    assert set(briefing.languages) == {"en", "ja"}
    assert (briefing.own, briefing.problem) == (False, "")


@pytest.mark.parametrize(
    "manifest",
    ["format = ", "format = 9", 'format = 1\nfacts = "briefing"\neditions = ["customer"]\nfiles = ["x.md.j2"]\n'
     '[entry]\nen = "x.md.j2"\n[title]\nen = "X"\n'],
)  # fmt: skip
def test_a_broken_one_comes_last_with_its_file_and_remedy(manifest: str) -> None:
    own("a_broken", manifest)
    last = pack_templates.choices()[-1]
    assert last.name == "a_broken"
    assert last.problem
    assert last.remedy
    assert last.file.startswith("a_broken/")
    assert last.title("ja") == "A broken"


def test_ones_own_is_marked() -> None:
    folder = own("mine", 'format = 1\nfacts = "briefing"\neditions = ["customer"]\nfiles = ["x.md.j2"]\n'
                         '[entry]\nen = "x.md.j2"\n[title]\nen = "Mine"\n')  # fmt: skip
    (folder / "x.md.j2").write_text("# Hello\n", encoding="utf-8")
    mine = next(one for one in pack_templates.choices() if one.name == "mine")
    assert (mine.own, mine.problem, mine.title("ja")) == (True, "", "Mine")
