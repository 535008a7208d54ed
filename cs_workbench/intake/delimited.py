"""CSV, TSV and other delimited text: read once to decide, then streamed at the speed of the csv module."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _, ngettext
from cs_workbench.intake import encoding as encodings
from cs_workbench.intake import layout
from cs_workbench.intake.table import MAX_COLUMNS, MAX_ROWS, SAMPLE_ROWS, Note, Row, Table

DELIMITERS = (",", "\t", ";", "|")
MAX_FIELD = 131_072
_CHUNK = 256  # larger ones are slower: more live lists for the collector to walk
_SAMPLE_CHARACTERS = 1 << 18
_NAMED_ROWS = 5
_END = "\x1c\x1d\x1e end of file"


def open_delimited(path: str, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """The table in the delimited text file at *path*; *delimiter* (one of DELIMITERS) overrides the guess.

    Raises FileProblem: empty, undecodable, a quote that never closes, too many columns, a field too long.
    """
    text = encodings.detect(path, encoding)
    with encodings.open_lines(text) as lines:
        sample = _sample_lines(lines)
    delimiter = delimiter or sniff(sample, whole=sum(map(len, sample)) < _SAMPLE_CHARACTERS)
    reader = _Reader(path, text, delimiter)
    head = reader.head(SAMPLE_ROWS + layout.HEADER_WITHIN)
    header = layout.find_header(head)
    _refuse(path, header)
    rows = DelimitedRows(reader, header.index + header.height if header.index >= 0 else 0, len(header.names))
    numbered = list(islice(rows.rows(), SAMPLE_ROWS))
    preamble = tuple(line for row in head[: max(header.index, 0)] if (line := layout.as_line(row)))
    notes = (*text.notes, *_header_notes(header, head))
    sampled = tuple(tuple(cells) for _number, cells in numbered)
    return Table(
        path, Path(path).name, None, text.encoding, delimiter, header.names, header.index + 1, preamble,
        sampled, notes, rows,
    )  # fmt: skip


def sniff(lines: Sequence[str], *, whole: bool = True) -> str:
    """The delimiter under which the sample makes the widest even table; "," for a single column.

    *whole* tells that the lines are the entire file, so that the last record counts as well.
    """
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if not any(delimiter in line for line in lines):
            continue
        try:
            records = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        widths = [len(record) for record in (records if whole else records[:-1] or records) if record]
        score = _evenness(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


class DelimitedRows:
    """The data rows of a delimited file: short rows padded, blank rows and footer lines left out."""

    def __init__(self, reader: _Reader, skip: int, width: int) -> None:
        self._reader = reader
        self._skip = skip
        self._width = width
        self._long: list[int] = []
        self._long_count = 0
        self._totals: list[int] = []
        self._footer: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows with their 1-based record number. Raises FileProblem naming the row it stumbled over."""
        self._long, self._long_count, self._totals, self._footer = [], 0, [], ()
        number = self._skip
        held: list[list[str]] = []
        for chunk in self._reader.chunks(self._skip):
            held += chunk
            ready = len(held) - layout.FOOTER_WITHIN
            if ready > 0:
                yield from self._checked(held[:ready], number)
                number += ready
                held = held[ready:]
            if number > MAX_ROWS:
                raise _too_long(self._reader.path)
        data, footer = layout.split_footer(list(enumerate(held, number + 1)), self._width)
        self._totals += [number for number, row in footer if layout.is_total(row)]
        self._footer = tuple(layout.as_line(row) for _number, row in footer if not layout.is_total(row))
        yield from self._checked([list(map(str, row)) for _number, row in data], number)

    def notes(self) -> tuple[Note, ...]:
        """Rows longer than the header, rows of sums and footer lines left out, of the last full reading."""
        found: list[Note] = []
        if self._long_count:
            text = ngettext(
                "{count} row has more cells than the header; the rest was left out (row {rows}).",
                "{count} rows have more cells than the header; the rest was left out (rows {rows}).",
                self._long_count,
            )
            rows = _(", ").join(map(str, self._long)) + ("…" if self._long_count > len(self._long) else "")
            found.append(Note("long_rows", text.format(count=self._long_count, rows=rows), self._long_count))
        if self._totals:
            found.append(layout.totals_note(self._totals, len(self._totals)))
        if self._footer:
            text = _("Lines below the table were left out: {lines}")
            found.append(Note("footer", text.format(lines=" / ".join(self._footer)[:300]), len(self._footer)))
        return tuple(found)

    def _checked(self, rows: list[list[str]], number: int) -> list[Row]:
        """Rows after *number* made as wide as the header, blank ones dropped; a chunk at a time is faster."""
        width = self._width
        if any(len(row) != width for row in rows):
            rows = [
                row if len(row) == width else self._fit(at, row) for at, row in enumerate(rows, number + 1)
            ]
        return [
            (at, row)
            for at, row in enumerate(rows, number + 1)
            if (row[0].strip() or not layout.all_blank(row))
            and (row[0][:1] not in layout.MAY_ADD_UP or not self._adds_up(at, row))
        ]

    def _adds_up(self, number: int, row: list[str]) -> bool:
        if not layout.is_total(row):
            return False
        self._totals.append(number)
        return True

    def _fit(self, number: int, row: list[str]) -> list[str]:
        missing = self._width - len(row)
        if missing >= 0:
            return row + [""] * missing
        if not layout.all_blank(row[self._width :]):
            self._long_count += 1
            if len(self._long) < _NAMED_ROWS:
                self._long.append(number)
        return row[: self._width]


