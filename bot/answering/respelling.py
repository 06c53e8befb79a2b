"""Names of a question into those by which the archive knows the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.notes import Respelled
from bot.answers.question import Question
from bot.language.spellings import same_name


def respelled_names(words: Sequence[str], known: Sequence[str]) -> tuple[Respelled, ...]:
    """The names in `words` that the archive writes otherwise."""
    variants = ((word, next((name for name in known if same_name(word, name)), None)) for word in words)
    return tuple(Respelled(word, variant) for word, variant in variants if variant)


def in_archives_spelling(question: Question, respelled: Sequence[Respelled]) -> Question:
    """The question with its names as the archive writes them."""
    topic = question.topic
    for one in respelled:
        topic = re.sub(rf"\b{re.escape(one.asked)}\b", one.found, topic)
    return replace(question, topic=topic)
