"""The errors a person can do something about. Anything else is a bug."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing costs 8 ms of start-up; see ARCHITECTURE.md, decision on the command line's start
    from typing import Any


class UserError(Exception):
    """Told kindly: what happened, what is safe, what to do next.

    ``message`` is one translated sentence, ``remedy`` the next step, ``code`` a stable word for scripts,
    ``where`` the file, row or field it is about (plain values only).
    """

    code = "error"

    def __init__(self, message: str, remedy: str = "", *, code: str = "", **where: Any) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.where = where
        if code:
            self.code = code


class FileProblem(UserError):
    """A file that cannot be read or written: missing, locked, empty, of the wrong type, on a full disk."""

    code = "file"


class PortfolioProblem(UserError):
    """A portfolio that cannot be opened: foreign, damaged, newer, locked by another window, wrong key."""

    code = "portfolio"


class IntakeProblem(UserError):
    """An import that cannot go on as asked: unknown columns, rejected rows, an ambiguous match."""

    code = "import"


class TemplateProblem(UserError):
    """A document template that failed, with template name and line."""

    code = "template"


class NotFound(UserError):
    """A name or id that matches nothing, or more than one thing; ``where['candidates']`` lists the latter."""

    code = "not_found"


class InvalidValue(UserError):
    """A value refused where it was typed, with the reason."""

    code = "invalid"


class Cancelled(UserError):
    """Long work the person stopped; nothing was changed."""

    code = "cancelled"
