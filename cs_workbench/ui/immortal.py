"""A guard for Python 3.11: keeps Qt's binding from counting ``None``, ``True`` and their like down to nothing.

PySide6 6.12's one wheel for all versions returns the singletons as Python 3.12 and later may: without counting the
reference, because there they are immortal. Under 3.11 each call that returns nothing takes one reference from
``None`` (measured: 1.00 a call for ``update``, ``setPen``, ``setText`` …) and each ``Signal.emit()`` one from ``True``,
until the interpreter ends with "deallocating None". A count no program can use up makes 3.11 behave as 3.12 does.
"""

from __future__ import annotations

import sys

PLENTY = 1 << 40
SINGLETONS = (None, True, False, NotImplemented)


def keep_singletons() -> None:
    """Make the singletons last, once; does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for one in SINGLETONS:
        if sys.getrefcount(one) < PLENTY // 2:
            ctypes.c_ssize_t.from_address(id(one)).value += PLENTY
