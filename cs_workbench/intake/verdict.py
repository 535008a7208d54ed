"""Sentences about how a table was understood, or why it was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_OPTIONS_TOLD = {
    "above": ("blank_as_above", mark("Blank cells of {columns} were read as the name above them.")),
    "serial": (
        "dates_serial",
        mark("The bare numbers in {columns} were read as the day numbers of a spreadsheet."),
    ),
    "ymd": (
        "dates_year_first",
        mark("Short dates in {columns} were read with the year first (26/4/1 is 2026-04-01)."),
    ),
    "/month": (
        "monthly_as_yearly",
        mark("The amounts in {columns} are of one month: twelve times as much was taken."),
    ),
}
_MOST_NAMED = 8
_RESEMBLES = 1.5
_CUSTOM_KINDS = ("accounts", "people", "contracts")


def _listed(names: Sequence[str]) -> str:
    shown = _(", ").join(f"“{name}”" for name in names[:_MOST_NAMED])
    return shown + (" …" if len(names) > _MOST_NAMED else "")


def _either(fields: Sequence[str]) -> str:
    named = [_(_FIELD_NAMES[name]) for name in fields if name in _FIELD_NAMES]
    return _(" or ").join(named[:3]) or _(", ").join(fields)


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
    against = [index for index in layout.against if index in layout.left_over]
    kept = [
        column.header
        for column in mapping.columns
        if column.field.startswith(CUSTOM) and column.index not in against
    ]
    left = [
        column.header
        for column in mapping.columns
        if column.field == IGNORE
        and column.index in layout.left_over
        and column.index not in against
        and columns[column.index].filled
    ]
    named = {
        code: _named(code, names) for code, names in (("columns_custom", kept), ("columns_ignored", left))
    }
    doubted = _doubted([labels[index] for index in against], kept_as_text=mapping.kind in _CUSTOM_KINDS)
    notes = (*named.values(), doubted)
    return (*(note for note in notes if note is not None), *readings_of(mapping, asks))


def readings_of(mapping: Mapping, asks: Sequence[str]) -> tuple[Note, ...]:
    """How the cells of mapped columns are read where they do not say it themselves; *asks*: dates left open."""
    unsettled = _note(
        "dates_ambiguous",
        asks,
        _("Dates in {columns} can be read day first or month first: add |dmy or |mdy to the mapping."),
    )
    return (*((unsettled,) if unsettled else ()), *_meanings(mapping))


def yen_note(headers: Sequence[str]) -> Note:
    """That amounts without a currency under Japanese *headers* were taken as yen."""
    sentence = _(
        "The amounts in {columns} name no currency; as the header is Japanese they were taken as JPY."
    )
    return _about("yen_assumed", headers, sentence)


def unit_note(unit: str) -> Note:
    """That a line above the table gave all amounts their *unit* ("JPY*1000")."""
    sentence = _("A line above the table gives the unit of its amounts: they were read as {unit}.")
    return Note("unit_above", sentence.format(unit=unit.replace("*", " × ")))


def _named(code: str, names: Sequence[str]) -> Note | None:
    """The sentence about columns that match no field: kept, or left out."""
    if not names:
        return None
    if code == "columns_custom":
        sentence = ngettext(
            "{count} column matches no field and is kept as a field of your own: {columns}.",
            "{count} columns match no field and are kept as fields of your own: {columns}.",
            len(names),
        )
    else:
        sentence = ngettext(
            "{count} column matches no field of this kind and is left out: {columns}.",
            "{count} columns match no field of this kind and are left out: {columns}.",
            len(names),
        )
    return _about(code, names, sentence)


def _doubted(names: Sequence[str], *, kept_as_text: bool) -> Note | None:
    """Columns whose header says one thing and whose values another."""
    if kept_as_text:
        sentence = _(
            "The values of {columns} are not what the header says: they are kept as they stand, as a field of your own."
        )
    else:
        sentence = _("The values of {columns} are not what the header says: they are left out.")
    return _note("values_against", names, sentence)


def _note(code: str, names: Sequence[str], sentence: str) -> Note | None:
    return _about(code, names, sentence) if names else None


def _about(code: str, names: Sequence[str], sentence: str) -> Note:
    """A note about columns, counted and named."""
    words = sentence.format(count=len(names), columns=_listed(names))
    return Note(code, words, len(names), tuple(names))


def _meanings(mapping: Mapping) -> list[Note]:
    notes: list[Note] = [*_readings_told(mapping), *_options_told(mapping)]
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
                "columns_metrics",
                sentence.format(count=len(figures), names=_(", ").join(figures[:_MOST_NAMED])),
                len(figures),
                tuple(figures),
            )
        )
    return notes


def _readings_told(mapping: Mapping) -> Iterator[Note]:
    """Of which day the figures in a row are, and what columns of months measure."""
    figures = [column.header for column in mapping.columns if _is_beside(column.field)]
    if figures and not mapping.has("reading.as_of"):
        sentence = _("The figures in {columns} carry no date: they are taken as of the day of the import.")
        yield _about("as_of_import", figures, sentence)
    keys = {column.option for column in mapping.columns if column.field.startswith(ON_DAY) and column.option}
    for key in sorted(keys):
        sentence = _(
            "The columns named by dates hold the metric “{name}”; to call it otherwise, change the mapping."
        )
        yield Note("columns_days", sentence.format(name=key))


def _options_told(mapping: Mapping) -> Iterator[Note]:
    """How cells were read that do not say it themselves."""
    by_option = {
        option: [column.header for column in mapping.used() if _asked(column.option, option)]
        for option in _OPTIONS_TOLD
    }
    for option, names in by_option.items():
        code, sentence = _OPTIONS_TOLD[option]
        if names:
            yield _about(code, names, _(sentence))


def _asked(option: str, wanted: str) -> bool:
    return option == wanted or (wanted == "/month" and option.endswith(wanted))


def _is_beside(field: str) -> bool:
    return field.startswith("reading.") and field != "reading.as_of"


def _on_days(mapping: Mapping) -> bool:
    return any(column.field.startswith(ON_DAY) for column in mapping.columns)
