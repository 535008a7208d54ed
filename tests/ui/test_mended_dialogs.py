"""Dialogs say what they lack, what will be stored, which file, and offer the way back."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from cs_workbench.reports.meeting_facts import Meeting
from cs_workbench.services.drafts import Kept
from cs_workbench.services.pack_proof import Proof
from cs_workbench.services.pack_readiness import Readiness
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.import_rows import given_way
from cs_workbench.ui.dialogs.pack_hints import PackHints, meeting_words
from cs_workbench.ui.dialogs.quick_log_draft import DraftOffer
from cs_workbench.ui.widgets.completion_text import CompletionText

TODAY = dt.date(2026, 11, 22)
POOR = Readiness(("usage", "tickets", "surveys", "interactions", "opportunities"), ("notice",), company=False)


def proof(found: Readiness) -> Proof:
    """A proof of account 7 that stands on *found*."""
    return Proof(7, "Acme", (), (), 0, (), (), found)


class TestHints:
    def test_little_data_and_no_company_are_told_with_the_way_there(self, window: object, desk: Desk) -> None:
        hints, left, went = PackHints(), list[str](), list[tuple[str, dict[str, object]]]()
        desk.went.connect(lambda page, arguments: went.append((page, arguments)))
        hints.say(proof(POOR), desk, lambda: left.append("left"))
        assert "1 of 6" in hints.thin.first.text()
        assert "notice period" in hints.thin.second.text()
        assert "company" in hints.nameless.first.text()
        hints.nameless.buttons[0].click()
        hints.thin.buttons[0].click()
        assert left == ["left", "left"]
        assert [page for page, _arguments in went] == ["settings", "account"]
        assert went[1][1]["account_id"] == 7

    def test_nothing_is_said_where_nothing_lacks(self, window: object, desk: Desk) -> None:
        hints = PackHints()
        hints.say(proof(POOR), desk, lambda: None)
        hints.say(proof(Readiness()), desk, lambda: None)
        assert hints.isHidden()

    @pytest.mark.parametrize(
        ("lacks", "said"), [("none", "no value ledger"), ("unproven", "No benefit counts")]
    )
    def test_a_ledger_that_is_missing_is_said_with_the_way_to_it(
        self, window: object, desk: Desk, lacks: Literal["none", "unproven"], said: str
    ) -> None:
        hints, left, went = PackHints(), list[str](), list[tuple[str, dict[str, object]]]()
        desk.went.connect(lambda page, arguments: went.append((page, arguments)))
        hints.say(proof(Readiness(ledger=lacks)), desk, lambda: left.append("left"))
        assert said in hints.thin.first.text()
        hints.thin.buttons[0].click()
        assert left == ["left"]
        assert went == [("value", {"account_id": 7})]

    def test_the_meeting_is_said_as_it_will_stand_on_the_cover(self) -> None:
        met = Meeting(dt.date(2026, 12, 9), "10:30", "", ("Ann", "Ben"))
        assert meeting_words(Readiness(meeting=met)) == "9 Dec 2026 10:30, with Ann, Ben"
        assert "Renewals" in meeting_words(Readiness())


@pytest.mark.parametrize(
    ("widths", "room", "shared"),
    [
        ([100, 90], 300, [100, 90]),
        ([264, 100, 264], 500, [200, 100, 200]),
        ([264, 150, 100], 100, [120, 120, 100]),
        ([], 10, []),
    ],
)
def test_the_widest_columns_give_way(widths: list[int], room: int, shared: list[int]) -> None:
    assert given_way(widths, room, 120) == shared


@pytest.mark.parametrize(
    ("text", "account", "said"),
    [
        ("@Minato call", "Aoba", "“@Minato call”"),
        ("call half", "Aoba", "Aoba: “call half”"),
        ("x" * 99, "", "xxx…”"),
    ],
)
def test_a_draft_is_known_by_its_words(window: object, text: str, account: str, said: str) -> None:
    offer = DraftOffer()
    at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    offer.offer(Kept("quick", text, at, 1), account, TODAY)
    assert said in offer.sentence.text()
    assert ("Aoba" in offer.sentence.text()) is (account != "" and not text.startswith("@"))


def test_a_long_line_stands_there_whole(qtbot: QtBot, window: object) -> None:
    field = CompletionText(name="line")
    qtbot.addWidget(field)
    field.resize(300, 40)
    field.show()
    field.insertPlainText("契約の更新について先方の担当者と話しました。" * 4)
    assert field.document().size().height() > 2
    assert field.height() >= field.document().size().height() * field.fontMetrics().lineSpacing()
    assert field.verticalScrollBar().value() == 0
