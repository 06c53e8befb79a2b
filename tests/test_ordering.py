"""Hits in the order in which a language model is sent them, and how that order is measured."""

from asking_fakes import LUND, MOE, candidate, hit_of

from bot.llm.sending import likeliest
from eval.cases import Case
from eval.ordering import shares, table


def test_passages_are_sent_by_their_best_candidate_and_the_others_as_they_were_found() -> None:
    lund, moe = hit_of(LUND), hit_of(MOE)
    best = [candidate(MOE, "A harbour official put the number of boats at 60.")]
    assert likeliest([lund, moe], best) == [moe, lund]
    assert likeliest([lund, moe], []) == [lund, moe]
    assert likeliest([lund], best) == [lund]


def test_an_order_counts_in_how_many_cases_the_words_are_among_the_first() -> None:
    boats = Case(id="a", kind="fact", question="How many boats?", answer=(("60", "sixty"),), articles=("x",))
    cod = Case(id="b", kind="fact", question="How much cod?", answer=(("400,000",),), articles=("x",))
    lund, moe = hit_of(LUND), hit_of(MOE)
    found = shares([(case, {"one": [lund, moe], "other": [moe]}) for case in (boats, cod)])
    assert found == {"one": (0.5, 1.0, 1.0), "other": (0.5, 0.5, 0.5)}
    assert table(found, cases=2).splitlines()[1].split() == ["one", "0.500", "1.000", "1.000"]
