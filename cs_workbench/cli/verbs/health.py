"""The verb that scores: all accounts, or one with its arithmetic laid open."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.cli.naming import AXES, BANDS, MEASURES, NO_SCORE, REASONS
from cs_workbench.domain.scorecard import LEAST_COVERAGE
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import health_words

if TYPE_CHECKING:
    from cs_workbench.domain.health import MeasureScore, Score
    from cs_workbench.domain.score_change import PathToGreen

_WIDE = 118


def run(words: argparse.Namespace) -> int:
    """Score every account and keep the snapshots; with --explain open one score instead and keep nothing."""
    if words.explain is not None:
        return _explain(words)
    from cs_workbench.services import accounts, health
    from cs_workbench.services.departed import departed

    day = opening.as_of(words)
    with opening.opened(words, to_write=True) as workbench:
        scores = health.score_all(workbench, day, now=opening.now())
        names = accounts.names(workbench.reads)
        left = departed(workbench.reads, day, opening.now().date()) & names.keys()
    if opening.wants_json(words):
        rows = [{"id": score.account_id, "name": names[score.account_id], **_head(score)} for score in scores]
        output.show_json({"as_of": day, "accounts": rows})
    else:
        _tell_all(scores, names, day)
        if left:
            told = ngettext("{n} of them has left and is in no count of health.",
                            "{n} of them have left and are in no count of health.", len(left))  # fmt: skip
            output.show(told.format(n=f"{len(left):,}"))
    return 0


def _head(score: Score) -> dict[str, object]:
    return {
        "score": score.score,
        "band": score.band,
        "coverage": round(score.coverage, 4),
        "low": score.low,
        "high": score.high,
        "reason": score.reason or None,
    }


def _tell_all(scores: list[Score], names: dict[int, str], day: dt.date) -> None:
    if not scores:
        output.show(_("There is no account yet: import your files (cs-workbench import FILE…)."))
        return
    head = ("#", _("Account"), _("Health"), _("Band"), _("Measured"), _("Between"), _("Held back most by"))
    rows = [
        (
            str(score.account_id),
            names[score.account_id],
            "–" if score.score is None else f"{score.score:.1f}",
            _(BANDS[score.band]),
            f"{score.coverage:.0%}",
            "" if score.low is None or score.low == score.high else f"{score.low:.0f}–{score.high:.0f}",
            _worst(score),
        )
        for score in sorted(scores, key=lambda score: (score.score is None, score.score or 0.0))
    ]
    output.show(output.table(head, rows, right=frozenset((0, 2, 4, 5)), give=(6, 1)))
    unscored = [score for score in scores if score.score is None]
    scored = len(scores) - len(unscored)
    output.show(
        ngettext(
            "{count} account scored as of {day}.", "{count} accounts scored as of {day}.", scored
        ).format(count=f"{scored:,}", day=day.isoformat())
    )
    if unscored:
        _tell_unscored(unscored)


def _tell_unscored(unscored: list[Score]) -> None:
    """Why accounts have no score, and the day they could have one for where their records are merely old."""
    thin = sum(score.reason == "too_little_measured" for score in unscored)
    if thin:
        output.show(
            ngettext(
                "{count} account has no score: too little of its scorecard is measured.",
                "{count} accounts have no score: too little of their scorecard is measured.",
                thin,
            ).format(count=f"{thin:,}")
        )
    if nothing := len(unscored) - thin:
        output.show(
            ngettext(
                "{count} account has no score: nothing recent enough is known of it.",
                "{count} accounts have no score: nothing recent enough is known of them.",
                nothing,
            ).format(count=f"{nothing:,}")
        )
    days = [
        m.as_of
        for score in unscored
        if sum(m.nominal for m in score.measures if m.value is not None) >= LEAST_COVERAGE
        for m in score.measures
        if m.reason == "stale" and m.as_of
    ]
    if days:
        output.say(
            _("Their newest records are of {day}. To score them as things stood then: --as-of {day}").format(
                day=max(days).isoformat()
            )
        )


def _worst(score: Score) -> str:
    """The measure that costs most, with its value: the first thing to look at."""
    lost = [(m.weight * (100 - m.points), m) for m in score.measures if m.points is not None]
    most, measure = max(lost, key=lambda one: one[0], default=(0.0, None))
    if measure is None or most < 1:
        return ""
    return f"{_label(measure)}: {_value(measure)}"


def _value(measure: MeasureScore) -> str:
    """The value as the window writes it, or why there is none."""
    return health_words.value(measure) or _(REASONS[measure.reason])


def _label(measure: MeasureScore) -> str:
    return measure.label or _(MEASURES.get(measure.key, measure.key))


def _explain(words: argparse.Namespace) -> int:
    from cs_workbench.services import accounts, health

    day = opening.as_of(words)
    with opening.opened(words) as workbench:
        account = accounts.find_account(workbench.reads, words.explain)
        name = accounts.names(workbench.reads)[account]
        score = health.explain(workbench, account, day)
        way = health.way_to_green(workbench.reads, account, day)
    if opening.wants_json(words):
        output.show_json(_explained(name, score, way))
    else:
        _tell_one(name, score, way)
    return 0


def _explained(name: str, score: Score, way: PathToGreen | None) -> dict[str, object]:
    return {
        "account": {"id": score.account_id, "name": name},
        "as_of": score.as_of,
        "scorecard": {"key": score.scorecard_key, "version": score.scorecard_version},
        **_head(score),
        "capped": score.capped,
        "axes": [
            {
                "key": a.key,
                "points": a.points,
                "band": a.band,
                "weight": a.weight,
                "contribution": a.contribution,
            }
            for a in score.axes
        ],
        "measures": [_measure(measure) for measure in score.measures],
        "way_to_green": None
        if way is None
        else {
            "score": way.score,
            "steps": [
                {"key": s.key, "value": s.value, "target": s.target, "gain": s.gain} for s in way.steps
            ],
        },
    }


def _measure(measure: MeasureScore) -> dict[str, object]:
    return {
        "key": measure.key,
        "axis": measure.axis,
        "value": measure.value,
        "points": measure.points,
        "weight": measure.weight,
        "contribution": measure.contribution,
        "as_of": measure.as_of,
        "band": measure.band,
        "reason": measure.reason,
        "direction": measure.direction,
        "worst": measure.worst,
        "yellow": measure.yellow,
        "green": measure.green,
        "best": measure.best,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "stale": measure.stale,
    }


def _tell_one(name: str, score: Score, way: PathToGreen | None) -> None:
    shown = "–" if score.score is None else f"{score.score:.1f}"
    output.show(f"{name}: {shown} {_(BANDS[score.band])}")
    if score.low is not None and score.high is not None and score.low != score.high:
        output.show(
            _("Between {low} and {high}, depending on what is not measured.").format(
                low=f"{score.low:.0f}", high=f"{score.high:.0f}"
            )
        )
    if score.capped:
        output.show(_("The weakest axis lowered the band."))
    output.show(
        _("{share} measured as of {day}; scorecard {card} v{version}").format(
            share=f"{score.coverage:.0%}",
            day=score.as_of.isoformat(),
            card=score.scorecard_key,
            version=score.scorecard_version,
        )
    )
    if score.reason:
        output.show(_(NO_SCORE[score.reason]))
    _tell_measures(score, shown)
    _tell_way(score, way)


def _tell_measures(score: Score, shown: str) -> None:
    head: tuple[str, ...] = (
        "",
        _("Figure"),
        _("As of"),
        _("Green / yellow from"),
        _("Points"),
        _("Weight"),
        _("Adds"),
    )
    rows: list[tuple[str, ...]] = []
    for axis in score.axes:
        points = "–" if axis.points is None else f"{axis.points:.0f}"
        rows.append((_(AXES[axis.key]), "", "", "", points, f"{axis.weight:.0%}", f"{axis.contribution:.1f}"))
        rows += [_row(measure) for measure in score.measures if measure.axis == axis.key]
    rows.append((_("Overall"), "", "", "", "", "100%" if score.score is not None else "", shown))
    screen = output.screen_width()
    if screen is not None and screen < _WIDE:  # what a narrow terminal has no room for is in --json
        head, rows = head[:2] + head[4:], [row[:2] + row[4:] for row in rows]
        output.show(output.table(head, rows, right=frozenset((1, 2, 3, 4)), give=(0,)))
    else:
        output.show(output.table(head, rows, right=frozenset((1, 2, 4, 5, 6)), give=(0,)))


def _row(measure: MeasureScore) -> tuple[str, ...]:
    label = "  " + _label(measure)
    sign = "≥" if measure.direction == "up" else "≤"
    bounds = f"{sign} {measure.green:g} / {measure.yellow:g}"
    day = measure.as_of.isoformat() if measure.as_of else ""
    if measure.points is None:
        return (label, _(REASONS[measure.reason]), day, bounds, "–", "–", "–")
    return (
        label,
        _value(measure),
        day,
        bounds,
        f"{measure.points:.0f}",
        f"{measure.weight:.1%}" if measure.weight else "–",
        f"{measure.contribution:.1f}" if measure.weight else "–",
    )


def _tell_way(score: Score, way: PathToGreen | None) -> None:
    if way is None or not way.steps:
        return
    measures = {measure.key: measure for measure in score.measures}
    output.show(_("Shortest way to green ({score}):").format(score=f"{way.score:.1f}"))
    for step in way.steps:
        measure = measures[step.key]
        output.show(
            f"  {_label(measure)}: {health_words.figure(measure.unit, step.value)} → "
            f"{health_words.figure(measure.unit, step.target)} (+{step.gain:.1f})"
        )
