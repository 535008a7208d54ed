"""Who is who while an import is planned."""

from __future__ import annotations

import pytest

from cs_workbench.domain.text import name_key
from cs_workbench.services.intake.alike import Alike
from cs_workbench.services.intake.directory import AccountClues, Accounts, Contracts, Directory, People


def _accounts() -> Accounts:
    known = Accounts()
    for name, external_id, domain in (
        ("アオバ株式会社", "A1", "aoba.co.jp"),
        ("Globex Inc.", "A2", "globex.com"),
        ("Sunrise Trading", "A3", None),
        ("Sunrise Trading", "A4", None),
    ):
        account = known.add(name)
        known.learn_id(account, "crm", external_id)
        if domain:
            known.learn_domain(account, domain)
    return known


@pytest.mark.parametrize(
    ("clues", "expected"),
    [
        (AccountClues("crm", "A1"), -1),
        (AccountClues("other", "A1"), None),
        (AccountClues("crm", "A9"), None),
        (AccountClues("crm", None, "㈱ｱｵﾊﾞ"), -1),
        (AccountClues("crm", None, "GLOBEX"), -2),
        (AccountClues("crm", None, None, ("hana@globex.com",)), -2),
        (AccountClues("crm", None, None, ("hana@gmail.com",)), None),
        (AccountClues("crm", None, "Sunrise Trading"), None),
        (AccountClues("crm", "A4", "Sunrise Trading"), -4),
        (AccountClues("crm", "A9", "Globex Inc."), None),
        (AccountClues("other", "A9", "Globex Inc."), -2),
        (AccountClues("crm", None, None), None),
    ],
)
def test_accounts_are_found_by_id_domain_and_name_in_this_order(
    clues: AccountClues, expected: int | None
) -> None:
    assert _accounts().find(clues) == expected


def test_a_shared_name_is_ambiguous() -> None:
    known = _accounts()
    assert known.ambiguous(AccountClues("x", None, "Sunrise Trading")) == [
        "Sunrise Trading (#-3)",
        "Sunrise Trading (#-4)",
    ]
    assert known.ambiguous(AccountClues("x", None, "Globex")) == []


def test_an_alias_finds_and_a_real_name_goes_first() -> None:
    known = _accounts()
    known.aliases["gbx"] = -2
    assert known.find(AccountClues("x", None, "GBX")) == -2
    known.add("GBX")
    assert known.find(AccountClues("x", None, "GBX")) == -5


def test_renaming_moves_the_name() -> None:
    known = _accounts()
    known.rename(-2, "Initrode")
    assert known.find(AccountClues("x", None, "Globex")) is None
    assert known.find(AccountClues("x", None, "Initrode")) == -2


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("Sunrise Tradeing", "Sunrise Trading"),
        ("Globexx", "Globex Inc."),
        ("Something else", None),
        (None, None),
    ],
)
def test_likely_names(name: str | None, candidate: str | None) -> None:
    known = _accounts()
    found = known.likely(AccountClues("x", None, name), Alike(known.keys))
    assert (found.name if found else None) == candidate


def test_an_id_known_to_one_other_source_is_found_elsewhere() -> None:
    known = _accounts()
    assert known.elsewhere(AccountClues("other", "A2")) == -2
    known.learn_id(-1, "other", "A2")
    assert known.elsewhere(AccountClues("third", "A2")) is None


@pytest.mark.parametrize(
    ("text", "is_id"), [("A-12", True), ("0017", True), ("Globex", False), ("Area 51 Inc", False)]
)
def test_what_looks_like_an_id(text: str, is_id: bool) -> None:
    assert Accounts.looks_like_id(text) is is_id


def test_domains_are_learnt_once_and_free_mail_never_leads_to_a_company() -> None:
    known = _accounts()
    assert known.learn_domain(-1, "https://www.aoba.co.jp/") is None
    assert known.learn_domain(-1, "aoba.com") == "aoba.com"
    assert known.learn_domain(-1, "not a domain") is None
    assert known.learn_domain(-1, "gmail.com") == "gmail.com"
    assert known.find(AccountClues("x", None, None, ("gmail.com",))) is None


def test_people_by_id_mail_and_name_within_their_account() -> None:
    people = People()
    people.learn(-1, 7, "taro", "taro@aoba.co.jp")
    people.by_source["crm", "P1"] = -1
    assert people.find("crm", "P1", None, None, None) == -1
    assert people.find("crm", None, " Taro@AOBA.co.jp", None, None) == -1
    assert people.find("crm", None, None, 7, "TARO") == -1
    assert people.find("crm", None, None, 8, "Taro") is None
    assert people.find("crm", None, None, None, "Taro") is None


def test_contracts_with_an_id_are_never_found_by_content() -> None:
    contracts = Contracts()
    contracts.learn(5, 7, "Pro", "2026-01-01", None)
    assert contracts.find("crm", None, 7, "pro", "2026-01-01") == 5
    assert contracts.find("crm", "C1", 7, "pro", "2026-01-01") is None
    assert contracts.find("crm", None, 7, "pro", "2026-02-01") is None
    assert contracts.find("crm", None, None, "pro", "2026-01-01") is None


def test_products_are_suggested_but_never_joined_by_likeness() -> None:
    directory = Directory(Accounts(), People(), Contracts(), {}, {})
    product = directory.add_product("GTX Pro")
    assert directory.product(" gtx pro ") == product
    assert directory.product("GTXPro") is None
    assert directory.product_like("GTXPro") == "GTX Pro"
    assert directory.product_like("Teapot") is None


def test_only_those_asked_for_are_likely() -> None:
    known = _accounts()
    assert known.likely(AccountClues("x", None, "Globexx"), Alike({-1: known.keys[-1]})) is None
    assert known.likely(AccountClues("crm", "A9", "Globexx"), Alike(known.keys)) is None


def test_one_domain_and_two_ids_of_one_source_are_two_customers() -> None:
    known = Accounts()
    first = known.add("Acme")
    known.learn_id(first, "crm", "A1")
    known.learn_domain(first, "acme.com")
    assert known.find(AccountClues("crm", domains=("acme.com",))) == first
    assert known.find(AccountClues("crm", "A2", domains=("acme.com",))) is None
    assert known.find(AccountClues("desk", "A2", domains=("acme.com",))) == first


def test_an_alias_does_not_settle_a_name_that_two_customers_share() -> None:
    known = Accounts()
    first = known.add("Acme")
    known.add("ACME")
    known.aliases[name_key("Acme")] = first
    assert known.find(AccountClues("crm", name="Acme")) is None


def test_an_id_is_new_once_in_each_source() -> None:
    known = Accounts()
    account = known.add("Acme")
    assert known.learn_id(account, "crm", "A1")
    assert not known.learn_id(account, "crm", "A1")
    assert known.learn_id(account, "helpdesk", "A1")
    assert known.sources_of[account] == {"crm": "A1", "helpdesk": "A1"}
