"""Loads Qt's binding in half the time it takes by itself, without changing what it is.

Three things of PySide6 6.12 cost a start more than our own code does. It carries its Python half as source and compiles
it in every process (20 ms), with regular expressions that take as long again: both results are kept beside our own
compiled files. And it makes every enumeration of a class it is asked for through ``enum``'s checking constructor (50 ms
for the 4,400 names a first page needs): without the checks, the same classes take a quarter of it.

Whatever is not exactly as expected here is done in the usual way.
"""

from __future__ import annotations

import builtins
import enum
import marshal
import os
import re
import sys
from collections.abc import Callable
from importlib.util import cache_from_source
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from cs_workbench.ui.imports import unhook

KNOWN = ((3, 11), (3, 12))
"""Versions of Python whose enumerations and patterns are built of the same parts; a test compares each class."""

Kept = dict[Any, Any]
"""File name → (source, code), and (pattern, flags) → what the pattern is made of."""


def load() -> None:
    """Import the binding; does nothing where it is there already."""
    if "PySide6.QtCore" not in sys.modules:
        make_enums_quickly()
        with_kept(kept_file(), lambda: __import__("PySide6.QtCore"))
    unhook()


def kept_file() -> str:
    """Where what was compiled is kept: by Python's own rules for compiled files."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "qt_binding.py")
    return cache_from_source(beside).removesuffix(".pyc") + ".code"


def with_kept(path: str, work: Callable[[], object]) -> None:
    """Do *work*; what it compiles, modules and patterns, is taken from *path* and kept there for the next time."""
    known, used = _read(path), Kept()
    compiler: Any = getattr(re, "_compiler", None) if sys.version_info[:2] in KNOWN else None
    own_code, own_pattern = builtins.compile, getattr(compiler, "compile", None)
    builtins.compile = _modules(known, used)
    if own_pattern is not None:
        compiler.compile = _patterns(compiler, known, used)
    try:
        work()
    finally:
        builtins.compile = own_code
        if own_pattern is not None:
            compiler.compile = own_pattern
    if used != known and not sys.dont_write_bytecode:
        _write(path, used)


def _modules(known: Kept, used: Kept) -> Any:
    """``compile`` for whole modules given as bytes; the source must be the same to the letter."""
    own = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        if rest or options or mode != "exec" or type(source) is not bytes or type(filename) is not str:
            return own(source, filename, mode, *rest, **options)
        entry = known.get(filename)
        if entry is None or entry[0] != source:
            entry = (source, own(source, filename, mode))
        used[filename] = entry
        return entry[1]

    return compiled


def _patterns(compiler: Any, known: Kept, used: Kept) -> Any:
    """``re``'s own compiler, whose last step is done from what it was given the last time."""
    own, engine = compiler.compile, compiler._sre

    def compiled(pattern: Any, flags: Any = 0) -> Any:
        key = (pattern, flags)
        if type(pattern) is not str or type(flags) is not int:
            return own(pattern, flags)
        if key in known:
            used[key] = known[key]
            return engine.compile(*known[key])

        def last(text: str, mode: int, code: list[int], *groups: Any) -> Any:
            number, names, places = groups
            numbers = [int(one) for one in code]  # some are constants with names
            used[key] = (text, int(mode), numbers, number, dict(names), tuple(places))
            return engine.compile(text, mode, code, *groups)

        compiler._sre = SimpleNamespace(**{**vars(engine), "compile": last})
        try:
            return own(pattern, flags)
        finally:
            compiler._sre = engine

    return compiled


def _read(path: str) -> Kept:
    try:
        with open(path, "rb") as file:
            kept = file.read()
    except OSError:
        return {}
    length = len(_head(b""))
    if kept[:length] != _head(kept[length:]):
        return {}
    found: Kept = marshal.loads(kept[length:])  # noqa: S302 - our own, beside the compiled modules and as safe as they
    return found


def _write(path: str, kept: Kept) -> None:
    temporary = f"{path}.{os.getpid()}"
    try:
        body = marshal.dumps(kept)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(_head(body) + body)
        os.replace(temporary, path)
    except (OSError, ValueError):  # no room, or something that cannot be kept: the next start compiles again
        return


def _head(body: bytes) -> bytes:
    """Which Python compiled it, and that it is whole."""
    return f"{sys.version}\n{crc32(body):08x}\n".encode()


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
