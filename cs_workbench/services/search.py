"""Search: one box over accounts, people, contacts, tickets, success plans and what customers told us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from cs_workbench.domain import search_text
from cs_workbench.domain.search_text import Span
from cs_workbench.domain.text import name_key
from cs_workbench.store.queries import search as queries
from cs_workbench.store.queries import search_success as said

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

Kind = Literal["account", "person", "interaction", "ticket", "plan", "voice", "feedback"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_SAID: tuple[said.SaidKind, ...] = get_args(said.SaidKind)
_MOST_GROUPS = 12
_LONGEST = 200
_LEGAL_ONLY = frozenset(("株式会社", "有限会社", "合同会社", "合資会社", "合名会社"))


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``title_spans`` and ``spans`` are what matched in ``title`` and ``snippet`` (offsets).

    ``at`` is the instant of an interaction or ticket; what else there is has none. ``account_id`` is empty for a
    person who belongs nowhere yet. ``id`` of "plan" is the plan's, whatever of it was found.
    """

    kind: Kind
    id: int
    account_id: int | None
    account_name: str
    title: str
    snippet: str
    at: dt.datetime | None
    title_spans: tuple[Span, ...]
    spans: tuple[Span, ...]


def search(
    reads: Reads,
    text: str,
    *,
    kinds: Collection[Kind] = KINDS,
    account_id: int | None = None,
    limit: int = 50,
) -> list[Hit]:
    """What contains every word of *text*: names first, then whole matches in a subject, then the newest.

    Words that fit the name of an account hold for everything of that account: "aoba renewal" finds what is said of
    the renewal there. Width, kana, case, long marks, name variants and company forms don't matter; every character
    is plain text. Interactions and tickets are ranked within the newest 500 matches of each.
    """
    words = search_text.query_words(text)
    if not words or limit <= 0:
        return []
    groups = _groups(reads, words, account_id)
    hits = _names(reads, words, kinds, account_id, limit)
    if "person" in kinds:
        hits += _people_of(reads, words, groups, {hit.id for hit in hits if hit.kind == "person"}, limit)
    if len(hits) < limit:
        everywhere = _Group(None if account_id is None else (account_id,), words)
        told = said.said(reads, [kind for kind in _SAID if kind in kinds], account_id)
        hits += _said(told, words, [everywhere, *groups], kinds, limit - len(hits))
        hits += _texts(reads, words, [everywhere, *groups], kinds, limit - len(hits))
    return hits[:limit]


@dataclass(frozen=True, slots=True)
class _Group:
    """Accounts (None: all) whose names the same words of the query fit, and the words left to be found elsewhere."""

    accounts: tuple[int, ...] | None
    rest: tuple[str, ...]


def _groups(reads: Reads, words: tuple[str, ...], account_id: int | None) -> list[_Group]:
    """The accounts that a part of the words names, those named by most words first.

    Where all words stand in a name, each of them alone may be what was looked for in its texts. A bare legal form
    is part of any name. Up to three words are taken in every way there is, more in the 12 closest.
    """
    telling = [word for word in words if word not in _LEGAL_ONLY]
    if len(words) < 2 or not telling:
        return []
    members: dict[int, list[int]] = {}
    for account, bits in queries.accounts_named_by(reads, _name_words(words)).items():
        if account_id is None or account == account_id:
            members.setdefault(bits, []).append(account)
    groups = []
    for bits in sorted(members, key=lambda bits: (-bits.bit_count(), bits)):
        rest = tuple(word for n, word in enumerate(telling) if not bits >> n & 1)
        accounts = tuple(members[bits])
        groups += [_Group(accounts, left) for left in ([rest] if rest else [(word,) for word in telling])]
    return groups[:_MOST_GROUPS]


def _people_of(
    reads: Reads, words: tuple[str, ...], groups: list[_Group], known: set[int], limit: int
) -> list[Hit]:
    """People whom some words name and whose account the others do."""
    found: dict[int, queries.NameRow] = {}
    for group in groups:
        for row in queries.people_named(reads, _name_words(group.rest), group.accounts, limit):
            if row.id not in known:
                found.setdefault(row.id, row)
    return [_name_hit("person", row, words) for row in sorted(found.values(), key=lambda row: row.rank)]


