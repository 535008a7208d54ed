"""A rich sample briefing (Aoba, eight pages), one where everything is missing, and one that tries to burst pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from cs_workbench.reports import blocks as b

Language = Literal["en", "ja"]
LABELS = {
    "en": {
        "page": "{page} / {pages}",
        "continued": "continued",
        "sources": "Sources",
        "notes": "Records",
        "not_measured": "not measured",
        "question": "We would like to ask",
        "to": "Prepared for",
        "internal": "INTERNAL · DO NOT SEND",
        "contents_empty": "Nothing recorded",
    },
    "ja": {
        "page": "{page} / {pages}",
        "continued": "続き",
        "sources": "出典",
        "notes": "記録",
        "not_measured": "未測定",
        "question": "お伺いしたいこと",
        "to": "",
        "internal": "社内限・送付禁止",
        "contents_empty": "記録なし",
    },
}
MONTHS = {
    "en": ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"),
    "ja": tuple(f"{month}月" for month in (11, 12, *range(1, 12))),
}
USERS = (38.0, 42.0, 45.0, 51.0, 56.0, 61.0, 66.0, 70.0, 72.0, 71.0, 68.0, 66.0, 58.0)
SEATS = (100.0,) * 5 + (120.0,) * 8


def runs(text: str, **marks: Any) -> b.Runs:
    """One run of plain text."""
    return (b.Run(text, **marks),)


def table(head: str, rows: list[str], aligns: str, widths: tuple[float, ...], **marks: Any) -> b.Table:
    """A table from lines with ``|``; ``*`` before a cell makes it bold, ``?`` a cell that isn't measured."""

    def cell(text: str) -> b.Runs:
        text = text.strip()
        return runs(text.lstrip("*?"), bold=text.startswith("*"), missing=text.startswith("?"))

    sides: dict[str, Any] = {"l": "left", "r": "right", "c": "center"}
    return b.Table(
        tuple(b.Column(sides[a], w) for a, w in zip(aligns, widths, strict=True)),
        tuple(cell(text) for text in head.split("|")),
        tuple(tuple(cell(text) for text in row.split("|")) for row in rows),
        **marks,
    )


def use_data(language: Language) -> b.ChartData:
    """Thirteen months of active users, the contracted seats and three events."""
    names = ("Active users", "Contracted seats") if language == "en" else ("利用者", "契約席")
    events = (
        ("+20 seats", "Training, 2 sites", "Line 3 reorganised")
        if language == "en"
        else ("20席追加", "研修・2拠点", "第3ライン再編")
    )
    return b.ChartData(
        "line",
        MONTHS[language],
        (b.Series(names[0], USERS), b.Series(names[1], SEATS, "limit")),
        events=tuple(b.Event(at, label) for at, label in zip((5, 8, 10), events, strict=True)),
    )


def cover(language: Language) -> b.Cover:
    """The front page with the customer's own 13 months."""
    data = b.ChartData("bar", MONTHS[language], (b.Series("users", USERS),), highlight=12)
    if language == "en":
        return b.Cover(
            "Renewal proposal",
            ("From fixing faults", "to not having them"),
            "Aoba Precision Industries",
            line="Meeting on 8 December 2026, 14:00, head office",
            chart=replace(data, categories=("Nov 2025", *MONTHS["en"][1:-1], "Nov 2026")),
            chart_note="People at Aoba who worked with Tsumugi in the month. Source: usage data to 22 November 2026.",
            chart_alt="Active users by month: 38 in November 2025, 72 in July, 58 in November 2026.",
            facts=(
                ("Contact", "Misaki Takahashi"),
                ("Figures as of", "23 November 2026"),
                ("Pages", "12 and appendix"),
            ),
        )
    return b.Cover(
        "ご契約更新のご提案",
        ("直す現場から、", "直さない現場へ"),
        "アオバ精密工業株式会社",
        "御中",
        "2026年12月8日 14:00　貴社本社",
        replace(data, categories=("2025年11月", *MONTHS["ja"][1:-1], "2026年11月")),
        "つむぎを月内に利用された貴社の人数。出典：利用データ（2026年11月22日まで）",
        "月別の利用者数。2025年11月は38名、7月は72名、2026年11月は58名。",
        (("担当", "高橋 美咲"), ("基準日", "2026年11月23日"), ("ページ数", "12ページ＋付録")),
    )


