"""Success plans: objectives with baseline and target, milestones, actions of both sides, risks, dated versions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class SuccessPlan(Base):
    """What an account wants to reach, in its own words, with a sponsor on each side."""

    __tablename__ = "success_plan"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="", server_default="")
    sponsor_ours: Mapped[str | None]
    sponsor_theirs_id: Mapped[PersonLink]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(
        default="active", server_default="active"
    )  # draft, active, done, dropped
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class Objective(Base):
    """From ``baseline`` to ``target`` by ``due_on``. With a metric its readings follow the metric."""

    __tablename__ = "objective"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("success_plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    measure: Mapped[str] = mapped_column(default="", server_default="")  # what is measured, in words
    metric_id: Mapped[int | None] = mapped_column(ForeignKey("metric.id", ondelete="SET NULL"), index=True)
    unit: Mapped[str] = mapped_column(default="", server_default="")
    direction: Mapped[str] = mapped_column(default="up", server_default="up")  # up, down
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    due_on: Mapped[dt.date | None]
    owner_ours: Mapped[str | None]
    owner_theirs_id: Mapped[PersonLink]
    status: Mapped[str] = mapped_column(
        default="open", server_default="open"
    )  # open, reached, missed, dropped
    verified_by: Mapped[str | None]
    verified_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal


class ObjectiveReading(Base):
    """One value of an objective on one day, entered by hand."""

    __tablename__ = "objective_reading"
    __table_args__ = (UniqueConstraint("objective_id", "on_date"), NEVER_REUSED)
    id: Mapped[Key]
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"), index=True)
    on_date: Mapped[dt.date]
    value: Mapped[float]
    source: Mapped[str] = mapped_column(default="", server_default="")


class PlanItem(Base):
    """A milestone of a plan or objective, or an action under it; ``side`` says who does it."""

    __tablename__ = "plan_item"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("success_plan.id", ondelete="CASCADE"), index=True)
    objective_id: Mapped[int | None] = mapped_column(
        ForeignKey("objective.id", ondelete="CASCADE"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # milestone, action
    position: Mapped[int]
    title: Mapped[str]
    side: Mapped[str] = mapped_column(default="ours", server_default="ours")  # ours, theirs
    owner: Mapped[str | None]
    person_id: Mapped[PersonLink]
    starts_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(default="open", server_default="open")  # open, done, dropped
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal


class PlanRisk(Base):
    """What may keep a plan from its objectives, and what is done about it."""

    __tablename__ = "plan_risk"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("success_plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    likelihood: Mapped[int | None]  # 1–5
    impact: Mapped[int | None]  # 1–5
    response: Mapped[str] = mapped_column(default="", server_default="")
    owner: Mapped[str | None]
    shareable: Mapped[bool] = mapped_column(default=False, server_default="0")
    closed_on: Mapped[dt.date | None]


class PlanVersion(Base):
    """A plan as it was at a review: evidence, never changed. ``body`` is JSON of everything in it."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"), NEVER_REUSED)
    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("success_plan.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    made_on: Mapped[dt.date]
    label: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str]
