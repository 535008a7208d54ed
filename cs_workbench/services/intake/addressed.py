"""People as lists address them: "真壁 由紀（部長）", "田島 様（情シス）", "教務課 森", "Ann Lee (CFO)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TITLES = (
    r"(?:.{0,8}(?:部長|課長|係長|室長|次長|主任|主査|主幹|店長|所長|支店長|工場長|院長|校長|園長|学長|局長|本部長|社長|会長|専務|常務"
    r"|取締役|執行役員|役員|理事|理事長|代表|監事|顧問|リーダー|マネージャー|マネジャー|ディレクター|チーフ|マネージャ|責任者|担当者?)"
    r"(?:代理|補佐|心得)?)"
)
_TITLE = re.compile(
    _TITLES + r"|C[A-Z]O|(?:.{0,30}\b)?(?:manager|director|president|head|lead|officer|vp)\b.{0,30}",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\S{1,20}(?:部|課|室|係|局|科|チーム|グループ|センター|支店|工場|本社|営業所)")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]{2,40}")
_SIR = r"\s*(?:様|さま|さん|氏|殿)"
_BRACKET = re.compile(r"(.+?)(" + _SIR + r")?\s*[（(]([^（()）]{1,40})[)）](" + _SIR + r")?")
_SIMPLE = re.compile(r"(.+?)" + _SIR)
_BEFORE = re.compile(r"(\S+)\s+(\S{1,6}(?:\s\S{1,6})?)")
_BEHIND = re.compile(r"(\S{1,6}\s\S{1,6})\s+(" + _TITLES + r")")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A name, and what stood beside it: the rank, the department, how it is read; "" where nothing did."""

    name: str
    title: str = ""
    department: str = ""
    reading: str = ""


def addressed(told: str) -> Addressed:
    """*told* taken apart. A bracket without rank, department or reading stays in the name, unless 様 parts them."""
    text = told.strip()
    if found := _BRACKET.fullmatch(text):
        return _bracketed(told, found)
    if found := _SIMPLE.fullmatch(text):
        inner = addressed(found[1])
        return inner if inner.name.strip() else Addressed(told)
    if (found := _BEFORE.fullmatch(text)) and _PLACE.fullmatch(found[1]):
        return Addressed(found[2], department=found[1])
    if found := _BEHIND.fullmatch(text):
        return Addressed(found[1], title=found[2])
    return Addressed(told)


def _bracketed(told: str, found: re.Match[str]) -> Addressed:
    name, inside = found[1].strip(), found[3].strip()
    if _KANA.fullmatch(inside) and not _TITLE.fullmatch(inside):
        return Addressed(name, reading=inside)
    if _TITLE.fullmatch(inside):
        return Addressed(name, title=inside)
    if found[2] or _PLACE.fullmatch(inside):
        return Addressed(name, department=inside)
    return Addressed(told)
