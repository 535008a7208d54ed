"""The person's own settings on this machine, not the portfolio's: last portfolio, language. A small TOML file."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from cs_workbench import paths
from cs_workbench.errors import FileProblem

_PATIENCE = 5.0
_GIVEN_UP = 30.0
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def settings_file() -> str:
    """Path of the settings file; it need not exist."""
    return os.path.join(paths.config_dir(), "settings.toml")


def load() -> dict[str, Any]:
    """Every setting, empty when none were kept. Raises FileProblem when the file cannot be understood."""
    try:
        with open(settings_file(), "rb") as file:
            return tomllib.load(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileProblem(
            f"The settings file cannot be read: {problem}",
            f"Correct or delete {settings_file()}; nothing of the portfolio depends on it.",
            code="settings",
        ) from problem


def keep(**values: str | int | float | bool) -> None:
    """Keep *values* beside the settings that are there, all or nothing, whoever else keeps some meanwhile.

    Raises FileProblem where the file cannot be understood or written.
    """
    target = settings_file()
    try:
        paths.make_private_dir(os.path.dirname(target))
        with _turn(target + ".lock"):
            _replace(target, "".join(_lines(load() | values)))
    except OSError as problem:
        raise FileProblem(
            f"The settings could not be kept: {problem.strerror}",
            f"Check that {os.path.dirname(target)} can be written.",
            code="settings",
        ) from problem


def _replace(target: str, text: str) -> None:
    """Write beside the file under a name nobody else uses, force it to the disk, then put it in place."""
    descriptor, temporary = tempfile.mkstemp(prefix="settings-", suffix=".new", dir=os.path.dirname(target))
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@contextlib.contextmanager
def _turn(lock: str) -> Iterator[None]:
    """One writer at a time: the others wait; what a killed one left is taken away after half a minute."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            break
        except FileExistsError:
            with contextlib.suppress(OSError):
                if abs(time.time() - os.stat(lock).st_mtime) > _GIVEN_UP:
                    os.unlink(lock)
                    continue
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(lock)


def _lines(kept: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """TOML: the values of a table first, then the tables inside it."""
    for key, value in kept.items():
        if not isinstance(value, dict):
            yield f"{_name(key)} = {_written(value)}\n"
    for key, value in kept.items():
        if isinstance(value, dict):
            path = f"{above}{_name(key)}"
            yield f"\n[{path}]\n"
            yield from _lines(value, path + ".")


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else _written(key)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)} = {_written(one)}" for key, one in value.items()) + "}"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    import json  # a JSON string is a TOML basic string

    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
