"""What a view puts into the Success page's header has its place in the order of Tab, a choice as well."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cs_workbench.ui.pages.success import SuccessPage
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice


class Furnished(SuccessView):
    """A view with a choice between two buttons."""

    def buttons(self) -> list[QWidget]:
        """In reading order."""
        self.which = Choice(name="Which")
        self.which.addItems(["one", "two"])
        self.which.view()
        self.parts: list[QWidget] = [Button("A"), self.which, Button("B")]
        return self.parts


def test_a_choice_in_the_header_is_reached_in_order(
    make_page: Callable[..., SuccessPage], no_qt_warnings: list[str]
) -> None:
    page = make_page(SuccessPage)
    view = Furnished(page.desk)
    page._furnish("furnished", view)
    assert no_qt_warnings == []
    order, at = [], view.parts[0]
    for _step in range(6):
        order.append(at)
        following = at.nextInFocusChain()
        assert following is not None
        at = following
    reached = [one for one in order if one in view.parts]
    assert reached == view.parts
