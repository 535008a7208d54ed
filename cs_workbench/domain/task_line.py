"""One line that says a task: its title, and its day after an exclamation mark, as in the quick log."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from cs_workbench.domain.spoken_dates import spoken_date

_MARKED = re.compile(r"(?:^|\s)[!！]\s?(?P<day>\S+(?:\s\S+){0,2})\s*$")
_UNTIL = re.compile(r"(までに|まで|に)$")


def task_line(text: str, today: dt.date) -> tuple[str, dt.date | None]:
    """The title and the day of a task written as *text*; None where no day can be read, and then nothing is taken away.

    The day stands last: "!12/3", "! 3 Dec", "!明日まで".
    """
    found = _MARKED.search(text)
    if found is None:
        return text.strip(), None
    words = unicodedata.normalize("NFKC", found["day"]).lower().strip()
    day = spoken_date(_UNTIL.sub("", words), today)
    return (text.strip(), None) if day is None else (text[: found.start()].strip(), day)
