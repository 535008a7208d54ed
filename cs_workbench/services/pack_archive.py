"""The archive of documents made: the list with what became of the files, and the facts to print one again."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.errors import NotFound, UserError
from cs_workbench.i18n import _
from cs_workbench.reports import codec
from cs_workbench.reports.edition import Gathered
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.services.documents_folder import chosen_folder, still_there
from cs_workbench.services.pack_files import FORMATS
from cs_workbench.services.packs import Order
from cs_workbench.services.setting_values import DOCUMENTS_FOLDER
from cs_workbench.store.queries import documents as queries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.queries.documents import ArchivedPack
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """A document made. ``paths`` are its files that are still there, ``names`` all of them, ``formats`` their kinds."""

    id: int
    account_id: int
    account: str
    at: dt.datetime
    template: str
    edition: str
    language: str
    as_of: dt.date
    names: tuple[str, ...]
    paths: tuple[str, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An archived document ready to be made again: the order of its day and its facts."""

    account_id: int
    order: Order
    facts: Gathered


def lines(reads: Reads) -> list[ArchiveLine]:
    """Every document made, the newest first, and which of its files are where they were put."""
    folder = chosen_folder(reads)
    return [_line(pack, folder) for pack in queries.archived_packs(reads)]


def kept(reads: Reads, record_id: int, out_dir: str = "") -> Kept:
    """The order and the facts of an archived document; its files go to *out_dir*, else where they were.

    Raises NotFound for an unknown id, UserError where its facts are of another version and cannot be read.
    """
    found = queries.archived_pack(reads, record_id)
    if found is None:
        raise NotFound(
            _("The archive has no document {id}.").format(id=record_id), _("Make a new one."), candidates=[]
        )
    pack, text = found
    try:
        facts = codec.loads(text)
        briefing, internal = facts["briefing"], facts["internal"]
    except (ValueError, KeyError, TypeError) as problem:
        raise _unreadable(pack) from problem
    if not isinstance(briefing, Briefing) or not isinstance(internal, Internal):
        raise _unreadable(pack)
    formats = _formats(pack.files)
    folder = out_dir or _folder_of(pack.files) or documents_folder(reads)
    order = Order(pack.template, pack.edition, pack.language, formats or ("pdf",), pack.as_of, folder)
    return Kept(pack.account_id, order, Gathered(briefing, internal))


def default_folder() -> str:
    """Where documents go until a folder is chosen: a folder of ours among the person's own documents."""
    import platformdirs

    return os.path.join(platformdirs.user_documents_dir(), "CS Workbench")


def documents_folder(reads: Reads) -> str:
    """The folder documents go to: the portfolio's setting, else the usual one."""
    return chosen_folder(reads) or default_folder()


def keep_folder(wb: Workbench, folder: str) -> None:
    """Send documents to *folder* from now on; kept beside undo, as it is no edit of anybody's record."""
    from cs_workbench.services.portfolio_settings import set_settings

    if not wb.database.read_only and documents_folder(wb.reads) != folder:
        set_settings(wb, {DOCUMENTS_FOLDER: folder})


def _unreadable(pack: ArchivedPack) -> UserError:
    return UserError(
        _("The figures of this document were kept by another version and cannot be read."),
        _("Nothing was changed. Make it again with today's figures."),
        code="archive",
        id=pack.id,
    )


def _line(pack: ArchivedPack, folder: str) -> ArchiveLine:
    names = tuple(os.path.basename(file) for file in pack.files)
    return ArchiveLine(
        pack.id, pack.account_id, pack.account, pack.at, pack.template, pack.edition, pack.language, pack.as_of,
        names, still_there(pack.files, folder), _formats(pack.files),
    )  # fmt: skip


def _formats(files: tuple[str, ...]) -> tuple[str, ...]:
    endings = [os.path.splitext(file)[1].lstrip(".").lower() for file in files]
    return tuple(dict.fromkeys(ending for ending in endings if ending in FORMATS))


def _folder_of(files: tuple[str, ...]) -> str:
    return next((os.path.dirname(file) for file in files if os.path.isabs(file)), "")
