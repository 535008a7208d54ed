"""What fields, kinds and options are called on the screen; the keys are those of mappings, the words a CSM's own."""

from __future__ import annotations

from cs_workbench.i18n import _, mark
from cs_workbench.intake.mapping import CUSTOM, IGNORE, METRIC, ON_DAY, ColumnMap, Mapping
from cs_workbench.intake.options import field_type

KINDS = {
    "accounts": mark("Accounts"),
    "people": mark("People"),
    "contracts": mark("Contracts"),
    "readings": mark("Usage readings"),
    "tickets": mark("Support tickets"),
    "surveys": mark("Survey answers"),
    "interactions": mark("Contact log"),
    "opportunities": mark("Opportunities"),
    "churn": mark("Churn and renewals"),
    "products": mark("Products"),
}
_OF_KIND = {
    ("contracts", "name"): mark("Contract name"),
    ("opportunities", "name"): mark("Opportunity"),
    ("products", "name"): mark("Product"),
    ("accounts", "name"): mark("Account name"),
    ("people", "name"): mark("Full name"),
    ("accounts", "contract.name"): mark("Contract name"),
    ("people", "title"): mark("Job title"),
    ("people", "status"): mark("Employment status"),
    ("contracts", "status"): mark("Contract status"),
    ("tickets", "status"): mark("Ticket status"),
    ("tickets", "kind"): mark("Ticket type"),
    ("opportunities", "kind"): mark("Opportunity type"),
    ("surveys", "score"): mark("Score"),
}
_FIELDS = {
    "account_domain": mark("Account domain"), "account_name": mark("Account name"), "account_ref": mark("Account ID"),
    "active": mark("Active"), "active_users": mark("Active users"), "address": mark("Address"),
    "alias": mark("Also called"), "amount": mark("Amount"), "annual_revenue": mark("Annual revenue"),
    "answered_on": mark("Answered on"), "arr": mark("ARR"), "as_of": mark("As of"), "assignee": mark("Assignee"),
    "at": mark("Date and time"), "attendees": mark("Attendees"), "auto_renew": mark("Renews automatically"),
    "billing": mark("Billing"), "body": mark("Text"), "campaign": mark("Campaign"), "ces": mark("CES"),
    "channel": mark("Channel"), "checklist": mark("Checklist done"), "churn_reason": mark("Churn reason"),
    "churned": mark("Churned"), "churned_on": mark("Churned on"), "close_on": mark("Close date"),
    "closed": mark("Closed"), "comment": mark("Comment"), "contact": mark("Customer’s contact"),
    "contact_mail": mark("Customer’s contact, mail"), "contract_ref": mark("Contract ID"),
    "contraction": mark("Contraction"), "country": mark("Country"), "csat": mark("CSAT"),
    "currency": mark("Currency"), "customer_since": mark("Customer since"), "day": mark("Date"),
    "department": mark("Department"), "direction": mark("Direction"), "domain": mark("Domain"),
    "duration_min": mark("Duration"), "email": mark("Mail address"), "embedded": mark("Embedded processes"),
    "employees": mark("Employees"), "end_on": mark("End date"), "escalated": mark("Escalated"),
    "event_kind": mark("Event"), "events_attended": mark("Events attended"), "expansion": mark("Expansion"),
    "expected": mark("Expected amount"), "external_id": mark("ID"), "feature": mark("Feature"),
    "first_name": mark("First name"), "first_reading": mark("First name in kana"),
    "first_reply_min": mark("First reply time"), "forecast": mark("Forecast"), "industry": mark("Industry"),
    "influence": mark("Influence"), "is_closed": mark("Closed"), "is_reactivation": mark("Came back"),
    "is_trial": mark("Trial"), "is_won": mark("Won"), "last_name": mark("Last name"),
    "last_contact": mark("Last contact on"), "last_visit": mark("Last visit on"),
    "last_reading": mark("Last name in kana"), "left_on": mark("Left on"), "list_price": mark("List price"),
    "mail_opens": mark("Mail opens"), "metric": mark("Metric"), "middle_name": mark("Middle name"),
    "mobile": mark("Mobile"), "moved_to": mark("Moved to"), "mrr": mark("MRR"), "name": mark("Name"),
    "next_step": mark("Next step"), "note": mark("Note"), "notice_days": mark("Notice period, days"),
    "notice_months": mark("Notice period, months"), "notice_on": mark("Notice date"), "nps": mark("NPS"),
    "objectives": mark("Objectives reached"), "on_date": mark("Date"), "opened_at": mark("Opened"),
    "opened_on": mark("Opened on"), "outcome": mark("Outcome"), "owner": mark("Owner"),
    "parent_ref": mark("Parent company"), "period": mark("Contract period"), "person_mail": mark("Person’s mail"),
    "person_name": mark("Person"), "person_ref": mark("Person ID"), "phone": mark("Phone"), "plan": mark("Plan"),
    "priority": mark("Priority"), "probability": mark("Probability"), "product_ref": mark("Product"),
    "reading": mark("Name in kana"), "reason": mark("Reason"), "renewal_on": mark("Renewal date"),
    "reopens": mark("Reopens"), "reports_to_ref": mark("Reports to"), "resolution_min": mark("Resolution time"),
    "roles": mark("Roles"), "satisfaction": mark("Satisfaction"), "score": mark("Score"), "seats": mark("Seats"),
    "seats_used": mark("Seats used"), "sentiment": mark("Sentiment"), "series": mark("Series"),
    "solved_at": mark("Solved"), "stage": mark("Stage"), "start_on": mark("Start date"), "status": mark("Status"),
    "subject": mark("Subject"), "success": mark("Success rating"), "survey_kind": mark("Survey type"),
    "tags": mark("Tags"), "term_months": mark("Term"), "tier": mark("Tier"), "title": mark("Title"),
    "usage": mark("Usage"), "value": mark("Figure"), "value_ratio": mark("Value ratio"), "website": mark("Website"),
    "account_id": mark("Account"), "person_id": mark("Person"), "contract_id": mark("Contract"),
    "product_id": mark("Product"), "parent_id": mark("Parent company"), "reports_to_id": mark("Reports to"),
    "kind": mark("Type"),
}  # fmt: skip
"""Field keys, those of fields of a second thing in the row without their prefix, and the columns references become."""

