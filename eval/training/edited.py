"""Questions that a passage answers into near misses: one name, number or word changed, and it no longer does.

People write such questions by swapping a name or a number, by an opposite or a "not" (Rajpurkar, Jia and
Liang, "Know What You Don't Know", 2018), and there are few of theirs. These are weak labels: now and then the
passage answers the changed question, too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from eval.training.examples import Example

# How often each kind is chosen where there are several. Negation is rarely tried at all: a model that takes
# every "not" for a near miss would refuse "Who did not sign?" where the article says so.
_KINDS = (("name", 0.5), ("number", 0.2), ("opposite", 0.25), ("negation", 0.05))
_NEGATION_TRIED = 0.15

_NAME = re.compile(
    r"\b(?!(?:In|On|At|The|By|For|From)\b)[A-Z][\w-]+(?: (?:(?:of|de|von|van|al) )?[A-Z][\w-]+)*"
)
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_WORD = re.compile(r"[a-z]{3,}")
_AUXILIARY = re.compile(r"\b(did|does|do|was|were|is|are|has|had|have|could|would)\b")
_SENTENCE = re.compile(r"(?:^|[.!?”\"]\s+)$")
_YEARS_OFF = 12  # a year that is not in the passage is at most so far from the right one


def edited(example: Example, opposites: Mapping[str, Sequence[str]], *, rng: random.Random) -> Example | None:
    """The question changed so that the passage should not answer it; None where no change is at hand."""
    made = {
        "name": _other_name,
        "number": _other_number,
        "opposite": lambda one, draw: _opposite(one, opposites, draw),
        "negation": _negated,
    }
    found = {kind: question for kind, make in made.items() if (question := make(example, rng)) is not None}
    if not found:
        return None
    weights = [weight for kind, weight in _KINDS if kind in found]
    kind = rng.choices([kind for kind, _ in _KINDS if kind in found], weights)[0]
    return replace(
        example, id=f"edit-{example.id}", question=found[kind], answers=(), source=f"edited {kind}"
    )


def _other_name(example: Example, rng: random.Random) -> str | None:
    """A name of the question that the passage has, replaced by another of the passage that is no answer."""
    names = _names(example.passage)
    asked = example.question.lower()
    inside = [name for name in names if re.search(rf"\b{re.escape(name.lower())}\b", asked)]
    answers = " ".join(example.passage[span.start : span.end] for span in example.answers).lower()
    if not inside:
        return None
    old = max(inside, key=len)
    others = [
        name
        for name in names
        if not _share(name, asked) and not _share(name, answers) and abs(_length(name) - _length(old)) <= 1
    ]
    return _put(example.question, old, rng.choice(others)) if others else None


def _other_number(example: Example, rng: random.Random) -> str | None:
    """A number of the question replaced by another of the passage, or a year by one nearby."""
    inside = _NUMBER.findall(example.question)
    if not inside:
        return None
    old = rng.choice(inside)
    answers = {example.passage[span.start : span.end] for span in example.answers}
    year = _YEAR.fullmatch(old) is not None
    others = [
        number
        for number in dict.fromkeys(_NUMBER.findall(example.passage))
        if number not in inside
        and bool(_YEAR.fullmatch(number)) == year
        and not any(number in text for text in answers)
    ]
    if others:
        return _put(example.question, old, rng.choice(others))
    return _put(example.question, old, str(int(old) + rng.randint(1, _YEARS_OFF))) if year else None


def _opposite(example: Example, opposites: Mapping[str, Sequence[str]], rng: random.Random) -> str | None:
    """A word of the question replaced by an opposite that the passage does not have."""
    passage = set(_WORD.findall(example.passage.lower()))
    inside = [
        (word, other)
        for word in _WORD.findall(example.question.lower())
        for other in opposites.get(word, ())
        if other not in passage
    ]
    return _put(example.question, *rng.choice(inside)) if inside else None


def _negated(example: Example, rng: random.Random) -> str | None:
    """The first auxiliary verb denied, where neither question nor passage denies anything."""
    verb = _AUXILIARY.search(example.question)
    texts = f"{example.question} {example.passage}".lower()
    if rng.random() > _NEGATION_TRIED or verb is None or re.search(r"\bnot\b|n[’']t\b|\bnever\b", texts):
        return None
    denial = rng.choice(("n't", " not"))
    return f"{example.question[: verb.end()]}{denial}{example.question[verb.end() :]}"


def _names(passage: str) -> list[str]:
    """Runs of capitalised words, without a lone word that begins a sentence."""
    found = [
        match[0]
        for match in _NAME.finditer(passage)
        if _length(match[0]) > 1 or not _SENTENCE.search(passage[: match.start()])
    ]
    return list(dict.fromkeys(found))


def _put(question: str, old: str, new: str) -> str:
    """The question with `old`, in whatever case, replaced once by `new`."""
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, question, count=1, flags=re.IGNORECASE)


def _share(name: str, text: str) -> bool:
    return any(word in text for word in name.lower().split() if len(word) > 2)


def _length(name: str) -> int:
    return len(name.split())
