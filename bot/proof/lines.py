"""A model's line into what is shown of it: its wording where that is proved, else the article's sentences.

A line with words that are found is never lost. Its wording counts as proved where it is a shortening of one
of the sentences that it points at (`shortening`); otherwise these sentences are quoted whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answers.asked import Wording
from bot.answers.lines import plain
from bot.answers.proposal import Proposed, Shorts
from bot.proof.marked import may_be_marked
from bot.proof.pointing import point
from bot.proof.records import DraftLine, Pointed, SentPassage
from bot.proof.shortening import is_shortening
from bot.proof.tokens import words_of
from bot.proof.whole import quotation, speaker_in, whole_thought, with_names
from bot.speaking.quotations import paragraphs
from bot.speaking.speaker import Speakers
from index.records import Article, Span
from index.sentences import sentence_spans

_LONGEST = 800  # characters of a wording; what is longer is no sentence
_KEPT = 64  # articles whose speakers are remembered: those of a few questions
_BOLD = 0.5  # of a quotation: pointed words that are more of it say nothing by being bold
_BOLD_WORDS = 12


@dataclass(frozen=True)
class Lost:
    """A line that points nowhere, and why."""

    text: str
    finding: str


@dataclass(frozen=True)
class _Ground:
    """Where a line points in one article: whole sentences, with who speaks in them."""

    pointed: Pointed
    span: Span
    speakers: Speakers

    @property
    def article(self) -> Article:
        return self.pointed.shown.article

    @property
    def text(self) -> str:
        return self.article.body[self.span.start : self.span.end]


class Lines:
    """Proves the lines of drafts; one may be used for many questions, and by several threads.

    `wording`: whether a wording that is not proved is shown, marked as that ("marked"), or never ("proved").
    """

    def __init__(self, wording: Wording = "proved") -> None:
        self._wording = wording
        self._speakers = lru_cache(maxsize=_KEPT)(Speakers)  # reading who speaks takes up to 10 ms an article

    def prove(
        self, drafted: DraftLine, shown: Sequence[SentPassage], *, shorts: Shorts
    ) -> tuple[Proposed, ...] | Lost:
        """The sentences that are shown of a line, at least one; `shorts` are what a reader read."""
        pointing = point(drafted, shown)
        if not pointing.places:
            return Lost(plain(drafted.text[:_LONGEST]), _why_lost(drafted, pointing.lost))
        grounds = _grounds(pointing.places, self._speakers)
        text = plain(drafted.text)
        if len(text) <= _LONGEST:
            for ground in grounds:
                if sentence := _shortened(text, ground):
                    others = [one for one in grounds if one is not ground]
                    first = _as_shortened(text, ground, sentence=sentence)
                    return (first, *(_quoted(one, shorts, text=text) for one in others))
            if self._wording == "marked" and may_be_marked(text, [one.article for one in grounds]):
                return (_marked(text, grounds),)
        return tuple(_quoted(one, shorts, text=text) for one in grounds)


def _grounds(places: Sequence[Pointed], speakers: Callable[[Article], Speakers]) -> list[_Ground]:
    """The whole sentences around each place, in the line's order; one within another is the same."""
    found: list[_Ground] = []
    for one in places:
        article = one.shown.article
        around = sentences_at(article, one.words)
        span = Span(around[0].start, around[-1].end) if around else one.words
        if not any(article == other.article and _within(span, other.span) for other in found):
            found.append(_Ground(one, span, speakers(article)))
    return found


def sentences_at(article: Article, span: Span) -> list[Span]:
    """The sentences that a span has a part in; only its paragraphs are read."""
    parts = [one for one in paragraphs(article.body) if one.start < span.end and span.start < one.end]
    return [
        Span(part.start + one.start, part.start + one.end)
        for part in parts
        for one in sentence_spans(article.body[part.start : part.end], language=article.language)
        if part.start + one.start < span.end and span.start < part.start + one.end
    ]


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _shortened(text: str, ground: _Ground) -> Span | None:
    """The sentence of a place that a wording is a shortening of."""
    article = ground.article
    sentences = sentences_at(article, ground.span)
    return next(
        (one for one in sentences if is_shortening(text, article, one, speakers=ground.speakers)), None
    )


def _as_shortened(text: str, ground: _Ground, *, sentence: Span) -> Proposed:
    """A proved wording; where it is the whole sentence, the quotation that it is."""
    whole = ground.article.body[sentence.start : sentence.end]
    if _bare(text) == _bare(plain(whole)):
        return _quoted(_Ground(ground.pointed, sentence, ground.speakers), {}, text=text)
    quoted = quotation(ground.pointed.shown.hit, sentence, ground.speakers.owner(sentence))
    return replace(quoted, text=text, verdict="shortened")


def _bare(text: str) -> str:
    return text.strip(" .“”\"'").casefold()


def _quoted(ground: _Ground, shorts: Shorts, *, text: str) -> Proposed:
    """The sentences that a line points at, with what they cannot be understood without.

    That is also the sentence before them, where the line says by name what only that one does.
    """
    article = ground.article
    span = whole_thought(article, ground.span, ground.speakers)
    if span == ground.span:
        names = [text[word.start : word.end] for word in words_of(text)[1:] if word.capital]
        span = with_names(article, span, ground.speakers, names=names)
    speaker = speaker_in(ground.span, span, ground.speakers)
    return quotation(ground.pointed.shown.hit, span, speaker, short=_bold(ground, span, shorts=shorts))


def _marked(text: str, grounds: Sequence[_Ground]) -> Proposed:
    """A wording that is not proved, beside the quotations that it points at."""
    quotes = [_quoted(one, {}, text=text) for one in grounds]
    return Proposed(
        text="\n".join(one.text for one in quotes),
        places=tuple(place for one in quotes for place in one.places),
        verdict="marked",
        wording=text,
    )


def _bold(ground: _Ground, span: Span, *, shorts: Shorts) -> Span | None:
    """The words that answer: what the reader read there, else few words that the model pointed at."""
    words = ground.pointed.words
    article = ground.article.id
    read = (short for (name, _), short in shorts.items() if name == article and _within(short, span))
    short = next((one for one in read if _within(one, words)), None)
    if short:
        return short
    pointed = ground.article.body[words.start : words.end]
    few = len(pointed.split()) <= _BOLD_WORDS and len(pointed) <= _BOLD * (span.end - span.start)
    return words if few else None


def _why_lost(drafted: DraftLine, lost: Sequence[str]) -> str:
    if lost:
        return "these words stand in no passage: " + "; ".join(f"“{plain(words)[:160]}”" for words in lost)
    return "it cites no passage" if not drafted.cites else "what it cites has not its words"
