"""What every test shares: private folders, English messages, where the outside data lies."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from cs_workbench import i18n
from cs_workbench.ui.immortal import keep_singletons

hypothesis.settings.register_profile("ours", deadline=None)  # a test never measures time
hypothesis.settings.load_profile("ours")
keep_singletons()  # as every start of the window does: tests that show one may begin without ours
SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def pytest_collection_finish() -> None:
    """What is there now stays to the end: no look for garbage needs to walk over it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Garbage is collected between tests only, as the window does it: on a pool thread it would take Qt's objects away.

    Seen: a reader's thread collected the widgets of the test before, and the interpreter ended.
    """
    gc.disable()
    yield
    gc.disable()  # the command line's entry turns it on again
    if not gc.get_freeze_count():  # a window was closed
        gc.collect()
        gc.freeze()
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            break


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings, caches and templates of a test lie in a folder of its own; messages are English."""
    monkeypatch.setenv("CS_WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
    i18n.set_language("en")
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files written by others; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(
            "../shared/data is not there: real files written by others are tried only beside the project"
        )
    return SHARED_DATA