def executive(language: Language, note: str) -> tuple[b.Block, ...]:
    """The page of the message, three results, proposal and decision."""
    if language == "en":
        return (
            b.Heading(
                1,
                runs(
                    "Rework has more than halved on line 1. The next year takes it to line 3 and to your "
                    "audits."
                ),
            ),
            b.Sources(
                runs(
                    "success plan v3 (14 Oct), value ledger (18 Nov), support tickets (24 Nov). 11 of 12 data "
                    "sets complete."
                )
            ),
            b.Quote(
                runs("“Stop fixing the same faults twice. Pass audits without overtime.”"),
                runs("Your goal, in the words of Mr Ishii, 14 April 2026"),
            ),
            b.Heading(2, runs("Three results")),
            b.Metrics(
                (
                    b.Metric(
                        "Rework on line 1",
                        runs("19", note=note),
                        runs("46"),
                        "a month",
                        runs("target 20, reached"),
                        runs("confirmed by Mr Ishii, 14 Oct"),
                        "green",
                    ),
                    b.Metric(
                        "Time for one report",
                        runs("35"),
                        runs("40"),
                        "minutes",
                        runs("target 20, behind"),
                        runs("6 readings, last 2 Nov"),
                        "yellow",
                    ),
                    b.Metric(
                        "Audit preparation",
                        runs("13"),
                        runs("12"),
                        "days",
                        runs("target 5, not started"),
                        runs("1 reading, 30 Sep"),
                        "red",
                    ),
                )
            ),
            b.Columns(
                (7, 5),
                (
                    (
                        b.Chart(
                            b.ChartData(
                                "hbar", ("Value", "Cost"), (b.Series("¥M", (9.99, 7.29)),), highlight=0
                            ),
                            "Value ¥9.99M against ¥7.29M of cost, this contract year",
                            "¥M, risk-adjusted",
                            "Value 9.99 against cost 7.29 million yen",
                            66,
                        ),
                    ),
                    (
                        b.Heading(2, runs("Not yet good")),
                        table(
                            "|",
                            [
                                "Photos above 20 MB fail on line 3 tablets|ours, 30 Nov",
                                "Export to your ledger is manual|ours, 15 Jan",
                            ],
                            "lr",
                            (2, 1),
                        ),
                    ),
                ),
            ),
            b.Heading(2, runs("What the next year brings")),
            table(
                "Outcome|Now|Target|By",
                [
                    "Audit preparation|13 days|*5 days|31 Mar 2027",
                    "Time for one report|35 min|*20 min|30 Apr 2027",
                    "Line 3: active users ÷ seats|0.25|*0.60|30 Jun 2027",
                ],
                "lrrr",
                (2, 1, 1, 1.2),
            ),
            b.Heading(2, runs("Our proposal")),
            b.Paragraph(
                runs(
                    "Keep 120 seats at ¥6.5M for one year, with no change of price. We train line 3 on site, "
                    "build the templates with your shift leaders, and time ten reports together in January."
                )
            ),
            b.Decision(
                "Decision asked",
                runs("Start the approval for renewal"),
                runs("by 11 December 2026"),
                runs("leaves ten working days before notice ends on 31 December"),
            ),
        )
    return (
        b.Heading(
            1,
            (
                b.Run("第1ラインの手直しは半分以下になりました。"),
                b.Run("\n"),
                b.Run("次の1年は、第3ラインと監査に広げます。"),
            ),
        ),
        b.Sources(
            runs("成功計画 第3版（10/14）、価値台帳（11/18）、チケット（11/24）。データ12種中11種が完備")
        ),
        b.Quote(
            runs("「同じ不具合を二度直さない。監査を残業なしで通す。」"),
            runs("貴社の目標　石井様のお言葉（2026年4月14日）"),
        ),
        b.Heading(2, runs("三つの成果")),
        b.Metrics(
            (
                b.Metric(
                    "第1ラインの手直し",
                    runs("19", note=note),
                    runs("46"),
                    "件／月",
                    runs("目標20件・達成"),
                    runs("石井様ご確認 10/14"),
                    "green",
                ),
                b.Metric(
                    "報告書1件の作成時間",
                    runs("35"),
                    runs("40"),
                    "分",
                    runs("目標20分・遅れ"),
                    runs("測定6回・直近 11/2"),
                    "yellow",
                ),
                b.Metric(
                    "監査の準備",
                    runs("13"),
                    runs("12"),
                    "日",
                    runs("目標5日・未着手"),
                    runs("測定1回・9/30"),
                    "red",
                ),
            )
        ),
        b.Columns(
            (7, 5),
            (
                (
                    b.Chart(
                        b.ChartData("hbar", ("価値", "費用"), (b.Series("万円", (999, 729)),), highlight=0),
                        "契約年度の価値 999万円、費用 729万円",
                        "単位：万円、リスク調整後",
                        "価値999万円、費用729万円",
                        66,
                    ),
                ),
                (
                    b.Heading(2, runs("うまくいっていない点")),
                    table(
                        "|",
                        [
                            "第3ラインで20MB超の写真が保存できない|当社 11/30",
                            "台帳への出力が手作業|当社 1/15",
                        ],
                        "lr",
                        (2, 1),
                    ),
                ),
            ),
        ),
        b.Heading(2, runs("次の1年でお届けする成果")),
        table(
            "成果|現在|目標|期限",
            [
                "監査の準備|13日|*5日|2027年3月31日",
                "報告書1件の作成時間|35分|*20分|2027年4月30日",
                "第3ラインの利用者 ÷ 席|0.25|*0.60|2027年6月30日",
            ],
            "lrrr",
            (2, 1, 1, 1.2),
        ),
        b.Heading(2, runs("ご提案")),
        b.Paragraph(
            runs(
                "120席・年650万円のまま1年更新します（価格の変更なし）。第3ラインの現地研修、班長の皆さまとのテンプレート"
                "作成、報告書10件の時間計測を、1月から順に進めます。"
            )
        ),
        b.Decision(
            "お願いしたいご決定",
            runs("更新の稟議を開始いただくこと"),
            runs("2026年12月11日まで"),
            runs("通知期限12月31日まで、稟議10営業日を確保"),
        ),
    )


