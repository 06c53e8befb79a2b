"""What a record claims, and the archive, into what of it is not so: nothing is believed of the record itself.

Whether its citations stand is `bot.proof.rechecking`; here is what it says out of them and around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.dated_words import dated_words
from bot.answers.answer import Later, Sentence
from bot.answers.citation import Citation
from bot.answers.origins import Origin
from bot.proof.lines import sentences_at
from bot.proof.marked import may_be_marked
from bot.proof.proving import ArticleShelf
from bot.proof.shortening import is_shortening
from bot.proof.whole import speaker_in
from bot.showing.articles_json import ArticleRef
from bot.showing.formats.rebuilt import citation_of, rebuilt
from bot.showing.json import AnswerBody
from bot.showing.parts_json import ShortBody, WordsBody
from bot.showing.text import answered
from bot.showing.wording import words_of
from bot.speaking.records import Speaker, voice_of
from bot.speaking.speaker import Speakers
from index.copies.words import holds
from index.corrections import corrections, retractions
from index.records import Article, Span
from index.storage.records import StoryArticle

Claim = Literal[
    "uncited",  # what names no citation of the record
    "quoted",  # calls itself quoted, and is not all of one citation, in whole sentences
    "shortened",  # calls itself shortened, and is not by the proof's rule
    "marked",  # a wording that the proof would not show, or beside other words than its quotations
    "speaker",  # somebody else says it
    "article",  # a cited article has another title, outlet, agency, day or address
    "words",  # words that do not stand at their place
    "dates",  # relative dates that mean other days
    "printed",  # others have printed it, or it is of other origins
    "later",  # an article that does not tell on, or take back, what is cited
    "text",  # the plain text is not what its parts say
]


class Unfounded(BaseModel):
    """What a record says and the archive does not."""

    model_config = ConfigDict(frozen=True)

    claim: Claim = Field(
        description="`uncited`: it names no citation; `quoted`, `shortened`, `marked`: it is not what its"
        " verdict says; `speaker`; `article`: its title, outlet, agency, day or address; `words`: not"
        " at their place; `dates`: the days that words mean; `printed`: who else printed it, and its origins;"
        " `later`; `text`: the plain text is not what the parts say"
    )
    says: str = Field(description="what the record says")


class OriginShelf(ArticleShelf, Protocol):
    """What this needs of `index.storage.archive.Archive`."""

    def same_origin(self, article_id: str) -> Sequence[Article]:
        """The articles of the origin of one, itself among them."""

    def story(self, article_id: str) -> Sequence[StoryArticle]:
        """The story of an article, itself among them."""


def unfounded(body: AnswerBody, shelf: OriginShelf) -> tuple[Unfounded, ...]:
    """What of an answer whose citations stand is not so by the archive, each once.

    Not held against anything: the question, the notes, the reason of an abstention, and how two words differ.
    """
    claims = _Claims(body, shelf)
    pointless = [*claims.uncited(), *claims.words()]  # what points nowhere cannot be put into a text
    found = [*claims.articles(), *pointless, *([] if pointless else claims.facts())]
    return tuple(dict.fromkeys(Unfounded(claim=claim, says=says) for claim, says in found))


_Found = Iterator[tuple[Claim, str]]


class _Claims:
    """A record's answer, beside the same with the articles of the archive."""

    def __init__(self, body: AnswerBody, shelf: OriginShelf) -> None:
        self._body = body
        self._shelf = shelf
        self._answer = rebuilt(body, shelf)
        self._cited = {one.number: one for one in self._answer.citations}
        self._speakers = lru_cache(maxsize=None)(Speakers)
        self._origin = lru_cache(maxsize=None)(shelf.same_origin)

    def articles(self) -> _Found:
        """What is said of an article, such as its outlet, and is another."""
        why = self._body.abstention
        for one in (*self._body.citations, *(why.nearest if why else ())):
            stored = ArticleRef.model_validate(self._shelf.article(one.article.id, revision=one.revision))
            for name, value in stored:
                said = getattr(one.article, name)
                if said != value:
                    yield "article", f"{one.article.id}: {name}: {said}"

    def uncited(self) -> _Found:
        """Sentences, words and origins that name no citation of the record."""
        for sentence in self._body.sentences:
            if not sentence.citations or not self._cited.keys() >= set(sentence.citations):
                yield "uncited", sentence.text
        for place in self._places():
            if place.citation not in self._cited:
                yield "uncited", place.text
        named = [number for one in self._body.origins for number in one.citations]
        named += [number for one in self._body.later for number in (one.citation, one.of)]
        yield from (("uncited", f"[{number}]") for number in named if number not in self._cited)
        numbers = [one.number for one in self._body.citations]
        yield from (("uncited", f"[{number}]") for number in numbers if numbers.count(number) > 1)

    def words(self) -> _Found:
        """Words that do not stand at the place that is named."""
        places = [
            (one, self._cited[one.citation].article.body)
            for one in self._places()
            if one.citation in self._cited
        ]
        shorts = [(one.short, one.text) for one in self._body.sentences]
        shorts += [
            (one.short, one.quote) for one in (self._body.abstention.nearest if self._body.abstention else ())
        ]
        for words, text in [*places, *shorts]:
            if words and not _stands(words, text):
                yield "words", words.text

    def _places(self) -> Iterator[WordsBody]:
        body = self._body
        yield from (cell for one in body.differences for cell in one.cells)
        yield from (*body.dates, *body.corrections)
        yield from (one.voice.evidence for one in body.sentences if one.voice and one.voice.evidence)

    def facts(self) -> _Found:
        """What is said out of the citations: sentences, speakers, days, origins, and the whole as a text."""
        for sentence in self._answer.sentences:
            yield from self._sentence(sentence)
        yield from self._notes()
        yield from (("printed", ", ".join(one.outlets)) for one in self._answer.origins if not self._is(one))
        yield from (("later", f"[{one.citation}]") for one in self._answer.later if not self._tells(one))
        if self._body.text != self._text() or self._body.status != self._status():
            yield "text", self._body.text

    def _sentence(self, one: Sentence) -> _Found:
        cited = [self._cited[number] for number in one.citations]
        proved = {"quoted": self._quoted, "shortened": self._shortened, "marked": self._marked}[one.verdict]
        speakers = proved(one, cited)
        if not speakers:
            yield one.verdict, one.wording or one.text
        elif not any(_says(one, speaker) for speaker in speakers):
            yield "speaker", f"{one.speaker or ''}{f' ({one.role})' if one.role else ''}: {one.text}"
        first = cited[0]
        outlets = {copy.outlet for copy in self._origin(first.article.id) if holds(copy.body, first.quote)}
        yield from (("printed", outlet) for outlet in one.also_in if outlet not in outlets)

    def _quoted(self, one: Sentence, cited: Sequence[Citation]) -> list[Speaker | None]:
        """Who may be the speaker, by the sentence of a quotation that was found; none where it is none."""
        article, span = cited[0].article, Span(cited[0].start, cited[0].end)
        inner = sentences_at(article, span)
        whole = inner and (inner[0].start, inner[-1].end) == span
        if len(cited) > 1 or one.text != cited[0].quote or one.wording or not whole:
            return []
        found = {*inner, *(Span(sentence.start, span.end) for sentence in inner)}
        return [speaker_in(sentence, span, self._speakers(article)) for sentence in found]

    def _shortened(self, one: Sentence, cited: Sequence[Citation]) -> list[Speaker | None]:
        article, span = cited[0].article, Span(cited[0].start, cited[0].end)
        if len(cited) > 1 or one.wording or one.short or sentences_at(article, span) != [span]:
            return []
        speakers = self._speakers(article)
        return [speakers.owner(span)] if is_shortening(one.text, article, span, speakers=speakers) else []

    def _marked(self, one: Sentence, cited: Sequence[Citation]) -> list[Speaker | None]:
        shown = one.wording and may_be_marked(one.wording, [each.article for each in cited])
        return [None] if shown and one.text == "\n".join(each.quote for each in cited) else []

    def _notes(self) -> _Found:
        """Days that words mean, and corrections, which their articles do not tell."""
        days = set(dated_words(self._answer.citations))
        for dated, told in zip(self._answer.dates, self._body.dates, strict=True):
            if dated not in days:
                yield "dates", f"{told.text}: {told.first}, {told.last}"
        for note in self._body.corrections:
            article = self._cited[note.citation].article
            notes = [find(article.body, language=article.language) for find in (corrections, retractions)]
            if not any(Span(note.start, note.end) in each for each in notes):
                yield "words", note.text

    def _is(self, one: Origin) -> bool:
        """Whether some citations are of one origin, which these outlets printed."""
        group = self._origin(self._cited[one.citations[0]].article.id) if one.citations else ()
        ids, outlets = {each.id for each in group}, {each.outlet for each in group}
        cited = {self._cited[number].article.id for number in one.citations}
        agencies = {None, *(each.agency for each in group)}
        return bool(cited) and cited <= ids and outlets >= set(one.outlets) and one.agency in agencies

    def _tells(self, one: Later) -> bool:
        """Whether an article, or a copy of it, tells on or takes back what another tells."""
        article = self._cited[one.citation].article.id
        return any(
            article in {copy.id for copy in self._origin(story.article.id)}
            and (story.retracts or not one.retracts)
            for story in self._shelf.story(self._cited[one.of].article.id)
        )

    def _status(self) -> str | None:
        """Whether it was answered; None where it has both sentences and a reason for none, or neither."""
        reason, told = self._body.abstention is not None, bool(self._body.sentences)
        return None if reason == told else "abstained" if reason else "answered"

    def _text(self) -> str:
        """The plain text of its parts; a reason and the notes are taken as they are."""
        words, why = words_of(), self._body.abstention
        lines = [f"({note})" for note in self._body.notes]
        if why:
            closest = why.nearest if why.reason == "unsure" else ()
            lines += [why.text, *(words.quotation(citation_of(one, self._shelf)) for one in closest)]
        else:
            lines += answered(self._answer, words)
        return "\n".join(lines)


def _says(one: Sentence, speaker: Speaker | None) -> bool:
    """Whether a sentence tells of its speaker what the article does; a voice that was not asked is none."""
    told = (speaker.name, speaker.role) if speaker else (None, None)
    return (one.speaker, one.role) == told and one.voice in (None, voice_of(speaker))


def _stands(words: WordsBody | ShortBody, text: str) -> bool:
    return 0 <= words.start < words.end and text[words.start : words.end] == words.text
