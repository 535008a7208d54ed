"""A module that is imported when it is first asked for something: for what only the unlucky path needs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Late:
    """Stands in for the module *name*; a type checker is shown the real one instead."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(__import__(self._name, fromlist=("",)), attribute)
