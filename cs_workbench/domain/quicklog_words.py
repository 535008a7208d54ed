"""The words of the quick log, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

ChipKind = Literal[
    "account",
    "channel",
    "duration",
    "direction",
    "day",
    "tag",
    "person",
    "due",
    "next",
    "promise",
    "their_promise",
]
Direction = Literal["in", "out", "both", "none"]

CHANNELS: Mapping[str, str] = {
    "call": "call", "phone": "call", "tel": "call", "電話": "call", "架電": "call", "受電": "call",
    "mail": "mail", "email": "mail", "e-mail": "mail", "メール": "mail",
    "meeting": "meeting", "meet": "meeting", "mtg": "meeting", "打合せ": "meeting", "打ち合わせ": "meeting",
    "打合わせ": "meeting", "打ち合せ": "meeting", "会議": "meeting", "web会議": "meeting", "面談": "meeting",
    "ミーティング": "meeting", "商談": "meeting", "zoom": "meeting", "teams": "meeting", "gmeet": "meeting",
    "google meet": "meeting", "webex": "meeting", "online meeting": "meeting",
    "zoom call": "meeting", "zoom meeting": "meeting", "teams call": "meeting", "teams meeting": "meeting",
    "video call": "meeting", "オンライン": "meeting", "オンライン会議": "meeting", "オンライン商談": "meeting",
    "オンラインmtg": "meeting", "オンライン打合せ": "meeting", "オンライン打ち合わせ": "meeting",
    "ズーム": "meeting", "ビデオ会議": "meeting", "テレビ会議": "meeting",
    "teams会議": "meeting", "zoom会議": "meeting",
    "chat": "chat", "slack": "chat", "teams chat": "chat", "line": "chat", "チャット": "chat",
    "visit": "visit", "onsite": "visit", "訪問": "visit", "来訪": "visit", "来社": "visit",
    "note": "note", "memo": "note", "メモ": "note", "ノート": "note",
}  # fmt: skip
"""Words that name a channel, in both languages (one or two words); a portfolio's own labels are added by the caller."""

DIRECTIONS: Mapping[str, Direction] = {
    "in": "in", "inbound": "in", "out": "out", "outbound": "out", "←": "in", "→": "out",
    "受信": "in", "発信": "out", "送信": "out", "受電": "both", "架電": "both",
}  # fmt: skip
"""Who spoke to whom. A visit and an answered call are a conversation whoever set out; see :func:`direction_of`."""
ALSO_CHANNEL = {"受信": "mail", "送信": "mail"}
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SEGMENT_KIND: Mapping[str, ChipKind] = {
    "next": "next", "todo": "next", "次": "next", "次回": "next", "promise": "promise", "our promise": "promise",
    "約束": "promise", "their promise": "their_promise", "theirs": "their_promise", "先方約束": "their_promise",
    "先方": "their_promise",
}  # fmt: skip
NO_DAY_AFTER = frozenset((
    "by", "until", "till", "on", "before", "after", "since", "from", "of", "for", "due", "to", "at", "per", "and", "or",
    "the", "than", "around", "~", "〜", "-", "–", "→", "=", "&", "x", "×",
))  # fmt: skip
"""After these, a date at the end of a line belongs to the sentence."""
NOT_PEOPLE = frozenset(
    ("客", "皆", "各", "先", "仕", "同", "多", "模", "有", "異", "両", "今", "王", "神", "奥", "御")
)
_NOT_REACHED = re.compile(
    r"(?:\S{1,12}(?:様|さん|氏)(?:は|が|も)?)?[ 、,]*"
    r"(?:(?:ご)?不在|留守|応答な|応答無|出ず|出られず|つながらず|繋がらず"
    r"|no answer|voice ?mail|left (?:a )?(?:message|voice)|not reached)"
)


def direction_of(channel: str, said: Direction | None, body: str) -> Direction:
    """Who spoke to whom: as *said*, a note nobody, else both; a call that begins with nobody answering went out."""
    direction = said or ("none" if channel == "note" else "both")
    reached = _NOT_REACHED.match(body.translate(NARROW).strip().lower()) is None
    return direction if reached or channel != "call" or direction != "both" else "out"
