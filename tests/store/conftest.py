"""An open portfolio for each test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where the test's portfolio lies."""
    return str(tmp_path / "portfolio.csw")


@pytest.fixture
def wb(path: str) -> Iterator[Workbench]:
    """An empty open portfolio."""
    with Workbench.open(path, create=True) as workbench:
        yield workbench
