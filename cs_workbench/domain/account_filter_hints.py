"""What the filter field offers while a person types, and how a condition reads on its chip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cs_workbench.domain import account_filter_words as words
from cs_workbench.domain.account_filter import Clause, Filter, Has, Is, Node, Not, Operand, Part, Range
from cs_workbench.domain.account_filter_parser import Vocabulary
from cs_workbench.domain.account_filter_values import Dates, Days, Money, Number
from cs_workbench.domain.account_filter_words import BY_NAME, KEYS, Key
from cs_workbench.domain.text import fold

MOST = 8


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to put in place of the text from ``start`` to ``end``; ``unfinished`` when a value has to follow."""

    text: str
    start: int
    end: int
    unfinished: bool = False


def hints(text: str, cursor: int, vocabulary: Vocabulary, language: str) -> tuple[Hint, ...]:
    """What could stand where the cursor is: keys by their beginning in any language, or the values of the key."""
    head = text[:cursor].translate(words.NARROW)
    start = max(head.rfind(mark) for mark in " \t()") + 1
    typed = head[start:].lstrip("-!")
    start = cursor - len(typed)
    for place, mark in enumerate(typed):
        if mark in ":<>=≤≥≦≧≠" and place:
            key = words.ALIASES.get(typed[:place].rstrip("!").casefold())
            tail = typed[place:].lstrip(":<>=≤≥≦≧≠")
            if key is None:
                return ()
            offered = _offered(BY_NAME[key], vocabulary, language)
            return tuple(_values(offered, tail, cursor - len(tail), cursor))[:MOST]
    if not typed:
        return ()
    return tuple(_keys(typed, start, cursor, language))[:MOST]


def _keys(typed: str, start: int, end: int, language: str) -> Iterator[Hint]:
    wanted = fold(typed)
    if not wanted:
        return
    for key in KEYS:
        if any(fold(word).startswith(wanted) for word in (key.name, key.en, key.ja, *key.others)):
            yield Hint(key.word(language) + key.usual, start, end, unfinished=True)
    for word in ("not", "and", "or"):
        if len(wanted) < len(word) and word.startswith(wanted):
            yield Hint(word, start, end, unfinished=True)


def _values(offered: Iterable[str], tail: str, start: int, end: int) -> Iterator[Hint]:
    before, comma, last = tail.rpartition(",")
    wanted = fold(last)
    for value in offered:
        folded = fold(value)
        if folded != wanted and (folded.startswith(wanted) or (len(wanted) > 1 and wanted in folded)):
            shown = f'"{value}"' if any(mark.isspace() or mark in "()" for mark in value) else value
            yield Hint(before + comma + shown, start, end)


def _offered(key: Key, vocabulary: Vocabulary, language: str) -> Iterable[str]:
    japanese = language == "ja"
    unknown = "なし" if japanese else "none"
    if key.name == "band":
        return ("赤", "黄", "緑", "未測定") if japanese else ("red", "yellow", "green", "none")
    if key.name == "touch":
        return ("不足", "良好") if japanese else ("late", "ok")
    if key.name in ("stage", "tier"):
        return (*_spelled(vocabulary.stages if key.name == "stage" else vocabulary.tiers, japanese), unknown)
    if key.name == "tag":
        return (*vocabulary.tags, unknown)
    if key.name == "owner":
        return (*((("自分",) if japanese else ("me",)) if vocabulary.me else ()), *vocabulary.owners, unknown)
    if key.kind in ("ahead", "behind"):
        return (
            ("30日", "60日", "90日", "180日", unknown) if japanese else ("30d", "60d", "90d", "180d", unknown)
        )
    if key.kind == "money":
        return ("100万", "500万", "1000万", unknown) if japanese else ("10k", "100k", "1m", unknown)
    return {"health": ("40", "60", "70", unknown), "coverage": ("50", "80", unknown)}.get(key.name, ())


