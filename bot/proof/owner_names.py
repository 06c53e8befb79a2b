"""A speaker into the phrases that may name them in a wording, in the article's own words and order.

A name, a person's last one, and either with the whole role before or behind it. Of several speakers no less
than all. A role is whole where nothing stands before it that may belong to it: no "interim", no "would-be".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.proof.tokens import SentenceWord, words_of
from bot.speaking.records import Speaker, name_words
from index.records import Article

_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_SEVERAL = frozenset(("and", "or", "&"))
_RELATING = frozenset(("of", "for", "to", "'s"))  # "the wife of Erik Lund" runs on into a name
_BEFORE_ROLE = r"(?:\A|[\n.,;:!?()“”\"—–]\s*|\b(?:the|an?|its|his|her|their)\s)"
_BEHIND_ROLE = r"(?=[,.;)]|\s(?:who|has|had|is|was)\b)"


def phrase(words: Sequence[SentenceWord]) -> str:
    """Words with the marks between them: "Anna Lund, the fisheries minister"."""
    return "".join(f"{word.marks} {word.form}" if n else word.form for n, word in enumerate(words))


def spellings(words: Sequence[SentenceWord]) -> set[str]:
    """The phrase of words, and as it would stand within a sentence where it begins one."""
    told = phrase(words)
    return {told, told[0].lower() + told[1:]} if words[0].begins else {told}


def namings(speaker: Speaker, *, role: bool) -> frozenset[str]:
    """The phrases for a speaker; with their role where `role` says that it is whole.

    None where they are known by whom they belong to alone, and not all of that is known.
    """
    words = words_of(speaker.role or "")
    relating = not _RELATING.isdisjoint(word.low for word in words)
    names = set(_names(speaker))
    if not role:
        return frozenset() if relating else frozenset(names)
    told = phrase(words)
    roles = {told, _bare(told), f"the {_bare(told)}"} if words else set()
    apart = {form for name in names for one in roles for form in (f"{one}, {name}", f"{name}, {one}")}
    joined = {f"{one} {name}" for name in names for one in roles if not relating}
    return frozenset(names | {f"the {_bare(told)}"} | apart | joined) if words else frozenset(names)


def _names(speaker: Speaker) -> Iterator[str]:
    words = words_of(speaker.name)
    yield phrase(words)
    if speaker.kind != "named":
        yield _bare(phrase(words))
    elif _SEVERAL.isdisjoint(word.low for word in words):
        last = name_words(speaker.name)[-1]
        yield next((word.form for word in words if word.low == last), words[-1].form)


def _bare(told: str) -> str:
    """A phrase without the article before it."""
    return _ARTICLE.sub("", told, count=1) if _ARTICLE.match(told) else told


def is_role_whole(speaker: Speaker, article: Article) -> bool:
    """Whether the article has the role beside the name, and nothing before it that may belong to it."""
    if speaker.role is None:
        return False
    role, name = re.escape(speaker.role), re.escape(speaker.name)
    before = rf"{_BEFORE_ROLE}{role},?\s+{name}\b"
    behind = rf"\b{name},\s+(?:the\s|an?\s)?{role}{_BEHIND_ROLE}"
    return bool(re.search(f"(?i:{before})|{behind}", article.body))
