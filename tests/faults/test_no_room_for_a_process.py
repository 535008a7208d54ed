"""The system has no room for another process: told as what it is, and the next try works again."""

from __future__ import annotations

from multiprocessing.context import SpawnProcess

import pytest

from cs_workbench.errors import TemplateProblem
from cs_workbench.reports.worker import Worker
from tests.reports.test_worker import job


def _full(_self: SpawnProcess) -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def test_it_is_told_and_the_next_try_works(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker() as worker:
        with monkeypatch.context() as other:
            other.setattr(SpawnProcess, "start", _full)
            worker.start()  # ahead of the work, when nobody is waiting yet
            for _n in range(2):
                with pytest.raises(TemplateProblem) as problem:
                    worker.render(job("# 1"))
                assert "could not start" in problem.value.message
                assert "not at fault" in problem.value.remedy
            assert worker.process_id is None
        assert worker.render(job("# 2")).blocks