_OPTIONS: dict[str, dict[str, str]] = {
    "date": {
        "": mark("Order from the values"),
        "ymd": mark("Year, month, day"),
        "dmy": mark("Day, month, year"),
        "mdy": mark("Month, day, year"),
        "serial": mark("Spreadsheet day number"),
    },
    "minutes": {
        "minutes": mark("In minutes"),
        "hours": mark("In hours"),
        "days": mark("In days"),
        "seconds": mark("In seconds"),
    },
    "fraction": {"": mark("From 0 to 1, or with %"), "of100": mark("From 0 to 100")},
    "notice": {"days": mark("In days"), "months": mark("In months")},
    "term": {"": mark("In months"), "years": mark("In years")},
    "custom": {
        "text": mark("As text"),
        "number": mark("As number"),
        "date": mark("As date"),
        "bool": mark("As yes or no"),
        "money": mark("As amount"),
    },
}
_FIGURES = frozenset(("money", "count", "number", "int", "fraction", "minutes", "score", "term", "notice"))
_CURRENCIES = ("JPY", "USD", "EUR", "GBP")
_SCALES = {"": mark("whole units"), "*1000": mark("thousands"), "*10000": mark("ten thousands"),
           "*1000000": mark("millions")}  # fmt: skip


def kind_name(kind: str) -> str:
    """What a kind of file is called."""
    return _(KINDS[kind])


def field_name(kind: str, field: str) -> str:
    """What a field of *kind* is called; a field of one's own by its label, "" for a column that is not taken."""
    if field == IGNORE:
        return ""
    for prefix in (CUSTOM, METRIC, ON_DAY):
        if field.startswith(prefix):
            return field.removeprefix(prefix)
    told = _OF_KIND.get((kind, field)) or _FIELDS.get(field.rpartition(".")[2])
    return _(told) if told else field


def is_own(field: str) -> bool:
    """Whether a column becomes a field of one's own."""
    return field.startswith(CUSTOM)


def figure_columns(mapping: Mapping) -> frozenset[int]:
    """The columns of figures, which stand right."""
    return frozenset(
        column.index for column in mapping.columns if field_type(mapping.kind, column) in _FIGURES
    )


def option_choices(kind: str, column: ColumnMap) -> list[tuple[str, str]]:
    """(option, words) a column may be read with: date order, unit, currency and scale, type; empty where there is none.

    The option it has now is among them.
    """
    if column.field == IGNORE:
        return []
    type_name = "custom" if column.field.startswith(CUSTOM) else field_type(kind, column)
    if type_name == "money":
        found = [("", _("Currency of the row or portfolio")), *_money_options()]
    else:
        table = _OPTIONS.get("date" if type_name in ("instant", "past_day") else type_name, {})
        found = [(option, _(words)) for option, words in table.items()]
    if found and column.option not in {option for option, _words in found}:
        found.append((column.option, column.option))
    return found


def _money_options() -> list[tuple[str, str]]:
    return [
        (
            currency + scale,
            _("{currency}, {scale}").format(currency=currency, scale=_(words)) if scale else currency,
        )
        for currency in _CURRENCIES
        for scale, words in _SCALES.items()
        if not scale or currency in ("JPY", "USD")
    ]
