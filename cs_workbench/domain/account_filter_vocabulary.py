"""The portfolio's own words in filters; apart from the parser, which nobody needs before something is typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NONE: Mapping[str, str] = MappingProxyType({})


class Vocabulary(NamedTuple):
    """The portfolio's own words: spelling → key for stages and tiers, the tags and owners in use, who "me" is."""

    stages: Mapping[str, str] = _NONE
    tiers: Mapping[str, str] = _NONE
    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    me: str = ""
