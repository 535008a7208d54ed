"""Surveys by hand: an answer, its correction, and the rounds that say how many were asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain import surveys
from cs_workbench.domain.surveys import Kind
from cs_workbench.domain.text import name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services.typed_days import possible_day
from cs_workbench.store.queries import voice_loops as queries
from cs_workbench.store.queries.voice_loops import RoundRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Survey, SurveyRound

__all__ = [
    "NAMES",
    "QUESTIONS",
    "RoundRow",
    "add",
    "add_round",
    "correct",
    "delete",
    "delete_round",
    "edit_round",
    "rounds",
]
_DIGITS = 9

NAMES: dict[Kind, str] = {
    "nps": mark("NPS"), "csat": mark("CSAT"), "ces": mark("CES"), "success": mark("Success"),
}  # fmt: skip
QUESTIONS: dict[Kind, str] = {
    "nps": mark("How likely are you to recommend us to a colleague? (0–10)"),
    "csat": mark("How satisfied are you? (1–5)"),
    "ces": mark("How easy was it to get done what you wanted? (1–7)"),
    "success": mark("Did you reach what you set out to reach? (1–5)"),
}


def add(
    wb: Workbench, account_id: int, kind: str, score: str | float, *, on: dt.date, comment: str = "",
    person_id: int | None = None, campaign: str = "", shareable: bool = False,
) -> int:  # fmt: skip
    """Enter one answer and return its id. Raises InvalidValue for an answer off the scale, naming the scale."""
    from cs_workbench.store.tables import Survey

    known = kind_of(kind)
    value = read_score(known, score)
    with wb.change(_("Enter answer – {survey}").format(survey=_(NAMES[known]))) as db:
        if not queries.has_account(db, account_id):
            raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
        row = Survey(
            account_id=account_id, person_id=person_id, kind=known, score=value, comment=seen(comment).strip(),
            answered_on=on, campaign=name_of(campaign) or None, shareable=shareable,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def correct(
    wb: Workbench, answer_id: int, *, score: str | float | None = None, comment: str | None = None,
    on: dt.date | None = None, shareable: bool | None = None,
) -> None:  # fmt: skip
    """Correct what is given of an answer, the rest stays. Raises InvalidValue for an answer off the scale."""
    with wb.change(_("Correct answer")) as db:
        row = _row(db, answer_id)
        if score is not None:
            row.score = read_score(kind_of(row.kind), score)
        if comment is not None:
            row.comment = seen(comment).strip()
        if on is not None:
            row.answered_on = on
        if shareable is not None:
            row.shareable = shareable


def delete(wb: Workbench, answer_id: int) -> None:
    """Delete an answer; a case that rests on it stays."""
    with wb.change(_("Delete answer")) as db:
        db.session.delete(_row(db, answer_id))


def rounds(reads: Reads, kind: str) -> list[RoundRow]:
    """The rounds of a survey, newest first."""
    return queries.rounds(reads, kind_of(kind))


def add_round(wb: Workbench, kind: str, sent: str | int, *, on: dt.date, campaign: str = "") -> int:
    """Keep how many were asked on a day; returns the round's id. Raises InvalidValue for no whole number above 0."""
    from cs_workbench.store.tables import SurveyRound

    known, count = kind_of(kind), read_count(sent)
    with wb.change(_("Enter survey round")) as db:
        row = SurveyRound(kind=known, campaign=name_of(campaign) or None, sent_on=on, sent=count)
        db.session.add(row)
        db.session.flush()
        return row.id


def edit_round(
    wb: Workbench, round_id: int, *, sent: str | int | None = None, on: dt.date | None = None,
    campaign: str | None = None,
) -> None:  # fmt: skip
    """Correct what is given of a round, the rest stays. Raises InvalidValue for no whole number above 0."""
    with wb.change(_("Edit survey round")) as db:
        row = _round(db, round_id)
        if sent is not None:
            row.sent = read_count(sent)
        if on is not None:
            row.sent_on = on
        if campaign is not None:
            row.campaign = name_of(campaign) or None


def delete_round(wb: Workbench, round_id: int) -> None:
    """Delete a round."""
    with wb.change(_("Delete survey round")) as db:
        db.session.delete(_round(db, round_id))


def kind_of(kind: str) -> Kind:
    """The survey of that name. Raises InvalidValue."""
    known = next((one for one in surveys.KINDS if one == kind), None)
    if known is None:
        raise InvalidValue(_("There is no survey “{kind}”.").format(kind=kind), code="survey")
    return known


def read_score(kind: Kind, score: str | float) -> float:
    """An answer as typed, full-width digits too. Raises InvalidValue naming the scale."""
    import unicodedata

    least, most = surveys.RANGE[kind]
    try:
        value = float(unicodedata.normalize("NFKC", str(score)).strip())
    except ValueError:
        value = float("nan")
    if not least <= value <= most or value != int(value):
        raise InvalidValue(
            _("{survey} runs from {least} to {most}, in whole numbers.").format(
                survey=_(NAMES[kind]), least=f"{least:g}", most=f"{most:g}"
            ),
            _("Enter one of them."),
            field="score",
        )
    return value


def read_count(sent: str | int) -> int:
    """How many were asked, as typed. Raises InvalidValue."""
    import unicodedata

    text = unicodedata.normalize("NFKC", str(sent)).strip().replace(",", "")
    if not text.isdecimal() or len(text) > _DIGITS or not 0 < int(text) < 10_000_000:
        raise InvalidValue(
            _("How many were asked is a whole number above 0."), _("Enter it as 120."), field="sent"
        )
    return int(text)


def _row(db: Change, answer_id: int) -> Survey:
    from cs_workbench.store.tables import Survey

    row = db.session.get(Survey, answer_id)
    if row is None:
        raise NotFound(_("This answer is gone."), id=answer_id)
    return row


def _round(db: Change, round_id: int) -> SurveyRound:
    from cs_workbench.store.tables import SurveyRound

    row = db.session.get(SurveyRound, round_id)
    if row is None:
        raise NotFound(_("This round is gone."), id=round_id)
    return row


def read_day(text: str, today: dt.date) -> dt.date | None:
    """A day as typed (ISO, 11/24, +3, tomorrow, as screens print it); None where empty. Raises InvalidValue."""
    from cs_workbench.domain.spoken_dates import spoken_date
    from cs_workbench.intake.values import ValueProblem, parse_date

    words = text.strip()
    if not words:
        return None
    if words[0] == "+" and words[1:].isdecimal() and len(words) < 6:
        return today + dt.timedelta(days=int(words[1:]))
    try:
        found: dt.date | None = dt.date.fromisoformat(words.replace("/", "-").replace(".", "-"))
    except ValueError:
        found = spoken_date(words, today)
    if found is None:
        try:
            found = parse_date(words, day_first=None)
        except ValueProblem:
            raise InvalidValue(
                _("“{value}” is not a date.").format(value=words[:80]),
                _("Type 2026-11-24, 11/24, +3 or tomorrow."),
                field="day",
            ) from None
    return possible_day(found, "day")
