"""Text as it came into the one form that is stored, quoted and proved.

Offsets of passages and quotes count characters of this form, so it is made once, before storing, and making
it again changes nothing. What a reader sees stays; what only a program sees goes.
"""

from __future__ import annotations

import re

from index.letters import normalized

_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # every Zs but the plain space
_SURROGATE = re.compile("[\ud800-\udfff]")  # from JSON such as "\ud83d" alone: it cannot be stored as UTF-8

# No text needs these: controls but tab and line feed, soft hyphen, combining grapheme joiner, bidi marks and
# isolates, zero-width space, word joiner, invisible operators, Hangul fillers, Khmer inherent vowels, BOM,
# interlinear annotation, non-characters.
_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]"
)

# Joiners (U+200C, U+200D) spell words in the Arabic, Indic, Myanmar, Khmer and Mongolian scripts and hold
# emoji together (👩‍⚕️ is 👩 + U+200D + ⚕️). Anywhere else, such as between Latin letters, they are a watermark.
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdcf\ufe70-\ufefc"
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
_JOINER = re.compile(
    f"(?<=[{_JOINING}])[\u200c\u200d]|(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])|(?P<stray>[\u200c\u200d])"
)

# Variation selectors choose a glyph (❤ or ❤️). More than one in a row, or one of the supplement elsewhere
# than after an ideograph, shows nothing and can smuggle bytes.
_SELECTOR = re.compile(
    "(?<=[\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
    "|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
    "|(?:(?<=\\s)|^)[\ufe00-\ufe0f]"
)

# Tag characters spell the flags of England, Scotland and Wales; elsewhere they are invisible ASCII, which has
# been used to give orders to language models.
_TAG = re.compile(
    "(?:(?<=\U0001f3f4)\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f)"
    "|(?P<stray>[\U000e0000-\U000e007f])"
)


def canonical(text: str) -> str:
    """The canonical form of any text: NFC, lines ended by LF, one kind of space, nothing invisible.

    `canonical(canonical(text)) == canonical(text)`. Unicode's other space separators (no-break, thin,
    ideographic) become plain spaces, one for one, since neither readers nor language models tell them apart.
    Joiners stay where they spell a word or hold an emoji together (see above), and go elsewhere. Lone
    surrogates become U+FFFD. Of more than 30 marks on one letter 30 stay. Runs of white space
    stay: see `tidy`.
    """
    text = _LINE_END.sub("\n", text)
    text = _SPACE.sub(" ", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _NEVER.sub("", text)
    text = _without_strays(_TAG, text)
    while (
        composed := _composed(text)
    ) != text:  # what stood on both sides of a removed mark may be stray now
        text = composed
    return text


def tidy(text: str) -> str:
    """A body for reading: canonical, single spaces, no outer white space, at most one empty line in a row."""
    lines = (" ".join(line.split()) for line in canonical(text).split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """A title or a name: canonical, on one line, single spaces."""
    return " ".join(canonical(text).split())


def _composed(text: str) -> str:
    """`text` in NFC without the joiners and selectors that are stray in it."""
    text = _without_strays(_JOINER, normalized(text, "NFC"))
    return _SELECTOR.sub("", text)


def _without_strays(pattern: re.Pattern[str], text: str) -> str:
    """`text` without what `pattern` matched as its group "stray"."""
    return pattern.sub(lambda match: "" if match["stray"] else match[0], text)
