"""What every test shares: private folders, English messages, where the outside data lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from cs_workbench import i18n

hypothesis.settings.register_profile("ours", deadline=None)  # a test never measures time
hypothesis.settings.load_profile("ours")
SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


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
