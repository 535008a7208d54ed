"""Why a file is neither TOML nor JSON, in words of ours: the parsers speak the language of programmers."""

from __future__ import annotations

import json
import re

from cs_workbench.i18n import _

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")


_LONGEST = 40
"""Digits of a whole number that are held: beyond, only that it is too large matters."""


def whole_number(text: str) -> int:
    """A whole number of a JSON file; one of thousands of digits, which nothing can reckon with, cut to a large one."""
    return int(text[:_LONGEST])


class KeyTwice(ValueError):
    """A key that stands twice in one table; its text is fit to be shown."""


def refused(name: str, error: Exception) -> str:
    """What is told of the file *name*: one with a number too long to be held is TOML all the same."""
    if type(error) is ValueError:
        return _("{file} cannot be read: a number in it has too many digits.").format(file=name)
    return _("{file} is neither TOML nor JSON: {reason}.").format(file=name, reason=said(error))


def said(error: Exception) -> str:
    """The reason and, where it is known, the place."""
    match error:
        case KeyTwice():
            return str(error)
        case RecursionError():
            return _("too many brackets within each other")
        case UnicodeDecodeError():
            before = bytes(error.object[: error.start])
            return _("line {line} is not text in UTF-8").format(line=before.count(b"\n") + 1)
        case json.JSONDecodeError():
            return _place(error.lineno, error.colno)
    found = _AT.search(str(error))
    return _place(int(found[1]), int(found[2])) if found else _("it ends too early")


def _place(line: int, column: int) -> str:
    return _("it cannot be read from line {line}, character {column} on").format(line=line, column=column)
