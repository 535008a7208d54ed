"""The contact log: interactions, who took part, tasks and promises."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class Interaction(Base):
    """One contact with an account. ``folded`` is the search copy of subject and body."""

    __tablename__ = "interaction"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_interaction_account_id_at", "account_id", "at"),
        NEVER_REUSED,
    )
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    at: Mapped[dt.datetime]
    channel: Mapped[str]  # list_item(list='channel'): call, mail, meeting, chat, visit, note …
    direction: Mapped[str] = mapped_column(
        default="both", server_default="both"
    )  # in, out, both, none (a note)
    subject: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str] = mapped_column(default="", server_default="")
    folded: Mapped[str] = mapped_column(default="", server_default="")
    duration_min: Mapped[int | None]
    sentiment: Mapped[str | None]  # positive, neutral, negative
    shareable: Mapped[bool] = mapped_column(
        default=False, server_default="0"
    )  # may stand in a customer document
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class InteractionPerson(Base):
    """A participant on the customer's side."""

    __tablename__ = "interaction_person"
    __table_args__ = (UniqueConstraint("interaction_id", "person_id"),)
    id: Mapped[Key]
    interaction_id: Mapped[int] = mapped_column(ForeignKey("interaction.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class InteractionTag(Base):
    """A ``#word`` of the quick log."""

    __tablename__ = "interaction_tag"
    __table_args__ = (UniqueConstraint("interaction_id", "tag"),)
    id: Mapped[Key]
    interaction_id: Mapped[int] = mapped_column(ForeignKey("interaction.id", ondelete="CASCADE"), index=True)
    tag: Mapped[str]


class Task(Base):
    """Something to do, or a promise by us or by them."""

    __tablename__ = "task"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    person_id: Mapped[PersonLink]
    interaction_id: Mapped[int | None] = mapped_column(
        ForeignKey("interaction.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(
        default="task", server_default="task"
    )  # task, promise_ours, promise_theirs
    title: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    done_on: Mapped[dt.date | None]
    shareable: Mapped[bool] = mapped_column(default=False, server_default="0")
    note: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[dt.datetime]
