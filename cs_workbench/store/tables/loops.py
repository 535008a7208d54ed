"""Closing the loop with those who spoke: complaints with an owner and a date, feedback by theme, survey rounds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class SurveyRound(Base):
    """How many were asked: what a response rate is divided by."""

    __tablename__ = "survey_round"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    kind: Mapped[str]  # nps, csat, ces, success
    campaign: Mapped[str | None]
    sent_on: Mapped[dt.date]
    sent: Mapped[int]


class VoiceCase(Base):
    """A complaint or a detractor and what became of it: owner, promised date, action, told back."""

    __tablename__ = "voice_case"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    person_id: Mapped[PersonLink]
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id", ondelete="SET NULL"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="SET NULL"), index=True)
    said: Mapped[str]
    said_on: Mapped[dt.date]
    owner: Mapped[str | None]
    promised_on: Mapped[dt.date | None]
    action: Mapped[str] = mapped_column(default="", server_default="")
    acted_on: Mapped[dt.date | None]
    told_back_on: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(default="open", server_default="open")  # open, hold, done, no_action
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal
    created_at: Mapped[dt.datetime]


class Theme(Base):
    """A cause that several customers name. ``keywords`` are the words that suggest it, separated by newlines."""

    __tablename__ = "theme"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    name: Mapped[str]
    keywords: Mapped[str] = mapped_column(default="", server_default="")
    status: Mapped[str] = mapped_column(
        default="open", server_default="open"
    )  # open, planned, shipped, declined
    decided_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal


class Feedback(Base):
    """One customer's words on a theme, and when they were told what came of it."""

    __tablename__ = "feedback"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    person_id: Mapped[PersonLink]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"), index=True)
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id", ondelete="SET NULL"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="SET NULL"), index=True)
    said: Mapped[str]
    said_on: Mapped[dt.date]
    told_back_on: Mapped[dt.date | None]
