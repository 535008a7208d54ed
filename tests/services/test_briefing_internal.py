"""The internal part of a briefing: what counts as a conversation, and that risks agree with the score beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from cs_workbench.reports.facts import Movement
from cs_workbench.services.briefing_internal import InternalRows, internal
from cs_workbench.store.queries.briefing_rows import AccountRow, InteractionRow
from tests.reports.examples import rich

UTC = ZoneInfo("UTC")
ACCOUNT = AccountRow(3, "A", None, None, None, None, None, "")


def said(day: str, two_way: bool) -> InteractionRow:
    """One contact of that day."""
    return InteractionRow(
        1, f"{day}T09:00:00Z", "mail", "in", "S", "", None, None, False, None, None, two_way
    )


@pytest.mark.parametrize(
    ("log", "last"),
    [
        ([], None),
        ([said("2026-11-20", False)], None),
        ([said("2026-11-20", False), said("2026-11-06", True)], dt.date(2026, 11, 6)),
        ([said("2026-11-20", True), said("2026-11-05", True)], dt.date(2026, 11, 20)),
    ],
)
def test_the_newest_contact_that_is_two_way(log: list[InteractionRow], last: dt.date | None) -> None:
    made = internal(InternalRows(ACCOUNT, [], log, [], [], [], None), rich().briefing, UTC)
    assert made.last_two_way == last


def test_a_cancellation_beside_contracts_in_force_is_a_risk() -> None:
    briefing = rich().briefing
    ended = Movement("churn", dt.date(2026, 11, 1))
    terms = replace(briefing.terms, movements=(ended,))
    rows = InternalRows(ACCOUNT, [], [], [], [], [], None)
    assert "churn_beside" in [risk.code for risk in internal(rows, replace(briefing, terms=terms), UTC).risks]
    assert "churn_beside" not in [risk.code for risk in internal(rows, briefing, UTC).risks]
