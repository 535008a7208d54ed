"""What the first page says beside its figures: what went well, what did not, what the next term is to bring.

Every line is computed from the briefing's own facts. Targets are the customer's own best, usual or earlier figure:
a proposal to be agreed, never a promise nobody made.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cs_workbench.domain import working_days
from cs_workbench.domain.months import add_months
from cs_workbench.reports.facts import Aim, Briefing, Executive, Figure, Message, Survey, Use
from cs_workbench.reports.value_facts import ValueCase
from cs_workbench.services.briefing_goal import is_answered, row_words

_MOST = 4
_WELL_USED, _HALF_USED, _NEARLY_FULL = Decimal("0.75"), Decimal("0.5"), Decimal("0.85")
_CLEARLY = Decimal("0.2")  # a median that moved by less says nothing
_ENOUGH = 5  # records a figure needs to set a target by, or to be called a success
_CHECK_MONTHS = 3  # into the next term
_LOW_BETTER = frozenset({"ces"})


def executive(briefing: Briefing) -> Executive:
    """The computed part of the first page of *briefing*."""
    meeting = next((step.on for step in briefing.plan.steps if step.code == "meeting"), None)
    return Executive(
        _goods(briefing)[:_MOST],
        _misses(briefing)[:_MOST],
        _aims(briefing),
        _proposal(briefing),
        meeting,
    )


def _goods(briefing: Briefing) -> tuple[Message, ...]:
    use, support, found = briefing.use, briefing.support, list[Message]()
    value = briefing.value
    if value and value.lines and value.roi is not None and value.net >= 0 and _is_won(value):
        found.append(
            Message("value", _money("value", value.present, value), _money("cost", value.cost, value))
        )
    if use and use.trend == "up":
        found.append(Message("use_up", use.first, use.last))
    fell = use is not None and use.trend in {"down", "turned", "zero"}
    if use and use.utilisation and not fell and (use.utilisation.now or 0) >= _WELL_USED:
        found.append(Message("well_used", use.utilisation))
    elif (
        use
        and use.trend == "steady"
        and use.low
        and use.peak
        and 2 * (use.low.now or 0) >= (use.peak.now or 0)
    ):
        found.append(Message("use_steady", use.low, use.peak))
    if support and not support.quiet and not support.open_count:
        found.append(Message("all_answered", support.total))
    if support and support.first_reply and _moved(support.first_reply) < -_CLEARLY:
        found.append(Message("reply_faster", support.first_reply))
    if support and support.satisfaction and _rated(support.satisfaction):
        found.append(Message("rated", support.satisfaction))
    found += [Message("survey_good", one.figure) for one in _surveys(briefing) if _good(one)][:1]
    kept = sum(promise.state == "done" and promise.side == "ours" for promise in briefing.promises)
    if kept:
        found.append(Message("kept", Figure("kept", Decimal(kept), unit="tickets")))
    if briefing.openings and not use:
        found.append(Message("ordered", Figure("won", Decimal(len(briefing.openings)), unit="orders")))
    return tuple(found)


def _misses(briefing: Briefing) -> tuple[Message, ...]:
    use, support, found = briefing.use, briefing.support, list[Message]()
    value = briefing.value
    objectives = briefing.success.objectives if briefing.success else ()
    short = value is not None and value.lines and value.roi is not None and (value.equal or value.net < 0)
    missed = [one for one in objectives if one.standing == "missed" and not (short and one.by_ledger)]
    found += [Message("objective_missed", date=one.due, text=one.title) for one in missed[:2]]
    if value and short:  # said once: the objective is the same figure
        code = "value_even" if value.equal else "value_short"
        found.append(Message(code, _money("value", value.present, value), _money("cost", value.cost, value)))
    for one in support.open[:2] if support else ():
        answer = Figure("open", Decimal(one.days_open), unit="days", ref=one.ref)
        found.append(Message("open", answer, date=one.due, text=one.subject, by=one.owner))
    found += [
        Message("late", date=promise.due, text=promise.title, by=promise.owner)
        for promise in briefing.promises
        if promise.state == "late" and promise.side == "ours"
    ][:1]
    if use and use.trend in {"down", "turned", "zero"}:
        found.append(Message("use_" + use.trend, use.first if use.trend == "down" else use.peak, use.last))
    if use and use.idle and use.utilisation and (use.utilisation.now or 0) < _HALF_USED:
        found.append(
            Message(
                "idle", Figure("idle", use.idle, unit="seats", since=use.last.since if use.last else None)
            )
        )
    if support and support.first_reply and _moved(support.first_reply) > _CLEARLY:
        found.append(Message("reply_slower", support.first_reply))
    found += [Message("survey_bad", one.figure) for one in _surveys(briefing) if _bad(one)][:1]
    if use and use.features_available and use.features_used * 2 < use.features_available:
        unused = Figure("features", Decimal(use.features_used), Decimal(use.features_available))
        found.append(Message("features", unused))
    return tuple(found)


def _aims(briefing: Briefing) -> tuple[Aim, ...]:
    start = briefing.terms.next_start if briefing.terms.situation != "ended" else None
    check = working_days.on_or_before(add_months(start, _CHECK_MONTHS)) if start else None
    found: list[Aim] = []
    support, voice = briefing.support, briefing.voice
    found.append(_use_aim(briefing.use) if briefing.use else Aim("use"))
    if support and support.open_count:
        left = Figure("open", Decimal(support.open_count), unit="tickets")
        by = briefing.plan.decide_by if briefing.terms.situation == "open" else None
        found.append(Aim("open", left, replace(left, now=Decimal(0)), "all", by or check))
    if voice and voice.surveys:
        main = voice.surveys[0]
        found.append(_no_worse(main.kind, main.figure, low_better=main.kind in _LOW_BETTER))
    else:
        found.append(Aim("nps"))
    if support and support.first_reply and (support.first_reply.count or 0) >= _ENOUGH:
        found.append(_no_worse("first_reply", support.first_reply, low_better=True))
    value = briefing.value
    now = _money("value", value.year, value) if value and value.lines and value.year else None
    found = [*found[: _MOST - 1], Aim("value", now)]  # what it is worth is always asked
    if briefing.goal is not None and not is_answered(briefing.goal, briefing.success):
        found.insert(
            0, Aim("goal", text=row_words(briefing.goal))
        )  # what is quoted is not left without a figure
    return tuple(aim if aim.check_on else replace(aim, check_on=check) for aim in found)


def _is_won(value: ValueCase) -> bool:
    """Whether something of a return lies behind already and is more than next to nothing."""
    return value.so_far > 0 and not value.equal


def _money(code: str, amount: Decimal, value: ValueCase) -> Figure:
    return Figure(code, amount, kind="money", currency=value.currency, ref=value.ref)


def _use_aim(use: Use) -> Aim:
    """Back to the customer's own best where use fell (the usual month, of a count that runs), else no less."""
    code, now = use.line.code or "usage", use.last
    if now is not None and use.trend in {"down", "turned", "zero"}:
        level = use.line.code in {"active_users", "seats_used"}
        return Aim(code, now, use.peak, "best") if level else Aim(code, now, use.usual, "usual")
    return Aim(code, now, now, "hold")


