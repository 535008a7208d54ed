"""What an import would do, row by row: shown before anything is written, corrected, settled, and then written."""

from __future__ import annotations

import csv
import datetime as dt
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cs_workbench.errors import Cancelled, FileProblem, IntakeProblem
from cs_workbench.services import portfolios
from cs_workbench.services.intake import field_names, import_files, offers, preview
from cs_workbench.services.intake.offers import Offer
from cs_workbench.services.intake.preview import FieldChange, Preview
from cs_workbench.services.intake.shown import PAGE, Kept, cell_text
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import search
from cs_workbench.store.intake import bulk

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
HEADER = "Account ID,Account name,ARR,Renewal date,Seats"


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """An empty portfolio."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        yield made


def file_of(
    folder: Path, *lines: str, name: str = "accounts.csv", header: str = HEADER, codec: str = "utf-8"
) -> str:
    """A file with a header and lines."""
    path = folder / name
    path.write_text("\n".join((header, *lines)) + "\n", encoding=codec)
    return str(path)


GOOD = ("A1,Acme,1200000,2027-03-31,24", "A2,Bravo,4000000,2027-03-31,60", "A3,Charlie,2640000,2027-05-31,40")


def previewed(wb: Workbench, found: Sequence[Offer], **asked: object) -> Preview:
    """The plan of *found*."""
    return preview.prepare(wb, found, now=NOW, **asked)  # type: ignore[arg-type]


def everything(shown: Preview, table: int = 0) -> list[preview.PreviewRow]:
    """Every row of a table."""
    return shown.rows(table, shown.tables[table].numbers["all"])


def test_nothing_is_written_before_the_person_agrees(wb: Workbench, tmp_path: Path) -> None:
    """Looking changes nothing; agreeing writes one step, and the same again has nothing to write."""
    path = file_of(tmp_path, *GOOD)
    found = offers.offers_of(wb.reads, path)
    shown = previewed(wb, found)
    assert [(row.row, row.what) for row in everything(shown)] == [(2, "create"), (3, "create"), (4, "create")]
    assert wb.reads.scalar("select count(*) from account") == 0
    result = shown.apply(good_rows=True)
    shown.close()
    assert wb.reads.scalar("select count(*) from account") == 3
    assert [step.id for step in wb.history()] == [result.step_id]
    again = previewed(wb, offers.offers_of(wb.reads, path))
    assert ([row.what for row in everything(again)], again.changes) == (["same"] * 3, False)
    again.close()


def test_a_change_says_old_and_new(wb: Workbench, tmp_path: Path) -> None:
    """Amounts in whole units, by the field's key; only rows that change are under that filter."""
    import_files(wb, [file_of(tmp_path, *GOOD)], now=NOW)
    path = file_of(tmp_path, GOOD[0], "A2,Bravo,4500000,2027-04-30,60", GOOD[2])
    shown = previewed(wb, offers.offers_of(wb.reads, path))
    table = shown.tables[0]
    assert list(table.numbers["changes"]) == [3]
    (row,) = shown.rows(0, table.numbers["changes"])
    assert row.what == "update"
    assert FieldChange("arr", "4,000,000", "4,500,000") in row.changes
    assert any(change.new == "2027-04-30" for change in row.changes)
    shown.close()


def test_a_bad_cell_is_named_and_can_be_corrected(wb: Workbench, tmp_path: Path) -> None:
    """The column at fault is known; correcting the cell in the preview takes the row in and leaves the file alone."""
    path = file_of(tmp_path, *GOOD, "A4,Orion,12O000,2027-04-30,18")
    before = Path(path).read_bytes()
    (offer,) = offers.offers_of(wb.reads, path)
    shown = previewed(wb, [offer])
    (row,) = shown.rows(0, shown.tables[0].numbers["problems"])
    assert (row.row, row.what, row.bad, row.code) == (5, "left_out", 2, "money")
    assert "12O000" in row.reason
    shown.close()
    mended = previewed(wb, [offers.with_cell(offer, 5, 2, "120000")])
    assert [row.what for row in everything(mended)] == ["create"] * 4
    mended.apply(good_rows=True)
    mended.close()
    assert wb.reads.scalar("select arr from contract c join account a on a.id = c.account_id"
                           " where a.name = 'Orion'") == 120_000 * 10_000  # fmt: skip
    assert Path(path).read_bytes() == before


