import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from asking_fakes import (
    LUND,
    MOE,
    NONE,
    SHELF,
    FakeArchive,
    FakeRetriever,
    FakeWeigher,
    candidate,
    dateline,
    noted,
    other,
    told,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.abstaining import unsure
from bot.answering.asking import Dateline
from bot.answering.evidence import Looked
from bot.answering.quoting import Quoter
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.proposal import Place, ProposalPart, Proposed, Weighed
from bot.answers.question import Question
from bot.proof.proving import Proved
from index.errors import ArchiveFull, BadFilter, BadQuestion
from index.records import Article, Filters, Hit, Span
from index.storage.records import Cited


def ask(question: str, *articles: Article, filters: Filters = NONE, history: Sequence[str] = ()) -> Answer:
    return asyncio.run(dateline(*articles)[0].ask(Asked(question, filters, tuple(history))))


def test_an_answer_quotes_its_article_and_names_the_speaker() -> None:
    answer = ask("What halved since 1990, the stock?")
    assert answer.status == "answered"
    assert told(answer) == (
        "Anna Lund (Norwegian Fisheries Minister), in The Courier, printing North Wire, 19 Oct 2020:"
        " “The stock has halved since 1990.” [1]"
    )
    (sentence,) = answer.sentences
    assert (sentence.text, sentence.speaker) == ("“The stock has halved since 1990.”", "Anna Lund")
    (citation,) = answer.citations
    assert citation.article.body[citation.start : citation.end] == citation.quote == sentence.text


def test_each_step_is_timed() -> None:
    answered = ask("What halved since 1990, the stock?")
    assert list(answered.timings_ms) == ["read", "retrieve", "answer", "prove", "compare", "log"]
    refused = ask("What did Pashinyan say about cod quotas?")
    assert list(refused.timings_ms) == ["read", "retrieve", "answer", "prove", "log"]


def test_a_word_that_stands_nowhere_is_named() -> None:
    answer = ask("What did Pashinyan say about cod quotas?")
    assert answer.abstention and answer.abstention.reason == "not_in_archive"
    assert answer.abstention.missing == ("Pashinyan",)
    assert "Nothing in the archive mentions 'Pashinyan'." in told(answer)
    assert [one.number for one in answer.abstention.nearest] == [1, 2]
    assert answer.sentences == answer.citations == ()


def test_a_near_spelling_is_offered() -> None:
    answer = ask("What did Ludn say about cod quotas?")
    assert told(answer) == "Nothing in the archive mentions 'Ludn'. Did you mean 'Lund'?"


def test_another_transliteration_is_taken_and_said() -> None:
    body = "Quotas will fall, Sergey Petrov said."
    answer = ask("What did Sergei Petroff say, will quotas fall?", other(LUND, body=body))
    assert answer.status == "answered"
    assert noted(answer) == (
        "'Sergei' read as 'Sergey', which is how the archive spells it",
        "'Petroff' read as 'Petrov', which is how the archive spells it",
    )
    assert told(answer).startswith("('Sergei' read as 'Sergey'")
    assert answer.question == "What did Sergei Petroff say, will quotas fall?"


def test_a_slip_is_said_where_the_answer_is_found_all_the_same() -> None:
    class Misses(FakeWeigher):
        """Finds the answer, and a word missing as the question writes it."""

        def weigh(self, question: str, hits: Sequence[Hit], **given: object) -> Weighed:
            gone = tuple(word for word in ("minster",) if word in question)
            return replace(super().weigh(question, hits, **given), enough=True, missing=gone)

    archive = FakeArchive(other(LUND, body="The minister waited. The stock has halved since 1990."))
    line = Dateline(archive, FakeRetriever(archive), weigher=Misses(), answerer=Quoter())
    answer = asyncio.run(line.ask(Asked("What stock, minster, has halved since 1990?")))
    assert answer.status == "answered"
    assert noted(answer) == ("'minster' read as 'minister', which is how the archive spells it",)


def test_what_lies_outside_the_dates_says_which_dates_there_are() -> None:
    answer = ask("What halved since 1990, the stock?", filters=Filters(until="2020-10-01"))
    assert answer.abstention and answer.abstention.reason == "outside_dates"
    assert told(answer) == (
        "The archive does not say in articles until 1 Oct 2020. Its articles date from 19 Oct 2020."
        " What comes nearest is of 19 Oct 2020."
    )


KEPT = "Which harbour official in Bodø kept cod boats, Norway sold skippers quotas"
HARDLY = f"{KEPT}?"


def test_what_may_be_an_answer_and_may_not_is_shown_as_that() -> None:
    answer = ask(HARDLY)
    assert answer.abstention and answer.abstention.reason == "unsure"
    assert told(answer).startswith("Not sure. Closest in the archive:\n")
    assert 1 <= len(answer.abstention.nearest) <= 3


class FindsNothing(FakeWeigher):
    """Holds nothing that it reads for an answer."""

    def weigh(self, question: str, hits: Sequence[Hit], **given: object) -> Weighed:
        return replace(super().weigh(question, hits, **given), possible=False)


def test_of_a_question_in_another_language_no_word_is_said_to_be_missing() -> None:
    why = ask("¿Qué dijo Zelenski en 2031 sobre las cuotas del bacalao?", LUND).abstention
    assert why is not None
    assert (why.reason in ("unsure", "not_stated"), why.missing) == (True, ())


def test_a_detail_that_is_not_there_is_not_stated() -> None:
    archive = FakeArchive(*SHELF)
    line = Dateline(archive, FakeRetriever(archive), weigher=FindsNothing(), answerer=Nobody())
    answer = asyncio.run(line.ask(Asked(HARDLY)))
    assert answer.abstention and answer.abstention.reason == "not_stated"
    assert told(answer) == "Nothing in the archive answers this."


@pytest.mark.parametrize(
    ("question", "asked_on", "reason"),
    [
        ("What halved this week, the stock?", date(2020, 10, 20), None),
        ("What halved this week, the stock?", date(2021, 3, 2), "outside_dates"),
    ],
)
def test_days_are_counted_from_the_day_of_asking(question: str, asked_on: date, reason: str | None) -> None:
    archive = FakeArchive(*SHELF)
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Quoter())
    answer = asyncio.run(line.ask(Asked(question, asked_on=asked_on)))
    assert (answer.abstention.reason if answer.abstention else None) == reason
    week = {20: "19 to 25 Oct 2020", 2: "1 to 7 Mar 2021"}[asked_on.day]
    assert ("this week" not in question) or noted(answer) == (f"“this week” read as {week}",)
    if reason:
        assert f"The archive has no article of {week} or later." in told(answer)


