"""The private stage of an import: packing, joining, counting, and nothing on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.store.intake.staging import Stage, Written, batch_row, metric_day, origin_of, place_of


@given(metric=st.integers(0, 1_000_000), day=st.integers(-719_162, 1_000_000))
def test_metric_and_day_survive_packing_and_sort_by_both(metric: int, day: int) -> None:
    assert metric_day(place_of(metric, day)) == (metric, day)
    assert place_of(metric, day) < place_of(metric, day + 1) < place_of(metric + 1, day)


@given(batch=st.integers(0, 65_535), row=st.integers(0, 16_000_000))
def test_file_and_row_survive_packing_and_sort_by_both(batch: int, row: int) -> None:
    assert batch_row(origin_of(batch, row)) == (batch, row)
    assert origin_of(batch, row) < origin_of(batch, row + 1) < origin_of(batch + 1, 1)


def _written(target: str, row: int, *, batch: int = 0, existing: int | None = None) -> Written:
    return Written(0, target, batch, row, None, existing, None, {"columns": {"n": row}})


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
    with Stage() as stage:
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
        assert stage.body(write) == {"columns": {"n": 1}}
        stage.merge(write, {"columns": {"n": 4}}, 0, 3, same=False)
        assert stage.body(write) == {"columns": {"n": 4}}


def _reading(
    ref: int, metric: int, day: int, value: float, row: int, batch: int = 0
) -> tuple[int, int, float, int]:
    return ref, place_of(metric, day), value, origin_of(batch, row)


def test_readings_are_sorted_by_account_metric_day_and_then_by_file_and_row() -> None:
    with Stage() as stage:
        stage.add_readings(
            [
                _reading(0, 1, 10, 1.0, 5),
                _reading(1, 0, 10, 2.0, 3),
                _reading(2, 1, 10, 3.0, 4),
                _reading(2, 1, 10, 4.0, 2, 1),
            ]
        )
        stage.set_refs([(0, 7, None, None), (1, 7, None, None), (2, 7, None, None)])
        values = [row[3] for piece in stage.sorted_readings(3) for row in piece]
        assert values == [2.0, 3.0, 1.0, 4.0]


def test_rows_outside_their_contract_are_counted_once_a_row() -> None:
    with Stage() as stage:
        stage.add_readings(
            [
                _reading(0, metric, day, 1.0, row)
                for metric in (0, 1)
                for row, day in ((2, 9), (3, 10), (4, 21))
            ]
        )
        stage.add_readings([_reading(1, 0, 1, 1.0, 9)])
        stage.set_refs([(0, 7, 10, 20), (1, 8, None, None)])
        assert stage.outside_term() == {0: (1, 1)}


def test_unresolved_and_dropped_rows() -> None:
    with Stage() as stage:
        stage.add_readings([_reading(0, 0, 1, 1.0, 2), _reading(1, 0, 1, 1.0, 3), _reading(1, 1, 1, 1.0, 3)])
        stage.set_refs([(0, 7, None, None)])
        assert stage.unresolved() == [(1, origin_of(0, 3))]
        stage.drop_origins([origin_of(0, 2), origin_of(0, 2)])
        assert list(stage.sorted_readings()) == []


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Stage() as stage:
        stage.add_readings(_reading(0, row % 7, row, float(row), row) for row in range(50_000))
        stage.set_refs([(0, 1, None, None)])
        assert sum(map(len, stage.sorted_readings())) == 50_000
        assert list(tmp_path.iterdir()) == []
