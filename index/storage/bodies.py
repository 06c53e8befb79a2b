"""Words into the bodies that may hold them all, superseded ones too: where a phrase is then read for.

A phrase may go over the end of a passage, so the full-text index is asked which articles have its words
anywhere. Superseded bodies are not in it; they are looked through: 1 s for a gigabyte.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from index.records import Article
from index.storage.filters_sql import EVERYTHING
from index.storage.records import StoredBody
from index.storage.rows import ARTICLE
from index.storage.sql import Connection, marks
from index.storage.word_counts import WordCounts

AT_ONCE = 100  # bodies a read; a snapshot is not held open while the caller works on them

_FEW = 50  # articles are read sooner than another word is looked up
_LOOKED_UP = 8  # words at most, the rarest first
_CURRENT = "revisions AS r JOIN articles AS a ON a.number = r.article AND a.revision = r.hash"
_SUPERSEDED = "revisions AS r JOIN articles AS a ON a.number = r.article AND a.revision <> r.hash"
# Scripts that put no space between words: the index takes a whole run of theirs for one.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE")


def holding(
    connection: Connection, words: Sequence[str], *, as_written: Sequence[str], counts: WordCounts
) -> list[int]:
    """The numbers of all revisions in which each of these words stands, and maybe of others, in order."""
    articles = _with_all(connection, [word for word in words if _is_token(word)], counts)
    if articles is None:
        current = _with_letters(connection, _CURRENT, as_written)
    else:
        rows = connection.execute(f"SELECT r.number, r.article FROM {_CURRENT}")
        current = [number for number, article in rows if article in articles]
    return sorted([*current, *_with_letters(connection, _SUPERSEDED, as_written)])


def superseded(connection: Connection, words: Sequence[str], *, limit: int) -> list[int]:
    """The numbers of the last revisions that are superseded and have one of these words, as it is written."""
    if not words:
        return []
    any_word = " OR ".join("instr(r.body, ?) > 0" for _ in words)
    rows = connection.execute(
        f"SELECT r.number FROM {_SUPERSEDED} WHERE {any_word} ORDER BY r.number DESC LIMIT ?",
        (*words, limit),
    )
    return [number for (number,) in rows]


def read(connection: Connection, numbers: Sequence[int]) -> list[StoredBody]:
    """The bodies of these revisions, in the order of the numbers; those that are gone are left out."""
    rows = connection.execute(
        f"SELECT a.origin, a.revision = r.hash, {ARTICLE} FROM revisions AS r"
        f" JOIN articles AS a ON a.number = r.article WHERE r.number IN ({marks(numbers)}) ORDER BY r.number",
        tuple(numbers),
    )
    return [StoredBody(Article(*rest), origin, bool(current)) for origin, current, *rest in rows]


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no space between words."""
    return not letter.isascii() and unicodedata.name(letter, "").startswith(_UNSPACED)


def _is_token(word: str) -> bool:
    """Whether the index has a word as one: letters and digits of a script with spaces."""
    return all(unicodedata.category(one)[0] in "LN" and not is_unspaced(one) for one in word)


def _with_all(connection: Connection, words: Sequence[str], counts: WordCounts) -> set[int] | None:
    """The numbers of the articles that have the rarest of these words; None where there is no word."""
    found: set[int] | None = None
    times = counts.counts(connection, words, condition=EVERYTHING)
    for word in sorted(times, key=lambda one: times[one])[:_LOOKED_UP]:
        if found is not None and len(found) <= _FEW:
            break
        articles = counts.articles_with(connection, word)
        found = articles if found is None else found & articles
    return found


def _with_letters(connection: Connection, bodies: str, words: Sequence[str]) -> list[int]:
    """The numbers of revisions in whose bodies all words stand letter by letter."""
    every = " AND ".join(["TRUE", *("instr(r.body, ?) > 0" for _ in words)])
    rows = connection.execute(f"SELECT r.number FROM {bodies} WHERE {every}", tuple(words))
    return [number for (number,) in rows]
