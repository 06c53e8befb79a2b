"""What stands around the words of articles, in one language: who says it, who printed it, when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.answering.dated_words import precise
from bot.answers.answer import Cell, Correction, DatedWords, Difference, Later, Sentence
from bot.answers.citation import Citation
from bot.answers.lines import in_marks, names, plain
from bot.answers.origins import Origin
from bot.showing.word_table import DEFAULT, WordTable
from bot.speaking.speaker import UNCLEAR
from index.records import Article, Filters


class Words(WordTable):
    """The words of one language around those of articles."""

    # Who printed it and who says it

    def printed_by(self, article: Article, also_in: Sequence[str] = ()) -> str:
        """The outlet of an article, its agency and date: "Today.Az, printing Trend, 19 Oct 2020"."""
        outlet = article.outlet or self.say("wording.outlet_unknown")
        if article.agency and article.agency.casefold() != outlet.casefold():
            outlet = self.say("wording.printing", {"outlet": outlet, "agency": article.agency})
        if also_in:
            others = self.listed(also_in, "and")
            outlet = self.say("wording.also_in", {"outlet": outlet, "others": others})
        return self.safe(f"{outlet}, {self.day(article.published)}")

    def lead(self, sentence: Sentence, citation: Citation) -> str:
        """What stands before a quoted sentence: its speaker, unless it names them itself, and its outlet."""
        source = self.printed_by(citation.article, sentence.also_in)
        if sentence.speaker == UNCLEAR:
            return self.safe(self.say("wording.unclear", {"source": source}))
        speaker = self.said_by(sentence)
        return self.safe(
            self.say("wording.speaker", {"speaker": speaker, "source": source}) if speaker else source
        )

    def said_by(self, sentence: Sentence) -> str:
        """Who says a sentence, "Partly Anna Lund (Minister)"; empty where it names them or needs none."""
        speaker, voice = sentence.speaker, sentence.voice
        if speaker is None or speaker == UNCLEAR or names(sentence.text, speaker):
            return ""
        if sentence.role:
            speaker = self.say("wording.role", {"speaker": speaker, "role": sentence.role})
        if voice and voice.via and not names(sentence.text, voice.via):
            speaker = self.say("wording.via", {"speaker": speaker, "via": voice.via})
        if voice and voice.partly:
            speaker = self.say("wording.partly", {"speaker": speaker})
        return self.safe(speaker[:1].upper() + speaker[1:])

    def origins(self, origins: Sequence[Origin]) -> str:
        """How many outlets stand behind an answer, and how many independent texts; empty for one outlet.

        "3 outlets, 1 origin (Trend)", "3 outlets, 2 origins".
        """
        outlets = len({outlet for one in origins for outlet in one.outlets})
        if outlets < 2:
            return ""
        agency = f" ({origins[0].agency})" if len(origins) == 1 and origins[0].agency else ""
        return self.safe(self.counted("wording.origins", len(origins), {"outlets": outlets}) + agency)

    # Days

    def days(self, dates: Sequence[DatedWords], citation: Citation) -> str:
        """What the relative dates of a citation mean: “on Monday”: 19 Oct 2020; empty without any."""
        body = citation.article.body
        own = [one for one in dates if one.citation == citation.number]
        told = [
            self.say("wording.meaning", {"words": body[one.start : one.end], "days": self._span(one)})
            for one in own
        ]
        return self.safe("; ".join(dict.fromkeys(told)))

    def span(self, first: str, last: str) -> str:
        """ISO days, both included: "12 to 18 Oct 2020"."""
        return self.safe(self._span(DatedWords(0, 0, 0, first, last)))

    def _span(self, one: DatedWords) -> str:
        """The days: "19 Oct 2020", "12 to 18 Oct 2020", "Oct 2020", "about Sep 2020"."""
        first, *rest = precise(one)
        told = self.day(first)
        if rest and first[:7] == rest[0][:7]:
            told = self.say("wording.days_of_month", {"first": int(first[8:]), "last": self.day(rest[0])})
        elif rest:
            told = self.say("wording.days", {"first": told, "last": self.day(rest[0])})
        return told if one.exact else self.say("wording.about", {"date": told})

    # Filters

    def articles(self, filters: Filters) -> str | None:
        """Filters as a person reads them: "articles from Bloomberg, until 20 Oct 2020"; None without any."""
        what = self.filters(filters)
        return self.safe(self.say("filters.articles", {"what": what})) if what else None

    def where(self, filters: Filters) -> str:
        """What is looked through: "the archive", or those of its articles that pass the filters."""
        what = self.filters(filters)
        return self.say("filters.within", {"what": what}) if what else self.say("filters.archive")

    def filters(self, filters: Filters) -> str:
        """What passes: "from Bloomberg, until 20 Oct 2020"; empty without any."""
        told = []
        if filters.outlet:
            told.append(self.say("filters.from", {"outlets": self.listed(filters.outlet, "or")}))
        for name, date in (("since", filters.since), ("until", filters.until), ("as_of", filters.as_of)):
            if date:
                told.append(self.say(f"filters.{name}", {"date": self.moment(date)}))
        return ", ".join(told)

    # Lines of an answer

    def sentence(
        self, sentence: Sentence, citations: Sequence[Citation], dates: Sequence[DatedWords] = ()
    ) -> str:
        """A sentence for people: "Anna Lund, in The Courier, 2 May 2020: “We waited on Monday.” [1]".

        A shortening says itself who says it; it is no quotation and looks like none. A model's wording that
        is not proved says that, and its quotations follow. What relative `dates` of a quotation mean stands
        after it, outside the marks: (“on Monday”: 27 Apr 2020).
        """
        marks = "".join(f"[{number}]" for number in sentence.citations)
        if sentence.wording:
            quotes = [self.quotation(one) for one in cited_by(sentence, citations)]
            return "\n".join([f"{self.not_proved} {self.safe(sentence.wording)} {marks}", *quotes])
        if sentence.verdict != "quoted":
            return f"{self.safe(sentence.text)} {marks}"
        first = cited_by(sentence, citations)[0]
        days = self.days(dates, first)
        return (
            f"{self.lead(sentence, first)}: {in_marks(sentence.text)} {marks}{f' ({days})' if days else ''}"
        )

    @property
    def not_proved(self) -> str:
        """What stands before a model's wording that is not proved."""
        return f"{self.say('verdicts.marked')}:"

    def quotation(self, citation: Citation) -> str:
        """A citation by itself: "Northern Desk, 19 Oct 2020: “We waited.” [1]"."""
        return f"{self.printed_by(citation.article)}: {in_marks(citation.quote)} [{citation.number}]"

    def difference(self, difference: Difference, citations: Sequence[Citation]) -> str:
        """A difference in one line: its name, then its cells."""
        cells = " · ".join(self.cell(cell, citations) for cell in difference.cells)
        return f"{self.say(f'differing.{difference.kind}')}: {cells}"

    def cell(self, cell: Cell, citations: Sequence[Citation]) -> str:
        """One outlet's words in a difference: "Northern Desk, 19 Oct 2020: “729” [1]"."""
        citation = next(one for one in citations if one.number == cell.citation)
        words = self.safe(citation.article.body[cell.start : cell.end])
        return f"{self.printed_by(citation.article)}: {in_marks(words)} [{cell.citation}]"

    def correction(self, note: Correction, citations: Sequence[Citation]) -> str:
        """A note of a cited article: "Northern Desk, 19 Oct 2020, carries a correction: “…” [1]"."""
        citation = next(one for one in citations if one.number == note.citation)
        words = in_marks(citation.article.body[note.start : note.end])
        return f"{self.corrects(citation.article)}: {words} [{note.citation}]"

    def later(self, told: Later, citations: Sequence[Citation]) -> str:
        """What tells a story on: "The same story, later ([1]): Northern Desk, 24 Apr 2020: “…” [3]"."""
        cited = next(one for one in citations if one.number == told.citation)
        return f"{self.later_lead(told, cited.article)}: {in_marks(cited.quote)} [{cited.number}]"

    def later_lead(self, told: Later, article: Article) -> str:
        """What stands before the words of an article that tells a story on."""
        what = self.say("later.retracted" if told.retracts else "later.later")
        return f"{what} ([{told.of}]): {self.printed_by(article)}"

    def corrects(self, article: Article) -> str:
        """What stands before a correction of an article."""
        return self.say("wording.correction", {"source": self.printed_by(article)})


@cache
def words_of(language: str = DEFAULT) -> Words:
    """The words of a language, loaded once, for a terminal and for programs."""
    return Words.load(language, safe=plain)


def cited_by(sentence: Sentence, citations: Sequence[Citation]) -> list[Citation]:
    """The citations of a sentence, in its order."""
    by_number = {one.number: one for one in citations}
    return [by_number[number] for number in sentence.citations]
