"""A portfolio file is made in a folder of its own beside its place, and moved there when it is whole."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile

from cs_workbench.store import files, problems
from cs_workbench.store.connection import DriverError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def workshop_for(path: str, purpose: str, *, make_folder: bool = False) -> Iterator[str]:
    """The path of an empty private file in which to build what is to lie at *path*; its folder goes afterwards.

    The folder is named after *purpose* ("new"), and what killed work left in older ones of that name goes, too.
    *make_folder* makes the folder of *path* where there is none. Raises FileProblem where something lies at *path* or
    the place cannot be written, PortfolioProblem for what the driver says of a file.
    """
    workshop = ""
    try:
        folder = os.path.dirname(path)
        if make_folder:
            files.make_private_folder(folder)
        workshop = tempfile.mkdtemp(prefix=f".{purpose}-", dir=folder)  # mode 0700
        files.clear_abandoned(workshop, re.compile(rf"{purpose}\.csw(-wal|-shm|-journal|\.key)?"))
        temporary = os.path.join(workshop, f"{purpose}.csw")
        files.create_private(temporary)
        yield temporary
    except FileExistsError:
        raise problems.exists(path) from None
    except OSError as error:
        raise problems.unreadable(path, error) from error
    except DriverError as error:
        raise problems.from_driver(error, path) or error from error
    finally:
        if workshop:
            shutil.rmtree(workshop, ignore_errors=True)
