"""The narrow column of the import dialog: its counts and fields stay in sight whatever its notes say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.ui.dialogs.import_files import ImportDialog
from cs_workbench.ui.dialogs.import_words import breakable
from tests.ui.test_import_dialog import GOOD, HEADER, file_of, opened, ready

__all__ = ["opened", "ready"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_note_on_long_columns_does_not_push_the_counts_out(
    language: str, opened: Callable[..., ImportDialog], tmp_path: Path
) -> None:
    names = ("referral_source", "is_trial_of_the_enterprise_plan", "x" * 80, "downgrade_flag")
    rows = [line + ",a,b,c,d" for line in GOOD]
    i18n.set_language(language)
    dialog = opened(
        file_of(tmp_path, *rows, header=",".join((HEADER, *names)), name=f"{'long_name_' * 12}.csv")
    )
    side, inside = dialog.side, dialog.side.widget()
    i18n.set_language("en")
    assert side.notes.isVisible()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= side.viewport().width()
    number = side.counts["created"].number
    assert number.mapTo(side.viewport(), number.rect().topRight()).x() < side.viewport().width()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("short words here", 1),
        ("“plan_tier”、“seats”", 2),
        ("ravenstack_subscriptions.csv", 3),
        ("x" * 50, 4),
        ("・" * 50, 1),
        ("", 1),
    ],
)
def test_only_what_is_too_long_can_break_elsewhere(text: str, parts: int) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text
    assert len(broken.split("\u200b")) == parts