def test_left_out_rows_are_saved_where_the_person_says(wb: Workbench, tmp_path: Path) -> None:
    """With the reason beside them, readable by the owner only, no formula in them, in place of an older file."""
    path = file_of(tmp_path, *GOOD, "A4,=Orion,12O000,2027-04-30,18")
    shown = previewed(wb, offers.offers_of(wb.reads, path))
    out = tmp_path / "left.csv"
    out.write_text("old")
    shown.save_left_out(0, str(out))
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert (rows[1][:3], len(rows)) == (["A4", "'=Orion", "12O000"], 2)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with pytest.raises(FileProblem):
        shown.save_left_out(0, str(tmp_path / "nowhere" / "left.csv"))
    shown.close()


TICKETS = "Ticket ID,Organization,Subject,Status,Created at"


@pytest.mark.parametrize(
    ("told", "tickets", "accounts", "alias"),
    [(1, 2, 3, 1), ("create", 2, 4, 0), ("skip", 0, 3, 0), (None, 0, 3, 0)],
)
def test_an_unknown_account_is_settled_by_the_person(
    wb: Workbench, tmp_path: Path, told: object, tickets: int, accounts: int, alias: int
) -> None:
    """Picked, created or left out, for every row of that name; a pick is remembered as another name."""
    import_files(wb, [file_of(tmp_path, *GOOD)], now=NOW)
    path = file_of(
        tmp_path, "1,Nobody Ltd,Help,open,2026-11-01 10:00", "2,Nobody Ltd,More,open,2026-11-02 10:00",
        name="tickets.csv", header=TICKETS,
    )  # fmt: skip
    settled = {} if told is None else {"Nobody Ltd": told}
    shown = previewed(wb, offers.offers_of(wb.reads, path), settled=settled)
    if told in (None, "skip"):
        rows = everything(shown)
        assert {row.about for row in rows} == {"Nobody Ltd"}
        assert {row.what for row in rows} == {"left_out" if told else "ask"}
        assert {row.bad for row in rows} == {1}
    shown.apply(good_rows=True)
    shown.close()
    counted = [
        wb.reads.scalar(f"select count(*) from {table}") for table in ("ticket", "account", "account_alias")
    ]
    assert counted == [tickets, accounts, alias]


def test_a_likely_account_is_asked_about(wb: Workbench, tmp_path: Path) -> None:
    """The question comes with the row, and the answer is the account's id."""
    import_files(wb, [file_of(tmp_path, "A1,Aoba Precision Works,1,2027-03-31,1")], now=NOW)
    path = file_of(tmp_path, "Aoba Precision Work,5", header="Account name,Employees")
    shown = previewed(wb, offers.offers_of(wb.reads, path))
    (row,) = everything(shown)
    shown.close()
    assert row.what == "ask"
    assert row.question is not None
    assert (row.question.candidate, row.about) == ("Aoba Precision Works", "Aoba Precision Work")
    again = previewed(wb, offers.offers_of(wb.reads, path), settled={row.about: row.question.account_id})
    assert [one.what for one in everything(again)] == ["update"]
    again.close()


def test_columns_are_corrected(wb: Workbench, tmp_path: Path) -> None:
    """A field one column fills is taken from the other; what is missing then is said."""
    (offer,) = offers.offers_of(wb.reads, file_of(tmp_path, *GOOD))
    assert offer.mapping is not None
    assert offer.ready
    moved = offers.with_column(offer, 4, "name")
    assert moved.mapping is not None
    assert [column.field for column in moved.mapping.columns][1] == offers.NOT_TAKEN
    custom = offers.with_column(offer, 4, offers.own_field("accounts", "Seats"))
    assert custom.mapping is not None
    assert custom.mapping.columns[4].field == "custom:Seats"
    as_people = offers.as_recognised(offer, kind="surveys")
    assert not as_people.ready
    assert as_people.lacks
    assert offers.as_recognised(as_people).ready


