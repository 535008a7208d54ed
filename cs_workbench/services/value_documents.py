"""A value ledger handed over: the one-page summary and the workbook, all formats whole or none."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_workbench.services.pack_files import FORMATS

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.reports.blocks import Document
    from cs_workbench.reports.edition import Edition
    from cs_workbench.reports.leaks import Scan
    from cs_workbench.reports.roi.facts import RoiFacts
    from cs_workbench.reports.value_facts import ValueCase
    from cs_workbench.services.pack_results import PackResult
    from cs_workbench.services.workbench import Workbench

__all__ = ["FORMATS", "TEMPLATE", "export", "export_model", "warm"]

TEMPLATE = "roi_summary"


def warm(formats: Sequence[str]) -> None:
    """Import what an export of *formats* takes, while the person still chooses: the first is then like the next."""
    from cs_workbench.reports import worker
    from cs_workbench.services import briefing_facts, pack_files, pack_workbooks, packs, value_exports

    del worker, briefing_facts, pack_workbooks, packs, value_exports
    pack_files.ready(formats)


def export(
    wb: Workbench, account_id: int, *, ledger_id: int | None = None, formats: Sequence[str], edition: str = "customer",
    language: str = "en", as_of: dt.date, out_dir: str, now: dt.datetime,
) -> PackResult:  # fmt: skip
    """An account's ledger (the newest, unless one is named) as documents in *out_dir*, archived like any pack.

    xlsx is the workbook with live formulas, the others are the summary. Raises LeakProblem when something in it must
    not leave the house, FileProblem, NotFound and InvalidValue (a day before the ledger was begun among them); then
    nothing is written.
    """
    from dataclasses import replace

    from cs_workbench.reports.worker import Worker
    from cs_workbench.services import value_begun

    value_begun.check(wb.reads, account_id, as_of, ledger_id)
    with Worker() as worker:
        worker.start()  # it imports while we do
        from cs_workbench.services import pack_results, packs
        from cs_workbench.services.briefing_meeting import Wishes

        order = packs.Order(
            TEMPLATE, edition, language, tuple(formats), as_of, out_dir, wishes=Wishes(ledger_id=ledger_id),
            part=_part(wb, account_id, ledger_id),
        )  # fmt: skip
        press = packs.Press(wb, order, now, None, worker)
        (result,) = list(press.run([account_id]))
    if result.stopped:
        raise pack_results.stopped(result)
    return result if press.archived else replace(result, archived=False)


def _part(wb: Workbench, account_id: int, ledger_id: int | None) -> str:
    """What tells an older ledger's files from the newest one's: its name, and its number where names are the same."""
    from cs_workbench.store.queries import value as queries

    heads = queries.ledgers(wb.reads, account_id)
    chosen = next((head for head in heads if head.id == ledger_id), None)
    if chosen is None or chosen is heads[0]:
        return ""
    same = sum(head.name == chosen.name for head in heads) > 1
    return f"{chosen.name} {chosen.id}" if same else chosen.name


def export_model(
    path: str,
    *,
    formats: Sequence[str],
    edition: str = "customer",
    language: str = "en",
    as_of: dt.date,
    out_dir: str,
) -> tuple[str, ...]:
    """The same of a ledger that stands alone in a file; nobody's portfolio keeps it.

    Raises FileProblem, what computing the ledger raises, and LeakProblem for an internal word in a customer's copy.
    """
    from cs_workbench.reports import edition as editions
    from cs_workbench.services import pack_files, value_exports, value_files

    chosen = editions.checked(edition)
    wanted = pack_files.checked_formats(formats)
    ledger = value_files.read_file(path)
    name = os.path.splitext(os.path.basename(path))[0]
    facts, case = value_exports.model_facts(ledger, name, as_of=as_of, language=language, edition=chosen)
    return _written(facts, _rendered(name, case, language, chosen), chosen, wanted, out_dir)


def _rendered(name: str, case: ValueCase, language: str, edition: Edition) -> Document:
    """The summary of a ledger nobody's account stands behind."""
    from cs_workbench.reports import edition as editions
    from cs_workbench.reports import loader
    from cs_workbench.reports.action_plan_facts import Plan
    from cs_workbench.reports.facts import Briefing, Customer, Sender, Terms
    from cs_workbench.reports.internal_facts import Internal
    from cs_workbench.reports.worker import Job, Worker

    briefing = Briefing(case.as_of, Customer(0, name), Sender(), (), (), Terms(), Plan(), value=case)
    context = editions.context(editions.Gathered(briefing, Internal()), edition)
    with Worker() as worker:
        return worker.render(Job(loader.load(TEMPLATE), language, edition, context))


def _written(
    facts: RoiFacts, document: Document, edition: Edition, formats: tuple[str, ...], out_dir: str
) -> tuple[str, ...]:
    """The files, all or none. Raises LeakProblem, FileProblem."""
    from cs_workbench.reports import loader
    from cs_workbench.reports.blocks import Look
    from cs_workbench.services import pack_files, pack_results, pack_workbooks

    scan = _words_scan(facts.account) if edition == "customer" else None
    title = loader.load(TEMPLATE).manifest.titles[facts.language]
    mark = document.internal_mark.split(" · ")[0]
    folder = pack_files.out_folder(out_dir)
    stem = _free_stem(folder, title, facts, mark, formats)
    leaks = tuple(scan.document(document)) if scan else ()
    files: tuple[str, ...] = ()
    if not leaks:
        own = {"xlsx": pack_workbooks.ledger_writer(facts)}
        files, leaks = pack_files.write_all(
            document, Look(), folder, stem, formats=formats, scan=scan, own=own
        )
    if leaks:
        raise pack_results.stopped(pack_results.PackResult(0, facts.account, (), leaks, document))
    return files


def _free_stem(folder: str, title: str, facts: RoiFacts, mark: str, formats: Sequence[str]) -> str:
    """A name nothing in *folder* has yet: another file of the same name and day may hold quite another ledger."""
    from cs_workbench.services import pack_files

    for number in itertools.count(1):
        told = str(number) if number > 1 else ""
        stem = pack_files.file_stem(title, facts.account, told, facts.as_of.isoformat(), mark)
        if not any(os.path.lexists(os.path.join(folder, f"{stem}.{name}")) for name in formats):
            return stem
    raise AssertionError("numbers do not end")  # pragma: no cover


def _words_scan(name: str) -> Scan:
    from cs_workbench.reports.leaks import INTERNAL_WORDS, Scan, Secret

    return Scan([Secret("internal_word", word) for word in INTERNAL_WORDS], {name}, ())