def use(language: Language) -> tuple[b.Block, ...]:
    """The page of use: a line with events, cells, and two bar charts side by side."""
    en = language == "en"
    features = (
        (
            "Inspection forms",
            "Photo evidence",
            "Approval flow",
            "Defect board",
            "Templates",
            "Data export",
            "Audit report",
            "API",
        )
        if en
        else (
            "検査帳票",
            "写真記録",
            "承認フロー",
            "不具合ボード",
            "テンプレート",
            "データ出力",
            "監査レポート",
            "API連携",
        )
    )
    lines = (
        ("Line 1, 48 seats", "Line 2, 32 seats", "Line 3, 40 seats")
        if en
        else ("第1ライン・48席", "第2ライン・32席", "第3ライン・40席")
    )
    shares = (92.0, 81.0, 66.0, 49.0, 38.0, 31.0, 8.0, None)
    return (
        b.Heading(
            1,
            runs(
                "Use grew for nine months, then fell on line 3"
                if en
                else "利用は9か月伸び、第3ラインの再編で減少に転じました"
            ),
        ),
        b.Sources(
            runs(
                "usage.csv, imported 23 Nov 2026, complete to 22 Nov."
                if en
                else "usage.csv（2026/11/23取り込み、11/22分まで）。利用者＝月内に1回以上操作した人"
            )
        ),
        b.Chart(
            use_data(language),
            "Active users per month" if en else "月間の利用者数",
            "People with at least one action in the month, November 2025 to 22 November 2026"
            if en
            else "月内に1回以上操作した人数（2025年11月～2026年11月22日）",
            "Active users rose from 38 to 72 in July and fell to 58."
            if en
            else "38名から7月の72名へ増え、58名に減少。",
            220,
        ),
        cells(
            language,
            (
                "58 of 120 seats active; 72 in July.",
                "Lines 1 and 2 hold. Nearly all of the fall is line 3.",
                "Re-train line 3, both shifts, on 15 and 22 December.",
            ),
            (
                "120席中58名が利用。7月は72名。",
                "第1・第2ラインは維持。減少のほぼ全てが第3ライン。",
                "第3ラインの両シフトで再研修（12/15・12/22）。",
            ),
        ),
        b.Columns(
            (1, 1),
            (
                (
                    b.Chart(
                        b.ChartData("hbar", features, (b.Series("share", shares),), "%"),
                        "6 of 12 key features in use" if en else "主要機能12のうち6つを利用",
                        "Share of active users, 28 days; in use from 30%"
                        if en
                        else "利用者の割合（28日間）。30%以上を「利用」",
                        "Six features are used by at least 30%." if en else "6機能が30%以上。",
                        176,
                    ),
                ),
                (
                    b.Chart(
                        b.ChartData(
                            "hbar",
                            lines,
                            (b.Series("ratio", (0.65, 0.53, 0.25)),),
                            tones=("green", "yellow", "red"),
                        ),
                        "Line 3 is the gap" if en else "差は第3ラインにあります",
                        "Active users ÷ seats by line, 28 days" if en else "ライン別の利用者 ÷ 席（28日間）",
                        "Line 1 0.65, line 2 0.53, line 3 0.25" if en else "第1 0.65、第2 0.53、第3 0.25",
                        90,
                    ),
                    b.Missing(
                        "API calls" if en else "API連携の回数",
                        "which system should read Tsumugi first?"
                        if en
                        else "最初に連携すべきシステムはどれでしょうか。",
                    ),
                ),
            ),
        ),
    )


