"""Hits into what they are worth: their sentences, best first, and whether these hold the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.answers.proposal import Candidate, Shorts, Weighed
from bot.language.dates.asked import AskedTime
from bot.language.foreign import in_latin_letters
from bot.language.lexicon import Lexicon, load_lexicon
from bot.weighing.bold import counts_another, may_be_bold
from bot.weighing.choose import ScoredSentence, choose
from bot.weighing.evidence import Evidence, check
from bot.weighing.forms import (
    about_topic,
    asks_for_steps,
    defined,
    defining_first,
    is_open,
    news_of,
    of_story,
    read_form,
    with_news,
)
from bot.weighing.joining import READ, Joined, load_join, read_candidates
from bot.weighing.model import load_weights
from bot.weighing.reader.reader import PassageReader
from bot.weighing.saying import read_saying
from bot.weighing.terms import PassageCounts, Terms, is_year, read_terms
from bot.weighing.times import of_time, timed
from bot.weighing.voices import hear
from index.encoding.encoder import Encoder
from index.records import Filters, Hit

_EVERYTHING = Filters()
# How much likelier than none words must be to be marked: of written questions of pages kept apart from
# training at 0 0.53 have words marked and 0.77 of these are right, at 1.5 0.45 and 0.81, at 3 0.37 and 0.84.
BOLD = 2.0
LEADING = 0.5  # of the best score: what may answer in place of a better sentence without a number
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}\b"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}\b(?!,\d)|\b\d{1,2}:\d\d\b"
)
_HOW_MANY = re.compile(r"\bhow many\b|\b(?:number|percentage|percent|proportion|share) of\b", re.IGNORECASE)
_CODE = re.compile(r"[^\W\d]+-?\d")  # "A19", "H5N1": a name
_AMOUNTS = frozenset(
    ("dozen", "dozens", "hundreds", "thousands", "millions", "billions", "several", "half", "both", "none")
) | {"no"}


@dataclass(frozen=True)
class Judged:
    """What a question asks for, the sentences that may answer, best first, and what they are worth.

    `shorts` are as in `bot.answers.proposal.Weighed`.
    """

    terms: Terms
    candidates: Sequence[ScoredSentence]
    evidence: Evidence
    shorts: Shorts


class Reading:
    """Weighs hits by overlap, with the weights that ship, and by a reader where one is given."""

    def __init__(
        self,
        archive: PassageCounts,
        encoder: Encoder,
        *,
        lexicon: Lexicon | None = None,
        reader: PassageReader | None = None,
    ) -> None:
        """`lexicon`: None loads the one that ships."""
        self._archive = archive
        self._encoder = encoder
        self._reader = reader
        self._join = load_join() if reader else None
        self._lexicon = lexicon or load_lexicon()
        self._weights = load_weights()

    def weigh(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        filters: Filters,
        times: Sequence[AskedTime] = (),
        story: Collection[str] = (),
    ) -> Weighed:
        """The candidates of the hits, best first, and whether they hold the answer; `times` it asks for.

        `story`: ids of articles that tell one story; where its steps are asked for each of them tells one.
        """
        news = news_of(question)
        judged = self.judge(news or question, hits, filters=filters, times=times)
        terms, evidence = judged.terms, judged.evidence
        weighed = Weighed(
            judged.candidates,
            evidence.enough,
            evidence.missing,
            terms.kind,
            evidence.probability,
            _likely(judged, self._lexicon),
            evidence.possible or _tells_openly(judged),
            "keywords" if news else read_form(terms),
            evidence.unmet,
        )
        weighed = _in_form(weighed, judged, story=story, times=times, news=bool(news))
        if _HOW_MANY.search(question):
            weighed = with_numbers(weighed, terms, self._lexicon)
        saying = read_saying(question)
        if saying is None or terms.negated:  # likeness cannot tell "did" from "did not"
            return weighed
        return hear(saying, weighed, hits, encoder=self._encoder)

    def judge(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        filters: Filters = _EVERYTHING,
        times: Sequence[AskedTime] = (),
    ) -> Judged:
        """The candidates and their evidence, whatever kind of question it is."""
        terms = read_terms(question, lexicon=self._lexicon, archive=self._archive, filters=filters)
        joined = self._joined(terms, hits, times)
        evidence = check(
            terms,
            joined,
            lexicon=self._lexicon,
            model=self._weights.evidence,
            join=self._join.evidence if self._join and joined.shorts else None,
        )
        return Judged(terms, joined.candidates, evidence, joined.shorts)

    def _joined(self, terms: Terms, hits: Sequence[Hit], times: Sequence[AskedTime]) -> Joined:
        """The sentences in the order that the reader gives them too, or by overlap without one."""
        model = self._weights.choice
        readable = in_latin_letters(terms.question)  # a reader knows no others
        if self._reader is None or self._join is None or not readable:
            return Joined(tuple(choose(terms, hits, self._encoder, lexicon=self._lexicon, model=model)), {})
        chosen = choose(terms, hits[:READ], None, lexicon=self._lexicon, model=model, most=None)
        return read_candidates(
            terms.question,
            timed(chosen, times),
            self._reader,
            hits=hits,
            model=self._join.choice,
            every=asks_for_steps(terms.question),
        )


def _in_form(
    weighed: Weighed, judged: Judged, *, story: Collection[str], times: Sequence[AskedTime], news: bool
) -> Weighed:
    """What was weighed, with the sentences first that have the form that is asked for."""
    candidates, name = judged.candidates, defined(judged.terms)
    if weighed.form == "definition" and name:
        return replace(weighed, candidates=defining_first(name, candidates))
    if weighed.form == "keywords" and not judged.evidence.strange:
        about = with_news(candidates) if news else about_topic(candidates)
        return replace(weighed, candidates=about, enough=True, shorts={}) if about else weighed
    if weighed.form == "change":
        told = of_story(of_time(candidates, times), judged.terms, story)
        if len({one.hit.article.published for one in told}) > 1 and not judged.evidence.strange:
            return replace(weighed, candidates=told, enough=True, shorts={})
    return weighed


def _tells_openly(judged: Judged) -> bool:
    first = next(iter(judged.candidates), None)
    return first is not None and not judged.evidence.strange and is_open(judged.terms, first)


def _likely(judged: Judged, lexicon: Lexicon) -> Shorts:
    """The words that answer, of sentences that the reader takes for an answer rather than for none."""
    return {
        place: short
        for one in judged.candidates
        if one.features.get("margin", 0) >= BOLD
        and (short := judged.shorts.get(place := (one.hit.article.id, one.span)))
        and may_be_bold(judged.terms, one.hit.article.body, one.span, short, lexicon)
    }


def with_numbers(weighed: Weighed, terms: Terms, lexicon: Lexicon) -> Weighed:
    """For "how many": candidates come last, and are not enough, that have no number but dates.

    Nor does one answer that has only numbers of other things: people where pigs were asked for.
    """
    counted: list[Candidate] = []
    rest: list[Candidate] = []
    for one in weighed.candidates:
        (counted if _has_number(one, terms, lexicon) else rest).append(one)
    best = max((one.score for one in weighed.candidates), default=0.0)
    enough = weighed.enough and bool(counted) and counted[0].score >= LEADING * best
    return replace(weighed, candidates=[*counted, *rest], enough=enough)


def _has_number(candidate: Candidate, terms: Terms, lexicon: Lexicon) -> bool:
    text = candidate.hit.article.body[candidate.span.start : candidate.span.end]
    words = lexicon.read(_DATE.sub(" ", text))
    return any(
        (word.low in _AMOUNTS or (word.number and not (is_year(word) or _CODE.match(word.low))))
        and not counts_another(terms, words[n:])
        for n, word in enumerate(words)
    )
