"""The quick log while it is typed: what the line says so far, whom it is about, what may come next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cs_workbench import i18n
from cs_workbench.domain import mentions, quicklog
from cs_workbench.domain.mentions import Known
from cs_workbench.domain.quicklog_offers import Token, date_offers, handle, token_at
from cs_workbench.domain.search_text import Span, kana_of, query_words, spans
from cs_workbench.domain.text import fold, name_key, name_of
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services import drafts
from cs_workbench.services.account_page import Labels, labels_of
from cs_workbench.services.drafts import Kept
from cs_workbench.store.queries import contacts as queries
from cs_workbench.store.queries import quick_log as lists

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

MOST = 6
_ALIKE = 3
_CANDIDATES = 4
_ACCOUNTS: tuple[Literal["account"], ...] = ("account",)
OfferKind = Literal["account", "person", "tag", "due", "channel"]


@dataclass(frozen=True, slots=True)
class Words:
    """What does not change while one line is typed: the portfolio's own words and its tags."""

    labels: Labels
    channels: dict[str, str]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An account the line may be about."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be typed next: *insert* goes in the place of ``start`` to ``end``. ``text`` is what is shown
    of it (``spans``: what was typed of it), ``second`` a fact; ``due`` the day of a date.
    """

    kind: OfferKind
    text: str
    insert: str
    start: int
    end: int
    second: str = ""
    due: dt.date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of the line. ``account`` is None where it names none, or none that is known (``unknown``), or
    several (``alike``); for an unknown one ``alike`` holds names close to it. ``eager``: the word at the cursor says
    nothing by itself yet, so Enter takes the first offer. ``naming``: the account's name is still being typed.
    """

    text: str
    parsed: quicklog.QuickLog
    account: Account | None
    alike: tuple[Offer, ...]
    unknown: str
    known: tuple[Known, ...]
    offers: tuple[Offer, ...]
    eager: bool
    words: Words
    naming: bool

    @property
    def several(self) -> bool:
        """Whether the name typed fits more than one account."""
        return self.account is None and not self.unknown and bool(self.alike)

    @property
    def stored(self) -> str:
        """The note as it will be stored."""
        return self.parsed.body or "\n".join(one.title for one in self.parsed.follow_ups)


def words_of(reads: Reads) -> Words:
    """The portfolio's own words, read once for a line."""
    labels = labels_of(reads)
    return Words(labels, labels.channel_words(), tuple(lists.tags(reads)))


@dataclass(frozen=True, slots=True)
class Opening:
    """What the quick log opens with: words, the account stood at, drafts never saved (newest first)."""

    words: Words
    account: Account | None
    kept: tuple[Kept, ...]
    names: dict[int, str]


def opening(reads: Reads, account_id: int | None) -> Opening:
    """Read what the quick log needs to open; an account that is gone is none."""
    kept = tuple(one for one in drafts.unsaved(reads) if one.is_quick_log)
    names = {
        one.account_id: queries.account_name(reads, one.account_id) or "" for one in kept if one.account_id
    }
    return Opening(words_of(reads), account_of(reads, account_id), kept, names)


def account_of(reads: Reads, account_id: int | None) -> Account | None:
    """The account with that number."""
    name = None if account_id is None else queries.account_name(reads, account_id)
    return None if account_id is None or name is None else Account(account_id, name)


def look(
    reads: Reads,
    text: str,
    cursor: int,
    *,
    today: dt.date,
    words: Words,
    account_id: int | None = None,
    composing: str = "",
) -> Look:
    """Read the line with the cursor at *cursor*; *composing* is what an input method has not committed there yet.

    What is composed is only looked at for offers: it belongs to nobody until it is committed.
    """
    parsed = quicklog.parse(text, today, words.channels)
    token = token_at(text[:cursor] + composing + text[cursor:], cursor + len(composing))
    account, fits, unknown = _about(reads, parsed, account_id)
    named = next(((chip.start, chip.end) for chip in parsed.chips if chip.kind == "account"), (0, 0))
    alike = tuple(_accounts(reads, fits[:_CANDIDATES], *named))
    known = tuple(queries.people_of(reads, account.id)) if account else ()
    offers = tuple(_offers(_Line(reads, parsed, token, today, words, account, known, composing)))[:MOST]
    if composing:  # nothing composed can be replaced; the offers only say what it may become
        offers = tuple(replace(one, start=cursor, end=cursor) for one in offers)
    naming = token.mark == "@" and bool(token.word)
    return Look(
        text,
        parsed,
        account,
        alike,
        unknown,
        known,
        offers,
        _eager(token, offers, known),
        words,
        naming,
    )


