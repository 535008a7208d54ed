"""Which accounts a filter lets through, exactly: tables of clauses against one account, and laws of its logic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.account_filter import And, Not, Or, keep, predicate
from cs_workbench.domain.account_filter_parser import Vocabulary, parse
from cs_workbench.domain.money import Amount

TODAY = dt.date(2026, 11, 24)
WORDS = Vocabulary(
    stages={
        "renewal": "renewal",
        "Renewal": "renewal",
        "更新": "renewal",
        "adoption": "adoption",
        "定着": "adoption",
    },
    tiers={"A": "A", "A – high touch": "A", "B": "B"},
    tags=("vip", "key account"),
    owners=("高橋", "Me"),
    me="高橋",
)


@dataclass(frozen=True)
class Account:
    """An account as the filter sees one."""

    folded: str = "あおば精密工業株式会社 アオバ aoba"
    folded_next: str = "更新会議用のroiしと"
    score: float | None = 59.95
    coverage: float | None = 0.8
    band: str = "yellow"
    arr: Decimal | None = Decimal(6_500_000)
    amounts: tuple[Amount, ...] = (Amount(Decimal(6_500_000), "JPY"),)
    seats: int | None = 120
    deadline: dt.date | None = dt.date(2026, 12, 31)
    notice_date: dt.date | None = dt.date(2026, 12, 31)
    renewal_date: dt.date | None = dt.date(2027, 3, 31)
    contacted_on: dt.date | None = dt.date(2026, 10, 14)
    tier: str | None = "A"
    stage: str | None = "renewal"
    gone: bool = False
    owner: str | None = "高橋"
    tags: tuple[str, ...] = ("VIP",)
    touch: str = "late"


UNKNOWN = Account(
    folded="nobody", folded_next="", score=None, coverage=None, band="none", arr=None, amounts=(), seats=None,
    deadline=None, notice_date=None, renewal_date=None, contacted_on=None, tier=None, stage=None, owner=None, tags=(),
    touch="",
)  # fmt: skip


def passes(text: str, account: Account) -> bool:
    """Whether *text* lets *account* through; it must be readable."""
    read = parse(text, WORDS, TODAY)
    assert read.problems == (), text
    return predicate(read.root, TODAY)(account)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("health<60", True),
        ("health<59.95", False),
        ("health<=59.95", True),
        ("health>59.9", True),
        ("health=60", True),  # what the badge shows
        ("health=59.9", False),
        ("health=59.95", True),
        ("health:40..60", True),
        ("health:60..40", True),
        ("health:10..20", False),
        ("coverage>=80", True),
        ("coverage<80%", False),
        ("seats>=120", True),
        ("seats>1,000", False),
        ("renewal<37d", False),  # D−37
        ("renewal<38d", True),
        ("renewal<=37d", True),
        ("renewal:37d", True),
        ("renewal:36d", False),
        ("renewal<=2026-12-31", True),
        ("renewal<2026-12-31", False),
        ("renewal:2026-12", True),
        ("renewal:2027", False),
        ("renewal:30d..60d", True),
        ("renewal:40d..60d", False),
        ("renewal<2m", True),
        ("renewal<1m", False),
        ("notice<6w", True),
        ("ends<90d", False),
        ("ends<=2027/03/31", True),
        ("contacted:41d", True),
        ("contacted:40d", False),
        ("not contacted:30d", True),
        ("contacted>40d", True),
        ("contacted>41d", False),
        ("contacted<=2026-10-14", True),
        ("contacted>=2026-10-15", False),
        ("contacted:20d..50d", True),
        ("arr>=6.5m", True),
        ("arr>6.5m", False),
        ("arr>=650万", True),
        ("arr<¥6,500,001", True),
        ("arr>=1 and arr<1億", True),
        ("arr>=$1", False),
        ("arr>1kJPY", True),
        ("arr:6m..7m", True),
        ("tier:A", True),
        ("tier:B", False),
        ("tier:b,a", True),
        ("tier!=B", True),
        ("stage:更新", True),
        ("stage:Renewal", True),
        ("stage!=renewal", False),
        ("tag:vip", True),
        ("#VIP", True),
        ("tag:other", False),
        ("owner:me", True),
        ("owner:高橋", True),
        ("band:yellow", True),
        ("band:赤,黄", True),
        ("touch:late", True),
        ("touch:ok", False),
        ("アオバ", True),
        ("aoba 精密", True),
        ('"あおば 精密"', False),
        ("name:アオバ", True),
        ("next:ROIシート", True),
        ("health:any", True),
        ("health:none", False),
    ],
)  # fmt: skip
def test_a_clause_holds_exactly(text: str, known: bool) -> None:
    assert passes(text, Account()) is known


@pytest.mark.parametrize(
    "text",
    ["health<100", "health>=0", "renewal<9999d", "contacted:9999d", "contacted>0d", "arr>=0", "seats<9999", "tier:A",
     "owner:me", "tag:vip", "coverage>=0", "stage:更新", "notice>0d"],
)  # fmt: skip
def test_what_is_not_known_satisfies_no_comparison_and_every_negation(text: str) -> None:
    assert not passes(text, UNKNOWN)
    assert passes(f"not {text}", UNKNOWN)


@pytest.mark.parametrize(
    "key", ["health", "renewal", "contacted", "tier", "stage", "owner", "tag", "arr", "next"]
)
def test_unknown_can_be_asked_for(key: str) -> None:
    assert passes(f"{key}:none", UNKNOWN)
    assert passes(f"{key}:なし", UNKNOWN)
    assert not passes(f"{key}:none", Account())
    assert not passes(f"{key}:any", UNKNOWN)


@pytest.mark.parametrize(
    "text", ["health<60", "health:any", "health:none", "band:yellow", "band:none", "coverage>=0"]
)
def test_health_is_asked_of_customers_only(text: str) -> None:
    assert not passes(text, Account(gone=True))
    assert passes(f"not {text}", Account(gone=True))


def test_a_total_without_a_rate_is_unknown_but_one_currency_can_still_be_asked_for() -> None:
    account = Account(arr=None, amounts=(Amount(Decimal(50_000), "USD"),))
    assert not passes("arr>=1", account)
    assert passes("arr>=$50k", account)
    assert passes("arr:any", account)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("health<60 and renewal<90d and not contacted:30d", "ヘルス<60 更新<90日 not 接触:30日"),
        ("ヘルス６０未満　更新９０日以内", "health<60 renewal<=90d"),
        ("年額100万円以上", "arr>=100万円"),
        ("health < 60 or tier : B", "health<60 or tier:B"),
        ("(health<10 or tier:A) and band:yellow", "(ヘルス<10 または ランク:A) かつ 信号:黄"),
        ("-tier:B", "not tier:B"),
        ("not not tier:A", "tier:A"),
    ],
)
def test_both_languages_and_spellings_mean_the_same(text: str, same: str) -> None:
    for account in (Account(), UNKNOWN, Account(tier="B", score=5.0)):
        assert passes(text, account) == passes(same, account)


def test_and_binds_more_tightly_than_or() -> None:
    account = Account()
    assert passes("tier:A or tier:B and health<1", account)
    assert not passes("(tier:A or tier:B) and health<1", account)
    assert passes("not tier:B or health<1", account)


_CLAUSES = st.sampled_from(
    ["health<60", "tier:A", "renewal<90d", "contacted:30d", "band:red", "アオバ", "arr>=1m"]
)
_ACCOUNTS = st.builds(
    Account,
    score=st.none() | st.floats(0, 100),
    tier=st.sampled_from([None, "A", "B"]),
    band=st.sampled_from(["red", "none"]),
    deadline=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
    contacted_on=st.none() | st.dates(dt.date(2026, 1, 1), TODAY),
)


@given(first=_CLAUSES, second=_CLAUSES, account=_ACCOUNTS)
def test_the_logic_keeps_its_laws(first: str, second: str, account: Account) -> None:
    one, other = passes(first, account), passes(second, account)
    assert passes(f"{first} {second}", account) == (one and other)
    assert passes(f"{first} or {second}", account) == (one or other)
    assert passes(f"not ({first} or {second})", account) == (not one and not other)
    assert passes(f"not {first} {second}", account) == (not one and other)


@given(days=st.integers(-400, 400), bound=st.integers(0, 400))
def test_days_left_are_compared_to_the_day(days: int, bound: int) -> None:
    account = Account(deadline=TODAY + dt.timedelta(days=days))
    assert passes(f"renewal<{bound}d", account) == (days < bound)
    assert passes(f"renewal>={bound}d", account) == (days >= bound)
    assert passes(f"更新:{bound}日", account) == (0 <= days <= bound)


@given(cents=st.integers(0, 10**9), bound=st.integers(0, 10**9))
def test_money_is_compared_exactly(cents: int, bound: int) -> None:
    account = Account(arr=Decimal(cents).scaleb(-4))
    assert passes(f"arr>={Decimal(bound).scaleb(-4):f}", account) == (cents >= bound)


def test_keep_gives_places_in_order_and_everything_without_a_filter() -> None:
    accounts = [Account(tier="B"), Account(), UNKNOWN, Account()]
    assert keep(accounts, parse("tier:A", WORDS, TODAY).root, TODAY) == [1, 3]
    assert keep(accounts, None, TODAY) == [0, 1, 2, 3]


def test_parts_are_the_conditions_of_the_top_level() -> None:
    read = parse("health<60 and (tier:A or tier:B) not アオバ", WORDS, TODAY)
    assert [read.source(part) for part in read.parts] == ["health<60", "(tier:A or tier:B)", "not アオバ"]
    assert isinstance(read.root, And)
    assert isinstance(read.parts[1], Or)
    assert isinstance(read.parts[2], Not)
    assert parse(" ".join(map(read.source, read.parts)), WORDS, TODAY).problems == ()
