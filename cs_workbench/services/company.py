"""Who makes the documents: name, company, colour and logo, kept in the portfolio so that they travel with it."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import portfolio_settings
from cs_workbench.services.setting_values import checked
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.reports.blocks import Look
    from cs_workbench.services.workbench import Workbench

LOGO = "logo"
LOGO_NAME = "logo_name"
ACCENT = "accent"
LEAST_WIDTH = 600
READABLE = 4.5
SWATCHES = ("#23458F", "#0F6B63", "#7A2E55", "#7A4A00", "#30343B")
"""Colours offered for documents; all are readable on white."""


@dataclass(frozen=True, slots=True)
class Company:
    """Names by language, "#RRGGBB", and the logo as a clean PNG with the name of the file it came from."""

    own_name: Mapping[str, str]
    company: Mapping[str, str]
    accent: str
    logo: bytes | None = None
    logo_name: str = ""


def company_of(settings: Mapping[str, Any]) -> Company:
    """Who the portfolio's *settings* say we are; ours is the colour where none was chosen."""
    named = {
        key: {language: _named(settings, key, language) for language in ("ja", "en")}
        for key in ("own_name", "company")
    }
    logo = kept_logo(settings)
    accent = str(settings.get(ACCENT) or SWATCHES[0])
    name = str(settings.get(LOGO_NAME) or "") if logo else ""
    return Company(named["own_name"], named["company"], accent, logo, name)


def set_name(wb: Workbench, key: str, language: str, text: str) -> None:
    """Keep the "own_name" or "company" in *language*, as one undo step; empty takes it away.

    The plain key, which lists and other languages fall back on, follows the portfolio's own language.
    """
    step = _("Change name") if key == "own_name" else _("Change company")
    kept = checked(f"{key}_{language}", text)
    with wb.change(step) as db:
        own = setting(db, "language", "en")
        if own == language or not setting(db, key):
            put_setting(db, key, kept)
        put_setting(db, f"{key}_{language}", kept)


def set_accent(wb: Workbench, colour: str) -> None:
    """Use *colour* for the documents, as one undo step. Raises InvalidValue where it is not readable on white."""
    portfolio_settings.set_settings(wb, {ACCENT: colour}, name=_("Change document colour"))


def set_logo(wb: Workbench, path: str) -> None:
    """Keep the picture at *path* as the logo, re-encoded, as one undo step; ``read_logo`` and ``keep_logo`` in one.

    Raises FileProblem where it cannot be read, is no SVG or PNG or JPEG, is too large, or narrower than 600 px.
    """
    keep_logo(wb, read_logo(path), path)


def keep_logo(wb: Workbench, picture: bytes, path: str) -> None:
    """Keep *picture*, what ``read_logo`` made of the file at *path*, as the logo, as one undo step."""
    with wb.change(_("Change logo")) as db:
        put_setting(db, LOGO, base64.b64encode(picture).decode("ascii"))
        put_setting(db, LOGO_NAME, os.path.basename(path)[:120])


def remove_logo(wb: Workbench) -> None:
    """Make documents without a logo, as one undo step."""
    portfolio_settings.set_settings(wb, {LOGO: None, LOGO_NAME: None}, name=_("Remove logo"))


def read_logo(path: str) -> bytes:
    """The picture file at *path* as a clean PNG. May wait for a slow drive: not for the writer. Raises FileProblem."""
    from cs_workbench.intake.filetype import read_whole
    from cs_workbench.reports import logo, vector_logo

    try:
        picture = read_whole(path, logo.MAX_BYTES + 1)
    except FileProblem as problem:
        raise FileProblem(
            _("The logo cannot be read: {reason}").format(reason=problem.message),
            _("The documents keep their present look. Choose another file."),
            code="logo",
        ) from problem
    if vector_logo.is_svg(picture):
        return logo.clean_logo(vector_logo.picture_of(picture))
    width = logo.width_of(picture)
    if width < LEAST_WIDTH:
        raise FileProblem(
            _("The logo is {width} px wide; printed it would be blurred.").format(width=width),
            _(
                "Choose an SVG, or a PNG at least {least} px wide. The documents keep their present look."
            ).format(least=LEAST_WIDTH),
            code="logo",
        )
    return logo.clean_logo(picture)


def kept_logo(settings: Mapping[str, Any]) -> bytes | None:
    """The logo the portfolio keeps, None where there is none or it cannot be read."""
    text = settings.get(LOGO)
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) and text else None
    except (binascii.Error, ValueError):
        return None


def contrast(colour: str) -> float:
    """How well *colour* reads on white paper, 1 to 21 (WCAG 2). Raises InvalidValue for what is no colour."""
    from cs_workbench.reports.look import contrast_on_white

    return contrast_on_white(colour)


def darkened(colour: str) -> str:
    """*colour* as dark as it must be to read on white: "#RRGGBB". Raises InvalidValue for what is no colour."""
    from cs_workbench.reports.look import readable

    return readable(colour)


def checked_colour(colour: str) -> str:
    """*colour* as "#RRGGBB". Raises InvalidValue where it is none, or reads worse than 4.5:1 on white."""
    found = contrast(colour)
    if found < READABLE:
        raise InvalidValue(
            _("{found}:1 on white is too pale to read; 4.5:1 is the least.").format(found=f"{found:.1f}"),
            _("Use {colour}").format(colour=darkened(colour)),
            code="contrast",
            field=ACCENT,
        )
    digits = colour.strip().removeprefix("#").upper()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def look(settings: Mapping[str, Any]) -> Look:
    """How documents look by the portfolio's *settings*: its colour, and its logo where one that can be used is kept."""
    from cs_workbench.reports.look import company_look

    accent, picture = str(settings.get(ACCENT) or ""), kept_logo(settings)
    try:
        return company_look(accent, picture)
    except FileProblem:
        return company_look(accent)


def _named(settings: Mapping[str, Any], key: str, language: str) -> str:
    """The spelling of a language; the plain one stands in for the portfolio's own language."""
    found = settings.get(f"{key}_{language}")
    if not found and settings.get("language", "en") == language:
        found = settings.get(key)
    return str(found or "")
