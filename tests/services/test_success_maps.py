"""Personas and success maps: named steps, versions that carry, a board in a constant number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_workbench.domain.success_map import Exit, Means, Step
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    map_drafts,
    persona_templates,
    personas,
    plans,
    portfolios,
    success_board,
    success_maps,
)
from cs_workbench.services.plans import Place
from cs_workbench.services.success_board import Board
from cs_workbench.services.workbench import Workbench
from tests.builders_plans import NOW, TODAY, objective
from tests.builders_store import add_account, add_contract, add_metric, state

KIT, COURSE = Means("template", "Kit"), Means("training", "Course")
STEPS = (
    Step("Start", "Set up", "metric", "checklist", 0.9, 30, (KIT, COURSE)),
    Step("Weekly", "60% of the seats", "metric", "users/seats", 0.6, None, (COURSE,)),
    Step("Standard", "Half of the goals", "objectives", "", 0.5),
    Step("Aim", "Told to the board"),
)
NAMES = ("Aoba", "Birch", "Cedar", "Dune")


def _filled(path: str) -> Workbench:
    workbench = portfolios.create(path, now=NOW, language="en")
    with workbench.change("fill") as db:
        for place, name in enumerate(NAMES):
            account = add_account(db, name)
            add_contract(db, account, arr=(place + 1) * 1_000_000_0000, currency="USD", start_on="2026-01-01",
                         end_on="2027-12-31", seats=100)  # fmt: skip
        add_metric(db, "checklist")
        add_metric(db, "users")
        for account, metric, value in ((1, 1, 0.95), (1, 2, 62), (2, 1, 0.5), (2, 2, 10)):
            db.execute(
                "insert into reading (account_id, metric_id, day, value) values (?, ?, 20700, ?)",
                (account, metric, value),
            )
    return workbench


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with _filled(str(tmp_path / "p.csw")) as workbench:
        yield workbench


@pytest.fixture
def persona(wb: Workbench) -> int:
    """A persona with its map; Aoba and Birch stand on the first step."""
    made = personas.add(wb, "Field lead", "They mend it themselves.")
    success_maps.save(wb, made, STEPS, today=TODAY - dt.timedelta(days=100))
    personas.give(wb, [1, 2], made, today=TODAY - dt.timedelta(days=40))
    return made


def board(wb: Workbench, today: dt.date = TODAY) -> Board:
    return success_board.load(wb.reads, today)


def standing(wb: Workbench) -> dict[str, list[str]]:
    """Step → accounts."""
    lanes = board(wb).lanes
    return {lane.step.name if lane.step else "-": [card.name for card in lane.cards] for lane in lanes}


def ids(wb: Workbench) -> list[int]:
    """The ids of the steps in use."""
    return [lane.step_id for lane in board(wb).lanes if lane.step_id is not None]


def test_a_persona_needs_a_name_of_its_own(wb: Workbench, persona: int) -> None:
    for name, field in (("  ", "name"), ("ＦＩＥＬＤ lead", "name")):
        with pytest.raises(InvalidValue) as problem:
            personas.add(wb, name)
        assert problem.value.where == {"field": field}
    with pytest.raises(InvalidValue, match="already"):
        personas.edit(wb, personas.add(wb, "Other"), name="Field lead", definition="")


def test_editing_to_the_same_changes_nothing(wb: Workbench, persona: int) -> None:
    steps = len(wb.history())
    assert personas.edit(wb, persona, name=" Field lead ", definition="They mend it themselves.") is False
    assert personas.archive(wb, persona, now=NOW) is True
    assert personas.archive(wb, persona, now=NOW) is False
    assert personas.unarchive(wb, persona) is True
    assert personas.unarchive(wb, persona) is False
    assert personas.edit(wb, persona, name="Field", definition="x") is True
    assert len(wb.history()) == steps + 3


def test_coverage_is_the_share_of_all_arr_and_names_who_is_left(wb: Workbench, persona: int) -> None:
    found = personas.coverage(wb.reads, TODAY)
    (line,) = found.personas
    assert (line.accounts, line.arr, line.share, line.version) == (2, Decimal(3_000_000), 0.3, 1)
    assert (found.covered, found.advice) == (0.3, "few")
    assert [one.name for one in found.without] == ["Dune", "Cedar"]


def test_customers_who_left_count_on_neither_side(wb: Workbench, persona: int) -> None:
    with wb.change("leave") as db:
        db.execute("update account set stage='churned' where id in (2, 4)")
    found = personas.coverage(wb.reads, TODAY)
    assert found.covered == 0.25
    assert [one.name for one in found.without] == ["Cedar"]
    assert standing(wb)["Start"] == ["Aoba"]


def test_an_archived_persona_covers_nobody_and_keeps_its_accounts(wb: Workbench, persona: int) -> None:
    personas.archive(wb, persona, now=NOW)
    found = personas.coverage(wb.reads, TODAY)
    assert (found.used, found.advice, len(found.without)) == ((), "none", 4)
    personas.unarchive(wb, persona)
    assert personas.coverage(wb.reads, TODAY).covered == 0.3


def test_personas_are_put_in_order(wb: Workbench, persona: int) -> None:
    second = personas.add(wb, "Second")
    third = personas.add(wb, "Third")
    assert personas.move(wb, third, -5) is True
    assert [one.id for one in personas.coverage(wb.reads, TODAY).personas] == [third, persona, second]
    assert personas.move(wb, third, -1) is False
    with pytest.raises(NotFound):
        personas.move(wb, 99, 1)


def test_giving_a_persona_twice_moves_nobody(wb: Workbench, persona: int) -> None:
    success_maps.move(wb, 1, ids(wb)[1], today=TODAY)
    assert personas.give(wb, [1, 2, 3, 3], persona, today=TODAY) == 1
    assert standing(wb)["Weekly"] == ["Aoba"]
    assert personas.give(wb, [1], persona, today=TODAY) == 0


def test_taking_a_persona_away_leaves_the_history(wb: Workbench, persona: int) -> None:
    assert personas.give(wb, [1], None, today=TODAY) == 1
    assert [(one.from_step, one.to_step) for one in success_maps.history(wb.reads, 1)] == [
        ("Start", ""),
        ("", "Start"),
    ]
    with pytest.raises(NotFound):
        success_maps.move(wb, 1, ids(wb)[0], today=TODAY)


@pytest.mark.parametrize(("accounts", "persona_id"), [([99], 1), ([3], 99)])
def test_what_is_not_there_is_said(wb: Workbench, persona: int, accounts: list[int], persona_id: int) -> None:
    before = state(wb.reads)
    with pytest.raises(NotFound):
        personas.give(wb, accounts, persona_id, today=TODAY)
    assert state(wb.reads) == before


def test_a_move_is_on_record_and_a_wanted_step_reached_is_wanted_no_longer(
    wb: Workbench, persona: int
) -> None:
    start, weekly, *_rest = ids(wb)
    assert success_maps.want(wb, 1, weekly, dt.date(2027, 3, 31)) is True
    assert success_maps.want(wb, 1, weekly, dt.date(2027, 3, 31)) is False
    card = next(one for one in board(wb).cards if one.account_id == 1)
    assert (card.wanted, card.wanted_by) == (1, dt.date(2027, 3, 31))
    assert success_maps.move(wb, 1, weekly, today=TODAY) is True
    assert success_maps.move(wb, 1, weekly, today=TODAY) is False
    card = next(one for one in board(wb).cards if one.account_id == 1)
    assert (card.step, card.wanted, card.wanted_by, card.days) == (1, None, None, 0)
    assert success_maps.history(wb.reads, 1)[0] == success_maps.MoveRow("Start", "Weekly", TODAY)
    assert success_maps.move(wb, 1, start, today=TODAY) is True


def test_an_exit_not_met_forbids_nothing(wb: Workbench, persona: int) -> None:
    card = next(one for one in board(wb).cards if one.account_id == 2)
    assert card.exit == Exit("metric", False, 0.5, 0.9, False)
    success_maps.move(wb, 2, ids(wb)[3], today=TODAY)
    assert standing(wb)["Aim"] == ["Birch"]


def test_a_step_of_another_map_is_refused(wb: Workbench, persona: int) -> None:
    other = persona_templates.start(wb, "it", language="en", today=TODAY)
    read = success_maps.read(wb.reads, other)
    assert read is not None
    for refused in (read.steps[0].origin, 999):
        with pytest.raises(InvalidValue, match="not on the map"):
            success_maps.move(wb, 1, refused, today=TODAY)
        with pytest.raises(InvalidValue, match="not on the map"):
            success_maps.want(wb, 1, refused)


def test_exits_are_computed_from_metrics_seats_and_the_plan(wb: Workbench, persona: int) -> None:
    _start, weekly, standard, _aim = ids(wb)
    success_maps.move(wb, 1, weekly, today=TODAY)
    card = next(one for one in board(wb).cards if one.account_id == 1)
    assert card.exit == Exit("metric", True, 0.62, 0.6, True)
    plan = plans.create(wb, 1, "2026", now=NOW)
    objective(wb, plan, "One", baseline="0", target="10")
    reached = plans.add(wb, plan, "Two", Place(), now=NOW)
    plans.tick(wb, reached, now=NOW)
    success_maps.move(wb, 1, standard, today=TODAY)
    card = next(one for one in board(wb).cards if one.account_id == 1)
    assert card.exit == Exit("objectives", True, 0.5, 0.5, True)


def test_stuck_accounts_come_first_and_the_aim_is_no_place_to_be_stuck(wb: Workbench, persona: int) -> None:
    found = board(wb)
    assert (found.stuck, found.own_days, found.lanes[0].arr) == (2, True, Decimal(3_000_000))
    success_maps.move(wb, 1, ids(wb)[3], today=TODAY - dt.timedelta(days=200))
    found = board(wb)
    assert [(card.name, card.days, card.stuck) for card in found.cards] == [
        ("Birch", 40, True),
        ("Aoba", 200, False),
    ]


def test_the_next_means_is_what_the_account_was_not_trained_with(wb: Workbench, persona: int) -> None:
    with wb.change("train") as db:
        means = db.scalar("select id from success_means where title='Kit'")
        db.execute(
            "insert into training_session (title, held_on, means_id) values ('t', '2026-11-01', ?)", (means,)
        )
        db.execute("insert into training_attendee (session_id, account_id) values (1, 2)")
    cards = {card.name: card for card in board(wb).cards}
    assert (cards["Aoba"].means, cards["Birch"].means) == (KIT, COURSE)
    success_maps.save(wb, persona, [replace(STEPS[0], usual_days=31), *STEPS[1:]], today=TODAY)
    assert {card.name: card.means for card in board(wb).cards} == {"Aoba": KIT, "Birch": COURSE}


def test_a_new_version_keeps_the_old_one_readable_and_takes_the_accounts_along(
    wb: Workbench, persona: int
) -> None:
    success_maps.move(wb, 2, ids(wb)[1], today=TODAY - dt.timedelta(days=5))
    success_maps.want(wb, 2, ids(wb)[2], TODAY)
    read = success_maps.read(wb.reads, persona)
    assert read is not None
    start, weekly, _standard, aim = read.steps
    success_maps.save(wb, persona, [Step("Before"), replace(start, name="Begin"), weekly, aim], today=TODAY)
    assert standing(wb) == {"Before": [], "Begin": ["Aoba"], "Weekly": ["Birch"], "Aim": []}
    birch = next(card for card in board(wb).cards if card.name == "Birch")
    assert (birch.days, birch.wanted, birch.wanted_by) == (5, None, None)
    now = success_maps.read(wb.reads, persona)
    assert now is not None
    assert [(one.version, one.made_on, one.retired_on) for one in now.versions] == [
        (2, TODAY, None), (1, TODAY - dt.timedelta(days=100), TODAY),
    ]  # fmt: skip
    old = success_maps.read(wb.reads, persona, now.versions[1].id)
    assert old is not None
    assert [step.name for step in old.steps] == ["Start", "Weekly", "Standard", "Aim"]
    assert old.steps[0].means == (KIT, COURSE)


def test_accounts_of_a_step_taken_out_stand_on_no_step_and_can_be_moved(wb: Workbench, persona: int) -> None:
    success_maps.save(wb, persona, STEPS[1:], today=TODAY)
    assert standing(wb)["-"] == ["Aoba", "Birch"]
    card = board(wb).cards[0]
    assert (card.step, card.days, card.stuck, card.exit) == (None, None, False, None)
    success_maps.move(wb, 1, ids(wb)[0], today=TODAY)
    assert standing(wb)["Weekly"] == ["Aoba"]


def test_saving_the_same_map_makes_no_version(wb: Workbench, persona: int) -> None:
    read = success_maps.read(wb.reads, persona)
    assert read is not None
    before = state(wb.reads)
    drawn = [replace(one, name=f" {one.name} ") for one in read.steps]
    assert success_maps.save(wb, persona, drawn, today=TODAY) == read.versions[0].id
    assert state(wb.reads) == before


def test_a_first_map_takes_the_accounts_given_before(wb: Workbench) -> None:
    made = personas.add(wb, "New")
    personas.give(wb, [3], made, today=TODAY)
    assert success_maps.read(wb.reads, made) is None
    assert board(wb).lanes == ()
    success_maps.save(wb, made, STEPS, today=TODAY)
    assert standing(wb)["Start"] == ["Cedar"]


def test_a_flawed_map_is_refused_with_the_place_and_nothing_is_written(wb: Workbench, persona: int) -> None:
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as problem:
        success_maps.save(wb, persona, [*STEPS, Step("aim")], today=TODAY)
    assert (problem.value.code, problem.value.where) == ("same_name", {"step": 4})
    assert problem.value.remedy
    with pytest.raises(NotFound):
        success_maps.save(wb, 99, STEPS, today=TODAY)
    assert state(wb.reads) == before


ACTS: tuple[tuple[str, Callable[[Workbench, int], object]], ...] = (
    ("Add persona", lambda wb, p: personas.add(wb, "Another", "x")),
    ("Add persona", lambda wb, p: persona_templates.start(wb, "service", language="en", today=TODAY)),
    ("Edit persona", lambda wb, p: personas.edit(wb, p, name="N", definition="d")),
    ("Archive persona", lambda wb, p: personas.archive(wb, p, now=NOW)),
    ("Delete persona", personas.remove),
    ("Give persona", lambda wb, p: personas.give(wb, [3, 4], p, today=TODAY)),
    ("Take persona away", lambda wb, p: personas.give(wb, [1, 2], None, today=TODAY)),
    ("Save success map", lambda wb, p: success_maps.save(wb, p, STEPS[2:], today=TODAY)),
    ("Move on the success map", lambda wb, p: success_maps.move(wb, 1, ids(wb)[2], today=TODAY)),
    ("Set wanted step", lambda wb, p: success_maps.want(wb, 1, ids(wb)[2], TODAY)),
)


@pytest.mark.parametrize(("name", "act"), ACTS)
def test_every_change_is_one_step_that_is_undone_and_redone(
    wb: Workbench, persona: int, name: str, act: Callable[[Workbench, int], object]
) -> None:
    before = state(wb.reads)
    act(wb, persona)
    after = state(wb.reads)
    assert wb.undo() == name
    assert state(wb.reads) == before
    assert wb.redo() == name
    assert state(wb.reads) == after


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_done_every_account_stands_once_and_undo_leads_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with _filled(str(tmp_path_factory.mktemp("map") / "p.csw")) as wb:
        made = personas.add(wb, "P")
        success_maps.save(wb, made, STEPS, today=TODAY)
        begun = state(wb.reads)
        done = 0
        for _turn in range(data.draw(st.integers(1, 6))):
            verb = data.draw(st.sampled_from(["give", "take", "move", "save"]))
            account = data.draw(st.integers(1, 4))
            placed = {card.account_id for card in board(wb).cards}
            if verb == "give":
                done += bool(personas.give(wb, [account], made, today=TODAY))
            elif verb == "take":
                done += bool(personas.give(wb, [account], None, today=TODAY))
            elif verb == "move" and account in placed:
                done += success_maps.move(wb, account, data.draw(st.sampled_from(ids(wb))), today=TODAY)
            elif verb == "save":
                read = success_maps.read(wb.reads, made)
                assert read is not None
                kept = data.draw(st.permutations(read.steps))[: data.draw(st.integers(1, len(read.steps)))]
                before = read.versions[0].version
                success_maps.save(wb, made, kept, today=TODAY)
                again = success_maps.read(wb.reads, made)
                assert again is not None
                done += again.versions[0].version > before
                assert {card.account_id for card in board(wb).cards} == placed
            names = [card.name for card in board(wb).cards]
            assert len(names) == len(set(names))
        for _turn in range(done):
            wb.undo()
        assert state(wb.reads) == begun


def test_the_board_ahead_of_the_write_is_the_board_after_it(wb: Workbench, persona: int) -> None:
    ahead = success_board.shifted(board(wb), 1, 1)
    success_maps.move(wb, 1, ids(wb)[1], today=TODAY)
    after = board(wb)

    def bare(one: Board) -> list[list[object]]:
        return [[replace(card, exit=None) for card in lane.cards] for lane in one.lanes]

    assert bare(ahead) == bare(after)
    assert [lane.arr for lane in ahead.lanes] == [lane.arr for lane in after.lanes]
    assert success_board.shifted(after, 99, 1) is after


class Counted:
    """Readers that count their statements."""

    def __init__(self, reads: Any) -> None:
        self._reads, self.statements = reads, 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._reads, name)
        if name in ("all", "one", "scalar", "each"):
            self.statements += 1
        return found


def test_the_statements_do_not_grow_with_the_cards(wb: Workbench, persona: int) -> None:
    few = Counted(wb.reads)
    success_board.load(few, TODAY)  # type: ignore[arg-type]
    with wb.change("many") as db:
        made = [add_account(db, f"Account {number}") for number in range(300)]
    personas.give(wb, made, persona, today=TODAY)
    many = Counted(wb.reads)
    found = success_board.load(many, TODAY)  # type: ignore[arg-type]
    assert len(found.cards) == 302
    assert many.statements == few.statements <= 24


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_packaged_persona_starts_with_a_sound_map(wb: Workbench, language: str) -> None:
    offered = persona_templates.templates(language)
    assert len(offered) == 5
    for one in offered:
        made = persona_templates.start(wb, one.key, language=language, today=TODAY)
        assert persona_templates.start(wb, one.key, language=language, today=TODAY) == made
        read = success_maps.read(wb.reads, made)
        assert read is not None
        assert tuple(step.name for step in read.steps) == one.steps
        success_maps.check(read.steps)
    assert len(personas.coverage(wb.reads, TODAY).personas) == 5
    with pytest.raises(NotFound):
        persona_templates.start(wb, "nobody", language=language, today=TODAY)


def test_a_template_follows_the_metric_of_its_role_where_there_is_one(wb: Workbench) -> None:
    with wb.change("role") as db:
        db.execute("update metric set role='active_users' where key='users'")
    read = success_maps.read(wb.reads, persona_templates.start(wb, "field", language="en", today=TODAY))
    assert read is not None
    assert [(step.exit_kind, step.exit_metric) for step in read.steps[:2]] == [
        ("confirmed", ""),
        ("metric", "users/seats"),
    ]
    assert ("users/seats", "users ÷ contracted seats") in success_maps.choices(wb.reads)


def test_a_draft_comes_back_as_it_was_typed(wb: Workbench, persona: int) -> None:
    drawn = (Step("", usual_days=-1), *STEPS)
    map_drafts.keep(wb, persona, drawn, now=NOW)
    assert map_drafts.draft(wb.reads, persona) == drawn
    assert map_drafts.draft(wb.reads, persona + 1) == ()
    map_drafts.keep(wb, persona, (), now=NOW)
    assert map_drafts.draft(wb.reads, persona) == ()


def test_a_draft_that_cannot_be_read_is_none(wb: Workbench, persona: int) -> None:
    from cs_workbench.services import drafts

    for text in ("{", '[{"x": 1}]', '[{"means": [{"y": 2}]}]'):
        drafts.keep(wb, f"success_map:{persona}", text, now=NOW)
        assert map_drafts.draft(wb.reads, persona) == ()
