"""Numbers as a person or a file writes them, within bounds: one reader for the window and for files."""

from __future__ import annotations

import re
from decimal import Decimal

MOST = Decimal(10) ** 15
"""No figure reaches this."""
FINEST = -15
"""The last place behind the point where a figure may begin."""
_LONGEST = 60
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


def plain_number(text: str) -> Decimal | None:
    """The number *text* is, in ASCII digits, perhaps with a point and a power of ten; None where it is none.

    However large the power, it is held as written: whoever writes it out asks ``MOST`` and ``is_too_fine`` first.
    """
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    found = Decimal(text)
    return found if found else Decimal(0)


def is_too_fine(value: Decimal) -> bool:
    """Whether *value* is nearer to zero than any figure is, and not zero."""
    return bool(value) and value.adjusted() < FINEST
