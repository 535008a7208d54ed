"""What the CSM says and does about health and renewals: calls with reasons, and the eight steps of a renewal."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key


class HealthCall(Base):
    """The CSM's own word on an account's health, beside the computed one. Never changed, only ended or replaced.

    It counts from ``made_on`` to ``until_on`` inclusive, or until the day before ``ended_on``.
    """

    __tablename__ = "health_call"
    __table_args__ = (Index("ix_health_call_account_id_id", "account_id", "id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    band: Mapped[str]  # green, yellow, red
    reason: Mapped[str]
    made_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]  # ended by hand or replaced by the next call
    computed_band: Mapped[str | None]  # what the scorecard said when the call was made
    computed_score: Mapped[float | None]
    created_at: Mapped[dt.datetime]


class RenewalCall(Base):
    """The CSM's forecast of one renewal, an account's term that ends on ``term_end``. The newest one counts."""

    __tablename__ = "renewal_call"
    __table_args__ = (
        Index("ix_renewal_call_account_id_term_end", "account_id", "term_end", "id"),
        NEVER_REUSED,
    )
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    term_end: Mapped[dt.date]
    category: Mapped[str]  # commit, probable, best_case, at_risk
    likelihood: Mapped[float]  # 0–1
    reason: Mapped[str] = mapped_column(default="", server_default="")
    said_on: Mapped[dt.date]
    created_at: Mapped[dt.datetime]


class RenewalPlan(Base):
    """What is fixed for one renewal: the meeting, and the customer's approval time in working days."""

    __tablename__ = "renewal_plan"
    __table_args__ = (UniqueConstraint("account_id", "term_end"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    term_end: Mapped[dt.date]
    meeting_at: Mapped[dt.datetime | None]
    approval_days: Mapped[int | None]  # None: the portfolio's default


class RenewalAttendee(Base):
    """A person of the customer asked to the renewal meeting."""

    __tablename__ = "renewal_attendee"
    __table_args__ = (UniqueConstraint("plan_id", "person_id"),)
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("renewal_plan.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class RenewalStep(Base):
    """One of the eight steps of one renewal: when it was done, where it was moved to, what was noted."""

    __tablename__ = "renewal_step"
    __table_args__ = (UniqueConstraint("account_id", "term_end", "step"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    term_end: Mapped[dt.date]
    step: Mapped[int]  # 1–8
    done_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]  # moved by hand; None: computed
    note: Mapped[str] = mapped_column(default="", server_default="")
    updated_at: Mapped[dt.datetime]
