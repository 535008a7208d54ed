"""The verbs that listen: one survey as a figure, and where every account stands between success and satisfaction."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.i18n import _, ngettext

if TYPE_CHECKING:
    from cs_workbench.domain.surveys import Result
    from cs_workbench.services.quadrant import Placed
    from cs_workbench.services.voice import Answer, Voice


def survey(words: argparse.Namespace) -> int:
    """Show one survey: the figure, its months, who must be answered, what was written."""
    from cs_workbench.services.voice import voice
    from cs_workbench.services.voice_cases import overdue_count

    with opening.opened(words) as workbench:
        found = voice(workbench.reads, words.survey, opening.as_of(words), words.since)
        overdue = overdue_count(workbench.reads, opening.as_of(words))
    if opening.wants_json(words):
        output.show_json({**_data(found), "loops_overdue": overdue})
    else:
        _tell(found)
        if overdue:
            told = ngettext("{n} case is past its day.", "{n} cases are past their day.", overdue)
            output.say(told.format(n=overdue))
    return 0


def quadrant(words: argparse.Namespace) -> int:
    """Show every customer's corner, those without a measure apart; who left is on none."""
    from cs_workbench.services.quadrant import place

    with opening.opened(words) as workbench:
        found = place(workbench.reads, opening.as_of(words), words.since, today=opening.now().date())
    if opening.wants_json(words):
        output.show_json([_placed(one) for one in found])
    else:
        _tell_corners(found)
    return 0


def figure(result: Result) -> str:
    """The figure as it is usually written: +12, 81%, 5.3; – for none."""
    if result.value is None:
        return "–"
    if result.kind == "nps":
        return f"{result.value:+.0f}" if round(result.value) else "0"
    return f"{result.value:.0%}" if result.kind == "csat" else f"{result.value:.1f}"


def _tell(found: Voice) -> None:
    from cs_workbench.services.voice import ANSWER_WITHIN

    if not found.answers:
        output.show(_("Nobody answered in this time."))
        return
    name = found.kind.upper() if found.kind != "success" else _("Success")
    answers = ngettext("{count} answer", "{count} answers", len(found.answers)).format(
        count=len(found.answers)
    )
    rate = "" if found.rate is None else " " + _("({rate} of those asked)").format(rate=f"{found.rate:.0%}")
    output.show(f"{name} {figure(found.result)}  {answers}{rate}")
    rows = [
        (one.first.strftime("%Y-%m"), figure(one.result), str(one.result.answers))
        for one in found.months
        if one.result.answers
    ]
    output.show(output.table((_("Month"), _("Figure"), _("Answers")), rows, right=frozenset((1, 2))))
    written = [one for one in found.answers if one.comment][:20]
    if written:
        head = (_("Day"), _("Account"), _("Score"), _("Comment"))
        lines = [(one.on.isoformat(), one.account, f"{one.score:g}", one.comment) for one in written]
        output.show(output.table(head, lines, right=frozenset((2,)), give=(3, 1)))
    if found.unanswered:
        output.say(
            ngettext(
                "{count} answer without a case must be answered and is older than {days} days.",
                "{count} answers without a case must be answered and are older than {days} days.",
                len(found.unanswered),
            ).format(count=len(found.unanswered), days=ANSWER_WITHIN)
        )
    if found.outside:
        output.say(_("{count} outside the scale left out.").format(count=found.outside))


def _tell_corners(found: tuple[Placed, ...]) -> None:
    from cs_workbench.services.quadrant import CORNERS, MOVES

    for corner, title in CORNERS.items():
        inside = [one for one in found if one.corner == corner]
        if not inside:
            continue
        output.show(f"{_(title)}: {_(MOVES[corner])}")
        rows = [
            (one.name, f"{one.now.success:.0%}", f"{one.now.satisfaction:.0%}")
            for one in sorted(inside, key=lambda one: one.arr or 0, reverse=True)
        ]
        output.show(output.table((_("Account"), _("Success"), _("Satisfaction")), rows, right=frozenset((1, 2)),
                                 give=(0,)))  # fmt: skip
    missing = [one.name for one in found if one.corner is None]
    if missing:
        output.show(_("Not measured: {names}").format(names=_(", ").join(missing)))


def _data(found: Voice) -> dict[str, object]:
    return {
        "survey": found.kind,
        "since": found.since,
        "until": found.until,
        **_result(found.result),
        "response_rate": found.rate,
        "months": [{"month": one.first.strftime("%Y-%m"), **_result(one.result)} for one in found.months],
        "unanswered": [_answer(one) for one in found.unanswered],
        "answers": [_answer(one) for one in found.answers],
        "outside_scale": found.outside,
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "value": None if result.value is None else round(result.value, 4),
        "count": result.answers,
        "high": result.high,
        "middle": result.middle,
        "low": result.low,
    }


def _answer(one: Answer) -> dict[str, object]:
    return {
        "id": one.id, "account_id": one.account_id, "account": one.account, "person": one.person or None,
        "score": one.score, "comment": one.comment, "on": one.on, "campaign": one.campaign, "case_id": one.case_id,
    }  # fmt: skip


def _placed(one: Placed) -> dict[str, object]:
    def point(success: float | None, satisfaction: float | None) -> dict[str, object]:
        return {
            "success": None if success is None else round(success, 4),
            "satisfaction": None if satisfaction is None else round(satisfaction, 4),
        }

    before = None if one.before is None else point(one.before.success, one.before.satisfaction)
    return {
        "id": one.account_id, "name": one.name, "arr": one.arr, "currency": one.currency,
        **point(one.now.success, one.now.satisfaction), "corner": one.corner, "success_from": one.success_from or None,
        "before": before,
    }  # fmt: skip
