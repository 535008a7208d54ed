"""What an import's warnings say, by code. Codes are stable; the sentences are translated when shown."""

from __future__ import annotations

from collections.abc import Mapping

from cs_workbench.i18n import _, mark
from cs_workbench.services.intake.result import Tally, WarningCount

SENTENCES: Mapping[str, str] = {
    "account_created": mark("{count} rows name a customer nobody knew: it was created ({examples})"),
    "after_end": mark("{count} readings are dated after the end of their contract"),
    "before_start": mark("{count} readings are dated before the start of their contract"),
    "beside_left_out": mark("{count} rows also tell of something that was left out ({examples})"),
    "currency_assumed": mark("{count} amounts have no currency: they were taken as {examples}"),
    "date_order": mark("{count} rows end before they begin ({examples})"),
    "duplicate_id": mark(
        "{count} rows repeat the id of another row of the file ({examples}): readings that say the same are taken"
        " once and others all counted; of other records the later row wins"
    ),
    "duplicate_row": mark("{count} rows repeat another row of the file and were taken once"),
    "event_without_flag": mark(
        "{count} customers have a churn event but are not marked as churned ({examples})"
    ),
    "flag_without_event": mark(
        "{count} customers are marked as churned but have no churn event ({examples})"
    ),
    "joined_rows": mark(
        "{count} rows speak of a record that another row told of already: they were joined, the later row wins"
    ),
    "matched_other_source": mark(
        "{count} rows were tied to a customer by an id of another source ({examples})"
    ),
    "merged_rows": mark(
        "{count} readings fall on the same customer, metric and day as another of the file: sums were added up,"
        " of other figures the last counts"
    ),
    "missing_currency": mark(
        "{count} amounts have no currency, and the portfolio has none: they are kept without"
    ),
    "money_rate_refused": mark(
        "{count} lost contracts carry the amount 0: what was lost is unknown and kept as unknown, so a renewal rate"
        " in money cannot be computed"
    ),
    "no_account": mark("{count} opportunities name no known customer: they are kept without one"),
    "parent_unknown": mark("{count} parent companies are not among the customers ({examples})"),
    "person_without_account": mark("{count} people belong to no known customer ({examples})"),
    "product_unknown": mark(
        "{count} rows name a product that is on no list ({examples}): nothing was joined"
    ),
    "renamed": mark("{count} customers have another name than before under the same id ({examples})"),
    "superior_unknown": mark("{count} people report to somebody nobody knows ({examples})"),
    "unrecognised_skipped": mark("the table was not recognised and was left out"),
}


def warning(code: str, tally: Tally, told: str = "") -> WarningCount:
    """The warning for a tally; *told* is the sentence of a code that comes from reading the file."""
    sentence = told or code
    if code in SENTENCES:
        sentence = _(SENTENCES[code]).format(count=f"{tally.count:,}", examples=", ".join(tally.examples))
    return WarningCount(code, tally.count, sentence, tuple(tally.examples))
