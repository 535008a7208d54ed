"""Everything that can be seen: the one floor that knows the window toolkit. Screens ask services only."""

from __future__ import annotations

from cs_workbench.ui.imports import unhook

unhook()
