"""Measures a person enters: the newest value of a metric role, typed in the unit its scorecard prints."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import contacts as account_queries

if TYPE_CHECKING:
    from cs_workbench.domain.scorecard import Scorecard
    from cs_workbench.services.workbench import Workbench

_MOST = {"ratio": 1.0, "grade": 4.0, "yesno": 1.0, "times": 1000.0}
_WHOLE = frozenset(("grade", "yesno"))
_YES = {"yes": 1.0, "y": 1.0, "はい": 1.0, "no": 0.0, "n": 0.0, "いいえ": 0.0}


def by_hand(card: Scorecard) -> dict[str, str]:
    """The measures of *card* a person enters: measure → the metric role its newest value is read from."""
    return {one.key: one.subject for one in card.measures if one.source == "role_latest"}


def understood(unit: str, text: str) -> float:
    """A typed value in *unit* (ratio as "92%", "0.92" or "11/12"; grade 0–4; times "1.4"). Raises InvalidValue."""
    found = _number(text.strip().lower().replace("％", "%").replace("×", ""))
    most = _MOST.get(unit)
    bad = found is None or found < 0 or (most is not None and found > most)
    if found is None or bad or (unit in _WHOLE and found != int(found)):
        raise InvalidValue(
            _("“{text}” is no value of this measure.").format(text=text.strip()), hint(unit), code="reading",
            field="value",
        )  # fmt: skip
    return found


def hint(unit: str) -> str:
    """What may be typed for a value in *unit*."""
    if unit == "ratio":
        return _("Type 92%, 0.92 or 11/12.")
    if unit == "grade":
        return _("Type 0, 1, 2, 3 or 4.")
    if unit == "yesno":
        return _("Type yes or no.")
    if unit == "times":
        return _("Type how many times, as 1.4.")
    return _("Type a number of 0 or more.")


def enter(wb: Workbench, account_id: int, role: str, value: float, *, on: dt.date) -> None:
    """Keep *value* as the account's newest in *role*, as one undoable change. Raises NotFound for the account."""
    from cs_workbench.store.readings import put_reading

    if account_queries.account_name(wb.reads, account_id) is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    with wb.change(_("Update measure")) as db:
        put_reading(db, account_id, role, on, value)


def _number(text: str) -> float | None:
    if text in _YES:
        return _YES[text]
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100
        if "/" in text:
            part, whole = text.split("/", 1)
            return float(part) / float(whole)
        found = float(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return found if abs(found) != float("inf") and found == found else None  # noqa: PLR0124 - NaN is not itself
