"""Surveys and the meeting as a briefing tells them: who counts as content, and what is known of the appointment."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cs_workbench.services import briefing_meeting
from cs_workbench.services.briefing_support import local_day, voice
from cs_workbench.store.queries.briefing_rows import MeetingRow, SurveyRow

AS_OF = dt.date(2026, 11, 24)
TOKYO = ZoneInfo("Asia/Tokyo")


def answers(kind: str, *scores: float, on: dt.date = AS_OF) -> list[SurveyRow]:
    return [SurveyRow(n, kind, score, "", on, True, None) for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("kind", "scores", "content", "between", "critics"),
    [
        ("nps", (10, 9, 8, 7, 6, 0), 2, 2, 2),
        ("csat", (5, 4, 3, 2), 2, 1, 1),
        ("ces", (7, 5, 4, 3), 2, 1, 1),
        ("success", (5, 4, 3, 2), 2, 1, 1),
    ],
)
def test_answers_are_counted_by_the_bounds_of_their_survey(
    kind: str, scores: tuple[float, ...], content: int, between: int, critics: int
) -> None:
    found = voice(answers(kind, *scores), AS_OF)
    assert found is not None
    (one,) = found.surveys
    assert (one.kind, one.answers) == (kind, len(scores))
    assert (one.high, one.middle, one.low) == (content, between, critics)


@pytest.mark.parametrize(
    ("kind", "scores", "value", "written"),
    [
        ("nps", (10, 9, 8, 6), "25", "num"),
        ("csat", (5, 4, 3), "0.6667", "pct"),
        ("ces", (7, 6, 6), "6.3", "num"),
    ],
)
def test_what_a_survey_comes_to(kind: str, scores: tuple[float, ...], value: str, written: str) -> None:
    found = voice(answers(kind, *scores), AS_OF)
    assert found is not None
    figure = found.surveys[0].figure
    assert (str(figure.now), figure.kind) == (value, written)


def test_twelve_months_are_set_against_the_twelve_before() -> None:
    year_ago = AS_OF - dt.timedelta(days=365)
    rows = [*answers("nps", 10, on=year_ago + dt.timedelta(days=1)), *answers("nps", 0, 0, on=year_ago)]
    found = voice(rows, AS_OF)
    assert found is not None
    figure = found.surveys[0].figure
    assert (figure.count, figure.count_before) == (1, 2)


def test_no_answer_and_no_comment_is_no_voice() -> None:
    assert voice(answers("nps", 10, on=AS_OF - dt.timedelta(days=365)), AS_OF) is None


def test_a_late_evening_in_utc_is_the_next_day_in_tokyo() -> None:
    assert local_day("2026-11-23T15:00:00Z", TOKYO) == AS_OF
    assert local_day("2026-11-23T14:59:59Z", TOKYO) == dt.date(2026, 11, 23)


AT = dt.datetime(2026, 12, 8, 5, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "place", "people", "told"),
    [
        (AT, "", (), (dt.date(2026, 12, 8), "14:05", "", ())),
        (None, " Room 3 ", (), (None, "", "Room 3", ())),
        (None, "", ("Ishii",), (None, "", "", ("Ishii",))),
        (None, "  ", (), None),
    ],
)
def test_a_meeting_is_told_as_soon_as_anything_is_known(
    at: dt.datetime | None, place: str, people: tuple[str, ...], told: tuple[object, ...] | None
) -> None:
    row = MeetingRow(AS_OF, at, None, people)
    found = briefing_meeting.meeting(row, TOKYO, place)
    assert (None if found is None else (found.on, found.time, found.place, found.people)) == told


def test_the_meeting_of_this_term_comes_before_the_next_one() -> None:
    ends = [dt.date(2026, 9, 30), dt.date(2026, 12, 31), dt.date(2027, 3, 31)]
    rows = [MeetingRow(end, None, None, ()) for end in ends]
    assert briefing_meeting.fixed(rows, ends[2], AS_OF) == rows[2]
    assert briefing_meeting.fixed(rows, dt.date(2028, 1, 1), AS_OF) == rows[1]
    assert briefing_meeting.fixed(rows, None, ends[1]) == rows[1]
    assert briefing_meeting.fixed(rows[:1], None, AS_OF) is None


def test_a_hard_word_is_quoted_before_the_kind_ones() -> None:
    """Newest critic, newest kind voice, then the others as they came."""
    given = [(9, 1), (8, 2), (6, 3), (2, 4)]
    rows = [
        SurveyRow(n, "nps", score, f"words {score}", AS_OF - dt.timedelta(days=ago), True, None)
        for n, (score, ago) in enumerate(given)
    ]
    found = voice(rows, AS_OF)
    assert found is not None
    assert [one.words for one in found.comments] == ["words 6", "words 9", "words 8", "words 2"]
