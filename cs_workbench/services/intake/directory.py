"""Who is who while an import is planned: the portfolio's records and the ones the files add, by every key.

Records the import will create have negative ids until they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cs_workbench.domain.matching import company_domain, domain_of
from cs_workbench.domain.text import name_key
from cs_workbench.services.intake.alike import Alike
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads


@dataclass(slots=True)
class AccountClues:
    """What a row says about whose it is: an id of its source, a name, domains (mail addresses will do)."""

    source: str
    external_id: str | None = None
    name: str | None = None
    domains: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.external_id or self.name or self.domains)


@dataclass(frozen=True, slots=True)
class Likely:
    """An account whose name looks like the one asked for; ``likeness`` is 0–100."""

    account_id: int
    name: str
    likeness: float


@dataclass(slots=True)
class Accounts:
    """Accounts by (source, id), domain, name key and alias. A name key shared by several accounts finds none."""

    names: dict[int, str] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    by_source: dict[tuple[str, str], int] = field(default_factory=dict)
    by_any_source: dict[str, set[int]] = field(default_factory=dict)
    by_domain: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, set[int]] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    domains_of: dict[int, set[str]] = field(default_factory=dict)
    tags_of: dict[int, set[str]] = field(default_factory=dict)
    sources_of: dict[int, dict[str, str]] = field(default_factory=dict)
    _added: int = 0

    @classmethod
    def load(cls, db: Reads) -> Accounts:
        """The accounts of the portfolio."""
        known = cls()
        for account, name, key in lookups.accounts(db):
            known.names[account], known.keys[account] = name, key
            known.by_key.setdefault(key, set()).add(account)
        for source, external_id, account in lookups.account_sources(db):
            known.learn_id(account, source, external_id)
        for domain, account in lookups.account_domains(db):
            known.learn_domain(account, domain)
        for account, tag in lookups.account_tags(db):
            known.tags_of.setdefault(account, set()).add(tag)
        known.aliases.update(lookups.account_aliases(db))
        return known

    def add(self, name: str) -> int:
        """A new account; returns its stand-in id."""
        self._added += 1
        account = -self._added
        key = name_key(name)
        self.names[account], self.keys[account] = name, key
        self.by_key.setdefault(key, set()).add(account)
        return account

    def rename(self, account: int, name: str) -> None:
        """Another name for a known account, found under the old one no longer."""
        self.by_key.get(self.keys[account], set()).discard(account)
        self.names[account], self.keys[account] = name, name_key(name)
        self.by_key.setdefault(self.keys[account], set()).add(account)

    def learn_id(self, account: int, source: str, external_id: str) -> bool:
        """Remember a source id; False if that id of that source was known already."""
        new = (source, external_id) not in self.by_source
        self.by_source.setdefault((source, external_id), account)
        self.by_any_source.setdefault(external_id, set()).add(account)
        self.sources_of.setdefault(account, {}).setdefault(source, external_id)
        return new

    def learn_domain(self, account: int, text: str) -> str | None:
        """Remember a company's own domain; returns it if it is new to the account."""
        domain = domain_of(text)
        if domain is None:
            return None
        if company_domain(domain):
            self.by_domain.setdefault(domain, account)
        known = self.domains_of.setdefault(account, set())
        if domain in known:
            return None
        known.add(domain)
        return domain

    def find(self, clues: AccountClues) -> int | None:
        """The account *clues* mean: by id of the same source, domain, name, confirmed alias, in this order."""
        if clues.external_id and (found := self.by_source.get((clues.source, clues.external_id))) is not None:
            return found
        for text in clues.domains:
            domain = company_domain(text)
            if domain and (found := self.by_domain.get(domain)) is not None and self._free(found, clues):
                return found
        if clues.name:
            key = name_key(clues.name)
            same = [account for account in self.by_key.get(key, ()) if self._free(account, clues)]
            if len(same) == 1:
                return same[0]
            alias = self.aliases.get(key)
            if alias is not None and not same:
                return alias
        return None

    def _free(self, account: int, clues: AccountClues) -> bool:
        """Whether *account* may be the one: one source gives one company one id, so another id is another company."""
        if not clues.external_id:
            return True
        return self.sources_of.get(account, {}).get(clues.source, clues.external_id) == clues.external_id

    def elsewhere(self, clues: AccountClues) -> int | None:
        """The one account that any other source knows by this id, if no two sources disagree.

        Only for rows that say nothing but the id: two systems may both count from 1, and then the names tell.
        """
        holders = self.by_any_source.get(clues.external_id or "", set())
        return next(iter(holders)) if len(holders) == 1 else None

    @staticmethod
    def looks_like_id(text: str) -> bool:
        """Whether *text* is an id rather than a name: it has a figure and no space."""
        return " " not in text.strip() and any(letter.isdigit() for letter in text)

    def ambiguous(self, clues: AccountClues) -> list[str]:
        """The accounts that share the name asked for, when there are several."""
        if not clues.name:
            return []
        same = [one for one in self.by_key.get(name_key(clues.name), ()) if self._free(one, clues)]
        return sorted(f"{self.names[account]} (#{account})" for account in same) if len(same) > 1 else []

    def namesake(self, clues: AccountClues) -> int | None:
        """The account of the portfolio called exactly the same under another id of the same source, if there is one."""
        if not clues.name or not clues.external_id:
            return None
        same = [account for account in self.by_key.get(name_key(clues.name), ()) if account > 0]
        return same[0] if len(same) == 1 and not self._free(same[0], clues) else None

    def likely(self, clues: AccountClues, among: Alike) -> Likely | None:
        """The account of *among* whose name is nearest, if near enough to ask (ratio ≥ 90), else one that the name may
        be short for.
        """
        if not clues.name:
            return None
        key = name_key(clues.name)

        def free(account: int) -> bool:
            return self._free(account, clues)

        best = among.nearest(key, free) or among.shortened(key, free)
        return None if best is None else Likely(best[0], self.names[best[0]], round(best[1], 1))


