"""The stage criteria of a portfolio: those that come with the program, or what the CSM made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.lifecycle import ASKS_NUMBER, YES_NO, Criterion, Kind, StageRule
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import lifecycle as queries
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

KEY = "stage_rules"
NONE = "none"
KINDS: tuple[Kind, ...] = (*YES_NO, *ASKS_NUMBER)
LONGEST = 3650


def rules(reads: Reads) -> tuple[StageRule, ...]:
    """The criteria of every stage on the list, in its order; stages of one's own begin without any."""
    kept = setting(reads, KEY)
    own = kept if isinstance(kept, dict) else {}
    return tuple(
        _rule(key, own.get(key, _packaged().get(key, {})), closed=closed)
        for key, _en, _ja, closed in queries.stages(reads)
    )


def set_rule(wb: Workbench, rule: StageRule) -> None:
    """Keep the criteria of one stage, as one undo step. Raises InvalidValue for a figure out of range, NotFound."""
    if rule.key not in {one.key for one in rules(wb.reads)}:
        raise NotFound(_("The list has no entry {key}.").format(key=rule.key), candidates=[])
    for one in (*rule.enter, *rule.leave):
        checked(one)
    if rule.usual_days is not None and not 1 <= rule.usual_days <= LONGEST:
        raise InvalidValue(
            _("The usual time is 1 to {most} days.").format(most=LONGEST),
            _("Leave it empty where there is none."), field="usual_days",
        )  # fmt: skip
    with wb.change(_("Change stage criteria")) as db:
        kept = setting(db, KEY)
        put_setting(db, KEY, {**(kept if isinstance(kept, dict) else {}), rule.key: _plain(rule)})


def reset_rule(wb: Workbench, key: str) -> None:
    """Take a stage's criteria back to those that come with the program, as one undo step."""
    with wb.change(_("Reset stage criteria")) as db:
        kept = setting(db, KEY)
        own = {name: one for name, one in kept.items() if name != key} if isinstance(kept, dict) else {}
        put_setting(db, KEY, own or None)


def is_own(reads: Reads, key: str) -> bool:
    """Whether a stage's criteria were changed by the CSM."""
    kept = setting(reads, KEY)
    return isinstance(kept, dict) and key in kept


def checked(criterion: Criterion) -> Criterion:
    """The criterion, if its figure lies where it may. Raises InvalidValue."""
    bounds = ASKS_NUMBER.get(criterion.kind)
    if bounds is None:
        return Criterion(criterion.kind)
    if criterion.value is None or not bounds[0] <= criterion.value <= bounds[1]:
        raise InvalidValue(
            _("A number from {least} to {most} is wanted.").format(least=f"{bounds[0]:g}", most=f"{bounds[1]:g}"),
            _("Correct the number."), field=criterion.kind,
        )  # fmt: skip
    return criterion


def _rule(key: str, data: Mapping[str, Any], *, closed: bool) -> StageRule:
    usual = data.get("usual_days")
    return StageRule(
        key,
        tuple("" if one == NONE else str(one) for one in data.get("comes_from", ())),
        _criteria(data.get("enter", ())), _criteria(data.get("leave", ())),
        int(usual) if isinstance(usual, int | float) else None, bool(data.get("outside", closed)),
    )  # fmt: skip


def _criteria(data: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Kinds a later version may have added are left out."""
    return tuple(Criterion(one["kind"], one.get("value")) for one in data if one.get("kind") in KINDS)


def _plain(rule: StageRule) -> dict[str, Any]:
    def listed(criteria: tuple[Criterion, ...]) -> list[dict[str, Any]]:
        return [{"kind": one.kind} | ({} if one.value is None else {"value": one.value}) for one in criteria]

    return {
        "comes_from": [one or NONE for one in rule.comes_from], "enter": listed(rule.enter),
        "leave": listed(rule.leave), "usual_days": rule.usual_days, "outside": rule.outside,
    }  # fmt: skip


@cache
def _packaged() -> dict[str, dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "lifecycle.toml"), "rb") as file:
        return {one["key"]: one for one in tomllib.load(file)["stage"]}
