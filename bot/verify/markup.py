"""A drafted sentence into the links, images and markup in it: none of these comes from an article's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.verify.records import Finding

_MARKUP = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)"  # [words](address), ![image](address)
    r"|!?\[[^\]]*\]\[[^\]]*\]|^\[[^\]]+\]:\s*\S+"  # [words][reference] and its definition
    r"|\b(?:https?|ftp|file|data|javascript|tg|mailto):/{0,2}[^\s)>\]]+"
    r"|\bwww\.[^\s)>\]]+"
    r"|<!?/?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});"
    r"|```|\$\$|\{\{|\}\}"
    r"|\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b"
)
# An address without a scheme: "evil.example/login", "t.me/x". "Amazon.com" alone is a name.
_ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s]*", re.IGNORECASE)


def check_markup(text: str, there: str) -> Iterator[Finding]:
    """Links, images, tags, e-mail addresses; an address that the article itself spells out is allowed."""
    for pattern in (_MARKUP, _ADDRESS):
        for match in pattern.finditer(text):
            plain = pattern is _ADDRESS or not re.match(r"!|\[|<|&|`|\$|\{|\}|javascript|data|file", match[0])
            if not (plain and match[0].rstrip(".,;") in there):
                yield Finding("link", match[0])
