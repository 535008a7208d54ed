"""What the product and the customer tell us: metrics, readings, tickets, surveys."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class Metric(Base):
    """What a reading measures. ``family`` groups one measure over features ("usage_count" over "feature_20").

    ``role`` ties a metric to the scorecard: seats_used, active_users, usage, feature, mail_opens, checklist,
    embedded … (list_item(list='metric_role')); empty means it is only shown.
    """

    __tablename__ = "metric"
    __table_args__ = (UniqueConstraint("key"), NEVER_REUSED)
    id: Mapped[Key]
    key: Mapped[str]
    name: Mapped[str]
    family: Mapped[str]
    feature: Mapped[str | None]
    role: Mapped[str | None] = mapped_column(index=True)
    unit: Mapped[str] = mapped_column(default="", server_default="")
    aggregation: Mapped[str] = mapped_column(default="sum", server_default="sum")  # sum, last, mean, max
    higher_is_better: Mapped[bool] = mapped_column(default=True, server_default="1")
    description: Mapped[str] = mapped_column(default="", server_default="")


class Reading(Base):
    """One value of one metric for one account on one day (days since 1970-01-01). WITHOUT ROWID, written in bulk.

    ``batch_id`` 0 means entered by hand.
    """

    __tablename__ = "reading"
    __table_args__ = {"sqlite_with_rowid": False}
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    metric_id: Mapped[int] = mapped_column(
        ForeignKey("metric.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[float]
    batch_id: Mapped[int] = mapped_column(default=0, server_default="0")


class ReadingBefore(Base):
    """What a batch replaced, kept so that the batch can be undone."""

    __tablename__ = "reading_before"
    __table_args__ = {"sqlite_with_rowid": False}
    by_batch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    metric_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[float]
    batch_id: Mapped[int]


class ReadingUndone(Base):
    """The readings of an undone batch, kept so that it can be redone."""

    __tablename__ = "reading_undone"
    __table_args__ = {"sqlite_with_rowid": False}
    by_batch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    metric_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[float]


class Ticket(Base):
    """A support enquiry. Severity is judged by ``priority`` (list_item(list='ticket_priority'))."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_ticket_account_id_opened_at", "account_id", "opened_at"),
        NEVER_REUSED,
    )
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    person_id: Mapped[PersonLink]
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    subject: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str] = mapped_column(default="", server_default="")
    folded: Mapped[str] = mapped_column(default="", server_default="")
    status: Mapped[str] = mapped_column(default="open", server_default="open")  # open, hold, done, no_action
    priority: Mapped[str | None]  # low, normal, high, urgent
    kind: Mapped[str | None]
    channel: Mapped[str | None]
    assignee: Mapped[str | None]
    opened_at: Mapped[dt.datetime]
    solved_at: Mapped[dt.datetime | None]
    first_reply_min: Mapped[float | None]
    resolution_min: Mapped[float | None]
    satisfaction: Mapped[float | None]  # 1–5; good/bad become 5/1
    escalated: Mapped[bool] = mapped_column(default=False, server_default="0")
    reopens: Mapped[int | None]


class Survey(Base):
    """One answer: nps (0–10), csat (1–5), ces (1–7) or success (1–5)."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("source", "external_id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    person_id: Mapped[PersonLink]
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    kind: Mapped[str]
    score: Mapped[float | None]
    comment: Mapped[str] = mapped_column(default="", server_default="")
    answered_on: Mapped[dt.date]
    campaign: Mapped[str | None]
    shareable: Mapped[bool] = mapped_column(default=False, server_default="0")
