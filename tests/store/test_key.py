"""Encrypted portfolios: the right passphrase opens, a wrong one is told apart from damage, nothing leaks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cs_workbench.errors import PortfolioProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import gate, key

CHEAP = {"kdf": "argon2id", "time": 1, "memory_kib": 64, "lanes": 1}
CANARY = "秘密のカナリア-1234"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A derivation that costs nothing: what it costs is checked once, by its parameters."""
    monkeypatch.setattr(key, "DEFAULT_COST", CHEAP)
    monkeypatch.setattr(key.new_key, "__defaults__", (CHEAP,))


@pytest.fixture
def keyed(path: str, cheap: None) -> Path:
    with Workbench.open(path, key="open sesame", create=True) as wb, wb.change("Write") as db:
        db.execute("insert into setting (key, value) values ('a', ?)", (CANARY,))
    return Path(path)


def test_the_usual_derivation_is_slow_enough() -> None:
    assert key.DEFAULT_COST["kdf"] == "argon2id"
    assert key.DEFAULT_COST["memory_kib"] >= 65_536
    assert key.DEFAULT_COST["time"] >= 3


def test_the_passphrase_opens_and_nothing_is_readable_without(keyed: Path) -> None:
    with Workbench.open(str(keyed), key="open sesame") as wb:
        assert wb.reads.scalar("select value from setting") == CANARY
        with wb.change("More") as db:
            db.execute("update setting set value=value || '!'")
        for name in os.listdir(keyed.parent):
            content = (keyed.parent / name).read_bytes()
            assert CANARY.encode() not in content
            assert not content.startswith(gate.MAGIC)


def refused(path: Path, passphrase: str | None) -> str:
    before = path.read_bytes()
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(str(path), key=passphrase)
    assert path.read_bytes() == before
    return caught.value.code


def test_a_wrong_passphrase_is_told(keyed: Path) -> None:
    assert refused(keyed, "open barley") == "wrong_key"


def test_no_passphrase_is_told(keyed: Path) -> None:
    assert refused(keyed, None) == "encrypted"


def test_damage_with_the_right_passphrase_is_told(keyed: Path) -> None:
    with keyed.open("r+b") as file:
        file.seek(200)
        file.write(b"\x00" * 64)
    assert refused(keyed, "open sesame") == "damaged"
    assert refused(keyed, "open barley") == "wrong_key"


def test_without_its_key_file_it_still_opens(keyed: Path) -> None:
    os.unlink(key.key_file(str(keyed)))
    with Workbench.open(str(keyed), key="open sesame") as wb:
        assert wb.reads.scalar("select value from setting") == CANARY
    assert refused(keyed, "open barley") == "wrong_key_or_damaged"
    assert refused(keyed, None) == "encrypted"


def test_a_foreign_key_file_does_not_lock_the_owner_out(keyed: Path) -> None:
    key.new_key(str(keyed), "another portfolio's", CHEAP)
    with Workbench.open(str(keyed), key="open sesame") as wb:
        assert wb.reads.scalar("select count(*) from setting") == 1


def test_a_passphrase_for_a_plain_portfolio_is_told(path: str) -> None:
    Workbench.open(path, create=True).close()
    assert refused(Path(path), "open sesame") == "not_encrypted"


def test_a_cut_off_encrypted_file_is_told(keyed: Path) -> None:
    os.truncate(keyed, keyed.stat().st_size - 100)
    assert refused(keyed, "open sesame") == "truncated"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kdf": "md5"}'])
def test_an_unreadable_key_file_counts_as_none(keyed: Path, content: bytes) -> None:
    Path(key.key_file(str(keyed))).write_bytes(content)
    with Workbench.open(str(keyed), key="open sesame") as wb:
        assert wb.reads.scalar("select count(*) from setting") == 1


def test_the_key_file_does_not_hold_the_key(keyed: Path) -> None:
    raw, vouched = key.unlock(str(keyed), "open sesame")
    assert vouched is True
    content = Path(key.key_file(str(keyed))).read_text()
    assert raw[:64] not in content
    assert "sesame" not in content
