"""Whose people a column like "担当者" names: ours, or the customer's. Where the header leaves it open, values say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from cs_workbench.i18n import _
from cs_workbench.intake.headers import Header, compact
from cs_workbench.intake.kinds import expand, spec
from cs_workbench.intake.mapping import CUSTOM, ColumnMap, Mapping
from cs_workbench.intake.matching import OF_ACCOUNT
from cs_workbench.intake.shape import GOOD, Shape
from cs_workbench.intake.table import Note

ASKED = "contact_or_owner"
"""The code of the note that asks."""
OWNER, CONTACT, CONTACT_MAIL = "owner", "contact", "contact_mail"
_PREFIX = {"accounts": "", "contracts": OF_ACCOUNT}
"""What the keys of these fields begin with, by the kinds that have them."""
_EITHER = frozenset(
    compact(word)
    for word in ("担当", "担当者", "担当者名", "担当者氏名", "主担当", "主担当者", "顧客担当者", "取引先担当者",
                 "責任者", "responsible", "person in charge")
)  # fmt: skip
_THEIRS = (
    "先方", "先方担当", "先方ご担当", "先方担当者", "先方ご担当者", "先方ご担当者様", "先方担当者名",
    "先方ご担当者名", "先方窓口", "先方責任者", "先方キーマン", "ご担当", "ご担当者", "ご担当者様", "ご担当者名",
    "{account}側担当者", "{account}側窓口", "お客様担当者", "お客様ご担当者", "お客様担当者名", "窓口担当者",
    "窓口担当者名", "ご担当窓口", "キーマン", "キーパーソン", "contact", "contact name", "contact person",
    "primary contact", "primary contact name", "main contact", "main contact name", "key contact",
    "{account} contact", "窓口", "窓口名", "窓口様", "窓口氏名", "窓口お名前", "窓口ご担当者", "先方氏名", "先方お名前",
)  # fmt: skip
_MANY = 3
_MOST = 0.5


def settled(
    mapping: Mapping, headers: Sequence[Header], columns: Sequence[Shape]
) -> tuple[Mapping, tuple[Note, ...]]:
    """*mapping* with the customers' contacts found among the columns of accounts (or of contracts, one row a customer):
    where the header says so, with their mail address, or where a column of owners names somebody else in most rows; and
    the question to ask about that. One person looks after many customers; a contact is named once.
    """
    prefix = _PREFIX.get(mapping.kind)
    if prefix is None:
        return mapping, ()
    contact, contact_mail = prefix + CONTACT, prefix + CONTACT_MAIL
    asked = [one for one in mapping.by_field(prefix + OWNER) if _names_contacts(one, headers, columns)]
    named = asked[0] if asked else next(iter(mapping.by_field(contact)), None)
    if named is None:
        named = next((one for one in mapping.columns if _names_theirs(one, headers, columns)), None)
    if named is None:
        return mapping, ()
    fields = {one.index: contact for one in (asked or [named])}
    if not mapping.has(contact_mail):
        mail = next((one for one in mapping.columns if _holds_mail(one, headers, columns)), None)
        fields |= {mail.index: contact_mail} if mail is not None else {}
    changed = tuple(
        replace(one, field=fields[one.index], option="") if one.index in fields else one
        for one in mapping.columns
    )
    return replace(mapping, columns=changed), tuple(_question(one, columns) for one in asked)


def contacts(mapping: Mapping) -> tuple[ColumnMap, ...]:
    """The columns that name the customers' contacts."""
    prefix = _PREFIX.get(mapping.kind)
    return () if prefix is None else mapping.by_field(prefix + CONTACT)


def _names_contacts(column: ColumnMap, headers: Sequence[Header], columns: Sequence[Shape]) -> bool:
    shape = columns[column.index]
    many = shape.distinct > _MANY and shape.unique > _MOST
    return many and headers[column.index].compact in _EITHER


def _names_theirs(column: ColumnMap, headers: Sequence[Header], columns: Sequence[Shape]) -> bool:
    shape = columns[column.index]
    is_free = column.field.startswith(CUSTOM) and shape.filled
    return bool(is_free) and headers[column.index].compact in _their_words() and shape.share("name") >= GOOD


def _holds_mail(column: ColumnMap, headers: Sequence[Header], columns: Sequence[Shape]) -> bool:
    shape = columns[column.index]
    is_free = column.field.startswith(CUSTOM) and shape.filled
    return bool(is_free) and shape.share("mail") >= GOOD and headers[column.index].compact in _mail_words()


@cache
def _their_words() -> frozenset[str]:
    return frozenset(compact(word) for alias in _THEIRS for word in expand(alias))


@cache
def _mail_words() -> frozenset[str]:
    own = {
        compact(person + word)
        for person in (*_THEIRS[:5], "窓口")
        for word in ("メール", "メールアドレス", "Eメール")
    }
    return frozenset(own).union(
        spec("people").fields["email"].aliases, spec("interactions").fields["person_mail"].aliases
    )


def _question(column: ColumnMap, columns: Sequence[Shape]) -> Note:
    sentence = _(
        "“{column}” names {count} different people: they were taken as contacts on the customer’s side. If they are"
        " colleagues of yours, choose “Owner” for the column."
    )
    return Note(ASKED, sentence.format(column=column.header, count=columns[column.index].distinct))
