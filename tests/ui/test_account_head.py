"""The head of the account page: facts go whole, from the end, before anything else goes; none is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cs_workbench import i18n
from cs_workbench.services.accounts import account_list
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account.header import AccountHeader, _short_tier
from cs_workbench.ui.pages.account.page import AccountPage

Make = Callable[..., AccountPage]


@pytest.fixture(params=["en", "ja"])
def header(request: pytest.FixtureRequest, desk: Desk, make_page: Make) -> Iterator[AccountHeader]:
    """The head of an account with a tier, a stage, seats, an amount and an owner."""
    i18n.set_language(request.param)
    rows = account_list(desk.workbench.reads, desk.today())
    page = make_page(
        AccountPage, account_id=next(row.id for row in rows if row.name.startswith("Quillmarsh"))
    )
    yield page.header
    i18n.set_language("en")


def told(header: AccountHeader) -> str:
    return "" if header.fact.isHidden() else header.fact.text()


def test_no_width_cuts_a_fact(header: AccountHeader) -> None:
    between = i18n._(" · ")
    header.resize(2400, header.height())
    whole = told(header)
    parts = whole.split(between)
    assert len(parts) == 5
    assert header.fact.accessibleName() == whole
    seen = []
    for width in range(1600, 500, -20):
        header.resize(width, header.height())
        header.row.activate()
        text = told(header)
        if text not in seen:
            seen.append(text)
        assert header.fact.isHidden() or header.fact.width() >= header.fact.sizeHint().width()
    short = [_short_tier("A", parts[0]), *parts[1:]]
    assert short[0] in {"Tier A", "ランクA"}
    expected = [whole, *(between.join(short[:count]) for count in range(5, 0, -1)), ""]
    assert seen == [one for one in expected if one in seen]
    assert len(seen) >= 4


def test_facts_go_before_the_words_of_the_deadline(header: AccountHeader) -> None:
    for width in range(1600, 500, -40):
        header.resize(width, header.height())
        assert header.fact.isHidden() or not header.deadline.words.isHidden()


@pytest.mark.parametrize(
    ("key", "words", "short"),
    [("A", "A – high touch", "Tier A"), ("gold", "Gold customers", "Tier gold"), ("x", "Strategic", "Strategic"),
     ("A", "A", "A"), (None, "", "")],
)  # fmt: skip
def test_a_tier_in_short(key: str | None, words: str, short: str) -> None:
    assert _short_tier(key, words) == short
