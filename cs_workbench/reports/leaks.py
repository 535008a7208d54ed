"""The leak scan: nothing of other customers and nothing internal may stand in a document, its files or their names.

The second wall. It knows nothing of templates or facts: it takes a document's words as a reader would find them and
looks for secrets in them, folded, so that width, case and kana do not hide one.
"""

from __future__ import annotations

import dataclasses
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cs_workbench.domain.text import fold
from cs_workbench.reports.blocks import Document

LeakKind: TypeAlias = Literal["other_customer", "internal_text", "internal_word"]

INTERNAL_WORDS = (
    "health score", "ヘルススコア", "健全度スコア", "churn risk", "解約リスク", "解約予測", "renewal likelihood",
    "更新確度", "受注確度", "internal only", "do not send", "社内限", "送付禁止", "社外秘", "センチメント",
    "sentiment:", "glass box", "at-risk account",
)  # fmt: skip
_SHORTEST_NAME = 3
_SHORTEST_TEXT = 6
_SHORTEST_SENTENCE = 24  # a shorter part of a text may be said by chance: "steady at 13 people"
_SENTENCE = re.compile(r"[。．！？!?\n\r]+|\. ")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TEXT_PARTS = (".xml", ".rels")
_PACKAGES = (".xlsx", ".docx", ".pptx")
_ENDS = re.compile(r"</(?:w:p|a:p|si|c:v|v)>|<a:br>")
_SAID = re.compile(r'\b(?:descr|title|name|Target|formatCode)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that must not appear: what kind, the words, whose record they come from, and the words folded where
    that is done already."""

    kind: LeakKind
    words: str
    ref: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that was found: where, and the words around it."""

    kind: LeakKind
    words: str
    ref: str
    place: str
    around: str


@dataclass(frozen=True, slots=True)
class _Sought:
    folded: str
    secret: Secret


class Scan:
    """Looks for *secrets* in texts. ``own`` are the customer's own names, taken out of a text before looking for
    others'; ``allowed`` are words a person has looked at and let through.
    """

    def __init__(self, secrets: Iterable[Secret], own: Iterable[str], allowed: Iterable[str] = ()) -> None:
        self._own = sorted(
            {folded for name in own if len(folded := fold(name)) >= _SHORTEST_NAME}, key=len, reverse=True
        )
        passed = {fold(word) for word in allowed}
        seen: set[str] = set()
        self._sought: list[_Sought] = []
        for secret in secrets:
            for piece in _pieces(secret):
                if piece not in seen and piece not in passed and not self._is_own(secret, piece):
                    seen.add(piece)
                    self._sought.append(_Sought(piece, secret))

    def _is_own(self, secret: Secret, piece: str) -> bool:
        """Whether a piece of an internal text is nothing but the customer's own name."""
        return secret.kind == "internal_text" and any(piece in name for name in self._own)

    def text(self, text: str, place: str) -> list[Leak]:
        """The leaks in one text."""
        folded = fold(text)
        for number, name in enumerate(self._own):
            folded = folded.replace(name, f" {number}\x00 ")
        return [
            Leak(one.secret.kind, one.secret.words, one.secret.ref, place, folded[max(0, at - 20) : at + 40])
            for one in self._sought
            if (at := _at(one.folded, folded)) >= 0
        ]

    def document(self, document: Document) -> list[Leak]:
        """The leaks in a document: every word of it, notes and alternative texts included."""
        return self.text("\n".join(words(document)), "document")

    def file(self, path: str, name: str) -> list[Leak]:
        """The leaks in a written file and in the name it will have."""
        texts = [("file name", name), *file_texts(path)]
        if not self.text("\n".join(text for _place, text in texts), ""):
            return []
        return [leak for place, text in texts for leak in self.text(text, place)]


def _pieces(secret: Secret) -> Iterator[str]:
    """What to look for of a secret, folded: a name whole, a text whole and by its longer sentences."""
    if secret.kind == "other_customer":
        folded = secret.folded or fold(secret.words)
        if len(folded) >= _SHORTEST_NAME:
            yield folded
        return
    if secret.kind == "internal_word":
        yield fold(secret.words)
        return
    whole = fold(secret.words)
    if len(whole) >= _SHORTEST_TEXT:
        yield whole
    for piece in _SENTENCE.split(secret.words):
        folded = fold(piece)
        if _width(folded) >= _SHORTEST_SENTENCE:
            yield folded


def _width(text: str) -> int:
    """How much a text says: wide characters count twice."""
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def _at(sought: str, text: str) -> int:
    """Where *sought* stands in *text* as a word of its own; −1 where it does not."""
    at = text.find(sought)
    while at >= 0:
        end = at + len(sought)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not (_joined(before, sought[0]) or _joined(sought[-1], after)):
            return at
        at = text.find(sought, at + 1)
    return -1


def _joined(one: str, two: str) -> bool:
    """Whether two neighbours belong to one Latin word or number; scripts without spaces are never joined."""
    return one.isascii() and two.isascii() and one.isalnum() and two.isalnum()


def words(value: Any) -> Iterator[str]:
    """Every text in a document, in reading order; runs of one line stay one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        if value and all(hasattr(item, "text") and hasattr(item, "bold") for item in value):
            yield "".join(item.text for item in value)
            yield from (item.href for item in value if item.href)
            return
        for item in value:
            yield from words(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from words(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        if type(value).__name__ == "Src":
            return
        for field in dataclasses.fields(value):
            yield from words(getattr(value, field.name))


def file_texts(path: str) -> Iterator[tuple[str, str]]:
    """The texts inside a written file by place: parts of an office file, else the file's readable characters."""
    if zipfile.is_zipfile(path):
        with open(path, "rb") as file:
            yield from _package_texts(file.read())
        return
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"%PDF"):
        yield "metadata", "\n".join(pdf_strings(data))
    else:
        text = data.decode("utf-8", "replace")
        yield "file", _TAG.sub("", text) if text.lstrip().startswith("<") else text


def _package_texts(package: bytes, inside: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an office package: its parts, what they say of shapes and sheets, the workbooks in its charts."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for part in archive.namelist():
            place = f"{inside}{part}"
            if part.endswith(_TEXT_PARTS):
                text = archive.read(part).decode("utf-8", "replace")
                yield place, html.unescape(_TAG.sub("", _ENDS.sub("\n", text)))
                named = "\n".join(found[1] for found in _SAID.finditer(text))
                if named:
                    yield f"{place} (names)", html.unescape(named)
            elif part.endswith(_PACKAGES) and not inside:
                yield from _package_texts(archive.read(part), f"{part}/")


def pdf_strings(data: bytes) -> Iterator[str]:
    """The readable strings of a PDF outside its drawn pages: document information, XMP, alternative texts."""
    for found in re.finditer(rb"\(((?:[^()\\]|\\.)*)\)", _STREAM.sub(b"", data)):
        raw = re.sub(rb"\\([()\\])", rb"\1", found[1])
        yield raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    for found in re.finditer(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL):
        yield _TAG.sub(" ", found[0].decode("utf-8", "replace"))
