"""Who is meant by a name in a hurry: a family name, a first name, a reading, or Latin letters for a kana reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_workbench.domain.search_text import kana_of
from cs_workbench.domain.text import fold, name_key


@dataclass(frozen=True, slots=True)
class Known:
    """A person who may be meant. ``name`` and ``reading`` are as stored, family name first in Japanese."""

    id: int
    name: str
    reading: str = ""
    active: bool = True


def match(mention: str, people: Sequence[Known], *, whole: bool = True) -> tuple[int, ...]:
    """The ids of the people *mention* fits: one is an answer, several are a question, none is nobody.

    ``whole=False`` is for a run of kanji cut from a sentence ("本日石井"): its end may be the name. People who are
    still there go before those who left.
    """
    wanted = fold(mention)
    if not wanted:
        return ()
    for fits in (_is_name, _is_part, _is_reading) if whole else (_ends_with_family_name,):
        found = [person for person in people if fits(wanted, person)]
        active = [person for person in found if person.active]
        if found:
            return tuple(person.id for person in active or found)
    return ()


def _is_name(wanted: str, person: Known) -> bool:
    return name_key(wanted) == name_key(person.name)


def _is_part(wanted: str, person: Known) -> bool:
    folded = fold(person.name)
    # A Japanese name is often stored without a space: its beginning is the family name.
    return wanted in folded.split(" ") or (not wanted.isascii() and folded.startswith(wanted))


def _is_reading(wanted: str, person: Known) -> bool:
    reading = fold(person.reading)
    kana = kana_of(wanted) or wanted
    return bool(reading) and (reading.startswith(kana) or kana in reading.split(" "))


def _ends_with_family_name(wanted: str, person: Known) -> bool:
    parts = fold(person.name).split(" ")
    return wanted.endswith(parts[0]) or wanted.endswith("".join(parts))