@pytest.mark.parametrize(
    ("question", "asked_on", "reason"),
    [
        (f"{KEPT} in March 2021?", date(2021, 5, 2), "outside_dates"),
        (f"{KEPT} on 3 March 2021?", date(2021, 5, 2), "outside_dates"),
        (f"{KEPT} in October 2020?", date(2021, 5, 2), "unsure"),
        (f"{KEPT} in March 2021?", date(2020, 11, 2), "unsure"),
    ],
)
def test_days_that_began_after_the_newest_article_are_why_there_is_no_answer(
    question: str, asked_on: date, reason: str
) -> None:
    archive = FakeArchive(*SHELF)
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Quoter())
    answer = asyncio.run(line.ask(Asked(question, asked_on=asked_on)))
    assert answer.abstention and answer.abstention.reason == reason


def test_a_day_of_a_month_is_no_word_that_the_archive_lacks() -> None:
    answer = ask(f"{KEPT} on 27 September 2020?")
    assert answer.abstention and answer.abstention.reason != "not_in_archive"


def test_an_empty_archive_says_so() -> None:
    archive = FakeArchive()
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Nobody())
    answer = asyncio.run(line.ask(Asked("What halved since 1990?")))
    assert answer.abstention and answer.abstention.reason == "not_in_archive"


def test_an_outlet_the_archive_lacks_is_named() -> None:
    answer = ask("What halved since 1990, the stock?", filters=Filters(outlet=("The Herald",)))
    assert told(answer) == "The archive has no articles from The Herald."
    assert answer.abstention and answer.abstention.missing == ("The Herald",)


def test_filters_read_from_the_words_are_shown_back() -> None:
    answer = ask("What halved since 1990, the stock, according to The Courier?")
    assert answer.filters == Filters(outlet=("The Courier",))
    assert told(answer).startswith("(only articles from The Courier)\n")
    assert answer.status == "answered"


def test_an_article_removed_meanwhile_is_not_cited() -> None:
    line, archive = dateline()

    class Remover:
        async def propose(
            self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
        ) -> AsyncGenerator[ProposalPart, None]:
            del archive.stored[LUND.id]
            yield Proposed(LUND.body[:4], (Place(LUND, Span(0, 4)),), "quoted")

    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Remover())
    answer = asyncio.run(line.ask(Asked("What halved since 1990, the stock?")))
    assert answer.abstention and answer.abstention.reason == "unproved"
    assert all(one.article.id == MOE.id for one in answer.abstention.nearest)


