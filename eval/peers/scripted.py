"""An LLM for peers that need one: it answers from what it is sent, with the best sentence, and cites it.

It is as good as a model can be that only copies: what it says stands in the passage it cites. With
`altering` it changes the first digit that it copies, as models do now and then; what a peer then shows as
cited is its own doing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sentences import sentence_spans

_SOURCE = re.compile(r"Source (\d+):\n(.*?)(?=\n-{3,}|\nSource \d+:|\nQuery:|\Z)", re.DOTALL)
_WORD = re.compile(r"\w{3,}")


def copy_best(prompt: str, *, question: str, altering: bool) -> str:
    """The sentence of the prompt's sources that shares most words with the question, with its mark."""
    best, words = ("", "1"), _words(question)
    most = -1
    for number, text in _last_sources(prompt):
        for span in sentence_spans(text):
            sentence = text[span.start : span.end]
            if (shared := len(words & _words(sentence))) > most:
                most, best = shared, (sentence, number)
    sentence, number = best
    return f"{_alter(sentence) if altering else sentence} [{number}]"


def _last_sources(prompt: str) -> Sequence[tuple[str, str]]:
    """The sources of the question itself, not those of the example that LlamaIndex's prompt begins with."""
    return _SOURCE.findall(prompt[prompt.rfind("Below are several numbered sources") :])


def _alter(sentence: str) -> str:
    return re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), sentence, count=1)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
