"""Words of a question that no article has into like words that articles have: "Lavrof" into "Lavrov"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from index.letters import folded, latin
from index.retrieval.query import Query, query_of

_WORD = re.compile(r"[^\W\d_]{4,}")
# "monitering" and "monitoring" share 0.9 of their letters in order, "Lavrof" and "Lavrov" 0.83, "Ostrava" and
# "Ostrana" 0.86: another name cannot be told from a slip, so only words that stand nowhere are changed.
_LIKE = 80  # of 100
_SHORTEST = 5


def respelled(query: Query, counts: Mapping[str, int], texts: Iterable[str]) -> Query:
    """The query with each word that stands nowhere (`counts` is 0) as a like word of `texts`, if any.

    `texts` are what the question's vector found, so that a word is only taken for one of its own topic. A
    word of fewer than five letters, or with a digit, stays as it is. The query itself when nothing changes.
    """
    strange = [word for word in query.words if not counts[word] and len(word) >= _SHORTEST and word.isalpha()]
    if not strange:
        return query
    known = Counter(word for text in texts for word in _WORD.findall(folded(text)))
    meant = {word: _likest(latin(word), known) or word for word in strange}
    if all(word == other for word, other in meant.items()):
        return query
    return query_of([meant.get(word, word) for word in query.said])


def _likest(word: str, known: Counter[str]) -> str | None:
    """The known word with the most letters in common, in order; of equals the more frequent one."""
    likely = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 2]
    near = process.extract(word, likely, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    return max(near, key=lambda one: (one[1], known[one[0]], one[0]), default=(None,))[0]
