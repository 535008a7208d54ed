"""Office packages without a moment in them: the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile

_DATED = (1980, 1, 1, 0, 0, 0)  # the zip's own dates say nothing


def undated(content: bytes) -> bytes:
    """The same package with fixed dates on its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
