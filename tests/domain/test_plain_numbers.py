"""One bounded reader of numbers: what people write, and nothing that asks for a gigabyte."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cs_workbench.domain.plain_numbers import MOST, is_too_fine, plain_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("12.5", "12.5"), (".5", "0.5"), ("7.", "7"), ("1e3", "1000"), ("-2", "-2"), ("1.2E-3", "0.0012"),
     ("0e999999999", "0")],
)  # fmt: skip
def test_numbers_are_read(text: str, value: str) -> None:
    assert plain_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "x", "1_0", "٣", "1 000", "nan", "inf", "sNaN", "1e", "e5", "50%", "9" * 61,
                                  "1e1000000000", "1.2.3", "--1", "1\n"])  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert plain_number(text) is None


def test_absurd_powers_are_known_before_they_are_written_out() -> None:
    large, small = plain_number("1e999999999"), plain_number("1e-999999999")
    assert large is not None
    assert small is not None
    assert large >= MOST
    assert is_too_fine(small)
    assert not is_too_fine(Decimal("0.000000000000001"))
    assert not is_too_fine(Decimal(0))
    assert not is_too_fine(Decimal("0.33333333333333333333"))
