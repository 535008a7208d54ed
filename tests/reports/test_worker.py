"""The rendering process: limits, restarts, batches."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest

from cs_workbench.errors import Cancelled, TemplateProblem
from cs_workbench.reports import edition as editions
from cs_workbench.reports.loader import Template
from cs_workbench.reports.manifest import Manifest
from cs_workbench.reports.worker import Job, Worker

from .examples import contracts_and_use, rich


def job(text: str, **files: str) -> Job:
    """A job for a one-file template."""
    table = {"main.md.j2": text, **{f"{name}.md.j2": body for name, body in files.items()}}
    manifest = Manifest(
        "trial", "briefing", ("customer",), {"en": "main.md.j2"}, tuple(table), {"en": "T"}, {"en": {}}
    )
    return Job(Template(manifest, table, True), "en", "customer", editions.context(rich(), "customer"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One warm process for the module."""
    with Worker() as made:
        yield made


def test_a_document_comes_back_and_the_process_stays(worker: Worker) -> None:
    document = worker.render(job("# Hello {{ facts.customer.name }}"))
    assert document.blocks[0].src.line == 1
    before = worker.process_id
    worker.render(job("# Again"))
    assert worker.process_id == before


def test_a_batch_comes_back_in_order(worker: Worker) -> None:
    texts = [f"# {number}" for number in range(7)]
    documents = list(worker.render_many(job(text) for text in texts))
    assert [document.blocks[0].runs[0].text for document in documents] == [str(n) for n in range(7)]  # type: ignore[union-attr]


def test_a_failing_job_is_told_with_file_and_line_and_the_next_one_works(worker: Worker) -> None:
    with pytest.raises(TemplateProblem) as problem:
        list(worker.render_many([job("# 1"), job("a\n{{ nope }}"), job("# 3")]))
    assert (problem.value.where["file"], problem.value.where["line"]) == ("main.md.j2", 2)
    assert "main.md.j2:2" in problem.value.message
    assert worker.render(job("# still here")).blocks


def test_a_killed_process_is_replaced(worker: Worker) -> None:
    import os
    import signal

    worker.render(job("# 1"))
    assert worker.process_id is not None
    before = worker.process_id
    os.kill(before, signal.SIGKILL)
    with contextlib.suppress(TemplateProblem):  # told, unless the death was seen before anything was sent
        worker.render(job("# 2"))
    assert worker.render(job("# 3")).blocks
    assert worker.process_id != before


def test_a_template_without_end_is_ended_by_the_wall_clock() -> None:
    nested = "{% for a in f %}" * 9 + "{% endfor %}" * 9
    text = "{% set f = facts.use.line.months %}" + nested
    with Worker(wall_seconds=1.0) as short:
        with pytest.raises(TemplateProblem, match="longer than 1"):
            short.render(job(text))
        assert short.render(job("# back")).blocks


def test_a_template_without_end_is_ended_when_its_owner_stops_it() -> None:
    """From another thread, while this one waits for the answer; no template is to blame."""
    nested = "{% for a in f %}" * 12 + "{% endfor %}" * 12
    with Worker(wall_seconds=60.0) as stopped:
        stopped.render(job("# warm"))
        stopper = threading.Timer(0.1, stopped.stop)
        stopper.start()
        with pytest.raises(Cancelled):
            stopped.render(job("{% set f = facts.use.line.months %}" + nested))
        stopper.join()
        assert stopped.process_id is None
        with pytest.raises(Cancelled):
            stopped.render(job("# none is started any more"))
        assert stopped.process_id is None


def test_markdown_for_people_spells_figures_out(worker: Worker) -> None:
    assert "[58]{num metric/1}" in worker.markdown(job("{{ 58|num(ref='metric/1') }}"))


def test_other_facts_give_another_document(worker: Worker) -> None:
    one = job("# {{ facts.customer.name }}")
    other = Job(one.template, "en", "customer", editions.context(contracts_and_use(), "customer"))
    first, second = worker.render_many([one, other])
    assert first != second


def _leaves(_pipe: object) -> None:
    """A process that ends before it says that it is there."""


def test_a_process_that_never_starts_is_not_blamed_on_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker() as broken:
        with monkeypatch.context() as other:
            other.setattr("cs_workbench.reports.worker.worker_process.serve", _leaves)
            with pytest.raises(TemplateProblem) as problem:
                broken.render(job("# 1"))
        assert "could not start" in problem.value.message
        assert "not at fault" in problem.value.remedy
        assert broken.process_id is None
        assert broken.render(job("# 2")).blocks  # the next try starts another
