"""Answer match: does a text hold every expected answer, as whole words?

    match = 1 if for every group one of its alternatives occurs in the text, else 0
    share = the part of the groups of which one occurs

Both are normalised as in SQuAD: case, punctuation and the articles a, an, the do not count. "Exact match
in the context of a longer answer", as used for open questions by Asai et al.: Self-RAG, 2023.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.letters import normalized

Groups = Sequence[Sequence[str]]

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_PUNCTUATION = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w\s.]|_")
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def answer_match(text: str, groups: Groups) -> float:
    """1.0 if every group has an alternative in the text, else 0.0; no groups match anything."""
    return float(all(any(holds(text, alternative) for alternative in group) for group in groups))


def answer_share(text: str, groups: Groups) -> float | None:
    """Which part of the groups has an alternative in the text, 0.0 to 1.0; None where there are no groups."""
    if not groups:
        return None
    return sum(any(holds(text, one) for one in group) for group in groups) / len(groups)


def holds(text: str, words: str) -> bool:
    """Whether the normalised words stand in the normalised text, not as a part of a longer word."""
    return f" {normalise(words)} " in f" {normalise(text)} "


def normalise(text: str) -> str:
    """Casefolded words with one space between, without punctuation and without a, an, the.

    Unlike SQuAD's own script it keeps the point within a number, so that 2.5 is not 25; "1,500" is 1500.
    """
    folded = normalized(text, "NFKC").casefold()
    joined = re.sub(r"['’]", "", _THOUSANDS.sub("", folded))
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub(" ", joined)).split())
