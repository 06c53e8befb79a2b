"""A question into what the archive holds of it: read, retrieved, weighed; or why nothing there answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bot.answering.abstaining import (
    incomplete,
    names_any,
    not_in_archive,
    not_stated,
    nothing_stored,
    outside_dates,
    outside_days,
    unsure,
)
from bot.answering.clock import Clock
from bot.answering.followup import unnamed
from bot.answering.lacking import HeldDates, HeldWords, absent_words, days_after, days_beyond
from bot.answering.later import StoryShelf
from bot.answering.newest import newest_first, wants_newest, with_newest
from bot.answering.ports import SteadyArchive
from bot.answering.respelling import in_archives_spelling, misspelt, respelled_names
from bot.answering.standing import standing
from bot.answering.stories import story_first, story_of
from bot.answers.asked import Asked
from bot.answers.notes import AskedDays, Note, Only, ReadAs, Respelled
from bot.answers.proposal import Refused, Weighed
from bot.answers.question import Question, may_name_outlet, read_question
from bot.language.dates.asked import AskedTime, read_times
from bot.language.foreign import is_foreign
from bot.language.lexicon import Lexicon
from bot.language.spellings import names_in, nearest_name, typed_plainly
from bot.weighing.forms import asks_for_steps, news_of
from index.dates import known_day
from index.records import Filters, Hit
from index.retrieval.nearness import near
from index.retrieval.outlet_names import check_outlets
from index.storage.records import ArchiveStatus, Cited

_EVERYTHING = Filters()
HARDLY = 0.2  # a probability below which a word that stands nowhere in the archive is why there is no answer


class EvidenceArchive(HeldWords, StoryShelf, SteadyArchive, Protocol):
    """What asking needs of `index.storage.archive.Archive`."""

    def outlets(self) -> list[tuple[str | None, int]]:
        """(outlet, articles)."""

    def dates(self) -> tuple[str | None, str | None]:
        """The first and the last day of publication that are known."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        """Remember what was asked and quoted."""


class EvidenceRetriever(Protocol):
    """What asking needs of `index.retrieval.retrieve.Retriever`."""

    def retrieve(
        self, question: str, *, filters: Filters = ..., limit: int = ..., asked_on: date | None = ...
    ) -> list[Hit]:
        """The passages nearest to a question, best first."""


class Weigher(Protocol):
    """Reads hits: which sentences may answer, and whether they do."""

    def weigh(
        self,
        question: str,
        hits: Sequence[Hit],
        *,
        filters: Filters,
        times: Sequence[AskedTime],
        story: Collection[str] = ...,
    ) -> Weighed:
        """The candidates of the hits, best first, and whether they hold the answer; `times` it asks for.

        `story`: ids of articles that tell one story; where its steps are asked for each of them tells one.
        """


@dataclass(frozen=True)
class Looked:
    """What looking into the archive gave; `refused` says why nothing there answers."""

    question: Question
    hits: tuple[Hit, ...]
    weighed: Weighed
    refused: Refused | None = None
    notes: tuple[Note, ...] = ()


class Looker:
    """Looks into one archive; at most `limit` passages a question."""

    def __init__(
        self,
        archive: EvidenceArchive,
        retriever: EvidenceRetriever,
        *,
        weigher: Weigher,
        lexicon: Lexicon,
        limit: int,
    ) -> None:
        self._archive = archive
        self._lexicon = lexicon
        self._retriever = retriever
        self._weigher = weigher
        self._limit = limit

    def search(self, asked: Asked, *, alone: str, limit: int) -> list[Hit]:
        """The passages that are near a question, best first. Raises `BadFilter` for an unknown outlet."""
        question, _ = self._read(asked, alone)
        check_outlets(question.filters, self._archive.outlets)
        topic, filters = question.topic, question.filters
        return near(topic, self._retriever.retrieve(topic, filters=filters, limit=limit, asked_on=asked.day))

    def look(self, asked: Asked, *, alone: str, clock: Clock) -> Looked:
        """The hits of a cleaned question and what they are worth; `alone` is it as it stands alone."""
        with clock.step("read"):
            question, notes = self._read(asked, alone)
            if word := unnamed(alone):
                return Looked(question, (), Weighed((), enough=False), incomplete(word), notes)
            times, held = self._times(question, asked.day)
            notes += tuple(AskedDays(one.words, *one.iso) for one in times if one.relative)
        hits, weighed = self._weigh(question, clock, asked.day, times)
        late = days_after(times, held) if all(one.relative for one in times) else None
        absent, meant, known = self._respell(question, hits, weighed, times, clock)
        if meant:
            question, notes = in_archives_spelling(question, meant), (*notes, *meant)
            hits, weighed = self._weigh(question, clock, asked.day, times)
            with clock.step("answer"):
                absent = absent_words(weighed.missing, hits, times, archive=self._archive)
        if hits and weighed.enough and not late:
            return Looked(question, tuple(hits), weighed, None, notes)
        with clock.step("answer"):
            unlikely = (weighed.probability or 0) < HARDLY
            if beyond := late or days_beyond(times, asked.day, held, weighed):
                refused = outside_days(beyond, held, weighed)
            elif is_foreign(question.topic, self._lexicon):
                refused = unsure(replace(weighed, missing=()))  # its words are not read
            elif absent and (names_any(absent) or unlikely):
                near = {word: name for word in absent if (name := nearest_name(word, known))}
                refused = not_in_archive(absent, weighed, near=near)
            else:
                refused = self._why_not(question, asked.day, times, hits, weighed, clock)
        return Looked(question, tuple(hits), weighed, refused, notes)

    def _respell(
        self,
        question: Question,
        hits: Sequence[Hit],
        weighed: Weighed,
        times: Sequence[AskedTime],
        clock: Clock,
    ) -> tuple[list[str], tuple[Respelled, ...], Collection[str]]:
        """The words that the archive lacks, those of the question that it spells otherwise, and its names.

        Where the answer is found and no word is missing there is nothing to look for.
        """
        if weighed.enough and not weighed.missing:
            return [], (), ()
        with clock.step("answer"):
            absent = absent_words(weighed.missing, hits, times, archive=self._archive)
            known = names_in(texts := [f"{hit.article.title}\n{hit.passage.text}" for hit in hits])
            plain = [] if weighed.enough else typed_plainly(question.topic, known)
            meant = respelled_names([*absent, *plain], known)
            return absent, meant + misspelt(absent, texts, self._lexicon), known

    def _times(self, question: Question, day: date) -> tuple[tuple[AskedTime, ...], HeldDates]:
        """The days that a question asks for, and where there are any the first and last of the archive."""
        times = read_times(question.topic, day)
        if not times:
            return times, (None, None)
        held = self._archive.dates()
        return read_times(question.topic, day, newest=known_day(held[1])), held

    def _weigh(
        self, question: Question, clock: Clock, day: date, times: Sequence[AskedTime]
    ) -> tuple[list[Hit], Weighed]:
        with clock.step("retrieve"):
            found = self._retrieve(question, day)
        with clock.step("answer"):
            hits, story = standing(found, question.text), frozenset[str]()
            if hits and asks_for_steps(question.topic):
                story = story_of(hits, self._archive)
                hits = story_first(hits, story, self._limit)
            weighed = self._weigher.weigh(
                question.topic, hits, filters=question.filters, times=times, story=story
            )
            newest = wants_newest(question.topic) or weighed.form == "keywords"
            return hits, newest_first(weighed) if newest else weighed

    def _retrieve(self, question: Question, day: date) -> list[Hit]:
        """The nearest passages, twice as many where steps are asked for, that a whole story be found.

        Where the newest is asked for, the newest article's of twice as many are among them.
        """
        newest, steps = wants_newest(question.topic), asks_for_steps(question.topic)
        found = self._retriever.retrieve(
            news_of(question.topic) or question.topic,
            filters=question.filters,
            limit=2 * self._limit if newest or steps else self._limit,
            asked_on=day,
        )
        return with_newest(found, self._limit) if newest and not steps else found

    def _why_not(
        self,
        question: Question,
        day: date,
        times: Sequence[AskedTime],
        hits: Sequence[Hit],
        weighed: Weighed,
        clock: Clock,
    ) -> Refused:
        filters = question.filters
        undated = replace(filters, since=None, until=None, as_of=None)
        if undated != filters:
            _, anytime = self._weigh(replace(question, filters=undated), clock, day, times)
            if anytime.enough:
                return outside_dates(filters, self._archive.dates(), anytime)
        if not hits:
            return self._nothing_found(question, weighed)
        return unsure(weighed) if weighed.possible else not_stated(weighed)

    def _nothing_found(self, question: Question, weighed: Weighed) -> Refused:
        outlet = replace(_EVERYTHING, outlet=question.filters.outlet)
        if not self._retriever.retrieve(question.topic, filters=outlet, limit=1):
            return nothing_stored(question.filters, self._archive.outlets())
        return not_stated(weighed)

    def _read(self, asked: Asked, alone: str) -> tuple[Question, tuple[Note, ...]]:
        """The question, and notes on how it was understood."""
        outlets = [name for name, _ in self._archive.outlets() if name] if may_name_outlet(alone) else []
        question = read_question(asked, alone=alone, outlets=outlets)
        notes: list[Note] = [ReadAs(alone)] if alone != asked.text else []
        said = question.read or question.filters.as_of  # what was known then is not what is known
        return question, (*notes, Only(question.filters)) if said else tuple(notes)
