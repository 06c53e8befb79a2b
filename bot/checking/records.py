"""The records of a checked quotation: where its words stand, what differs, what it was put together of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.answers.citation import Citation
from bot.checking.around import around, denial_before
from bot.checking.cutting import cuts
from bot.checking.normal import SetAside, is_same
from bot.speaking.records import Speaker
from index.errors import Unproved
from index.records import Article, Span

QuoteVerdict = Literal["word_for_word", "speaker_unclear", "other_speaker", "altered", "spliced", "absent"]
Holding = Literal["same", "other", "unclear"]
ChangeKind = Literal["changed", "added", "left_out"]


@dataclass(frozen=True)
class VerbatimPart:
    """A part of a quotation that stands in an article; it cannot be made of words that do not.

    Both are of one form (`bot.checking.normal`), compared code point by code point, and no word is cut.
    """

    words: str
    citation: Citation

    def __post_init__(self) -> None:
        """Raise `Unproved` unless the article has these very words."""
        at, body = self.citation, self.citation.article.body
        if not is_same(self.words, at.quote) or cuts(body, at.start) or cuts(body, at.end):
            raise Unproved(
                f"the words at {at.start}–{at.end} of article {at.article.id} are not {self.words[:60]!r}"
            )


@dataclass(frozen=True)
class QuotePlace:
    """Where a quotation stands word for word, in one revision of one article.

    `parts` has one part, and more where the quotation says that words were left out or put in: `left_out`
    are the article's words between them. `also_in` are the copies of the text that have the words too,
    `times` how often this article has them. `current`: whether that revision is the present one. `holding`
    is how a speaker who was asked for stands to `speaker`.
    """

    parts: tuple[VerbatimPart, ...]
    origin: str
    current: bool
    set_aside: tuple[SetAside, ...] = ()
    left_out: tuple[Span, ...] = ()
    also_in: tuple[Article, ...] = ()
    times: int = 1
    speaker: Speaker | None = None
    holding: Holding | None = None

    @property
    def article(self) -> Article:
        """The article, with the body of that revision."""
        return self.parts[0].citation.article

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        return Span(self.parts[0].citation.start, self.parts[-1].citation.end)

    @property
    def around(self) -> Span:
        """The whole sentences that the words stand in."""
        return around(self.article, self.span)

    @property
    def denial(self) -> Span | None:
        """The word before them, in their sentence, that denies what follows it: "never"."""
        return denial_before(self.article, self.span)


@dataclass(frozen=True)
class WordChange:
    """Where a quotation and an article differ: `text[asked]` stands in place of `body[there]`.

    One of the two is empty where words were added or left out.
    """

    kind: ChangeKind
    asked: Span
    there: Span


@dataclass(frozen=True)
class NearestWords:
    """The words of an article that come nearest to a quotation, and what differs; `share` of it agrees."""

    citation: Citation
    current: bool
    changes: tuple[WordChange, ...]
    share: float
    speaker: Speaker | None = None


@dataclass(frozen=True)
class SplicedPiece:
    """A run of a quotation, `text[asked]`, that stands word for word in a place of its own."""

    asked: Span
    place: QuotePlace


@dataclass(frozen=True)
class CheckedQuote:
    """A quotation and what it is.

    `places` are where it stands word for word, one an origin and the earliest first, those of the speaker
    asked for before others; `origins` and `articles` count all of them. `nearest` is what an altered one
    was made of, or comes near to; `pieces` are those of a spliced one, in its order.
    """

    text: str
    verdict: QuoteVerdict
    speaker: str | None = None
    places: tuple[QuotePlace, ...] = ()
    origins: int = 0
    articles: int = 0
    nearest: NearestWords | None = None
    pieces: tuple[SplicedPiece, ...] = ()


@dataclass(frozen=True)
class TextQuote:
    """A quotation in a text: `text[span]` with its marks; `speaker` is who the text says that said it."""

    span: Span
    checked: CheckedQuote


@dataclass(frozen=True)
class CheckedText:
    """A text with every quotation in it checked, in order."""

    text: str
    quotes: tuple[TextQuote, ...] = field(default=())
