"""The value ledger: benefits with their inputs and evidence, and costs. Figures are decimal text, never floats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cs_workbench.store.tables.base import NEVER_REUSED, AccountKey, Base, Key, PersonLink


class ValueLedger(Base):
    """The return of one account over some years in one currency. ``rate`` is the yearly discount as decimal text."""

    __tablename__ = "value_ledger"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    name: Mapped[str]
    currency: Mapped[str]
    starts_on: Mapped[dt.date]
    years: Mapped[int] = mapped_column(default=3, server_default="3")
    rate: Mapped[str] = mapped_column(default="0.10", server_default="0.10")
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]


class ValueLine(Base):
    """A benefit: its mechanism, its formula, our share of it, and the two grades."""

    __tablename__ = "value_line"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    ledger_id: Mapped[int] = mapped_column(ForeignKey("value_ledger.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    category: Mapped[str]  # revenue, cost
    mechanism: Mapped[str] = mapped_column(default="", server_default="")
    formula: Mapped[str] = mapped_column(default="", server_default="")
    attribution: Mapped[str] = mapped_column(default="1", server_default="1")
    ramp: Mapped[str] = mapped_column(default="1", server_default="1")  # shares by year, separated by spaces
    confidence: Mapped[str] = mapped_column(default="assumption", server_default="assumption")
    logic: Mapped[str] = mapped_column(default="open", server_default="open")  # accepted, open, rejected
    fact: Mapped[str] = mapped_column(default="open", server_default="open")  # proved, partly, open
    logic_on: Mapped[dt.date | None]  # test A was answered on, by whom
    logic_by_id: Mapped[PersonLink]
    fact_on: Mapped[dt.date | None]  # test B was answered on, by whom
    fact_by_id: Mapped[PersonLink]
    agreed_on: Mapped[dt.date | None]
    agreed_by_id: Mapped[PersonLink]
    baseline: Mapped[str] = mapped_column(default="", server_default="")  # before us, in words
    missing: Mapped[str] = mapped_column(default="", server_default="")  # what is missing to prove it
    ask: Mapped[str] = mapped_column(default="", server_default="")  # what to ask
    ask_id: Mapped[PersonLink]  # whom to ask
    note: Mapped[str] = mapped_column(default="", server_default="")  # internal


class ValueInput(Base):
    """One figure of a formula. With a metric it follows that metric's newest reading."""

    __tablename__ = "value_input"
    __table_args__ = (UniqueConstraint("line_id", "name"), NEVER_REUSED)
    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("value_line.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    label: Mapped[str] = mapped_column(default="", server_default="")
    value: Mapped[str | None]
    unit: Mapped[str] = mapped_column(default="", server_default="")
    low: Mapped[str | None]
    high: Mapped[str | None]
    source: Mapped[str] = mapped_column(default="", server_default="")
    as_of: Mapped[dt.date | None]
    metric_id: Mapped[int | None] = mapped_column(ForeignKey("metric.id", ondelete="SET NULL"), index=True)


class ValueEvidence(Base):
    """What proves a line: a file, a record ("ticket/812"), a person's word."""

    __tablename__ = "value_evidence"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("value_line.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # file, record, person
    text: Mapped[str]
    person_id: Mapped[PersonLink]
    on_date: Mapped[dt.date | None]


class ValueCost(Base):
    """What the customer spends; ``amounts`` at the start and in each year, decimal text separated by spaces.

    ``contract_id`` says that it is pulled from a contract and follows it.
    """

    __tablename__ = "value_cost"
    __table_args__ = NEVER_REUSED
    id: Mapped[Key]
    ledger_id: Mapped[int] = mapped_column(ForeignKey("value_ledger.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str]  # subscription, setup, training, internal, other
    title: Mapped[str]
    amounts: Mapped[str] = mapped_column(default="", server_default="")
    confidence: Mapped[str] = mapped_column(default="measured", server_default="measured")
    source: Mapped[str] = mapped_column(default="", server_default="")
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id", ondelete="SET NULL"), index=True
    )
