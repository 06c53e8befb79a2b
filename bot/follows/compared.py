"""An answer and what was held of the one before into what is new, and what is held from now on.

Nothing is new only because a question is asked again: an origin is told once, whichever of its copies is
quoted; an answer once, however the ranking turns; a quotation when its article changed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from bot.answers.answer import Answer, Sentence
from bot.answers.citation import Citation
from bot.follows.records import GONE, Compared, Held, HeldPlace, NewsItem, TellingKind
from bot.language.lexicon import Lexicon
from index.copies.revised import revised
from index.copies.words import holds
from index.corrections import corrections
from index.errors import NotInArchive
from index.records import Article, Span

_SHOWN = 3  # places of an answer that are told
_HELD = 12  # places that are watched: of the answer, then of those before it


class FollowShelf(Protocol):
    """What comparing needs of an archive, as `index.storage.archive.Archive` has it."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """One article, as it is now or as an earlier revision; raises `NotInArchive`."""

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them; raises `NotInArchive`."""


class Comparison:
    """Compares answers to one followed question; `salt` is its own, so that no hash is another's."""

    def __init__(self, shelf: FollowShelf, salt: str, *, lexicon: Lexicon) -> None:
        self._shelf = shelf
        self._salt = salt
        self._lexicon = lexicon

    def compare(self, before: Held, answer: Answer, *, confirming: Sequence[HeldPlace] = ()) -> Compared:
        """What an answer has that is new; `confirming` are further origins that say the same."""
        places = tuple(places_of(answer))
        reason = answer.abstention.reason if answer.abstention else None
        now = Held(answer.status, reason, places)
        confirming = (*_beside(answer), *confirming)
        became = [self._became(place) for place in before.places]
        items = [item for _, item in became if item and self._names(item).isdisjoint(before.known)]
        told = [NewsItem("answer", place) for place in places[:_SHOWN]]
        match before.status, answer.status:
            case "new", "answered":
                return self._kept(before, now, became, confirming, "begun", told)
            case "new", _:
                return self._kept(before, now, became, confirming, "not_there", [])
            case "answered", "abstained" if not items:  # only the ranking has turned
                now = replace(now, status="answered", reason=None)
                return self._kept(before, now, became, confirming, None, [])
            case _, "abstained":
                lost = before.status == "answered"
                return self._kept(before, now, became, confirming, "lost" if lost else None, items)
            case "answered", _:
                news = self._news(before, answer, places, confirming, items)
                return self._kept(before, now, became, confirming, "news" if news else None, news)
            case _:
                return self._kept(before, now, became, confirming, "answered", told)

    def _news(
        self,
        before: Held,
        answer: Answer,
        places: Sequence[HeldPlace],
        confirming: Sequence[HeldPlace],
        became: Sequence[NewsItem],
    ) -> list[NewsItem]:
        """What is new of a question that was answered before and still is."""
        changed = {item.was.article for item in became if item.was}
        other = self._other(before, places[0]) if places[0].article not in changed else None
        new = [place for place in (*places, *confirming) if self._is_new_origin(before, place)]
        origins: dict[str, NewsItem] = {}
        for place in new:
            if not (other and other.now == place):
                origins.setdefault(self._origin(place), NewsItem("origin", place))
        cited = {one.number: one for one in answer.citations}
        back = [NewsItem("retracted", _place_of(cited[one.citation])) for one in answer.later if one.retracts]
        taken_back = [item for item in back if self._names(item).isdisjoint(before.known)]
        return [*([other] if other else []), *became, *taken_back, *origins.values()]

    def _other(self, before: Held, lead: HeldPlace) -> NewsItem | None:
        """Another answer than the one that was held and than any that was told."""
        was = before.places[0] if before.places else None
        now_words = self._short(lead)
        if was is None or not now_words or self._name("answer", *sorted(now_words)) in before.known:
            return None
        was_words = self._short(was)
        if not was_words or was_words <= now_words or now_words <= was_words:
            return None
        return NewsItem("other", lead, was)

    def _became(self, place: HeldPlace) -> tuple[HeldPlace | None, NewsItem | None]:
        """The place that is watched from now on, and what became of the words that stood there."""
        try:
            present = self._shelf.article(place.article)
            if present.revision == place.revision:
                return place, None
            before = self._shelf.article(place.article, revision=place.revision)
        except NotInArchive:
            return None, NewsItem("removed", was=GONE)
        quote = before.body[place.start : place.end]
        change = revised(quote, before.body, present)
        if change and change.now:
            now = HeldPlace(present.id, present.revision, *change.now)
            return now, NewsItem("revised", now, place)
        if change:
            return None, NewsItem("taken_out", was=place)
        moved = _moved(place, before, present)
        for note in corrections(present.body, language=present.language):
            if not holds(before.body, present.body[note.start : note.end]):
                return moved, NewsItem("corrected", HeldPlace(present.id, present.revision, *note), place)
        return moved, None

    def _kept(
        self,
        before: Held,
        now: Held,
        became: Sequence[tuple[HeldPlace | None, NewsItem | None]],
        confirming: Sequence[HeldPlace],
        kind: TellingKind | None,
        items: Sequence[NewsItem],
    ) -> Compared:
        """What is told, with all that is held from now on: the answer's places, then those before them."""
        cited = {replace(place, short=None) for place in now.places}
        earlier = [place for place, _ in became if place and replace(place, short=None) not in cited]
        known = {*before.known, *self._known((*now.places, *confirming))}.union(*map(self._names, items))
        held = replace(now, places=(*now.places, *earlier)[:_HELD], known=frozenset(known))
        return Compared(held, kind, tuple(items) if kind else ())

    def _known(self, places: Sequence[HeldPlace]) -> Iterator[str]:
        """The hashes of every article of the origins of places, and of the answers in them."""
        for place in places:
            for article in self._printed(place):
                yield self._name("article", article)
            if words := self._short(place):
                yield self._name("answer", *sorted(words))

    def _names(self, item: NewsItem) -> set[str]:
        """The hashes of what an item tells, where its place alone would not keep it from being told again."""
        if item.now and item.kind in ("retracted", "corrected"):
            return {self._name(item.kind, item.now.article, item.now.revision)}
        return set()

    def _is_new_origin(self, before: Held, place: HeldPlace) -> bool:
        return not any(self._name("article", one) in before.known for one in self._printed(place))

    def _origin(self, place: HeldPlace) -> str:
        return min(self._printed(place))

    def _printed(self, place: HeldPlace) -> list[str]:
        """The ids of the articles of a place's origin."""
        try:
            return [one.id for one in self._shelf.same_origin(place.article)] or [place.article]
        except NotInArchive:
            return [place.article]

    def _short(self, place: HeldPlace) -> frozenset[str]:
        """The keys of the words of a place that answer: "4" is "four"; none where no reader found any."""
        if place.short is None:
            return frozenset()
        try:
            body = self._shelf.article(place.article, revision=place.revision).body
        except NotInArchive:
            return frozenset()
        return self._lexicon.keys(body[place.short.start : place.short.end])

    def _name(self, kind: str, *parts: str) -> str:
        text = "\n".join((self._salt, kind, *parts))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def places_of(answer: Answer) -> Iterator[HeldPlace]:
    """Where an answer's sentences stand, in their order; of each its first citation."""
    by_number = {one.number: one for one in answer.citations}
    for sentence in answer.sentences:
        citation = by_number[sentence.citations[0]]
        yield replace(_place_of(citation), short=_short_of(sentence, citation))


