"""The house keeps its own rules: sizes, names, floors, languages, lock files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "cs_workbench"
MODULES = sorted(path for path in CODE.rglob("*.py") if "_shared" not in path.parts)
TEXTS = (".py", ".md", ".toml", ".j2", ".lock", ".sh", ".yaml", ".yml", ".typ", ".po", ".svg", "")
BROAD_ALLOWED = ("app.py", "tasks.py", "__main__.py")


def tracked_texts() -> Iterator[Path]:
    """Every text file of the project, as a checkout or an export holds it."""
    skipped = {
        ".git",
        ".venv",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".hypothesis",
        "fonts",
        "_shared",
    }
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and not skipped.intersection(path.relative_to(ROOT).parts) and path.suffix in TEXTS:
            yield path


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module with its syntax tree."""
    for path in MODULES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def span(node: ast.AST) -> int:
    """Lines a class or function takes."""
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def test_top_level_folders_are_the_agreed_ones() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"build", "dist"} == {
        "cs_workbench",
        "resources",
        "reports_templates",
        "tests",
        "packaging",
    }


def test_modules_classes_and_functions_stay_small() -> None:
    large = []
    for path, tree in trees():
        if "versions" in path.parts:
            continue
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 400:
            large.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and span(node) > 250:
                large.append(f"{path.relative_to(ROOT)}: class {node.name} {span(node)}")
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and span(node) > 40:
                large.append(f"{path.relative_to(ROOT)}: {node.name} {span(node)}")
    assert large == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}
    assert [str(path) for path in MODULES if path.stem in drawers or path.parent.name in drawers] == []


def test_broad_excepts_only_where_the_program_must_go_on() -> None:
    broad = []
    for path, tree in trees():
        if path.name in BROAD_ALLOWED or {"cli", "selftest"}.intersection(path.parts):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                caught = getattr(node.type, "id", "")
                if node.type is None or caught in ("Exception", "BaseException"):
                    broad.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert broad == []


def test_every_module_and_public_name_says_what_it_is_for() -> None:
    silent = []
    for path, tree in trees():
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []


def test_messages_are_never_built_before_translation() -> None:
    built = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext", "mark")):
                continue
            texts = node.args[:2] if getattr(node.func, "id", "") == "ngettext" else node.args[:1]
            if getattr(node.func, "id", "") == "_" and path.name == "i18n.py":
                continue
            if any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in texts):
                built.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert built == []


def test_rows_are_never_replaced_behind_the_journal() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if re.search(
            r"\b(insert\s+or\s+replace|replace\s+into)\b", path.read_text(encoding="utf-8"), re.IGNORECASE
        )
    ]
    assert found == []


SQL = re.compile(
    r"\s*(select\s.+\sfrom\s|select\s+[\w.]+\(|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s"
    r"|pragma\s+\w|create\s+(temp\s+)?(table|index|trigger|view)\s|attach\s+database|savepoint\s)",
    re.IGNORECASE | re.DOTALL,
)


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("select id from account", True),
        ("select count(*)", True),
        ("\n  with x as (select 1) select * from x", True),
        ("update account set name = ?", True),
        ("Select the accounts to export.", False),
        ("Update the settings", False),
        ("selected", False),
    ],
)
def test_what_counts_as_sql(text: str, is_sql: bool) -> None:
    assert bool(SQL.match(text)) is is_sql


def test_sql_stands_in_the_store_only() -> None:
    found = []
    for path, tree in trees():
        if "store" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value.strip()[:40]}")
    assert found == []


def test_no_network_library_in_the_program() -> None:
    forbidden = {
        "requests",
        "urllib.request",
        "socket",
        "http.client",
        "ftplib",
        "smtplib",
        "httpx",
        "aiohttp",
    }
    found = []
    for path, tree in trees():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name in forbidden]
    assert found == []


def test_lock_files_have_hashes_and_no_address() -> None:
    for lock in (ROOT / "packaging").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert "--index" not in text, lock.name
        requirements = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
        assert len(requirements) > 20
        for requirement in requirements:
            assert "==" in requirement, requirement
            assert "--hash=sha256:" in requirement, requirement


def test_the_project_names_no_machine() -> None:
    machine = re.compile(r"/(?:home|root|Users)/[a-z]|/opt/pypi|" + re.escape(str(ROOT.parent) + "/"))
    named = []
    for path in tracked_texts():
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if machine.search(line):
                named.append(f"{path.relative_to(ROOT)}:{number}")
    assert named == []


def test_the_floors_hold() -> None:
    command = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    ran = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("arguments", [["accounts"], ["accounts", "--json"]])
def test_the_account_list_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    """Issue: `cs-workbench accounts` works without Qt, SQLAlchemy or matplotlib being imported."""
    portfolio = str(tmp_path / "p.csw")
    made = [sys.executable, "-m", "cs_workbench", "--portfolio", portfolio, "init"]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    probe = (
        "import sys\n"
        "from cs_workbench import __main__\n"
        "from cs_workbench.cli import quick\n"
        "code = quick.run(sys.argv[1:])\n"
        "heavy = {'PySide6', 'sqlalchemy', 'matplotlib', 'numpy', 'alembic', 'jinja2', 'argparse', 'dataclasses'}\n"
        "print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", probe, "--portfolio", portfolio, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stderr.strip().endswith("0 []"), ran.stderr
