"""Satisfaction from 2,000 real tickets: the published mean, who is asked back, where accounts stand on the quadrant."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator

import pytest

from cs_workbench.domain import quadrant as rules
from cs_workbench.services import quadrant
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import voice, voice_loops
from tests.builders_import import SHARED, portfolio, take_in

FOLDER = SHARED / "ravenstack_saas"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
PATHS = [str(FOLDER / f"ravenstack_{name}.csv") for name in ("accounts", "support_tickets")]
BEGIN, END = dt.date(2000, 1, 1), dt.date(2030, 1, 1)


@pytest.fixture(scope="module")
def wb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with portfolio(tmp_path_factory.mktemp("ravenstack")) as made:
        take_in(made, *PATHS)
        yield made


def rows() -> list[dict[str, str]]:
    with (FOLDER / "ravenstack_support_tickets.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def given() -> dict[str, list[float]]:
    """The answers by account, as the file has them."""
    found: dict[str, list[float]] = defaultdict(list)
    for row in rows():
        if row["satisfaction_score"]:
            found[row["account_id"]].append(float(row["satisfaction_score"]))
    return found


def ids(wb: Workbench) -> dict[str, int]:
    return dict(wb.reads.all("select external_id, account_id from account_source"))


def test_the_mean_of_all_answers_is_the_published_one(wb: Workbench) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    found, answers, known = voice.satisfactions(wb.reads, BEGIN, END), given(), ids(wb)
    assert found.keys() == {known[account] for account in answers}
    assert all(one.nps is None and one.csat is None for one in found.values()), "no survey was imported"
    for account, scores in answers.items():
        assert found[known[account]].ticket == pytest.approx(sum(scores) / len(scores))
    weighted = sum((found[known[one]].ticket or 0) * len(scores) for one, scores in answers.items())
    count = sum(map(len, answers.values()))
    assert round(weighted / count, 4) == expected["csat_mean"]
    assert expected["rows"]["support_tickets"] - count == expected["tickets_csat_missing"]


def test_accounts_stand_by_their_tickets_and_the_silent_ones_apart(wb: Workbench) -> None:
    last = max(dt.date.fromisoformat(row["submitted_at"][:10]) for row in rows())
    placed = {one.account_id: one.now for one in quadrant.place(wb.reads, last)}
    lately = voice.satisfactions(wb.reads, last - dt.timedelta(days=quadrant.LOOKS_BACK), last)
    with (FOLDER / "ravenstack_accounts.csv").open(encoding="utf-8") as file:
        stayed = {row["account_id"] for row in csv.DictReader(file) if row["churn_flag"] == "FALSE"}
    assert placed.keys() == {ids(wb)[account] for account in stayed}  # who left has no place
    assert 0 < len(lately) < 500
    for account, point in placed.items():
        said = lately.get(account)
        if said is None:
            assert point.satisfaction is None, "nothing said is not zero"
        else:
            assert point.satisfaction == rules.satisfaction(None, None, said.ticket)


def test_every_rated_or_escalated_ticket_can_be_answered(wb: Workbench) -> None:
    wanted = sum(bool(row["satisfaction_score"]) or row["escalation_flag"] == "TRUE" for row in rows())
    assert len(voice_loops.heard(wb.reads, BEGIN, END)) == wanted
