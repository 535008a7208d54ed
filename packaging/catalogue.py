"""The catalogue of texts: collect from code and templates, merge into each language, compile.

``.venv/bin/python packaging/catalogue.py`` after texts changed; then translate what is empty or fuzzy in
resources/locale/ja/LC_MESSAGES/cs_workbench.po and run it again. ``--check`` changes nothing and fails when the
catalogue is not current, not complete, or not compiled.
"""

from __future__ import annotations

import datetime as dt
import io
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("ja",)
SOURCES = {
    "cs_workbench": [("**.py", "python")],
    "reports_templates": [("**.j2", "jinja2")],
}
KEYWORDS = {"_": None, "mark": None, "gettext": None, "ngettext": (1, 2)}


def collect() -> Catalog:
    """Every text of the program and its templates, with where it stands."""
    catalogue = Catalog(project="CS Workbench", charset="utf-8")
    for folder, methods in SOURCES.items():
        found = extract_from_dir(
            ROOT / folder,
            method_map=methods,
            options_map={"**.j2": {"extensions": "jinja2.ext.i18n", "silent": "false"}},
            keywords=KEYWORDS,
            comment_tags=("i18n:",),
            strip_comment_tags=True,
        )
        for file, _line, message, comments, context in found:
            if message and message != "":
                catalogue.add(
                    message, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context
                )
    return catalogue


def po_path(language: str) -> Path:
    """The catalogue's text file of *language*."""
    return LOCALE / language / "LC_MESSAGES" / "cs_workbench.po"


def read(language: str) -> Catalog:
    """The kept catalogue of *language*, empty when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="CS Workbench", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it at run time."""
    catalogue.creation_date = catalogue.revision_date = dt.datetime(
        2026, 1, 1, tzinfo=dt.UTC
    )  # no clock in the file
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def fields(text: str) -> set[str]:
    """Names of the replacement fields of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problems(catalogue: Catalog, texts: Catalog) -> list[str]:
    """What is missing, fuzzy or wrongly filled in a language."""
    found = []
    for message in texts:
        if not message.id:
            continue
        kept: Message | None = catalogue.get(message.id, message.context)
        name = message.id if isinstance(message.id, str) else message.id[0]
        if kept is None or not kept.string or (isinstance(kept.string, tuple) and not all(kept.string)):
            found.append(f"not translated: {name!r}")
        elif kept.fuzzy:
            found.append(f"fuzzy: {name!r}")
        elif not fields_agree(message, kept):
            found.append(f"fields differ: {name!r}")
    return found


def fields_agree(message: Message, kept: Message) -> bool:
    """Whether the translation fills the same fields as its source (a plural may leave out the number)."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = kept.string if isinstance(kept.string, tuple) else (kept.string,)
    try:
        return set().union(*map(fields, ids)) == set().union(*map(fields, strings))
    except ValueError:  # braces that are not fields
        return True


def _printed(catalogue: Catalog) -> bytes:
    """The catalogue's text, with no names and no clock in its head: it changes only when a text does."""
    catalogue.header_comment = "# CS Workbench: texts of screens, messages and documents. Licence: MIT."
    catalogue.fuzzy = False
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Report-Msgid-Bugs-To", "Generated-By",
             "Language-Team")  # fmt: skip
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{name}' for name in dated))
    ).encode()


def check() -> int:
    """Report what is not current; returns 1 when something is."""
    texts = collect()
    bad = []
    for language in LANGUAGES:
        catalogue = read(language)
        bad += [f"{language}: {problem}" for problem in problems(catalogue, texts)]
        mo = po_path(language).with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(catalogue):
            bad.append(f"{language}: not compiled: run packaging/catalogue.py")
    print("\n".join(bad) or "The catalogue is complete and current.")
    return 1 if bad else 0


def renew() -> None:
    """Merge new texts into each language and compile."""
    texts = collect()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(texts, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_printed(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(read(language)))
        print(f"{language}: {len(texts)} texts, {len(problems(read(language), texts))} to do")


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(check())
    renew()
