"""Writing people beyond one row: everything that points at one person made to point at another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

_POINTERS = """select m.name, f."from" from sqlite_schema m join pragma_foreign_key_list(m.name) f
    where m.type = 'table' and f."table" = 'person' and m.name not glob 'j_*' order by 1, 2"""

_ONE_ATTENDEE = (
    """update training_attendee set completed = 1 where person_id = :keep and session_id in
       (select session_id from training_attendee where person_id = :gone and completed)""",
    """delete from training_attendee where person_id = :gone and session_id in
       (select session_id from training_attendee where person_id = :keep)""",
)
"""Who was there under both records was there once, and completed it if either did."""

_ANSWERS = """from survey s join survey o on o.kind = s.kind and o.campaign = s.campaign
    and s.person_id in (:keep, :gone) and o.person_id in (:keep, :gone) and s.person_id <> o.person_id
    and (s.answered_on, s.id) < (o.answered_on, o.id)"""
_ONE_ANSWER = (
    f"""update voice_case set survey_id = (select max(o.id) {_ANSWERS} where s.id = voice_case.survey_id)
        where survey_id in (select s.id {_ANSWERS})""",
    f"""update feedback set survey_id = (select max(o.id) {_ANSWERS} where s.id = feedback.survey_id)
        where survey_id in (select s.id {_ANSWERS})""",
    f"""update survey set comment = trim(comment || char(10) || (select s.comment {_ANSWERS}
        where o.id = survey.id order by s.answered_on desc, s.id desc limit 1), char(10)) where id in
        (select o.id {_ANSWERS} where s.comment <> '' and o.comment <> s.comment)""",
    f"delete from survey where id in (select s.id {_ANSWERS})",
)
"""The newer answer to a campaign counts; the words of the older one stand below its own."""


def pointers(db: Reads) -> list[tuple[str, str]]:
    """Every table and column that points at a person, whatever revision the file is of."""
    return [(row[0], row[1]) for row in db.all(_POINTERS)]


def repoint(db: Change, gone: int, keep: int) -> None:
    """Let everything that points at *gone* point at *keep*, and delete *gone*.

    What *keep* has already (a role, a meeting both took part in, an own field) stays as it is and is not doubled; of
    one training session, and of one campaign both answered, one line stays.
    """
    people = {"keep": keep, "gone": gone}
    for statement in (*_ONE_ATTENDEE, *_ONE_ANSWER):
        db.execute(statement, people)
    for table, column in pointers(db):
        db.execute(
            f'update or ignore "{table}" set "{column}" = :keep where "{column}" = :gone',
            people,
        )
    db.execute(
        "update person set reports_to_id = null where id = :keep and reports_to_id = :keep", {"keep": keep}
    )
    db.execute("delete from person where id = :gone", {"gone": gone})
