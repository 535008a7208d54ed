"""What the values of a column look like: the second witness beside its header."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from cs_workbench.domain.text import fold
from cs_workbench.intake import values
from cs_workbench.intake.carry import DITTO
from cs_workbench.intake.dates import SHORT_YMD, is_serial
from cs_workbench.intake.kinds import read_words
from cs_workbench.intake.notices import notice_of
from cs_workbench.intake.past_days import yearless
from cs_workbench.intake.periods import decide_year_first, parse_period
from cs_workbench.intake.table import Cell, Table

_KANA = re.compile(r"[ぁ-んァ-ヶー・ｦ-ﾟ\s]+")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")
_LETTER = re.compile(r"[^\W\d_]")
_PHONE = re.compile(r"[+(0-9][0-9()\s./extEXT内線+-]{6,24}")
_TERM = re.compile(
    r"(\d{1,3})\s*-?\s*(months?|mos?|years?|yrs?|y|m|ヶ月|か月|カ月|ケ月|ヵ月|箇月|年|年間|月)?(間|契約)?",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\d{1,3}(?![\d./-])")
_TERM_WORDS = {
    "monthtomonth": 1, "month to month": 1, "monthly": 1, "one month": 1, "month": 1, "quarterly": 3, "one year": 12,
    "annual": 12, "yearly": 12, "year": 12, "two year": 24, "two years": 24, "three year": 36, "three years": 36,
    "half year": 6, "月契約": 1, "年契約": 12, "年間契約": 12, "月次": 1, "年次": 12, "半年": 6, "一年": 12,
    "二年": 24, "三年": 36, "単年": 12, "単年契約": 12,
}  # fmt: skip
_WHOLE_TEXT = frozenset(["text", "id", "tags", "roles", "channel", "priority", "billing", "ticket_status"])
_WHOLE_WORDS = frozenset(["event_kind", "contract_status"])  # "renewal pending" is no renewal yet
GOOD, POOR = 0.8, 0.5


@dataclass(slots=True)
class Shape:
    """The sample of one column without its blanks. ``distinct`` counts different values, at most the sample's size."""

    cells: tuple[Cell, ...]
    rows: int
    distinct: int
    _shares: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def filled(self) -> int:
        """How many sample rows have a value."""
        return len(self.cells)

    @property
    def unique(self) -> float:
        """Different values among the filled ones, 0–1; 1 for an empty column."""
        return self.distinct / len(self.cells) if self.cells else 1.0

    def share(self, type_name: str) -> float:
        """The share (0–1) of values that can be read as *type_name* (``FieldSpec.type``); 1 when all are blank."""
        if not self.cells or type_name in _WHOLE_TEXT:
            return 1.0
        if type_name not in self._shares:
            reads = reader(type_name)
            self._shares[type_name] = sum(map(reads, self.cells)) / len(self.cells)
        return self._shares[type_name]


def shapes(table: Table) -> list[Shape]:
    """The shape of every column of *table*, from its sample."""
    found = []
    for index in range(len(table.header)):
        column = [row[index] for row in table.sample if index < len(row)]
        cells = tuple(cell for cell in column if not values.is_placeholder(cell) and cell not in DITTO)
        found.append(Shape(cells, len(table.sample), len(set(map(str, cells)))))
    return found


@cache
def vocabulary(name: str) -> dict[str, str]:
    """Folded word → code of a word list in ``values.toml``. Raises KeyError for a list that does not exist."""
    return {fold(word): code for code, words in read_words("values")[name].items() for word in words}


def code_of(name: str, cell: Cell) -> str | None:
    """The code *cell* has in word list *name*: by its whole text, else by the longest known word inside; else None.

    What a contract or an event is must be said in so many words: there only the whole text counts.
    """
    words = vocabulary(name)
    text = fold(values.plain(cell))
    spaced = text.replace("_", " ")
    if (code := words.get(text, words.get(spaced))) is not None or name in _WHOLE_WORDS:
        return code
    inside = [
        word
        for word in words
        if len(word) > 2 and word in spaced and not (word.isascii() and not _apart(word, spaced))
    ]
    return words[max(inside, key=len)] if inside else None


def _apart(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def months_of(cell: Cell) -> int | None:
    """A length of contract in months: 12, "12 months", "1年", "One year", "month-to-month"; None if it is none."""
    text = values.plain(cell).casefold().strip()
    known = _TERM_WORDS.get(text, _TERM_WORDS.get(fold(text)))
    if known is not None:
        return known
    found = _TERM.fullmatch(text.removesuffix(".0"))
    if found is None:
        return None
    years = (found[2] or "").startswith(("y", "年"))
    return int(found[1]) * (12 if years else 1)


def reader(type_name: str) -> Callable[[Cell], bool]:
    """A function that says whether a cell reads as *type_name*."""
    if type_name in _READERS:
        return _READERS[type_name]
    vocabulary(type_name)
    return lambda cell: code_of(type_name, cell) is not None


def _parses(parse: Callable[[Cell], object]) -> Callable[[Cell], bool]:
    def reads(cell: Cell) -> bool:
        try:
            parse(cell)
        except values.ValueProblem:
            return False
        return True

    return reads


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, (int, float)):
        return False
    year_first = SHORT_YMD.match(values.plain(cell)) is not None
    try:
        values.parse_date(cell, month_as="first", year_first=year_first)
    except values.ValueProblem as problem:
        return problem.code == "date_ambiguous"
    return True


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, (bool, date)):
        return False
    return _parses(values.parse_number)(cell)