def create_account(wb: Workbench, name: str, *, now: dt.datetime) -> Account:
    """Add an account with nothing but a name, as one undo step. Raises InvalidValue for an empty name."""
    from cs_workbench.store.tables import Account as Row

    name = name_of(name)
    if not name:
        raise InvalidValue(_("An account needs a name."), code="name")
    with wb.change(_("Add account – {account}").format(account=name)) as db:
        row = Row(name=name, name_key=name_key(name), created_at=now, updated_at=now)
        db.session.add(row)
        db.session.flush()
        return Account(row.id, name)


def rescore(wb: Workbench, account_id: int, *, today: dt.date, now: dt.datetime) -> None:
    """Score the account anew and keep it where lists read it; an archived or deleted one has none."""
    from cs_workbench.services import account_page, health

    try:
        score = health.score_of(wb.reads, account_id, today)
    except NotFound:
        return
    account_page.keep_score(wb, score, now=now)


def _about(
    reads: Reads, parsed: quicklog.QuickLog, account_id: int | None
) -> tuple[Account | None, tuple[Account, ...], str]:
    """The account, the ones that fit equally well or nearly, and the name nobody has."""
    if parsed.account:
        return _named(reads, parsed.account)
    return account_of(reads, account_id), (), ""


def _named(reads: Reads, name: str) -> tuple[Account | None, tuple[Account, ...], str]:
    from cs_workbench.services.accounts import find_account

    try:
        found = find_account(reads, name)
    except NotFound as missing:
        fits = tuple(Account(one["id"], one["name"]) for one in missing.where.get("candidates", ()))
        return (None, fits, "") if fits else (None, _near(reads, name), name)
    return account_of(reads, found), (), ""


