"""A checked quotation as JSON: the same from the terminal, HTTP and MCP."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.answers.citation import Citation
from bot.checking.normal import SetAside
from bot.checking.records import (
    ChangeKind,
    CheckedQuote,
    CheckedText,
    Holding,
    NearestWords,
    QuotePlace,
    QuoteVerdict,
)
from bot.showing.articles_json import ArticleRef
from bot.showing.checks import marked_text, verdict_line
from bot.showing.examples import HARBOUR_CHECK
from bot.showing.wording import words_of
from bot.speaking.kinds import SpeakerKind
from bot.speaking.records import Speaker
from index.records import Span


class SpanBody(BaseModel):
    """Words and where they stand, in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0, description="the first code point after them")
    words: str


class QuotedByBody(BaseModel):
    """Who says words, as their article tells it."""

    name: str = Field(description="as full as the article gives it; `unclear` where it cannot be told")
    kind: SpeakerKind
    role: str | None = None


class QuotePlaceBody(BaseModel):
    """Where a quotation stands word for word: `body[start:end] == quote`."""

    quote: str = Field(description="the article's own words, from the first to the last")
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    revision: str = Field(description="the sha256 of the body that holds it")
    current: bool = Field(description="whether the article has these words now")
    times: int = Field(ge=1, description="how often that body has them")
    parts: tuple[SpanBody, ...] = Field(description="one; more where words were left out or put in")
    left_out: tuple[SpanBody, ...] = Field(description="the article's words between the parts")
    around: SpanBody = Field(description="the whole sentences that the words stand in")
    denial: SpanBody | None = Field(
        description="the last word before them, in their sentence, that denies what follows: it may say the"
        " opposite of them"
    )
    set_aside: tuple[SetAside, ...] = Field(description="what was set aside in comparing")
    speaker: QuotedByBody | None = Field(description="null: the outlet's own words")
    holding: Holding | None = Field(description="how the speaker asked for stands to `speaker`")
    article: ArticleRef
    also_in: tuple[ArticleRef, ...] = Field(description="copies of the text that have the words too")


class WordChangeBody(BaseModel):
    """Where a quotation and an article differ."""

    kind: ChangeKind
    asked: SpanBody = Field(description="of the quotation; empty where words were left out")
    there: SpanBody = Field(description="of the article's body; empty where words were added")


class NearestWordsBody(BaseModel):
    """The words of an article that come nearest to a quotation that stands nowhere."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    revision: str
    current: bool
    share: float = Field(ge=0, le=1, description="of the quotation's words that agree")
    changes: tuple[WordChangeBody, ...]
    speaker: QuotedByBody | None
    article: ArticleRef


class SplicedPieceBody(BaseModel):
    """A run of a quotation that stands word for word in a place of its own."""

    asked: SpanBody = Field(description="of the quotation")
    place: QuotePlaceBody


class CheckBody(BaseModel):
    """A quotation and what it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [HARBOUR_CHECK]})

    text: str
    verdict: QuoteVerdict
    summary: str = Field(description="the verdict in words")
    speaker: str | None = Field(description="who was asked for, or whom the text names")
    origins: int = Field(ge=0, description="independent texts that have it word for word; copies count once")
    articles: int = Field(ge=0, description="articles that have it word for word")
    places: tuple[QuotePlaceBody, ...] = Field(description="one an origin, 20 at most")
    nearest: NearestWordsBody | None
    pieces: tuple[SplicedPieceBody, ...]


class TextQuoteBody(BaseModel):
    """A quotation of a text: `text[start:end]` with its marks."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    check: CheckBody


class TextCheckBody(BaseModel):
    """A text with every quotation in it checked."""

    text: str = Field(description="the canonical text, in which `start` and `end` count")
    quotes: tuple[TextQuoteBody, ...]
    marked: str = Field(description="the text with what each quotation is behind it")


def check_body(checked: CheckedQuote) -> CheckBody:
    """A checked quotation as it leaves."""
    return CheckBody(
        text=checked.text,
        verdict=checked.verdict,
        summary=verdict_line(checked, words_of()),
        speaker=checked.speaker,
        origins=checked.origins,
        articles=checked.articles,
        places=tuple(map(_place, checked.places)),
        nearest=_nearest(checked.nearest, checked.text) if checked.nearest else None,
        pieces=tuple(
            SplicedPieceBody(asked=_span(checked.text, one.asked), place=_place(one.place))
            for one in checked.pieces
        ),
    )


def text_check_body(checked: CheckedText) -> TextCheckBody:
    """A checked text as it leaves."""
    quotes = tuple(
        TextQuoteBody(start=one.span.start, end=one.span.end, check=check_body(one.checked))
        for one in checked.quotes
    )
    return TextCheckBody(text=checked.text, quotes=quotes, marked=marked_text(checked, words_of()))


def _place(place: QuotePlace) -> QuotePlaceBody:
    article, span = place.article, place.span
    return QuotePlaceBody(
        quote=article.body[span.start : span.end],
        start=span.start,
        end=span.end,
        revision=article.revision,
        current=place.current,
        times=place.times,
        parts=tuple(_cited(part.citation) for part in place.parts),
        left_out=tuple(_span(article.body, one) for one in place.left_out),
        around=_span(article.body, place.around),
        denial=_span(article.body, place.denial) if place.denial else None,
        set_aside=place.set_aside,
        speaker=_speaker(place.speaker),
        holding=place.holding,
        article=ArticleRef.model_validate(article),
        also_in=tuple(map(ArticleRef.model_validate, place.also_in)),
    )


def _nearest(nearest: NearestWords, text: str) -> NearestWordsBody:
    at = nearest.citation
    return NearestWordsBody(
        quote=at.quote,
        start=at.start,
        end=at.end,
        revision=at.revision,
        current=nearest.current,
        share=round(nearest.share, 3),
        changes=tuple(
            WordChangeBody(
                kind=one.kind, asked=_span(text, one.asked), there=_span(at.article.body, one.there)
            )
            for one in nearest.changes
        ),
        speaker=_speaker(nearest.speaker),
        article=ArticleRef.model_validate(at.article),
    )


def _cited(citation: Citation) -> SpanBody:
    return SpanBody(start=citation.start, end=citation.end, words=citation.quote)


def _span(text: str, span: Span) -> SpanBody:
    return SpanBody(start=span.start, end=span.end, words=text[span.start : span.end])


def _speaker(speaker: Speaker | None) -> QuotedByBody | None:
    return QuotedByBody(name=speaker.name, kind=speaker.kind, role=speaker.role) if speaker else None