def _is_count(cell: Cell) -> bool:
    return _is_number(cell) and values.parse_number(cell) >= 0


def _is_figure(cell: Cell) -> bool:
    return _is_number(cell) or (values.plain(cell).endswith("%") and _parses(values.parse_percent)(cell))


def _is_scored(cell: Cell) -> bool:
    return _is_score(cell) or code_of("satisfaction", cell) is not None


def _is_name(cell: Cell) -> bool:
    """A name holds letters and is no date, no mail address and no number with a unit."""
    text = values.plain(cell)
    return bool(_LETTER.search(text)) and "@" not in text and not _is_date(cell) and len(text) <= 200


def _names_currency(cell: Cell) -> bool:
    return _parses(values.parse_money)(cell) and values.parse_money(cell)[1] is not None


def _is_score(cell: Cell) -> bool:
    return _is_number(cell) or values.LEADING_SCORE.match(values.plain(cell)) is not None


def _is_minutes(cell: Cell) -> bool:
    return _is_number(cell) or ":" in values.plain(cell)


def _is_domain(cell: Cell) -> bool:
    text = values.plain(cell)
    return "@" not in text and all(
        _parses(values.parse_domain)(part) for part in re.split(r"[;,\s]+", text) if part
    )


_READERS: dict[str, Callable[[Cell], bool]] = {
    "date": _is_date,
    "instant": _is_date,
    "past_day": lambda cell: yearless(cell) is not None or _is_date(cell),
    "serial": is_serial,
    "period": _parses(parse_period),
    "money": _parses(values.parse_money),
    "number": _is_number,
    "count": _is_count,
    "int": _parses(values.parse_int),
    "bool": _parses(values.parse_bool),
    "fraction": _parses(values.parse_percent),
    "minutes": _is_minutes,
    "notice": lambda cell: notice_of(cell) is not None or _NOTICE.match(values.plain(cell)) is not None,
    "term": lambda cell: months_of(cell) is not None,
    "mail": _parses(values.parse_emails),
    "domain": _is_domain,
    "phone": lambda cell: _PHONE.fullmatch(values.plain(values.parse_text(cell))) is not None,
    "kana": lambda cell: _KANA.fullmatch(str(cell)) is not None,
    "name": _is_name,
    "text": lambda _cell: True,
    "currency": lambda cell: currency_of(cell) is not None,
    "rating5": lambda cell: _is_number(cell) and 1 <= values.parse_number(cell) <= 5,
    "satisfaction": _is_scored,
    "score": _is_score,
    "figure": _is_figure,
    "with_currency": _names_currency,
}


def currency_of(cell: Cell) -> str | None:
    """The ISO code a cell of a currency column names ("USD", "円", "USD - U.S. Dollar"); None if it names none."""
    text = values.plain(cell).strip()
    try:
        return values.parse_money("1 " + text.split(" - ")[0].strip())[1]
    except values.ValueProblem:
        return None


def day_order(shape: Shape, header: str) -> str:
    """How a column of dates is to be read: "dmy" or "mdy", "ymd" (26/6/1), "serial" (Excel day numbers); "?" where its
    values leave open what comes first, "" where nothing asks.
    """
    cells = shape.cells
    if cells and shape.share("date") < POOR and shape.share("serial") >= POOR:
        return "serial"
    if decide_year_first(cells, japanese=JAPANESE.search(header) is not None):
        return "ymd"
    told = values.decide_day_first(cells)
    if told is not None:
        return "dmy" if told else "mdy"
    return "?" if values.needs_day_first(cells) else ""


def custom_type(shape: Shape) -> str:
    """The type an unmatched column is kept with: bool, date, number or money when every value agrees, else text."""
    if not shape.cells:
        return "text"
    if (
        shape.distinct <= 2
        and shape.share("bool") == 1
        and not all(values.plain(cell).isdigit() for cell in shape.cells)
    ):
        return "bool"
    if shape.share("date") == 1:
        return "date"
    coded = any(
        len(text) > 1 and text[0] == "0" and text.isdigit() for text in map(values.plain, shape.cells)
    )
    if shape.share("number") == 1 and not coded:
        return "number"
    if not coded and shape.share("money") == 1:
        return "money"
    return "text"
