"""Bytes of unknown encoding into text, or the reason why they are none.

Order: what the file says by a byte order mark; the escapes of ISO 2022; UTF-8, which other encodings almost
never look like; UTF-16 without a mark, by its NULs; Hebrew and Russian, which their letters give away; what
the page declares, where that damages nothing; charset-normalizer for the rest. A declaration alone is not
believed: pages that say ISO-8859-1 and are windows-1251 are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from index.articles.labels import codec_of
from index.articles.scripts import hebrew, in_reading_order, is_foreign, russian, western
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
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
_OTHER = ("gb18030", "cp932", "euc_jp", "cp949", "big5hkscs", "cp1253", "cp1256", "cp874")
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b(J", "iso2022_jp_2"))
_SURE_RUSSIAN, _LIKE_RUSSIAN = 0.55, 0.4  # against another script that is declared, and by itself
_HEBREW = 0.8
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 200_000  # characters or bytes that a guess looks at


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding that it was read in, and a note where that was guessed or contradicts the file."""

    text: str
    encoding: str
    note: str | None = None


def check_kind(data: bytes) -> None:
    """Raise `BadArticle` for what is no text by its first bytes: a picture, a PDF, a program."""
    kind = next((kind for magic, kind in _KINDS if data.startswith(magic)), None)
    if kind:
        raise BadArticle(f"is {kind}, expected text (save what it says as .txt and add that)")


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`. `declared` is the encoding that its page or its server names, if any.

    Raises `BadArticle` for what is no text: pictures, PDF, programs, broken UTF-16.
    """
    check_kind(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    codec = codec_of(declared)
    escaped = _escaped(data, codec)
    if escaped:
        return escaped
    controls = len(_CONTROL.findall(data[:_SAMPLE].decode("latin-1")))
    if controls > len(data[:_SAMPLE]) / 100:
        raise BadArticle(f"is binary: {controls} control characters, expected text")
    return _utf8(data) or _older(data, codec)


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


def _escaped(data: bytes, declared: str | None) -> Decoded | None:
    """Encodings in seven bits, which look like ASCII: by their escapes, and HZ where it is declared."""
    names = [name for mark, name in _ESCAPES if mark in data]
    names += ["hz"] if declared == "hz" and b"~{" in data else []
    for name in names:
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            continue
    return None


def _older(data: bytes, declared: str | None) -> Decoded:
    """An encoding older than UTF-8, by what its letters spell and what was declared."""
    sample = data[:_SAMPLE]
    read = hebrew(sample.decode("cp1255", errors="replace"))
    if read.share > _HEBREW:
        return _in_hebrew(data, declared, visual=read.visual)
    guess = _guessed(sample, declared)
    if declared and _same(sample, declared, guess):
        return _read(data, declared, None)
    return _read(data, guess, _against(guess, declared))


def _guessed(sample: bytes, declared: str | None) -> str:
    fits = declared not in (None, "cp1252") and _fits(sample, declared or "")
    scores = {name: russian(sample.decode(name, errors="replace")) for name in _CYRILLIC}
    best = max(scores, key=lambda name: scores[name])
    other = fits and not _is_cyrillic(sample.decode(declared or "", errors="replace"))
    if scores[best] > (_SURE_RUSSIAN if other else _LIKE_RUSSIAN):
        return best
    if fits and declared:
        return declared
    latin = () if is_foreign(sample) else (western(sample), "cp1250")
    return next((name for name in latin if _fits(sample, name)), None) or _likeliest(sample)


def _in_hebrew(data: bytes, declared: str | None, *, visual: bool) -> Decoded:
    """Hebrew in the order in which it is read, whatever the one in which it is stored."""
    named = declared == "cp1255" or (declared and _same(data[:_SAMPLE], declared, "cp1255"))
    why = None if named else _against("cp1255", declared)
    if not visual:
        return _read(data, "cp1255", why)
    turned = "lines of Hebrew are stored from their end and were turned round"
    read = _read(data, "cp1255", "; ".join(filter(None, (why, turned))))
    return replace(read, text=in_reading_order(read.text))


def _against(guess: str, declared: str | None) -> str:
    return f"read as {guess}" + (f", though {declared} is declared" if declared else ", a guess")


def _read(data: bytes, name: str, note: str | None) -> Decoded:
    """The text, with a note that says so where some of it is not in that encoding."""
    text = _least_damaged(data, name)
    bad = _damages(text)
    damage = f"{bad} characters are not {name}; each is shown as \ufffd" if bad else None
    notes = "; ".join(filter(None, (note, damage)))
    return Decoded(text, name, f"encoding: {notes}" if notes else None)


# What pages declare as EUC-JP has signs of later standards: ① and ㈱.
_WIDER = {"euc_jp": ("euc_jis_2004",)}


def _least_damaged(data: bytes, name: str) -> str:
    return min((data.decode(one, errors="replace") for one in (name, *_WIDER.get(name, ()))), key=_damages)


def _damages(text: str) -> int:
    return text.count("\ufffd")


def _fits(sample: bytes, name: str) -> bool:
    """Whether at most one in fifty of the characters beyond ASCII is damaged by an encoding."""
    text = _least_damaged(sample, name)
    return 50 * _damages(text[:-2]) <= sum(c > "\x7f" for c in text)


def _is_cyrillic(text: str) -> bool:
    letters = [c for c in text if c > "\x7f" and c.isalpha()]
    return 2 * sum("\u0400" <= c <= "\u052f" for c in letters) > len(letters)


def _same(sample: bytes, one: str, other: str) -> bool:
    """Whether two encodings read a sample alike, as KOI8-R and KOI8-U mostly do."""
    return sample.decode(one, errors="replace") == sample.decode(other, errors="replace")


def _likeliest(data: bytes) -> str:
    """The East Asian, Greek, Arabic or Thai encoding that charset-normalizer prefers."""
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=list(_OTHER), preemptive_behaviour=False).best()
    return str(match.encoding) if match and match.encoding != "utf_8" else "cp1252"