def test_encoding_and_delimiter_are_read_again(wb: Workbench, tmp_path: Path) -> None:
    """What the person says rules over the guess; an encoding that does not fit is refused by name."""
    path = file_of(tmp_path, "A1;株式会社あさひ計測;5", header="Account ID;Account name;Seats", codec="cp932")
    (offer,) = offers.offers_of(wb.reads, path)
    assert offer.table is not None
    assert (offer.table.encoding, offer.table.delimiter) == ("cp932", ";")
    (other,) = offers.offers_of(wb.reads, path, delimiter=",")
    assert other.table is not None
    assert len(other.table.header) == 1
    (wrong,) = offers.offers_of(wb.reads, path, encoding="utf-8")
    assert wrong.problem is not None
    assert not wrong.ready


def test_last_time_is_remembered(wb: Workbench, tmp_path: Path) -> None:
    """The corrected columns come back with the day; recognising anew is still possible, and so is going back."""
    path = file_of(tmp_path, *GOOD)
    (offer,) = offers.offers_of(wb.reads, path)
    assert offer.used_at is None
    shown = previewed(wb, [offers.with_column(offer, 4, offers.NOT_TAKEN)])
    shown.apply(good_rows=True)
    shown.close()
    (again,) = offers.offers_of(wb.reads, path)
    assert again.used_at == "2026-11-21T09:00:00Z"
    assert again.mapping is not None
    assert again.mapping.columns[4].field == offers.NOT_TAKEN
    fresh = offers.as_recognised(again)
    assert fresh.mapping != again.mapping
    assert offers.as_saved(fresh).mapping == again.mapping


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("photo.csv", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8), ("gone.csv", None)],
)
def test_a_refused_file_blocks_no_other(
    wb: Workbench, tmp_path: Path, name: str, content: bytes | None
) -> None:
    """It says by name what is wrong and what to do; the others are planned."""
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    found = [*offers.offers_of(wb.reads, str(bad)), *offers.offers_of(wb.reads, file_of(tmp_path, *GOOD))]
    assert found[0].problem is not None
    assert name in found[0].problem.message
    assert found[0].problem.remedy
    shown = previewed(wb, found)
    assert shown.result.created == 3
    shown.close()


def test_a_table_nobody_understands_is_left_out(wb: Workbench, tmp_path: Path) -> None:
    """A lesson plan is not guessed at; it says why."""
    path = file_of(tmp_path, "1,Fractions,p.12", name="lessons.csv", header="Week,Topic,Homework")
    (offer,) = offers.offers_of(wb.reads, path)
    assert (offer.mapping, offer.ready) == (None, False)
    assert offer.reason
    shown = previewed(wb, [offer, *offers.offers_of(wb.reads, file_of(tmp_path, *GOOD))])
    assert [table.offer.name for table in shown.tables] == ["accounts.csv"]
    shown.close()


def test_stopping_and_closing(wb: Workbench, tmp_path: Path) -> None:
    """A stop while planning raises; a closed preview shows nothing; a stop while writing leaves nothing."""
    found = offers.offers_of(wb.reads, file_of(tmp_path, *GOOD))
    with pytest.raises(Cancelled):
        previewed(wb, found, cancelled=lambda: True)
    shown = previewed(wb, found)
    with pytest.raises(Cancelled):
        shown.apply(good_rows=True, cancelled=lambda: True)
    assert wb.reads.scalar("select count(*) from account") == 0
    shown.close()
    assert shown.rows(0, [2]) == []


def test_comparing_a_million_rows_can_be_stopped_in_the_middle(wb: Workbench, tmp_path: Path) -> None:
    """And says how far it is."""
    import_files(wb, [file_of(tmp_path, *GOOD)], now=NOW)
    rows = [f"T{number},A1,2026-03-01,Printer" for number in range(3_000)]
    path = file_of(tmp_path, *rows, name="t.csv", header="Ticket ID,Account ID,Created at,Subject")
    told: list[int] = []
    with pytest.raises(Cancelled):
        previewed(
            wb,
            offers.offers_of(wb.reads, path),
            progress=lambda done, _total, label: told.append(done if label == "Comparing" else 0),
            cancelled=lambda: told[-1:] > [0],
        )
    assert 0 < told[-1] < 3_000


