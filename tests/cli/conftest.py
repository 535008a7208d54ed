"""Running the command line in this process: arguments in, exit code and what was printed out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.cli import quick, start


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The printed JSON value."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def csw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``cs-workbench`` on a portfolio of this test's own."""
    portfolio = str(tmp_path / "portfolio.csw")

    def run(*arguments: str) -> Ran:
        words = ["--portfolio", portfolio, *arguments]
        capsys.readouterr()
        answered = quick.run(words)
        code = start.run(words) if answered is None else answered
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def accounts_file(tmp_path: Path) -> Path:
    """Three customers as a Japanese spreadsheet writes them."""
    path = tmp_path / "顧客一覧.csv"
    path.write_text(
        "顧客ID,会社名,業種,契約金額（年額）,契約終了日,通知期限（か月前）\n"
        'C-1,株式会社あさひ製作所,製造,"￥1,200,000",2027年3月31日,3\n'
        "C-2,㈱みずほの森,小売,120万円,令和9年6月30日,1\n"
        "C-3,Northwind Traders Ltd,Trade,900000,2027/1/31,2\n",
        encoding="cp932",
    )
    return path
