"""Domains and names by which one customer is recognised."""

from __future__ import annotations

import pytest

from cs_workbench.domain.matching import (
    clearly_different,
    company_domain,
    domain_of,
    head,
    long_form,
    shortens,
)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("acme.co.jp", "acme.co.jp"),
        ("WWW.Acme.co.jp", "acme.co.jp"),
        ("https://www.acme.co.jp/about?x=1", "acme.co.jp"),
        ("http://acme.com:8080", "acme.com"),
        ("Taro@Mail.Acme.com", "mail.acme.com"),
        ("https://user@acme.com/", "acme.com"),
        ("acme.com.", "acme.com"),
        ("日本語.jp", "日本語.jp"),
        ("acme", None),
        ("", None),
        ("not a domain.com", None),
        ("-acme.com", None),
        ("acme.c0m1", None),
    ],
)
def test_domain_of(text: str, domain: str | None) -> None:
    assert domain_of(text) == domain


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("taro@acme.co.jp", "acme.co.jp"),
        ("taro@gmail.com", None),
        ("taro@docomo.ne.jp", None),
        ("Yahoo.co.jp", None),
        ("nothing", None),
    ],
)
def test_free_mail_says_nothing_about_the_company(text: str, domain: str | None) -> None:
    assert company_domain(text) == domain


@pytest.mark.parametrize(
    ("one", "other", "likeness", "different"),
    [
        ("acme", "acmejapan", 70.0, False),
        ("acme", "globex", 20.0, True),
        ("yamadakogyo", "yamadakougyo", 95.0, False),
    ],
)
def test_clearly_different(one: str, other: str, likeness: float, different: bool) -> None:
    assert clearly_different(one, other, likeness) is different
    assert clearly_different(other, one, likeness) is different


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("みなと信金", "みなと信用金庫", True),
        ("港信金", "港信用金庫", True),
        ("港信組", "港信用組合", True),
        ("青葉農協", "青葉農業協同組合", True),
        ("港信金", "港信用組合", False),
        ("青葉製作所", "青葉製薬所", False),
        ("東北フーズ", "東北フーズ販売", True),
        ("三菱ufj", "三菱ufj銀行", True),
        ("日立", "日立製作所", False),  # two characters are the head of many
        ("あおば", "あおば物流", True),
        ("あおば商事", "あおば物流", False),
        ("globexintl", "globexinternational", True),
        ("acme", "acmerobotics", False),
        ("sun", "sunriselogistics", False),
        ("", "", True),
        ("", "あおば物流", False),
    ],
)
def test_a_name_and_its_short_form(one: str, other: str, short: bool) -> None:
    assert shortens(long_form(one), long_form(other)) is short
    assert shortens(long_form(other), long_form(one)) is short


@pytest.mark.parametrize(
    ("key", "begins"),
    [("みなと信用金庫", "みなと"), ("港", ""), ("globex", "globex"), ("glob", ""), ("三菱ufj", "三菱u")],
)
def test_what_a_short_form_begins_with(key: str, begins: str) -> None:
    assert head(key) == begins