def _no_worse(code: str, figure: Figure, *, low_better: bool) -> Aim:
    now, before = figure.now, figure.before
    bare = replace(figure, before=None)
    if code == "nps" and now is not None and now < 0:
        return Aim(code, bare, replace(bare, now=Decimal(0)), "even")
    if now is not None and before is not None and not figure.same and not figure.few:
        worse = now > before if low_better else now < before
        if worse:
            return Aim(code, bare, replace(bare, now=before), "before")
    return Aim(code, bare, bare, "hold")


def _moved(figure: Figure) -> Decimal:
    """By what share a figure moved; 0 where it cannot be set against what it was."""
    if figure.now is None or not figure.before or figure.few or figure.same:
        return Decimal(0)
    return figure.now / figure.before - 1


def _surveys(briefing: Briefing) -> tuple[Survey, ...]:
    return briefing.voice.surveys if briefing.voice else ()


def _good(survey: Survey) -> bool:
    """A success: mostly high, from enough answers, and no fall, however few the answers before it."""
    enough = survey.kind in {"nps", "csat"} and survey.answers >= _ENOUGH
    return enough and survey.high > survey.middle + survey.low and not _fell(survey.figure)


def _rated(figure: Figure) -> bool:
    return (figure.now or 0) >= 4 and (figure.count or 0) >= _ENOUGH and not _fell(figure)


def _fell(figure: Figure) -> bool:
    return figure.before is not None and figure.now is not None and figure.now < figure.before


def _bad(survey: Survey) -> bool:
    fell = _fell(survey.figure) and not survey.figure.few
    return survey.kind in {"nps", "csat"} and (survey.low > survey.high or fell)


def _proposal(briefing: Briefing) -> str:
    """Which proposal the facts carry: restore use, fit the seats, grow, build on it, hold, measure first, begin."""
    use = briefing.use
    if use is None:
        return "measure" if briefing.terms.agreements else "start"
    share = use.utilisation.now if use.utilisation else None
    if use.trend in {"down", "turned", "zero"}:
        return "restore"
    if share is not None and share >= _NEARLY_FULL:
        return "grow"
    if share is not None and share < _HALF_USED:
        return "fit"
    return "build" if use.trend == "up" else "hold"