def cells(language: Language, en: tuple[str, str, str], ja: tuple[str, str, str]) -> b.Cells:
    """Data, what it means, what we do."""
    labels = (
        ("Data", "What it means", "What we do")
        if language == "en"
        else ("データ", "読み取れること", "打ち手")
    )
    texts = en if language == "en" else ja
    return b.Cells(tuple((label, runs(text)) for label, text in zip(labels, texts, strict=True)))


def value(language: Language, note: str) -> tuple[b.Block, ...]:
    """The page of value: a long table with totals, and two charts."""
    en = language == "en"
    rows = (
        [
            "Inspection reports take less time|58 users × 1.5 h × 48 wk × ¥3,400 × 50%|7,099,200|5%|*6,744,240|"
            "measured",
            "Less rework on line 1|(46 − 19) × 12 mo × ¥8,000|2,592,000|10%|*2,332,800|confirmed",
            "File server licence ended|12 mo × ¥80,000|960,000|5%|*912,000|measured",
            "*Value||10,651,200||*9,989,040|",
        ]
        if en
        else [
            "検査報告書の作成時間を短縮|58名 × 1.5時間 × 48週 × 3,400円 × 50%|7,099,200|5%|*6,744,240|実測",
            "第1ラインの手直しを削減|(46 − 19)件 × 12か月 × 8,000円|2,592,000|10%|*2,332,800|顧客確認",
            "ファイルサーバーの契約終了|12か月 × 80,000円|960,000|5%|*912,000|実測",
            "*価値||10,651,200||*9,989,040|",
        ]
    )
    head = (
        "Benefit|Formula and inputs|Gross|r|Counts|Confidence"
        if en
        else "便益|計算式と入力|総額|r|算入額|確かさ"
    )
    grid = table(head, rows, "llrrrl", (2.4, 3, 1.05, 0.55, 1.05, 1.0), total=True)
    if note:
        first = grid.rows[0]
        noted = ((*first[0], b.Run("", note=note)), *first[1:])
        grid = replace(grid, rows=(noted, *grid.rows[1:]))
    quarters = ("Q1", "Q2", "Q3", "Q4")
    return (
        b.Heading(
            1,
            runs(
                "You received ¥9.99M for ¥7.29M: a net ¥2.70M, or 37% ROI"
                if en
                else "729万円の費用で999万円の価値。純価値は270万円、ROIは37%です"
            ),
        ),
        b.Sources(
            runs(
                "value ledger, 18 Nov 2026. Amounts in yen, rounded to 1 yen; r = risk adjustment."
                if en
                else "価値台帳（2026/11/18）。単位：円（1円未満四捨五入）。r＝リスク調整。1年のため割引なし"
            )
        ),
        b.Heading(2, runs("Where the value comes from" if en else "価値の内訳")),
        grid,
        b.Paragraph(
            runs(
                "Potential, not counted: faster quotes win orders, 1,440,000 × 80% = 1,152,000 (estimate, "
                "not yet agreed)."
                if en
                else "可能性（算入せず）：見積の短縮による受注増 1,440,000 × 80% ＝ 1,152,000（推定・未合意）"
            ),
            small=True,
        ),
        b.Columns(
            (1, 1),
            (
                (
                    b.Chart(
                        b.ChartData("bar", quarters, (b.Series("value", (1.2, 2.1, 3.0, 3.7)),), highlight=3),
                        "Value grew every quarter" if en else "価値は四半期ごとに増加",
                        "Yen, millions" if en else "単位：百万円",
                        "1.2 to 3.7 million yen" if en else "120万円から370万円",
                        150,
                    ),
                ),
                (
                    b.Chart(
                        b.ChartData(
                            "bar",
                            MONTHS[language],
                            (
                                b.Series(
                                    "Opened" if en else "受付", (3, 5, 2, None, None, 8, 13, 9, 4, 4, 2, 1, 2)
                                ),
                                b.Series(
                                    "Solved" if en else "解決",
                                    (3, 4, 2, None, None, 6, 11, 9, 7, 4, 2, 1, 2),
                                    "context",
                                ),
                            ),
                        ),
                        "Tickets peaked in May" if en else "問い合わせは5月が最多",
                        "Tickets a month" if en else "月別件数",
                        "Peak 13 in May; two months not measured" if en else "5月の13件が最多。2か月は未測定",
                        150,
                    ),
                ),
            ),
        ),
        cells(
            language,
            (
                "Break-even at 30% saved; you report 50%.",
                "The case holds unless less than 30% is really saved.",
                "Time ten reports together in January.",
            ),
            (
                "短縮率30%で損益分岐。貴社の実感は50%。",
                "30%を下回らない限り、価値が費用を上回ります。",
                "1月に報告書10件の時間を一緒に計測。",
            ),
        ),
    )


