"""The users of real schools on the stakeholder map: everybody on one map, nobody taken for their numbered neighbour."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from cs_workbench.services import stakeholders
from tests.builders_import import SHARED, portfolio, take_in

FOLDER = SHARED / "gtm_renewals"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
PATHS = [
    str(FOLDER / name)
    for name in ("engagement_events.csv", "renewals.csv", "users.csv", "school_adoption.csv")
]


def test_users_and_schools(tmp_path: Path) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    with portfolio(tmp_path) as wb:
        take_in(wb, *PATHS)
        accounts = [row[0] for row in wb.reads.all("select id from account order by id")]
        maps = [stakeholders.stakeholder_map(wb.reads, one, dt.date(2024, 9, 1)) for one in accounts]
    assert sum(len(shown.people) for shown in maps) == expected["rows"]["users"]
    assert [shown.doubles for shown in maps if shown.doubles] == [], "Teacher 1 is not Teacher 11"
    assert [shown.elsewhere for shown in maps if shown.elsewhere] == []
    assert all("role_missing" in {one.gap for one in shown.findings} for shown in maps if shown.people)
    assert all(len(shown.loose) == len(shown.here) for shown in maps), "no school says who reports to whom"


def test_schools_hold_their_own_users_seats_and_outcome(tmp_path: Path) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    with portfolio(tmp_path) as wb:
        take_in(wb, *PATHS)
        schools = dict(
            wb.reads.all(
                "select s.external_id, s.account_id from account_source s where s.external_id in"
                " (select value from json_each(?))",
                [json.dumps(sorted(expected["license_utilisation"]))],
            )
        )
        assert len(schools) == expected["rows"]["schools"]
        with (FOLDER / "users.csv").open(encoding="utf-8") as file:
            per_school = Counter(row["school_id"] for row in csv.DictReader(file))
        shown = {
            school: stakeholders.stakeholder_map(wb.reads, account, dt.date(2024, 9, 1))
            for school, account in schools.items()
        }
    assert {school: len(one.people) for school, one in shown.items()} == {
        school: per_school[school] for school in schools
    }
    assert sum(per_school.values()) == expected["rows"]["users"]
