"""The form of answer that a question asks for, and what of the candidates has it."""

import pytest
from asking_fakes import LUND, FakeArchive, candidate, hit_of, other

from bot.answering.quoting import quote
from bot.answering.stories import story_first, story_of
from bot.answers.proposal import AnswerForm, Weighed
from bot.language.lexicon import load_lexicon
from bot.weighing.choose import ScoredSentence
from bot.weighing.forms import about_topic, defining_first, is_open, news_of, of_story, read_form, with_news
from bot.weighing.terms import Terms, read_terms
from eval.training.qa_data import ParagraphCounts

LEXICON = load_lexicon()


def terms(question: str) -> Terms:
    return read_terms(question, lexicon=LEXICON, archive=ParagraphCounts([LUND.body], LEXICON))


def scored(
    sentence: str, *, score: float = 1.0, covered: float = 1.0, name: str = "a", known: tuple[str, ...] = ()
) -> ScoredSentence:
    one = candidate(other(LUND, id=name, body=sentence), sentence, score=score)
    return ScoredSentence(one.hit, one.span, score, {"covered_passage": covered}, frozenset(known))


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("What is PM2.5?", "definition"),
        ("Who is Anna Lund?", "definition"),
        ("What are microplastics?", "definition"),
        ("What does QALY stand for?", "definition"),
        ("What is the capital of Norway?", "fact"),
        ("Who is the new minister?", "fact"),
        ("What is his name?", "fact"),
        ("Which countries signed the pact?", "list"),
        ("What are the demands of the skippers?", "list"),
        ("Name the winners", "list"),
        ("Which country signed first?", "fact"),
        ("How many countries signed?", "fact"),
        ("How has the price of cod changed?", "change"),
        ("What happened to the Brenna?", "change"),
        ("cod quota Bodø", "keywords"),
        ("What is the latest on the cod quota?", "keywords"),
        ("What’s the latest news from Bodø?", "keywords"),
        ("Any updates on the skippers?", "keywords"),
        ("What is the latest cod quota?", "fact"),
        ("Is cod Norway's third export?", "fact"),
        ("When did the skippers leave?", "fact"),
    ],
)
def test_the_form_of_an_answer_is_read(question: str, form: AnswerForm) -> None:
    assert read_form(terms(question)) == form


@pytest.mark.parametrize(
    "sentence",
    [
        "PM2.5 is a kind of fine dust.",
        "They measured PM2.5, a fine dust, in Bodø.",
        "The fine dust known as PM2.5 comes from stoves.",
        "PM2.5 (fine dust) refers to grains of 2.5 micrometres.",
        "PM2.5, which is fine dust, kills.",
    ],
)
def test_what_defines_comes_first(sentence: str) -> None:
    said = scored("PM2.5 was high in Bodø again.")
    told = scored(sentence, score=0.4)
    unlikely = scored("PM2.5 is a song.", score=0.01)
    assert defining_first("PM2.5", [said, told, unlikely]) == [told, said, unlikely]


def test_keywords_take_the_best_of_each_article_that_has_them() -> None:
    best, again = scored("Cod rises.", name="a"), scored("Cod again.", score=0.5, name="a")
    older, half = scored("Cod falls.", score=0.1, name="b"), scored("Dogs.", covered=0.5, name="c")
    found = about_topic([best, again, half, older])
    assert [(one.hit.article.id, one.score) for one in found] == [("a", 1.0), ("b", 1.0)]


def test_a_story_is_told_by_the_articles_that_have_every_name_that_is_asked_of() -> None:
    asked = terms("How did the fire on Mount Callow grow?")
    near, far = (scored("Callow burns.", name=name, known=("callow", name)) for name in ("mount", "sky"))
    linked = scored("It burns on.", name="linked")
    assert [one.hit.article.id for one in of_story([near, far, linked], asked, ["linked"])] == [
        "mount",
        "linked",
    ]
    assert of_story([near, far], terms("How did the fire grow?"), []) == about_topic([near, far])


def test_the_passages_of_one_story_are_read_before_the_others() -> None:
    story, elsewhere = (other(LUND, id=name, body=f"{name} is told.") for name in ("story", "elsewhere"))
    copy = other(LUND, id="copy", body="copy is told.")
    hits = [hit_of(story), hit_of(elsewhere), hit_of(story), hit_of(other(LUND, id="later"), copies=(copy,))]
    shelf = FakeArchive(story, copy)
    assert story_of(hits, shelf) == {"story"}
    assert [one.article.id for one in story_first(hits, ["story", "later"], 3)] == [
        "story",
        "later",
        "elsewhere",
    ]


def test_the_latest_is_told_by_articles_that_have_all_it_is_asked_on() -> None:
    assert news_of("What is the latest on the cod quota?") == "the cod quota"
    assert news_of("What is the latest cod quota?") is None
    candidates = [scored("Cod is dear.", covered=0.6), scored("No quota for cod.", name="b")]
    assert [one.hit.article.id for one in with_news(candidates)] == ["b"]


@pytest.mark.parametrize(
    ("question", "covered", "said"),
    [
        ("What happened at the fish market?", 0.7, True),
        ("What happened at the fish market?", 0.3, False),
        ("What happened in Bodø?", 0.3, True),
        ("How has the price of cod changed?", 0.7, True),
        ("Why was the quota cut?", 0.7, False),
    ],
)
def test_where_no_words_can_be_the_whole_answer_a_sentence_on_it_may_be(
    question: str, covered: float, said: bool
) -> None:
    assert is_open(terms(question), scored("It was cut.", covered=covered)) is said


def test_a_change_is_told_in_steps_the_oldest_first() -> None:
    days = {
        "2020-03-01": "It costs 40 million.",
        "2019-01-05": "The price is 25 million.",
        "2021-02-02": "Fifty.",
    }
    candidates = [
        candidate(other(LUND, id=day, published=day, body=text), text, score=score)
        for (day, text), score in zip(days.items(), (1.0, 0.6, 0.01), strict=True)
    ]
    weighed = Weighed(candidates, enough=True, form="change")
    assert [one.text for one in quote(weighed)] == ["The price is 25 million.", "It costs 40 million."]
    alone = Weighed(candidates[:1], enough=True, form="change")
    assert [one.text for one in quote(alone)] == ["It costs 40 million."]


def test_a_list_is_told_by_several_sentences_of_one_article_in_their_order() -> None:
    body = "The skippers want higher quotas. Cheaper fuel is asked for. The harbour is old."
    article = other(LUND, id="list", body=body)
    ask, want, old = (
        candidate(article, words, score=score)
        for words, score in (
            ("Cheaper fuel is asked for.", 1.0),
            ("The skippers want higher quotas.", 0.8),
            ("The harbour is old.", 0.01),
        )
    )
    weighed = Weighed([ask, want, old], enough=True, form="list")
    assert [one.places[0].span.start for one in quote(weighed)] == [
        0,
        body.index("Cheaper fuel is asked for."),
    ]


def test_a_sentence_that_another_holds_with_its_thought_is_not_quoted_again() -> None:
    body = "The skippers want higher quotas. They also ask for cheaper fuel."
    article = other(LUND, id="list", body=body)
    ask, want = (
        candidate(article, "They also ask for cheaper fuel."),
        candidate(article, "The skippers want higher quotas."),
    )
    (whole,) = quote(Weighed([ask, want], enough=True, form="list"))
    assert whole.text == body
