"""Tests of the search itself: `PYTHONPATH=infra/canary:infra/local python -m unittest test_canary`."""

import base64
import gzip
import io
import tempfile
import textwrap
import unittest
import zipfile
import zlib
from pathlib import Path

import zstandard

from forms import ENCODERS, Canary
from people import unused_phone
from search import Search
from unpack import DICTIONARIES

TEXT = "Éloïse Introuvable & Cie <nulle-part>"
PACKERS = {
    "nothing": lambda data: data,
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zstd": zstandard.compress,
}


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _zip(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", data)
    return file.getvalue()


PACKERS |= {"deflate": _deflate, "zip": _zip}


class Forms(unittest.TestCase):
    """Every form of a text is found, and no other text is."""

    def setUp(self) -> None:
        self.search = Search([Canary("name", TEXT)])

    def found(self, data: bytes) -> bool:
        return bool(self.search.found_in(data))

    def test_each_form_is_found_in_the_middle_of_other_text(self) -> None:
        for name, encode in ENCODERS.items():
            for before in ("", "avant ", "un peu avant "):
                data = encode(before + TEXT + " et après")
                self.assertTrue(self.found(b"[" + data + b"]"), name)

    def test_each_form_is_found_inside_each_packing_and_packed_twice(self) -> None:
        for name, encode in ENCODERS.items():
            data = b"0123456789" + encode(TEXT) + b"9876543210"
            for inner, pack in PACKERS.items():
                self.assertTrue(self.found(pack(data)), f"{name} in {inner}")
                for outer, again in PACKERS.items():
                    self.assertTrue(self.found(again(pack(data))), f"{name} in {inner} in {outer}")

    def test_what_is_packed_is_found_in_base64_and_behind_other_bytes(self) -> None:
        packed = gzip.compress(f"avant {TEXT} après".encode())
        self.assertTrue(self.found(b'{"key": "' + base64.b64encode(packed) + b'"}'))
        for pack in (gzip.compress, zlib.compress, zstandard.compress):
            self.assertTrue(self.found(b"\x02 a version, then " + pack(TEXT.encode())))

    def test_a_card_is_unpacked_with_the_dictionary_of_its_source(self) -> None:
        self.assertEqual(len(DICTIONARIES), 4)
        for dictionary in DICTIONARIES:
            packer = zstandard.ZstdCompressor(dict_data=dictionary, write_dict_id=False)
            self.assertTrue(self.found(b"\x02" + packer.compress(TEXT.encode())))

    def test_lines_are_joined_as_mail_wraps_them(self) -> None:
        encoded = base64.encodebytes(("avant " * 9 + TEXT).encode())
        self.assertTrue(self.found(encoded))
        soft = ENCODERS["quoted-printable"](TEXT)
        self.assertTrue(self.found(soft[:9] + b"=\r\n" + soft[9:]))
        self.assertTrue(self.found("\n".join(textwrap.wrap(TEXT.encode().hex(), 20)).encode()))

    def test_another_text_is_not_found(self) -> None:
        other = TEXT.replace("Introuvable", "Introuvables")
        for encode in ENCODERS.values():
            for pack in PACKERS.values():
                self.assertFalse(self.found(pack(b"0123456789" + encode(other) + b"9876543210")))

    def test_a_short_text_is_refused(self) -> None:
        self.assertRaises(ValueError, Canary, "name", "court")


class Phone(unittest.TestCase):
    def test_a_number_of_the_demonstration_is_never_drawn(self) -> None:
        ends = [end for end in range(10_000) if end != 4321]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "one.jsonl").write_text(" ".join(f"019900{end:04}" for end in ends[:5_000]))
            packed = gzip.compress(" ".join(f"+3319900{end:04}" for end in ends[5_000:]).encode())
            (folder / "two.jsonl.gz").write_bytes(packed)
            (folder / "folder").mkdir()
            self.assertEqual(unused_phone(folder), "0199004321")


if __name__ == "__main__":
    unittest.main()
