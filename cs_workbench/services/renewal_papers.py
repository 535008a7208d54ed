"""What a renewal's first steps put on paper: the mail, the invitation, the question lists, the data sheet."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.csv_guard import table_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_workbench.services.renewal_detail import Detail
    from cs_workbench.store.queries.account_page import PersonRow

VARIANTS = ("green", "yellow", "red", "new_contact", "silent")
QUESTION_STEPS = (5, 6, 7)
TERMS_FROM = 45
MEETING_MINUTES = 60
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_JA = "月火水木金土日"
_FOLD = 74


@dataclass(frozen=True, slots=True)
class Mail:
    """A draft: to whom (may be ""), subject and plain text."""

    to: str
    subject: str
    body: str


@cache
def texts() -> dict[str, Any]:
    """The packaged texts: mails by language and variant, question lists by language and step."""
    with open(paths.resources("defaults", "renewal_papers.toml"), "rb") as file:
        return tomllib.load(file)


def first_touch(detail: Detail, variant: str, language: str) -> Mail:
    """The first-touch mail of step 1. No price ever; that a proposal comes along only from 45 days before on."""
    mails = texts()["mail"][language]
    contact = detail.contact
    me, company = detail.names[language]
    words = {
        "account": detail.row.name,
        "person": contact.name if contact is not None else _somebody(language),
        "sender": me,
        "company": company,
        "meeting": spoken_day(detail.row.way.meeting, language),
        "term_end": spoken_day(detail.row.term_end, language, weekday=False),
        "length": str(MEETING_MINUTES),
    }
    parts = [mails["greeting"], mails[variant]["body"].strip()]
    if detail.row.days_left(detail.today) <= TERMS_FROM:
        parts.append(mails["terms"])
    parts.append(mails["closing"])
    body = "\n\n".join(part.format(**words).strip() for part in parts) + "\n"
    subject = mails[variant]["subject"].format(**words)
    return Mail((contact.email or "") if contact is not None else "", subject, body)


def eml(mail: Mail, sender: str = "") -> bytes:
    """The draft as an .eml file that mail programs open for sending (X-Unsent). Line breaks in headers are removed."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(mail.subject)
    if mail.to.strip():
        message["To"] = _one_line(mail.to)
    if sender.strip():
        message["From"] = _one_line(sender)
    message["X-Unsent"] = "1"
    message.set_content(mail.body)
    return message.as_bytes()


def invitation(
    detail: Detail, at: dt.datetime, people: Iterable[PersonRow], language: str, *, now: dt.datetime
) -> bytes:
    """The meeting as an .ics file (RFC 5545): *at* aware, sixty minutes, who is asked as attendees."""
    words = texts()["invitation"][language]
    end = at + dt.timedelta(minutes=MEETING_MINUTES)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CS Workbench//Renewal//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:renewal-{detail.row.account_id}-{detail.row.term_end.isoformat()}@cs-workbench.invalid",
        f"DTSTAMP:{_utc(now)}", f"DTSTART:{_utc(at)}", f"DTEND:{_utc(end)}",
        f"SUMMARY:{_escaped(words['title'].format(account=detail.row.name))}",
        f"DESCRIPTION:{_escaped(words['text'])}",
    ]  # fmt: skip
    for one in people:
        address = _one_line(one.email or "").replace('"', "")
        if "@" in address:
            name = _one_line(one.name).replace('"', "'")
            lines.append(f'ATTENDEE;CN="{name}";ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:{address}')
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(_folded(line) for line in lines).encode()


def questions(step: int, language: str) -> tuple[str, ...]:
    """The question list of step 5 (way of working), 6 (upsell) or 7 (opinions and complaints)."""
    return tuple(texts()["questions"][language][str(step)])


def attendee_list(people: Iterable[PersonRow]) -> str:
    """Who is asked to the meeting as tab-separated text: name, title, department, roles, mail."""
    from cs_workbench.i18n import _

    rows = (
        (one.name, one.title or "", one.department or "", _(", ").join(one.roles), one.email or "")
        for one in people
    )
    return table_text(rows)


def spoken_day(day: dt.date, language: str, *, weekday: bool = True) -> str:
    """A day in running text: "Tuesday, 8 December 2026", 「2026年12月8日（火）」."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日" + (
            f"（{_WEEKDAYS_JA[day.weekday()]}）" if weekday else ""
        )
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS_EN[day.weekday()]}, {words}" if weekday else words


def file_name(detail: Detail, what: str, suffix: str) -> str:
    """A name for a file about this renewal that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in detail.row.name)
    return f"{' '.join(kept.split())[:60] or 'account'} {what} {detail.row.term_end.isoformat()}.{suffix}"


def _somebody(language: str) -> str:
    return "ご担当者" if language == "ja" else "all"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    plain = _one_line(text)
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, "\\" + mark)
    return plain


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> str:
    """At most 75 octets a line, broken between characters."""
    parts, room = [""], _FOLD
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append("")
            room = _FOLD - 1
        parts[-1] += letter
        room -= size
    return "\r\n ".join(parts)


def write_file(path: str, content: bytes) -> None:
    """Write a small file whole, readable by its owner only. Raises FileProblem where the place cannot be written."""
    from cs_workbench.errors import FileProblem
    from cs_workbench.i18n import _

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise FileProblem(
            _("{file} could not be written ({reason}).").format(
                file=os.path.basename(path), reason=error.strerror
            ),
            _("Choose another folder, or make room there."),
            code="unwritable",
            path=path,
        ) from error
