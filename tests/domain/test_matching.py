"""Domains and names by which one customer is recognised."""

from __future__ import annotations

import pytest

from cs_workbench.domain.matching import clearly_different, company_domain, domain_of


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
