"""Loads Qt's binding in two thirds of the time it takes by itself, without changing what it is.

Two things of PySide6 6.12 cost a start more than our own code does. It carries its Python half as source and compiles
it in every process (20 ms): the result is kept beside our own compiled files. And it makes every enumeration of a class
it is asked for through ``enum``'s checking constructor (50 ms for the 4,400 names a first page needs): without the
checks, the same classes take a quarter of it.

Whatever is not exactly as expected here is done in the usual way.
"""

from __future__ import annotations

import builtins
import enum
import marshal
import os
import sys
from collections.abc import Callable
from importlib.util import MAGIC_NUMBER, cache_from_source
from typing import Any
from zlib import crc32

from cs_workbench.ui.imports import unhook

KNOWN = ((3, 11), (3, 12))
"""Versions of Python whose enumerations are built of the same parts; a test compares each class."""

Compiled = dict[str, tuple[bytes, Any]]
"""File name → its source and its code."""


def load() -> None:
    """Import the binding; does nothing where it is there already."""
    if "PySide6.QtCore" not in sys.modules:
        make_enums_quickly()
        with_compiled(kept_file(), lambda: __import__("PySide6.QtCore"))
    unhook()


def kept_file() -> str:
    """Where the compiled source is kept: by Python's own rules for compiled files."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "qt_binding.py")
    return cache_from_source(beside).removesuffix(".pyc") + ".code"


def with_compiled(path: str, work: Callable[[], object]) -> None:
    """Do *work*; whole modules it compiles from bytes are taken from *path*, and kept there for the next time."""
    known = _read(path)
    used: Compiled = {}
    own = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        if rest or options or mode != "exec" or type(source) is not bytes or type(filename) is not str:
            return own(source, filename, mode, *rest, **options)
        entry = known.get(filename)
        if entry is None or entry[0] != source:
            entry = (source, own(source, filename, mode))
        used[filename] = entry
        return entry[1]

    builtins.compile = compiled
    try:
        work()
    finally:
        builtins.compile = own
    if used != known and not sys.dont_write_bytecode:
        _write(path, used)


def _read(path: str) -> Compiled:
    try:
        with open(path, "rb") as file:
            kept = file.read()
    except OSError:
        return {}
    head, body = kept[: len(MAGIC_NUMBER) + 4], kept[len(MAGIC_NUMBER) + 4 :]
    if head != _head(body):
        return {}
    found: Compiled = marshal.loads(body)  # noqa: S302 - our own file, beside the compiled modules and as safe as they
    return found


def _write(path: str, compiled: Compiled) -> None:
    body = marshal.dumps(compiled)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(_head(body) + body)
        os.replace(temporary, path)
    except OSError:
        return


def _head(body: bytes) -> bytes:
    """Which Python compiled it, and that it is whole."""
    return MAGIC_NUMBER + crc32(body).to_bytes(4, "little")


def make_enums_quickly() -> None:
    """Make the binding's enumerations without the checks its generated names do not need, from now on.

    Only where the library's enumerations are built as known here.
    """
    own = enum.EnumType._create_  # type: ignore[attr-defined]
    simple = getattr(enum, "_simple_enum", None)
    known = sys.version_info[:2] in KNOWN and hasattr(enum.Flag, "_singles_mask_")
    if not known or simple is None or own.__module__ != "enum":
        return
    taken = {base: frozenset(dir(base)) for base in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)}

    def create(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
        if cls not in taken or not _is_the_bindings(names, options) or taken[cls] & dict(names).keys():
            return own(cls, class_name, names, **options)
        made: Any = simple(etype=cls, boundary=enum.KEEP)(type(class_name, (object,), {}))
        made.__doc__ = None
        _add_members(made, names)
        return made

    enum.EnumType._create_ = create  # type: ignore[attr-defined]


def _is_the_bindings(names: Any, options: dict[str, Any]) -> bool:
    """Whether this is how the binding asks: pairs of names and whole numbers, every value kept, no module named."""
    return (
        type(names) is list
        and options.get("boundary") is enum.KEEP
        and options.get("module") is None
        and options.get("qualname") is None
        and options.get("type") is None
        and all(type(value) is int and name[0] != "_" for name, value in names)
        and len(dict(names)) == len(names)
    )


def _add_members(made: Any, names: list[tuple[str, int]]) -> None:
    """What ``enum`` does for each name, without asking each time what cannot be."""
    whole, flag = issubclass(made, int), issubclass(made, enum.Flag)
    by_name, by_value, listed = made._member_map_, made._value2member_map_, made._member_names_
    put = type.__setattr__  # the class's own refuses nothing here: the names are new
    mask = singles = 0
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if whole else object.__new__(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(listed)
            by_value[value] = member
            single = value != 0 and not value & (value - 1)
            if single or not flag:
                listed.append(name)
            mask |= value
            singles |= value if single else 0
        by_name[name] = member
        put(made, name, member)
    if flag:
        made._flag_mask_, made._singles_mask_ = mask, singles
        made._all_bits_ = 2 ** mask.bit_length() - 1
        values = [by_name[name]._value_ for name in listed]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
