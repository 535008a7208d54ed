"""The words of the command line: verbs, their arguments, and what each is for."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable

from cs_workbench import __version__
from cs_workbench.cli import quick, verbs
from cs_workbench.i18n import LANGUAGES, _

KINDS = ("accounts", "people", "contracts", "readings", "tickets", "surveys", "interactions", "opportunities",
         "churn", "products")  # fmt: skip
SURVEYS = ("nps", "csat", "ces", "success")
_MOST = 1_000_000
FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md")
VARIANTS = tuple(
    f"{theme}-{lang}-{scale}" for theme in ("light", "dark") for lang in LANGUAGES for scale in (1, 2)
)


def build() -> argparse.ArgumentParser:
    """The whole parser; every verb sets ``run`` to a function of the parsed arguments."""
    shared = _shared_options()
    parser = argparse.ArgumentParser(
        prog="cs-workbench",
        description=_("The customer success workbench from the shell: the same services as the window."),
        epilog=_("Exit codes: 0 done, 1 cannot be done (the message names the remedy), 2 wrong usage."),
        parents=[shared],
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title=_("verbs"), dest="verb", required=True, metavar="VERB")

    def verb(name: str, text: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[shared])
        made.set_defaults(run=run)
        return made

    _portfolio_verbs(verb)
    _reading_verbs(verb)
    _document_verbs(verb)
    _proof_verbs(verb)
    return parser


Adder = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def _shared_options() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--portfolio", metavar="FILE", help=_("the portfolio file (else the one in the data folder)")
    )
    shared.add_argument("--json", action="store_true", help=_("print one JSON value (documented in README)"))
    shared.add_argument("--ui-lang", choices=LANGUAGES, help=_("language of messages"))
    return shared


def _portfolio_verbs(verb: Adder) -> None:
    made = verb("init", _("make a new portfolio"), verbs.portfolio.init)
    made.add_argument(
        "--sample", action="store_true", help=_("fill it with the sample portfolio (30 accounts)")
    )
    made.add_argument("--as-of", type=_day, metavar="D", help=_("day the sample portfolio is relative to"))
    made.add_argument("--lang", choices=LANGUAGES, help=_("language of the portfolio's own texts"))
    made = verb("import", _("take in CSV, XLSX, XLS or ODS files as one undoable change"), verbs.intake.run)
    made.add_argument("files", nargs="+", metavar="FILE")
    made.add_argument("--kind", choices=KINDS, help=_("what the rows are, when the columns do not say"))
    made.add_argument("--mapping", metavar="M", help=_("a saved mapping's name or a mapping file (JSON)"))
    made.add_argument(
        "--source", metavar="NAME", help=_("the system the ids belong to (salesforce, hubspot …)")
    )
    made.add_argument("--encoding", metavar="NAME", help=_("the text encoding, when it was guessed wrongly"))
    made.add_argument(
        "--good-rows", action="store_true", help=_("take the good rows, write the others to a file")
    )
    made.add_argument(
        "--yes", action="store_true", help=_("accept the proposed matches of similar company names")
    )
    made.add_argument("--dry-run", action="store_true", help=_("show what would happen and change nothing"))
    verb("undo", _("take back the last change"), verbs.portfolio.undo)
    verb("redo", _("do the change taken back again"), verbs.portfolio.redo)
    made = verb("backup", _("make a verified backup"), verbs.portfolio.backup)
    made.add_argument("--list", action="store_true", help=_("list the backups instead"))
    made = verb("restore", _("put a backup in the portfolio's place (the present file is kept aside)"),
                verbs.portfolio.restore)  # fmt: skip
    made.add_argument("file", metavar="FILE")
    made.add_argument("--yes", action="store_true", help=_("also when many accounts or people would go"))
    made = verb("check", _("prove that the portfolio file is whole"), verbs.portfolio.check)
    made.add_argument(
        "--rebuild-search", action="store_true", help=_("first make the search index afresh from the records")
    )
    made = verb("export", _("write every table as CSV"), verbs.portfolio.export)
    made.add_argument("directory", metavar="DIR")


def _reading_verbs(verb: Adder) -> None:
    made = verb("accounts", _("list the accounts"), verbs.accounts.list_accounts)
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb("account", _("show one account"), verbs.accounts.show)
    made.add_argument("account", metavar="NAME-OR-ID")
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb("people", _("show an account's people: roles, gaps, map, lines"), verbs.people.run)
    made.add_argument("account", metavar="ACCOUNT", help=_("name or id"))
    made.add_argument("--leaves", metavar="PERSON", help=_("what breaks when this person leaves"))
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb("score", _("compute the health scores and keep them as dated snapshots"), verbs.health.run)
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made.add_argument("--explain", metavar="ACCOUNT", help=_("show how one account's score comes about"))
    made = verb("renewals", _("list renewals by notice deadline, with their forecast"), verbs.renewals.run)
    made.add_argument("--within", type=_count, default=180, metavar="N", help=_("so many days ahead (180)"))
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb("voice", _("what a survey said: nps, csat, ces or success"), verbs.voice.survey)
    made.add_argument("survey", choices=SURVEYS, metavar="nps|csat|ces|success")
    made.add_argument("--since", type=_day, metavar="D", help=_("from this day on (else twelve months)"))
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb(
        "quadrant", _("where every account stands: success against satisfaction"), verbs.voice.quadrant
    )
    made.add_argument("--since", type=_day, metavar="D", help=_("also where they stood on this day"))
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))
    made = verb(
        "search",
        _("find accounts, people, contacts, tickets, plans and what customers said"),
        verbs.accounts.search,
    )
    made.add_argument("text", metavar="TEXT")
    made.add_argument("--limit", type=_count, default=50, metavar="N", help=_("at most this many hits (50)"))
    made = verb("log", _("log a contact in one line: \"@acme call 20m talked about renewal #risk !2026-12-01\""),
                verbs.accounts.log)  # fmt: skip
    made.add_argument("text", metavar="TEXT")
    made.add_argument("--as-of", type=_day, metavar="D", help=_("the day that counts as today"))


def _document_verbs(verb: Adder) -> None:
    made = verb("pack", _("make a document for each account named"), verbs.packs.run)
    made.add_argument(
        "account", metavar="ACCOUNT", nargs="*", help=_("name or id; several make a document each")
    )
    made.add_argument("--all", action="store_true", help=_("every account of the portfolio"))
    made.add_argument("--template", default="renewal_briefing", metavar="T", help=_("which document"))
    made.add_argument(
        "--format",
        type=_formats,
        default=("pdf",),
        metavar="F,F",
        help=_("any of pdf,docx,pptx,xlsx,html,md (pdf)"),
    )
    made.add_argument("--out", required=True, metavar="DIR", help=_("folder to write to"))
    made.add_argument("--edition", choices=("customer", "internal"), default="customer",
                      help=_("customer (default): may be sent; internal: must not"))  # fmt: skip
    _language_and_day(made)
    made = verb("selftest", _("prove that this copy works, on a portfolio of its own"), verbs.trial.run)
    made.add_argument("--screens", metavar="DIR", help=_("instead keep a picture of every screen there"))
    made.add_argument(
        "--variant",
        action="append",
        choices=VARIANTS,
        metavar="V",
        help=_("only these pictures: theme-language-scale, as in light-ja-1; may be given again"),
    )
    made.add_argument("--as-of", type=_day, metavar="D", help=_("day that counts as today"))


def _proof_verbs(verb: Adder) -> None:
    made = verb("roi", _("prove an account's value: its ledger computed line by line"), verbs.value.run)
    made.add_argument("account", metavar="ACCOUNT", nargs="?", help=_("name or id"))
    made.add_argument("--model", metavar="FILE", help=_("compute a ledger in a TOML or JSON file instead"))
    made.add_argument(
        "--export", type=_formats, metavar="F,F",
        help=_("write it: xlsx with live formulas, and its summary as pdf,docx,pptx,html,md"),
    )  # fmt: skip
    _sheet_options(made)
    made = verb("plan", _("show an account's success plan, or write it as a sheet"), verbs.plan.run)
    made.add_argument("account", metavar="ACCOUNT", help=_("name or id"))
    made.add_argument(
        "--export", type=_formats, metavar="F,F", help=_("write its sheet in these formats: pdf,docx")
    )
    _sheet_options(made)


def _sheet_options(made: argparse.ArgumentParser) -> None:
    """Where an account's sheet is written, for whom, in which language, as of when."""
    made.add_argument("--out", metavar="DIR", default=".", help=_("folder to write to"))
    made.add_argument("--edition", choices=("customer", "internal"), default="customer",
                      help=_("customer (default): may be sent; internal: must not"))  # fmt: skip
    _language_and_day(made)


def _language_and_day(made: argparse.ArgumentParser) -> None:
    made.add_argument("--lang", choices=LANGUAGES, help=_("language of the document (else the portfolio's)"))
    made.add_argument("--as-of", type=_day, metavar="D", help=_("as things stood on this day"))


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = dt.date.min
    if day.year not in quick.YEARS:
        raise argparse.ArgumentTypeError(_("{text!r} is not a date like 2026-12-31").format(text=text))
    return day


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(_("{text!r} is not a number from 1 on").format(text=text))
    return min(int(text), _MOST)


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(
            _("{text!r}: choose from {choices}").format(text=text, choices=_(", ").join(FORMATS))
        )
    return names
