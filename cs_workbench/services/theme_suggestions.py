"""Themes suggested by words the CSM chose: which word was found is always shown; nothing is sorted unasked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.months import add_months
from cs_workbench.domain.themes import Suggestion, rule, suggest
from cs_workbench.i18n import _
from cs_workbench.services import feedback
from cs_workbench.store.queries import voice_loops as queries
from cs_workbench.store.queries.voice_loops import Heard, ThemeRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

LOOKS_BACK_MONTHS = 12
MOST = 2_000
"""As many comments are looked through for a preview."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something said, the theme proposed, and the words of its rule that were found."""

    heard: Heard
    theme: ThemeRow
    found: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int]:
        """What stays the same from one reading to the next."""
        return self.heard.source, self.heard.id


def proposed(reads: Reads, today: dt.date) -> tuple[Proposed, ...]:
    """For each comment and ticket of a year that is on no theme yet: the theme most of whose words it holds."""
    themes = {one.id: one for one in queries.themes(reads)}
    rules = [rule(one.id, one.keywords) for one in themes.values() if one.keywords.strip()]
    found = []
    for heard in _heard(reads, today):
        hits = suggest(heard.said, rules)
        if hits:
            found.append(Proposed(heard, themes[hits[0].theme], hits[0].found))
    return tuple(found)


def preview(reads: Reads, keywords: str, today: dt.date) -> tuple[tuple[Heard, tuple[str, ...]], ...]:
    """What a rule would find as it is typed, with the words found, sorted or not; nothing is kept."""
    typed = rule(0, keywords)
    if not typed.words:
        return ()
    hits = ((one, suggest(one.said, (typed,))) for one in _heard(reads, today))
    return tuple((one, _first(found).found) for one, found in hits if found)


def accept(wb: Workbench, chosen: Iterable[Proposed]) -> tuple[int, ...]:
    """Keep proposals as feedback on their theme, as one step."""
    return feedback.put_on(wb, [(one.heard, one.theme.id) for one in chosen])


def refuse(wb: Workbench, chosen: Iterable[Proposed]) -> tuple[int, ...]:
    """Keep what was said as feedback on no theme, so that it is not proposed again, as one step."""
    return feedback.put_on(wb, [(one.heard, None) for one in chosen])


def starters(language: str) -> tuple[tuple[str, str], ...]:
    """(name, keywords) of the themes that come with the program; keywords are in both languages."""
    spoken = language if language in {"en", "ja"} else "en"
    return tuple((str(one[spoken]), "\n".join((*one["words_ja"], *one["words_en"]))) for one in _packaged())


def add_starters(wb: Workbench, language: str) -> int:
    """Add the packaged themes that are not there yet, as one step; returns how many."""
    from cs_workbench.store.tables import Theme

    with wb.change(_("Add starter themes")) as db:
        there = {one.name for one in queries.themes(db)}
        rows = [Theme(name=name, keywords=words) for name, words in starters(language) if name not in there]
        db.session.add_all(rows)
        return len(rows)


def _heard(reads: Reads, today: dt.date) -> Sequence[Heard]:
    return queries.unthemed(reads, add_months(today, -LOOKS_BACK_MONTHS), today)[:MOST]


def _first(found: tuple[Suggestion, ...]) -> Suggestion:
    return found[0]


def _packaged() -> list[dict[str, Any]]:
    import tomllib

    with open(paths.resources("defaults", "themes.toml"), "rb") as file:
        data: list[dict[str, Any]] = tomllib.load(file)["theme"]
    return data
