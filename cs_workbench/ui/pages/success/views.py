"""The views of the Success page: one line each. A view's module is imported when it is shown for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from cs_workbench.i18n import mark


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """One view. ``factory`` is "module:class" (called with the desk); ``empty`` is said until the module is there."""

    id: str
    text: str
    icon: str
    factory: str
    empty: str


_HERE = "cs_workbench.ui.pages.success"

VIEWS: tuple[ViewEntry, ...] = (
    ViewEntry("map", mark("Success map"), "map", f"{_HERE}.board:MapView",
              mark("A success map shows the steps to success and where each account stands.")),
    ViewEntry("quadrant", mark("Quadrant"), "grid-2x2", f"{_HERE}.quadrant:QuadrantView",
              mark("The quadrant sets success against satisfaction.")),
    ViewEntry("plans", mark("Plans"), "target", f"{_HERE}.plans:PlansView",
              mark("Success plans show what each customer wants to reach.")),
    ViewEntry("onboarding", mark("Onboarding plans"), "play", f"{_HERE}.onboarding:OnboardingView",
              mark("Onboarding shows the first one to three months of each account.")),
    ViewEntry("stages", mark("Lifecycle"), "route", f"{_HERE}.stages:StagesView",
              mark("The lifecycle shows how far each account has come.")),
    ViewEntry("training", mark("Training"), "presentation", f"{_HERE}.training:TrainingView",
              mark("Training shows sessions, who came and who completed them.")),
)  # fmt: skip


def entry(view: str) -> ViewEntry | None:
    """The entry of the view with that id, if there is one."""
    return next((one for one in VIEWS if one.id == view), None)
