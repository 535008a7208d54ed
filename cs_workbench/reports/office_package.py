"""Office packages without a moment in them: the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

APPLICATION = "CS Workbench"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    f'officeDocument/2006/extended-properties"><Application>{APPLICATION}</Application></Properties>'
)
_EPOCH = date(2000, 1, 1)
_DATED = (1980, 1, 1, 0, 0, 0)  # the zip's own dates say nothing


def made_on(day: date | None) -> datetime:
    """What a file's properties say it was made: midnight of the day its figures are of, no instant of the making."""
    given = day or _EPOCH
    return datetime(given.year, given.month, given.day, tzinfo=UTC)


def undated(content: bytes) -> bytes:
    """The same package with fixed dates on its parts, naming the application that made it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _APP if name == "docProps/app.xml" else source.read(name))
    return out.getvalue()