def _names(
    reads: Reads, words: tuple[str, ...], kinds: Collection[Kind], account_id: int | None, limit: int
) -> list[Hit]:
    found: list[tuple[Kind, queries.NameRow]] = []
    named = _name_words(words)
    if "account" in kinds:
        found += [("account", row) for row in queries.accounts_named(reads, named, account_id, limit)]
    if "person" in kinds:
        within = None if account_id is None else (account_id,)
        found += [("person", row) for row in queries.people_named(reads, named, within, limit)]
    found.sort(key=lambda item: item[1].rank)  # stable: accounts stay before people of the same rank
    return [_name_hit(kind, row, words) for kind, row in found]


def _name_hit(kind: Kind, row: queries.NameRow, words: tuple[str, ...]) -> Hit:
    return Hit(kind, row.id, row.account_id, row.account_name, row.name, row.also, None,
               search_text.spans(row.name, words), search_text.spans(row.also, words))  # fmt: skip


def _name_words(words: tuple[str, ...]) -> list[queries.NameWord]:
    """The words as names are compared; a bare legal form says nothing about a name and is left out."""
    named = []
    for word in words:
        if word in _LEGAL_ONLY:
            continue
        kana = word if _is_hiragana(word) else search_text.kana_of(word) or ""
        named.append(queries.NameWord(word, name_key(word), kana, kana.translate(_HIRAGANA)))
    return named


def _is_hiragana(word: str) -> bool:
    return all("ぁ" <= character <= "ゖ" for character in word)


def _said(
    rows: list[said.SaidRow],
    words: tuple[str, ...],
    groups: list[_Group],
    kinds: Collection[Kind],
    limit: int,
) -> list[Hit]:
    """What stands in plans and in what customers told us, whole matches in a title first, then the newest. Beside
    contacts and tickets they get a third of the room.
    """
    fits: dict[said.SaidRow, bool] = {}
    for group in groups:
        for row in rows:
            if (group.accounts is None or row.account_id in group.accounts) and search_text.matches(
                f"{row.text}\n{row.more}", group.rest
            ):
                fits[row] = fits.get(row, False) or search_text.matches(row.text, group.rest)
    found = sorted(fits, key=lambda row: (row.day, row.id), reverse=True)
    found.sort(key=lambda row: not fits[row])
    shared = "interaction" in kinds or "ticket" in kinds
    return [_said_hit(row, words) for row in found[: -(-limit // 3) if shared else limit]]


def _said_hit(row: said.SaidRow, words: tuple[str, ...]) -> Hit:
    title, (more, spans) = row.text[:_LONGEST], search_text.snippet(row.more, words)
    return Hit(row.kind, row.id, row.account_id, row.account_name, title, more, None,
               search_text.spans(title, words), spans)  # fmt: skip


def _texts(
    reads: Reads,
    words: tuple[str, ...],
    groups: list[_Group],
    kinds: Collection[Kind],
    limit: int,
) -> list[Hit]:
    wanted: list[queries.TextKind] = []
    if "interaction" in kinds:
        wanted.append("interaction")
    if "ticket" in kinds:
        wanted.append("ticket")
    in_subject: dict[queries.Candidate, bool] = {}
    for kind in wanted:
        for group in groups:
            for one in queries.candidates(reads, kind, group.rest, group.accounts):
                in_subject[one] = in_subject.get(one, False) or search_text.matches(one.subject, group.rest)
    found = sorted(in_subject, key=lambda one: (one.at, one.id), reverse=True)
    found.sort(key=lambda one: not in_subject[one])
    chosen = found[:limit]
    rows = {
        kind: queries.text_rows(reads, kind, [candidate.id for candidate in chosen if candidate.kind == kind])
        for kind in wanted
    }
    return [_text_hit(row, words) for one in chosen if (row := rows[one.kind].get(one.id))]


def _text_hit(row: queries.TextRow, words: tuple[str, ...]) -> Hit:
    title = row.subject.strip() or (row.body.strip().splitlines() or [""])[0][:80]
    snippet, spans = search_text.snippet(row.body, words)
    at = dt.datetime.fromisoformat(row.at)
    return Hit(row.kind, row.id, row.account_id, row.account_name, title, snippet, at,
               search_text.spans(title, words), spans)  # fmt: skip
