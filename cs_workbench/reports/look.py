"""How a company's documents look: its accent colour made readable on paper, and its logo made harmless."""

from __future__ import annotations

import re

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.logo import clean_logo

READABLE = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_SOFT = 0.1  # share of the accent in its soft tint


def company_look(accent: str = "", logo: bytes | None = None) -> Look:
    """The look for a company's *accent* (hex, empty for ours) and *logo* (a picture file's bytes).

    Raises InvalidValue for what is no colour, FileProblem for a logo that can't be used.
    """
    base = readable(accent) if accent else Look().accent
    soft = soft_tint(base) if accent else Look().accent_soft
    return Look(base, soft, clean_logo(logo) if logo else None)


def readable(colour: str) -> str:
    """*colour* as "#RRGGBB", darkened step by step until it reaches 4.5:1 on white, hue kept."""
    red, green, blue = _channels(colour)
    strength = 1.0
    while True:
        shade = _hex(red * strength, green * strength, blue * strength)
        if contrast_on_white(shade) >= READABLE:
            return shade
        strength -= 0.01


def contrast_on_white(colour: str) -> float:
    """WCAG 2 contrast ratio of *colour* against white, 1 to 21."""
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def soft_tint(colour: str) -> str:
    """A light fill of the same hue, for the one decisive row."""
    return _hex(*(channel * _SOFT + 255 * (1 - _SOFT) for channel in _channels(colour)))


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    match = _HEX.fullmatch(colour.strip())
    if match is None:
        raise InvalidValue(
            _("“{colour}” is not a colour.").format(colour=colour[:40]),
            _("Write it as six hexadecimal digits, for example #23458F."),
            code="colour",
        )
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _hex(red: float, green: float, blue: float) -> str:
    return f"#{round(red):02X}{round(green):02X}{round(blue):02X}"