def plan(language: Language) -> tuple[b.Block, ...]:
    """The page of the mutual action plan, with its line of dates and the signature fields."""
    en = language == "en"
    rows = (
        [
            "8|Renewed contract starts|Saeki|Fujita|1 Apr 2027",
            "7|Contract signed|Saeki|Fujita|26 Feb",
            "6|*Notice deadline: no notice needed|Ishii|Takahashi|*31 Dec",
            "5|Approval complete|Saeki|Takahashi|25 Dec",
            "4|*Approval starts, with this pack|Ishii|Takahashi|*11 Dec",
            "3|Renewal meeting, decision|Saeki|Takahashi|8 Dec",
            "2|Large photo fix delivered|Morita|Kubo|30 Nov",
            "1|Ten reports as samples|Morita|Takahashi|27 Nov",
        ]
        if en
        else [
            "8|新契約の開始|佐伯常務|藤田|2027/4/1",
            "7|契約の締結|佐伯常務|藤田|2/26",
            "6|*通知期限（更新の場合は不要）|石井様|高橋|*12/31",
            "5|稟議の決裁|佐伯常務|高橋|12/25",
            "4|*本資料で稟議を開始|石井様|高橋|*12/11",
            "3|更新会議・ご決定|佐伯常務|高橋|12/8",
            "2|写真保存の修正版の提供|森田様|久保|11/30",
            "1|サンプル報告書10件|森田様|高橋|11/27",
        ]
    )
    names = (
        ("Meeting 8 Dec", "Approval from 11 Dec", "Notice deadline 31 Dec", "Signature 26 Feb", "Start 1 Apr")
        if en
        else ("会議 12/8", "稟議 12/11～", "通知期限 12/31", "締結 2/26", "開始 4/1")
    )
    roles: tuple[Any, ...] = ("plain", "accent", "deadline", "plain", "plain")
    points = tuple(
        b.Milestone(at, label, role, role == "accent")
        for at, label, role in zip((0.1, 0.13, 0.285, 0.735, 1.0), names, roles, strict=True)
    )
    months = ("Dec", "Jan", "Feb", "Mar", "Apr 2027") if en else ("12月", "1月", "2月", "3月", "2027年4月")
    ticks = tuple(zip((0.05, 0.29, 0.535, 0.755, 1.0), months, strict=True))
    missing = (
        b.Run("Rework on line 3: " if en else "第3ラインの手直し"),
        b.Run("not measured" if en else "未測定", missing=True),
        b.Run(" to 10" if en else "→ 月10件"),
    )
    after = table(
        "Outcome|Yours|Ours|By" if en else "成果|貴社|当社|期限",
        [
            "Audit preparation from 13 to 5 days|Saeki|Takahashi|31 Mar"
            if en
            else "監査準備 13日 → 5日|佐伯常務|高橋|3/31",
            "|||",
        ],
        "lllr",
        (3, 1.5, 1.5, 1),
    )
    after = replace(after, rows=(after.rows[0], (missing, runs("Morita"), runs("Takahashi"), runs("30 Sep"))))
    return (
        b.Heading(
            1,
            runs(
                "To start on 1 April, approval has to begin by 11 December"
                if en
                else "4月1日の開始には、12月11日までの稟議開始が必要です"
            ),
        ),
        b.Sources(
            runs(
                "Planned backwards from 1 April 2027; approval takes ten working days."
                if en
                else "2027年4月1日から逆算。稟議は10営業日（石井様 10/2）。年末年始（12/29～1/3）を除く"
            )
        ),
        b.Timeline(
            points,
            ticks,
            "Five dates from 8 December to 1 April" if en else "12月8日から4月1日までの五つの日付",
            (0.13, 0.24),
        ),
        b.Heading(
            2,
            runs("Mutual action plan" if en else "双方の行動計画"),
            runs("One name on each side; latest date first" if en else "双方に担当を一名ずつ。日付の遅い順"),
        ),
        table(
            "|Step|Yours|Ours|By" if en else "|ステップ|貴社|当社|期限",
            rows,
            "rlllr",
            (0.4, 3.4, 2, 2, 1),
            decisive=4,
        ),
        b.Heading(2, runs("The year after" if en else "更新後の1年")),
        after,
        b.Fill(
            ("For Aoba Precision Industries: name, date", "For Tsumugi Works: name, date")
            if en
            else ("アオバ精密工業株式会社　お名前・日付", "株式会社つむぎワークス　氏名・日付")
        ),
    )