def _beside(answer: Answer) -> list[HeldPlace]:
    """Where other origins say it differently, or agree: what an answer sets beside its sentences."""
    quoted = {number for one in answer.sentences for number in one.citations}
    told = {cell.citation for one in answer.differences for cell in one.cells} - quoted
    return [_place_of(one) for one in answer.citations if one.number in told]


def _place_of(citation: Citation) -> HeldPlace:
    return HeldPlace(citation.article.id, citation.revision, citation.start, citation.end)


def _short_of(sentence: Sentence, citation: Citation) -> Span | None:
    """The words of a sentence that answer, as a span of its article's body."""
    if sentence.short is None:
        return None
    words = sentence.text[sentence.short.start : sentence.short.end]
    at = sentence.short.start if sentence.text == citation.quote else citation.quote.find(words)
    return Span(citation.start + at, citation.start + at + len(words)) if at >= 0 else None


def _moved(place: HeldPlace, before: Article, present: Article) -> HeldPlace:
    """The place of the same words in the article's present body, where they stand there letter by letter."""
    quote = before.body[place.start : place.end]
    at = present.body.find(quote)
    if at < 0:
        return place
    shift = at - place.start
    short = Span(place.short.start + shift, place.short.end + shift) if place.short else None
    return HeldPlace(present.id, present.revision, at, at + len(quote), short)
