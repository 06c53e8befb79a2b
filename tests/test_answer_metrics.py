"""The metrics of answers, citations and speakers against numbers worked by hand."""

from collections.abc import Sequence

import pytest

from eval.metrics.balanced_accuracy import Ruling, balanced_accuracy
from eval.metrics.choice import choice, support
from eval.metrics.cost import Prices, Usage, cost, tokens
from eval.metrics.origins import doubled, origin_recall
from eval.metrics.quote_exactness import Shown, quote_exactness
from eval.metrics.reasons import missing_named, reason_right
from eval.metrics.right_article import right_article
from eval.metrics.wrong_answer import wrong_answer
from eval.metrics.wrong_speaker import named_speaker, same_person, wrong_speaker
from eval.support import supports

BODY = "The harbour did not reopen on Monday."


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Shown("did not reopen", 12, 26, BODY), 1.0),
        (Shown("did reopen", 12, 26, BODY), 0.0),  # a dropped "not"
        (Shown("did not reopen", 11, 25, BODY), 0.0),  # one character off
        (Shown("did not reopen", 12, 26, None), 0.0),  # the article is not there
        (Shown("", 5, 5, BODY), 0.0),
        (Shown("y.", -2, 37, BODY), 0.0),  # a negative start is no place, though Python would slice it
    ],
)
def test_a_quote_is_exact_only_to_the_letter_and_at_its_place(shown: Shown, expected: float) -> None:
    assert quote_exactness([shown]) == expected


def test_quote_exactness_is_a_share_of_all_quotes() -> None:
    right, wrong = Shown("did", 12, 15, BODY), Shown("die", 12, 15, BODY)
    assert quote_exactness([right, right, wrong, right]) == 0.75
    assert quote_exactness([]) is None


def test_right_article_counts_citations_not_articles() -> None:
    assert right_article(["a", "a", "b"], {"a", "c"}) == pytest.approx(2 / 3)
    assert right_article([], {"a"}) is None
    assert right_article(["a"], set()) is None


def test_copies_of_one_wire_story_are_one_origin() -> None:
    origin_of = {"wire": "w", "gazette": "w", "herald": "w"}
    # expected: the wire story and one independent article; two copies of the wire story are cited
    assert origin_recall({"gazette", "herald"}, {"wire", "desk"}, origin_of=origin_of) == 0.5
    assert origin_recall({"gazette", "desk"}, {"wire", "desk"}, origin_of=origin_of) == 1.0
    assert doubled({"wire", "gazette", "herald"}, origin_of=origin_of) == pytest.approx(2 / 3)
    assert doubled({"wire", "desk"}, origin_of=origin_of) == 0.0
    assert origin_recall({"wire"}, set(), origin_of=origin_of) is None
    assert doubled(set(), origin_of=origin_of) is None


def test_a_reason_is_judged_only_where_it_abstained_and_one_is_expected() -> None:
    assert reason_right("not_stated", "not_stated") == 1.0
    assert reason_right("not_stated", "not_in_archive") == 0.0
    assert reason_right(None, "not_stated") is None
    assert reason_right("not_stated", None) is None


def test_a_missing_word_is_named_by_itself_or_within_a_longer_name() -> None:
    assert missing_named(["President Erdogan"], ["Erdogan", "Macron"]) == 0.5
    assert missing_named(["Erdoganism"], ["Erdogan"]) == 0.0
    assert missing_named(["Erdogan"], []) is None


@pytest.mark.parametrize(
    ("speakers", "wrong", "named"),
    [
        (["Lavrov"], 0.0, 1.0),
        (["Foreign Minister Sergey Lavrov", None], 0.0, 1.0),
        (["Lavrov", "Ilham Aliyev"], 1.0, 1.0),
        (["Aliyev"], 1.0, 0.0),
        ([None], 0.0, 0.0),  # the outlet's own voice
        ([], None, None),
    ],
)
def test_a_wrong_speaker_is_somebody_else_and_the_outlets_voice_is_nobody(
    speakers: list[str | None], wrong: float | None, named: float | None
) -> None:
    assert wrong_speaker(speakers, "Sergey Lavrov") == wrong
    assert named_speaker(speakers, "Sergey Lavrov") == named


def test_two_people_of_one_family_are_not_one_person() -> None:
    assert not same_person("Ilham Aliyev", "Heydar Aliyev")
    assert not same_person("", "Aliyev")


def test_a_wrong_answer_is_one_that_is_known_to_be_wrong_here() -> None:
    assert wrong_answer("The army lost 1,008 soldiers.", ["1008"]) == 1.0
    assert wrong_answer("The army lost 729 soldiers.", ["1008"]) == 0.0
    assert wrong_answer("The army lost 729 soldiers.", []) is None


def test_an_llms_cost_is_its_tokens_at_their_price_and_none_without_one() -> None:
    usage = Usage(input=120_000, output=4_000)
    assert tokens(usage) == 124_000
    assert cost(usage, Prices(input=2.5, output=10.0)) == pytest.approx(0.3 + 0.04)
    assert tokens(None) is None
    assert cost(None, Prices(1, 1)) is None
    assert cost(usage, None) is None


CHOICES = ["the red squid", "the red crab", "the red whale", "the red gull"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["A squid was seen."], 1.0),
        (["A crab was seen.", "A squid was seen."], 0.0),  # 1/1 for crab, 1/2 for squid
        (["No animal.", "Crab.", "Squid.", "Squid."], 1.0),  # 1/2 against 1/3 + 1/4
        (["Squid and crab."], 0.5),
        (["Something red."], 0.25),  # a word that all choices share tells nothing
        ([], 0.25),
    ],
)
def test_a_choice_is_the_one_supported_best_and_a_tie_is_a_guess(texts: list[str], expected: float) -> None:
    assert choice(CHOICES, texts, answer=[["squid"]]) == expected


def test_support_is_the_share_of_a_choices_words_weighed_by_rank() -> None:
    # "big squid" has one of its two words in the second text: 1/2 / 2
    assert support(["big squid", "crab"], ["Nothing.", "A squid."]) == [0.25, 0.0]
    assert choice(["crab", "gull"], ["Squid."], answer=[["squid"]]) is None


def test_balanced_accuracy_is_half_for_a_judge_that_holds_everything_true() -> None:
    rulings = [Ruling(True, True)] * 9 + [Ruling(True, False)]
    assert balanced_accuracy(rulings) == 0.5
    # 3 of 4 true claims, 1 of 2 false ones: (0.75 + 0.5) / 2
    mixed = [Ruling(True, True)] * 3 + [Ruling(False, True), Ruling(True, False), Ruling(False, False)]
    assert balanced_accuracy(mixed) == 0.625
    assert balanced_accuracy([Ruling(True, True)]) is None


@pytest.mark.parametrize(
    ("sentence", "quotes", "expected"),
    [
        ("The harbour reopened.", ["On Monday the harbour reopened, at last."], True),
        ("The harbour reopened on Monday.", ["The harbour reopened", "on Monday"], True),
        ("The harbour did reopen.", ["The harbour did not reopen."], False),
        ("Monday the harbour reopened.", ["The harbour reopened Monday."], False),
        ("It cost 1,500.", ["It cost 1,600."], False),
        ("It cost 1,500.", [], False),
    ],
)
def test_a_sentence_is_supported_word_for_word(sentence: str, quotes: Sequence[str], expected: bool) -> None:
    assert supports(sentence, quotes) is expected
