"""The private stage of an import: order, joining, counting, and nothing on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.store.intake.staging import Stage, Written


def _written(target: str, row: int, *, batch: int = 0, existing: int | None = None) -> Written:
    return Written(0, target, batch, row, existing, None, {"columns": {"n": row}})


def test_records_come_back_in_the_order_they_were_read() -> None:
    with Stage() as stage:
        stage.add_records("accounts", 0, [(2, {"name": "あ"}), (3, {"name": "b"})])
        stage.add_records("people", 1, [(2, {"name": "x"})])
        stage.add_records("accounts", 2, [(9, {"name": "c"})])
        assert list(stage.records("accounts")) == [
            (0, 2, {"name": "あ"}),
            (0, 3, {"name": "b"}),
            (2, 9, {"name": "c"}),
        ]


def test_writes_come_in_pieces_and_are_settled() -> None:
    with Stage(rows=3) as stage:
        for row in range(2, 9):
            stage.add_write(_written("account", row))
        stage.add_write(_written("person", 2))
        pieces = list(stage.writes("account", chunk=3))
        assert [[written.row for written in piece] for piece in pieces] == [[2, 3, 4], [5, 6, 7], [8]]
        assert not stage.any_writes()
        flat = [written for piece in pieces for written in piece]
        actions = ["create", "update", "same", "create", "create", "same", "same"]
        stage.settle(
            (
                action,
                7 if action != "create" else None,
                -number if action == "create" else None,
                written.body,
                written.id,
            )
            for number, (action, written) in enumerate(zip(actions, flat, strict=True), 1)
        )
        assert stage.any_writes()
        assert stage.created() == {"account": 3}
        assert [record for record, _body in stage.decided("account", "create")] == [-1, -4, -5]
        assert list(stage.decided("account", "update")) == [(7, {"columns": {"n": 3}})]


def test_outcomes_count_every_row_once_by_the_strongest_thing_it_did() -> None:
    with Stage() as stage:
        first = stage.add_write(_written("account", 2))
        stage.add_write(_written("contract", 2))
        written = next(iter(stage.writes("contract")))[0]
        stage.settle([("same", 5, None, {}, written.id), ("create", None, -1, {}, first)])
        stage.merge(first, {"columns": {}}, 0, 3, same=True)
        stage.merge(first, {"columns": {}}, 1, 2, same=False)
        stage.touch(0, [(3, 1), (4, 2)])
        assert stage.outcomes() == {(0, 3): 1, (0, 1): 1, (0, 2): 1, (1, 2): 1}


def test_merge_and_rewrite_replace_the_body() -> None:
    with Stage() as stage:
        write = stage.add_write(_written("account", 2))
        stage.rewrite(write, {"columns": {"n": 1}})
        assert stage.said(write)[2] == {"columns": {"n": 1}}
        stage.merge(write, {"columns": {"n": 4}}, 0, 3, same=False)
        assert stage.said(write)[2] == {"columns": {"n": 4}}


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Stage() as stage:
        stage.add_records("accounts", 0, ((row, {"name": "x" * 200}) for row in range(20_000)))
        assert sum(1 for _record in stage.records("accounts")) == 20_000
        assert list(tmp_path.iterdir()) == []
