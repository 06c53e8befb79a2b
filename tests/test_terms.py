from collections.abc import Sequence

import pytest

from bot.language.lexicon import Lexicon, load_lexicon
from bot.weighing.terms import Terms, read_terms
from index.records import Filters


class Counts:
    """An archive of 1,000 passages in which every word stands once but those given."""

    def __init__(self, **counts: int) -> None:
        self.counts = counts

    def passage_counts(self, words: Sequence[str], *, filters: Filters | None = None) -> dict[str, int]:
        return {word: self.counts.get(word, 1) for word in words}

    def passage_total(self) -> int:
        return 1000


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def read(question: str, lexicon: Lexicon, **counts: int) -> Terms:
    return read_terms(question, lexicon=lexicon, archive=Counts(**counts))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who chairs the group?", "person"),
        ("The bridge was designed by whom?", "person"),
        ("Which minister resigned?", "person"),
        ("Where was it signed?", "place"),
        ("In which Russian city did they meet?", "place"),
        ("When did the talks begin?", "date"),
        ("What year did the war end?", "date"),
        ("How soon will the vaccine arrive?", "date"),
        ("How many people fled?", "number"),
        ("What is the population of Ganja?", "number"),
        ("Which party won?", "organisation"),
        ("Why did the truce fail?", "reason"),
        ("What did the mayor say about the flood?", "quote"),
        ("Did Russia send observers?", "yes-no"),
        ("What is a ceasefire?", "other"),
        ("When the law is broken, what is it called?", "other"),
        ("What should someone who is arrested do?", "other"),
        ("Кто это сказал?", "other"),
        ("", "other"),
    ],
)
def test_the_word_that_asks_tells_the_kind_of_answer(question: str, kind: str, lexicon: Lexicon) -> None:
    assert read(question, lexicon).kind == kind


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Sergey Lavrov say in Moscow on Monday?", ["Sergey Lavrov", "Moscow"]),
        ("Who leads the Secretariat of the Council of Europe?", ["Secretariat of the Council of Europe"]),
        ("Did Armenia and Turkey agree?", ["Armenia", "Turkey"]),
        ("Lavrov said what?", []),  # a capital at the start tells nothing
        ("Who Brokered The Truce In Moscow?", []),  # and in a headline none does
    ],
)
def test_names_are_runs_of_capitalised_words(question: str, names: list[str], lexicon: Lexicon) -> None:
    assert [name.text for name in read(question, lexicon).names] == names


def test_numbers_dates_and_quoted_phrases_are_found(lexicon: Lexicon) -> None:
    terms = read('Who said "no more war" to three reporters on 9 November 2020?', lexicon)
    assert [word.text for word in terms.numbers] == ["three", "9", "2020"]
    assert [word.text for word in terms.dates] == ["November", "2020"]
    assert terms.quoted == ("no more war",)


def test_the_focus_is_what_the_question_word_asks_for(lexicon: Lexicon) -> None:
    assert [word.text for word in read("Which Russian city hosted it?", lexicon).focus] == ["Russian", "city"]
    assert [word.text for word in read("What news agency did he call?", lexicon).focus] == ["news", "agency"]
    assert read("Who called him?", lexicon).focus == ()


def test_a_word_weighs_more_the_fewer_passages_hold_it(lexicon: Lexicon) -> None:
    terms = read("Did Pashinyan sign the communique there?", lexicon, Pashinyan=0, sign=700, communique=10)
    weights = {word.text: terms.weights[word.key] for word in terms.content}
    assert weights["Pashinyan"] == 1.0
    assert 1.0 > weights["communique"] > weights["sign"] > 0


def test_common_english_is_never_rare_however_small_the_archive(lexicon: Lexicon) -> None:
    class Empty(Counts):
        def passage_counts(self, words: Sequence[str], *, filters: Filters | None = None) -> dict[str, int]:
            return dict.fromkeys(words, 0)

        def passage_total(self) -> int:
            return 20

    terms = read_terms("Who will become Catholicos?", lexicon=lexicon, archive=Empty())
    weights = {word.text: terms.weights[word.key] for word in terms.content}
    assert weights["Catholicos"] == 1.0
    assert weights["become"] < 0.7


@pytest.mark.parametrize(
    "question",
    ["What exactly did Moe say? Verbatim", "Quote Moe on the ships", "Moe on ships, please. Exact words"],
)
def test_how_to_answer_is_no_matter_of_a_question(question: str, lexicon: Lexicon) -> None:
    terms = read(question, lexicon)
    told = {word.low for word in terms.content} | {word.low for name in terms.names for word in name.words}
    assert not told & {"exactly", "exact", "verbatim", "quote", "please"}
    assert "moe" in told


def test_the_same_words_are_matter_where_they_do_not_order(lexicon: Lexicon) -> None:
    assert "name" in {word.low for word in read("Why did the town name a street after Moe?", lexicon).content}
