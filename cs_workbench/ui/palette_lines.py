"""What the palette offers for the words typed: accounts and people found, actions that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.domain import search_text
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _
from cs_workbench.ui import wording
from cs_workbench.ui.actions import ACTIONS, Action, shown_keys

if TYPE_CHECKING:
    from cs_workbench.services.accounts import AccountRow
    from cs_workbench.services.search import Hit, Kind
    from cs_workbench.services.workbench import Workbench

Span = tuple[int, int]
MOST = 5
_KINDS: tuple[Kind, ...] = ("account", "person", "plan", "voice", "feedback")
"""Asked for one after the other: many people whose names fit leave no account out."""
_SAID = {"plan": "target", "voice": "message-square-heart", "feedback": "message-square-heart"}
_FEW = 4
_MOVES = frozenset(("palette", "next_row", "previous_row", "open_row", "select_row", "back", "undo", "redo"))
"""Keys more than things to do: nobody looks for them by name before typing one."""
_USUAL = ("log_contact", "prepare_pack", "import_files", "go_settings")
ON_ACCOUNT = ("log_contact", "prepare_pack")
"""Actions that are offered for the account found first, and on Tab."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading (``kind`` "heading") or something to do. ``spans`` are the matched parts of ``text``."""

    kind: str
    text: str
    second: str = ""
    icon: str = ""
    spans: tuple[Span, ...] = ()
    keys: str = ""
    account: AccountRow | None = None
    called: str | None = None
    """The band of the CSM's call on the account's health, where one is in force."""
    do: Callable[[], object] | None = None
    verb: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was read for *words*: hits, and the facts of the accounts among them."""

    words: str
    hits: list[Hit] = field(default_factory=list)
    accounts: dict[int, AccountRow] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)


def read(workbench: Workbench, words: str, today: dt.date) -> Found:
    """Search accounts and people, on a pool thread."""
    from cs_workbench.services import health_calls
    from cs_workbench.services.accounts import account_row
    from cs_workbench.services.search import search

    if not words.strip():
        return _recent(workbench, words, today)
    hits = [hit for kind in _KINDS for hit in search(workbench.reads, words, kinds=(kind,), limit=MOST)]
    rows: dict[int, AccountRow] = {}
    for hit in hits:
        if hit.kind == "account" and hit.account_id is not None and len(rows) < MOST:
            row = account_row(workbench.reads, hit.account_id, today)
            if row is not None:
                rows[hit.account_id] = row
    calls = health_calls.in_force(workbench.reads, today) if rows else {}
    return Found(words, hits, rows, {account: call.band for account, call in calls.items()})


def _recent(workbench: Workbench, words: str, today: dt.date) -> Found:
    """The accounts looked at last."""
    from cs_workbench.services import account_page, health_calls
    from cs_workbench.services.accounts import account_row
    from cs_workbench.services.search import Hit

    found = (
        account_row(workbench.reads, one, today) for one in account_page.seen_last(workbench.reads, MOST)
    )
    rows = {row.id: row for row in found if row is not None}
    calls = health_calls.in_force(workbench.reads, today) if rows else {}
    hits = [Hit("account", row.id, row.id, row.name, row.name, "", None, (), ()) for row in rows.values()]
    return Found(words, hits, rows, {account: call.band for account, call in calls.items()})


def lines(
    found: Found, today: dt.date, answers: Callable[[str], bool], here: Collection[str] = ()
) -> list[Line]:
    """Headings and lines in reading order: accounts, people, actions that have an answer now. Before anything is
    typed: the accounts looked at last, and the actions of this page, whose verbs are *here*.
    """
    if not found.words.strip():
        return _before_typing(found, today, answers, here)
    accounts = [_account_line(hit, found, today) for hit in found.hits if hit.kind == "account"][:MOST]
    people = [_person_line(hit, found.words) for hit in found.hits if hit.kind == "person"][:MOST]
    told = [_said_line(hit) for hit in found.hits if hit.kind in _SAID][:MOST]
    first = accounts[0] if accounts else None
    doing = action_lines(found.words, answers, first)
    out: list[Line] = []
    parts = (
        (_("Accounts"), accounts),
        (_("People"), people),
        (_("Plans and voice"), told),
        (_("Actions"), doing),
    )
    for title, part in parts:
        if part:
            out += [Line("heading", title), *part]
    return out or [Line("heading", _("Nothing found"))]


def _before_typing(
    found: Found, today: dt.date, answers: Callable[[str], bool], here: Collection[str]
) -> list[Line]:
    accounts = [_account_line(hit, found, today) for hit in found.hits]
    usable = [one for one in ACTIONS if one.id not in _MOVES and answers(one.verb)]
    own = [one for one in usable if one.verb in here]
    usual = [one for name in _USUAL for one in usable if one.id == name and one not in own]
    doing = [_action_line(one, (), None) for one in [*own, *usual][:_FEW]]
    out: list[Line] = []
    for title, part in ((_("Looked at last"), accounts), (_("Actions"), doing)):
        if part:
            out += [Line("heading", title), *part]
    return out


def action_lines(words: str, answers: Callable[[str], bool], first: Line | None) -> list[Line]:
    """Actions whose words fit, after those that can be done with the account found first."""
    fits = [(one, spans) for one in ACTIONS if (spans := matched(words, one)) is not None]
    fits = [(one, spans) for one, spans in fits if answers(one.verb) and one.id != "palette"]
    out = [_action_line(one, (), first) for one in ACTIONS if first is not None and one.id in ON_ACCOUNT
           and answers(one.verb)]  # fmt: skip
    already = {line.verb for line in out}
    most = 3 * MOST if not words.strip() or first is None else MOST
    out += [_action_line(one, spans, None) for one, spans in fits if one.id not in already][:most]
    return out


def lines_for_account(line: Line, answers: Callable[[str], bool]) -> list[Line]:
    """What Tab offers on an account: open it, log a contact, prepare its pack."""
    opening = Line(
        "action", _("Open"), line.text, "external-link", keys="Enter", verb="", account_id=line.account_id
    )
    more = [_action_line(one, (), line) for one in ACTIONS if one.id in ON_ACCOUNT and answers(one.verb)]
    return [Line("heading", line.text), opening, *more]


def matched(words: str, one: Action) -> tuple[Span, ...] | None:
    """Where every word typed occurs in the action's name (or its English one); None where one does not."""
    shown = _(one.text)
    texts = (fold(shown), fold(one.text))
    spans: list[Span] = []
    for word in fold(words).split():
        for text in texts:
            at = text.find(word)
            if at >= 0:
                break
        else:
            return None
        if text == texts[0] and len(text) == len(shown):
            spans.append((at, at + len(word)))
    return tuple(spans)


