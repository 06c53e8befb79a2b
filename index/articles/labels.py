"""The name under which a page declares its encoding into Python's name of what browsers read it in.

By the labels of the WHATWG's Encoding Standard: on the web a name means the widest encoding that is written
under it ("gb2312" is GB 18030, "iso-8859-1" is windows-1252), or else the letters beyond it would be lost.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping

# Python's own names on the left. Hebrew that is declared as ISO 8859-8 has quotation marks of windows-1255;
# whether it is in visual order is told from the text (see `index.articles.scripts`).
_SUPERSETS: Mapping[str, str] = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-8": "cp1255",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "hz": "hz",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso2022_jp": "iso2022_jp_2",
}  # fmt: skip
_UNKNOWN_TO_PYTHON: Mapping[str, str] = {
    "x-sjis": "cp932", "windows-31j": "cp932", "cswindows31j": "cp932", "x-ms-cp932": "cp932",
    "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp",
    "x-gbk": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "csgb2312": "gb18030",
    "cn-gb": "gb18030", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "windows-949": "cp949", "csksc56011987": "cp949", "ks_c_5601-1989": "cp949", "x-windows-949": "cp949",
    "iso-8859-8-i": "cp1255", "csiso88598i": "cp1255", "iso-8859-8-e": "cp1255", "csiso88598e": "cp1255",
    "logical": "cp1255", "visual": "cp1255", "x-cp1255": "cp1255",
    "dos-874": "cp874", "windows-874": "cp874",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-cp1253": "cp1253",
    "x-cp1254": "cp1254", "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic", "x-mac-roman": "mac-roman",
    "sun_eu_greek": "iso8859-7", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u", "mac": "mac-roman",
    "cseuckr": "cp949", "iso-ir-149": "cp949", "ksc_5601": "cp949",
}  # fmt: skip
_NOT_TEXT = frozenset(
    ("base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "unicode_escape",
     "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap")
)  # fmt: skip


def codec_of(label: str | None) -> str | None:
    """Python's codec for a declared name; None where it is no encoding's, or one of Unicode's."""
    plain = (label or "").strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_UNKNOWN_TO_PYTHON.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    return None if found.startswith("utf") or found in _NOT_TEXT else _SUPERSETS.get(found, found)
