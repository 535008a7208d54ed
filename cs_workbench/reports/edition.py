"""The edition wall: what a template is given. A customer edition's context does not contain internal facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.internal_facts import Internal

Edition: TypeAlias = Literal["customer", "internal"]
EDITIONS: tuple[Edition, ...] = ("customer", "internal")


@dataclass(frozen=True, slots=True)
class Gathered:
    """All facts of one account, before an edition is chosen."""

    briefing: Briefing
    internal: Internal


def checked(edition: str) -> Edition:
    """*edition* as one of EDITIONS. Raises InvalidValue for any other word."""
    for known in EDITIONS:
        if edition == known:
            return known
    raise InvalidValue(
        _("There is no edition called “{edition}”.").format(edition=edition),
        _("Choose customer or internal."),
        code="edition",
        edition=edition,
    )


def context(gathered: Gathered, edition: Edition) -> dict[str, Briefing | Internal]:
    """The names a template of *edition* may use: ``facts``, and ``internal`` in the internal edition only.

    In the customer edition the name is absent, so that a template which asks for it fails with file and line.
    """
    if edition == "internal":
        return {"facts": gathered.briefing, "internal": gathered.internal}
    return {"facts": gathered.briefing}