def voice(language: Language, *, internal: bool) -> tuple[b.Block, ...]:
    """Cards, lists, check boxes, thresholds, questions with lines to write on, and words for the presenter."""
    en = language == "en"
    trend = b.ChartData(
        "line",
        MONTHS[language][:7],
        (b.Series("Seats used" if en else "席利用率", (0.55, 0.58, 0.6, None, None, 0.54, 0.48)),),
        labels=(".55", ".58", ".60", "", "", ".54", ".48"),
        bounds=(
            b.Bound(0.35, "yellow ≥ .35" if en else "黄 ≥ .35", "yellow"),
            b.Bound(0.6, "green ≥ .60" if en else "緑 ≥ .60", "green"),
        ),
    )
    items: tuple[b.Block, ...] = (
        b.Heading(
            1,
            runs(
                "People are content; two complaints wait for an answer"
                if en
                else "ご満足の声が多く、ご指摘2件に回答が必要です"
            ),
        ),
        b.Sources(
            runs(
                "surveys to 31 Oct 2026; 14 of 58 answered"
                if en
                else "アンケート（2026/10/31まで、58名中14名が回答）"
            )
        ),
        b.Heading(2, runs("What we heard" if en else "いただいた声")),
        b.Columns(
            (1, 1),
            (
                (
                    b.Card(
                        (
                            b.Paragraph(
                                runs(
                                    "Photos above 20 MB fail on tablets. Fix ships on 30 November, owner Kubo."
                                    if en
                                    else "20MBを超える写真がタブレットで保存できません。"
                                    "11月30日に修正版を提供（担当：久保）。"
                                )
                            ),
                        ),
                        "Needs an answer" if en else "回答が必要",
                        "red",
                    ),
                ),
                (
                    b.Card(
                        (
                            b.Paragraph(
                                runs(
                                    "“The approval flow saves me an hour a day.”"
                                    if en
                                    else "「承認フローで毎日1時間は楽になりました。」"
                                )
                            ),
                        ),
                        "Going well" if en else "うまくいっている点",
                        "green",
                    ),
                ),
            ),
        ),
        b.Card(
            (
                b.Paragraph(
                    runs(
                        "Survey answers came from lines 1 and 2 only."
                        if en
                        else "アンケートの回答は第1・第2ラインのみでした。"
                    )
                ),
            ),
            "Read with care" if en else "ご注意",
            "yellow",
        ),
        b.Chart(
            trend,
            "Seat use touched green in January" if en else "席利用率は1月に緑へ到達",
            "Active users ÷ contracted seats, month end" if en else "利用者 ÷ 契約席（月末）",
            "Between .48 and .60; two months not measured" if en else ".48から.60の間。2か月は未測定",
            130,
        ),
        b.Heading(2, runs("Questions for the meeting" if en else "会議でお伺いすること")),
        b.BulletList(
            (
                (
                    b.Paragraph(
                        runs(
                            "Is today's way of working the right one?"
                            if en
                            else "今の運用は、現場に合っていますか。"
                        )
                    ),
                ),
                (
                    b.Paragraph(
                        (
                            b.Run("Who signs when " if en else "佐伯常務がご不在のとき、"),
                            b.Run("Mr Saeki" if en else "決裁者", bold=True),
                            b.Run(" is away?" if en else "はどなたですか。"),
                        )
                    ),
                    b.BulletList(((b.Paragraph(runs("and from when?" if en else "いつからですか。")),),)),
                ),
            ),
            ordered=True,
        ),
        b.BulletList(
            (
                (b.Paragraph(runs("Exit checklist read out" if en else "終了時チェックを読み合わせた")),),
                (b.Paragraph(runs("Next date fixed" if en else "次回の日程を決めた")),),
            ),
            check=True,
        ),
        b.Fill(("Notes" if en else "メモ",), 3),
    )
    spoken = b.SpeakerNote(
        (b.Paragraph(runs("Let Mr Ishii speak first." if en else "石井様から話していただく。")),)
    )
    return (*items, spoken) if internal else items


