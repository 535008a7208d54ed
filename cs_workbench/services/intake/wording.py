"""What an import's warnings say, by code. Codes are stable; the sentences are of the language of the moment."""

from __future__ import annotations

from cs_workbench.i18n import _, ngettext
from cs_workbench.services.intake.result import Tally, WarningCount


def sentences(count: int) -> dict[str, str]:
    """Every warning's sentence about *count* things, with places for ``count`` and ``examples``."""
    return {
        **_of_customers(count),
        **_of_contract_lists(count),
        **_of_stages(count),
        **_of_last_contacts(count),
        **_of_records(count),
        **_of_sales(count),
        **_of_readings(count),
    }


def warning(code: str, tally: Tally, told: str = "") -> WarningCount:
    """The warning for a tally; *told* is the sentence of a code that comes from reading the file."""
    sentence = sentences(tally.count).get(code, "")
    words = sentence.format(count=f"{tally.count:,}", examples=_(", ").join(tally.examples))
    return WarningCount(code, tally.count, words or told or code, tuple(tally.examples))


def _of_customers(n: int) -> dict[str, str]:
    return {
        "account_created": ngettext(
            "{count} row names a customer nobody knew: it was created ({examples})",
            "{count} rows name customers nobody knew: they were created ({examples})",
            n,
        ),
        "event_without_flag": ngettext(
            "{count} customer has a churn event but is not marked as churned ({examples})",
            "{count} customers have a churn event but are not marked as churned ({examples})",
            n,
        ),
        "flag_without_event": ngettext(
            "{count} customer is marked as churned but has no churn event ({examples})",
            "{count} customers are marked as churned but have no churn event ({examples})",
            n,
        ),
        "matched_other_source": ngettext(
            "{count} row was tied to a customer by an id of another source ({examples})",
            "{count} rows were tied to a customer by an id of another source ({examples})",
            n,
        ),
        "parent_unknown": ngettext(
            "{count} parent company is not among the customers ({examples})",
            "{count} parent companies are not among the customers ({examples})",
            n,
        ),
        "renamed": ngettext(
            "{count} customer has another name than before under the same id ({examples})",
            "{count} customers have another name than before under the same id ({examples})",
            n,
        ),
        "same_name": ngettext(
            "{count} customer has the name of another one under an id of its own: both are kept ({examples})",
            "{count} customers have the name of another one under an id of their own: all are kept ({examples})",
            n,
        ),
    }


def _of_contract_lists(n: int) -> dict[str, str]:
    return {
        "account_differs": ngettext(
            "{count} value contradicts what another row says of the same customer: the first stands ({examples})",
            "{count} values contradict what other rows say of the same customer: the first stands ({examples})",
            n,
        ),
        "no_contract": ngettext(
            "{count} row has no term, money, seats or product: no contract is made of it; a memo is kept with the"
            " customer ({examples})",
            "{count} rows have no term, money, seats or product: no contract is made of them; memos are kept with the"
            " customer ({examples})",
            n,
        ),
    }


def _of_stages(n: int) -> dict[str, str]:
    return {
        "stage_unknown": ngettext(
            "{count} row names a stage that is not on the list: it is kept as written ({examples})",
            "{count} rows name a stage that is not on the list: they are kept as written ({examples})",
            n,
        ),
    }


def _of_last_contacts(n: int) -> dict[str, str]:
    return {
        "contact_ahead": ngettext(
            "{count} last contact lies in the future: it was left out ({examples})",
            "{count} last contacts lie in the future: they were left out ({examples})",
            n,
        ),
        "contact_logged": ngettext(
            "{count} last contact becomes an entry of the contact log",
            "{count} last contacts become entries of the contact log",
            n,
        ),
    }


def _of_records(n: int) -> dict[str, str]:
    return {
        "beside_left_out": ngettext(
            "{count} row also tells of something that was left out ({examples})",
            "{count} rows also tell of something that was left out ({examples})",
            n,
        ),
        "date_order": ngettext(
            "{count} row ends before it begins ({examples})",
            "{count} rows end before they begin ({examples})",
            n,
        ),
        "duplicate_row": ngettext(
            "{count} row repeats another row of the file and was taken once",
            "{count} rows repeat another row of the file and were taken once",
            n,
        ),
        "joined_rows": ngettext(
            "{count} row speaks of a record that another row told of already: they were joined, the later row wins",
            "{count} rows speak of a record that another row told of already: they were joined, the later row wins",
            n,
        ),
        "person_without_account": ngettext(
            "{count} person belongs to no known customer ({examples})",
            "{count} people belong to no known customer ({examples})",
            n,
        ),
        "superior_unknown": ngettext(
            "{count} person reports to somebody nobody knows ({examples})",
            "{count} people report to somebody nobody knows ({examples})",
            n,
        ),
    }


def _of_sales(n: int) -> dict[str, str]:
    return {
        "currency_assumed": ngettext(
            "{count} amount has no currency: it was taken as {examples}",
            "{count} amounts have no currency: they were taken as {examples}",
            n,
        ),
        "contract_draft": ngettext(
            "{count} row is a draft or quote and no contract yet: it is kept and counts nowhere ({examples})",
            "{count} rows are drafts or quotes and no contracts yet: they are kept and count nowhere ({examples})",
            n,
        ),
        "negative_amount": ngettext(
            "{count} contract has an amount below zero: check it ({examples})",
            "{count} contracts have an amount below zero: check them ({examples})",
            n,
        ),
        "missing_currency": ngettext(
            "{count} amount has no currency, and the portfolio has none: it is kept without",
            "{count} amounts have no currency, and the portfolio has none: they are kept without",
            n,
        ),
        "money_rate_refused": ngettext(
            "{count} lost contract carries the amount 0: what was lost is unknown and kept as unknown, so a renewal"
            " rate in money cannot be computed",
            "{count} lost contracts carry the amount 0: what was lost is unknown and kept as unknown, so a renewal"
            " rate in money cannot be computed",
            n,
        ),
        "no_account": ngettext(
            "{count} opportunity names no known customer: it is kept without one",
            "{count} opportunities name no known customer: they are kept without one",
            n,
        ),
        "product_unknown": ngettext(
            "{count} row names a product that is on no list ({examples}): nothing was joined",
            "{count} rows name a product that is on no list ({examples}): nothing was joined",
            n,
        ),
    }


def _of_readings(n: int) -> dict[str, str]:
    return {
        "after_end": ngettext(
            "{count} reading is dated after the end of its contract",
            "{count} readings are dated after the end of their contract",
            n,
        ),
        "before_start": ngettext(
            "{count} reading is dated before the start of its contract",
            "{count} readings are dated before the start of their contract",
            n,
        ),
        "duplicate_id": ngettext(
            "{count} row repeats the id of another row of the file ({examples}): readings that say the same are taken"
            " once and others all counted; of other records the later row wins",
            "{count} rows repeat the id of another row of the file ({examples}): readings that say the same are taken"
            " once and others all counted; of other records the later row wins",
            n,
        ),
        "merged_rows": ngettext(
            "{count} reading falls on the same customer, metric and day as another of the file: sums were added up,"
            " of other figures the last counts",
            "{count} readings fall on the same customer, metric and day as another of the file: sums were added up,"
            " of other figures the last counts",
            n,
        ),
    }
