"""Which column could be which field of one kind: header words weighed against the look of the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cs_workbench.intake.headers import Header, compact
from cs_workbench.intake.kinds import FieldSpec, read_words, spec
from cs_workbench.intake.shape import GOOD, POOR, Shape

EXACT, BARE, CORE, NUMBERED, PLAIN, TAIL, INSIDE, BY_VALUES = 1.0, 0.97, 0.9, 0.85, 0.6, 0.55, 0.5, 0.45
_SHORTEST_TAIL = 3
_RANK, _RANKED = 0.0002, 100
_YEARLY = frozenset(["年", "年間", "年額", "年契約", "annual", "annually", "yearly", "peryear", "year", "pa"])
MONTHLY = frozenset(["月", "月間", "月額", "monthly", "permonth", "month"])
_OTHER_THING = frozenset([
    "refund", "discount", "tax", "cost", "target", "previous", "prev", "prior", "original",
    "old", "last", "budget", "goal", "before", "preceding", "converted", "前", "旧",
    "昨年", "前年", "前期", "目標", "予算", "割引", "税", "差額",
])  # fmt: skip
_BOOL_FIRST = frozenset(["is", "has", "was"])
_BOOL_LAST = frozenset(["flag", "フラグ", "ふらぐ"])
OF_ACCOUNT = "account."
"""What the keys of an account's fields begin with in a file of contracts."""
_TOLD_BY_VALUES = {"mail": 0.9, "domain": 0.9}

