"""A drafted sentence and the passages it was written from into its proof: findings, or places to cite."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer import Verdict
from bot.lexicon import Lexicon
from bot.proposal import Place
from bot.speaker import Speakers
from bot.verify.quotes import find_words
from bot.verify.records import Checked, Drafted, Finding, Shown
from index.records import Span
from index.sentences import sentence_spans


class Verifier:
    """Checks drafted sentences; one may be used for many questions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def check(self, drafted: Drafted, shown: Sequence[Shown]) -> Checked:
        """What can be proved of a sentence, held against the passages that it cites of those shown."""
        by_number = {one.number: one for one in shown}
        findings = [Finding("unknown_passage", f"[{n}]") for n in drafted.cites if n not in by_number]
        if not drafted.cites:
            findings.append(Finding("no_citation", drafted.text))
        places: list[Place] = []
        for number, words in drafted.relies_on:
            if number not in by_number:
                continue
            article = by_number[number].hit.article
            found = find_words(words, article.body)
            if found.standing != "verbatim":
                findings.append(Finding("quote_absent", words))
                continue
            places += [
                Place(article, span) for span in sentence_spans(article.body) if _meet(span, found.spans[0])
            ]
        if not places and not findings:
            findings.append(Finding("quote_absent", drafted.text))
        text = " ".join(one.article.body[one.span.start : one.span.end] for one in places)
        known = {word.key for word in self._lexicon.read(text)}
        findings += [
            Finding("number", word.text)
            for word in self._lexicon.read(drafted.text)
            if word.number and word.key not in known
        ]
        if findings:
            return Checked(drafted, tuple(places), None, tuple(findings))
        speaker = Speakers(places[0].article).of(places[0].span)
        verdict: Verdict = "quoted" if len(places) == 1 and text == drafted.text else "supported"
        return Checked(
            drafted,
            tuple(places),
            verdict,
            (),
            speaker.name if speaker else None,
            speaker.role if speaker else None,
        )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
