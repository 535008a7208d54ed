"""Planning of what rows of contracts say of the customer itself: fields, a domain, a contact, and the memo of a row
that makes no contract. The usual list of customers with their contracts holds them all in one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_workbench.i18n import _
from cs_workbench.intake.matching import OF_ACCOUNT
from cs_workbench.services.intake.context import Context, Values, account_children, listed, spelling
from cs_workbench.services.intake.directory import AccountClues
from cs_workbench.services.intake.field_names import field_name
from cs_workbench.services.intake.ledger import At, Body
from cs_workbench.services.intake.plan_accounts import plain_columns
from cs_workbench.services.intake.plan_people import plan_contact
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads


class AccountsBeside:
    """Takes in row by row what is said of accounts; ``plan`` adds the memos once every row has spoken.

    Of two values for one field the first stands: what a file of accounts says in the same import comes before.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.rows: dict[int, set[int]] = {}
        """The rows of every file that make no contract: they change an account or nothing."""
        self._memos: dict[int, list[tuple[At, tuple[str, ...]]]] = {}
        self._contacts: set[tuple[int, str, str]] = set()

    def note(self, at: At, account: int, values: Values, *, is_contract: bool) -> None:
        """Plan what one row of contracts says of *account*; without a contract its memo is kept for the account."""
        context = self._context
        fields = {
            key.removeprefix(OF_ACCOUNT): value for key, value in values.items() if key.startswith(OF_ACCOUNT)
        }
        stage, assumed = self._stage(at, fields)
        columns = self._new(at, account, plain_columns(fields) | stage) if fields else {}
        children: list[tuple[str, dict[str, Any]]] = []
        if domains := listed(values.get("account_domain")):
            clues = AccountClues(context.sources[at.batch], None, None, domains)
            children = account_children(context, account, clues)
        if columns or children or assumed:
            body = Body(columns, children, assumed=assumed)
            context.ledger.put_record("account", at, account, body, quiet=True)
        self._contact(at, account, fields)
        if not is_contract:
            self.rows.setdefault(at.batch, set()).add(at.row)
        if not is_contract and (memo := listed(values.get("note"))):
            self._memos.setdefault(account, []).append((at, memo))

    def plan(self, db: Reads) -> None:
        """Add the memos to the notes of their accounts; what stands there stays, and nothing is added twice."""
        ids = [account for account in self._memos if account > 0]
        stored = lookups.rows_by_id(db, "account", ["note"], ids)
        ledger = self._context.ledger
        for account, told in self._memos.items():
            before = ledger.planned("account", account).get("note") or stored.get(account, {}).get("note")
            lines = str(before or "").splitlines()
            for at, memo in told:
                if more := _unsaid(memo, lines):
                    lines += more
                    ledger.put_record("account", at, account, Body({"note": "\n".join(lines)}), quiet=True)

    def _new(self, at: At, account: int, columns: dict[str, Any]) -> dict[str, Any]:
        """Those of *columns* that no row before spoke of; a contradiction is told."""
        context = self._context
        planned = context.ledger.planned("account", account)
        for name, value in columns.items():
            before = planned.get(name)
            if before is not None and before != value:
                said = f"{context.directory.accounts.names[account]}{_(', ')}{field_name('accounts', name)}"
                told = _("row {row}: {reason}").format(row=at.row, reason=f"{said} {before} / {value}")
                context.batch(at.batch).warn("account_differs", told)
        return {name: value for name, value in columns.items() if planned.get(name) is None}

    def _stage(self, at: At, fields: Values) -> tuple[dict[str, Any], dict[str, Any]]:
        """The stage by its key; a word that is on no list may be one of the contract's: it is told, and takes the place
        of no stage that is known.
        """
        words = fields.get("stage")
        if words is None:
            return {}, {}
        if (key := self._context.stages.get(spelling(words))) is not None:
            return {"stage": key}, {}
        told = _("row {row}: {reason}").format(row=at.row, reason=words)
        self._context.batch(at.batch).warn("stage_unknown", told)
        return {}, {"stage": words}

    def _contact(self, at: At, account: int, fields: Values) -> None:
        mail = next(iter(listed(fields.get("contact_mail"))), "").strip().lower()
        told = fields.get("contact") or mail
        if told and (account, told, mail) not in self._contacts:
            self._contacts.add((account, told, mail))
            plan_contact(self._context, at, account, told, mail=mail)


def _unsaid(memo: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The lines of *memo* that are not among *lines*."""
    wanted = [line for text in memo for line in text.splitlines() if line.strip()]
    return [line for line in dict.fromkeys(wanted) if line not in lines]