@dataclass(slots=True)
class People:
    """People by (source, id), mail, and account with name."""

    by_source: dict[tuple[str, str], int] = field(default_factory=dict)
    by_mail: dict[str, int] = field(default_factory=dict)
    by_name: dict[tuple[int | None, str], int] = field(default_factory=dict)
    account_of: dict[int, int | None] = field(default_factory=dict)
    roles_of: dict[int, set[str]] = field(default_factory=dict)
    added: int = 0

    @classmethod
    def load(cls, db: Reads) -> People:
        """The people of the portfolio."""
        known = cls()
        for person, account, key, mail in lookups.people(db):
            known.learn(person, account, key, mail)
        for source, external_id, person in lookups.person_sources(db):
            known.by_source[source, external_id] = person
        for person, role in lookups.person_roles(db):
            known.roles_of.setdefault(person, set()).add(role)
        return known

    def learn(self, person: int, account: int | None, key: str, mail: str | None) -> None:
        """Remember where a person is and how they are found."""
        self.account_of[person] = account
        self.by_name.setdefault((account, key), person)
        if mail:
            self.by_mail.setdefault(mail, person)

    def find(
        self, source: str, external_id: str | None, mail: str | None, account: int | None, name: str | None
    ) -> int | None:
        """A person by id of the same source, then mail, then name within the account."""
        if external_id and (found := self.by_source.get((source, external_id))) is not None:
            return found
        if mail and (found := self.by_mail.get(mail.strip().lower())) is not None:
            return found
        return self.by_name.get((account, name_key(name))) if name else None

    def add(self) -> int:
        """A new person's stand-in id."""
        self.added += 1
        return -self.added


@dataclass(slots=True)
class Contracts:
    """Contracts by (source, id) and by (account, name or plan, first day)."""

    by_source: dict[tuple[str, str], int] = field(default_factory=dict)
    by_content: dict[tuple[int, str, str | None], int] = field(default_factory=dict)
    by_label: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    account_of: dict[int, int] = field(default_factory=dict)
    terms: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    added: int = 0

    @classmethod
    def load(cls, db: Reads) -> Contracts:
        """The contracts of the portfolio."""
        known = cls()
        for contract, account, source, external_id, name, plan, start, end in lookups.contracts(db):
            known.learn(contract, account, name or plan or "", start, end)
            if source and external_id:
                known.by_source[source, external_id] = contract
        return known

    def learn(self, contract: int, account: int, label: str, start: str | None, end: str | None) -> None:
        """Remember a contract's account, label and term (ISO dates)."""
        self.account_of[contract] = account
        self.terms[contract] = (start, end)
        key = name_key(label) if label else ""
        if (account, key, start) not in self.by_content:
            self.by_content[account, key, start] = contract
            self.by_label.setdefault((account, key), []).append(contract)

    def find(
        self, source: str, external_id: str | None, account: int | None, label: str, start: str | None
    ) -> int | None:
        """A contract by id of the same source; without an id by account, label and first day."""
        if external_id:
            return self.by_source.get((source, external_id))
        return (
            None
            if account is None
            else self.by_content.get((account, name_key(label) if label else "", start))
        )

    def add(self) -> int:
        """A new contract's stand-in id."""
        self.added += 1
        return -self.added


@dataclass(slots=True)
class Directory:
    """Everybody at once, with products and custom fields."""

    accounts: Accounts
    people: People
    contracts: Contracts
    products: dict[str, int]
    product_names: dict[int, str]
    product_added: int = 0

    @classmethod
    def load(cls, db: Reads) -> Directory:
        """The portfolio's directory, read once an import."""
        rows = lookups.products(db)
        return cls(
            Accounts.load(db),
            People.load(db),
            Contracts.load(db),
            {name.casefold().strip(): product for product, name, _key in rows},
            {product: name for product, name, _key in rows},
        )

    def product(self, text: str) -> int | None:
        """A product by its exact name (case and outer spaces aside): never joined by likeness."""
        return self.products.get(text.casefold().strip())

    def product_like(self, text: str) -> str | None:
        """A product somebody may have meant: same name but for spaces and marks, or nearly the same."""
        from rapidfuzz import fuzz, process

        bare = "".join(letter for letter in text.casefold() if letter.isalnum())
        names = {
            product: "".join(letter for letter in name.casefold() if letter.isalnum())
            for product, name in self.product_names.items()
        }
        best = process.extractOne(bare, names, scorer=fuzz.ratio, score_cutoff=80.0)
        return None if best is None else self.product_names[best[2]]

    def add_product(self, name: str) -> int:
        """A new product's stand-in id."""
        self.product_added += 1
        self.products[name.casefold().strip()] = -self.product_added
        self.product_names[-self.product_added] = name
        return -self.product_added
