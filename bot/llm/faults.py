"""What the proof found wrong with a sentence, in words: for the model that repairs it, and for the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.showing.wording import plain
from bot.verify.records import Finding

_LONGEST = 160  # characters of an article's words in a fault

_FAULTS: Mapping[str, str] = {
    "no_citation": "it cites no passage",
    "unknown_passage": "there is no passage {said}",
    "quote_absent": "these words stand in no passage: {said}",
    "quote_altered": "these words are not the passage's: {said}",
    "quote_elsewhere": "these words stand in another passage than it cites: {said}",
    "quote_spliced": "these words are put together from different places: {said}",
    "number": "this number is not in what it cites: {said}",
    "date": "this date is not in what it cites: {said}",
    "name": "this name is not in what it cites: {said}",
    "negation": "it denies what is said there, or says what is denied there: {said}",
    "certainty": "it is more certain of this than what it cites: {said}",
    "speaker": "these are somebody else's words: {said}",
    "attribution": "what it states as a fact is somebody's claim there: {said}",
    "role": "who does it and to whom are swapped: {said}",
    "unsupported": "what it cites does not say this: {said}",
    "link": "it holds a link or markup: {said}",
}

_OTHER = "this is not proved: {said}"


def explain(findings: Sequence[Finding]) -> str:
    """All that is wrong, in one line."""
    return "; ".join(dict.fromkeys(map(_explained, findings)))


def _explained(finding: Finding) -> str:
    text = _FAULTS.get(finding.kind, _OTHER).format(said=f"“{_short(finding.said)}”")
    return f"{text} (it has: “{_short(finding.found)}”)" if finding.found else text


def _short(text: str) -> str:
    line = plain(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