def test_a_stop_while_tickets_are_written_waits_for_some_rows_only(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of them is left, and what is logged later is found by the search again."""
    monkeypatch.setattr(bulk, "ROWS", 2)
    import_files(wb, [file_of(tmp_path, *GOOD)], now=NOW)
    rows = [f"T{number},A1,2026-03-01,Printer {number}" for number in range(9)]
    path = file_of(tmp_path, *rows, name="t.csv", header="Ticket ID,Account ID,Created at,Subject")
    shown = previewed(wb, offers.offers_of(wb.reads, path))
    told: list[int] = []
    with pytest.raises(Cancelled):
        shown.apply(
            good_rows=True,
            progress=lambda done, _total, _label: told.append(done),
            cancelled=lambda: max(told, default=0) >= 4,
        )
    assert max(told) == 4
    assert wb.reads.scalar("select count(*) from ticket") == 0
    shown.apply(good_rows=True)
    shown.close()
    assert wb.reads.scalar("select count(*) from ticket") == 9
    assert search.check(wb.database.writer().connection) == []


def test_a_portfolio_changed_meanwhile_is_not_written_to(wb: Workbench, tmp_path: Path) -> None:
    """The plan no longer holds: it is refused, and planning anew works."""
    shown = previewed(wb, offers.offers_of(wb.reads, file_of(tmp_path, *GOOD)))
    import_files(wb, [file_of(tmp_path, "B1,Other,1,2027-01-01,1", name="other.csv")], now=NOW)
    with pytest.raises(IntakeProblem) as refused:
        shown.apply(good_rows=True)
    assert refused.value.code == "changed_meanwhile"
    shown.close()


def test_readings_say_what_becomes_of_each(wb: Workbench, tmp_path: Path) -> None:
    """New, another value than before, the same, and an account nobody knows."""
    import_files(wb, [file_of(tmp_path, *GOOD)], now=NOW)
    header = "account_id,date,metric,value"
    first = file_of(tmp_path, "A1,2026-11-01,logins,5", "A1,2026-11-02,logins,6", name="u.csv", header=header)
    import_files(wb, [first], now=NOW)
    path = file_of(
        tmp_path, "A1,2026-11-01,logins,5", "A1,2026-11-02,logins,7", "A2,2026-11-02,logins,1",
        "A9,2026-11-02,logins,1", name="v.csv", header=header,
    )  # fmt: skip
    shown = previewed(wb, offers.offers_of(wb.reads, path))
    assert [row.what for row in everything(shown)] == ["same", "update", "create", "ask"]
    shown.close()


class Rows:
    """Numbered rows of some cells."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.read = 0

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Every second row of a file, with a date and a long text."""
        self.read += 1
        return ((2 * n, [n, dt.date(2026, 1, 1), "x" * 5_000, None]) for n in range(1, self.count + 1))

    def notes(self) -> tuple[()]:
        """None."""
        return ()


def test_cells_are_kept_and_found_again() -> None:
    """Over page borders, dates as text, long texts cut, corrections in place; a row that is not there is an error."""
    count = 2 * PAGE + 3
    kept = Kept(Rows(count), {4: {1: "mended", 5: "beyond"}})  # type: ignore[arg-type]
    passed = list(kept.rows())
    assert len(passed) == count
    assert kept.cells(2) == ("1", "2026-01-01", "x" * 1_000, "")
    assert kept.cells(4)[1::4] == ("mended", "beyond")
    assert kept.cells(2 * count)[0] == str(count)
    with pytest.raises(KeyError):
        kept.cells(3)
    assert len(list(kept.rows())) == count


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (True, "TRUE"), (5.0, "5"), (5.5, "5.5"), (7, "7"), ("a", "a")]
)
def test_cells_as_text(cell: object, text: str) -> None:
    """As a person would write them."""
    assert cell_text(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(field_names.KINDS))
def test_every_field_has_a_name(kind: str) -> None:
    """No key of a mapping is ever shown."""
    for key in offers.field_choices(kind):
        name = field_names.field_name(kind, key)
        assert name
        assert "_" not in name
        assert "." not in name


def test_options_hold_what_is_chosen_now(wb: Workbench, tmp_path: Path) -> None:
    """Date order for dates, currency for money, type for a field of one's own; nothing for a column not taken."""
    (offer,) = offers.offers_of(wb.reads, file_of(tmp_path, *GOOD))
    assert offer.mapping is not None
    columns = offer.mapping.columns
    for column in columns:
        choices = dict(field_names.option_choices("accounts", column))
        assert not choices or column.option in choices
    assert "dmy" in dict(field_names.option_choices("accounts", columns[3]))
    assert "JPY*1000" in dict(field_names.option_choices("accounts", columns[2]))
    assert 2 in field_names.figure_columns(offer.mapping)
