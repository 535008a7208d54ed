"""Every verb tells a file whose tables are not a portfolio's in one sentence, as any damaged file: no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders_unfit import UNFIT, Spoil
from tests.cli.conftest import Run

VERBS = (("accounts",), ("check",), ("backup",), ("undo",), ("renewals",), ("accounts", "--json"))


@pytest.mark.parametrize(("spoil", "code", "word"), UNFIT.values(), ids=list(UNFIT))
def test_it_is_told_in_a_sentence(csw: Run, tmp_path: Path, spoil: Spoil, code: str, word: str) -> None:
    assert csw("init").code == 0
    spoil(str(tmp_path / "portfolio.csw"))
    for verb in VERBS:
        ran = csw(*verb)
        assert ran.code == 1, verb
        assert word in ran.err
        assert "→" in ran.err, "and what to do"
        assert "Traceback" not in ran.err + ran.out
        assert "fault in the program" not in ran.err
        if "--json" in verb:
            assert ran.json["error"]["code"] == code
    assert not (tmp_path / "portfolio.csw-backups").exists(), "and it is not backed up as if it were whole"


def test_as_other_damage(csw: Run, tmp_path: Path) -> None:
    """The exit code a script knows is that of any file that cannot be opened."""
    assert csw("init").code == 0
    path = tmp_path / "portfolio.csw"
    path.write_bytes(path.read_bytes()[:4096])
    cut = csw("accounts")
    UNFIT["nothing in it"][0](str(path))
    assert csw("accounts").code == cut.code == 1
