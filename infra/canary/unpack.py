"""What is inside bytes: compressed members wherever they begin, base64, archives, wrapped lines; again and again."""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import zstandard

ROOT = Path(__file__).resolve().parents[2]
# A card is packed with a dictionary of its source, after a byte of version.
DICTIONARIES = [
    zstandard.ZstdCompressionDict(file.read_bytes())
    for file in sorted((ROOT / "shared" / "search" / "src" / "codec").glob("*.dict"))
]
MOST = 64 * 1024 * 1024
DEPTH = 5
GZIP, ZSTD, ZIP = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


def unpacked(data: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """The bytes, and everything that is inside them."""
    yield data
    joined = data.replace(b"=\r\n", b"").replace(b"=\n", b"")
    joined = joined.replace(b"\r", b"").replace(b"\n", b"")
    if joined != data:
        yield joined
    if depth == 0:
        return
    for inside in _members(data):
        yield from unpacked(inside, depth - 1)
    # Of what is decoded only what is packed is of interest: its text is found as it is.
    for run in {*BASE64.findall(data), *(BASE64.findall(joined) if joined != data else ())}:
        inside = _decoded(run)
        for member in _members(inside):
            yield from unpacked(member, depth - 1)


def _decoded(run: bytes) -> bytes:
    text = run.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except binascii.Error:
        return b""


def _members(data: bytes) -> Iterator[bytes]:
    for at in _places(data, GZIP):
        yield from _inflated(data[at:], 31)
    for found in ZLIB.finditer(data):
        yield from _inflated(data[found.start() :], 15)
    # Without a header there is nothing to know it by: only where it begins.
    yield from _inflated(data, -15)
    for at in _places(data, ZSTD):
        yield from _frame(data[at:])
        for dictionary in DICTIONARIES:
            yield from _frame(data[at:], dictionary)
    if ZIP in data:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    yield archive.read(name)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            pass


def _places(data: bytes, magic: bytes) -> Iterator[int]:
    at = data.find(magic)
    while at >= 0:
        yield at
        at = data.find(magic, at + 1)


def _inflated(data: bytes, bits: int) -> Iterator[bytes]:
    try:
        inside = zlib.decompressobj(bits).decompress(data, MOST)
    except zlib.error:
        return
    if len(inside) >= 8:
        yield inside


def _frame(data: bytes, dictionary: zstandard.ZstdCompressionDict | None = None) -> Iterator[bytes]:
    try:
        reader = zstandard.ZstdDecompressor(dict_data=dictionary).stream_reader(io.BytesIO(data))
        inside = reader.read(MOST)
    except zstandard.ZstdError:
        return
    if len(inside) >= 8:
        yield inside
