"""The forms in which a text may lie somewhere, and the search for all of them in bytes.

A text is looked for as it is, in lower and upper case, in UTF-16 and Latin-1, escaped for JSON, HTML, URLs and
quoted-printable, in hexadecimal, and in base64 at each of its three places.
"""

import base64
import html
import json
import urllib.parse
from collections.abc import Callable, Iterable

# How a text is written somewhere: for the search, and for what is planted to see that it works.
Encoder = Callable[[str], bytes]


def _quoted_printable(text: str) -> bytes:
    """As mail does it, but without soft line breaks: those are taken out of what is searched."""
    return b"".join(
        bytes([byte]) if 33 <= byte <= 126 and byte != 0x3D or byte == 0x20 else b"=%02X" % byte
        for byte in text.encode()
    )


def _percent_all(text: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in text.encode()).encode()


ENCODERS: dict[str, Encoder] = {
    "raw": str.encode,
    "lower case": lambda text: text.lower().encode(),
    "upper case": lambda text: text.upper().encode(),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "Latin-1": lambda text: text.encode("latin-1", "replace"),
    "JSON": lambda text: json.dumps(text).strip('"').encode(),
    "JSON, twice": lambda text: json.dumps(json.dumps(text)).strip('"\\').encode(),
    "HTML": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "URL": lambda text: urllib.parse.quote(text, safe="").encode(),
    "URL, a path": lambda text: urllib.parse.quote(text).encode(),
    "form": lambda text: urllib.parse.quote_plus(text).encode(),
    "URL, every byte": _percent_all,
    "quoted-printable": _quoted_printable,
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one byte later": lambda text: base64.b64encode(b"x" + text.encode()),
    "base64, two bytes later": lambda text: base64.b64encode(b"xx" + text.encode()),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()),
}
# Written in letters of either case, they say the same; base64 does not.
CASELESS = [name for name in ENCODERS if not name.startswith("base64")]


def _base64_middles(text: bytes) -> Iterable[bytes]:
    """What of its base64 depends on the text alone, wherever it stands: the groups at its ends depend on what is beside."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + text)
        first = 0 if before == 0 else 4
        last = len(encoded) - (4 if (before + len(text)) % 3 else 0)
        middle = encoded[first:last]
        yield middle
        yield middle.translate(bytes.maketrans(b"+/", b"-_"))


class Canary:
    """A text that is nowhere else, with its patterns."""

    def __init__(self, name: str, text: str) -> None:
        if len(text) < 8:
            raise ValueError("a short text is found by chance")
        self.name, self.text = name, text
        cases = {text, text.lower(), text.upper()}
        # Looked for in what is searched, in lower case.
        self.caseless = {ENCODERS[name](case).lower() for name in CASELESS for case in cases}
        self.exact = {middle for case in cases for middle in _base64_middles(case.encode())}
