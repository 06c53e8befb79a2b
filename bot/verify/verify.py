"""A drafted sentence and the passages it was written from into its proof: findings, or places to cite.

No model is asked. Each check errs towards a finding: that costs one more request to the LLM, or a sentence; a
miss puts words into somebody's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.answer import Verdict
from bot.answering.proposal import Place
from bot.language.same_figure import holding, nearest
from bot.language.words import load_words
from bot.speaking.speaker import UNCLEAR, Speaker
from bot.verify.dated import not_held
from bot.verify.edits import check_edits
from bot.verify.entailment import MODEL_LEAST, Entailment
from bot.verify.grounds import Ground, Grounds, find_grounds, quote_finding
from bot.verify.markup import check_markup
from bot.verify.names import check_names, check_offices, known_names, name_test
from bot.verify.order import check_order
from bot.verify.owners import check_owners, owner_spans, quoted_words
from bot.verify.polarity import check_polarity
from bot.verify.quotes import all_places, find_words
from bot.verify.reading import Reader, Text
from bot.verify.records import Checked, Drafted, Finding, Shown
from bot.verify.support import check_support, support
from bot.weighing.lexicon import Lexicon
from index.canonical import canonical
from index.records import Span


class Verifier:
    """Checks drafted sentences; one may be used for many questions, and by several threads."""

    def __init__(self, lexicon: Lexicon, *, entailment: Entailment | None = None) -> None:
        self._reader = Reader(lexicon, load_words(lexicon))
        self._entailment = entailment

    def check(self, drafted: Drafted, shown: Sequence[Shown]) -> Checked:
        """What can be proved of a sentence, held against the passages that it cites of those shown."""
        said = self._reader.text(canonical(drafted.text))
        grounds = self._with_quoted(drafted, said, shown)
        findings = [
            *check_markup(said.text, " ".join(one.words for one in grounds.places)),
            *grounds.findings,
        ]
        if not grounds.places:
            findings = findings or [Finding("unsupported", drafted.text)]
            return _checked(drafted, grounds, None, findings)
        whole = _whole_sentence(said, grounds)
        if whole and not findings:
            return _checked(drafted, Grounds((whole,)), "quoted", [])
        findings += self._compare(drafted, said, grounds)
        findings += [] if findings else self._ask_model(said, grounds)
        return _checked(drafted, grounds, None if findings else "supported", findings)

    def _with_quoted(self, drafted: Drafted, said: Text, shown: Sequence[Shown]) -> Grounds:
        """The grounds of a sentence, and those of what it sets in quotation marks."""
        grounds = find_grounds(drafted, said, shown, reader=self._reader)
        quoted = [words for words in quoted_words(drafted.text) if not _stands_in(words, grounds.places)]
        if not quoted:
            return grounds
        cited = [one for one in shown if one.number in drafted.cites]
        findings, more = list(grounds.findings), list(drafted.relies_on)
        for words in quoted:
            home = next((one for one in cited if _is_verbatim(words, one)), None)
            if home is not None:
                more.append((home.number, words))
            elif cited:
                page = self._reader.page(cited[0].hit.article)
                findings.append(
                    quote_finding(words, find_words(words, page.article.body), page, cited[0], shown)
                )
        wider = Drafted(drafted.text, drafted.cites, tuple(more), drafted.before)
        return Grounds(find_grounds(wider, said, shown, reader=self._reader).places, tuple(findings))

    def _ask_model(self, said: Text, grounds: Grounds) -> list[Finding]:
        """What a model for entailment, if there is one, does not find in the places."""
        if self._entailment is None:
            return []
        premise = " ".join(one.words for one in grounds.places)
        followed = self._entailment.probability(premise, said.text) >= MODEL_LEAST
        return [] if followed else [Finding("unsupported", said.text)]

    def _compare(self, drafted: Drafted, said: Text, grounds: Grounds) -> Iterator[Finding]:
        """Every check of a sentence against its places."""
        places, there = grounds.places, grounds.texts
        lexicon, words = self._reader.lexicon, self._reader.words
        is_name = name_test(places, lexicon, words)
        yield from _check_figures(said, there, [one.page.title for one in places])
        yield from _check_dates(said, there, _printers(said.text, places))
        yield from check_names(said, places, is_name=is_name, lexicon=lexicon)
        yield from check_offices(said, places, lexicon)
        yield from check_polarity(said, there, words)
        known = known_names(places, lexicon).keys | words.linking
        if any(not words.owning.isdisjoint(text.keys) for text in there):
            known |= words.owning
        yield from check_edits(said, there, owned=known, words=words)
        yield from check_order(said, there, is_name=is_name, owners=owner_spans(said.text))
        yield from check_owners(said, places, before=drafted.before, reader=self._reader)
        yield from check_support(said, support(said, there, known=known, lexicon=lexicon, words=words))


def _check_figures(said: Text, there: Sequence[Text], titles: Sequence[Text]) -> Iterator[Finding]:
    """Figures of the draft that the article does not have, with their units and as exact as they are."""
    known = [one for text in there for one in text.quantities]
    years = {str(one.year) for text in there for one in text.moments if one.year}
    for one in said.quantities:
        if one.text.lower() == "one" and not any(
            other.noun == one.noun and other.value != 1 for other in known if one.noun
        ):
            continue
        if holding(one, known) or one.text in years:
            continue
        if one.sort == "ordinal" and holding(one, [other for title in titles for other in title.quantities]):
            continue
        near = nearest(one, known)
        yield Finding("number", one.text, near.text if near else None)


def _printers(text: str, places: Sequence[Ground]) -> list[Span]:
    """Where a draft names who printed what it cites: "USA Today" is no date."""
    articles = [one.page.article for one in places]
    names = {name for one in articles for name in (one.outlet, one.agency) if name}
    return [Span(*match.span()) for name in names for match in re.finditer(re.escape(name), text)]


def _check_dates(said: Text, there: Sequence[Text], printers: Sequence[Span]) -> Iterator[Finding]:
    """Dates and times of the draft that those of the article do not hold."""
    known = [one for text in there for one in text.moments]
    figures = {one.text for text in there for one in text.quantities}
    for one in said.moments:
        if one.text in figures or any(span.start <= one.start < span.end for span in printers):
            continue
        found = not_held(one, known)
        if found is not None:
            yield Finding("date", one.text, found or None)


def _stands_in(words: str, places: Sequence[Ground]) -> bool:
    return any(all_places(words, one.words) for one in places)


def _is_verbatim(words: str, one: Shown) -> bool:
    return bool(all_places(words, one.hit.article.body))


def _whole_sentence(said: Text, grounds: Grounds) -> Ground | None:
    """The place that the draft is word for word, from end to end of its sentences."""
    for one in grounds.places:
        inner = next(iter(all_places(said.text, one.words)), None)
        if inner is None:
            continue
        whole = (
            one.words[: inner.start].strip(" “\"'‘") == "" and one.words[inner.end :].strip(" .”\"'’") == ""
        )
        if whole:
            return one
        start, end = one.span.start + inner.start, one.span.start + inner.end
        for span in one.page.sentences:
            around = one.page.words(span)
            if span.start <= start and end <= span.end and len(around) - (end - start) <= 2:
                return Ground(one.number, one.page, span, one.page.text(span))
    return None


def _checked(
    drafted: Drafted, grounds: Grounds, verdict: Verdict | None, findings: Sequence[Finding]
) -> Checked:
    places = tuple(Place(one.page.article, one.span) for one in grounds.places)
    speaker = _speaker(grounds) if verdict else None
    name, role = (speaker.name, speaker.role) if speaker else (None, None)
    return Checked(drafted, places, verdict, tuple(dict.fromkeys(findings)), name, role)


def _speaker(grounds: Grounds) -> Speaker | None:
    """Who speaks in the places; nobody where they differ."""
    speakers = [one.page.speaker(one.span) for one in grounds.places]
    names = {one.name if one else None for one in speakers}
    if len(names) == 1:
        return speakers[0]
    return Speaker(UNCLEAR, "unclear") if None not in names else None
