"""The portfolio's own settings and the lists a CSM owns."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, Base, Key


class Setting(Base):
    """One portfolio setting; ``value`` is JSON (own name, company, currency, language, fiscal year …)."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ListItem(Base):
    """An entry of a list the CSM owns: stage, tier, channel, role, churn_reason, ticket_priority, metric_role."""

    __tablename__ = "list_item"
    __table_args__ = (UniqueConstraint("list", "key"), NEVER_REUSED)
    id: Mapped[Key]
    list: Mapped[str]
    key: Mapped[str]
    label_en: Mapped[str]
    label_ja: Mapped[str]
    position: Mapped[int]
    data: Mapped[str] = mapped_column(
        default="{}", server_default="{}"
    )  # JSON: cadence_days of a tier, avoidable …
    archived: Mapped[bool] = mapped_column(default=False, server_default="0")


class Segment(Base):
    """A group of accounts with its own scorecard. ``rule`` is JSON of closed clauses; the first match wins."""

    __tablename__ = "segment"
    __table_args__ = (UniqueConstraint("key"), NEVER_REUSED)
    id: Mapped[Key]
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(default="[]", server_default="[]")  # [] matches all
    scorecard_key: Mapped[str] = mapped_column(default="default", server_default="default")


class CustomField(Base):
    """A field of the CSM's own on accounts, people or contracts; type is text, number, date, bool or money."""

    __tablename__ = "custom_field"
    __table_args__ = (UniqueConstraint("entity", "key"), NEVER_REUSED)
    id: Mapped[Key]
    entity: Mapped[str]  # account, person, contract
    key: Mapped[str]
    label: Mapped[str]
    type: Mapped[str] = mapped_column(default="text", server_default="text")
    position: Mapped[int] = mapped_column(default=0, server_default="0")


class AccountCustom(Base):
    """A custom value of an account, as canonical text (ISO dates, plain decimals, 0/1)."""

    __tablename__ = "account_custom"
    __table_args__ = {"sqlite_with_rowid": False}
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    field_id: Mapped[int] = mapped_column(
        ForeignKey("custom_field.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    value: Mapped[str]


class PersonCustom(Base):
    """A custom value of a person."""

    __tablename__ = "person_custom"
    __table_args__ = {"sqlite_with_rowid": False}
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    field_id: Mapped[int] = mapped_column(
        ForeignKey("custom_field.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    value: Mapped[str]


class ContractCustom(Base):
    """A custom value of a contract."""

    __tablename__ = "contract_custom"
    __table_args__ = {"sqlite_with_rowid": False}
    contract_id: Mapped[int] = mapped_column(
        ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    field_id: Mapped[int] = mapped_column(
        ForeignKey("custom_field.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    value: Mapped[str]


class Draft(Base):
    """Text being typed, by the field it belongs to; not part of undo."""

    __tablename__ = "draft"
    key: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    updated_at: Mapped[dt.datetime]


class Trash(Base):
    """Something deleted, with every row that went with it as JSON, until it is restored or emptied."""

    __tablename__ = "trash"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    entity: Mapped[str]
    entity_id: Mapped[int]
    label: Mapped[str]
    deleted_at: Mapped[dt.datetime]
    rows: Mapped[str]


class Audit(Base):
    """Who changed which field that matters, when, in which named change; outlives the undo history."""

    __tablename__ = "audit"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    at: Mapped[dt.datetime]
    step: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(index=True)
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
