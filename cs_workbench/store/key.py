"""Passphrases: one slow derivation to a raw key, with what it needs kept beside the portfolio.

The salt is the file's own first sixteen bytes, so that a portfolio moved without its key file can still be
opened; the key file names the cost of the derivation and holds a check that tells a wrong passphrase from damage.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets

from cs_workbench.store import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SALT_SIZE = 16
_KEY_SIZE = 32
_CHECK = b"cs-workbench key check 1"
DEFAULT_COST: dict[str, Any] = {"kdf": "argon2id", "time": 3, "memory_kib": 65_536, "lanes": 4}


def key_file(path: str) -> str:
    """Where the key file of the portfolio at *path* lies."""
    return path + ".key"


def new_key(path: str, passphrase: str, cost: dict[str, Any] = DEFAULT_COST) -> str:
    """Derive a key for a portfolio about to be made at *path*, write its key file, return key and salt in hex.

    Raises OSError where the key file cannot be written.
    """
    salt = secrets.token_bytes(SALT_SIZE)
    raw = _derive(passphrase, salt, cost)
    _write(path, raw, cost)
    return raw.hex() + salt.hex()


def unlock(path: str, passphrase: str) -> tuple[str, bool | None]:
    """The raw key and salt in hex for the portfolio at *path*, and whether the key file vouches for the passphrase.

    None where there is no key file to ask: then the usual cost is assumed. Whether the file opens decides.
    """
    with open(path, "rb") as file:
        salt = file.read(SALT_SIZE)
    known = _read(path)
    raw = _derive(passphrase, salt, known or DEFAULT_COST)
    vouched = None if known is None else hmac.compare_digest(str(known.get("check")), _check(raw))
    return raw.hex() + salt.hex(), vouched


def _derive(passphrase: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=int(cost["time"]),
        memory_cost=int(cost["memory_kib"]),
        parallelism=int(cost["lanes"]),
        hash_len=_KEY_SIZE,
        type=Type.ID,
    )


def _check(raw: bytes) -> str:
    return hmac.new(raw, _CHECK, hashlib.sha256).hexdigest()


def _write(path: str, raw: bytes, cost: dict[str, Any]) -> None:
    content = json.dumps({"format": 1, **cost, "check": _check(raw)}, indent=1)
    files.write_private(key_file(path), content.encode())


def _read(path: str) -> dict[str, Any] | None:
    try:
        with open(key_file(path), "rb") as file:
            content = json.loads(file.read(4096))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and content.get("kdf") == "argon2id" else None
