"""Writing one small file where the person said, in the background."""

from __future__ import annotations

import os

from cs_workbench.i18n import _
from cs_workbench.services import renewal_papers
from cs_workbench.ui.desk import Desk


def save_bytes(desk: Desk, path: str, content: bytes) -> None:
    """Write *content* to *path* and say so; a refusal is told with its reason."""
    desk.tasks.run(
        lambda: renewal_papers.write_file(path, content),
        done=lambda _nothing: desk.tell(
            _("Saved {file}").format(file=os.path.basename(path)), os.path.dirname(path)
        ),
    )