def _spelled(spellings: Mapping[str, str], japanese: bool) -> list[str]:
    """One spelling of each entry: the shortest in the language's script; a short code such as "A" is fine in both."""
    best: dict[str, str] = {}
    for spelling, name in spellings.items():
        kept = best.get(name)
        if kept is None or _fit(spelling, japanese) > _fit(kept, japanese):
            best[name] = spelling
    return list(best.values())


def _fit(spelling: str, japanese: bool) -> tuple[bool, int]:
    latin = spelling.isascii()
    return latin != japanese or (latin and len(spelling) <= 2), -len(spelling)


def chip(filtered: Filter, node: Node, vocabulary: Vocabulary, language: str) -> str:
    """How a condition reads on its chip: "health < 60", "更新 < 90日"; anything nested as it was typed."""
    if isinstance(node, Not) and isinstance(node.node, Clause):
        inner = chip(filtered, node.node, vocabulary, language)
        return f"{inner}を除く" if language == "ja" else f"not {inner}"
    if not isinstance(node, Clause) or (node.key and filtered.source(node).startswith("(")):
        return filtered.source(node)
    if not node.key:
        return filtered.source(node)
    return f"{BY_NAME[node.key].word(language)} {_told(node, vocabulary, language)}"


def _told(clause: Clause, vocabulary: Vocabulary, language: str) -> str:
    value = clause.value
    sign = {"<=": "≤", ">=": "≥", "!=": "≠"}.get(clause.op, clause.op)
    text = _worded(clause, value, vocabulary, language)
    if clause.op == "=" and (isinstance(value, Days | Has | Is | Part | Range) or clause.key == "touch"):
        if isinstance(value, Days):
            return f"{text}以内" if language == "ja" else f"≤ {text}"
        return text
    return f"{sign} {text}"


def _worded(clause: Clause, value: Operand, vocabulary: Vocabulary, language: str) -> str:
    japanese = language == "ja"
    if isinstance(value, Range):
        low = _worded(clause, value.low, vocabulary, language)
        return f"{low} – {_worded(clause, value.high, vocabulary, language)}"
    if isinstance(value, Days):
        unit = {"d": "日", "w": "週", "m": "か月", "y": "年"}[value.unit]
        return f"{value.count}{unit}" if japanese else f"{value.count} {value.unit}"
    if isinstance(value, Number):
        return f"{value.value:f}" + ("%" if clause.key == "coverage" else "")
    if isinstance(value, Money):
        return _amount(value, japanese)
    if isinstance(value, Dates):
        return value.first.isoformat() if value.first == value.last else f"{value.first} – {value.last}"
    if isinstance(value, Has):
        return {True: ("any", "あり"), False: ("none", "なし")}[value.known][japanese]
    if isinstance(value, Part):
        return f"“{value.folded}”" if not japanese else f"「{value.folded}」"
    return ("、" if japanese else ", ").join(
        _named(clause.key, one, vocabulary, japanese) for one in value.any_of
    )


def _named(key: str, name: str, vocabulary: Vocabulary, japanese: bool) -> str:
    if not name:
        return "なし" if japanese else "none"
    if key in ("stage", "tier"):
        table = vocabulary.stages if key == "stage" else vocabulary.tiers
        return _spelled({word: one for word, one in table.items() if one == name}, japanese)[0]
    if key == "band":
        return {"red": "赤", "yellow": "黄", "green": "緑", "none": "未測定"}[name] if japanese else name
    if key == "touch":
        return {"late": "不足", "ok": "良好"}[name] if japanese else name
    return name


def _amount(money: Money, japanese: bool) -> str:
    steps = ((10**8, "億"), (10**4, "万")) if japanese else ((10**9, "B"), (10**6, "M"), (10**3, "k"))
    words_of = (
        f"{money.value:,.0f}" if money.value == money.value.to_integral_value() else f"{money.value:,f}"
    )
    for step, letter in steps:
        if abs(money.value) >= step and (money.value / step * 100) % 1 == 0:
            words_of = f"{_trimmed(money.value / step)}{letter}"
            break
    return f"{words_of} {money.currency}".strip()


def _trimmed(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
