"""A drafted sentence into one that may be cited, or into what is wrong with it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answering.proposal import Place, Proposed, Weighed
from bot.answering.quoting import also_in, whole_thought
from bot.llm.covering import Covering
from bot.llm.faults import explain
from bot.showing.wording import plain
from bot.speaking.speaker import Speakers
from bot.verify.records import Checked, Drafted, Shown

_LOG = logging.getLogger("dateline.llm")
# What may only be a wrong number: then the passages nearest to the sentence are tried before it fails.
_MISCITED = frozenset(("no_citation", "unknown_passage", "quote_elsewhere"))
_TRIED = 3
PROVED = "it is proved"  # … but not shown all the same
_LONGEST = 800  # characters of a sentence
_ADDRESS = re.compile(r"\w://|\bwww\.|\bmailto:", re.IGNORECASE)
_POINTS_BACK = re.compile(r"[\s“\"«„'‘(]*(?:he|she|they|his|her|their|он|она|они|его|её|их)\b", re.IGNORECASE)


class Prover(Protocol):
    """What writing needs of `bot.verify.verify.Verifier`."""

    def check(self, drafted: Drafted, shown: Sequence[Shown]) -> Checked:
        """What can be proved of a sentence, held against the passages that it cites of those shown."""


@dataclass(frozen=True)
class Fault:
    """A sentence that may not be shown, and why; a `hopeless` one is not worth another try."""

    text: str
    finding: str
    hopeless: bool = False


class Checker:
    """Holds drafted sentences against passages, and against what a reader of the answer needs."""

    def __init__(self, prover: Prover, covering: Covering) -> None:
        self._prover = prover
        self._covering = covering

    def check(
        self, drafted: Drafted, shown: Sequence[Shown], *, question: str, weighed: Weighed
    ) -> Proposed | Fault:
        """The sentence with the places it rests on, or what is wrong with it."""
        if len(drafted.text) > _LONGEST:
            return Fault(f"{drafted.text[:_LONGEST]}…", "it is too long to be one sentence", hopeless=True)
        try:
            checked = self._proof(drafted, shown)
        except (
            Exception
        ) as exc:  # whatever a model writes, a fault of ours in reading it costs that sentence only
            _LOG.exception("the proof of a sentence failed")
            return Fault(drafted.text, f"its proof failed ({type(exc).__name__})", hopeless=True)
        if not checked.proved:
            return Fault(drafted.text, explain(checked.findings))
        proposed = _proposed(checked, shown)
        if _ADDRESS.search(proposed.text):
            return Fault(proposed.text, "it holds an address, which no answer may lead to", hopeless=True)
        if not self._covering.on_topic(question, proposed, weighed):
            return Fault(proposed.text, f"{PROVED}, but has nothing to do with the question", hopeless=True)
        pronoun = _POINTS_BACK.match(proposed.text)
        if pronoun and proposed.verdict != "quoted":
            return Fault(proposed.text, f"it does not say who “{pronoun[0].strip()}” is")
        return proposed

    def _proof(self, drafted: Drafted, shown: Sequence[Shown]) -> Checked:
        """The proof of a sentence; where only its number may be wrong, with the number that is right."""
        checked = self._prover.check(drafted, shown)
        if checked.proved or not any(finding.kind in _MISCITED for finding in checked.findings):
            return checked
        for number in _nearest(drafted, shown)[:_TRIED]:
            words = tuple((number, words) for _, words in drafted.relies_on)
            other = self._prover.check(replace(drafted, cites=(number,), relies_on=words), shown)
            if other.proved:
                return other
        return checked


def _proposed(checked: Checked, shown: Sequence[Shown]) -> Proposed:
    """A proved sentence; a quoted one with what it cannot be understood without, as where no model writes."""
    assert checked.verdict is not None
    if checked.verdict != "quoted":
        text = plain(checked.drafted.text)
        return Proposed(text, checked.places, checked.verdict, checked.speaker, checked.role)
    place = checked.places[0]
    span = whole_thought(place.article, place.span, Speakers(place.article))
    text = place.article.body[span.start : span.end]
    also = next((also_in(one.hit, text) for one in shown if one.hit.article == place.article), ())
    places = (Place(place.article, span),)
    return Proposed(text, places, checked.verdict, checked.speaker, checked.role, also)


def _nearest(drafted: Drafted, shown: Sequence[Shown]) -> list[int]:
    """The numbers of the passages, those first that share most words with a sentence and its quotes."""
    words = _words(" ".join([drafted.text, *(words for _, words in drafted.relies_on)]))
    return [one.number for one in sorted(shown, key=lambda one: -len(words & _words(one.hit.passage.text)))]


def _words(text: str) -> set[str]:
    return {word for word in text.casefold().split() if len(word) > 3}
