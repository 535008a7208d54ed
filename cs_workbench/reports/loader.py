"""Templates from disk: the user's folder first, then the built-in ones. A template sees its own table of files only."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass

from cs_workbench import paths
from cs_workbench.errors import TemplateProblem
from cs_workbench.i18n import _
from cs_workbench.reports import manifest
from cs_workbench.reports.manifest import Manifest

_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be rendered: its manifest and the text of its files."""

    manifest: Manifest
    files: dict[str, str]
    own: bool  # from the user's folder


def names() -> list[str]:
    """The templates there are, built-in and the user's own, sorted."""
    found: set[str] = set()
    for root in (paths.templates_root(), paths.user_templates_dir()):
        if os.path.isdir(root):
            found.update(
                name
                for name in os.listdir(root)
                if _FOLDER.fullmatch(name) and os.path.isfile(os.path.join(root, name, "manifest.toml"))
            )
    return sorted(found)


def load(name: str) -> Template:
    """The template called *name*; a folder of that name among the user's own stands in for the built-in one.

    Raises TemplateProblem when there is none, its manifest is wrong, or one of its files is missing or a link.
    """
    if _FOLDER.fullmatch(name):
        for root, own in ((paths.user_templates_dir(), True), (paths.templates_root(), False)):
            folder = os.path.join(root, name)
            if os.path.isfile(os.path.join(folder, "manifest.toml")):
                made = manifest.parse(_text(folder, "manifest.toml", name), name)
                return Template(made, {file: _text(folder, file, name) for file in made.files}, own)
    raise TemplateProblem(
        _("There is no template called “{name}”.").format(name=name[:80]),
        _("Choose one of: {names}.").format(names=_(", ").join(names()) or "–"),
        code="template_unknown",
        template=name[:80],
    )


def _text(folder: str, file: str, template: str) -> str:
    path = os.path.join(folder, file)
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )  # a pipe must not hold us
    try:
        with os.fdopen(os.open(path, flags), encoding="utf-8") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise OSError(errno.EINVAL, "no plain file", path)
            text = opened.read(_LARGEST + 1)
    except (OSError, UnicodeDecodeError) as problem:
        raise TemplateProblem(
            _("The file {file} of template “{name}” cannot be read.").format(file=file, name=template),
            _("Put the file back as UTF-8 text, or remove the folder to use the built-in template."),
            template=template,
            file=file,
        ) from problem
    if len(text) > _LARGEST:
        raise TemplateProblem(
            _("The file {file} of template “{name}” is larger than 1 MB.").format(file=file, name=template),
            _("Split it into smaller files."),
            template=template,
            file=file,
        )
    return text
