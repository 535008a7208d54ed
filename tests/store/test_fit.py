"""A portfolio's tables are compared with ours before anything in them is used, and again where SQL turns out wrong."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
import sqlcipher3

from cs_workbench import paths
from cs_workbench.errors import PortfolioProblem
from cs_workbench.services import backups
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import fit, gate, schema
from tests.builders_store import add_account, add_interaction
from tests.builders_unfit import UNFIT, Spoil, altered

KEPT = Path(__file__).parent / "kept"
RESOURCE = Path(paths.resources(*fit.SCHEMA))


@pytest.fixture
def closed(path: str) -> str:
    """A portfolio with an account in it, not open."""
    with Workbench.open(path, create=True) as wb, wb.change("Add") as db:
        add_interaction(db, add_account(db, "Aoba"))
    return path


def test_the_resource_is_what_a_fresh_portfolio_holds(path: str) -> None:
    """To keep it after a wanted change: CSW_KEEP_GOLDEN=1."""
    schema.create_portfolio(path)
    raw = sqlcipher3.connect(path)
    found = fit.written(raw)
    raw.close()
    if os.environ.get("CSW_KEEP_GOLDEN"):
        RESOURCE.write_text(found, encoding="utf-8", newline="\n")
    assert found == RESOURCE.read_text(encoding="utf-8")


def test_the_resource_is_of_this_version() -> None:
    assert fit.SCHEMA[-1] == f"{gate.SCHEMA_VERSION:04}.sql"


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("spoil", "code", "word"), UNFIT.values(), ids=list(UNFIT))
def test_it_is_refused_unharmed(closed: str, spoil: Spoil, code: str, word: str, *, read_only: bool) -> None:
    spoil(closed)
    before = Path(closed).read_bytes()
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(closed, read_only=read_only)
    assert caught.value.code == code
    assert word in caught.value.message
    assert caught.value.remedy
    assert Path(closed).read_bytes() == before


@pytest.mark.parametrize("passphrase", [None, "four unrelated words"])
def test_a_whole_one_passes_at_a_glance(
    path: str, passphrase: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start pays for one row and a comparison of two texts, however the file is encrypted."""
    Workbench.open(path, key=passphrase, create=True).close()
    monkeypatch.setattr(fit, "_squeezed", lambda _text: pytest.fail("compared one by one"))
    with Workbench.open(path, key=passphrase) as wb, wb.change("Add") as db:
        add_account(db, "Aoba")


def test_one_brought_up_to_date_passes(tmp_path: Path) -> None:
    for kept in KEPT.glob("*.gz"):
        path = tmp_path / kept.stem
        path.write_bytes(gzip.decompress(kept.read_bytes()))
        Workbench.open(str(path)).close()
        with Workbench.open(str(path), read_only=True) as wb:
            assert wb.reads.scalar("select count(*) from account") == 2


def test_what_sqlite_keeps_for_itself_is_its_own(closed: str) -> None:
    altered("analyze")(closed)
    with Workbench.open(closed) as wb:
        assert wb.reads.scalar("select count(*) from account") == 1


def test_only_the_first_reader_and_the_writer_look(closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(fit, "check", lambda path, _connection: seen.append(path))
    with Workbench.open(closed) as wb:
        assert len(seen) == 1
        wb.write(lambda: wb.reads.scalar("select 1")).result()
        assert len(seen) == 1, "a second reader, on the writer's thread"
        with wb.change("Add") as db:
            add_account(db, "B")
        assert len(seen) == 2


def test_tables_taken_away_while_it_is_open_are_told(closed: str) -> None:
    with Workbench.open(closed) as wb:
        assert wb.reads.all("select id from account") == [(1,)]
        altered("drop table draft", "alter table account drop column country")(closed)
        for read in (wb.reads.all, wb.reads.one, lambda sql: list(wb.reads.each(sql)), wb.reads.width):
            for sql in ("select * from draft", "select country from account"):
                with pytest.raises(PortfolioProblem, match=r"missing or different: account, draft") as caught:
                    read(sql)
                assert caught.value.code == "damaged"
                assert caught.value.where["path"] == wb.path
        with pytest.raises(PortfolioProblem, match="draft"):
            backups.check(wb)
        with pytest.raises(PortfolioProblem, match="draft"), wb.change("Add") as db:
            add_account(db, "B")


def test_tables_changed_between_two_changes_are_told(closed: str) -> None:
    with Workbench.open(closed) as wb:
        with wb.change("Add") as db:
            add_account(db, "B")
        altered("drop table j_account", "drop table j_task")(closed)
        with pytest.raises(PortfolioProblem, match="j_account"), wb.change("Add") as db:
            add_account(db, "C")
        with pytest.raises(PortfolioProblem, match="j_account"):
            wb.undo()
        assert wb.reads.scalar("select count(*) from account") == 2


def test_wrong_sql_stays_a_bug(closed: str) -> None:
    with Workbench.open(closed) as wb:
        for sql in ("select * from nowhere", "select nothing from account", "selec"):
            with pytest.raises(sqlcipher3.OperationalError):
                wb.reads.all(sql)
        with pytest.raises(sqlcipher3.OperationalError), wb.change("Add") as db:
            db.execute("delete from nowhere")


@pytest.mark.parametrize("gone", ["interaction_tri", "interaction_tri_data"])
def test_a_search_index_taken_away_is_told_and_can_be_made_afresh(closed: str, gone: str) -> None:
    altered(f"drop table {gone}")(closed)
    with Workbench.open(closed) as wb:
        with pytest.raises(PortfolioProblem, match="interaction_tri") as caught:
            wb.reads.all("select rowid from interaction_tri where interaction_tri match 'abc'")
        assert caught.value.code == "damaged"
        with pytest.raises(PortfolioProblem, match="interaction_tri"), wb.change("Log") as db:
            add_interaction(db, 1)
        assert backups.mend_search(wb).ok
        with wb.change("Log") as db:
            add_interaction(db, 1)


def test_a_file_of_many_statements_names_three(closed: str) -> None:
    UNFIT["nothing in it"][0](closed)
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(closed)
    assert caught.value.message.endswith("account, account_alias, account_custom …).")
