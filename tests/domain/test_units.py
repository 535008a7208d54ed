"""Units as written in both languages, and what multiplying and dividing makes of them."""

from __future__ import annotations

import pytest

from cs_workbench.domain.units import PLAIN, UnitFault, alike, parse_unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hours/week", "時間/週"),
        ("JPY/hour", "円/時間"),
        ("people", "人"),
        ("USD / year", "$/年"),
        ("％", "share"),
        ("", "1"),
        ("時間／週", "h÷w"),
        ("hours*people", "人×時間"),
        ("seats", "users"),
        ("枚/月", "pieces/month"),
        ("円/枚", "JPY/piece"),
        ("台", "件"),
        ("社", "本"),
        ("店", "店舗"),
        ("冊", "部"),
        ("席", "名"),
        ("従業員", "people"),
        ("ライセンス", "seats"),
        ("ヵ月/年", "months/year"),
        ("年間", "year"),
    ],
)
def test_both_spellings_are_one_unit(one: str, other: str) -> None:
    assert parse_unit(one) == parse_unit(other)


@pytest.mark.parametrize(
    ("text", "word"), [("furlongs", "furlongs"), ("JPY/fortnight", "fortnight"), ("jp", "jp")]
)
def test_a_word_not_known_is_named(text: str, word: str) -> None:
    with pytest.raises(UnitFault) as fault:
        parse_unit(text)
    assert fault.value.word == word


def test_what_cancels_is_gone() -> None:
    hours, price = parse_unit("hours/week"), parse_unit("JPY/hour")
    assert hours.times(price) == parse_unit("JPY/week")
    assert hours.over(hours) == PLAIN
    assert PLAIN.plain
    assert not hours.plain


@pytest.mark.parametrize(
    ("text", "currency"), [("JPY", "JPY"), ("円/年", "JPY"), ("EUR/hour", ""), ("hours", ""), ("JPY*JPY", "")]
)
def test_money_is_an_amount_or_an_amount_a_year(text: str, currency: str) -> None:
    assert parse_unit(text).money() == currency


@pytest.mark.parametrize(
    ("text", "shown"), [("JPY/hour", "JPY ÷ h"), ("", "1"), ("1/week", "1 ÷ week"), ("hours*hours", "h^2")]
)
def test_a_unit_can_be_shown(text: str, shown: str) -> None:
    assert str(parse_unit(text)) == shown


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("people", "people/week", True),
        ("users", "件", True),
        ("件", "円/時間", False),
        ("pieces", "JPY", False),
        ("pieces", "%", False),
        ("people", "hours/week/person", False),
        ("分", "hours/week/person", True),
        ("USD", "JPY/hour", True),
        ("pieces", "", True),
        ("1", "JPY", True),
        ("%", "share", True),
        ("%", "hours", False),
    ],
)
def test_figures_of_one_thing_are_alike(one: str, other: str, fits: bool) -> None:
    assert alike(one, other) is alike(other, one) is fits


@pytest.mark.parametrize(
    ("unit", "per"),
    [("JPY/month", "month"), ("円/週", "week"), ("USD/h", "h"), ("JPY/year", ""), ("JPY", ""), ("h/month", ""),
     ("JPY/month/year", ""), ("JPY/person", ""), ("", "")],
)  # fmt: skip
def test_money_of_another_time_than_the_year_is_known(unit: str, per: str) -> None:
    assert parse_unit(unit).money_per() == per
