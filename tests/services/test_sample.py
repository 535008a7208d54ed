"""The sample portfolio: deterministic, coherent with its stories, one undo step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from cs_workbench.domain.text import fold, name_key
from cs_workbench.errors import InvalidValue
from cs_workbench.services import portfolios, sample
from cs_workbench.services.accounts import account_list
from cs_workbench.services.portfolio_settings import settings
from cs_workbench.services.sample.book import curve, read_book
from cs_workbench.services.sample.cases import years_before
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import search as index
from tests.builders_store import state as digest

TODAY = dt.date(2026, 11, 21)


def fresh(folder: Path, today: dt.date = TODAY, language: str = "ja") -> Workbench:
    wb = portfolios.create(
        str(folder / "p.csw"), now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), language=language
    )
    sample.create(wb, today=today, language=language)
    return wb


@pytest.fixture(scope="module")
def wb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with fresh(tmp_path_factory.mktemp("sample")) as workbench:
        yield workbench


def active(wb: Workbench, name: str, weeks_ago: int) -> float:
    day = (TODAY - dt.date(1970, 1, 1)).days - 7 * weeks_ago - 1
    return float(
        wb.reads.scalar(
            "select r.value from reading r join metric m on m.id = r.metric_id join account a on a.id = r.account_id"
            " where m.key = 'active_users' and a.name = :name and r.day = :day",
            {"name": name, "day": day},
        )
    )


def test_size(wb: Workbench) -> None:
    counts = {
        table: wb.reads.scalar(f"select count(*) from {table}")
        for table in ("account", "person", "interaction", "ticket", "survey", "reading", "task", "contract")
    }
    assert counts["account"] == 30
    assert wb.reads.scalar("select count(*) from account where name glob '[A-Z]*'") == 12
    assert 90 <= counts["person"] <= 180
    assert counts["interaction"] > 500
    assert counts["reading"] > 10_000
    assert min(counts.values()) >= 30


def test_the_same_day_gives_the_same_portfolio(tmp_path: Path, wb: Workbench) -> None:
    (tmp_path / "again").mkdir()
    with fresh(tmp_path / "again") as again:
        assert digest(again.reads) == digest(wb.reads)


@pytest.mark.parametrize("today", [dt.date(2028, 2, 29), dt.date(2027, 1, 2), dt.date(2024, 12, 31)])
def test_any_day_will_do(tmp_path: Path, today: dt.date) -> None:
    with fresh(tmp_path, today, "en") as other:
        latest = other.reads.scalar("select max(at) from interaction")
        assert latest[:10] <= today.isoformat()
        assert other.reads.scalar("select max(opened_at) from ticket")[:10] <= today.isoformat()
        assert other.reads.scalar("select max(answered_on) from survey") <= today.isoformat()


def test_it_is_the_beginning_and_no_step_to_undo(tmp_path: Path) -> None:
    with portfolios.create(
        str(tmp_path / "p.csw"), now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), language="en"
    ) as wb:
        sample.create(wb, today=TODAY, language="en")
        after = digest(wb.reads)
        assert wb.history() == []
        assert wb.undo() is None
        with wb.change("Rename") as db:
            db.execute("update account set name = 'Renamed' where id = 1")
        assert wb.undo() == "Rename"
        assert wb.undo() is None
        assert digest(wb.reads) == after


def test_a_portfolio_with_accounts_is_left_alone(wb: Workbench) -> None:
    with pytest.raises(InvalidValue) as told:
        sample.create(wb, today=TODAY, language="ja")
    assert told.value.code == "not_empty"


def test_lists_hold_every_key_the_sample_uses(wb: Workbench) -> None:
    for name, sql in (
        ("stage", "select distinct stage from account"),
        ("tier", "select distinct tier from account"),
        ("channel", "select distinct channel from interaction"),
        ("role", "select distinct role from person_role"),
        ("churn_reason", "select distinct reason from contract_event where reason is not null"),
        ("ticket_priority", "select distinct priority from ticket"),
        ("metric_role", "select distinct role from metric"),
    ):
        known = {
            row[0] for row in wb.reads.all("select key from list_item where list = :name", {"name": name})
        }
        assert {row[0] for row in wb.reads.all(sql)} <= known, name


def test_derived_columns_and_indexes_agree(wb: Workbench) -> None:
    for table in ("interaction", "ticket"):
        for subject, body, folded in wb.reads.all(f"select subject, body, folded from {table}"):
            assert folded == fold(f"{subject} {body}")
    assert all(key == name_key(name) for name, key in wb.reads.all("select name, name_key from account"))
    assert index.check(wb.database.writer().connection) == []
    assert wb.reads.all("pragma foreign_key_check") == []


def test_texts_are_filled_and_nobody_is_real(wb: Workbench) -> None:
    for (text,) in wb.reads.all("select subject || body from interaction union all select title from task"):
        assert not re.search(r"[{}]", text), text
    assert wb.reads.scalar("select count(*) from person where email not like '%.example'") == 0


def test_figures_in_notes_are_the_readings_of_their_week(wb: Workbench) -> None:
    body, at = wb.reads.one(
        "select i.body, i.at from interaction i join account a on a.id = i.account_id"
        " where a.name = 'Tarnwick Instruments Inc.' and i.subject = 'Hand-over walkthrough'"
    ) or ("", "")
    weeks = (TODAY - dt.date.fromisoformat(at[:10])).days // 7
    assert f"Use is down to {active(wb, 'Tarnwick Instruments Inc.', weeks):.0f}." in body


@pytest.mark.parametrize(
    ("name", "then", "now"),
    [
        ("株式会社凪原精機", (45, 65), (0, 3)),  # silent churn
        ("Quillmarsh Logistics Ltd", (38, 52), (0, 3)),
        ("株式会社ミナモ計測", (15, 26), (14, 22)),  # happy, not succeeding
        ("雁坂物流株式会社", (78, 96), (86, 98)),  # grumbling, succeeding
        ("Corvane Robotics Inc.", (42, 66), (62, 70)),  # ready to expand
    ],
)
def test_use_tells_the_story(wb: Workbench, name: str, then: tuple[int, int], now: tuple[int, int]) -> None:
    assert then[0] <= active(wb, name, 40) <= then[1]
    assert now[0] <= active(wb, name, 0) <= now[1]


@pytest.mark.parametrize(("language", "company"), [("ja", "株式会社そらね"), ("en", "Sorane Inc.")])
def test_it_says_who_we_are_in_both_languages(tmp_path: Path, language: str, company: str) -> None:
    with fresh(tmp_path, language=language) as made:
        known = settings(made.reads)
    assert known["company"] == known[f"company_{language}"] == company
    assert known["own_name_ja"] == "高橋 美咲"
    assert known["own_name_en"] == "Misaki Takahashi"


def test_it_has_something_to_quote_to_promise_and_to_reach(wb: Workbench) -> None:
    assert wb.reads.scalar("select count(*) from interaction_tag where tag = 'goal'") >= 12
    assert (
        wb.reads.scalar("select count(*) from survey where shareable = 1 and score < 7") > 0
    )  # critics agreed, too
    assert (
        wb.reads.scalar("select count(*) from survey where shareable = 0 and score < 7") > 0
    )  # not all of them
    assert wb.reads.scalar("select count(*) from survey where shareable = 1") > 20
    assert wb.reads.scalar("select count(*) from ticket where assignee is null") == 0
    done = wb.reads.scalar("select count(*) from task where done_on is not null and owner is not null")
    assert done >= 6


def test_messy_data_is_messy(wb: Workbench) -> None:
    assert wb.reads.one(
        "select end_on from contract c join account a on a.id=c.account_id where a.name='有限会社柚木木工'"
    ) == (None,)
    twins = wb.reads.all(
        "select name_key, count(*) from person group by account_id, name_key having count(*) > 1"
    )
    assert len(twins) == 1
    assert wb.reads.scalar(
        "select count(*) from (select account_id from contract where end_on >= :t group by 1"
        " having count(distinct currency) > 1)",
        {"t": TODAY.isoformat()},
    ) == 1  # fmt: skip


def test_a_renewal_in_forty_days_with_notice_in_ten(wb: Workbench) -> None:
    end, days, auto = wb.reads.one(
        "select c.end_on, c.notice_days, c.auto_renew from contract c join account a on a.id = c.account_id"
        " where a.name = '株式会社燕沢電装' and c.status = 'active'"
    ) or ("", 0, 0)
    assert (dt.date.fromisoformat(end) - TODAY).days == 40
    assert (40 - days, auto) == (10, 1)


def test_the_detractor_waits_and_the_champion_is_gone(wb: Workbench) -> None:
    waiting = wb.reads.all(
        "select a.name from survey s join account a on a.id = s.account_id where s.kind = 'nps' and s.score <= 2"
        " and s.answered_on > '2026-10-01' and not exists (select 1 from interaction i where i.account_id = a.id"
        " and i.at > s.answered_on and i.direction in ('out', 'both'))"
    )
    assert set(waiting) >= {("合同会社ひなた学習舎",), ("Moonpenny Learning LLC",)}
    assert wb.reads.scalar("select count(*) from person where status = 'left'") == 2
    assert wb.reads.scalar("select count(*) from account where churned_on is not null") == 1


def test_terms_follow_each_other_without_overlap(wb: Workbench) -> None:
    rows = wb.reads.all(
        "select account_id, start_on, end_on from contract where currency <> 'EUR' and end_on is not null order by 1, 2"
    )
    for (one, _start, end), (other, start, _end) in pairwise(rows):
        assert one != other or end < start


@pytest.mark.parametrize(("ago", "value"), [(99, 0.8), (78, 0.8), (39, 0.6), (0, 0.4), (10, 0.45)])
def test_curve(ago: float, value: float) -> None:
    assert curve(
        [[78, 0.8], [20, 0.5], [0, 0.4]] if ago == 10 else [[78, 0.8], [0, 0.4]], ago
    ) == pytest.approx(value)


def test_years_before_a_leap_day() -> None:
    assert years_before(dt.date(2028, 2, 29), 1) == dt.date(2027, 2, 28)


def test_every_story_is_told_in_the_language_of_its_accounts() -> None:
    book = read_book()
    for entry in book.accounts:
        assert entry["story"] in book.stories
        texts = book.texts[entry["language"]]
        told = (
            any(note["s"] == entry["story"] for note in texts["note"])
            or "reviews" in book.stories[entry["story"]]
        )
        assert told, entry["name"]


@pytest.mark.parametrize(("language", "currency"), [("en", "USD"), ("ja", "JPY")])
def test_several_currencies_add_up_in_the_portfolio_s_own(
    tmp_path: Path, language: str, currency: str
) -> None:
    dollars_in_yen = Decimal("151.20")
    with fresh(tmp_path, language=language) as wb:
        (mixed,) = [row for row in account_list(wb.reads, TODAY) if len(row.arr_parts) > 1]
    assert mixed.currency == currency
    assert mixed.arr is not None
    yen = mixed.arr * (dollars_in_yen if currency == "USD" else 1)
    assert yen == pytest.approx(Decimal(7_182_240), rel=Decimal("0.01"))


def test_a_complaint_is_answered_with_what_was_done_about_it(wb: Workbench) -> None:
    rows = wb.reads.all("select distinct said, action from voice_case where action <> ''")
    done: dict[str, set[str]] = {}
    for said, action in rows:
        done.setdefault(said, set()).add(action)
    assert all(len(actions) == 1 for actions in done.values())
    assert done["費用に見合う効果がまだ説明できません。"] == {
        "効果を貴社の数字で算定し、社内説明用の資料をお渡ししました。"
    }
