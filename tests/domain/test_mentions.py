"""Who is meant by a name in a hurry."""

from __future__ import annotations

import pytest

from cs_workbench.domain.mentions import Known, match

PEOPLE = (
    Known(1, "石井 奈緒", "イシイ ナオ"),
    Known(2, "髙橋 亮", "タカハシ リョウ"),
    Known(3, "高橋 誠", "タカハシ マコト", active=False),
    Known(4, "Emma Clarke"),
    Known(5, "Emma Stone"),
    Known(6, "渡邊健一", "ワタナベケンイチ"),
)


@pytest.mark.parametrize(
    ("mention", "ids"),
    [
        ("石井", (1,)), ("石井奈緒", (1,)), ("いしい", (1,)), ("Ishii", (1,)), ("nao", (1,)), ("高橋", (2,)),
        ("高橋誠", (3,)), ("takahashi", (2,)), ("clarke", (4,)), ("Emma", (4, 5)), ("Emma Stone", (5,)),
        ("渡辺", (6,)), ("watanabe", (6,)), ("田中", ()), ("Em", ()), ("", ()),
    ],
)  # fmt: skip
def test_explicit_mentions(mention: str, ids: tuple[int, ...]) -> None:
    assert match(mention, PEOPLE) == ids


@pytest.mark.parametrize(
    ("mention", "ids"), [("本日石井", (1,)), ("石井", (1,)), ("渡邊健一", (6,)), ("石", ())]
)
def test_a_run_of_kanji_ends_with_the_name(mention: str, ids: tuple[int, ...]) -> None:
    assert match(mention, PEOPLE, whole=False) == ids
