"""Whose people a column like "担当者" names: ours, or the customer's. The header does not say; its values may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_workbench.i18n import _
from cs_workbench.intake.headers import Header, compact
from cs_workbench.intake.mapping import ColumnMap, Mapping
from cs_workbench.intake.shape import Shape
from cs_workbench.intake.table import Note

ASKED = "contact_or_owner"
"""The code of the note that asks."""
OWNER, CONTACT = "owner", "contact"
_EITHER = frozenset(
    compact(word)
    for word in ("担当", "担当者", "担当者名", "担当者氏名", "主担当", "主担当者", "顧客担当者", "取引先担当者",
                 "責任者", "responsible", "person in charge")
)  # fmt: skip
_MANY = 3
_MOST = 0.5


def settled(
    mapping: Mapping, headers: Sequence[Header], columns: Sequence[Shape]
) -> tuple[Mapping, tuple[Note, ...]]:
    """*mapping* with a column of owners taken for the customers' contacts where it names somebody else in most rows,
    and the question to ask about it. One person looks after many customers; a contact is named once.
    """
    found = mapping.by_field(OWNER) if mapping.kind == "accounts" else ()
    asked = [one for one in found if _names_contacts(one, headers, columns)]
    if not asked:
        return mapping, ()
    places = {one.index for one in asked}
    changed = tuple(
        replace(one, field=CONTACT, option="") if one.index in places else one for one in mapping.columns
    )
    return replace(mapping, columns=changed), tuple(_question(one, columns) for one in asked)


def _names_contacts(column: ColumnMap, headers: Sequence[Header], columns: Sequence[Shape]) -> bool:
    shape = columns[column.index]
    many = shape.distinct > _MANY and shape.unique > _MOST
    return many and headers[column.index].compact in _EITHER


def _question(column: ColumnMap, columns: Sequence[Shape]) -> Note:
    sentence = _(
        "“{column}” names {count} different people: they were taken as contacts on the customer’s side. If they are"
        " colleagues of yours, choose “Owner” for the column."
    )
    return Note(ASKED, sentence.format(column=column.header, count=columns[column.index].distinct))
