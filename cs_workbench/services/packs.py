"""Documents for customers and for ourselves: facts → edition → template → leak scan → files → archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cs_workbench.errors import Cancelled, FileProblem, InvalidValue, UserError
from cs_workbench.i18n import _
from cs_workbench.reports import codec, loader
from cs_workbench.reports import edition as editions
from cs_workbench.reports.leaks import Scan
from cs_workbench.reports.worker import Job, Worker
from cs_workbench.services import briefing_facts, briefing_internal, company, pack_files, pack_workbooks
from cs_workbench.services.briefing_meeting import Wishes
from cs_workbench.services.pack_names import PackNames
from cs_workbench.services.pack_readiness import readiness
from cs_workbench.services.pack_results import Draft, PackResult, stopped, unwritten
from cs_workbench.services.pack_secrets import Guard
from cs_workbench.store.packs import PackEntry, keep_packs
from cs_workbench.store.queries import briefing as queries

if TYPE_CHECKING:
    from cs_workbench.domain.health import Score
    from cs_workbench.reports.blocks import Document, Look
    from cs_workbench.services.workbench import Workbench

    Progress = Callable[[int, int, str], bool | None]


# A document is a reading: it stands even where its portfolio cannot be written at the moment.
_NO_PLACE = frozenset({"locked", "linked", "no_permission", "write_protected", "disk_full"})


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are wanted."""

    template: str
    edition: str
    language: str
    formats: tuple[str, ...]
    as_of: dt.date
    out_dir: str
    allow: tuple[str, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    part: str = ""  # what tells its files from others of the same account and day


@dataclass(slots=True)
class _Case:
    rows: briefing_facts.Rows
    facts: editions.Gathered
    job: Job


@dataclass(slots=True)
class Press:
    """Makes documents one after another; keeps the rendering process and all that accounts share.

    A window keeps one open for its previews; ``make_pack`` and ``make_packs`` open their own.
    """

    wb: Workbench
    order: Order
    now: dt.datetime
    look: Look | None = None
    worker: Worker = field(default_factory=Worker)
    archived_facts: Mapping[int, editions.Gathered] = field(
        default_factory=dict
    )  # account id → facts to print again

    def __post_init__(self) -> None:
        self.worker.start()
        self._edition = editions.checked(self.order.edition)
        self._formats = pack_files.checked_formats(self.order.formats)
        self._template = loader.load(self.order.template)
        self._check()
        self._folder = ""
        self._shared = queries.portfolio(self.wb.reads, self.order.as_of)
        self._guard = Guard(self._shared, self._template_words(), self.order.allow)
        if self.look is None:
            self.look = company.look(self._shared.settings)
        self._entries = []
        self._scores = {}
        self.failed = []
        self.archived = True
        self._many = False
        self._names = None

    _edition: editions.Edition = field(init=False)
    _formats: tuple[str, ...] = field(init=False)
    _template: loader.Template = field(init=False)
    _folder: str = field(init=False)
    _shared: queries.Portfolio = field(init=False)
    _guard: Guard = field(init=False)
    _entries: list[PackEntry] = field(init=False)
    _scores: dict[int, Score] = field(init=False)
    _many: bool = field(init=False)
    _names: PackNames | None = field(init=False)
    failed: list[tuple[str, FileProblem]] = field(init=False)  # accounts whose document could not be written
    archived: bool = field(init=False)  # False once the portfolio could not keep what was made

    def run(self, account_ids: Sequence[int], progress: Progress | None = None) -> Iterator[PackResult]:
        """The documents of the accounts in order; the archive entry is kept when the last one is done.

        A document that the leak scan stops has ``stopped`` and no files; the others go on. Raises TemplateProblem,
        FileProblem, NotFound and, when *progress* returns False, Cancelled; files already whole stay.
        """
        cases: list[_Case] = []
        self._folder = pack_files.out_folder(self.order.out_dir)
        self._many = len(account_ids) > 1

        def jobs() -> Iterator[Job]:
            for account_id in account_ids:
                cases.append(self._case(account_id))
                yield cases[-1].job
            pack_files.ready(self._formats)  # while the process renders what it was just sent

        try:
            for done, document in enumerate(self.worker.render_many(jobs())):
                case = cases[done]
                result = self._attempt(case, document)
                if result is not None:
                    yield result
                if (
                    progress is not None
                    and progress(done + 1, len(account_ids), case.rows.account.name) is False
                ):
                    raise Cancelled(_("Stopped; the documents finished so far are whole."))
        finally:
            self._keep()

    def draft(self, account_id: int) -> Draft:
        """One account's document without writing anything: for a preview. Raises TemplateProblem, NotFound."""
        case = self._case(account_id)
        document = self.worker.render(case.job)
        account = case.rows.account
        scan = self._guard.scan(case.rows) if self._edition == "customer" else None
        return Draft(
            account.id,
            account.name,
            document,
            tuple(scan.document(document)) if scan else (),
            self._guard.held_back(case.rows) if scan else 0,
            self._stem(account.id, account.name, document),
            readiness(case.facts.briefing, self._template.manifest.workbook),
        )

    def _case(self, account_id: int) -> _Case:
        rows = briefing_facts.read(
            self.wb.reads, account_id, self.order.as_of, self._shared, ledger_id=self.order.wishes.ledger_id
        )
        facts = self.archived_facts.get(account_id) or briefing_facts.gather(
            rows,
            self.order.as_of,
            self._shared,
            self.order.language,
            score=self._score(account_id),
            wishes=self.order.wishes,
            relations=briefing_internal.relations(
                self.wb.reads, account_id, self.order.as_of, self.order.language
            )
            if self._edition == "internal"
            else None,
        )
        context = editions.context(facts, self._edition)
        return _Case(rows, facts, Job(self._template, self.order.language, self._edition, context))

    def _score(self, account_id: int) -> Score | None:
        """The account's score for the internal edition: the day's snapshot, else computed, for many at once."""
        if self._edition != "internal":
            return None
        from cs_workbench.services import health

        stored = health.latest(self.wb.reads, account_id, self.order.as_of)
        if stored is not None and stored.as_of == self.order.as_of:
            return stored
        if account_id not in self._scores:
            computed = health.compute(self.wb.reads, self.order.as_of, None if self._many else account_id)
            self._scores.update((one.account_id, one) for one in computed)
        return self._scores.get(account_id)

    def _attempt(self, case: _Case, document: Document) -> PackResult | None:
        """The finished document; of many, one that cannot be written is noted and the others go on."""
        try:
            return self._finished(case, document)
        except FileProblem as problem:
            if not self._many:
                raise
            self.failed.append((case.rows.account.name, problem))
            return None

    def _finished(self, case: _Case, document: Document) -> PackResult:
        assert self.look is not None
        scan: Scan | None = self._guard.scan(case.rows) if self._edition == "customer" else None
        account = case.rows.account
        leaks = tuple(scan.document(document)) if scan else ()
        files: tuple[str, ...] = ()
        if not leaks:
            stem = self._stem(account.id, account.name, document)
            files, leaks = pack_files.write_all(
                document, self.look, self._folder, stem, formats=self._formats, scan=scan, own=self._own(case)
            )
        if files:
            self._entries.append(self._entry(case, files))
        return PackResult(account.id, account.name, files, leaks, document)

    def _own(self, case: _Case) -> dict[str, pack_files.Write]:
        if case.rows.account.id in self.archived_facts:  # printed again: it keeps its figures of then
            return {}
        sender, manifest = case.facts.briefing.sender.company, self._template.manifest
        return pack_workbooks.own_writers(
            manifest, case.rows, sender, language=self.order.language, edition=self._edition
        )

    def _stem(self, account_id: int, name: str, document: Document) -> str:
        mark = document.internal_mark.split(" · ")[0] if self._edition == "internal" else ""
        if self._names is None:
            title = " ".join(
                filter(None, (self._template.manifest.titles[self.order.language], self.order.part))
            )
            self._names = PackNames(title, self.order.as_of.isoformat(), mark, self._shared.names)
        return self._names.stem(account_id, name)

    def _entry(self, case: _Case, files: tuple[str, ...]) -> PackEntry:
        facts = codec.dumps({"briefing": case.facts.briefing, "internal": case.facts.internal})
        order = self.order
        return PackEntry(
            case.rows.account.id,
            self.now,
            order.template,
            self._edition,
            order.language,
            order.as_of,
            tuple(files),
            facts,
        )

    def _keep(self) -> None:
        entries, self._entries = self._entries, []
        if entries and not self.wb.database.read_only:
            try:
                with self.wb.evidence(_("Keep documents made")) as db:
                    keep_packs(db, entries)
            except UserError as problem:
                if problem.code not in _NO_PLACE:
                    raise
                self.archived = False
        elif entries:
            self.archived = False

    def _check(self) -> None:
        manifest = self._template.manifest
        if self.order.language not in manifest.entry or self._edition not in manifest.editions:
            raise InvalidValue(
                _("The template “{name}” has no {edition} edition in “{language}”.").format(
                    name=manifest.name, edition=self._edition, language=self.order.language
                ),
                _("Choose one it has."),
                code="template_choice",
            )

    def _template_words(self) -> str:
        labels = self._template.manifest.labels.get(self.order.language, {})
        return "\n".join((*self._template.files.values(), *labels.values()))


def templates() -> list[str]:
    """Names of the documents that can be made: built-in templates and the user's own."""
    return loader.names()


def make_pack(
    wb: Workbench, account_id: int, *, template: str = "renewal_briefing", edition: str = "customer",
    language: str = "ja", formats: Sequence[str] = ("pdf",), as_of: dt.date, out_dir: str, now: dt.datetime,
    look: Look | None = None, progress: Progress | None = None, allow: Sequence[str] = (),
) -> PackResult:  # fmt: skip
    """One document in one or more *formats* (pdf, docx, pptx, xlsx, html, md) into *out_dir*, archived with its facts.

    *allow* are words the leak scan is to let through. Raises LeakProblem when the scan stops it, TemplateProblem,
    FileProblem, NotFound and InvalidValue; then nothing is written.
    """
    (result,) = make_packs(
        wb, [account_id], template=template, edition=edition, language=language, formats=formats, as_of=as_of,
        out_dir=out_dir, now=now, look=look, progress=progress, allow=allow,
    )  # fmt: skip
    if result.stopped:
        raise stopped(result)
    return result


def make_packs(
    wb: Workbench, account_ids: Sequence[int], *, template: str = "renewal_briefing", edition: str = "customer",
    language: str = "ja", formats: Sequence[str] = ("pdf",), as_of: dt.date, out_dir: str, now: dt.datetime,
    look: Look | None = None, progress: Progress | None = None, allow: Sequence[str] = (),
) -> list[PackResult]:  # fmt: skip
    """The same for many accounts with one rendering process. A document that the scan stops does not stop the
    others: its result has ``stopped`` and no files (``stopped()`` words it). One that cannot be written does not
    either: the FileProblem is raised when the others are done, and names their files. A document made while the
    portfolio could not be written is not ``archived``.
    """
    order = Order(template, edition, language, tuple(formats), as_of, out_dir, tuple(allow))
    with Worker() as worker:
        press = Press(wb, order, now, look, worker)
        results = list(press.run(account_ids, progress))
    if press.failed:
        raise unwritten(press.failed, results)
    return results if press.archived else [replace(result, archived=False) for result in results]
