"""Tables as customer success managers keep and export them, written by hand: what they are and what each row says.

Header and rows are parted by "|". ``columns`` are right sides of the mapping that must be found; ``first`` are values
of the first record, a second thing in the row under its kind ("contracts.arr").
"""

# ruff: noqa: E501 - a header row stands on one line, as in the file

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cs_workbench.intake.table import Table


@dataclass(frozen=True)
class FieldFile:
    """One table, how its columns are understood, and what its first record says."""

    name: str
    kind: str
    header: str
    rows: tuple[str, ...]
    columns: dict[str, str]
    first: dict[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    source: str = "files"

    def table(self) -> Table:
        """The table, every cell as text."""
        table = Table.of(self.header.split("|"), [row.split("|") for row in self.rows], name="list.csv")
        return replace(table, preamble=self.preamble)


FILES = (
    FieldFile(
        "顧客一覧",
        "accounts",
        "No.|会社名|ランク|担当CSM|契約金額（万円）|契約期間|更新月|席数（契約）|席数（利用）|利用率(%)|前回接触日",
        (
            "1|㈱アルファ商事|A|山田|120|2026/4/1～2027/3/31|3月|50|42|84|2026/10/5",
            "2|ベータ工業㈱|B|佐藤|360|2026/1/1～2026/12/31|12月|100|35|35|2026/9/12",
        ),
        {
            "No.": "ignore",
            "会社名": "name",
            "契約金額（万円）": "contract.amount|JPY*10000",
            "契約期間": "contract.period",
            "席数（契約）": "contract.seats",
            "席数（利用）": "reading.seats_used",
            "更新月": "custom:更新月|text",
        },
        {
            "name": "㈱アルファ商事",
            "contracts.amount": Decimal(1_200_000),
            "contracts.start_on": date(2026, 4, 1),
            "contracts.end_on": date(2027, 3, 31),
            "contracts.seats": 50,
            "readings.value": 42.0,
        },
        ("columns_custom", "values_against", "as_of_import"),
    ),
    FieldFile(
        "amounts by the year in brackets, notice in months",
        "accounts",
        "顧客名|契約金額（年額）|契約開始日|契約終了日|自動更新|通知期限（か月前）",
        ("アルファ|1,200,000|2026/4/1|2027/3/31|あり|3", "ベータ|3,600,000|2026/1/1|2026/12/31|なし|1"),
        {"契約金額（年額）": "contract.arr", "通知期限（か月前）": "contract.notice_months|months"},
        {"contracts.arr": Decimal(1_200_000), "contracts.notice_months": 3, "contracts.auto_renew": True},
    ),
    FieldFile(
        "amounts by the month in brackets, notice in days",
        "accounts",
        "顧客番号|顧客名|契約開始|契約満了|契約金額（税抜・月額）|解約通知期限（日前）|窓口担当者",
        ("A-1|アルファ|2026/04/01|2027/03/31|100,000|60|田中", "A-2|ベータ|2026/01/01|2026/12/31|300,000|30|中村"),
        {
            "契約金額（税抜・月額）": "contract.mrr",
            "解約通知期限（日前）": "contract.notice_days",
            "窓口担当者": "contact",
        },
        {"contracts.mrr": Decimal(100_000), "contracts.notice_days": 60},
    ),
    FieldFile(
        "notice told twice",
        "accounts",
        "Customer|Annual contract value (USD)|Start|End|Notice period (months)|Notice (days)",
        ("Acme|24000|2026-01-01|2026-12-31|3|", "Globex|12000|2026-03-01|2027-02-28||60"),
        {"Notice period (months)": "contract.notice_months|months", "Notice (days)": "contract.notice_days"},
        {"contracts.notice_months": 3, "contracts.arr": Decimal(24_000), "contracts.currency": "USD"},
    ),
    FieldFile(
        "a deadline as a date or as a span",
        "contracts",
        "契約番号|顧客名|契約終了日|解約通知期限",
        ("K1|アルファ|2027/3/31|3か月前まで", "K2|ベータ|2026/12/31|1か月前"),
        {"解約通知期限": "notice_days"},
        {"notice_months": 3},
    ),
    FieldFile(
        "seats with their part in brackets",
        "accounts",
        "Customer|ARR ($k)|Seats (used)|Seats (contracted)|Renewal date",
        ("Acme|24|45|50|2026-12-31", "Globex|12|10|40|2027-01-31"),
        {
            "Seats (contracted)": "contract.seats",
            "Seats (used)": "reading.seats_used",
            "ARR ($k)": "contract.arr|USD*1000",
        },
        {"contracts.seats": 50, "readings.value": 45.0, "contracts.arr": Decimal(24_000)},
        notes=("as_of_import", "renewal_as_end",),
    ),
    FieldFile(
        "names of two lines joined",
        "accounts",
        "顧客 会社名|顧客 業種|契約 契約金額(円)|契約 開始日|契約 終了日|利用状況 利用ID数",
        ("アルファ|卸売|1200000|2026/4/1|2027/3/31|42", "ベータ|製造|3600000|2026/1/1|2026/12/31|35"),
        {"顧客 業種": "industry", "契約 開始日": "contract.start_on", "利用状況 利用ID数": "reading.seats_used"},
        {"industry": "卸売"},
        notes=("as_of_import",),
    ),
    FieldFile(
        "short years in front",
        "accounts",
        "顧客|契約額|契約日|満了日|次回更新|状況",
        ("アルファ|1200千円|26/4/1|27/3/31|R9.3.31|順調", "ベータ|3600千円|26/1/1|26/12/31|R8.12.31|要注意"),
        {"契約日": "customer_since|ymd", "満了日": "contract.end_on|ymd", "状況": "stage"},
        {"customer_since": date(2026, 4, 1), "contracts.end_on": date(2027, 3, 31)},
        ("dates_year_first",),
    ),
    FieldFile(
        "day numbers of a spreadsheet as text",
        "accounts",
        "会社名|契約開始日|契約終了日|年間契約額",
        ("アルファ|46113|46477|1200000", "ベータ|46023|46387|3600000"),
        {"契約開始日": "contract.start_on|serial", "契約終了日": "contract.end_on|serial"},
        {"contracts.start_on": date(2026, 4, 1), "contracts.end_on": date(2027, 3, 31)},
        ("dates_serial",),
    ),
    FieldFile(
        "the unit stands above the table",
        "accounts",
        "No|顧客名|契約金額|契約終了日",
        ("1|アルファ|1200|2027/3/31", "2|ベータ|3600|2026/12/31"),
        {"No": "ignore", "契約金額": "contract.amount|JPY*1000"},
        {"contracts.amount": Decimal(1_200_000), "contracts.currency": "JPY"},
        ("unit_above",),
        ("2026年11月度 契約一覧", "単位：千円"),
    ),
    FieldFile(
        "the unit stands above the table, in English",
        "accounts",
        "Customer|Contract amount|Contract end",
        ("Acme|12|2027-03-31", "Globex|36|2026-12-31"),
        {"Contract amount": "contract.amount|USD*1000"},
        {"contracts.amount": Decimal(12_000), "contracts.currency": "USD"},
        ("unit_above",),
        ("Contracts FY26", "Amounts in thousands of USD"),
    ),
    FieldFile(
        "a state that says the customer left",
        "accounts",
        "Account|Plan|MRR|Start|Status",
        ("Globex|Basic|1000|2026-03-01|Cancelled", "Acme|Pro|2000|2026-01-01|Active"),
        {"Status": "stage", "MRR": "contract.mrr"},
        {"stage": "churned", "churned": True, "contracts.churned": True},
    ),
    FieldFile(
        "a cancellation that is only planned",
        "accounts",
        "顧客名|ステータス|年額|契約終了日",
        ("アルファ|解約予定|1200000|2027/3/31", "ベータ|契約中|3600000|2026/12/31"),
        {"ステータス": "stage"},
        {"stage": "解約予定"},
    ),
    FieldFile(
        "names given once a group",
        "contracts",
        "会社名|契約番号|商品|数量|金額|契約終了日",
        ("アルファ|K1|基本|1|600000|2027/3/31", "|K2|追加|1|120000|2027/3/31", "ベータ|K4|基本|1|600000|2026/12/31"),
        {"会社名": "account_name|above", "契約番号": "external_id"},
        {"account_name": "アルファ", "external_id": "K1"},
        ("blank_as_above",),
    ),
    FieldFile(
        "people grouped by company",
        "people",
        "会社名|氏名|メール|役割",
        ("アルファ|田中|t@alpha.jp|決裁者", "|鈴木|s@alpha.jp|利用者", "ベータ|中村|n@beta.jp|推進者"),
        {"会社名": "account_name|above"},
        {"name": "田中", "roles": "decision_maker"},
        ("blank_as_above",),
    ),
    FieldFile(
        "people without a company are not grouped",
        "people",
        "Name|Email|Company",
        ("Jane Doe|jane@acme.com|Acme", "Solo|solo@mail.example|", "John Roe|john@globex.com|Globex"),
        {"Company": "account_name"},
        {"name": "Jane Doe"},
    ),
    FieldFile(
        "the owner of a contact is nobody at the customer",
        "people",
        "レコードID|名|姓|Eメール|コンタクト担当者|役職|関連付けられた会社",
        ("701|太郎|田中|t@alpha.jp|佐藤 花子|部長|アルファ", "702|美咲|中村|n@beta.jp|佐藤 花子|課長|ベータ"),
        {"コンタクト担当者": "custom:コンタクト担当者|text", "姓": "last_name", "名": "first_name"},
        {"name": "田中 太郎"},
        source="hubspot",
    ),
    FieldFile(
        "the shown name of a mail program",
        "people",
        "First Name|Last Name|Company|E-mail Address|E-mail Type|E-mail Display Name|Job Title",
        ("Jane|Doe|Acme|jane@acme.com|SMTP|Doe, Jane (jane@acme.com)|CFO", "Bo|Ek|Acme|bo@acme.com|SMTP|Ek, Bo|IT"),
        {"First Name": "first_name", "Last Name": "last_name"},
        {"name": "Jane Doe"},
        source="outlook",
    ),
    FieldFile(
        "business cards",
        "people",
        "名刺ID|会社名|会社名カナ|部署名|役職|姓|名|氏名カナ|e-mail|TEL会社|携帯電話|名刺交換日",
        ("N1|アルファ|アルファ|情シス|部長|田中|一郎|タナカイチロウ|t@alpha.jp|03-1234-5678|090-1111-2222|2026/05/10",),
        {"名刺ID": "external_id", "会社名カナ": "custom:会社名カナ|text", "TEL会社": "phone", "氏名カナ": "reading"},
        {"name": "田中 一郎", "reading": "タナカイチロウ"},
        source="sansan",
    ),
    FieldFile(
        "key people",
        "people",
        "取引先名|キーマン|役割|電話",
        ("アルファ|田中部長|決裁者|03-1234-5678", "ベータ|中村課長|窓口|06-1234-5678"),
        {"取引先名": "account_name", "キーマン": "name", "役割": "roles"},
        {"name": "田中部長"},
    ),
    FieldFile(
        "users of a product with their company",
        "people",
        "name|email|user_id|signed_up|country|company_name|company_id|monthly_spend",
        ("Jane Doe|jane@acme.com|u1|2024-01-02|US|Acme|C6|2000", "Bo Ek|bo@acme.com|u2|2024-01-03|US|Acme|C6|2000"),
        {"name": "name", "email": "email", "user_id": "external_id", "company_id": "account_ref"},
        {"name": "Jane Doe", "account_ref": "C6"},
    ),
    FieldFile(
        "api names of a sales system",
        "accounts",
        "ID|ISDELETED|NAME|INDUSTRY|ANNUALREVENUE|OWNERID|ARR__C|RENEWAL_DATE__C",
        ("001A|false|Initech|Tech|1.2E7|005A|48000.0|2027-01-31", "001B|false|Hooli|Tech|9.9E9|005A|240000.0|2026-12-31"),
        {"ARR__C": "contract.arr", "RENEWAL_DATE__C": "contract.renewal_on"},
        {"contracts.arr": Decimal(48_000), "contracts.renewal_on": date(2027, 1, 31)},
        ("renewal_as_end",),
        source="salesforce",
    ),
    FieldFile(
        "an own app with record numbers",
        "accounts",
        "レコード番号|更新者|作成者|会社名|先方担当者|契約プラン|契約開始日|契約終了日|年間金額|担当者",
        ("12|佐藤|佐藤|アルファ|田中|基本|2026/04/01|2027/03/31|1200000|山田", "13|佐藤|佐藤|ベータ|中村|追加|2026/01/01|2026/12/31|3600000|佐藤"),
        {"レコード番号": "external_id", "担当者": "owner", "先方担当者": "contact"},
        {"external_id": "12", "owner": "山田"},
        source="kintone",
    ),
    FieldFile(
        "numbers kept as text",
        "accounts",
        "顧客コード|顧客名|契約席数|年間契約額",
        ('="00012"|プサイ|50 席|¥1,200,000-', '="00013"|オメガ|２０席|60万円（税別）'),
        {"顧客コード": "external_id", "契約席数": "contract.seats"},
        {"external_id": "00012", "contracts.seats": 50, "contracts.arr": Decimal(1_200_000)},
    ),
    FieldFile(
        "cells our own export guarded",
        "accounts",
        "顧客名|備考|電話番号",
        ("アルファ|'=SUM(A1)|'+81-3-1234-5678", "'@ベータ|'-要確認|'+81-6-1234-5678"),
        {"電話番号": "phone"},
        {"note": ("=SUM(A1)",), "phone": "+81-3-1234-5678"},
    ),
    FieldFile(
        "two days in one cell, many ways",
        "accounts",
        "お客様名|利用期間|月額費用（円）|ID数",
        ("アルファ|2026年4月～2027年3月|￥100,000|50", "ベータ|R8.1.1 〜 R8.12.31|￥300,000|100"),
        {"利用期間": "contract.period", "月額費用（円）": "contract.mrr|JPY"},
        {"contracts.start_on": date(2026, 4, 1), "contracts.end_on": date(2027, 3, 31), "contracts.mrr": Decimal(100_000)},
    ),
    FieldFile(
        "support with hours in brackets",
        "tickets",
        "Ticket ID|Subject|Status|Priority|Agent|Created time|Due by Time|Resolved time|Closed time|First response time (in hrs)|Resolution time (in hrs)|Survey results|Company name",
        ("101|Sync error|Resolved|Urgent|Ken|2026-10-01 09:00:00|2026-10-02 09:00:00|2026-10-01 15:00:00|2026-10-02 09:00:00|0.5|6|Extremely Happy|Acme",),
        {
            "First response time (in hrs)": "first_reply_min|hours",
            "Resolution time (in hrs)": "resolution_min|hours",
            "Resolved time": "solved_at",
            "Survey results": "satisfaction",
        },
        {"first_reply_min": 30.0, "resolution_min": 360.0, "satisfaction": 5.0, "priority": "urgent"},
        ("columns_ignored",),
        source="freshdesk",
    ),
    FieldFile(
        "re:lation tickets without a state of their own",
        "tickets",
        "チケット番号|件名|ステータス|担当者|受信箱|受信日時|対応完了日時|差出人|メールアドレス|会社名",
        ("5001|不可|対応完了|山田|窓口|2026/10/01 10:15|2026/10/01 15:40|田中|t@alpha.jp|アルファ", "5002|再発行|保留|佐藤|窓口|2026/10/05 09:00||鈴木|s@beta.jp|ベータ"),
        {"差出人": "person_name", "受信箱": "channel", "対応完了日時": "solved_at"},
        {"status": "done", "person_name": "田中"},
        source="relation",
    ),
    FieldFile(
        "a form with questions as headers",
        "surveys",
        "タイムスタンプ|ご所属の会社名をお教えください|総合的にどの程度満足していますか|当社製品をどの程度おすすめしたいですか|ご意見・ご要望をご自由にお書きください",
        ("2026/10/01 9:12:33 午後 GMT+9|アルファ|満足|8 - おすすめしたい|帳票がほしい", "2026/10/02 9:12:33 午前 GMT+9|ベータ|やや不満|4|"),
        {
            "ご所属の会社名をお教えください": "account_name",
            "当社製品をどの程度おすすめしたいですか": "nps",
            "総合的にどの程度満足していますか": "csat",
            "ご意見・ご要望をご自由にお書きください": "comment",
        },
        {"kind": "nps", "score": 8.0, "answered_on": date(2026, 10, 1), "surveys.score": 4.0},
    ),
    FieldFile(
        "a form in English",
        "surveys",
        "Response ID|Date Submitted|Account|Email|How satisfied are you with our support?|How likely are you to recommend us to a friend or colleague?|What could we do better?",
        ("R1|10/15/2026|Acme|jane@acme.com|Very satisfied|10|Nothing", "R2|10/16/2026|Globex|jo@globex.com|Dissatisfied|4|Speed"),
        {"Date Submitted": "answered_on|mdy", "What could we do better?": "comment", "Response ID": "external_id"},
        {"kind": "nps", "score": 10.0, "surveys.score": 5.0},
    ),
    FieldFile(
        "scores with a counter",
        "surveys",
        "回答日|会社名|回答者|推奨度|コメント",
        ("2026/10/1|アルファ|田中|9点|よい", "2026/10/2|ベータ|中村|3点|遅い"),
        {"推奨度": "nps", "回答者": "person_name"},
        {"kind": "nps", "score": 9.0},
    ),
    FieldFile(
        "lost amounts of a month",
        "churn",
        "解約日|顧客名|解約理由|解約金額（月額）",
        ("2026/9/30|ガンマ|予算|40,000", "2026/8/31|デルタ|競合|10万円"),
        {"解約金額（月額）": "amount|/month"},
        {"amount": Decimal(480_000), "kind": "churn"},
        ("monthly_as_yearly",),
    ),
    FieldFile(
        "lost monthly revenue",
        "churn",
        "Account|Churn date|Reason|Lost MRR",
        ("Acme|2026-08-31|Price|$1,000", "Globex|2026-09-30|Gap|$500"),
        {"Lost MRR": "amount|/month"},
        {"amount": Decimal(12_000), "currency": "USD"},
        ("monthly_as_yearly",),
    ),
    FieldFile(
        "renewals with both amounts",
        "churn",
        "更新日|顧客名|更新結果|更新前金額|更新後金額",
        ("2026/4/1|アルファ|更新|1200000|1440000", "2026/9/30|ガンマ|解約|480000|0"),
        {"更新後金額": "amount", "更新前金額": "ignore"},
        {"kind": "renewal", "amount": Decimal(1_440_000)},
        ("columns_ignored",),
    ),
    FieldFile(
        "sales of a sales system in Japanese",
        "opportunities",
        "商談 所有者|取引先名|商談名|フェーズ|金額 通貨|金額|確度 (%)|完了予定日|種別",
        ("山田|アルファ|更新|交渉|JPY|1,320,000|75|2027/03/15|既存顧客 - 更新", "佐藤|ベータ|追加|提案|JPY|900,000|50|2026/12/20|既存顧客 - アップグレード"),
        {"種別": "kind", "確度 (%)": "probability|of100"},
        {"kind": "renewal", "probability": Decimal("0.75"), "amount": Decimal(1_320_000)},
        source="salesforce",
    ),
    FieldFile(
        "deals with their likelihood in Japanese",
        "opportunities",
        "レコードID|取引名|取引ステージ|金額|クローズ日|取引担当者|関連付けられた会社|取引の確率",
        ("3101|更新|契約書送付済|1320000|2027-03-31 00:00|佐藤|アルファ|0.8", "3102|新規|失注|500000|2026-09-30 00:00|佐藤|ベータ|0"),
        {"取引の確率": "probability"},
        {"probability": Decimal("0.8"), "outcome": "open"},
        source="hubspot",
    ),
    FieldFile(
        "letters for the likelihood",
        "opportunities",
        "案件名|顧客名|フェーズ|受注確度|見込金額(千円)|受注予定日",
        ("増席|アルファ|提案中|B|600|2026/12", "更新|ベータ|内示|A|3600|2026/12/25"),
        {"受注確度": "ignore", "見込金額(千円)": "amount|JPY*1000"},
        {"amount": Decimal(600_000), "close_on": date(2026, 12, 31)},
        ("values_against",),
    ),
    FieldFile(
        "a log of contacts",
        "interactions",
        "日時|会社名|方法|参加者|内容|次回アクション",
        ("2026/10/01 14:00|アルファ|訪問|田中部長、鈴木主任|定例会|10/15までに見積", "2026/10/03|ベータ|電話|中村様|不在|再架電"),
        {"参加者": "attendees", "次回アクション": "body", "方法": "channel"},
        {"channel": "visit", "body": ("定例会", "10/15までに見積", "参加者: 田中部長, 鈴木主任")},
    ),
    FieldFile(
        "activities of a sales system",
        "interactions",
        "件名|担当者|取引先|名前|期日|種別|説明",
        ("定例会|山田|アルファ|田中|2026/10/01|会議|来期の話", "電話|山田|ベータ|中村|2026/10/05|電話|不在"),
        {"名前": "person_name", "期日": "at"},
        {"person_name": "田中", "channel": "meeting"},
        ("columns_ignored",),
    ),
    FieldFile(
        "subscriptions of a billing system",
        "contracts",
        "id|Customer ID|Customer Email|Plan|Quantity|Currency|Interval|Amount|Status|Start (UTC)|Current Period End (UTC)|Canceled At (UTC)",
        ("sub_1|C006|j@acme.com|pro|50|usd|month|2000.00|active|2025-01-01 00:00|2026-11-01 00:00|", "sub_2|C007|j@globex.com|basic|40|usd|year|12000.00|canceled|2025-03-01 00:00|2027-03-01 00:00|2026-09-01 00:00"),
        {"Interval": "billing", "Current Period End (UTC)": "renewal_on", "Canceled At (UTC)": "churned_on"},
        {"billing": "monthly", "currency": "USD", "renewal_on": date(2026, 11, 1), "seats": 50},
        source="stripe",
        notes=("renewal_as_end",),
    ),
    FieldFile(
        "customers with their contract and a contact",
        "accounts",
        "ID|会社名|担当者名|メールアドレス|契約金額|契約開始日|契約終了日",
        ("A1|アルファ|田中|t@alpha.jp|1200000|2026/4/1|2027/3/31", "A2|ベータ|中村|n@beta.jp|3600000|2026/1/1|2026/12/31"),
        {"会社名": "name", "契約金額": "contract.amount", "契約終了日": "contract.end_on"},
        {"name": "アルファ", "external_id": "A1", "contracts.amount": Decimal(1_200_000)},
    ),
)  # fmt: skip
