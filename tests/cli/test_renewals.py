"""What ``renewals`` prints, as a table and as JSON."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

DAY = "2026-11-21"


@pytest.fixture
def sample(csw: Run) -> Run:
    """The sample portfolio as of a fixed day, scored."""
    assert csw("init", "--sample", "--as-of", DAY, "--lang", "en").code == 0
    assert csw("score", "--as-of", DAY).code == 0
    return csw


def test_renewals_by_deadline_with_their_forecast(sample: Run) -> None:
    ran = sample("renewals", "--as-of", DAY, "--json")
    assert ran.code == 0
    found = ran.json
    deadlines = [row["deadline"] for row in found["renewals"]]
    assert deadlines == sorted(deadlines)
    assert all(row["days_left"] <= 180 and len(row["steps"]) == 8 for row in found["renewals"])
    one = found["forecast"]
    assert 0 <= one["p10"] <= one["p50"] <= one["p90"] <= one["total"]
    near = [row for row in found["renewals"] if row["days_left"] <= 90]
    assert one["renewals"] == len(near)
    assert one["not_called"] == sum(not row["called"] for row in near)


def test_the_table_says_the_forecast_last(sample: Run) -> None:
    ran = sample("renewals", "--as-of", DAY, "--within", "365")
    assert ran.code == 0
    assert "Not called" in ran.out
    assert ran.out.strip().splitlines()[-1].startswith("Within 90 days: expected ")


def test_an_empty_portfolio_says_so(csw: Run) -> None:
    csw("init")
    ran = csw("renewals", "--within", "30")
    assert (ran.code, ran.out.strip()) == (0, "No renewal has its deadline within 30 days.")


@pytest.mark.parametrize("within", ["0", "-3", "x"])
def test_days_are_a_number_from_one_on(csw: Run, within: str) -> None:
    with pytest.raises(SystemExit):
        csw("renewals", "--within", within)
