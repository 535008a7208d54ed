"""File names of documents: no customer's document takes another's place, and the day stays on long names."""

from __future__ import annotations

import pytest

from cs_workbench.services.pack_files import file_stem
from cs_workbench.services.pack_names import PackNames

DAY = "2026-11-23"


def stems(*names: str, mark: str = "") -> list[str]:
    """The stems of accounts 1, 2 … called so."""
    known = list(enumerate(names, 1))
    made = PackNames("Renewal briefing", DAY, mark, known)
    return [made.stem(number, name) for number, name in known]


@pytest.mark.parametrize(
    "names",
    [
        ("R/D Labs", "R:D Labs"),
        ("R/D Labs", "R-D Labs", "R?D  Labs"),
        ("Acme", "ACME", "acme."),
        ("a" * 80 + "x", "a" * 80 + "y"),
        ("日本語の長い会社名" * 12 + "東", "日本語の長い会社名" * 12 + "西"),
        ("Straße", "STRASSE"),
        ("か\u3099", "が"),
        ("e\u0301", "é"),
        ("???", "***", "\u202e"),
        ("Acme", "Acme - 1", "Acme - 2", "ACME - 3", "acme"),
        ("x" * 300, "x" * 300 + " - 2", "x" * 299 + " - 1"),
    ],
)
def test_no_two_accounts_meet(names: tuple[str, ...]) -> None:
    made = stems(*names)
    assert len({one.casefold() for one in made}) == len(names), made
    assert all(one.endswith(DAY) for one in made)
    assert all(len(one.encode()) <= 180 for one in made)


def test_a_name_alone_keeps_its_plain_file_name() -> None:
    assert stems("Acme", "Globex") == [
        f"Renewal briefing - Acme - {DAY}",
        f"Renewal briefing - Globex - {DAY}",
    ]


def test_another_name_of_the_same_account_is_no_double() -> None:
    made = PackNames("Briefing", DAY, "", [(1, "Acme"), (1, "acme"), (2, "Globex")])
    assert made.stem(1, "Acme") == f"Briefing - Acme - {DAY}"


@pytest.mark.parametrize("mark", ["", "Internal", "社内限り"])
def test_day_and_internal_mark_stay_on_a_long_name(mark: str) -> None:
    (stem,) = stems("日本語" * 80, mark=mark)
    assert stem.endswith(f" - {DAY} - {mark}" if mark else f" - {DAY}")
    assert stem.startswith("Renewal briefing - 日本語")


def test_the_longest_part_gives_way_wherever_it_stands() -> None:
    stem = file_stem("株" * 100, "ROI", DAY, "Internal")
    assert stem.startswith("株株株")
    assert stem.endswith(f" - ROI - {DAY} - Internal")
    assert 150 < len(stem.encode()) <= 180
