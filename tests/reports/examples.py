"""Facts to render: a rich account, one with contracts and use only, one with opportunities only, one with a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from cs_workbench.reports import facts as f
from cs_workbench.reports import internal_facts as i
from cs_workbench.reports.action_plan_facts import Plan, Step
from cs_workbench.reports.edition import Gathered
from cs_workbench.services.briefing_executive import executive

AS_OF = dt.date(2026, 11, 23)
DAY = dt.date
D = Decimal
MONTHS = tuple(DAY(2025 + (10 + at) // 12, (10 + at) % 12 + 1, 1) for at in range(13))
PEOPLE = (38.0, 42.0, 45.0, 51.0, 56.0, 61.0, 66.0, 70.0, 72.0, 71.0, 68.0, 66.0, 58.0)
SENDER = f.Sender("株式会社つむぎワークス", "高橋 美咲")


def _whole(briefing: f.Briefing) -> f.Briefing:
    """*briefing* with the computed part of its first page."""
    return replace(briefing, executive=executive(briefing))


def _figure(code: str, now: object, before: object = None, **more: object) -> f.Figure:
    return f.Figure(code, D(str(now)), None if before is None else D(str(before)), **more)  # type: ignore[arg-type]


def _terms() -> f.Terms:
    agreement = f.Agreement(
        7,
        "2024-118",
        "つむぎ Standard",
        120,
        D(6_500_000),
        "JPY",
        "annual",
        DAY(2025, 4, 1),
        DAY(2027, 3, 31),
        DAY(2026, 12, 31),
        True,
        False,
        "contract/7",
    )
    return f.Terms(
        (agreement,),
        1,
        (f.Amount(D(6_500_000), "JPY", "contract/7"),),
        120,
        DAY(2027, 3, 31),
        DAY(2026, 12, 31),
        True,
        "open",
        38,
        DAY(2027, 4, 1),
        (f.Movement("expansion", DAY(2026, 4, 1), D(1_080_000), "JPY", "contract_event/3"),),
        "contract/7",
    )


def _plan() -> Plan:
    them, us = "佐伯 恒一", "高橋 美咲"
    return Plan(
        (
            Step("start", DAY(2027, 4, 1), theirs=them, ours=us),
            Step("signed", DAY(2027, 2, 26), theirs=them, ours=us),
            Step("notice", DAY(2026, 12, 31), theirs="石井 健", ours=us, deadline=True),
            Step("approval_done", DAY(2026, 12, 25), theirs=them, ours=us),
            Step("approval_start", DAY(2026, 12, 11), theirs="石井 健", ours=us, decisive=True),
            Step("meeting", DAY(2026, 12, 8), theirs=them, ours=us),
            Step("promise", DAY(2026, 11, 30), "写真保存の修正版の提供", "森田 葵", "久保", ref="task/4"),
        ),
        DAY(2026, 12, 11),
        10,
        True,
        14,
        "notice",
        DAY(2026, 12, 31),
    )


def _use() -> f.Use:
    line = f.Line("Active users", MONTHS, PEOPLE, "people", DAY(2026, 11, 22), "active_users", "metric/1")
    shares = (
        ("検査帳票", 0.92),
        ("写真記録", 0.81),
        ("承認フロー", 0.66),
        ("不具合ボード", 0.49),
        ("監査レポート", 0.08),
    )
    features = tuple(
        f.Feature(name, share, D(round(share * 1000)), D(round(share * 900)), f"metric/{at}")
        for at, (name, share) in enumerate(shares, 10)
    )
    return f.Use(
        line,
        (100.0,) * 5 + (120.0,) * 8,
        (
            f.Mark(5, "expansion", D(20), ref="contract_event/3"),
            f.Mark(8, "meeting", text="研修・2拠点", ref="interaction/9"),
        ),
        _figure("month", 38, kind="num", unit="people", since=MONTHS[0], ref="metric/1"),
        _figure("month", 72, kind="num", unit="people", since=MONTHS[8], ref="metric/1"),
        _figure("month", 58, kind="num", unit="people", since=MONTHS[12], ref="metric/1"),
        "turned",
        _figure("utilisation", "0.4833", kind="pct", ref="metric/1"),
        features,
        5,
        12,
        DAY(2026, 8, 25),
        (),
        13,
        _figure("month", 38, unit="people", since=MONTHS[0], ref="metric/1"),
        _figure("month", 58, 66, unit="people", since=MONTHS[12], ref="metric/1"),
        _figure("month", 51, 45, unit="people", since=MONTHS[3], ref="metric/1"),
        _figure("usual", 61, unit="people", ref="metric/1"),
        D(62),
    )


def _support() -> f.Support:
    return f.Support(
        MONTHS,
        (
            f.Severity("high", (0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1)),
            f.Severity("normal", (2, 1, 2, 3, 1, 1, 0, 2, 1, 2, 1, 3, 2)),
        ),
        _figure("tickets", 27, 31, unit="tickets"),
        None,
        (
            f.Enquiry(
                "第3ラインで20MB超の写真が保存できない",
                "high",
                DAY(2026, 11, 9),
                "久保",
                DAY(2026, 11, 30),
                14,
                True,
                "T-812",
                "ticket/812",
            ),
            f.Enquiry(
                "台帳への出力が手作業", "normal", DAY(2026, 10, 2), "", None, 52, False, "T-790", "ticket/790"
            ),
        ),
        2,
        1,
        6,
        _figure("first_reply", "3.5", "5.25", kind="hours", unit="hours", count=27),
        _figure("resolution", "26", "41", kind="hours", unit="hours", count=25),
        _figure("satisfaction", "4.2", count=12),
        (("incident", 12), ("question", 9)),
        DAY(2026, 11, 22),
        False,
        DAY(2026, 11, 22),
        52,
    )


def _voice() -> f.Voice:
    nps = _figure("nps", 25, 10, count=12)
    return f.Voice(
        (
            f.Survey("nps", nps, 12, 5, 5, 2, DAY(2026, 10, 20)),
            f.Survey("csat", _figure("csat", "0.8", kind="pct", count=20), 20, 16, 2, 2),
        ),
        (
            f.Comment(
                "検査票を探す時間がなくなりました", "森田 葵", DAY(2026, 10, 20), "nps", D(9), "survey/5"
            ),
        ),
    )


def rich() -> Gathered:
    """An account with everything."""
    briefing = f.Briefing(
        AS_OF,
        f.Customer(3, "アオバ精密工業株式会社", DAY(2025, 4, 1), "製造", "石井 健", "製造部長", "佐伯 恒一"),
        SENDER,
        (
            f.Message("use_turned", _use().peak, _use().last, MONTHS[8]),
            f.Message("decide_by", date=DAY(2026, 12, 11)),
        ),
        (
            _figure("active_users", 58, 38, unit="people", since=MONTHS[0], ref="metric/1"),
            _figure("first_reply", "3.5", "5.25", kind="hours", unit="hours", count=27),
            _figure("nps", 25, 10, count=12),
        ),
        _terms(),
        _plan(),
        _use(),
        _support(),
        _voice(),
        f.Goal(
            "同じ不具合を二度直さない。監査を残業なしで通す。", "石井 健", DAY(2026, 4, 14), "interaction/2"
        ),
        (f.Contact(DAY(2026, 10, 14), "meeting", "四半期の振り返り", ("石井 健",), 60, "interaction/11"),),
        (
            f.Promise("写真保存の修正版の提供", "ours", "久保", DAY(2026, 11, 30), None, "open", "task/4"),
            f.Promise("サンプル報告書10件", "theirs", "森田 葵", DAY(2026, 11, 10), None, "late", "task/5"),
        ),
        (),
        (
            f.Source("contracts", AS_OF, 2),
            f.Source("usage", DAY(2026, 11, 22), 4021),
            f.Source("tickets", DAY(2026, 11, 22), 27),
            f.Source("surveys", DAY(2026, 10, 20), 32),
            f.Source("interactions", DAY(2026, 11, 20), 41),
        ),
        ("value",),
        False,
    )
    return Gathered(_whole(briefing), _internal())


def _internal() -> i.Internal:
    measures = (
        i.HealthMeasure(
            "adoption",
            "active_users",
            "ratio",
            0.483,
            53.0,
            0.4,
            21.2,
            0.6,
            0.35,
            "up",
            "yellow",
            "",
            DAY(2026, 11, 22),
        ),
        i.HealthMeasure(
            "engagement",
            "last_contact",
            "days",
            3.0,
            97.0,
            0.35,
            33.9,
            30,
            60,
            "down",
            "green",
            "",
            DAY(2026, 11, 20),
        ),
        i.HealthMeasure(
            "roi",
            "value_ratio",
            "times",
            None,
            None,
            0.0,
            0.0,
            1.5,
            1.0,
            "up",
            "none",
            "",
            None,
            False,
            "not_measured",
        ),
    )
    health = i.Health(
        61.4,
        "yellow",
        0.75,
        48.0,
        80.5,
        "",
        (
            i.HealthAxis("engagement", 97.0, "green", 33.9),
            i.HealthAxis("adoption", 53.0, "yellow", 21.2),
            i.HealthAxis("roi", None, "none", 0.0),
        ),
        measures,
        ("active_users",),
    )
    return i.Internal(
        health,
        (
            i.Stakeholder(
                "佐伯 恒一", "常務", "", ("decision_maker",), 5, "neutral", False, DAY(2026, 3, 2), "person/1"
            ),
            i.Stakeholder(
                "石井 健",
                "製造部長",
                "製造部",
                ("champion",),
                4,
                "positive",
                False,
                DAY(2026, 11, 20),
                "person/2",
            ),
        ),
        ("economic_buyer",),
        (
            i.LogEntry(
                DAY(2026, 11, 20),
                "call",
                "both",
                "価格の相談",
                "値引きの打診。社内で検討。",
                "negative",
                ("石井 健",),
                False,
                "interaction/12",
            ),
            i.LogEntry(
                DAY(2026, 10, 14),
                "meeting",
                "both",
                "四半期の振り返り",
                "",
                "positive",
                ("石井 健",),
                True,
                "interaction/11",
            ),
        ),
        41,
        DAY(2026, 11, 20),
        (f.Comment("価格が高い", "匿名", DAY(2026, 9, 1), "nps", D(4), "survey/6"),),
        (f.Promise("値引き案の提示", "ours", "高橋", DAY(2026, 11, 25), None, "open", "task/9"),),
        (
            i.Pipeline(
                "2027年度更新", "交渉", D(6_500_000), "JPY", 0.75, DAY(2027, 3, 31), "open", "opportunity/2"
            ),
        ),
        (
            f.Message("use_down", _use().peak, _use().last),
            f.Message("decision_maker_silent", date=DAY(2026, 3, 2), text="佐伯 恒一"),
        ),
        (f.Message("ticket", text="第3ラインで20MB超の写真が保存できない", date=DAY(2026, 11, 9)),),
        "競合 Foobar と比較中",
        "renewal",
        "A",
    )


def _undated() -> Plan:
    codes = ("start", "signed", "approval_start", "meeting", "goal", "dates", "questions")
    return Plan(tuple(Step(code, None, decisive=code == "approval_start") for code in codes))


def contracts_and_use() -> Gathered:
    """What a subscription export gives: contracts without names or dates of notice, use without people."""
    agreements = tuple(
        f.Agreement(
            at,
            "",
            "",
            10 + at,
            D(9_996),
            "USD",
            "monthly",
            DAY(2026, 1 + at, 1),
            None,
            None,
            True,
            False,
            f"contract/{at}",
        )
        for at in range(3)
    )
    terms = f.Terms(
        agreements,
        4,
        (f.Amount(D(29_988), "USD", "contract/0"),),
        33,
        None,
        None,
        True,
        "no_date",
        None,
        None,
    )
    line = f.Line(
        "usage_count",
        MONTHS,
        (None, None, 9.0, 12.0, 0.0, 15.0, 31.0, 22.0, 28.0, 30.0, 35.0, 33.0, 41.0),
        "uses",
        DAY(2026, 10, 31),
        "usage",
        "metric/1",
    )
    use = f.Use(
        line,
        (),
        (),
        _figure("month", "7", unit="uses", since=MONTHS[2], until=MONTHS[4]),
        _figure("month", 41, unit="uses", since=MONTHS[12]),
        _figure("month", 36, unit="uses", since=MONTHS[10], until=MONTHS[12]),
        "up",
        None,
        (
            f.Feature("feature_20", 0.6, D(120), None, "metric/2"),
            f.Feature("feature_5", 0.4, D(80), D(10), "metric/3"),
        ),
        2,
        40,
        DAY(2026, 8, 25),
        (),
        11,
        _figure("month", 0, unit="uses", since=MONTHS[4]),
        _figure("month", 0, 12, unit="uses", since=MONTHS[4]),
        _figure("month", 31, 15, unit="uses", since=MONTHS[6]),
        _figure("usual", 28, unit="uses"),
        None,
        True,
    )
    briefing = f.Briefing(
        AS_OF,
        f.Customer(12, "Company_12", DAY(2024, 10, 16), "EdTech"),
        f.Sender("", ""),
        (f.Message("use_up", use.first, use.last), f.Message("date_open")),
        (
            _figure("usage", 36, 7, unit="uses", since=MONTHS[2], until=MONTHS[12]),
            f.Figure("value", D(29_988), kind="money", currency="USD"),
        ),
        terms,
        _undated(),
        use,
        gaps=("support", "voice", "contacts", "goal", "end_date", "value"),
        sources=(f.Source("contracts", AS_OF, 7), f.Source("usage", DAY(2026, 10, 31), 38)),
    )
    return Gathered(_whole(briefing), i.Internal(missing_roles=("decision_maker", "champion")))


def opportunities_only() -> Gathered:
    """What a sales export gives."""
    briefing = f.Briefing(
        AS_OF,
        f.Customer(20, "Acme Corporation", None, "medical"),
        f.Sender("Tsumugi Works", "Misaki Takahashi"),
        (f.Message("bought", f.Figure("won", D(5), kind="num", unit="orders")), f.Message("date_open")),
        (
            f.Figure("won", D(5), kind="num", unit="orders", until=DAY(2026, 9, 30)),
            f.Figure("won_value", D(21_540), kind="money", currency="USD"),
        ),
        f.Terms(),
        _undated(),
        openings=tuple(
            f.Opening(
                f"GTX Plus {at}",
                "GTX Plus",
                "won",
                DAY(2026, 4 + at, 3),
                D(4_308),
                "USD",
                f"opportunity/{at}",
            )
            for at in range(5)
        ),
        sources=(f.Source("opportunities", AS_OF, 9),),
        gaps=("contract", "use", "support", "voice", "contacts", "goal", "value"),
    )
    return Gathered(
        _whole(briefing),
        i.Internal(
            pipeline=(i.Pipeline("GTX Pro", "Engaging", None, "", None, None, "open", "opportunity/9"),)
        ),
    )


def name_only() -> Gathered:
    """A brand-new account."""
    briefing = f.Briefing(
        AS_OF,
        f.Customer(30, "新星商事"),
        SENDER,
        (f.Message("nothing_yet"), f.Message("date_open")),
        (),
        f.Terms(),
        _undated(),
        gaps=("contract", "use", "support", "voice", "contacts", "goal", "value"),
    )
    return Gathered(_whole(briefing), i.Internal(missing_roles=("decision_maker", "champion")))


EXAMPLES = {
    "rich": rich,
    "contracts_and_use": contracts_and_use,
    "opportunities_only": opportunities_only,
    "name_only": name_only,
}
