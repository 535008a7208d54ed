"""Marks that turn the reading direction of what stands behind them are dropped wherever a person types a line."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest

from cs_workbench.domain.text import name_of, seen
from cs_workbench.errors import InvalidValue
from cs_workbench.services import (
    account_bulk,
    account_edits,
    account_views,
    accounts,
    contacts,
    health_calls,
    lifecycle,
    personas,
    plan_versions,
    plans,
    portfolio_settings,
    portfolios,
    tasks,
    training,
)
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW, add_account

TODAY = NOW.date()
TURNED = "\u202eevil\u202c \u2067עברית\u2069 \u2066a\u2068b\u2069\u202a\u202b\u202d"
PLAIN = "evil עברית ab"
MARKS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.fixture(scope="module")
def wb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    path = str(tmp_path_factory.mktemp("turned") / "p.csw")
    with portfolios.create(path, now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
            add_account(db, "Beta")
        yield workbench


def one(wb: Workbench, sql: str) -> object:
    return wb.reads.scalar(sql)


@pytest.mark.parametrize("mark", MARKS, ids=[f"U+{ord(mark):04X}" for mark in MARKS])
def test_each_of_them(mark: str) -> None:
    assert seen(f"a{mark}b\n{mark}c") == "ab\nc"
    assert name_of(f"{mark}Acme {mark}") == "Acme"


def test_letters_that_run_from_right_to_left_stay() -> None:
    assert name_of("שלום (עולם) مرحبا Acme") == "שלום (עולם) مرحبا Acme"


def test_names_owners_and_tags(wb: Workbench) -> None:
    accounts.rename(wb, 1, TURNED, now=NOW)
    account_edits.add_person(wb, 1, TURNED, now=NOW)
    assert one(wb, "select name from person") == PLAIN
    accounts.set_owner(wb, 1, TURNED, now=NOW)
    accounts.add_tag(wb, 1, "#" + TURNED, now=NOW)
    account_bulk.set_owner(wb, [2], TURNED, now=NOW)
    assert one(wb, "select name from account where id=1") == PLAIN
    assert wb.reads.all("select owner from account order by id") == [(PLAIN,), (PLAIN,)]
    assert one(wb, "select tag from account_tag") == PLAIN
    accounts.remove_tag(wb, 1, PLAIN, now=NOW)


def test_plans(wb: Workbench) -> None:
    plan = plans.create(wb, 1, TURNED, purpose=TURNED, now=NOW)
    plans.add(wb, plan, TURNED, now=NOW)
    plan_versions.review(wb, plan, TURNED, now=NOW)
    assert wb.reads.one("select name, purpose from success_plan") == (PLAIN, PLAIN)
    assert one(wb, "select title from objective") == PLAIN
    assert one(wb, "select label from plan_version") == PLAIN
    plans.edit(wb, "plan", plan, "purpose", "two\n" + TURNED, now=NOW)
    assert one(wb, "select purpose from success_plan") == "two\n" + PLAIN


def test_reasons(wb: Workbench) -> None:
    health_calls.set_call(wb, 1, "red", TURNED, today=TODAY, now=NOW)
    assert one(wb, "select reason from health_call") == PLAIN
    with pytest.raises(InvalidValue):
        health_calls.set_call(wb, 1, "red", "\u202e\u2066", today=TODAY, now=NOW)
    stage = str(one(wb, "select key from list_item where list='stage' order by position limit 1"))
    lifecycle.move_all(wb, {1: (stage, TURNED)}, now=NOW)
    assert PLAIN in {row[0] for row in wb.reads.all("select reason from stage_move")}


def test_what_is_logged_and_edited(wb: Workbench) -> None:
    made = contacts.log(wb, f"call {TURNED}", now=NOW, today=TODAY, account_id=1)
    assert one(wb, "select body from interaction") == PLAIN
    kept = contacts.contact(wb.reads, made.interaction_id)
    contacts.save(wb, dataclasses.replace(kept, subject=TURNED, body="x\n" + TURNED), now=NOW)
    assert wb.reads.one("select subject, body from interaction") == (PLAIN, "x\n" + PLAIN)
    tasks.add(wb, 1, TURNED, now=NOW)
    assert PLAIN in {row[0] for row in wb.reads.all("select title from task")}


def test_lists_settings_and_saved_things(wb: Workbench) -> None:
    portfolio_settings.put_list_entry(wb, "tier", "x", label_en=TURNED, label_ja=TURNED)
    assert wb.reads.one("select label_en, label_ja from list_item where key='x'") == (PLAIN, PLAIN)
    portfolio_settings.set_settings(wb, {"own_name": TURNED})
    assert portfolio_settings.setting(wb.reads, "own_name") == PLAIN
    view = account_views.save(wb, account_views.SavedView("", TURNED))
    assert view.name == PLAIN
    assert personas.add(wb, TURNED, TURNED)
    assert wb.reads.one("select name, definition from persona where name=?", (PLAIN,)) == (PLAIN, PLAIN)
    training.add(wb, TURNED, held_on=TODAY + dt.timedelta(days=1), note=TURNED)
    assert wb.reads.one("select title, note from training_session") == (PLAIN, PLAIN)
