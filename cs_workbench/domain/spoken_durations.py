"""How long something took, as it is typed in a hurry in English and Japanese: ``20m``, ``1h30m``, ``1時間半``."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"(?:(\d{1,2}(?:\.\d)?)(?:h|hrs?|hours?|時間)(半)?)?(?:(\d{1,4})(?:m|mins?|minutes?|分)?)?", re.IGNORECASE
)
_DAY_MAX = 24 * 60


def spoken_minutes(word: str) -> int | None:
    """The minutes *word* names, whole ones, at most a day's; None where it is no duration.

    Text is expected narrow (full-width digits and letters already turned).
    """
    found = _DURATION.fullmatch(word)
    if not found or not (found[1] or found[3]) or not word[-1:].isalpha():
        return None
    minutes = round(float(found[1] or 0) * 60) + (30 if found[2] else 0) + int(found[3] or 0)
    return minutes if 0 < minutes <= _DAY_MAX else None
