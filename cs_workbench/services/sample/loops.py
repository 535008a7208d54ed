"""The sample's voice: survey rounds, cases in every state, CES and success answers, themes with feedback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cs_workbench.domain import surveys
from cs_workbench.domain.themes import rule, suggest
from cs_workbench.services import theme_suggestions

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

_DAY = dt.timedelta(days=1)
_ASKED = {"nps": 2.4, "csat": 1.7, "ces": 1.9, "success": 1.6}
"""How many were asked for each answer."""
_ACTIONS = {
    "ja": {
        "遅": "担当の開発者と原因を調べ、検索の遅さを直しました。",
        "回答が来ない": "回答の窓口を一本化し、翌営業日までにお返事する形に改めました。",
        "効果": "効果を貴社の数字で算定し、社内説明用の資料をお渡ししました。",
        "要望": "ご要望の一覧を作り、対応の予定を毎月お知らせする形に改めました。",
        "設定": "設定手順書を作り直し、説明会を開きました。",
    },
    "en": {
        "slow": "We found the cause with a developer and made the search faster.",
        "nobody came back": "One person answers now, by the next working day.",
        "explain the cost": "We worked the value out in your own figures and wrote the page for your boss.",
        "requests": "We list your requests and tell you every month what is planned.",
        "set-up": "We rewrote the set-up guide and held a session on it.",
    },
}
"""Words of a complaint, and what was done about it."""
_EFFORT = {
    "ja": ("設定に手間がかかりました。", "", "すぐに終わりました。"),
    "en": ("The set-up took too long.", "", "Quick to do."),
}  # fmt: skip
_STATUSES = ("planned", "open", "shipped", "open", "open", "declined")
_LEFT_ALONE = 3
"""So many of the newest that ask for an answer stay suggestions; the others became cases."""


def add_loops(db: Change, languages: Mapping[int, str], now: dt.datetime, language: str) -> None:
    """All of it, for the accounts of *languages* (account → language); themes are in *language*."""
    from cs_workbench.store.tables import Survey

    _more_surveys(db, languages, now.date())
    db.session.flush()
    answers = [
        one for one in db.session.query(Survey).order_by(Survey.answered_on.desc(), Survey.id)
        if one.account_id in languages
    ]  # fmt: skip
    _rounds(db, answers)
    _cases(db, answers, languages, now)
    _feedback(db, answers, now.date(), language)


def _more_surveys(db: Change, languages: Mapping[int, str], today: dt.date) -> None:
    """The effort and the success question, asked once in a while of some accounts."""
    from cs_workbench.store.tables import Survey

    rows = []
    for place, (account, spoken) in enumerate(languages.items()):
        if place % 2 == 0:
            score = (6, 5, 3, 7, 5, 6)[place // 2 % 6]
            words = _EFFORT[spoken][0 if score <= 3 else 2 if score == 7 else 1]
            rows.append(_answer(account, "ces", score, today - (20 + 11 * place) * _DAY, words))
        if place % 3 == 0:
            score = (4, 5, 3, 4, 2)[place // 3 % 5]
            rows.append(_answer(account, "success", score, today - (12 + 9 * place) * _DAY, ""))
    db.session.bulk_insert_mappings(Survey.__mapper__, rows)


def _answer(account: int, kind: str, score: int, on: dt.date, words: str) -> dict[str, Any]:
    return {
        "account_id": account, "kind": kind, "score": float(score), "comment": words, "answered_on": on,
        "shareable": False,
    }  # fmt: skip


def _rounds(db: Change, answers: list[Any]) -> None:
    """One round a quarter and survey, so that the response rate is known."""
    from cs_workbench.store.tables import SurveyRound

    counts: dict[tuple[str, dt.date], int] = {}
    for one in answers:
        quarter = one.answered_on.replace(month=(one.answered_on.month - 1) // 3 * 3 + 1, day=1)
        counts[one.kind, quarter] = counts.get((one.kind, quarter), 0) + 1
        one.campaign = f"{quarter.year} Q{quarter.month // 3 + 1}"
    db.session.bulk_insert_mappings(SurveyRound.__mapper__, [
        {"kind": kind, "sent_on": quarter, "sent": round(count * _ASKED[kind]) + 1,
         "campaign": f"{quarter.year} Q{quarter.month // 3 + 1}"}
        for (kind, quarter), count in counts.items()
    ])  # fmt: skip


def _cases(db: Change, answers: list[Any], languages: Mapping[int, str], now: dt.datetime) -> None:
    """Detractors of the last year: some open, one overdue, one on hold, most closed and told back."""
    from cs_workbench.store.tables import Account, VoiceCase

    today = now.date()
    owners = {row.id: row.owner for row in db.session.query(Account)}
    low = [
        one for one in answers
        if one.score is not None and surveys.must_answer(one.kind, one.score) and one.comment.strip()
        and (today - one.answered_on).days < 330
    ][_LEFT_ALONE:]  # fmt: skip
    rows = []
    for place, one in enumerate(low):
        said = one.answered_on
        row: dict[str, Any] = {
            "account_id": one.account_id, "person_id": one.person_id, "survey_id": one.id, "said": one.comment,
            "said_on": said, "owner": owners[one.account_id], "created_at": now, "status": "done",
            "promised_on": said + 7 * _DAY, "action": "", "acted_on": None, "told_back_on": None,
        }  # fmt: skip
        if place < 4:
            row["status"] = ("open", "open", "hold", "no_action")[place]
            row["promised_on"] = (today - 4 * _DAY, today + 6 * _DAY, today + 20 * _DAY, None)[place]
        else:
            row["action"] = _action(languages[one.account_id], one.comment)
            row["acted_on"] = min(said + (3 + place % 6) * _DAY, today)
            row["told_back_on"] = min(said + (4 + place % 9) * _DAY, today)
        rows.append(row)
    db.session.bulk_insert_mappings(VoiceCase.__mapper__, rows)


def _action(spoken: str, said: str) -> str:
    """What was done about that very complaint."""
    return next(done for words, done in _ACTIONS[spoken].items() if words in said)


def _feedback(db: Change, answers: list[Any], today: dt.date, language: str) -> None:
    """The starter themes; most comments are sorted, those of the last weeks wait."""
    from cs_workbench.store.tables import Feedback, Theme

    themes = [Theme(name=name, keywords=words) for name, words in theme_suggestions.starters(language)]
    for place, theme in enumerate(themes):
        theme.status = _STATUSES[place % len(_STATUSES)]
        theme.decided_on = today - (20 + 8 * place) * _DAY if theme.status != "open" else None
    db.session.add_all(themes)
    db.session.flush()
    rules = [rule(one.id, one.keywords) for one in themes]
    by_id = {one.id: one for one in themes}
    rows = []
    for place, one in enumerate(answers):
        hits = suggest(one.comment, rules) if (today - one.answered_on).days > 45 else ()
        if not hits:
            continue
        theme = by_id[hits[0].theme]
        told = (
            theme.decided_on
            if theme.decided_on and place % 2 and theme.decided_on >= one.answered_on
            else None
        )
        rows.append({
            "account_id": one.account_id, "person_id": one.person_id, "theme_id": theme.id, "survey_id": one.id,
            "said": one.comment, "said_on": one.answered_on, "told_back_on": told,
        })  # fmt: skip
    db.session.bulk_insert_mappings(Feedback.__mapper__, rows)
