"""The quick log line in both languages, on Saturday 21 November 2026."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.quicklog import FollowUp, QuickLog, parse

TODAY = dt.date(2026, 11, 21)


def read(text: str) -> QuickLog:
    return parse(text, TODAY)


def test_the_line_of_the_manual() -> None:
    found = read("@acme call 20m talked about renewal #risk !2026-12-01 next: send quote")
    assert (found.account, found.channel, found.direction, found.duration_min) == ("acme", "call", "both", 20)
    assert found.tags == ("risk",)
    assert found.follow_ups == (FollowUp("task", "send quote", dt.date(2026, 12, 1)),)
    assert found.body == "talked about renewal"
    assert [(chip.kind, found.text[chip.start : chip.end]) for chip in found.chips] == [
        ("account", "@acme"),
        ("channel", "call"),
        ("duration", "20m"),
        ("tag", "#risk"),
        ("due", "!2026-12-01"),
        ("next", "next: send quote"),
    ]


def test_the_same_line_full_width() -> None:
    found = read("＠アクメ　電話　２０分　更新の件　＃リスク　！12/1　次：見積を送る")
    assert (found.account, found.channel, found.duration_min, found.body) == (
        "アクメ",
        "call",
        20,
        "更新の件",
    )
    assert found.tags == ("リスク",)
    assert found.follow_ups == (FollowUp("task", "見積を送る", dt.date(2026, 12, 1)),)


@pytest.mark.parametrize(
    ("text", "channel", "direction", "minutes", "body"),
    [
        ("call hello", "call", "both", None, "hello"),
        ("call in 1h30m hello", "call", "in", 90, "hello"),
        ("mail out: hello", "mail", "both", None, "out: hello"),
        ("Mail out hello", "mail", "out", None, "hello"),
        ("meeting 1.5h hello", "meeting", "both", 90, "hello"),
        ("45min call hello", "call", "both", 45, "hello"),
        ("電話20分 更新", "call", "both", 20, "更新"),
        ("受電 10分 苦情", "call", "both", 10, "苦情"),
        ("架電 更新の相談", "call", "both", None, "更新の相談"),
        ("架電 不在", "call", "out", None, "不在"),
        ("電話 田中様は不在、折り返し依頼", "call", "out", None, "田中様は不在、折り返し依頼"),
        ("call no answer", "call", "out", None, "no answer"),
        ("電話 担当不在だったが上長と話せた", "call", "both", None, "担当不在だったが上長と話せた"),
        ("来社 不在者の件", "visit", "both", None, "不在者の件"),
        ("来訪 見学", "visit", "both", None, "見学"),
        ("打合せ 1時間半 定例", "meeting", "both", 90, "定例"),
        ("会議 1時間30分 定例", "meeting", "both", 90, "定例"),
        ("訪問 現場を見学", "visit", "both", None, "現場を見学"),
        ("チャット 質問に回答", "chat", "both", None, "質問に回答"),
        ("送信 見積", "mail", "out", None, "見積"),
        ("電話で更新の件を相談", "call", "both", None, "電話で更新の件を相談"),
        ("メモ 気になる", "note", "none", None, "気になる"),
        ("hello", "note", "none", None, "hello"),
        ("talked about call center 20m ago", "note", "none", None, "talked about call center 20m ago"),
        ("callback wanted", "note", "none", None, "callback wanted"),
        ("Zoom 30m hello", "meeting", "both", 30, "hello"),
        ("Teams: hello", "meeting", "both", None, "hello"),
        ("Teams chat hello", "chat", "both", None, "hello"),
        ("Google Meet 20m hello", "meeting", "both", 20, "hello"),
        ("Google　Meet 20m hello", "meeting", "both", 20, "hello"),
        ("google ads went well", "note", "none", None, "google ads went well"),
        ("オンライン 30分 定例", "meeting", "both", 30, "定例"),
        ("オンライン30分 定例", "meeting", "both", 30, "定例"),
        ("オンラインで定例", "meeting", "both", None, "オンラインで定例"),
        ("zoomで定例", "meeting", "both", None, "zoomで定例"),
        ("ＺＯＯＭ ３０分 定例", "meeting", "both", 30, "定例"),
        ("call 20 people came", "call", "both", None, "20 people came"),
        ("call 9999m hello", "call", "both", None, "9999m hello"),
    ],
)
def test_the_head(text: str, channel: str, direction: str, minutes: int | None, body: str) -> None:
    found = read(text)
    assert (found.channel, found.direction, found.duration_min, found.body) == (
        channel,
        direction,
        minutes,
        body,
    )


@pytest.mark.parametrize(
    ("text", "day", "body"),
    [
        ("call on 11/19 hello", "2026-11-19", "hello"),
        ("on 2026-11-02 call hello", "2026-11-02", "hello"),
        ("yesterday @acme call hello", "2026-11-20", "hello"),
        ("昨日 電話 更新", "2026-11-20", "更新"),
        ("11月18日に 訪問 更新", "2026-11-18", "更新"),
        ("@acme 11/20 call hello", "2026-11-20", "hello"),
        ("@acme 2026/11/20 Zoom hello", "2026-11-20", "hello"),
        ("@acme call 2026-11-20: hello", "2026-11-20", "hello"),
        ("＠acme　２０２６／１１／２０　電話　更新", "2026-11-20", "更新"),
        ("@acme 11/21 call hello", "2026-11-21", "hello"),
        ("hello @acme 11/20 there", "2026-11-20", "hello there"),
        ("@acme call hello 11/20", "2026-11-20", "hello"),
        ("@acme call hello 11/20.", "2026-11-20", "hello"),
        ("@acme call hello 2025/3/5 #risk", "2025-03-05", "hello"),
        ("@acme call hello 11/20 next: quote !12/1", "2026-11-20", "hello"),
        ("@acme call next: quote 11/20", None, ""),
        ("@acme call 11/19 hello 11/20", "2026-11-19", "hello 11/20"),
        ("@acme call invoice of 11/20", None, "invoice of 11/20"),
        ("@acme call hello 11/20 there", None, "hello 11/20 there"),
        ("@acme 12/1 call hello", None, "12/1 call hello"),
        ("@acme 2026/12/1 call hello", None, "2026/12/1 call hello"),
        ("@acme call support 24/7", None, "support 24/7"),
        ("call decide on 12/1", None, "decide on 12/1"),
        ("call on time again", None, "on time again"),
        ("call tomorrow is fine", None, "tomorrow is fine"),
    ],
)
def test_the_day_it_happened(text: str, day: str | None, body: str) -> None:
    found = read(text)
    assert (found.day.isoformat() if found.day else None, found.body) == (day, body)


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ('@"Blue Harbor" call x', "Blue Harbor"),
        ("＠「青空 製菓」 電話 x", "青空 製菓"),
        ("x @acme", "acme"),
        ("mail to taro@acme.example", ""),
        ("@ x", ""),
    ],
)
def test_the_account(text: str, account: str) -> None:
    assert read(text).account == account


@pytest.mark.parametrize(
    ("text", "follow_ups"),
    [
        ("x !明日", [("task", "", "2026-11-22")]),
        ("x !+7d next: quote", [("task", "quote", "2026-11-28")]),
        ("x next: quote !+7d", [("task", "quote", "2026-11-28")]),
        ("x next: quote", [("task", "quote", None)]),
        (
            "x 約束: 資料 !明日 先方約束: 稟議 !+7d",
            [("promise_ours", "資料", "2026-11-22"), ("promise_theirs", "稟議", "2026-11-28")],
        ),
        ("x promise: deck next: call !12/1", [("task", "call", "2026-12-01"), ("promise_ours", "deck", None)]),
        ("x !12/1 promise: deck", [("promise_ours", "deck", "2026-12-01")]),
        ("x their promise: sign !12/1", [("promise_theirs", "sign", "2026-12-01")]),
        ("x next: a !12/1 !12/5", [("task", "a", "2026-12-01")]),
        ("x 次回：見積、！12/1まで", [("task", "見積", "2026-12-01")]),
        ("x 次：契約書 ！２０２７年４月末まで", [("task", "契約書", "2027-04-30")]),
        ("x 次：確認 !4月末までに", [("task", "確認", "2027-04-30")]),
        ("x 次：棚卸し !2028/2末", [("task", "棚卸し", "2028-02-29")]),
        ("x 次：請求 !来月初", [("task", "請求", "2026-12-01")]),
        ("wow! !important", []),
        ("the next: release is a promise:", [("task", "release is a", None)]),
    ],
)  # fmt: skip
def test_follow_ups(text: str, follow_ups: list[tuple[str, str, str | None]]) -> None:
    found = [(one.kind, one.title, one.due_on and one.due_on.isoformat()) for one in read(text).follow_ups]
    assert found == follow_ups


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("call +Ishii hello", [("Ishii", True)]),
        ("電話 ＋石井様 更新", [("石井", True)]),
        ("電話 石井様と更新", [("石井", False)]),
        ("電話 お客様の仕様を確認", []),
        ("電話 皆様に案内", []),
        ("call +20 seats wanted", []),
    ],
)
def test_people(text: str, people: list[tuple[str, bool]]) -> None:
    assert [(one.name, one.explicit) for one in read(text).people] == people


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("x !12/45", ["bad_date"]),
        ("@a @b x", ["second_account"]),
        ("x next:", ["empty"]),
        ("x !soon", []),
        ("@acme 2026/12/1 call hello", ["day_ahead"]),
        ("@acme 12/1 call hello", ["day_unclear"]),
        ("@acme call hello 12/1", ["day_unclear"]),
        ("@acme on 12/1 call hello", ["day_unclear"]),
        ("@acme 2026/13/1 call hello", ["bad_date"]),
        ("@acme 12/1", ["day_unclear"]),
        ("@acme call support 24/7", []),
        ("@acme call quote due 12/1", []),
        ("@acme call hello 11/20", []),
    ],
)
def test_problems(text: str, problems: list[str]) -> None:
    assert [one.code for one in read(text).problems] == problems


@pytest.mark.parametrize("said", ["4月末", "月初", "2026年10月末"])
def test_the_end_of_a_month_at_the_head_is_what_it_is_about(said: str) -> None:
    found = read(f"電話 {said} 更新の件")
    assert (found.day, found.problems, found.body) == (None, (), f"{said} 更新の件")


def test_the_body_stays_as_written() -> None:
    found = read("@acme call Talked  about: a+b, #12, 50%!\n\n- Second line\n- c@d.example #risk stays tidy")
    assert found.body == "Talked  about: a+b, #12, 50%!\n\n- Second line\n- c@d.example stays tidy"


def test_own_channels_of_a_portfolio() -> None:
    assert parse("webinar 60m adoption", TODAY, {"webinar": "event"}).channel == "event"


@given(st.text(alphabet='@＠#＃!！+＋ 　\n"「」:：12/:acl次約束電話様分h-m.。、next', max_size=40))
def test_any_line_is_read_and_chips_point_into_it(text: str) -> None:
    found = read(text)
    end = 0
    for chip in found.chips:
        assert 0 <= chip.start < chip.end <= len(text)
        if chip.kind not in ("next", "promise", "their_promise", "due", "tag", "person", "account"):
            assert chip.start >= end
            end = chip.end
    assert all(0 <= one.start < one.end <= len(text) for one in found.problems)


@given(
    st.text(max_size=60).filter(
        lambda text: not set(text.translate({0xFF0B: "+"})) & set("@#!+＠＃！＋:：") and text.strip()
    )
)
def test_a_line_without_marks_keeps_its_words(text: str) -> None:
    found = parse("note " + text, TODAY)
    kept = found.body.split()
    assert (
        [word for word in text.split() if word in kept][-len(kept) :] == kept
        or found.duration_min
        or found.day
    )
