"""How strong a passphrase is said to be."""

from __future__ import annotations

import pytest

from cs_workbench.domain.passphrase import bits, strength


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "weak"),
        ("password", "weak"),
        ("P@ssw0rd", "weak"),
        ("P@ss-w0rd", "fair"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "weak"),
        ("12345678901234567890", "weak"),
        ("abcdefghijklmnopqrstuvwxyz", "weak"),
        ("correct horse battery staple", "strong"),
        ("顧客の更新は毎年十一月", "strong"),
        ("kv7!Qz", "weak"),
        ("mochi-98-Tokyo", "strong"),
    ],
)
def test_words(typed: str, said: str) -> None:
    assert strength(typed) == said


def test_longer_is_never_weaker() -> None:
    text = "correct horse battery staple"
    found = [bits(text[:length]) for length in range(len(text) + 1)]
    assert found == sorted(found)
    assert found[0] == 0.0


def test_one_letter_over_and_over_counts_once() -> None:
    assert bits("z" * 1000) == bits("z")
