"""People at the accounts: who decides, who uses, who left."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, Base, Key


class Person(Base):
    """One contact person. ``account_id`` is empty while nobody knows where they belong."""

    __tablename__ = "person"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    reading: Mapped[str] = mapped_column(default="", server_default="")
    name_key: Mapped[str] = mapped_column(index=True)
    title: Mapped[str | None]
    department: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(index=True)  # lower case
    phone: Mapped[str | None]
    mobile: Mapped[str | None]
    influence: Mapped[int | None]  # 1–5
    sentiment: Mapped[str | None]  # positive, neutral, negative
    reports_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    status: Mapped[str] = mapped_column(default="active", server_default="active")  # active, left
    left_on: Mapped[dt.date | None]
    moved_to: Mapped[str | None]  # the company's name
    moved_to_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class PersonSource(Base):
    """The id under which another system knows a person."""

    __tablename__ = "person_source"
    __table_args__ = (UniqueConstraint("source", "external_id"),)
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    external_id: Mapped[str]


class PersonRole(Base):
    """A stakeholder role a person has: list_item(list='role')."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)
    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(index=True)
