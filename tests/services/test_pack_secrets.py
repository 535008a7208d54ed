"""What the leak scan of one account looks for: every internal text of its records, each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.reports.leaks import Scan
from cs_workbench.services import briefing_facts, portfolios
from cs_workbench.services.pack_secrets import Guard
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import briefing as queries
from tests.services.test_packs import AS_OF, CANARY, NOW, fill

KEPT_IN = {
    1: "account", 2: "contract", 3: "contract_event", 4: "person", 5: "interaction", 6: "interaction",
    7: "task", 8: "task", 9: "survey", 11: "opportunity", 12: "opportunity",
}  # fmt: skip
"""Which table holds the canary of a number (10 is a ticket's text: the customer wrote it)."""


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scan]:
    folder: Path = tmp_path_factory.mktemp("secrets")
    with portfolios.create(str(folder / "p.csw"), now=NOW, language="ja") as wb:
        fill(wb)
        yield guarded(wb)


def guarded(wb: Workbench) -> Scan:
    """The scan of the account that holds the canaries."""
    shared = queries.portfolio(wb.reads, AS_OF)
    return Guard(shared, "").scan(briefing_facts.read(wb.reads, 1, AS_OF, shared))


@pytest.mark.parametrize("number", KEPT_IN)
def test_every_internal_text_is_sought(scan: Scan, number: int) -> None:
    found = scan.text(f"本日の議題。{CANARY}{number}。以上", "page")
    assert {leak.ref.split("/")[0] for leak in found} == {KEPT_IN[number]}


def test_the_name_of_another_customer_is_sought_and_the_own_is_not(scan: Scan) -> None:
    assert [leak.kind for leak in scan.text("株式会社ミドリ食品の例", "page")] == ["other_customer"]
    assert scan.text("アオバ精密工業株式会社 御中", "page") == []
