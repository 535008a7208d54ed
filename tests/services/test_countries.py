"""Countries by name: codes become names of the language, everything else stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cs_workbench import i18n
from cs_workbench.services.countries import country_name, names


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins and ends in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("written", "english", "japanese"),
    [
        ("JP", "Japan", "日本"),
        ("gb", "United Kingdom", "イギリス"),
        (" UK ", "United Kingdom", "イギリス"),
        ("Japan", "Japan", "Japan"),
        ("日本", "日本", "日本"),
        ("QQ", "QQ", "QQ"),
        ("", "", ""),
        ("<b>", "<b>", "<b>"),
    ],
)
def test_a_code_is_a_name_and_other_words_are_left(written: str, english: str, japanese: str) -> None:
    assert country_name(written) == english
    i18n.set_language("ja")
    assert country_name(written) == japanese


def test_every_code_has_two_letters_and_both_names() -> None:
    assert len(names()) > 240
    for code, (english, japanese) in names().items():
        assert code.isascii()
        assert code.isupper()
        assert len(code) == 2
        assert english.strip() == english != ""
        assert japanese.strip() == japanese != ""
        assert not japanese.isascii()
