"""How strong a passphrase is, in three words: an estimate from its length and the letters it draws from."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal

Strength = Literal["weak", "fair", "strong"]

_CLASSES = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
_OTHER_ASCII = 33
_BEYOND = 1000  # kana, kanji, accented letters: more to choose from than any class above
FAIR_BITS = 50.0
STRONG_BITS = 75.0


def bits(passphrase: str) -> float:
    """An upper estimate of the guesses needed, as a power of two: length times the size of the alphabet used.

    Repeats and runs ("aaaa", "1234") count as one letter, so a long monotone line stays weak.
    """
    pool = sum(size for within, size in _CLASSES if any(within(c) for c in passphrase if c.isascii()))
    if any(c.isascii() and not c.isalnum() for c in passphrase):
        pool += _OTHER_ASCII
    if any(not c.isascii() for c in passphrase):
        pool += _BEYOND
    return _changes(passphrase) * math.log2(pool) if pool > 1 else 0.0


def strength(passphrase: str) -> Strength:
    """Weak below 50 bits, strong from 75: what an attacker with the file and time to guess needs."""
    found = bits(passphrase)
    return "strong" if found >= STRONG_BITS else "fair" if found >= FAIR_BITS else "weak"


def _changes(text: str) -> int:
    """How many letters do not merely repeat the one before or follow it in the alphabet."""
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    return min(len(text), 1 + sum(1 for step in steps if step not in (-1, 0, 1)))
