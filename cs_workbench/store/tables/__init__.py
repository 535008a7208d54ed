"""Mapped classes, split by noun. They bring SQLAlchemy along: never on the way to the first window."""

from cs_workbench.store.tables.accounts import Account, AccountAlias, AccountDomain, AccountSource, AccountTag
from cs_workbench.store.tables.base import Base
from cs_workbench.store.tables.contacts import Interaction, InteractionPerson, InteractionTag, Task
from cs_workbench.store.tables.contracts import Contract, ContractEvent, CurrencyRate, Opportunity, Product
from cs_workbench.store.tables.evidence import ImportBatch, PackRecord, SavedMapping, Scorecard, Snapshot
from cs_workbench.store.tables.people import Person, PersonRole, PersonSource
from cs_workbench.store.tables.portfolio import (
    AccountCustom,
    Audit,
    ContractCustom,
    CustomField,
    Draft,
    ListItem,
    PersonCustom,
    Segment,
    Setting,
    Trash,
)
from cs_workbench.store.tables.voices import Metric, Reading, ReadingBefore, ReadingUndone, Survey, Ticket

__all__ = [
    "Account",
    "AccountAlias",
    "AccountCustom",
    "AccountDomain",
    "AccountSource",
    "AccountTag",
    "Audit",
    "Base",
    "Contract",
    "ContractCustom",
    "ContractEvent",
    "CurrencyRate",
    "CustomField",
    "Draft",
    "ImportBatch",
    "Interaction",
    "InteractionPerson",
    "InteractionTag",
    "ListItem",
    "Metric",
    "Opportunity",
    "PackRecord",
    "Person",
    "PersonCustom",
    "PersonRole",
    "PersonSource",
    "Product",
    "Reading",
    "ReadingBefore",
    "ReadingUndone",
    "SavedMapping",
    "Scorecard",
    "Segment",
    "Setting",
    "Snapshot",
    "Survey",
    "Task",
    "Ticket",
    "Trash",
]