def _near(reads: Reads, name: str) -> tuple[Account, ...]:
    """Accounts that share a beginning with a name nobody has: at least half of it, three letters or two characters."""
    from cs_workbench.services.search import search

    least = max(3 if name.isascii() else 2, (len(name) + 1) // 2)
    for size in range(len(name) - 1, least - 1, -1):
        hits = search(reads, name[:size], kinds=_ACCOUNTS, limit=_ALIKE)
        if hits:
            return tuple(Account(hit.id, hit.title) for hit in hits)
        if len(name) - size > 4:
            break
    return ()


@dataclass(frozen=True, slots=True)
class _Line:
    reads: Reads
    parsed: quicklog.QuickLog
    token: Token
    today: dt.date
    words: Words
    account: Account | None
    known: tuple[Known, ...]
    composing: str


def _offers(line: _Line) -> Iterator[Offer]:
    """What may come next at the cursor, by its mark."""
    mark = line.token.mark
    if mark == "@":
        yield from _account_offers(line)
    elif mark == "+":
        yield from _person_offers(line)
    elif mark == "#":
        yield from _tag_offers(line)
    elif mark == "!":
        yield from _due_offers(line, marked=True)
    elif line.token.word:
        yield from _channel_offers(line)
        dues = list(_due_offers(line, marked=False))
        yield from dues
        if dues and line.composing:
            yield from list(_person_offers(line))[:1]


def _offer(
    line: _Line, kind: OfferKind, text: str, insert: str, *, second: str = "", due: dt.date | None = None
) -> Offer:
    found = spans(text, query_words(line.token.word)) if line.token.word else ()
    return Offer(kind, text, insert, line.token.start, line.token.end, second, due, tuple(found))


def _account_offers(line: _Line) -> Iterator[Offer]:
    from cs_workbench.services.search import search

    if not line.token.word:
        found = [Account(*row) for row in lists.recent_accounts(line.reads, MOST)]
    else:
        hits = search(line.reads, line.token.word, kinds=_ACCOUNTS, limit=MOST)
        found = [Account(hit.id, hit.title) for hit in hits]
    yield from _accounts(line.reads, found, line.token.start, line.token.end, line.token.word)


def _accounts(
    reads: Reads, accounts: Sequence[Account], start: int, end: int, word: str = ""
) -> Iterator[Offer]:
    """Accounts as they are written into a line, so that exactly the one chosen is meant: by name where no other
    has it, else by number.
    """
    unclear = lists.unclear_names(reads, [one.name for one in accounts]) if accounts else set()
    words = query_words(word)
    kana = [found for part in words if (found := kana_of(part))]
    for one in accounts:
        named, number = handle(one.name, one.id)
        matched = spans(one.name, words) or spans(one.name, kana)
        typed = number if one.name in unclear else named
        second = f"#{one.id}" if one.name in unclear else ""
        yield Offer("account", one.name, typed, start, end, second, spans=tuple(matched))


def _person_offers(line: _Line) -> Iterator[Offer]:
    named = {
        person
        for one in line.parsed.people
        if one.name != line.token.word
        for person in mentions.match(one.name, line.known, whole=one.explicit)
    }
    roles = lists.roles(line.reads, line.account.id) if line.account else {}
    people = sorted(line.known, key=lambda one: (not one.active, one.id not in roles))
    for one in people:
        if one.id not in named and (not line.token.mark or _fits(line.token.word, one)):
            role = line.words.labels.of("role", roles.get(one.id))
            yield _offer(line, "person", one.name, "+" + _short_name(one, line.known), second=role)


def _fits(word: str, person: Known) -> bool:
    wanted = fold(word).replace(" ", "")
    kana = kana_of(wanted) or wanted
    name, reading = fold(person.name).replace(" ", ""), fold(person.reading).replace(" ", "")
    return wanted in name or (bool(reading) and kana in reading)


def _short_name(person: Known, known: tuple[Known, ...]) -> str:
    """One word that means exactly this person: the family name, another part, or the name without its space."""
    whole = "".join(person.name.split())
    for part in (*person.name.split(), whole):
        if not part[:1].isdecimal() and mentions.match(part, known) == (person.id,):
            return part
    return whole


def _tag_offers(line: _Line) -> Iterator[Offer]:
    wanted = fold(line.token.word)
    for tag in line.words.tags:
        if fold(tag).startswith(wanted) and tag != line.token.word:
            yield _offer(line, "tag", tag, f"#{tag}")


def _due_offers(line: _Line, *, marked: bool) -> Iterator[Offer]:
    for typed, due in date_offers(line.token.word, line.today, i18n.language(), marked=marked):
        yield _offer(line, "due", typed, f"!{typed}", due=due)


def _channel_offers(line: _Line) -> Iterator[Offer]:
    """Channels, as long as nothing but the account stands before the word."""
    before = [chip for chip in line.parsed.chips if chip.start < line.token.start]
    told = line.parsed.text[: line.token.start]
    for chip in reversed(before):
        told = told[: chip.start] + told[chip.end :]
    if told.strip() or any(chip.kind == "channel" for chip in line.parsed.chips):
        return
    wanted = fold(line.token.word)
    for key, label in line.words.labels.choices("channel"):
        if " " not in label and any(fold(name).startswith(wanted) for name in (label, key)):
            yield _offer(line, "channel", label, label)


def _eager(token: Token, offers: tuple[Offer, ...], known: tuple[Known, ...]) -> bool:
    """Whether Enter should complete rather than save: the word at the cursor says nothing by itself yet."""
    if not offers:
        return False
    if token.mark == "@":
        return True
    if token.mark == "!":
        return not any(one.text == token.word for one in offers)
    if token.mark == "+":
        return len(mentions.match(token.word, known)) != 1
    return False
