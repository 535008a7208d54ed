"""Evidence: scorecards and dated snapshots, import batches, saved mappings, printed packs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, Base, Key


class Scorecard(Base):
    """A version of a scorecard; never changed once a snapshot names it. ``definition`` is JSON."""

    __tablename__ = "scorecard"
    __table_args__ = (UniqueConstraint("key", "version"), NEVER_REUSED)
    id: Mapped[Key]
    key: Mapped[str]
    version: Mapped[int]
    definition: Mapped[str]
    created_at: Mapped[dt.datetime]


# It holds all the account list shows, so that the list never touches the pages with the details.
_LATEST = Index("ix_snapshot_account_id_as_of", "account_id", "as_of", "id", "score", "band", "coverage")


class Snapshot(Base):
    """A health score as it was computed: immutable, with every input.

    No foreign key to ``account`` on purpose: evidence is not an edit. It is outside undo; when an import is
    undone its account's snapshots are merely out of sight, and in sight again after redo (ids are never reused).
    """

    __tablename__ = "snapshot"
    __table_args__ = (_LATEST, NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[int]
    as_of: Mapped[dt.date]
    scorecard_id: Mapped[int]
    score: Mapped[float | None]
    band: Mapped[str]  # green, yellow, red, none
    coverage: Mapped[float]  # 0–1
    low: Mapped[float | None]
    high: Mapped[float | None]
    detail: Mapped[str]  # JSON of the whole domain Score
    computed_at: Mapped[dt.datetime]


class ImportBatch(Base):
    """One imported file with what became of its rows."""

    __tablename__ = "import_batch"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    at: Mapped[dt.datetime]
    file_name: Mapped[str]
    sha256: Mapped[str]
    source: Mapped[str]
    kind: Mapped[str]
    mapping: Mapped[str]  # JSON
    rows: Mapped[int]
    created: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    rejected: Mapped[int]
    warnings: Mapped[str] = mapped_column(default="[]", server_default="[]")  # JSON of {code, count, message}


class SavedMapping(Base):
    """How a source's columns were mapped last time, found again by the header."""

    __tablename__ = "saved_mapping"
    __table_args__ = (UniqueConstraint("source", "kind", "header_key"), NEVER_REUSED)
    id: Mapped[Key]
    source: Mapped[str]
    kind: Mapped[str]
    header_key: Mapped[str]
    mapping: Mapped[str]  # JSON
    used_at: Mapped[dt.datetime]


class PackRecord(Base):
    """A document that was made, with the facts it was made from, so that it can be printed again."""

    __tablename__ = "pack_record"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    template: Mapped[str]
    edition: Mapped[str]
    language: Mapped[str]
    as_of: Mapped[dt.date]
    files: Mapped[str]  # JSON list of file names
    facts: Mapped[str]  # JSON
