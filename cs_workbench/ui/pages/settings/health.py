"""Health and signals: bands, weights, cadence, and which signals are raised from what on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services import health_settings, signal_settings
from cs_workbench.services.health_words import axis as axis_name
from cs_workbench.services.portfolio_settings import LONGEST_CADENCE, set_cadence
from cs_workbench.ui.pages.settings.required import RequiredRoles
from cs_workbench.ui.pages.settings.rows import SettingRow
from cs_workbench.ui.pages.settings.rule_words import figure_words, rule_hint, rule_name
from cs_workbench.ui.pages.settings.section import DAYS, Section, Work
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.services.signal_settings import RuleSetting

_AXES = ("deployment", "engagement", "adoption", "roi")
_MOST = {
    "share": 1.0,
    "nps": 10.0,
    "csat": 10.0,
    "points": 100.0,
    "times": 100.0,
    "months": 60.0,
    "least": 1000.0,
}


class HealthSection(Section):
    """The default scorecard above, the signal rules below; each with its way back."""

    id = "health"
    title = mark("Health and signals")
    icon = "heart-pulse"
    words = "へるすとしぐなる"

    def build(self) -> None:
        """Scores, cadence, then a row for each rule once they are read."""
        self._bands_row()
        self._weights_row()
        self._cadence_row()
        self.required = RequiredRoles(self)
        self.subtitle(_("Signals"))
        self.rules: dict[str, RuleRow] = {}
        hint = _("Switches and figures of all signals as they came.")
        self.restore_row = self.row(
            "restore_rules", _("Defaults"), hint, kana="しょきち", plain="restore reset"
        )
        self.restore_rules = Button(_("Restore signal defaults"), icon="rotate-ccw")
        self.restore_row.put(self.restore_rules)
        self.restore_rules.clicked.connect(
            lambda: self.keeper.keep(self.restore_row, signal_settings.restore)
        )

    def _bands_row(self) -> None:
        row = self.row(
            "bands",
            _("Bands"),
            _(
                "Below yellow is red. Bounds and weights count from the next scoring; each edit is a new version."
            ),
            kana="はんてい しきいち",
            plain="green yellow red threshold",
        )
        self.green = self.number(row, _("Green from"), (1, 100), self._greens, before=_("Green from"))
        self.yellow = self.number(row, _("Yellow from"), (1, 100), self._yellows, before=_("Yellow from"))
        self.score = Button(_("Score all accounts"), icon="heart-pulse")
        self.score.clicked.connect(lambda: self.desk.act("score"))
        row.put(self.green, self.yellow, self.score)

    def _weights_row(self) -> None:
        self.weights_row = row = self.row("weights", _("Weights"), "", kana="おもみ", plain="axis dear")
        self.weights: dict[str, NumberField] = {}
        self.shares: dict[str, QLabel] = {}
        for axis in _AXES:
            name = axis_name(axis)
            self.weights[axis] = self.number(row, name, (0, 100), self._weigher(axis), before=name)
        self.restore_card = Button(
            _("Restore"), "quiet", icon="rotate-ccw", name=_("Restore bands and weights")
        )
        self.restore_card.clicked.connect(
            lambda: self.keeper.keep(row, lambda wb: health_settings.restore(wb, now=self.desk.now()))
        )
        row.put(*self.weights.values(), self.restore_card)

    def _cadence_row(self) -> None:
        self.cadence_row = self.row(
            "cadence",
            _("Contact cadence"),
            _("Days between two-way contacts, by tier. Longer without one is a signal."),
            kana="せっしょくひんど",
            plain="touch debt tier",
        )
        self.cadences: dict[str, NumberField] = {}
        self.no_tier = self.number(
            self.cadence_row,
            _("No tier"),
            (1, LONGEST_CADENCE),
            self._no_tier,
            before=_("No tier"),
            unit=_(DAYS),
        )

    def fill(self, view: SettingsView) -> None:
        """Bounds, weights, cadence, rules."""
        self.green.show_value(view.bounds.green)
        self.yellow.show_value(view.bounds.yellow)
        for axis, field in self.weights.items():
            field.show_value(view.bounds.weights.get(axis, 0.0))
        shares = [
            f"{axis_name(axis)} {view.bounds.share(axis):.0%}"
            for axis in _AXES
            if axis in view.bounds.weights
        ]
        self.weights_row.set_hint(
            _("Of the whole score: {shares}. Version {version}.").format(
                shares=_(", ").join(shares), version=view.bounds.version
            )
        )
        self.restore_card.setVisible(view.bounds.changed)
        self._fill_cadences(view)
        self.required.fill(view)
        for rule in view.signals.rules:
            if rule.name not in self.rules:
                self._add_rule(rule)
            self.rules[rule.name].fill(rule)
        self.restore_rules.setEnabled(view.signals.changed)

    def _fill_cadences(self, view: SettingsView) -> None:
        language = i18n.language()
        first, new = not self.cadences, []
        for tier in view.tiers:
            if tier.key not in self.cadences:
                name = tier.label(language)
                field = self.number(
                    self.cadence_row,
                    name,
                    (1, LONGEST_CADENCE),
                    self._cadencer(tier.key),
                    before=name,
                    unit=_(DAYS),
                )
                self.cadences[tier.key] = field
                new.append(field)
            self.cadences[tier.key].show_value(tier.data.get("cadence_days", view.signals.cadence))
        if first or new:
            self.cadence_row.put(*new, *((self.no_tier,) if first else ()))
        self.no_tier.show_value(view.signals.cadence)

    def _add_rule(self, rule: RuleSetting) -> None:
        """Above the row that restores them."""
        row = self.row(
            f"rule:{rule.name}",
            rule_name(rule.name),
            rule_hint(rule.name),
            plain=f"signal しぐなる {rule.name}",
        )
        self.column.removeWidget(row)
        self.column.insertWidget(self.column.indexOf(self.restore_row), row)
        self.rows.remove(row)
        self.rows.insert(self.rows.index(self.restore_row), row)
        self.rules[rule.name] = RuleRow(self, row, rule)

    def _greens(self, value: float) -> Work:
        yellow, now = self.yellow.value, self.desk.now()
        return lambda wb: health_settings.set_bands(wb, value, yellow, now=now)

    def _yellows(self, value: float) -> Work:
        green, now = self.green.value, self.desk.now()
        return lambda wb: health_settings.set_bands(wb, green, value, now=now)

    def _weigher(self, axis: str) -> Callable[[float], Work]:
        return lambda value: lambda wb: health_settings.set_weight(wb, axis, value, now=self.desk.now())

    def _cadencer(self, tier: str) -> Callable[[float], Work]:
        return lambda value: lambda wb: set_cadence(wb, tier, int(value))

    def _no_tier(self, value: float) -> Work:
        return lambda wb: signal_settings.set_cadence(wb, int(value))


class RuleRow:
    """One rule in its row: a switch and its figures."""

    def __init__(self, section: HealthSection, row: SettingRow, rule: RuleSetting) -> None:
        self.row = row
        self.on = CheckBox(_("On"), name=_("{rule} on").format(rule=rule_name(rule.name)))
        self.figures: dict[str, NumberField] = {}
        name = rule.name
        for figure in rule.values:
            before, unit = figure_words(figure)
            share = figure in signal_settings.SHARES
            spoken = f"{rule_name(name)}: {before} {unit}".strip()
            bounds = (0.0, _MOST.get(figure, float(LONGEST_CADENCE)))
            self.figures[figure] = section.number(
                row, spoken, bounds, _figurer(name, figure), before=before, unit=unit, share=share
            )
        row.put(self.on, *self.figures.values())
        self.on.clicked.connect(
            lambda on: section.keeper.keep(row, lambda wb: signal_settings.switch(wb, name, on=on))
        )

    def fill(self, rule: RuleSetting) -> None:
        """Switch and figures as stored."""
        self.on.setChecked(rule.on)
        for figure, field in self.figures.items():
            field.show_value(rule.values[figure])
            field.setEnabled(rule.on)


def _figurer(rule: str, figure: str) -> Callable[[float], Work]:
    return lambda value: lambda wb: signal_settings.set_figure(wb, rule, figure, value)
