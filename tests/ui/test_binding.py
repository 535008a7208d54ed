"""The binding loads faster and is the same: its enumerations, its modules, its patterns."""

from __future__ import annotations

import builtins
import enum
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cs_workbench.ui import binding

PICTURE = """
import enum, json, sys
if sys.argv[1] == "ours":
    import cs_workbench.ui
from PySide6 import QtCore, QtGui, QtWidgets
seen = {}
def look(name, one):
    plain = {key: repr(value) for key, value in vars(one).items()
             if not key.startswith("__") and " at 0x" not in repr(value)}
    some = list(one)[:6]
    flags = []
    if some and issubclass(one, enum.Flag):
        flags = [repr(some[0] | some[-1]), repr(some[0] & some[-1]), repr(~some[0]), repr(one(some[-1].value))]
    seen[name] = [repr(one), [each.__name__ for each in one.__mro__], one.__module__, one.__qualname__, one.__doc__,
                  [repr(each) for each in one], {key: repr(value) for key, value in one.__members__.items()},
                  [str(each) + format(each) for each in some], sorted(vars(some[0])) if some else [], plain, flags,
                  [each.name == one(each.value).name for each in some], sorted(dir(one))]
for module in (QtCore, QtGui, QtWidgets):
    for name in sorted(dir(module)):
        thing = getattr(module, name)
        inside = vars(thing).items() if isinstance(thing, type) else ()
        for key, one in [(name, thing), *((f"{name}.{key}", value) for key, value in inside)]:
            if isinstance(one, enum.EnumType):
                look(f"{module.__name__}.{key}", one)
json.dump(seen, sys.stdout)
"""


def picture(whose: str, home: Path) -> dict[str, object]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(home)}
    said = subprocess.run(
        [sys.executable, "-c", PICTURE, whose], capture_output=True, text=True, check=True, env=environment
    )
    found: dict[str, object] = json.loads(said.stdout)
    return found


def test_every_enumeration_is_what_the_binding_makes_itself(tmp_path: Path) -> None:
    theirs, first, second = (picture(whose, tmp_path) for whose in ("theirs", "ours", "ours"))
    assert len(theirs) > 500
    assert list(tmp_path.rglob("qt_binding*.code"))
    for ours in (first, second):
        assert ours.keys() == theirs.keys()
        assert [name for name in theirs if theirs[name] != ours[name]] == []


def test_other_enumerations_are_made_as_always() -> None:
    colour = enum.Enum("colour", "red green")
    assert [one.value for one in colour] == [1, 2]
    with pytest.raises(TypeError):
        enum.IntFlag("twice", [("a", 1), ("a", 2)], boundary=enum.KEEP)


def compiles(
    path: Path, source: bytes = b"answer = 6 * 7", pattern: str = r"(?P<word>\w+) (\d+)"
) -> list[str]:
    """Compile a module and a pattern under the cache; returns which of the two were really compiled."""
    done: list[str] = []
    own, parser = builtins.compile, re._parser  # type: ignore[attr-defined]
    parse = parser.parse

    def work() -> None:
        space: dict[str, object] = {}
        exec(compile(source, "some.py", "exec"), space)
        assert space["answer"] == 42
        re.purge()
        found = re.compile(pattern).match("abc 12")
        assert found is not None
        assert found.groupdict() == {"word": "abc"}
        assert found.group(2) == "12"

    def counted(*arguments: object) -> object:
        done.append("module" if arguments[1] == "some.py" else str(arguments[1]))
        return own(*arguments)  # type: ignore[call-overload]

    def parsed(*arguments: object) -> object:
        done.append("pattern")
        return parse(*arguments)

    builtins.compile = counted  # type: ignore[assignment]
    parser.parse = parsed
    try:
        binding.with_kept(str(path), work)
    finally:
        builtins.compile, parser.parse = own, parse
    return done


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "new" / "kept.code"


@pytest.mark.skipif(sys.version_info[:2] not in binding.KNOWN, reason="patterns are left alone there")
def test_what_was_compiled_is_not_compiled_again(place: Path) -> None:
    assert compiles(place) == ["module", "pattern"]
    assert compiles(place) == []
    assert compiles(place, source=b"answer = 42") == ["module"]
    assert compiles(place, source=b"answer = 42", pattern=r"(?P<word>[a-z]+) (\d+)") == ["pattern"]


@pytest.mark.parametrize("spoilt", [b"", b"not ours", b"cut", b"changed"])
def test_a_spoilt_file_is_made_again(place: Path, spoilt: bytes) -> None:
    compiles(place)
    whole = place.read_bytes()
    place.write_bytes({b"cut": whole[:-9], b"changed": whole[:-1] + b"?"}.get(spoilt, spoilt))
    assert "module" in compiles(place)
    assert compiles(place) == [] or sys.version_info[:2] not in binding.KNOWN


def test_where_nothing_may_be_kept_all_works(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert "module" in compiles(place)
    assert not place.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place.parent.write_text("a file where the folder should be")
    assert "module" in compiles(place)


def test_python_is_itself_again_even_after_an_error(place: Path) -> None:
    own, pattern = builtins.compile, re._compiler.compile  # type: ignore[attr-defined]

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        binding.with_kept(str(place), fail)
    assert builtins.compile is own
    assert re._compiler.compile is pattern  # type: ignore[attr-defined]


def test_the_kept_file_lies_with_pythons_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    assert binding.kept_file().startswith(str(tmp_path))
    assert sys.implementation.cache_tag in os.path.basename(binding.kept_file())
