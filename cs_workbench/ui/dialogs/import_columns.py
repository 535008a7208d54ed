"""The menu of one column: the field it fills, kept as a field of one's own, not taken; and how its values are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.intake.field_names import field_name, option_choices
from cs_workbench.services.intake.offers import (
    KEEPS_OWN,
    NOT_TAKEN,
    Offer,
    field_choices,
    own_field,
    with_column,
)
from cs_workbench.ui.widgets.menu import Menu

_CUT = 60


def column_menu(offer: Offer, place: int, change: Callable[[Offer], object], parent: QWidget) -> QMenu:
    """A menu that calls *change* with the offer corrected; the choices of now are ticked."""
    menu = Menu(parent)
    mapping = offer.mapping
    if mapping is None:
        return menu
    column = mapping.columns[place]

    def add(to: QMenu, words: str, spelled: str, *, ticked: bool) -> None:
        action = QAction(_plain(words), to)
        action.setCheckable(True)
        action.setChecked(ticked)
        action.triggered.connect(lambda: change(with_column(offer, place, spelled)))
        to.addAction(action)

    options = option_choices(mapping.kind, column)
    if options:
        sub = menu.addMenu(_("Read values"))
        for option, words in options:
            spelled = replace(column, option=option).spelled()
            add(sub, words, spelled, ticked=option == column.option)
        menu.addSeparator()
    own = own_field(mapping.kind, column.header)
    if own != NOT_TAKEN:
        words = _("Keep as a field of your own") if mapping.kind in KEEPS_OWN else _("Take as a metric")
        is_own = column.field == own or (
            column.field.partition(":")[0] == own.partition(":")[0] and ":" in own
        )
        add(menu, words, own, ticked=is_own)
    add(menu, _("Do not take"), NOT_TAKEN, ticked=column.field == NOT_TAKEN)
    menu.addSeparator()
    taken = {one.field for one in mapping.columns}
    for key in field_choices(mapping.kind):
        name = field_name(mapping.kind, key)
        words = (
            _("{field} (in another column now)").format(field=name) if key in taken - {column.field} else name
        )
        add(menu, words, key, ticked=key == column.field)
    return menu


def _plain(words: str) -> str:
    """*words* as a menu shows them: & is a letter."""
    cut = words if len(words) <= _CUT else words[: _CUT - 1] + "…"
    return cut.replace("&", "&&")
