"""Where in a ledger's file something stands, and what may stand there: texts, numbers, shares, days, known keys."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cs_workbench.domain.plain_numbers import MOST, is_too_fine, plain_number
from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _

_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, and how to read what stands there. Every method raises FileProblem naming the place."""

    path: str
    where: str = ""

    def at(self, where: str) -> Place:
        """A place deeper in the same file."""
        return Place(self.path, f"{self.where}, {where}" if self.where else where)

    def problem(self, key: str, wanted: str) -> FileProblem:
        """What is wrong with *key* here."""
        name = self.path.replace("\\", "/").rsplit("/", 1)[-1]
        where = f"{self.where}, {key}" if self.where and key else key or self.where
        return FileProblem(
            _("{file}: {place} cannot be used; wanted: {wanted}.").format(
                file=name, place=where, wanted=wanted
            ),
            _("Correct it there. Nothing was computed."),
            code="ledger_file",
            file=self.path,
            place=where,
        )

    def only(self, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
        """Refuse a key that is not known: a misspelt cost would be no cost at all."""
        for key in data:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, 1, 0.6)
            wanted = f"“{near[0]}”" if near else _(", ").join(known)
            raise self.problem(key[:_QUOTED], wanted)

    def text(self, data: Mapping[str, Any], key: str, usual: str | None = None) -> str:
        """A text; the usual one where none is given."""
        value = data.get(key, usual)
        if not isinstance(value, str) or (usual is None and not value):
            raise self.problem(key, _("a text"))
        return value

    def number(
        self, data: Mapping[str, Any], key: str, usual: str | None = None, *, from_zero: str = ""
    ) -> Decimal:
        """A number, also as text ("80%"); *from_zero* is what is told of one below 0."""
        value = data.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            raise self.problem(key, _("a number"))
        words = str(value)
        if isinstance(value, int) and abs(value) >= MOST:
            words = str(MOST if value > 0 else -MOST)
        found = plain_number(words.removesuffix("%").strip())
        if found is None:
            raise self.problem(key, _("a number"))
        if is_too_fine(found):
            raise self.problem(key, _("0, or a number from 0.000000000000001 on"))
        if found >= MOST:
            raise self.problem(key, _("a number below 1,000,000,000,000,000"))
        if found < 0:
            raise self.problem(key, from_zero or _("a number from 0 on"))
        return found / 100 if words.endswith("%") else found

    def share(self, data: Mapping[str, Any], key: str, usual: str | None = None) -> Decimal:
        """A number from 0 to 1, also as text ("80%")."""
        found = self.number(data, key, usual)
        if found > 1:
            raise self.problem(key, _('a share from 0 to 1 (50 % is written 0.5 or "50%")'))
        return found

    def day(self, data: Mapping[str, Any], key: str) -> dt.date | None:
        """A day, also as text (2026-11-01); None where none is given."""
        value = data.get(key)
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.problem(key, _("a day, like 2026-11-01")) from None

    def one_of(self, data: Mapping[str, Any], key: str, choices: tuple[str, ...], usual: str) -> str:
        """One of a closed list."""
        value = data.get(key, usual)
        if value not in choices:
            raise self.problem(key, _(", ").join(choices))
        return str(value)

    def tables(self, data: Mapping[str, Any], key: str, most: int) -> list[Mapping[str, Any]]:
        """The tables of one name; none where there are none."""
        found = data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.problem(key, _("a list of tables"))
        if len(found) > most:
            raise self.problem(key, _("at most {most} of them").format(most=most))
        return found