def _account_line(hit: Hit, found: Found, today: dt.date) -> Line:
    row = found.accounts.get(hit.account_id or 0)
    facts = []
    if row is not None:
        deadline = row.notice_date or row.renewal_date
        facts = [wording.money(row.arr, row.currency), wording.days_left(deadline, today)]
    second = _(", ").join(fact for fact in facts if fact)
    spans = _spans(hit, found.words)
    called = found.called.get(hit.account_id or 0)
    return Line(
        "account",
        hit.title,
        second,
        "building-2",
        spans,
        account=row,
        called=called,
        account_id=hit.account_id,
    )


def _spans(hit: Hit, words: str) -> tuple[Span, ...]:
    """The matched parts of a name; where romaji found it by its kana, the kana."""
    if hit.title_spans:
        return tuple((span[0], span[1]) for span in hit.title_spans)
    kana = [found for word in search_text.query_words(words) if (found := search_text.kana_of(word))]
    return tuple((span[0], span[1]) for span in search_text.spans(hit.title, kana)) if kana else ()


def _person_line(hit: Hit, words: str) -> Line:
    spans = _spans(hit, words)
    return Line("person", hit.title, hit.account_name, "user", spans, account_id=hit.account_id)


def _said_line(hit: Hit) -> Line:
    """A line of a plan, or something a customer said."""
    kind = "plan" if hit.kind == "plan" else "voice"
    text = " ".join(hit.title.split())
    spans = tuple((span[0], span[1]) for span in hit.title_spans) if text == hit.title else ()
    return Line(kind, text, hit.account_name, _SAID[hit.kind], spans, account_id=hit.account_id)


def _action_line(one: Action, spans: tuple[Span, ...], about: Line | None) -> Line:
    text = _(one.text).removesuffix("…")
    second = about.text if about is not None else ""
    account_id = about.account_id if about is not None else None
    return Line("action", text, second, one.icon or "chevron-right", spans, shown_keys(one.shortcut), verb=one.id,
                account_id=account_id)  # fmt: skip
