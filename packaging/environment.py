"""The project's own environment: a virtual environment made from the lock file, and the system libraries Qt needs.

Standard library only: it runs on a bare Python before anything is installed.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
OLDEST = (3, 11)
LOCKS = {"run": PACKAGING / "requirements.lock", "test": PACKAGING / "requirements-test.lock"}

# soname -> Debian package. Offscreen first, then what a real X window adds.
DEBIAN_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
}


class SetupFailed(SystemExit):
    """Set-up cannot go on; the text says what to do."""


def prepare(purpose: str) -> Path:
    """Make the environment for *purpose* ("run" or "test") current and return its Python. Fast when nothing changed.

    Raises SetupFailed with the remedy.
    """
    if sys.version_info < OLDEST:
        raise SetupFailed(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}."
        )
    home = ROOT / ".venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = home / f"installed-{purpose}"
    wanted = _fingerprint(LOCKS[purpose])
    if python.exists() and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return python
    if not _runs(python):
        _create(home)
    _install(python, LOCKS[purpose])
    _link(python)
    mark.write_text(wanted, encoding="ascii")
    if purpose == "test":  # the test lock holds everything the run lock holds
        (home / "installed-run").write_text(_fingerprint(LOCKS["run"]), encoding="ascii")
    return python


def _fingerprint(lock: Path) -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}|{ROOT}"
    return hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()


def _runs(python: Path) -> bool:
    if not python.exists():
        return False
    probe = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return subprocess.run([python, "-c", probe], check=False, stderr=subprocess.DEVNULL).returncode == 0


def _create(home: Path) -> None:
    print(f"Making the environment in {home.name} (once) …", file=sys.stderr, flush=True)
    shutil.rmtree(home, ignore_errors=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(home)
    except (OSError, subprocess.CalledProcessError) as problem:
        shutil.rmtree(home, ignore_errors=True)
        raise SetupFailed(
            f"The environment could not be made: {problem}\n"
            "On Debian or Ubuntu: apt-get install python3-venv   then run this command again."
        ) from problem


def _install(python: Path, lock: Path) -> None:
    print("Installing what is locked (a few minutes the first time) …", file=sys.stderr, flush=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", lock]
    if subprocess.run(command, check=False).returncode:
        raise SetupFailed(
            "Installing failed (see above). Nothing of yours was touched. "
            "Check the network and the free disk space, then run this command again."
        )


def _link(python: Path) -> None:
    """Let the environment import the checkout: a path file needs no build step."""
    ask = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    where = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    (Path(where) / "cs_workbench_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def missing_libraries() -> list[str]:
    """Debian packages whose library cannot be loaded here; always empty on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for soname, package in DEBIAN_LIBRARIES.items() if not _loads(soname)]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def require_libraries() -> None:
    """Install the system libraries of the window where that is allowed, else say the one line to run.

    Raises SetupFailed with that line.
    """
    missing = missing_libraries()
    if not missing:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(missing)
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing system libraries: {' '.join(missing)} …", file=sys.stderr, flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update", "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
        subprocess.run([apt, *line.split()[1:], "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
        if not missing_libraries():
            return
    prefix = "sudo " if apt else "(with your system's package manager) "
    raise SetupFailed(
        f"System libraries are missing for the window. Run this once, then try again:\n\n  {prefix}{line}\n"
    )
