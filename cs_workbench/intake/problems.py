"""What is wrong with a cell, in a sentence with what to do about it."""

from __future__ import annotations

from cs_workbench.i18n import _, mark
from cs_workbench.intake.rows import Problem

_SHOWN = 60
SENTENCES = {
    "missing": mark("“{column}” is empty; fill it in or leave the row out."),
    "date": mark("“{value}” in “{column}” is no date; write it like 2026-06-01 or 2026年6月1日."),
    "date_ambiguous": mark(
        "“{value}” in “{column}” can be read day first or month first; add |dmy or |mdy to the mapping."
    ),
    "instant": mark("“{value}” in “{column}” is no date and time; write it like 2026-06-01 14:30."),
    "money": mark("“{value}” in “{column}” is no amount; write it like 1200000, ¥1,200,000 or 120万円."),
    "number": mark("“{value}” in “{column}” is no number."),
    "notice": mark(
        "“{value}” in “{column}” is no period of notice; write it like 90, 90 days or 3 months (3ヶ月前)."
    ),
    "not_finite": mark("“{value}” in “{column}” is no number that can be counted with."),
    "range": mark("“{value}” in “{column}” is too large to be right; check the unit."),
    "scale": mark(
        "“{value}” in “{column}” lies outside the scale of this field; check the value or the mapping."
    ),
    "int": mark("“{value}” in “{column}” is no whole number."),
    "percent": mark("“{value}” in “{column}” is no percentage; write it like 75%."),
    "bool": mark("“{value}” in “{column}” is neither yes nor no; write TRUE or FALSE, ○ or ×."),
    "email": mark("“{value}” in “{column}” is no mail address."),
    "domain": mark("“{value}” in “{column}” is no domain; write it like example.co.jp."),
    "currency": mark("“{value}” in “{column}” is no currency; write a code such as JPY or USD."),
    "mixed_currencies": mark(
        "The row mixes currencies ({value}); it can hold one. Split it or ignore a column."
    ),
    "term": mark("“{value}” in “{column}” is no length of contract; write the months, such as 12."),
    "unknown_value": mark(
        "“{value}” in “{column}” is not a known word for it; correct it or ignore the column."
    ),
    "too_long": mark("“{value}” in “{column}” is too long for a name; 300 characters are the most."),
    "short_row": mark("The row ends before “{column}”; check its separators and quotes."),
}
_OTHER = mark("“{value}” in “{column}” cannot be read.")


def sentence(problem: Problem) -> str:
    """The problem as one translated sentence with its remedy; values are cut to 60 characters."""
    value = problem.value if len(problem.value) <= _SHOWN else problem.value[: _SHOWN - 1] + "…"
    return _(SENTENCES.get(problem.code, _OTHER)).format(value=value, column=problem.column)
