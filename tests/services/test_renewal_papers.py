"""Mails, invitations and question lists: whole in both languages, one ask, no price, hostile names harmless."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.services import renewal_detail, renewal_papers, renewals
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.services.renewal_papers import Mail
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.once import Once
from tests.builders_store import add_account, add_contract, add_interaction, add_person, add_task

TODAY = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 12, 8, 5, 0, tzinfo=dt.UTC)
LANGUAGES = ("en", "ja")


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """One account with a champion, a decision maker, somebody who left, a complaint and a promise."""
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Fill") as db:
            for key, value in (("own_name_ja", "高橋"), ("own_name", "Takahashi"), ("company", "Sorane")):
                db.execute("insert into setting (key, value) values (?, ?)", (key, f'"{value}"'))
            number = add_account(db, "アオバ精密")
            add_contract(
                db, number, arr=65_000_000_000, currency="JPY", start_on="2026-04-01", end_on="2027-03-31",
                notice_months=3, auto_renew=1,
            )  # fmt: skip
            user = add_person(db, number, "Sato", email="sato@aoba.example")
            boss = add_person(db, number, "Saeki", email="saeki@aoba.example", influence=5)
            add_person(db, number, "Gone", status="left", left_on="2026-01-01")
            for person, role in ((user, "champion"), (boss, "decision_maker")):
                db.execute("insert into person_role (person_id, role) values (?, ?)", (person, role))
            talk = add_interaction(db, number, at="2026-11-10T05:00:00Z", direction="both")
            for person in (user, boss):
                db.execute(
                    "insert into interaction_person (interaction_id, person_id) values (?, ?)", (talk, person)
                )
            add_task(db, number, "Send the minutes", kind="promise_ours", due_on="2026-11-30")
            add_task(db, number, "Kept", kind="promise_ours", done_on="2026-11-20")
            db.execute(
                "insert into ticket (account_id, subject, opened_at) values (1, 'It is slow', '2026-11-01T00:00:00Z')"
            )
            db.execute(
                "insert into survey (account_id, kind, score, comment, answered_on)"
                " values (1, 'nps', 3, 'Too dear', '2026-10-01'), (1, 'nps', 9, 'Fine', '2026-10-02')"
            )
        yield workbench


def detail_of(wb: Workbench, today: dt.date = TODAY) -> Detail:
    return renewal_detail.load(wb.reads, renewals.load(wb.reads, today).rows[0], today)


def test_the_detail_holds_what_the_steps_need(wb: Workbench) -> None:
    one = detail_of(wb)
    assert [person.name for person in one.people] == ["Saeki", "Sato"]
    assert one.contact is not None
    assert one.contact.name == "Sato"
    assert [person.name for person in one.missing_deciders] == ["Saeki"]
    assert [(bad.kind, bad.words) for bad in one.complaints] == [
        ("ticket", "It is slow"),
        ("nps", "Too dear"),
    ]
    assert [promise.title for promise in one.promises] == ["Send the minutes"]
    assert (one.measured, one.measures) == (0, 0)
    assert one.names == {"en": ("Takahashi", "Sorane"), "ja": ("高橋", "Sorane")}


def test_the_detail_reads_a_constant_number_of_statements(wb: Workbench) -> None:
    row = renewals.load(wb.reads, TODAY).rows[0]
    counted = Once(wb.reads)
    renewal_detail.load(counted, row, TODAY)
    assert counted.asked <= 9


@pytest.mark.parametrize(
    ("band", "today", "wanted"),
    [
        ("green", TODAY, "green"), ("yellow", TODAY, "yellow"), ("red", TODAY, "red"), ("none", TODAY, "yellow"),
        ("green", dt.date(2027, 1, 10), "silent"),
    ],
)  # fmt: skip
def test_the_variant_fits_the_situation(wb: Workbench, band: str, today: dt.date, wanted: str) -> None:
    one = detail_of(wb)
    assert renewal_detail.variant(replace(one, row=replace(one.row, band=band), today=today)) == wanted


def test_a_contact_nobody_spoke_with_is_new(wb: Workbench) -> None:
    with wb.change("Champion") as db:
        db.execute("delete from interaction_person where person_id = 1")
    assert renewal_detail.variant(detail_of(wb)) == "new_contact"
    with wb.change("Silence") as db:
        db.execute("delete from interaction_person")
    assert renewal_detail.variant(detail_of(wb)) == "silent"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", renewal_papers.VARIANTS)
def test_every_mail_is_whole_with_one_ask_and_no_price(wb: Workbench, variant: str, language: str) -> None:
    mail = renewal_papers.first_touch(detail_of(wb), variant, language)
    assert mail.to == "sato@aoba.example"
    assert "Sato" in mail.body
    assert ("高橋" if language == "ja" else "Takahashi") in mail.body
    assert not re.search(r"[{}¥$€]|万円|price|ARR|6,500", mail.subject + mail.body)
    asks = mail.body.count("いただけないでしょうか") if language == "ja" else mail.body.count("Could we meet")
    assert asks == 1
    assert (mail.body.count("?") <= 1) if language == "en" else True


def test_the_proposal_is_named_from_45_days_before_only(wb: Workbench) -> None:
    terms = {language: renewal_papers.texts()["mail"][language]["terms"] for language in LANGUAGES}
    early = detail_of(wb, dt.date(2026, 11, 15))
    late = detail_of(wb, dt.date(2026, 11, 16))
    for language in LANGUAGES:
        assert terms[language] not in renewal_papers.first_touch(early, "green", language).body
        assert terms[language] in renewal_papers.first_touch(late, "green", language).body


def test_without_anybody_it_greets_all(wb: Workbench) -> None:
    one = replace(detail_of(wb), people=())
    assert renewal_papers.first_touch(one, "green", "en").body.startswith("Dear all,")
    assert "ご担当者様" in renewal_papers.first_touch(one, "green", "ja").body


def test_the_draft_is_a_mail_to_be_sent() -> None:
    made = renewal_papers.eml(
        Mail("a@b.example", "件名\r\nBcc: x@y.example", "本文\n2行目\n"), "me@c.example"
    )
    read = email.message_from_bytes(made, policy=email.policy.default)
    assert read["X-Unsent"] == "1"
    assert read["Subject"] == "件名 Bcc: x@y.example"
    assert read["Bcc"] is None
    assert (read["To"], read["From"]) == ("a@b.example", "me@c.example")
    assert read.get_content().splitlines() == ["本文", "2行目"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invitation_follows_the_rules_of_its_format(wb: Workbench, language: str) -> None:
    one = detail_of(wb)
    made = renewal_papers.invitation(one, AT, one.people, language, now=AT)
    lines = made.split(b"\r\n")
    assert (lines[0], lines[-2]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
    assert all(len(line) <= 75 for line in lines)
    whole = made.replace(b"\r\n ", b"").decode()
    assert "DTSTART:20261208T050000Z" in whole
    assert "DTEND:20261208T060000Z" in whole
    assert whole.count("ATTENDEE;") == 2
    assert "アオバ精密" in whole


def test_hostile_names_cannot_add_lines_to_an_invitation(wb: Workbench) -> None:
    one = detail_of(wb)
    bad = replace(
        one.people[0], name='x"\r\nATTENDEE:mailto:evil@x', email='a"@b.example\r\nX-EVIL:1'
    )  # fmt: skip
    named = replace(one, row=replace(one.row, name="A;B,C\\D\r\nSUMMARY:x"))
    made = renewal_papers.invitation(named, AT, [bad], "en", now=AT).replace(b"\r\n ", b"").decode()
    assert sum(line.startswith(("ATTENDEE", "X-EVIL", "SUMMARY")) for line in made.split("\r\n")) == 2
    assert r"A\;B\,C\\D SUMMARY:x" in made


def test_the_attendee_list_is_a_table(wb: Workbench) -> None:
    people = detail_of(wb).people
    lines = renewal_papers.attendee_list([*people, replace(people[0], name="a\tb\nc")]).splitlines()
    assert [line.count("\t") for line in lines] == [4, 4, 4]
    assert lines[0].startswith("Saeki\t")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", renewal_papers.QUESTION_STEPS)
def test_question_lists_are_complete_in_both_languages(step: int, language: str) -> None:
    found = renewal_papers.questions(step, language)
    assert len(found) == len(renewal_papers.questions(step, "en")) >= 6
    assert all(re.search(r"[ぁ-ん]", text) for text in found) is (language == "ja")


@pytest.mark.parametrize(
    ("language", "weekday", "said"),
    [
        ("en", True, "Tuesday, 8 December 2026"), ("en", False, "8 December 2026"),
        ("ja", True, "2026年12月8日（火）"), ("ja", False, "2026年12月8日"),
    ],
)  # fmt: skip
def test_days_in_running_text(language: str, weekday: bool, said: str) -> None:
    assert renewal_papers.spoken_day(dt.date(2026, 12, 8), language, weekday=weekday) == said


@pytest.mark.parametrize(
    ("name", "kept"),
    [("アオバ精密", "アオバ精密"), ("../../etc/x", "etc x"), ("a<b>:c|d", "a b c d"), ("///", "account")],
)
def test_file_names_hold_nothing_dangerous(wb: Workbench, name: str, kept: str) -> None:
    one = detail_of(wb)
    made = renewal_papers.file_name(replace(one, row=replace(one.row, name=name)), "mail", "eml")
    assert made == f"{kept} mail 2027-03-31.eml"


def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    renewal_papers.write_file(str(path), b"abc")
    assert path.read_bytes() == b"abc"
    assert os.stat(path).st_mode & 0o777 == 0o600
    with pytest.raises(FileProblem) as caught:
        renewal_papers.write_file(str(tmp_path / "none" / "x"), b"")
    assert caught.value.remedy
