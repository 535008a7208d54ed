"""The rich account with everything the later pages are made of: value, closed loop, success plan, relationship map."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from cs_workbench.reports.edition import Gathered
from cs_workbench.reports.people_facts import MapGap, MapPerson, RelationMap, RoleCover
from cs_workbench.reports.plan_facts import Objective, PlanRisk, PlanStep, SuccessPlan
from cs_workbench.reports.value_facts import (
    ValueCase,
    ValueCost,
    ValueLine,
    ValueNote,
    ValueProof,
    ValueSwing,
    ValueYear,
)
from cs_workbench.reports.voice_facts import InternalLoop, Loop, OpenLoop, Told
from cs_workbench.services.briefing_executive import executive

from . import examples
from .examples import AS_OF, DAY

D = Decimal


def full() -> Gathered:
    """Every page the briefing has, in both editions."""
    found = examples.rich()
    briefing = replace(found.briefing, value=_value(), loop=_loop(), success=_success(), gaps=())
    internal = replace(found.internal, value=_notes(), loop=_behind(), relations=_relations())
    return Gathered(replace(briefing, executive=executive(briefing)), internal)


def _value() -> ValueCase:
    lines = (
        ValueLine(
            "検査帳票の作成時間", D(7_099_200), D("0.05"), D(16_771_927), "58 名 × 1.5 時間 × 48 週 × 3,400 円 × 50%",
            "帳票の作成が早く終わり、その半分を他の仕事に使えます。", "cost", "measured", "accepted", "proved", True,
            "久保 大輔", DAY(2026, 10, 14), D(1), "", ("利用データ",), DAY(2026, 11, 18),
            (ValueProof("利用データ 11月", DAY(2026, 11, 23), "metric"),), "value_line/1",
        ),
        ValueLine(
            "第1ラインの手直し", D(2_592_000), D("0.1"), D(5_801_328), "(46 件 − 19 件) × 12 か月 × 8,000 円",
            "不具合をラインの最後ではなく、その場で見つけます。", "cost", "confirmed", "accepted", "partly", True,
            "石井 健", DAY(2026, 10, 14), ref="value_line/2",
        ),
    )  # fmt: skip
    potential = (
        ValueLine(
            "見積りの迅速化", D(1_200_000), D("0.2"), D(2_860_000), confidence="estimate", logic="accepted"
        ),
    )
    costs = (
        ValueCost(
            "利用料",
            "subscription",
            D(0),
            D(6_500_000),
            D("0.05"),
            D(16_972_765),
            "measured",
            "契約 2024-118",
        ),
        ValueCost("社内工数", "internal", D(306_000), D(0), D("0.2"), D(367_200), "estimate"),
    )
    years = ((0, 0, 367_200), (1, 9_077_040, 6_825_000), (2, 9_077_040, 6_825_000), (3, 9_077_040, 6_825_000))
    flow, total = list[ValueYear](), D(0)
    for number, gained, spent in years:
        total += D(gained - spent)
        flow.append(ValueYear(number, D(gained), D(spent), total))
    return ValueCase(
        "2026年度", "JPY", 3, D("0.1"), DAY(2026, 4, 1), AS_OF, lines, potential, costs, D(24_100_000),
        D(22_573_255), D(17_339_965), D(5_233_290), D(9_077_040), D(756_420), D("0.3"), D("1.3"), D("0.8"), D("0.77"),
        D(-2_100_000), D(12_400_000),
        swings=(
            ValueSwing("実際に浮いた割合", "30%–70%", D(-1_475_000), D(11_942_000), "50%", "34%"),
            ValueSwing("週あたりの時間", "1–2", D(-357_000), D(10_824_000), "1.5", "1.03"),
        ),
        flow=tuple(flow), scale=10**4, so_far=D(5_358_000), ref="value_ledger/1",
    )  # fmt: skip


def _notes() -> tuple[ValueNote, ...]:
    return (
        ValueNote(
            "見積りの迅速化", "受注との関係は営業も疑っている", "成約率の記録", "成約率はどこで見られますか", "営業部長"
        ),
    )  # fmt: skip


def _told() -> tuple[Told, ...]:
    return (
        Told("写真の保存に失敗することがある", "森田 葵", DAY(2026, 10, 20), "nps", "open",
             "修正版の提供", DAY(2026, 11, 30), None, "loop_case/1"),
        Told("", "", DAY(2026, 9, 2), "csat", "done", "手順書を作り直し、2拠点で説明", DAY(2026, 9, 30),
             DAY(2026, 9, 25), "loop_case/2"),
        Told("台帳への出力を自動にしてほしい", "久保", DAY(2026, 8, 3), "ticket", "no_action",
             "対応しない理由をご説明", None, DAY(2026, 8, 20), "loop_case/3"),
    )  # fmt: skip


def _loop() -> Loop:
    return Loop(_told(), 3, 2, 20.0)


def _behind() -> InternalLoop:
    first, second, third = _told()
    return InternalLoop(
        (
            OpenLoop(first, "久保", True, ("told_back_on",), "開発の優先度が低い"),
            OpenLoop(second, "高橋 美咲"),
            OpenLoop(third, "", False, ("owner",), ""),
        ),
        1,
    )


def _step(title: str, side: str, due: dt.date, state: str, done: dt.date | None = None) -> PlanStep:
    return PlanStep(title, "action", side, "久保" if side == "ours" else "石井 健", due, done, state)


def _success() -> SuccessPlan:
    objectives = (
        Objective(
            "第1ラインの手直しを減らす", D(46), D(20), D(19), DAY(2026, 11, 1), "件", "down", 1.04, "reached",
            DAY(2026, 12, 31), "石井 健", "高橋 美咲", "石井 健", DAY(2026, 11, 10), "品質記録、月あたり",
            (_step("不具合ボードを朝会で使う", "theirs", DAY(2026, 9, 1), "done", DAY(2026, 8, 28)),), "objective/1",
        ),
        Objective(
            "帳票1件の時間を短くする", D(35), D(15), D(30), DAY(2026, 11, 1), "分", "down", 0.25, "behind",
            DAY(2027, 3, 31), "森田 葵", "久保", measure="抽出20件の平均",
            steps=(_step("入力項目の見直し", "ours", DAY(2026, 10, 15), "late"),
                   _step("2拠点で試行", "theirs", DAY(2026, 12, 20), "open")), ref="objective/2",
        ),
        Objective("監査を残業なしで通す", unit="時間", due=DAY(2027, 3, 31), theirs="石井 健", ref="objective/3"),
    )  # fmt: skip
    return SuccessPlan(
        "2026年度の計画", "同じ不具合を二度直さない。", "石井 健", "高橋 美咲", DAY(2026, 4, 1), DAY(2027, 3, 31),
        objectives, (PlanRisk("現場の異動が多い", "引き継ぎ資料を常に最新に保つ", "森田 葵"),), 2, DAY(2026, 9, 30),
        "success_plan/1", 3, 1,
    )  # fmt: skip


def _relations() -> RelationMap:
    people = (
        MapPerson("佐伯 恒一", "取締役", ("decision_maker",), 5, 0, DAY(2026, 3, 1),
                  gaps=("not_in_touch",), ref="person/1"),
        MapPerson("石井 健", "製造部長", ("champion",), 4, 1, DAY(2026, 11, 18), "佐伯 恒一", ref="person/2"),
        MapPerson("森田 葵", "品質管理", ("user",), 2, None, DAY(2026, 11, 3), "石井 健", gaps=("no_sentiment",)),
        MapPerson("久保 大輔", "情報システム", ("technical_owner",), 3, -1, DAY(2026, 6, 1), "石井 健", left=True,
                  left_on=DAY(2026, 9, 30), moved_to="関連会社", gaps=("left",)),
    )  # fmt: skip
    coverage = (
        RoleCover("decision_maker", ("佐伯 恒一",), 0), RoleCover("champion", ("石井 健",), 1),
        RoleCover("executive_sponsor", (), 0),
    )  # fmt: skip
    gaps = (
        MapGap("role_missing", "executive_sponsor", (), "Executive sponsor: 0", "→ 佐伯 恒一"),
        MapGap("role_not_met", "decision_maker", ("佐伯 恒一",), "Decision maker: 180 d", "→ 石井 健"),
    )
    return RelationMap(AS_OF, people, coverage, gaps, 2)


EXAMPLES = {**examples.EXAMPLES, "full": full}
