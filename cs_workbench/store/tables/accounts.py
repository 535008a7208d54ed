"""Accounts: the customers of the portfolio, where they are known, and what they are tagged with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key


class Account(Base):
    """One customer company. ``name_key`` is the folded name that matching and search compare."""

    __tablename__ = "account"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(index=True)
    reading: Mapped[str] = mapped_column(default="", server_default="")  # kana
    name_key: Mapped[str] = mapped_column(index=True)
    tier: Mapped[str | None]  # list_item(list='tier')
    stage: Mapped[str | None] = mapped_column(index=True)  # list_item(list='stage')
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("segment.id", ondelete="SET NULL"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    owner: Mapped[str | None]
    industry: Mapped[str | None]
    country: Mapped[str | None]
    website: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    employees: Mapped[int | None]
    annual_revenue: Mapped[Decimal | None]
    currency: Mapped[str | None]  # ISO 4217
    customer_since: Mapped[dt.date | None]
    churned_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal
    archived_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class AccountDomain(Base):
    """A mail or web domain of an account, lower case, without ``www.``."""

    __tablename__ = "account_domain"
    __table_args__ = (UniqueConstraint("account_id", "domain"), Index("ix_account_domain_domain", "domain"))
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    domain: Mapped[str]


class AccountSource(Base):
    """The id under which another system knows an account; an account may be known to several."""

    __tablename__ = "account_source"
    __table_args__ = (UniqueConstraint("source", "external_id"),)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    source: Mapped[str]  # "salesforce", "hubspot" … or "files"
    external_id: Mapped[str]


class AccountAlias(Base):
    """Another spelling a person has confirmed for an account (folded), so that it is never asked twice."""

    __tablename__ = "account_alias"
    __table_args__ = (UniqueConstraint("name_key"),)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    name_key: Mapped[str]


class AccountTag(Base):
    """A free word on an account."""

    __tablename__ = "account_tag"
    __table_args__ = (UniqueConstraint("account_id", "tag"),)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    tag: Mapped[str] = mapped_column(index=True)
