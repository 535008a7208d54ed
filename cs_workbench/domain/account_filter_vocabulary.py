"""The portfolio's own words in filters; apart from the parser, which nobody needs before something is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The portfolio's own words: spelling → key for stages and tiers, the tags and owners in use, who "me" is."""

    stages: Mapping[str, str] = field(default_factory=dict)
    tiers: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    me: str = ""
