"""The words of the account filter in both languages: keys, comparisons, joiners, units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["number", "money", "ahead", "behind", "choice", "free", "text"]
Op: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!="]


@dataclass(frozen=True, slots=True)
class Key:
    """Something an account can be filtered by.

    ``kind``: number; money; ahead and behind are dates told as days from today; choice is one of a closed list,
    free one of an open one, text a part of a text. ``en`` and ``ja`` are the words shown, ``usual`` the comparison
    offered first.
    """

    name: str
    kind: Kind
    en: str
    ja: str
    others: tuple[str, ...] = ()
    usual: str = ":"

    def word(self, language: str) -> str:
        """The word of the key in *language*."""
        return self.ja if language == "ja" else self.en


KEYS: tuple[Key, ...] = (
    Key("health", "number", "health", "ヘルス", ("score", "スコア", "ヘルススコア"), "<"),
    Key("band", "choice", "band", "信号", ("colour", "color", "色", "バンド", "判定")),
    Key(
        "renewal",
        "ahead",
        "renewal",
        "更新",
        ("left", "deadline", "残り", "期限", "更新まで", "残り日数"),
        "<",
    ),
    Key("contacted", "behind", "contacted", "接触", ("contact", "連絡", "最終接触", "コンタクト")),
    Key("tier", "choice", "tier", "ランク", ("rank", "ティア", "層")),
    Key("stage", "choice", "stage", "段階", ("ステージ", "フェーズ")),
    Key("tag", "free", "tag", "タグ", ("#",)),
    Key("owner", "free", "owner", "担当", ("csm", "担当者")),
    Key("arr", "money", "arr", "ARR", ("年額", "金額", "契約額", "年間契約額"), ">="),
    Key("touch", "choice", "touch", "接触間隔", ("タッチ", "接触頻度")),
    Key("notice", "ahead", "notice", "通知期限", ("通知", "notice_by"), "<"),
    Key("ends", "ahead", "ends", "契約終了", ("end", "renews", "満了", "更新日", "終了"), "<"),
    Key("coverage", "number", "coverage", "充足率", ("測定率",), "<"),
    Key("seats", "number", "seats", "席数", ("ライセンス数", "シート"), ">="),
    Key("name", "text", "name", "顧客名", ("account", "名前", "顧客", "会社")),
    Key("next", "text", "next", "次の一手", ("todo", "task", "タスク", "次")),
)
BY_NAME: Mapping[str, Key] = {key.name: key for key in KEYS}
ALIASES: Mapping[str, str] = {
    word.casefold(): key.name for key in KEYS for word in (key.name, key.en, key.ja, *key.others)
}
"""Every spelling of every key, case folded and half width."""

OPS: Mapping[str, Op] = {
    "<=": "<=", "=<": "<=", "≤": "<=", "≦": "<=", "<": "<",
    ">=": ">=", "=>": ">=", "≥": ">=", "≧": ">=", ">": ">",
    "!=": "!=", "<>": "!=", "≠": "!=", "!:": "!=", "==": "=", "=": "=", ":": "=",
}  # fmt: skip
AFTER: Mapping[str, Op] = {
    "未満": "<", "以下": "<=", "以内": "<=", "以上": ">=", "超": ">", "より大": ">", "より前": "<", "より後": ">",
}  # fmt: skip
"""Comparisons that Japanese puts behind the value: ヘルス60未満, 更新90日以内."""

AND = frozenset(("and", "&", "&&", "かつ"))
OR = frozenset(("or", "|", "||", "または", "又は"))
NOT = frozenset(("not", "!", "除く", "除外"))
RANGE = ("..", "…", "〜", "~")
UNKNOWN = frozenset(("none", "null", "なし", "無し", "無", "未測定", "未設定", "不明"))
KNOWN = frozenset(("any", "あり", "有り", "有"))
ME = frozenset(("me", "自分", "私"))

DAYS: Mapping[str, str] = {
    "": "d", "d": "d", "day": "d", "days": "d", "日": "d", "日間": "d",
    "w": "w", "week": "w", "weeks": "w", "週": "w", "週間": "w",
    "m": "m", "mo": "m", "month": "m", "months": "m", "か月": "m", "ヶ月": "m", "ケ月": "m", "カ月": "m",
    "ヵ月": "m", "箇月": "m", "月": "m", "y": "y", "year": "y", "years": "y", "年": "y",
}  # fmt: skip
"""Units of time to days, weeks, months and years. A bare number counts days."""

TENS: Mapping[str, int] = {
    "": 0, "k": 3, "thousand": 3, "千": 3, "万": 4, "m": 6, "mn": 6, "mio": 6, "百万": 6, "千万": 7, "億": 8,
    "b": 9, "bn": 9,
}  # fmt: skip
"""Units of money as powers of ten."""

CURRENCIES: Mapping[str, str] = {
    "¥": "JPY", "円": "JPY", "$": "USD", "米ドル": "USD", "ドル": "USD", "€": "EUR", "ユーロ": "EUR", "£": "GBP",
    "ポンド": "GBP",
}  # fmt: skip
BANDS: Mapping[str, str] = {
    "red": "red", "r": "red", "赤": "red", "危険": "red", "yellow": "yellow", "amber": "yellow", "y": "yellow",
    "黄": "yellow", "黄色": "yellow", "注意": "yellow", "green": "green", "g": "green", "緑": "green",
    "良好": "green", "none": "none", "未測定": "none", "なし": "none",
}  # fmt: skip
TOUCH: Mapping[str, str] = {
    "late": "late", "debt": "late", "overdue": "late", "不足": "late", "超過": "late", "遅れ": "late",
    "ok": "ok", "fine": "ok", "良好": "ok", "十分": "ok",
}  # fmt: skip
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
"""Full-width letters, digits and signs to half width, one for one: places in the text stay what they are."""