class _Reader:
    """csv.reader over the decoded lines of one file, its errors told as FileProblem with the row."""

    def __init__(self, path: str, text: encodings.TextFile, delimiter: str) -> None:
        self.path = path
        self._text = text
        self._delimiter = delimiter

    def head(self, count: int) -> list[list[str]]:
        """The first *count* records, blank ones as empty lists."""
        for chunk in self.chunks(0, size=count):
            return chunk
        return []

    def chunks(self, skip: int, size: int = _CHUNK) -> Iterator[list[list[str]]]:
        """The records after the first *skip*, in lists; an unclosed quote at the end is an error."""
        with encodings.open_lines(self._text) as lines:
            reader = csv.reader(chain(lines, (_END,)), delimiter=self._delimiter)
            try:
                for _skipped in islice(reader, skip):
                    pass
                while chunk := list(islice(reader, size)):
                    last = len(chunk) < size or chunk[-1] == [_END]
                    if last and chunk.pop() != [_END]:
                        raise self._unclosed()
                    yield chunk
            except csv.Error as error:
                raise self._broken() from error
            except UnicodeDecodeError as error:
                raise encodings.undecodable(self.path, self._text.encoding) from error

    def _unclosed(self) -> FileProblem:
        row, line = self._last_record()
        return self._quote_problem(row, line)

    def _broken(self) -> FileProblem:
        """The row csv stumbled over: a field beyond the limit, nearly always behind a quote left open."""
        row, line = self._last_record()
        return self._quote_problem(row, line, too_long=True)

    def _last_record(self) -> tuple[int, int]:
        """Number and first line of the record at which reading stops; read again, as only errors need it."""
        row, line, start = 0, 0, 1
        with encodings.open_lines(self._text) as lines:
            reader = csv.reader(chain(lines, (_END,)), delimiter=self._delimiter)
            try:
                for _record in reader:
                    row, start, line = row + 1, line + 1, reader.line_num
            except csv.Error:
                return row + 1, line + 1
        return row, start

    def _quote_problem(self, row: int, line: int, *, too_long: bool = False) -> FileProblem:
        name = Path(self.path).name
        if too_long:
            message = _("“{name}”, row {row}: a field is longer than {limit} characters.").format(
                name=name, row=row, limit=MAX_FIELD
            )
        else:
            message = _("“{name}”, row {row}: a quoted field is never closed.").format(name=name, row=row)
        remedy = _('Look at line {line} of the file: a " is missing or too many.').format(line=line)
        code = "file_field" if too_long else "file_quote"
        return FileProblem(message, remedy, code=code, path=self.path, row=row, line=line)


def _sample_lines(lines: Iterator[str]) -> list[str]:
    taken: list[str] = []
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if size >= _SAMPLE_CHARACTERS or len(taken) >= 500:
            break
    return taken


def _evenness(widths: Sequence[int]) -> float:
    if not widths:
        return 0.0
    wide, count = Counter(widths).most_common(1)[0]
    if wide < 2:
        usual = [width for width in widths if width > 1]
        return 0.01 * len(usual) / len(widths)
    return count / len(widths) * (1 + min(wide, 50) / 50)


def _refuse(path: str, header: layout.Header) -> None:
    name = Path(path).name
    if not header.names:
        raise FileProblem(
            _("“{name}” is empty.").format(name=name),
            _("Export it again and check that it holds rows."),
            code="file_empty",
            path=path,
        )
    if len(header.names) > MAX_COLUMNS:
        raise FileProblem(
            _("“{name}” has {count} columns; at most {limit} can be read.").format(
                name=name, count=len(header.names), limit=MAX_COLUMNS
            ),
            _("Export only the columns you need."),
            code="file_columns",
            path=path,
        )


def _too_long(path: str) -> FileProblem:
    return FileProblem(
        _("“{name}” has more than {limit} rows.").format(name=Path(path).name, limit=MAX_ROWS),
        _("Split the file and import the parts one after the other."),
        code="file_rows",
        path=path,
    )


def _header_notes(header: layout.Header, head: Sequence[Sequence[str]]) -> tuple[Note, ...]:
    if header.index < 0:
        text = _("The file has no header row; its columns are named by their letters.")
        return (Note("no_header", text),)
    names = [name.strip() for name in head[header.index] if name.strip()]
    doubled = sorted(name for name, count in Counter(names).items() if count > 1)
    if not doubled:
        return ()
    text = _("Columns with the same name were numbered: {names}.")
    return (Note("doubled_header", text.format(names=_(", ").join(doubled)), len(doubled), tuple(doubled)),)
