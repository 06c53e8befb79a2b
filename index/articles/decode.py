"""Bytes of unknown encoding into text, or the reason why they are none.

Order: what the file says by a byte order mark; UTF-8, which other encodings almost never look like; UTF-16
without a mark, by its NULs; Russian single-byte encodings, which their letters give away; what the page
declares; charset-normalizer for the rest. A declaration alone is not believed: pages that say ISO-8859-1 and
are windows-1251 are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from index.errors import BadArticle

_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (also .docx, .epub, .odt)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"\x1f\x8b", "gzip-compressed (expected a name that ends in .gz)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_MARKS = (  # the longer first: UTF-32-LE's begins with UTF-16-LE's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5")
_OTHER = ("gb18030", "shift_jis", "euc_jp", "euc_kr", "big5", "cp1253", "cp1255", "cp1256")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 200_000  # characters or bytes that a guess looks at


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding that it was read in, and a note where that was guessed or contradicts the file."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`. `declared` is the encoding that its page or its server names, if any.

    Raises `BadArticle` for what is no text: pictures, PDF, programs, broken UTF-16.
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise BadArticle(f"is {kind}, expected text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    controls = len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1")))
    if controls > len(data[:_SAMPLE]) / 100:
        raise BadArticle(f"is binary: {controls} control characters, expected text")
    return _utf8(data) or _one_byte(data, _codec(declared))


def _marked(data: bytes, encoding: str) -> Decoded:
    """What follows a byte order mark, which must hold to the end."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as exc:
        name = encoding.upper()
        raise BadArticle(
            f"begins as {name} but byte {exc.start} is not {name}, expected one encoding"
        ) from exc


def _utf16_without_mark(data: bytes) -> Decoded:
    """UTF-16 of either byte order, if that gives words; NULs stand in no other text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        usual = sum(c.isspace() or (c.isprintable() and ord(c) < 0x3000) for c in sample)
        if usual > 0.95 * len(sample) and sum(c.isalpha() for c in sample) > 0.5 * len(sample):
            return Decoded(
                text, encoding, f"encoding: read as {encoding.upper()}, though no byte order mark says so"
            )
    raise BadArticle(f"is binary: byte {data.index(0)} is 0x00, expected text")


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where a few bytes in it are damaged: at most one in fifty of those beyond ASCII."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    bad, good = text.count("\ufffd"), sum(c > "\x7f" for c in text)
    if bad * 50 > good:
        return None
    return Decoded(text, "utf-8", f"encoding: {bad} damaged bytes in UTF-8; each is shown as \ufffd")


def _one_byte(data: bytes, declared: str | None) -> Decoded:
    """An encoding older than UTF-8, by what its letters spell and what was declared."""
    sample = data[:_SAMPLE]
    russian = {name: _russian(sample.decode(name, errors="replace")) for name in _CYRILLIC}
    best = max(russian, key=lambda name: russian[name])
    if russian[best] > 0.4:
        guess = best
    elif declared and declared != "cp1252":
        guess = declared
    else:
        guess = _likeliest(sample) if _foreign(sample) else _western(sample)
    if declared and _same(sample, declared, guess):
        return Decoded(data.decode(declared, errors="replace"), declared)
    against = f", though {declared} is declared" if declared else ", a guess"
    return Decoded(data.decode(guess, errors="replace"), guess, f"encoding: read as {guess}{against}")


def _same(sample: bytes, one: str, other: str) -> bool:
    """Whether two encodings read a sample alike, as KOI8-R and KOI8-U mostly do."""
    return sample.decode(one, errors="replace") == sample.decode(other, errors="replace")


def _foreign(sample: bytes) -> bool:
    """Whether half of the words with bytes beyond ASCII have no others: not so in any Latin script."""
    words = re.findall(rb"[a-zA-Z\x80-\xff]*[\x80-\xff][a-zA-Z\x80-\xff]+", sample)
    return 2 * sum(not re.search(rb"[a-zA-Z]", word) for word in words) > len(words) or (
        sum(byte > 127 for byte in sample) > 0.4 * len(sample)  # Shift-JIS and GB18030 use ASCII bytes too
    )


def _russian(text: str) -> float:
    """How many of the characters beyond ASCII are the ten commonest letters of Russian: 0.6 in Russian.

    0 where words mix them with Latin letters, as "cafй" for "café" in cp1251; less where lower case comes
    before upper, as KOI8 read as cp1251 has it.
    """
    words: list[str] = [
        word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1 and not word.isascii()
    ]
    beyond = sum(c > "\x7f" for c in text)
    if not words or sum(re.search("[a-zA-Z]", word) is None for word in words) < 0.6 * len(words):
        return 0.0
    usual_case = sum(word.islower() or word.isupper() or word.istitle() for word in words) / len(words)
    commonest = sum(c in "оеаинтсрвл" for c in text.lower())
    return usual_case * commonest / beyond


def _western(data: bytes) -> str:
    """cp1252, unless it would put signs into words, as for Polish in cp1250, or take Turkish for Icelandic.

    charset-normalizer reads French and Spanish of this length as cp1250.
    """
    text = data.decode("cp1252", errors="replace")
    if re.search("[a-zA-Z][¹³¿¼¾ºª][a-zA-Z]", text):
        return "cp1250"
    return "cp1254" if re.search("[ðþý]", text) and not re.search("[áæúó]", text, re.IGNORECASE) else "cp1252"


def _likeliest(data: bytes) -> str:
    """The East Asian, Greek, Hebrew or Arabic encoding that charset-normalizer prefers."""
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=list(_OTHER), preemptive_behaviour=False).best()
    return str(match.encoding) if match and match.encoding != "utf_8" else "cp1252"


def _codec(name: str | None) -> str | None:
    """Python's name of a declared encoding; Latin-1 and ASCII mean cp1252 on the web. None where unknown."""
    try:
        found = codecs.lookup((name or "").strip()).name
    except (LookupError, ValueError):
        return None
    if found in {"iso8859-1", "ascii"}:
        return "cp1252"
    return None if found.startswith("utf") or found in _NOT_TEXT else found


_NOT_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "unicode_escape",
             "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap"}  # fmt: skip
