"""Words into what they are: word for word in an article, altered, spliced, somebody else's, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.answering.ports import Bodies
from bot.answers.citation import Citation
from bot.checking.nearest import aligned, is_altered, nearest_words
from bot.checking.records import (
    CheckedQuote,
    CheckedText,
    Holding,
    NearestWords,
    QuotePlace,
    QuoteVerdict,
    SplicedPiece,
    TextQuote,
)
from bot.checking.searching import by_origin, word_for_word
from bot.checking.speakers import held
from bot.checking.splicing import pieces
from bot.speaking.quotations import masked, quotations
from bot.speaking.records import Speaker
from bot.speaking.speaker import Speakers
from index.canonical import canonical
from index.errors import BadInput
from index.records import Article, Span

SHOWN = 20  # places that are told; all are counted
LONGEST_TEXT = 50_000  # characters of a text
MOST_QUOTES = 100  # quotations of a text
_HEARD = 200  # articles in which a speaker is looked for
_KEPT = 64  # articles whose speakers are remembered
_ORDER: Sequence[Holding] = ("same", "unclear", "other")
_WORDS = 0.3  # of a quotation that must agree, for what is in no article to come near one


def has_own_words(text: str) -> bool:
    """Whether a text says more than it quotes, so that its quotations are meant and not the whole."""
    quoted = quotations(text)
    return bool(quoted) and any(map(str.isalnum, masked(text, quoted)))


class QuoteChecker:
    """Checks quotations against an archive; one may be used for many, and by several threads."""

    def __init__(self, archive: Bodies) -> None:
        self._archive = archive
        self._speakers = lru_cache(maxsize=_KEPT)(Speakers)  # reading who speaks takes up to 10 ms an article

    def check(self, text: str, *, speaker: str | None = None) -> CheckedQuote:
        """What a quotation is; `speaker` is who is said to have said it.

        Raises:
            BadInput: it has no words, or more than 5,000 characters.
        """
        speaker = speaker.strip() or None if speaker else None
        found = word_for_word(self._archive, text)
        joined = [place for place in found if not self._one_voice(place)]
        if joined and len(joined) == len(found):
            return self._joined(text, joined[0], speaker)
        found = [place for place in found if place not in joined]
        return self._standing(text, found, speaker) if found else self._not_standing(text, speaker)

    def check_text(self, text: str, *, speaker: str | None = None) -> CheckedText:
        """Every quotation of a text; each held against who the text says, or against `speaker`.

        Raises:
            BadInput: it has no quotation, or more than 100, or more than 50,000 characters.
        """
        if len(text) > LONGEST_TEXT:
            raise BadInput(f"the text has {len(text):,} characters, expected {LONGEST_TEXT:,} at most")
        body = canonical(text)
        quoted = [one for one in quotations(body) if any(map(str.isalnum, body[one.start : one.end]))]
        if not 0 < len(quoted) <= MOST_QUOTES:
            raise BadInput(
                f"the text has {len(quoted)} quotations in quotation marks, expected 1 to {MOST_QUOTES}"
            )
        told = Speakers(Article(id="text", title="", body=body))
        return CheckedText(
            body,
            tuple(
                TextQuote(
                    one.span,
                    self.check(body[one.start : one.end], speaker=speaker or _named(told.of(one.span))),
                )
                for one in quoted
            ),
        )

    def _standing(self, text: str, found: Sequence[QuotePlace], speaker: str | None) -> CheckedQuote:
        """A quotation that stands word for word; those of the speaker asked for come first."""
        verdict: QuoteVerdict = "word_for_word"
        if speaker:
            found = sorted(
                (self._held(place, speaker) for place in found[:_HEARD]),
                key=lambda place: _ORDER.index(place.holding or "other"),
            )
            verdict = _verdict(found[0].holding)
        places = by_origin(found)
        shown = tuple(place if speaker else self._said(place) for place in places[:SHOWN])
        return CheckedQuote(text, verdict, speaker, shown, len(places), len(found))

    def _not_standing(self, text: str, speaker: str | None) -> CheckedQuote:
        near = aligned(self._archive, text)
        if near is None:
            return CheckedQuote(text, "absent", speaker)
        words = self._near(nearest_words(text, near))
        if spliced := pieces(self._archive, text, near):
            return CheckedQuote(
                text, "spliced", speaker, nearest=words, pieces=tuple(map(self._piece, spliced))
            )
        altered = is_altered(text, near)
        return CheckedQuote(
            text,
            "altered" if altered else "absent",
            speaker,
            nearest=words if altered or words.share >= _WORDS else None,
        )

    def _one_voice(self, place: QuotePlace) -> bool:
        """Whether no two parts of a place are known to be of different speakers."""
        if len(place.parts) < 2:
            return True
        told = [self._speaker(place.article, _span(part.citation)) for part in place.parts]
        return len({one.name if one else None for one in told if not one or one.kind != "unclear"}) < 2

    def _joined(self, text: str, place: QuotePlace, speaker: str | None) -> CheckedQuote:
        """Words of different speakers, between which a quotation says that words were left out."""
        told = []
        for part in place.parts:
            at = text.find(part.words)
            own = replace(place, parts=(part,), left_out=())
            told.append(SplicedPiece(Span(max(at, 0), max(at, 0) + len(part.words)), self._said(own)))
        return CheckedQuote(text, "spliced", speaker, pieces=tuple(told))

    def _held(self, place: QuotePlace, asked: str) -> QuotePlace:
        article = place.article
        speaker, holding = held(asked, article, place.span, speakers=self._speakers(article))
        return replace(place, speaker=speaker, holding=holding)

    def _said(self, place: QuotePlace) -> QuotePlace:
        return replace(place, speaker=self._speaker(place.article, place.span))

    def _near(self, words: NearestWords) -> NearestWords:
        return replace(words, speaker=self._speaker(words.citation.article, _span(words.citation)))

    def _piece(self, piece: SplicedPiece) -> SplicedPiece:
        return replace(piece, place=self._said(piece.place))

    def _speaker(self, article: Article, span: Span) -> Speaker | None:
        return self._speakers(article).of(span)


def _span(citation: Citation) -> Span:
    return Span(citation.start, citation.end)


def _verdict(holding: Holding | None) -> QuoteVerdict:
    match holding:
        case "same":
            return "word_for_word"
        case "unclear":
            return "speaker_unclear"
        case _:
            return "other_speaker"


def _named(speaker: Speaker | None) -> str | None:
    """Who a text says that said something, where it gives a name."""
    return speaker.name if speaker and speaker.kind in ("named", "body") else None
