"""Gives the import statement back to Python: Qt's binding reads the source of every module imported after it.

PySide6 replaces ``builtins.__import__`` to look for ``from __feature__ import …`` in whatever is imported, function
imports included. This program uses no such feature; without the search its start is a tenth shorter, and an import
inside a function costs what it costs in any program. Does nothing where the binding no longer does it.
"""

from __future__ import annotations

import builtins


def unhook() -> None:
    """Put Python's own import back, once Qt's binding is there."""
    import PySide6.QtCore  # noqa: F401 - its import installs the hook

    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
