"""Tool tips that show text as typed. Qt takes one that looks like markup for rich text, and would load its pictures."""

from __future__ import annotations

_SPELT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "<br>"})
"""Here rather than from ``html``, whose table of 2,000 entities is on the way to the first paint."""


def plain(text: str) -> str:
    """*text* so that a tool tip shows it exactly; nothing in it is markup, no file is looked for."""
    if "<" not in text and "&" not in text:
        return text
    return f"<span>{text.translate(_SPELT)}</span>"
