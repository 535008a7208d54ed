"""Which names may be another spelling of one: found by a piece both share, not by comparing it with every other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import eq

from cs_workbench.domain.matching import FUZZY_FROM, head, long_form, shortens

_APART = 1 - FUZZY_FROM / 100
"""Letters put in or left out that a likeness of ``FUZZY_FROM`` allows, as a share of both names together."""
_COMMON = 300
"""A piece that more names hold says nothing ("trading"): a name is looked for by its other pieces."""


@dataclass(slots=True)
class Alike:
    """Name keys (id → key) cut into pieces, so that a likely one is found among few.

    One that differs from another by k letters, cut into k + 1 pieces, has a piece the other holds unchanged: none is
    missed as long as one of its pieces is not too common. Figures are compared whole: "Store 12" and "Store 13" are two
    customers however alike they look.
    """

    keys: Mapping[int, str]
    _holders: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _sizes: set[int] = field(default_factory=set)
    _heads: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one, key in self.keys.items():
            figures = _figures(key)
            for piece in set(_pieces(key)):
                self._holders.setdefault((figures, piece), []).append(one)
                self._sizes.add(len(piece))
            whole = long_form(key)
            self._heads.setdefault((figures, head(whole) or whole), []).append(one)

    def nearest(self, key: str, allowed: Callable[[int], bool]) -> tuple[int, float] | None:
        """The *allowed* id whose key is most like *key*, with the likeness; None below ``FUZZY_FROM``."""
        candidates = {one: self.keys[one] for one in self._candidates(key) if allowed(one)}
        if not candidates:
            return None
        from rapidfuzz import fuzz, process

        best = process.extractOne(key, candidates, scorer=fuzz.ratio, score_cutoff=FUZZY_FROM)
        return None if best is None else (best[2], best[1])

    def shortened(self, key: str, allowed: Callable[[int], bool]) -> tuple[int, float] | None:
        """The *allowed* id whose key may be *key* shortened, or the other way round, with the likeness; None without.

        Of several the nearest, those of the portfolio first.
        """
        whole = long_form(key)
        same_head = self._heads.get((_figures(key), head(whole) or whole), ())
        alike = shortens if len(same_head) <= _COMMON else eq  # as with pieces: a common head says nothing
        found = [one for one in same_head if alike(whole, long_form(self.keys[one])) and allowed(one)]
        if not found:
            return None
        from rapidfuzz import fuzz

        likeness = {one: fuzz.ratio(key, self.keys[one]) for one in found}
        best = min(found, key=lambda one: (-likeness[one], one < 0, abs(one)))
        return best, likeness[best]

    def _candidates(self, key: str) -> list[int]:
        """Ids that share a piece with *key*; those of the portfolio first, each in the order it came."""
        figures, found = _figures(key), set[int]()
        for size in self._sizes:
            for start in range(len(key) - size + 1):
                holders = self._holders.get((figures, key[start : start + size]), ())
                if len(holders) <= _COMMON:
                    found.update(holders)
        return sorted(found, key=lambda one: (one < 0, abs(one)))


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _pieces(key: str) -> Iterator[str]:
    """*key* in one piece more than the letters by which the longest name still like it may differ."""
    longest = len(key) * (1 + _APART) / (1 - _APART)
    count = int(_APART * (len(key) + longest) + 1e-9) + 1
    edges = [len(key) * number // count for number in range(count + 1)]
    return (key[start:end] for start, end in pairwise(edges))
