"""The declarative base, the column types, and the constants that mark a file as ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import Dialect, ForeignKey, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

MONEY_PLACES = 4
_SCALE = Decimal(10) ** MONEY_PLACES


class Money(TypeDecorator[Decimal]):
    """Exact money as an integer of 1/10,000 of the currency unit: sums in SQL stay exact.

    Refuses (ValueError) more than four decimals and non-finite numbers.
    """

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * _SCALE
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{value} is not an amount with at most {MONEY_PLACES} decimals")
        return int(scaled)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-MONEY_PLACES)


class Day(TypeDecorator[dt.date]):
    """A calendar date as ISO text, so that it sorts, reads and diffs."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        if isinstance(value, dt.datetime):
            raise TypeError("a date is wanted, not an instant")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC instant as ISO text ending in Z, to the second. Refuses (ValueError) naive datetimes."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an aware instant is wanted")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        return (
            None
            if value is None
            else dt.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
        )


class Base(DeclarativeBase):
    """Every table of the portfolio."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map = {Decimal: Money, dt.date: Day, dt.datetime: Instant}


Key = Annotated[int, mapped_column(primary_key=True)]
"""A surrogate key; tables that a person can see also say AUTOINCREMENT, so that undo never reuses an id."""

AccountKey = Annotated[int, mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)]
PersonLink = Annotated[int | None, mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)]
NEVER_REUSED = {"sqlite_autoincrement": True}
