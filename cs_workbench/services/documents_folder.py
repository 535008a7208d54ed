"""The folder documents go to, and where the files of a document made are now."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_workbench.services.setting_values import DOCUMENTS_FOLDER
from cs_workbench.store.queries.settings import setting

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


def chosen_folder(reads: Reads) -> str:
    """The folder the portfolio's setting names; "" where none was chosen."""
    return str(setting(reads, DOCUMENTS_FOLDER, "") or "")


def still_there(files: Sequence[str], folder: str) -> tuple[str, ...]:
    """The paths of those *files* that are where they were put, or else under their name in *folder*."""
    return tuple(path for file in files if (path := _found(file, folder)))


def _found(file: str, folder: str) -> str:
    places = [file] if os.path.isabs(file) else []
    places += [os.path.join(folder, os.path.basename(file))] if os.path.isabs(folder) else []
    return next((place for place in places if os.path.isfile(place)), "")