@pytest.mark.parametrize(("removed", "reason"), [(False, "unsure"), (True, "unproved")])
def test_what_may_answer_is_cited_and_where_it_is_gone_it_is_said(removed: bool, reason: str) -> None:
    line, archive = dateline(LUND)
    weighed = Weighed([candidate(LUND, "It was a record.")], enough=False)
    looked = Looked(Question("Was it?", "Was it?", NONE), (), weighed, unsure(weighed))
    if removed:
        del archive.stored[LUND.id]
    answer = line._refusal(looked, unsure(weighed))
    assert answer.abstention and answer.abstention.reason == reason
    assert [one.article for one in answer.abstention.nearest] == ([] if removed else [LUND])


class Nobody:
    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        raise AssertionError("not to be asked")
        yield


def test_an_answerer_is_not_asked_without_evidence() -> None:
    archive = FakeArchive(LUND)
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Nobody())
    assert asyncio.run(line.ask(Asked("Who won the chess match?"))).status == "abstained"


def test_what_was_asked_and_quoted_is_logged() -> None:
    line, archive = dateline()
    asyncio.run(line.ask(Asked("What halved since 1990, the stock?")))
    asyncio.run(line.ask(Asked("Who won the chess match?")))
    assert archive.asked == [
        ("What halved since 1990, the stock?", "answered", 1),
        ("Who won the chess match?", "abstained", 0),
    ]


def test_a_full_disk_keeps_no_answer_back() -> None:
    class Full(FakeArchive):
        def log(self, question: str, *, status: str, cited: object = ()) -> None:
            raise ArchiveFull("no space")

    archive = Full(LUND)
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=dateline()[0]._answerer)
    assert asyncio.run(line.ask(Asked("What halved since 1990, the stock?"))).status == "answered"


def test_the_steps_are_hits_then_sentences_then_the_answer() -> None:
    async def steps() -> list[object]:
        return [step async for step in dateline()[0].steps(Asked("What halved since 1990, the stock?"))]

    hits, proved, answer = asyncio.run(steps())
    assert isinstance(hits, tuple) and hits[0].article == LUND
    assert isinstance(proved, Proved) and isinstance(answer, Answer)
    assert answer.sentences == (proved.sentence,)


def test_search_takes_the_filters_of_the_words() -> None:
    hits = asyncio.run(dateline()[0].search(Asked("What halved, according to The Ledger?")))
    assert [hit.article.id for hit in hits] == [MOE.id]


@pytest.mark.parametrize(
    ("question", "filters", "error"),
    [("", NONE, BadQuestion), ("x" * 1001, NONE, BadQuestion), ("What?", Filters(since="May"), BadFilter)],
)
def test_bad_questions_and_filters_are_refused(
    question: str, filters: Filters, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(question, filters=filters)


def test_cited_places_are_logged_as_they_stand() -> None:
    assert Cited("a", "r", 1, 2)._fields == ("article", "revision", "start", "end")


@given(
    st.lists(
        st.sampled_from(
            ["cod", "quotas", "“We waited", "far too long,”", "she said.", "Anna Lund", "said",
            "It", "fell.", "\n\n",
             "He", "400,000", "tonnes", "«Да»", "🐟", "U.S.", "\x1b[31m", "[bold]"]
        ),
        min_size=3,
        max_size=60,
    )
)  # fmt: skip
def test_every_citation_of_any_answer_stands_in_its_article(words: list[str]) -> None:
    article = other(LUND, body=" ".join(words).strip())
    answer = ask("cod quotas fell", article, other(MOE, body="The cod quotas fell. It was cod."))
    cited = answer.citations or (answer.abstention.nearest if answer.abstention else ())
    for one in cited:
        assert one.article.body[one.start : one.end] == one.quote
    for sentence in answer.sentences:
        (number,) = sentence.citations
        assert answer.citations[number - 1].quote == sentence.text
    assert "\x1b" not in told(answer)


def test_a_follow_up_is_read_after_the_questions_before_it_and_says_so() -> None:
    answer = ask("And in 2019?", history=["Norway sold 400,000 tonnes of cod in 2018?"])
    assert answer.question == "And in 2019?"
    assert "read as “Norway sold 400,000 tonnes of cod in 2019?”" in told(answer)
    assert "400,000 tonnes" in answer.sentences[0].text


def test_a_question_without_history_is_not_rewritten() -> None:
    assert ask("How many tonnes of cod did Norway sell in 2019?", history=[]).notes == ()
