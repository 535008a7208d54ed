"""ISO-2022-JP as it is really written: with the vendor characters (髙﨑㈱①) Python's own codec refuses."""

from __future__ import annotations

import re

_SHIFT = re.compile(rb"\x1b(\$[@B]|\([BJI])")


def decode_iso2022jp(data: bytes) -> str:
    """Decode ISO-2022-JP bytes, Microsoft's extensions included (code page 50221).

    Each JIS double byte becomes its Shift-JIS pair and is read as CP932. Raises UnicodeDecodeError.
    """
    parts: list[str] = []
    position, mode = 0, b"(B"
    for shift in _SHIFT.finditer(data):
        parts.append(_decode_run(data[position : shift.start()], mode))
        position, mode = shift.end(), shift[1]
    parts.append(_decode_run(data[position:], mode))
    return "".join(parts)


def _decode_run(run: bytes, mode: bytes) -> str:
    if mode.startswith(b"$"):
        body = run.rstrip(b"\r\n")
        return _shifted(body).decode("cp932") + run[len(body) :].decode("ascii")
    if mode == b"(I":
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in run).decode("cp932")
    return run.decode("cp932")


def _shifted(run: bytes) -> bytes:
    """JIS X 0208 rows and cells as Shift-JIS bytes."""
    if len(run) % 2 or (run and (min(run) < 0x21 or max(run) > 0x7E)):
        raise UnicodeDecodeError("iso2022_jp", run, 0, max(len(run), 1), "not a row of double bytes")
    out = bytearray()
    for high, low in zip(run[::2], run[1::2], strict=True):
        lead = ((high - 0x21) >> 1) + 0x81
        trail = low + (0x1F if low < 0x60 else 0x20) if high & 1 else low + 0x7E
        out += bytes((lead if lead < 0xA0 else lead + 0x40, trail))
    return bytes(out)
