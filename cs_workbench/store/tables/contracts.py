"""Contracts, what happened to them, products and opportunities."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key


class Product(Base):
    """A product or plan that is sold."""

    __tablename__ = "product"
    __table_args__ = (UniqueConstraint("name"), NEVER_REUSED)
    id: Mapped[Key]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    series: Mapped[str | None]
    list_price: Mapped[Decimal | None]
    currency: Mapped[str | None]


class Contract(Base):
    """One agreement with its term. ``arr`` and ``mrr`` are what the source said, ``amount`` the whole term's value."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("source", "external_id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    name: Mapped[str | None]  # contract number or title
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"), index=True)
    plan: Mapped[str | None]
    seats: Mapped[int | None]
    arr: Mapped[Decimal | None]
    mrr: Mapped[Decimal | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    billing: Mapped[str | None]  # monthly, quarterly, annual …
    start_on: Mapped[dt.date | None]
    end_on: Mapped[dt.date | None]  # last day of the term
    term_months: Mapped[int | None]
    notice_days: Mapped[int | None]
    notice_months: Mapped[int | None]
    auto_renew: Mapped[bool | None]
    status: Mapped[str] = mapped_column(
        default="active", server_default="active"
    )  # active, trial, ended, churned, draft (a quote: it never counts)
    is_trial: Mapped[bool] = mapped_column(default=False, server_default="0")
    note: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class ContractEvent(Base):
    """A dated movement of value: new, expansion, contraction, renewal, churn, reactivation. Amount may be unknown."""

    __tablename__ = "contract_event"
    __table_args__ = (UniqueConstraint("source", "external_id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id", ondelete="SET NULL"), index=True
    )
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    kind: Mapped[str]
    on_date: Mapped[dt.date]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    reason: Mapped[str | None]  # list_item(list='churn_reason')
    note: Mapped[str] = mapped_column(default="", server_default="")


class Opportunity(Base):
    """A sale in progress or closed. It may have no account: that is shown, never guessed."""

    __tablename__ = "opportunity"
    __table_args__ = (UniqueConstraint("source", "external_id"), NEVER_REUSED)
    id: Mapped[Key]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    name: Mapped[str]
    stage: Mapped[str | None]
    outcome: Mapped[str] = mapped_column(default="open", server_default="open")  # open, won, lost
    kind: Mapped[str | None]  # new, renewal, expansion
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"), index=True)
    product_text: Mapped[str | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    probability: Mapped[float | None]  # 0–1
    opened_on: Mapped[dt.date | None]
    close_on: Mapped[dt.date | None]
    owner: Mapped[str | None]
    next_step: Mapped[str | None]


class CurrencyRate(Base):
    """What one unit of ``currency`` is worth in the portfolio's currency, as entered by the CSM, with its date.

    ``rate`` is decimal text: rates have more than four decimals.
    """

    __tablename__ = "currency_rate"
    __table_args__ = (
        Index("ix_currency_rate_currency_on_date", "currency", "on_date", unique=True),
        NEVER_REUSED,
    )
    id: Mapped[Key]
    currency: Mapped[str]
    on_date: Mapped[dt.date]
    rate: Mapped[str]
