"""What the leak scan looks for in a customer's document: taken from the portfolio's rows, not from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cs_workbench.domain.text import fold, name_key
from cs_workbench.reports.leaks import INTERNAL_WORDS, Scan, Secret
from cs_workbench.services import plan_facts

if TYPE_CHECKING:
    from cs_workbench.services.briefing_facts import Rows
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.briefing import Portfolio


class Guard:
    """Makes the scan for one account after another; the names of all customers are folded once.

    *template_words* are the words of the template itself: a customer called "Plan" must not stop every document.
    *allowed* are words a person has looked at and lets through.
    """

    def __init__(self, shared: Portfolio, template_words: str, allowed: Iterable[str] = ()) -> None:
        self._shared = shared
        self._template = fold(template_words)
        self._allowed = tuple(allowed)
        self._names = [
            Secret("other_customer", name, f"account/{account}", folded)
            for account, name in shared.names
            if (folded := fold(name)) and folded not in self._template
        ]

    def scan(self, rows: Rows) -> Scan:
        """The scan of a customer edition for the account behind *rows*."""
        own = {rows.account.name, name_key(rows.account.name)}
        own |= {name for account, name in self._shared.names if account == rows.account.id}
        mine = f"account/{rows.account.id}"
        labels = "\n".join(map(fold, _labels(rows, self._shared)))
        said = "\n".join((self._template, labels, *map(fold, _shown(rows))))
        secrets = [one for one in self._names if one.ref != mine and one.folded not in labels]
        secrets += [one for one in _texts(rows) if one.words and fold(one.words) not in said]
        secrets += [Secret("internal_word", word) for word in INTERNAL_WORDS]
        return Scan(secrets, own, self._allowed)

    @staticmethod
    def held_back(rows: Rows) -> int:
        """How many internal texts of the account a customer edition leaves out: notes, bodies, titles not shared."""
        return sum(bool(secret.words.strip()) for secret in _texts(rows))


def _labels(rows: Rows, shared: Portfolio) -> Iterator[str]:
    """Names of things, not of customers: our company, contracts, products, features, metrics, people."""
    for key in ("company", "own_name"):
        for spelling in ("", "_en", "_ja"):
            yield str(shared.settings.get(key + spelling) or "")
    for contract in rows.contracts:
        yield from filter(None, (contract.name, contract.product, contract.plan))
    for order in rows.opportunities:
        yield order.product or ""
    for feature in rows.features:
        yield feature.feature
    for month in rows.months:
        yield month.name
    for person in rows.people:
        yield from filter(None, (person.name, person.title))


def _shown(rows: Rows) -> Iterator[str]:
    """The free texts that may stand before the customer. They excuse no other customer's name."""
    for ticket in rows.tickets:
        yield from filter(None, (ticket.subject, ticket.assignee, ticket.number))
    for row in rows.interactions:
        if row.shareable:
            yield from filter(None, (row.subject, row.body))
    for task in rows.tasks:
        if task.shareable:
            yield from filter(None, (task.title, task.owner))
    for survey in rows.surveys:
        if survey.shareable:
            yield survey.comment
    for order in rows.opportunities:
        if order.outcome == "won":
            yield order.name
    if rows.success is not None:
        yield from plan_facts.shown_texts(rows.success)
    if rows.value is not None:
        yield from _shown_of_value(rows.value)
    for told in rows.loop[0].told if rows.loop else ():
        yield from filter(None, (told.words, told.action, told.by))


def _texts(rows: Rows) -> Iterator[Secret]:
    """Notes, bodies and subjects that are not shareable."""
    yield Secret("internal_text", rows.account.note, f"account/{rows.account.id}")
    for contract in rows.contracts:
        yield Secret("internal_text", contract.note, f"contract/{contract.id}")
    for event in rows.events:
        yield Secret("internal_text", event.note, f"contract_event/{event.id}")
    for row in rows.interactions:
        if not row.shareable:
            yield Secret("internal_text", row.subject, f"interaction/{row.id}")
            yield Secret("internal_text", row.body, f"interaction/{row.id}")
    for task in rows.tasks:
        yield Secret("internal_text", task.note, f"task/{task.id}")
        if not task.shareable:
            yield Secret("internal_text", task.title, f"task/{task.id}")
    for survey in rows.surveys:
        if not survey.shareable:
            yield Secret("internal_text", survey.comment, f"survey/{survey.id}")
    for person in rows.people:
        yield Secret("internal_text", person.note, f"person/{person.id}")
    for sale in rows.opportunities:
        if sale.outcome != "won":
            yield Secret("internal_text", sale.name, f"opportunity/{sale.id}")
        yield Secret("internal_text", sale.next_step or "", f"opportunity/{sale.id}")
    if rows.success is not None:
        for ref, words in plan_facts.held_texts(rows.success):
            yield Secret("internal_text", words, ref)
    for case in rows.loop[1].cases if rows.loop else ():
        for words in (case.note, case.told.words, case.told.action):
            yield Secret("internal_text", words, case.told.ref)
    if rows.value is not None:
        for line in rows.value.lines:
            for words in (line.note, line.missing, line.ask):
                yield Secret("internal_text", words, f"value_line/{line.id}")


def _shown_of_value(view: LedgerView) -> Iterator[str]:
    """The words of a ledger that a document may show: what it is called, why it works, where it is from."""
    yield view.head.name
    for line in view.lines:
        yield from filter(None, (line.title, line.mechanism, line.baseline))
        for one in view.inputs[line.id]:
            yield from filter(None, (one.label, one.source))
        for proof in view.evidence[line.id]:
            yield proof.text
    for cost in view.costs:
        yield from filter(None, (cost.title, cost.source))
