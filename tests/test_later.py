"""What tells a story later stands beside an answer that quotes it, and hides in no origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from asking_fakes import hit_of
from http_fakes import HARBOUR, FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answering.later import no_longer_said, with_later
from bot.answers.answer import Answer, Later, Sentence
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.differing.differences import Comparer
from bot.language.lexicon import load_lexicon
from bot.showing.json import answer_body
from bot.showing.markdown import answer_markdown
from bot.showing.notes import note_kind, note_line
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from index.articles.draft import Found
from index.copies.relation import Relation, in_order, relation
from index.copies.telling import Telling
from index.encoding.encoder import Encoder
from index.records import Article, Filters, Span
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.records import StoryArticle

BACKGROUND = (
    " The bank was founded in 1902 and has 40 branches on the coast. It lends to farmers and fishermen,"
    " and its savers own it together. In the spring its auditors had praised the books. The regulator has"
    " asked for the minutes of all meetings since then, and a hearing is set for the autumn. Savers can still"
    " draw money from every machine, the bank says, and their deposits are insured by the state."
)
CLAIM = Article(
    "claim",
    "Director knew of losses, says auditor",
    "Director Anna Lund knew of the losses at Kontor Bank, the auditor said on Monday." + BACKGROUND,
    outlet="The Courier",
    published="2021-03-01T08:00",
)
APOLOGY = replace(
    CLAIM,
    id="apology",
    title="Auditor apologises to Anna Lund",
    body="The auditor of Kontor Bank has apologised for saying that director Anna Lund knew of its losses."
    + BACKGROUND,
    published="2021-03-03T09:30",
)
COPY = replace(
    CLAIM,
    id="copy",
    title="Bank chief knew, auditor says",
    body=f"Director Anna Lund knew of the losses at Kontor Bank, its auditor said Monday.{BACKGROUND}",
    outlet="The Ledger",
    published="2021-03-01T19:00",
)
VOTE = replace(
    CLAIM,
    id="vote",
    title="Savers vote to sell Kontor Bank",
    body=f"The savers of Kontor Bank voted on Friday to sell it to Havgas for 90 million euros.{BACKGROUND}",
    outlet="The Ledger",
    published="2021-03-12",
)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (CLAIM, COPY, "copy"),
        (CLAIM, APOLOGY, "later"),
        (APOLOGY, CLAIM, "later"),
        (CLAIM, VOTE, "later"),
        (CLAIM, replace(VOTE, published="2024-03-12"), "apart"),
        (CLAIM, replace(VOTE, published=None), "apart"),
        (replace(CLAIM, outlet=None), replace(CLAIM, id="again", outlet=None), "copy"),
    ],
)
def test_two_articles_are_copies_or_one_tells_the_story_later(
    one: Article, other: Article, how: Relation
) -> None:
    assert relation(*in_order(Telling(one), Telling(other))) == how


@pytest.mark.parametrize("order", [(CLAIM, COPY, APOLOGY, VOTE), (VOTE, APOLOGY, COPY, CLAIM)])
def test_an_archive_links_what_tells_on_whatever_came_in_first(
    order: Sequence[Article], encoder: Encoder, tmp_path: Path
) -> None:
    with Archive.open(tmp_path / "archive", encoder, write=True) as archive:
        ingest(archive, encoder, [Found(one, one.id, ()) for one in order])

        assert {one.id for one in archive.same_origin("claim")} == {"claim", "copy"}
        told = archive.later("claim")
        assert [(one.article.id, one.retracts) for one in told] == [("apology", True), ("vote", False)]
        assert [one.article.id for one in archive.later("copy")] == ["apology", "vote"]
        early = archive.later("claim", filters=Filters(as_of="2021-03-05"))
        assert [one.article.id for one in early] == ["apology"]
        (story,), count = archive.stories()
        assert (count, [one.article.id for one in story][1:]) == (1, ["apology", "vote"])

        archive.remove("apology")
        assert [one.article.id for one in archive.later("claim")] == ["vote"]


class Shelf:
    """Two articles, of which the second tells the first's story later."""

    def __init__(self, earlier: Article, later: Article, *, retracts: bool) -> None:
        self.stored = {one.id: one for one in (earlier, later)}
        self.told = {earlier.id: [StoryArticle(later, retracts)]}

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        return self.stored[article_id]

    def later(self, article_id: str, *, filters: Filters | None = None) -> list[StoryArticle]:
        return self.told.get(article_id, [])

    def story(self, article_id: str) -> list[StoryArticle]:
        return [StoryArticle(one) for one in self.stored.values()]


def answered(article: Article, words: str) -> Answer:
    start = article.body.index(words)
    cited = cite(article, Span(start, start + len(words)), number=1)
    return Answer("Q?", (Sentence(cited.quote, (1,), "quoted"),), (cited,))


