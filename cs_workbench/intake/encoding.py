"""Which encoding a text file is in, decided over the whole file, and its lines read without holding it."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _
from cs_workbench.intake.jis import decode_iso2022jp
from cs_workbench.intake.table import Note

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
MAX_LINE = 16 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_ALPHABETS = frozenset(["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"])
_ISO2022 = re.compile(rb"\x1b(\$[@B]|\(J|\(I)")
_CONTROLS = bytes(code for code in range(32) if code not in (0, 9, 10, 11, 12, 13, 26, 27))
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_HALF_MARKS = re.compile("[\uff61-\uff66]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LONELY = re.compile("(?<=[A-Za-z])[\u4e00-\u9fff\uff61-\uff9f](?![\u3040-\u9fff\uff61-\uff9f])")
_WIDE = re.compile("[\u3040-\u9fff\uff61-\uff9f]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """How a text file is read: its codec, what was noticed, and whether NUL characters are taken out."""

    path: str
    encoding: str
    notes: tuple[Note, ...]
    has_nul: bool


def detect(path: str, encoding: str | None = None) -> TextFile:
    """Decide the encoding of the whole file at *path*: byte order mark, UTF-8, CP932, EUC-JP, a last guess.

    *encoding* overrides the decision and is verified all the same. Raises FileProblem when nothing decodes
    every byte, naming the line, or when the bytes are no text.
    """
    with Path(path).open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if not _wide_without_mark(sample):
        _refuse_binary(path, sample)
    notes: list[Note] = []
    codec = _named(path, encoding) if encoding else _decide(path, sample, notes)
    wide = codec.startswith(("utf-16", "utf-32"))
    nuls, replaced = _counts(path, codec)
    if nuls and not wide:
        notes.append(
            Note("nul_characters", _("NUL characters were taken out: {count}.").format(count=nuls), nuls)
        )
    if replaced:
        text = _("The file itself holds {count} “\ufffd”: text was lost before it was exported.")
        notes.append(Note("replacement_characters", text.format(count=replaced), replaced))
    return TextFile(path, codec, tuple(notes), bool(nuls) and not wide)


@contextmanager
def open_lines(text: TextFile) -> Iterator[Iterator[str]]:
    """The lines of a text file with their line ends as they stand, decoded as they are asked for."""
    with Path(text.path).open("rb", buffering=0) as raw:
        guarded = io.BufferedReader(_Guarded(raw, text), _CHUNK)
        if text.encoding == "iso2022_jp":
            yield (decode_iso2022jp(line) for line in guarded)
            return
        with io.TextIOWrapper(guarded, encoding=text.encoding, newline="") as lines:
            yield lines


def undecodable(path: str, encoding: str, row: int | None = None) -> FileProblem:
    """The problem of a file that is not in *encoding* after all; *row* is the line where it shows."""
    name = Path(path).name
    if row is None:
        message = _("“{name}” is not readable text in any known encoding.").format(name=name)
    else:
        message = _("“{name}” is not {encoding} text: line {row} cannot be read.").format(
            name=name, encoding=encoding, row=row
        )
    remedy = _("Name the encoding yourself (for example cp932), or export the file again as UTF-8.")
    return FileProblem(message, remedy, code="file_encoding", path=path, row=row)


class _Guarded(io.RawIOBase):
    """The bytes of a file on their way to the decoder: NULs taken out, endless lines refused."""

    def __init__(self, raw: io.RawIOBase | io.FileIO, text: TextFile) -> None:
        self._raw = raw
        self._text = text
        self._run = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = self._raw.readinto(buffer) or 0
        taken = bytes(memoryview(buffer)[:count])
        self._measure(taken)
        if self._text.has_nul and b"\0" in taken:
            taken = taken.replace(b"\0", b"")
            if not taken:
                return self.readinto(buffer)
            memoryview(buffer)[: len(taken)] = taken
        return len(taken)

    def _measure(self, taken: bytes) -> None:
        last = max(taken.rfind(b"\n"), taken.rfind(b"\r"))
        self._run = self._run + len(taken) if last < 0 else len(taken) - last - 1
        if self._run > MAX_LINE:
            raise FileProblem(
                _("“{name}” holds a line longer than {size} MB.").format(
                    name=Path(self._text.path).name, size=MAX_LINE >> 20
                ),
                _("Check the file: a quote may be missing, or it is not a table."),
                code="file_field",
                path=self._text.path,
            )


def _refuse_binary(path: str, sample: bytes) -> None:
    if sample.startswith(tuple(mark for mark, _codec in _BOMS)) or not sample:
        return
    strange = len(sample) - len(sample.translate(None, _CONTROLS))
    if strange * 50 > len(sample):
        raise FileProblem(
            _("“{name}” is not a text file or a workbook.").format(name=Path(path).name),
            _("Choose a CSV, TSV, XLSX, XLS or ODS file."),
            code="file_type",
            path=path,
        )


def _named(path: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding.strip()).name
        if codec.replace("_", "-") in _NO_ALPHABETS:
            raise LookupError(codec)
        "".encode(codec)
    except (LookupError, TypeError, ValueError) as error:
        raise FileProblem(
            _("There is no encoding “{encoding}”.").format(encoding=encoding),
            _("Use utf-8, cp932, euc_jp or utf-16."),
            code="file_encoding",
            path=path,
        ) from error
    codec = {"shift_jis": "cp932", "utf-8": "utf-8-sig"}.get(codec, codec)
    line = _first_failure(path, codec)
    if line:
        raise undecodable(path, encoding, line)
    return codec


def _decide(path: str, sample: bytes, notes: list[Note]) -> str:
    for mark, codec in _BOMS:
        if sample.startswith(mark):
            line = _first_failure(path, codec)
            if line:
                raise undecodable(path, codec, line)
            return codec
    wide = _wide_without_mark(sample)
    if wide and not _first_failure(path, wide):
        notes.append(_guess_note(wide))
        return wide
    if _ISO2022.search(sample) and sample.isascii() and not _first_failure(path, "iso2022_jp"):
        return "iso2022_jp"
    broken = _first_failure(path, "utf-8")
    if not broken:
        return "utf-8"
    found = _japanese(path, sample) or _last_guess(path, sample, notes)
    if not found:
        raise undecodable(path, "UTF-8", broken)
    return found


def _japanese(path: str, sample: bytes) -> str:
    """CP932 unless the bytes are EUC-JP read wrongly (half-width marks, private characters) or Latin text."""
    as_cp932 = not _first_failure(path, "cp932")
    text = sample.decode("cp932", "ignore") if as_cp932 else ""
    doubtful = as_cp932 and _looks_like_euc(text)
    if (not as_cp932 or doubtful) and not _first_failure(path, "euc_jp"):
        return "euc_jp"
    if not as_cp932 or _looks_latin(text):
        return ""
    return "cp932"


def _looks_like_euc(text: str) -> bool:
    half = len(_HALF_KANA.findall(text))
    odd = len(_HALF_MARKS.findall(text)) + len(_PRIVATE.findall(text))
    return odd * 5 > half + len(_PRIVATE.findall(text)) and odd > 0


def _looks_latin(text: str) -> bool:
    wide = len(_WIDE.findall(text))
    return wide > 0 and len(_LONELY.findall(text)) * 2 > wide


def _last_guess(path: str, sample: bytes, notes: list[Note]) -> str:
    from charset_normalizer import from_bytes

    tried = [
        "utf_8",
        "utf_7",
        "utf_16",
        "utf_16_le",
        "utf_16_be",
        "utf_32",
        "utf_32_le",
        "utf_32_be",
        "cp932",
        "euc_jp",
    ]
    best = from_bytes(sample[:65536], cp_exclusion=tried).best()
    for codec in ([codecs.lookup(best.encoding).name] if best else []) + ["cp1252"]:
        if not _first_failure(path, codec):
            notes.append(_guess_note(codec))
            return codec
    return ""


def _guess_note(codec: str) -> Note:
    text = _("The encoding is a guess: {encoding}. Check the names below before importing.")
    return Note("encoding_guessed", text.format(encoding=codec))


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 without its mark: line ends and tabs come as pairs with a NUL, always on the same side."""
    if sample.count(b"\0") * 50 < len(sample):
        return ""
    size = len(sample) & ~1
    high, low = sample[:size:2], sample[1:size:2]
    marks = b"\n\r\t,"
    little = sum(1 for a, b in zip(high, low, strict=True) if not b and a in marks)
    big = sum(1 for a, b in zip(high, low, strict=True) if not a and b in marks)
    if not little and not big:
        return ""
    codec, found = ("utf-16-le", little) if little >= big else ("utf-16-be", big)
    single = sum(sample.count(bytes([mark])) for mark in marks)
    if found * 2 < single or _UNPRINTED.search(sample[:size].decode(codec, "ignore")):
        return ""
    return codec


def _counts(path: str, codec: str) -> tuple[int, int]:
    """How many NUL bytes and how many replacement characters the file itself holds."""
    lost = "\ufffd".encode(codec) if codec.startswith("utf-8") else b""
    nuls = replaced = 0
    with Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            nuls += chunk.count(b"\0")
            replaced += chunk.count("\ufffd".encode()) if lost else 0
    return nuls, replaced


def _first_failure(path: str, codec: str) -> int:
    """The 1-based line of the first byte *codec* cannot decode, 0 when the whole file decodes."""
    if codec == "iso2022_jp":
        return _first_bad_jis_line(path)
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 1
    with Path(path).open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return lines + bytes(error.object[: error.start]).count(b"\n")
            except UnicodeError:  # UTF-16 and UTF-32 without their mark name no place
                return lines
            if not chunk:
                return 0
            lines += text.count("\n")


def _first_bad_jis_line(path: str) -> int:
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                decode_iso2022jp(line)
            except UnicodeDecodeError:
                return number
    return 0