def briefing(language: Language, edition: Literal["customer", "internal"]) -> b.Document:
    """The whole sample briefing."""
    internal = edition == "internal"
    en = language == "en"
    notes = (
        (
            b.Footnote(
                "1",
                runs(
                    "Reading #2214 (usage data 23 Nov), contact #1871 (Mr Ishii, 14 Oct)"
                    if en
                    else "測定 #2214（利用データ 11/23）、面談 #1871（石井様 10/14）"
                ),
            ),
            b.Footnote("2", runs("Invoice #0932" if en else "請求書 #0932")),
        )
        if internal
        else ()
    )
    return b.Document(
        "Renewal proposal for Aoba Precision Industries"
        if en
        else "アオバ精密工業株式会社 御中　ご契約更新のご提案",
        "Tsumugi Works K.K." if en else "株式会社つむぎワークス",
        language,
        edition,
        cover(language),
        (
            *executive(language, "1" if internal else ""),
            *use(language),
            *value(language, "2" if internal else ""),
            *voice(language, internal=internal),
            *plan(language),
        ),
        notes,
        LABELS[language]["internal"] if internal else "",
        LABELS[language],
    )


def all_missing(language: Language) -> b.Document:
    """A customer of whom nothing is known."""
    en = language == "en"
    word = LABELS[language]["not_measured"]
    nothing = b.ChartData(
        "line", MONTHS[language], (b.Series("Active users" if en else "利用者", (None,) * 13),)
    )
    question = "how many people work with it?" if en else "何名の方がお使いでしょうか。"
    none = runs(word, missing=True)
    blocks: tuple[b.Block, ...] = (
        b.Heading(1, runs("Four things have to be measured first" if en else "まず四つの測定が必要です")),
        b.Sources(()),
        b.Metrics(
            (
                b.Metric("Active users" if en else "利用者", none),
                b.Metric("Seats" if en else "席", none, unit=""),
            )
        ),
        b.Chart(nothing, "Active users per month" if en else "月間の利用者数", "", word, 150),
        b.Missing("Use" if en else "利用", question),
        table("Name|Value" if en else "項目|値", [], "lr", (1, 1)),
        b.Metrics(()),
        b.BulletList(()),
        b.Card(()),
        b.Cells(()),
        b.Paragraph(()),
        b.Quote(()),
        b.Fill(()),
        b.Timeline((), (), "", None),
        b.Columns((), ()),
        b.Chart(b.ChartData("bar", (), ()), "Empty" if en else "空", "", "nothing", 80),
        b.Chart(b.ChartData("hbar", (), ()), "Empty" if en else "空", "", "nothing", 80),
    )
    empty_cover = b.Cover(
        "Renewal briefing" if en else "更新資料", ("Unknown Ltd",), "Unknown Ltd" if en else "不明株式会社"
    )
    return b.Document(
        "Unknown Ltd", "Tsumugi", language, "customer", empty_cover, blocks, (), "", LABELS[language]
    )


