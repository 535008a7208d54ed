"""What becomes of a document, in words: stopped by the leak scan, or failed while others were written."""

from __future__ import annotations

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.reports.blocks import Document
from cs_workbench.reports.leaks import Leak, LeakKind
from cs_workbench.services.pack_results import Draft, PackResult, stopped, unwritten

DOCUMENT = Document("Briefing", "Us", "en", "customer", None, ())


def leak(words: str, kind: LeakKind = "other_customer") -> Leak:
    return Leak(kind, words, "ticket/3", "Open requests", f"as {words} has it")


def result(*leaks: Leak, files: tuple[str, ...] = ()) -> PackResult:
    return PackResult(1, "Aoba", files, leaks, DOCUMENT)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("other_customer", "another customer's name"),
        ("internal_text", "an internal note"),
        ("internal_word", "an internal word"),
    ],
)
def test_each_kind_of_leak_is_said_with_its_words_and_place(kind: LeakKind, said: str) -> None:
    problem = stopped(result(leak("Midori", kind)))
    assert f"1 thing in it must not leave the house: {said}: “Midori” (Open requests)." in problem.message
    assert "The document for Aoba was stopped" in problem.message
    assert problem.code == "leak"
    assert problem.remedy.startswith("Nothing was written.")
    assert problem.where["leaks"] == [
        {"kind": kind, "words": "Midori", "ref": "ticket/3", "place": "Open requests"}
    ]


def test_of_many_leaks_five_are_said_all_are_counted_and_all_can_be_looked_up() -> None:
    problem = stopped(result(*(leak(f"Name {n}") for n in range(7))))
    assert "7 things" in problem.message
    assert problem.message.count("another customer's name") == 5
    assert "Name 4" in problem.message
    assert "Name 5" not in problem.message
    assert [one["words"] for one in problem.where["leaks"]] == [f"Name {n}" for n in range(7)]


def test_a_long_find_is_cut_in_the_sentence_and_whole_beside_it() -> None:
    problem = stopped(result(leak("x" * 61)))
    assert f"“{'x' * 60}”" in problem.message
    assert problem.where["leaks"][0]["words"] == "x" * 61


def test_one_failure_is_told_with_its_reason_and_what_is_whole() -> None:
    failure = FileProblem("The disk said no.", "Try again.", code="device")
    told = unwritten([("Aoba", failure)], [result(files=("a.pdf", "a.docx")), result(leak("Midori"))])
    assert told.message == "The document for Aoba could not be written: The disk said no."
    assert told.remedy == "2 other files are whole. Try again."
    assert told.code == "device"
    assert told.where == {"files": ["a.pdf", "a.docx"], "failed": ["Aoba"]}


def test_several_failures_are_counted_and_the_first_is_named() -> None:
    failed = [
        ("Aoba", FileProblem("No room.", code="disk_full")),
        ("Midori", FileProblem("Gone.", code="gone")),
    ]
    told = unwritten(failed, [result(files=("a.pdf",))])
    assert told.message == "2 documents could not be written, the first for Aoba: No room."
    assert told.remedy == "1 other file is whole."
    assert (told.code, told.where["failed"]) == ("disk_full", ["Aoba", "Midori"])


def test_results_are_archived_and_drafts_ready_unless_said() -> None:
    assert result().archived
    assert Draft(1, "Aoba", DOCUMENT, (), 0, "stem").readiness.missing == ()