_Index = dict[str, list[tuple[FieldSpec, int]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may fill a field, and how sure that is (0–1)."""

    index: int
    field: FieldSpec
    quality: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The best way to read a table as one kind. ``against``: columns whose header fits, but whose values do not."""

    kind: str
    found: dict[int, Candidate]
    against: tuple[int, ...]

    @property
    def fields(self) -> set[str]:
        """The fields that have a column."""
        return {candidate.field.key for candidate in self.found.values()}

    @property
    def weight(self) -> float:
        """How strongly the columns speak for the kind."""
        return sum(candidate.field.weight * candidate.quality for candidate in self.found.values())

    def index_of(self, key: str) -> int | None:
        """The column of field *key*, or None."""
        return next((index for index, candidate in self.found.items() if candidate.field.key == key), None)


def fit(
    kind: str, headers: Sequence[Header], shapes: Sequence[Shape], skip: frozenset[int] = frozenset()
) -> Fit:
    """Read the columns as *kind*: the surest pairs of column and field first, each column and field once."""
    pairs: list[Candidate] = []
    against: list[int] = []
    for index, (header, shape) in enumerate(zip(headers, shapes, strict=True)):
        if index in skip:
            continue
        named = _named(kind, header) or _of_account(kind, header)
        fitting = _fitting(index, named, shape)
        if not fitting and any(quality >= CORE for _field, quality in named):
            against.append(index)
        pairs += fitting or _told_by_values(kind, index, shape)
    pairs.sort(key=lambda pair: (-pair.quality, -pair.field.weight, not headers[pair.index].unit, pair.index))
    found: dict[int, Candidate] = {}
    taken: set[str] = set()
    for pair in pairs:
        if pair.index not in found and (pair.field.many or pair.field.key not in taken):
            found[pair.index] = pair
            taken.add(pair.field.key)
    return Fit(kind, dict(sorted(found.items())), tuple(i for i in against if i not in found))


def _fitting(index: int, named: Sequence[tuple[FieldSpec, float]], shape: Shape) -> list[Candidate]:
    return [Candidate(index, field, q * f) for field, q in named if (f := _agreement(field, shape)) > 0]


def _of_account(kind: str, header: Header) -> list[tuple[FieldSpec, float]]:
    """The account's fields that a header names in a file of contracts; asked where it names none of the contract's."""
    named = _named(kind, header, of_account=True)
    if header.compact.startswith(_not_of_account()):
        return [pair for pair in named if pair[1] > PLAIN]
    return named


def _named(kind: str, header: Header, *, of_account: bool = False) -> list[tuple[FieldSpec, float]]:
    aliases, plain = _index(kind, of_account=of_account)
    found: dict[str, tuple[FieldSpec, float]] = {}

    def add(name: str, index: _Index, quality: float) -> None:
        for field, rank in index.get(name, ()) if name else ():
            if field.key not in found:
                found[field.key] = (field, quality - rank * _RANK)

    add(header.full, aliases, EXACT)
    add(header.inner + header.compact if header.inner else "", aliases, BARE)
    if found and header.inner:
        return list(found.values())
    add(header.compact, aliases, BARE)
    add(header.core, aliases, CORE)
    add("".join(header.words[:-1]) if header.unit else "", aliases, CORE)
    add(header.compact.rstrip("0123456789"), aliases, NUMBERED)
    add(header.compact, plain, PLAIN)
    if not found and not _OTHER_THING.intersection(header.words):
        for tail in _tails(header):
            add(tail, aliases, TAIL)
            if header.compact.startswith(_customers_person()):
                found.pop("owner", None)
                found.pop(OF_ACCOUNT + "owner", None)
            if found:
                break
        if not found:
            found = {
                f.key: (f, INSIDE)
                for f in spec(kind).fields.values()
                if f.key.startswith(OF_ACCOUNT) == of_account
                and any(word in header.full for word in f.inside)
            }
    found = _narrowed(kind, header, found, aliases)
    flag = header.words and (header.words[0] in _BOOL_FIRST or header.words[-1] in _BOOL_LAST)
    return [pair for pair in found.values() if not flag or pair[0].type == "bool"]


_Named = dict[str, tuple[FieldSpec, float]]


def _narrowed(kind: str, header: Header, found: _Named, aliases: _Index) -> _Named:
    """What brackets and units add: "契約金額（年額）" is the yearly amount, "通知期限（か月前）" a number of months."""
    fields = spec(kind).fields
    for key, (field, quality) in list(found.items()):
        prefix, _dot, name = key.rpartition(".")
        if name == "notice_on" and (days := fields.get(key.replace("notice_on", "notice_days"))) is not None:
            found.setdefault(days.key, (days, quality * CORE))
        if name in ("notice_on", "notice_days") and header.unit in ("months", "days"):
            found.pop(key)
            other = fields[f"{prefix}.notice_{header.unit}" if prefix else f"notice_{header.unit}"]
            found[other.key] = (other, quality)
        if field.type == "money" and (told := _of_period(kind, key, header, aliases)) is not None:
            found = {told.key: (told, quality)}
    return found


def _of_period(kind: str, key: str, header: Header, aliases: _Index) -> FieldSpec | None:
    """The amount that the brackets behind a header of money name instead: by the year, by the month, or by name."""
    fields = spec(kind).fields
    stem = key.removesuffix("amount")
    if stem != key and header.inner in _YEARLY | MONTHLY:
        return fields.get(stem + ("arr" if header.inner in _YEARLY else "mrr"))
    named = [field for field, _rank in aliases.get(header.inner, ()) if field.type == "money"]
    return named[0] if named and header.inner else None


@cache
def _not_of_account() -> tuple[str, ...]:
    """What a header begins with that speaks of a contract, its product or its payment: "契約 区分"."""
    nouns = read_words("nouns")
    words = (*nouns["contract"], *nouns["product"], "請求", "支払", "billing", "payment")
    return tuple(compact(word) for word in words)


@cache
def _customers_person() -> tuple[str, ...]:
    """What a header begins with that speaks of somebody at the customer: nobody of ours, whatever it ends in."""
    return ("ご", *(compact(word) for word in read_words("nouns")["person"] if not word.isascii()))


def _tails(header: Header) -> list[str]:
    """What a longer header ends in: its last two words or more; for Japanese its last three characters or more.

    A tail that begins with "名" was cut out of a word ("会社名カナ"); a last word parted by a space ("顧客 業種", as
    two-line headers are joined) may be shorter.
    """
    words = header.words
    tails = ["".join(words[start:]) for start in range(1, len(words) - 1)]
    text = header.compact
    if (
        text
        and not text.isascii()
        and not text.startswith(tuple(word for word in _OTHER_THING if not word.isascii()))
    ):
        tails += [
            text[start:]
            for start in range(1, len(text) - _SHORTEST_TAIL + 1)
            if not text[start:].isascii() and text[start] != "名"
        ]
        tails += words[-1:] if len(words) > 1 and len(words[-1]) > 1 and not words[-1].isascii() else ()
    return tails


def _agreement(field: FieldSpec, shape: Shape) -> float:
    """How well the values bear the field out: 1 well or blank (0.9), less when doubtful, 0 when they cannot be it."""
    if not shape.filled:
        return 0.9
    share = shape.share(field.type)
    if share >= GOOD:
        return 1.0
    if field.key == "status" and field.type == "contract_status" and share > 0:
        return 0.8  # one draft is no contract, however few words are known: the others are told row by row
    if field.type in ("date", "instant", "past_day") and share < POOR and shape.share("serial") >= GOOD:
        return 0.9
    return 0.8 if share >= POOR else 0.0


def _told_by_values(kind: str, index: int, shape: Shape) -> list[Candidate]:
    """Mail addresses and domains are known by their look, whatever the header says."""
    if not shape.filled:
        return []
    return [
        Candidate(index, field, BY_VALUES)
        for field in spec(kind).fields.values()
        if field.aliases
        and field.type in _TOLD_BY_VALUES
        and shape.share(field.type) >= _TOLD_BY_VALUES[field.type]
    ]


@cache
def _index(kind: str, *, of_account: bool) -> tuple[_Index, _Index]:
    """Alias → the fields it names, each with the alias's place in its list; the same for plain aliases. Those of the
    account beside a contract go apart.
    """
    aliases: _Index = {}
    plain: _Index = {}
    for field in spec(kind).fields.values():
        if field.key.startswith(OF_ACCOUNT) != of_account:
            continue
        for index, words in ((aliases, field.aliases), (plain, field.plain)):
            for rank, word in enumerate(words):
                index.setdefault(word, []).append((field, min(rank, _RANKED)))
    return aliases, plain
