from asking_fakes import candidate

from bot.answers.proposal import Weighed
from bot.language.lexicon import load_lexicon
from bot.weighing.reading import with_numbers
from index.records import Article

BODY = "Boats left on 27 September. Boats left at 08:45 in 2019. Sixty boats left. Hundreds of boats left."
ARTICLE = Article("a", "Boats", BODY)


def first(*sentences: tuple[str, float]) -> tuple[str, bool]:
    candidates = [candidate(ARTICLE, words, score=score) for words, score in sentences]
    weighed = with_numbers(Weighed(candidates, enough=True), load_lexicon())
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