def test_what_is_nearest_and_was_taken_back_or_corrected_is_told_of() -> None:
    shelf = Shelf(CLAIM, APOLOGY, retracts=True)
    first = cite(CLAIM, Span(0, CLAIM.body.index(" The bank")), number=1)
    (note,) = no_longer_said([first], Filters(), shelf)
    quote = "The auditor of Kontor Bank has apologised for saying that director Anna Lund knew of its losses."
    line = f"what The Courier, 1 Mar 2021, says was taken back later: The Courier, 3 Mar 2021: “{quote}”"
    assert (note_kind(note), note_line(note, words_of())) == ("taken_back", line)
    assert "позже отозвано" in note_line(note, words_of("ru"))

    correction = "Correction: an earlier version of this article said that the bank has 50 branches."
    corrected = replace(CLAIM, body=f"{CLAIM.body}\n\n{correction}")
    shelf = Shelf(corrected, APOLOGY, retracts=False)
    (note,) = no_longer_said([cite(corrected, Span(0, 20), number=1)], Filters(), shelf)
    line = f"The Courier, 1 Mar 2021 carries a correction: “{correction}”"
    assert (note_kind(note), note_line(note, words_of())) == ("corrected", line)
    assert no_longer_said([first], Filters(), Shelf(CLAIM, VOTE, retracts=False)) == ()


def test_what_takes_a_claim_back_is_told_beside_it() -> None:
    answer = with_later(
        answered(CLAIM, "Director Anna Lund knew of the losses at Kontor Bank, the auditor said on Monday."),
        Shelf(CLAIM, APOLOGY, retracts=True),
    )
    quote = "The auditor of Kontor Bank has apologised for saying that director Anna Lund knew of its losses."
    line = f"Taken back later ([1]): The Courier, 3 Mar 2021: “{quote}” [2]"
    assert line in answer_text(answer, words_of())
    assert "Позже отозвано ([1])" in answer_text(answer, words_of("ru"))
    assert r"Taken back later (\[1\]): The Courier" in answer_markdown(answer)
    body = answer_body(answer).model_dump(mode="json")
    assert body["later"] == [{"citation": 2, "of": 1, "retracts": True}]
    assert body["citations"][1]["quote"] == quote


def test_the_sentence_that_stands_for_the_cited_one_is_told_where_it_has_changed() -> None:
    body = "It rained in Bodø all day. At least 26 people died in the storm, police said."
    before = replace(CLAIM, id="before", body=body)
    after = replace(CLAIM, id="after", body=body.replace("26 people", "35 people"), published="2021-03-04")
    shelf = Shelf(before, after, retracts=False)
    answer = with_later(answered(before, "At least 26 people died in the storm, police said."), shelf)
    assert answer.citations[1].quote == "At least 35 people died in the storm, police said."
    same = with_later(answered(before, "It rained in Bodø all day."), shelf)
    assert same.citations[1].quote == "It rained in Bodø all day."


def test_nothing_is_told_twice() -> None:
    shelf = Shelf(CLAIM, APOLOGY, retracts=True)
    both = answered(CLAIM, "Director Anna Lund")
    other = cite(APOLOGY, Span(0, 11), number=2)
    both = replace(both, citations=(*both.citations, other))
    quoting = (*both.sentences, Sentence(other.quote, (2,), "quoted"))
    assert with_later(replace(both, sentences=quoting), shelf).later == ()


def test_a_difference_that_cites_a_later_report_hides_not_that_it_is_one() -> None:
    shelf = Shelf(CLAIM, APOLOGY, retracts=True)
    answer = answered(CLAIM, "Director Anna Lund")
    lead = cite(APOLOGY, Span(0, APOLOGY.body.index(".") + 1), number=2)
    told = with_later(replace(answer, citations=(*answer.citations, lead)), shelf)
    assert told.later == (Later(2, 1, retracts=True),)
    assert told.citations == (*answer.citations, lead)


def test_the_sentence_that_takes_back_is_quoted_and_not_the_claim_said_again() -> None:
    back = "We withdraw the report and apologise to Ms Lund."
    again = "On Monday The Courier reported that director Anna Lund knew of the losses at Kontor Bank."
    retraction = replace(APOLOGY, body=f"{again} The minutes it rested on were forged. {back}{BACKGROUND}")
    shelf = Shelf(CLAIM, retraction, retracts=True)
    assert with_later(answered(CLAIM, "Director Anna Lund"), shelf).citations[1].quote == back


TOLD_ON = replace(HARBOUR, id="told-on", body="The harbour is closed again, its master said on Friday.")


class LaterAsker(FakeAsker):
    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        return with_later(answer, Shelf(HARBOUR, TOLD_ON, retracts=False))


@NEEDS_CHROMIUM
def test_the_page_shows_what_tells_on(tmp_path: Path) -> None:
    with a_page(LaterAsker(FakeLibrary(HARBOUR)), tmp_path) as page:
        page.goto("/?q=When+did+the+harbour+reopen")
        page.wait_for_selector(".footing")
        told = page.text_content("[aria-label='Later reports of the same story']") or ""
        assert "The same story, later [1]" in told


@pytest.mark.parametrize(("linked", "kinds"), [(False, ["wording"]), (True, [])])
def test_a_story_that_went_on_does_not_differ_from_itself_in_words(linked: bool, kinds: list[str]) -> None:
    one = Article(
        "one",
        "Plan",
        "The council of Merrivale approved the plan on Tuesday.",
        outlet="A",
        published="2021-03-02",
    )
    other = replace(one, id="other", body=one.body.replace("approved", "rejected"), outlet="B")
    shelf = Shelf(one, other, retracts=False)
    shelf.told = shelf.told if linked else {}
    answer = Comparer(load_lexicon()).add(answered(one, one.body), [hit_of(one), hit_of(other)], shelf=shelf)
    assert [difference.kind for difference in answer.differences] == kinds
