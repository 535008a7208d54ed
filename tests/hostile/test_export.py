"""Formula injection on export (H5): no text cell of any table can run, and each comes back exactly."""

from __future__ import annotations

import csv
from pathlib import Path

from cs_workbench.domain.csv_guard import unguard
from cs_workbench.services.export import export
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_interaction

PAYLOADS = (
    "=1+1", "=cmd|'/C calc'!A0", "+SUM(A1:A9)", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "|calc", "%0A=1", "＝1+1",
    "＋1", "－1", "＠A1", "  =1", "'=1", '"=1', '=HYPERLINK("http://x.example","y")', "=WEBSERVICE(A1)", "　=1",
    "'", "''=1", "-", "a\x00b", '","=1+1', "x\r\n=1+1",
)  # fmt: skip
_STARTERS = "=+-@|%＝＋－＠"


def test_no_cell_of_an_export_runs(tmp_path: Path) -> None:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as wb:
        with wb.change("fill") as db:
            for payload in PAYLOADS:
                account = add_account(db, payload, note=payload, owner=payload)
                add_interaction(db, account, payload)
        export(wb.reads, str(tmp_path / "out"))
    with open(tmp_path / "out" / "account.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [unguard(row["note"]) for row in rows] == list(PAYLOADS)
    for name in ("account", "interaction"):
        with open(tmp_path / "out" / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            for cells in csv.reader(file):
                for cell in cells:
                    assert not cell.lstrip(' \t\r\n\u3000"').startswith(tuple(_STARTERS)), cell


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme", annual_revenue=-12_500_000, employees=-3)
        export(wb.reads, str(tmp_path / "out"))
    with open(tmp_path / "out" / "account.csv", encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["annual_revenue"], row["employees"]) == ("-1250", "-3")
