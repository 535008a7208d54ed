"""The words of the value workbook: units as they are read, days and minus signs of the document's language."""

from __future__ import annotations

import contextvars

import pytest

from cs_workbench import i18n
from cs_workbench.reports.roi.grid import _PARTS
from cs_workbench.services import value_exports


@pytest.mark.parametrize(("unit", "language", "read"), [
    ("pieces/month", "en", "pieces per month"),
    ("hours/week/person", "en", "hours per week per person"),
    ("people", "en", "people"),
    ("pieces/month", "ja", "件／月"),
    ("hours/week/person", "ja", "時間／週／人"),
    ("people", "ja", "名"),
    ("JPY/hour", "ja", "円／時間"),
    ("USD/hour/person", "ja", "米ドル／時間／人"),
    ("JPY/hour", "en", "JPY per hour"),
    ("CHF/hour", "ja", "スイスフラン／時間"),
    ("ZAR/hour", "ja", "ZAR／時間"),
    ("名/月", "ja", "名/月"),
    ("{0}/{unit}", "ja", "{0}/{unit}"),
    ("%", "ja", "%"),
    ("", "ja", ""),
])  # fmt: skip
def test_a_unit_is_read_in_the_language_of_the_document(unit: str, language: str, read: str) -> None:
    def words() -> str:
        i18n.set_language(language)
        return value_exports.unit_words(unit)

    assert contextvars.copy_context().run(words) == read


def test_no_figure_of_the_workbook_has_an_ascii_minus() -> None:
    for name in ("money", "number", "decimals", "share", "percent", "ratio"):
        assert "−" in str(_PARTS[name]["num_format"]), name
