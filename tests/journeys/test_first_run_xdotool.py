"""Journey (e) in a real window: an empty home, one key to the sample, Today shows, Ctrl+Q ends it, stderr empty."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0
"""Seconds before a wait is given up: how long it takes is no part of the test."""


def needed(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed: the real-window journey needs Xvfb and xdotool")
    return found


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A display of our own; Xvfb picks a free number and writes it down."""
    xvfb = needed("Xvfb")
    needed("xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    if not number:
        server.wait(timeout=PATIENCE)
        pytest.skip("Xvfb could not start here")
    yield f":{number}"
    server.terminate()
    server.wait(timeout=PATIENCE)


class RealWindow:
    """The program as a person starts it, and the keys they press."""

    def __init__(self, display: str, home: Path) -> None:
        self.home = home
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self.environment = kept | {
            "DISPLAY": display,
            "CS_WORKBENCH_HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONWARNINGS": "error::ResourceWarning",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cs_workbench"],
            cwd=home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def tool(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def window(self, title: str) -> str:
        """The id of the visible window whose whole title is *title*, or ""."""
        found = self.tool("search", "--onlyvisible", "--name", f"^{title}$").stdout.split()
        return found[0] if found else ""

    def wait(self, for_what: str, until: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            if self.process.poll() is not None:
                pytest.fail(
                    f"the program ended while {for_what} was waited for: {self.process.communicate()}"
                )
            if time.monotonic() > end:
                pytest.fail(f"{for_what} did not come")
            time.sleep(0.2)

    def press(self, window: str, keys: str) -> None:
        self.tool("windowfocus", window)  # --sync would wait for ever for a window that has just gone
        self.tool("key", "--clearmodifiers", keys)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


@pytest.fixture
def running(display: str, tmp_path: Path) -> Iterator[RealWindow]:
    home = tmp_path / "home"
    home.mkdir()
    window = RealWindow(display, home)
    yield window
    window.end()


def test_from_first_run_to_today_and_out_again(running: RealWindow) -> None:
    running.wait("the first-run window", lambda: running.window("CS Workbench"))
    window = running.window("CS Workbench")
    assert not list(running.home.glob("*.csw")), "nothing is made before the person chose"
    sample = running.home / "Sample.csw"

    def made() -> bool:
        """Press Enter (the marked button) until the window has heard it, then wait for the whole file."""
        if not list(running.home.glob("*.csw")) and not list(running.home.glob(".sample-*")):
            running.press(window, "Return")
        return sample.exists()

    running.wait("the sample portfolio", made)
    running.wait("Today of the sample", lambda: running.window("Sample – CS Workbench"))
    running.wait("its changes to be writable", (running.home / "Sample.csw.lock").exists)
    window = running.window("Sample – CS Workbench")

    def gone() -> bool:
        if running.process.poll() is None:
            running.press(window, "ctrl+q")
        return running.process.poll() is not None

    end = time.monotonic() + PATIENCE
    while not gone() and time.monotonic() < end:
        time.sleep(2)
    said, complained = running.process.communicate(timeout=PATIENCE)
    assert (running.process.returncode, said, complained) == (0, "", "")
    assert not list(running.home.glob(".sample-*")), "nothing half-made is left"
    assert (sample.stat().st_mode & 0o077) == 0
    assert page_left(running.home) == "today"


def page_left(home: Path) -> str:
    """The page the window was on when it closed, as it remembers it."""
    for line in (home / "config" / "window.ini").read_text(encoding="utf-8").splitlines():
        if line.startswith("page="):
            return line.removeprefix("page=")
    return ""
