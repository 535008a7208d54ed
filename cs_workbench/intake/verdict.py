"""Sentences about how a table was understood, or why it was not."""

from __future__ import annotations

from collections.abc import Sequence

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.intake.arrange import Layout
from cs_workbench.intake.mapping import CUSTOM, IGNORE, METRIC, ON_DAY, Mapping
from cs_workbench.intake.shape import Shape
from cs_workbench.intake.table import Note

KIND_NAMES = {
    "accounts": mark("accounts"),
    "people": mark("people"),
    "contracts": mark("contracts"),
    "readings": mark("metric readings"),
    "tickets": mark("tickets"),
    "surveys": mark("survey answers"),
    "interactions": mark("interactions"),
    "opportunities": mark("opportunities"),
    "churn": mark("churn and renewal events"),
    "products": mark("products"),
}
_FIELD_NAMES = {
    "name": mark("a name"),
    "external_id": mark("an id"),
    "email": mark("a mail address"),
    "account_ref": mark("an account id"),
    "account_name": mark("an account name"),
    "person_ref": mark("a person id"),
    "contract_ref": mark("a contract id"),
    "day": mark("a date"),
    "on_date": mark("a date"),
    "opened_at": mark("the date it was opened"),
    "answered_on": mark("the date of the answer"),
    "at": mark("the date of the contact"),
    "value": mark("a figure"),
    "metric": mark("the name of the metric"),
    "nps": mark("a score"),
    "stage": mark("a stage"),
    "arr": mark("an amount"),
    "start_on": mark("a start date"),
    "end_on": mark("an end date"),
    "subject": mark("a subject"),
    "channel": mark("a channel"),
}
_MOST_NAMED = 8
_RESEMBLES = 1.5


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return shown + (" …" if len(names) > _MOST_NAMED else "")


def _either(fields: Sequence[str]) -> str:
    named = [_(_FIELD_NAMES[name]) for name in fields if name in _FIELD_NAMES]
    return _(" or ").join(named[:3]) or ", ".join(fields)


def unknown_table(best: str, score: float, missing: tuple[str, ...] | None, labels: Sequence[str]) -> str:
    """Why a table fits no kind: its headers, what it resembles most, what that would need."""
    said = _(
        "The columns {columns} are not known as accounts, people, contracts, use, tickets or anything else."
    ).format(columns=_listed(labels))
    if score < _RESEMBLES or not missing:
        return said
    return (
        said
        + " "
        + _("They come nearest to {kind}, but there is no column with {field}.").format(
            kind=_(KIND_NAMES[best]), field=_either(missing)
        )
    )


def unfit(kind: str, missing: Sequence[str], labels: Sequence[str]) -> str:
    """Why a table cannot be taken as the kind that was asked for."""
    return _("For {kind} a column with {field} is needed; the columns are {columns}.").format(
        kind=_(KIND_NAMES[kind]), field=_either(missing), columns=_listed(labels)
    )


def notes_on(
    mapping: Mapping, layout: Layout, asks: Sequence[str], labels: Sequence[str], columns: Sequence[Shape]
) -> tuple[Note, ...]:
    """What a person should know about the mapping before they say yes to it."""
    kept = [column.header for column in mapping.columns if column.field.startswith(CUSTOM)]
    left = [
        column.header
        for column in mapping.columns
        if column.field == IGNORE and column.index in layout.left_over and columns[column.index].filled
    ]
    against = [labels[index] for index in layout.against if index in layout.left_over]
    notes = [
        _note("columns_custom", kept, _("{columns} match no field and are kept as fields of your own.")),
        _note("columns_ignored", left, _("{columns} match no field of this kind and are left out.")),
        _note(
            "values_against",
            against,
            _("The values of {columns} are not what the header says; it was not used."),
        ),
        _note(
            "dates_ambiguous",
            list(asks),
            _("Dates in {columns} can be read day first or month first: add |dmy or |mdy to the mapping."),
        ),
    ]
    return tuple(note for note in (*notes, *_meanings(mapping)) if note is not None)


def _note(code: str, names: Sequence[str], sentence: str) -> Note | None:
    return Note(code, sentence.format(columns=_listed(names))) if names else None


def _meanings(mapping: Mapping) -> list[Note]:
    notes: list[Note] = []
    prefix = "contract." if mapping.kind == "accounts" else ""
    if mapping.has(prefix + "renewal_on") and not mapping.has(prefix + "end_on"):
        notes.append(
            Note("renewal_as_end", _("The renewal date is taken as the last day of the contract's term."))
        )
    if (
        mapping.kind == "readings"
        and mapping.has("metric")
        and not mapping.has("value")
        and not _on_days(mapping)
    ):
        notes.append(Note("rows_counted", _("There is no column of figures: each row counts as 1.")))
    figures = [
        column.field.removeprefix(METRIC) for column in mapping.columns if column.field.startswith(METRIC)
    ]
    if figures:
        sentence = ngettext(
            "{count} column becomes a metric: {names}.",
            "{count} columns become metrics: {names}.",
            len(figures),
        )
        notes.append(
            Note(
                "columns_metrics", sentence.format(count=len(figures), names=", ".join(figures[:_MOST_NAMED]))
            )
        )
    return notes


def _on_days(mapping: Mapping) -> bool:
    return any(column.field.startswith(ON_DAY) for column in mapping.columns)