def bursting(language: Language) -> b.Document:
    """Forty rows, sixty-character names, words without a space, and text that is mark-up elsewhere."""
    name = (
        "Very Long Company Name of Sixty Characters Incorporated (JP) "
        if language == "en"
        else "とても長い名前の株式会社日本国際先端技術総合研究開発機構東日本統括本部第一営業部品質保証課御担当者様各位"
    )
    word = "unbreakable" * 12
    evil = "#panic() *b* _i_ $x$ <script>alert(1)</script> | [l](http://evil.example) ::: \\ ` & \" '"
    rows = [f"{index}|{name}|{word if index == 3 else evil}|{index * 1234567:,}" for index in range(1, 41)]
    long = table(
        "#|Name|Remark|Amount",
        [row.replace("| [l]", "¦ [l]") for row in rows],
        "rllr",
        (0.5, 3, 3, 1.5),
        total=True,
    )
    return b.Document(
        evil,
        name * 2,
        language,
        "internal",
        b.Cover(
            evil,
            (name, word),
            name,
            "御中",
            name * 3,
            None,
            "",
            "",
            tuple((evil[:20], name) for _ in range(3)),
        ),
        (
            b.Heading(1, runs(name * 2)),
            b.Sources(runs((name + " ") * 6)),
            long,
            b.Metrics(
                tuple(
                    b.Metric(name, runs("¥1,234,567,890,123"), runs("¥9,876,543,210"), name) for _ in range(5)
                )
            ),
            b.Decision(name, runs(name), runs(name), runs(name)),
            b.Heading(2, runs(word)),
            b.Quote(runs(evil), runs(evil)),
            b.Columns(
                (1, 1, 1), tuple((b.Card((b.Paragraph(runs(word)),), word, "info"),) for _ in range(3))
            ),
            b.Chart(
                b.ChartData(
                    "hbar", tuple(f"{name}{i}" for i in range(20)), (b.Series(name, tuple(range(20))),)
                ),
                name,
                name,
                name,
                120,
            ),
        ),
        (),
        LABELS[language]["internal"],
        LABELS[language],
    )
