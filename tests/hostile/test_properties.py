"""Word files with names that try to burst them: every part is XML still, nothing leads outside, the title is told."""

from __future__ import annotations

import io
import zipfile

import docx as word_files
import pytest
from lxml import etree

from cs_workbench.reports.look import company_look
from cs_workbench.reports.writers import docx
from tests.hostile.test_slides_and_sheets import NAMES, everywhere


@pytest.mark.parametrize("key", ["nul", "markup", "rtl", "emoji", "code", "formula", "breaks"])
def test_word_files_hold(key: str) -> None:
    content = docx.render(everywhere(NAMES[key]), company_look(""))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                part = package.read(name)
                etree.fromstring(part)
                assert b'TargetMode="External"' not in part


def test_the_title_loses_only_what_xml_cannot_hold() -> None:
    content = docx.render(everywhere("a\x00b\ufffec\uffff更新"), company_look(""))
    core = word_files.Document(io.BytesIO(content)).core_properties
    assert (core.title, core.author) == ("abc更新", "abc更新")
