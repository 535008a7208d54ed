"""What the planning of every kind shares: the ledger, the directory, the user's answers, and how a row is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

from cs_workbench.domain.matching import domain_of
from cs_workbench.domain.text import fold, name_key
from cs_workbench.i18n import _
from cs_workbench.intake.sources import UNKNOWN
from cs_workbench.services.intake.alike import Alike
from cs_workbench.services.intake.directory import AccountClues, Directory, Likely
from cs_workbench.services.intake.ledger import At, BatchLedger, Body, Ledger
from cs_workbench.services.intake.result import Question
from cs_workbench.store.intake.staging import Stage

Answers = Mapping[str, bool] | Callable[[Question], bool | None] | None
"""The user's yes or no to "is this the same customer?", by the name asked about; None is "not answered yet"."""

Settled = Mapping[str, int | Literal["create", "skip"]]
"""What the user settled about customers a file names, by name or id as the file has it: the account meant, that it is
to be created, or that its rows are to be left out.
"""

Values = Mapping[str, Any]
KNOWN_ACCOUNT = "=account"
"""The account of a thing told beside another in one row: its row has settled whose it is."""
_MONEY = Decimal(10_000)


class RowRejected(Exception):
    """A row that cannot be taken in; told in the rejected file, never shown as a traceback.

    ``about`` is the name or id of the customer in doubt, for the user to settle.
    """

    def __init__(self, code: str, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.about = about


@dataclass(slots=True)
class Context:
    """One import while it is planned. ``files`` and ``sources`` go by batch number."""

    stage: Stage
    ledger: Ledger
    directory: Directory
    now: str
    currency: str | None
    answers: Answers = None
    settled: Settled = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    flags: dict[int, bool] = field(default_factory=dict)
    """Accounts whose file says whether they churned."""
    churned: set[int] = field(default_factory=set)
    """Accounts for which the files bring a churn event."""
    made_in: dict[int, int] = field(default_factory=dict)
    """The batch that creates an account, by stand-in id."""
    joined: dict[int, tuple[int, str]] = field(default_factory=dict)
    """The file and id that asked to be an account of the portfolio by its exact name."""
    stages: Mapping[str, str] = field(default_factory=dict)
    """The key of every stage by its spellings, as ``spelling`` has them."""
    _others: tuple[int, Alike] = field(default_factory=lambda: (-1, Alike({})))
    _asked: dict[tuple[str, int], bool | None] = field(default_factory=dict)

    def batch(self, number: int) -> BatchLedger:
        """The counts and warnings of one file."""
        return self.ledger.batches[number]

    def others(self, batch: int) -> Alike:
        """Names of the accounts that this file does not make itself: two of one file are meant to be two."""
        if self._others[0] != batch:
            keys = self.directory.accounts.keys
            known = {account: key for account, key in keys.items() if self.made_in.get(account) != batch}
            self._others = (batch, Alike(known))
        return self._others[1]

    def ask(self, at: At, name: str, likely: Likely) -> bool | None:
        """The user's answer whether *name* is *likely*; without one the question is kept for them."""
        key = (name_key(name), likely.account_id)
        if key not in self._asked:
            question = Question(
                at.row, self.files[at.batch], name, likely.account_id, likely.name, likely.likeness
            )
            answer = self.answers(question) if callable(self.answers) else (self.answers or {}).get(name)
            if answer is None:
                self.questions.append(question)
            self._asked[key] = answer
        return self._asked[key]


def clues_of(source: str, values: Values) -> AccountClues:
    """What a row of any kind but accounts says about its account."""
    texts = [values.get("account_domain"), values.get("email"), values.get("person_mail")]
    domains = tuple(text for value in texts for text in listed(value))
    return AccountClues(
        source, values.get("account_ref") or None, values.get("account_name") or None, domains
    )


def account_of(context: Context, at: At, values: Values, *, create: bool = False) -> int | None:
    """The account a row belongs to, by what it says itself, then by its contract, then by its person.

    None when the row says nothing. *create* lets a row with a company name make the account, with a warning.
    Raises RowRejected for an unknown, doubtful or ambiguous account.
    """
    if (known := values.get(KNOWN_ACCOUNT)) is not None:
        return int(known)
    source = context.sources[at.batch]
    clues = clues_of(source, values)
    found = match(context, at, clues) if clues else None
    if found is None:
        found = _through_records(context, source, values)
    if found is not None or not (clues or values.get("contract_ref") or values.get("person_ref")):
        return found
    named = clues.name or clues.external_id
    if (create and clues.name) or (named and context.settled.get(named) == "create"):
        return make_account(context, at, clues)
    if (
        not clues.external_id
        and not clues.name
        and not values.get("contract_ref")
        and not values.get("person_ref")
    ):
        return None
    raise unknown_account(clues, values)


def unknown_account(clues: AccountClues, values: Values) -> RowRejected:
    """The refusal of a row whose account is nowhere."""
    named = clues.name or clues.external_id or values.get("contract_ref") or values.get("person_ref") or ""
    return RowRejected("account_unknown", no_account(named), named)


def no_account(named: str) -> str:
    """Why a row whose account is nowhere is refused, and what to do about it."""
    return _(
        "no account matches “{name}”: import the accounts first or together with this file, or correct the row"
    ).format(name=named)


def match(context: Context, at: At, clues: AccountClues) -> int | None:
    """The account *clues* mean, the user's yes to a likely one included. Raises RowRejected where it is in doubt."""
    accounts = context.directory.accounts
    found = accounts.find(clues)
    named = clues.name or clues.external_id or ""
    if found is None and (told := context.settled.get(named)) is not None:
        return _as_settled(context, at, clues, told)
    if found is None and clues.external_id and not clues.name:
        by_name = AccountClues(clues.source, None, clues.external_id, listed(domain_of(clues.external_id)))
        found = accounts.find(by_name)
        clues = by_name if found is None and not accounts.looks_like_id(clues.external_id) else clues
    if found is None and not clues.name and (elsewhere := accounts.elsewhere(clues)) is not None:
        context.batch(at.batch).warn("matched_other_source", clues.external_id or "")
        return elsewhere
    if found is not None:
        return found
    if same := accounts.ambiguous(clues):
        told_of = _("several accounts are called that: {names}").format(names=_(", ").join(same))
        raise RowRejected("account_ambiguous", told_of, named)
    if clues.source == UNKNOWN and (namesake := accounts.namesake(clues)) is not None:
        return _ask_namesake(context, at, clues, namesake)
    return _ask_likely(context, at, clues)


def _ask_namesake(context: Context, at: At, clues: AccountClues, account: int) -> int | None:
    """Files of no one system may count their customers each in its own way: another id need not be another customer.

    Two ids of one file are two customers: the second of a name is not asked about.
    """
    accounts, told = context.directory.accounts, clues.external_id or ""
    if context.joined.setdefault(account, (at.batch, told)) != (at.batch, told):
        return None
    answer = context.ask(at, clues.name or "", Likely(account, accounts.names[account], 100.0))
    if answer is None:
        raise RowRejected(
            "account_doubtful",
            _(
                "“{name}” is the name of an account known by another id ({other}, here {id}): confirm that it is the"
                " same (--yes), or say with --source NAME which system this file comes from"
            ).format(name=clues.name, other=accounts.sources_of[account][clues.source], id=told),
            clues.name or "",
        )
    return account if answer else None


def _ask_likely(context: Context, at: At, clues: AccountClues) -> int | None:
    likely = context.directory.accounts.likely(clues, context.others(at.batch))
    if likely is None:
        return None
    answer = context.ask(at, clues.name or "", likely)
    if answer is None:
        raise RowRejected(
            "account_doubtful",
            _(
                "“{name}” looks like “{candidate}” ({likeness} %): confirm that it is, or that it is another"
            ).format(name=clues.name, candidate=likely.name, likeness=round(likely.likeness)),
            clues.name or "",
        )
    if not answer:
        return None
    _keep_alias(context, at, clues.name or "", likely.account_id)
    return likely.account_id


def _as_settled(context: Context, at: At, clues: AccountClues, told: int | str) -> int | None:
    """What the user said about a customer nobody could find: the account they picked (remembered as another name of
    it), None where it is to be created. Raises RowRejected where its rows are to be left out.
    """
    named = clues.name or clues.external_id or ""
    if told == "skip":
        raise RowRejected("left_out", _("“{name}” is left out, as you asked").format(name=named), named)
    if not isinstance(told, int):
        return None
    _keep_alias(context, at, named, told)
    return told


def _keep_alias(context: Context, at: At, name: str, account: int) -> None:
    """Remember *name* as another name of *account*, for the rest of this import and for the next ones."""
    key, accounts = name_key(name), context.directory.accounts
    if key not in accounts.aliases:
        accounts.aliases[key] = account
        child = ("account_alias", {"account_id": account, "name_key": key})
        context.ledger.put_record("account", at, account, Body(children=[child]))


def _through_records(context: Context, source: str, values: Values) -> int | None:
    directory = context.directory
    if contract_ref := values.get("contract_ref"):
        contract = directory.contracts.find(source, contract_ref, None, "", None)
        if contract is not None:
            return directory.contracts.account_of[contract]
    if person := person_of(context, source, None, values):
        return directory.people.account_of.get(person)
    return None


def person_of(context: Context, source: str, account: int | None, values: Values) -> int | None:
    """The person a row names by id, mail, or name within *account*; None if nobody is known so."""
    people = context.directory.people
    ref = values.get("person_ref")
    mail = (
        values.get("person_mail")
        or next(iter(listed(values.get("email"))), None)
        or (ref if ref and "@" in ref else None)
    )
    name = values.get("person_name") or ref
    return people.find(source, ref, mail, account, name)


def make_account(context: Context, at: At, clues: AccountClues) -> int:
    """An account that only another kind of row knows, told by a warning that names it."""
    name = clues.name or clues.external_id or ""
    account = context.directory.accounts.add(name)
    context.made_in[account] = at.batch
    body = Body(account_columns(name, context.now))
    body.children += account_children(context, account, clues)
    context.ledger.put_record("account", at, account, body)
    context.batch(at.batch).warn("account_created", name)
    return account


def account_columns(name: str, now: str) -> dict[str, Any]:
    """The columns every new account has."""
    return {"name": name, "name_key": name_key(name), "created_at": now, "updated_at": now}


def account_children(context: Context, account: int, clues: AccountClues) -> list[tuple[str, dict[str, Any]]]:
    """Source id and domains of *clues* that the account did not have yet, learnt for the rest of the import."""
    accounts = context.directory.accounts
    children: list[tuple[str, dict[str, Any]]] = []
    if clues.external_id and accounts.learn_id(account, clues.source, clues.external_id):
        row = {"account_id": account, "source": clues.source, "external_id": clues.external_id}
        children.append(("account_source", row))
    for text in clues.domains:
        if (domain := accounts.learn_domain(account, text)) is not None:
            children.append(("account_domain", {"account_id": account, "domain": domain}))
    return children


def spelling(text: str) -> str:
    """What the spellings of one entry of a list share: folded, without spaces and low lines."""
    return fold(text).replace(" ", "").replace("_", "")


def stage_spellings(names: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The key of every stage by the spellings of its (key, English label, Japanese label); a key comes before labels
    of others, and a later entry before an earlier one.
    """
    entries = list(names)
    labels = {spelling(label): key for key, *both in entries for label in both if label}
    return labels | {spelling(key): key for key, _en, _ja in entries}


def listed(value: Any) -> tuple[str, ...]:
    """A field that may hold one text, several or none, as texts."""
    if value is None or value == "":
        return ()
    return (value,) if isinstance(value, str) else tuple(text for text in value if text)


def stored(value: Any) -> Any:
    """A parsed value as the store keeps it: ISO text, whole number, float; Decimal here is not money."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value


def money(value: Any) -> int | None:
    """An amount as the store keeps it: whole 1/10,000 of the currency unit (finer parts are rounded half-even)."""
    return None if value is None else int((Decimal(value) * _MONEY).quantize(Decimal(1), ROUND_HALF_EVEN))
