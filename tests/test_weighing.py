from asking_fakes import candidate

from bot.answers.proposal import Weighed
from bot.language.lexicon import load_lexicon
from bot.weighing.reading import with_numbers
from bot.weighing.terms import read_terms
from eval.training.qa_data import ParagraphCounts
from index.records import Article

LEXICON = load_lexicon()
BODY = (
    "Boats left on 27 September. Boats left at 08:45 in 2019. Sixty boats left. Hundreds of boats left."
    " Two people left in boats."
)
ARTICLE = Article("a", "Boats", BODY)


def first(*sentences: tuple[str, float]) -> tuple[str, bool]:
    candidates = [candidate(ARTICLE, words, score=score) for words, score in sentences]
    terms = read_terms("How many boats left?", lexicon=LEXICON, archive=ParagraphCounts([BODY], LEXICON))
    weighed = with_numbers(Weighed(candidates, enough=True), terms, LEXICON)
    span = weighed.candidates[0].span
    return BODY[slice(*span)], weighed.enough


def test_how_many_is_answered_by_a_number_that_is_no_date() -> None:
    assert first(("Boats left on 27 September.", 1.0), ("Sixty boats left.", 0.6)) == (
        "Sixty boats left.",
        True,
    )
    assert first(("Boats left at 08:45 in 2019.", 1.0), ("Hundreds of boats left.", 0.6)) == (
        "Hundreds of boats left.",
        True,
    )


def test_a_much_worse_sentence_with_a_number_is_not_enough() -> None:
    assert first(("Boats left on 27 September.", 1.0), ("Sixty boats left.", 0.1)) == (
        "Sixty boats left.",
        False,
    )


def test_without_any_number_there_is_no_answer() -> None:
    assert not first(("Boats left on 27 September.", 1.0))[1]


def test_a_number_of_something_else_is_not_enough() -> None:
    people = "Two people left in boats."
    assert first((people, 1.0), ("Sixty boats left.", 0.6)) == (
        "Sixty boats left.",
        True,
    )
    assert not first((people, 1.0))[1]
