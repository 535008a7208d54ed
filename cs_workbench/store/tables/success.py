"""What success means to whom: personas, their maps of steps, where each account stands, its onboarding and training."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class Persona(Base):
    """A kind of customer that shares one definition of success."""

    __tablename__ = "persona"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    name: Mapped[str]
    definition: Mapped[str] = mapped_column(default="", server_default="")
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    archived_at: Mapped[dt.datetime | None]


class SuccessMap(Base):
    """A version of a persona's usual way to success; the one not retired is in use, old ones stay readable."""

    __tablename__ = "success_map"
    __table_args__ = (UniqueConstraint("persona_id", "version"), NEVER_REUSED)
    id: Mapped[Key]
    persona_id: Mapped[int] = mapped_column(ForeignKey("persona.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    made_on: Mapped[dt.date]
    retired_on: Mapped[dt.date | None]


class MapStep(Base):
    """One step of a map with its exit criterion: confirmed by hand, a metric's bound, or the plan's objectives."""

    __tablename__ = "map_step"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    map_id: Mapped[int] = mapped_column(ForeignKey("success_map.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    exit_text: Mapped[str] = mapped_column(default="", server_default="")
    exit_kind: Mapped[str] = mapped_column(
        default="confirmed", server_default="confirmed"
    )  # metric, objectives
    exit_metric: Mapped[str | None]  # key of a metric
    exit_at_least: Mapped[float | None]  # the metric's value, or the share of objectives reached
    usual_days: Mapped[int | None]  # longer than this counts as stuck


class SuccessMeans(Base):
    """What moves an account over a step: training, community, enablement, a template."""

    __tablename__ = "success_means"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    step_id: Mapped[int] = mapped_column(ForeignKey("map_step.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # training, community, enablement, template
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(default="", server_default="")
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class MapPlace(Base):
    """Where an account stands on its persona's map (A) and where it wants to be (B)."""

    __tablename__ = "map_place"
    __table_args__ = (UniqueConstraint("account_id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    persona_id: Mapped[int] = mapped_column(ForeignKey("persona.id", ondelete="CASCADE"), index=True)
    step_id: Mapped[int | None] = mapped_column(ForeignKey("map_step.id", ondelete="SET NULL"), index=True)
    wanted_step_id: Mapped[int | None] = mapped_column(
        ForeignKey("map_step.id", ondelete="SET NULL"), index=True
    )
    wanted_by: Mapped[dt.date | None]  # the day it wants to be at B
    entered_on: Mapped[dt.date | None]


class MapMove(Base):
    """An account went from one step to another; the names are kept, for steps of old maps may go."""

    __tablename__ = "map_move"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    from_step: Mapped[str | None]
    to_step: Mapped[str | None]
    moved_on: Mapped[dt.date]


class StageMove(Base):
    """An account went from one lifecycle stage to another, with the reason."""

    __tablename__ = "stage_move"
    __table_args__ = (Index("ix_stage_move_account_id_moved_on", "account_id", "moved_on"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    from_stage: Mapped[str | None]
    to_stage: Mapped[str | None]
    moved_on: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Onboarding(Base):
    """The first one to three months of an account, and the decision when they end late: go on, or extend."""

    __tablename__ = "onboarding"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    started_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    first_value_on: Mapped[dt.date | None]
    finished_on: Mapped[dt.date | None]
    decision: Mapped[str | None]  # go_on, extend
    decided_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    follow_up: Mapped[str] = mapped_column(default="", server_default="")
    extended_to: Mapped[dt.date | None]


class OnboardingItem(Base):
    """A line of the onboarding checklist, or a milestone of it."""

    __tablename__ = "onboarding_item"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    onboarding_id: Mapped[int] = mapped_column(ForeignKey("onboarding.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    side: Mapped[str] = mapped_column(default="ours", server_default="ours")  # ours, theirs
    milestone: Mapped[bool] = mapped_column(default=False, server_default="0")
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]


class TrainingSession(Base):
    """A training or enablement session, for one account or for several, perhaps a means of a map's step."""

    __tablename__ = "training_session"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="training", server_default="training")
    held_on: Mapped[dt.date]
    minutes: Mapped[int | None]
    means_id: Mapped[int | None] = mapped_column(
        ForeignKey("success_means.id", ondelete="SET NULL"), index=True
    )
    note: Mapped[str] = mapped_column(default="", server_default="")


class TrainingAttendee(Base):
    """Who of which account was there, and whether they completed it; ``person_id`` is empty for a head count."""

    __tablename__ = "training_attendee"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[AccountKey]
    person_id: Mapped[PersonLink]
    heads: Mapped[int] = mapped_column(default=1, server_default="1")
    completed: Mapped[bool] = mapped_column(default=False, server_default="0")
