import pytest

from bot.language.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("began", "begin"),
        ("three", "3"),
        ("third", "3rd"),
        ("3,468", "3468"),
        ("U.S.", "United States"),
        ("per cent", "%"),
        ("Armenia's", "Armenian"),
        ("Oct", "October"),
        ("cease-fire", "truce"),
        ("Zelenskyy", "Zelensky"),
        ("Sergey", "Sergei"),
        ("Erdoğan’s", "Erdogan"),
        ("monitoring", "monitored"),
        ("pre-existing", "preexisting"),
        ("G-7", "G7"),
        ("2021–22", "2021-22"),
        ("COVID-19", "Covid"),
        ("переговоров", "переговоры"),
    ],
)
def test_forms_of_one_word_share_a_key(one: str, other: str, lexicon: Lexicon) -> None:
    assert [word.key for word in lexicon.read(one)] == [word.key for word in lexicon.read(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("us", "US"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("north", "south"),
        ("1994", "1995"),
        ("may", "might"),
    ],
)
def test_different_words_have_different_keys(one: str, other: str, lexicon: Lexicon) -> None:
    assert [word.key for word in lexicon.read(one)] != [word.key for word in lexicon.read(other)]


def test_words_know_their_places(lexicon: Lexicon) -> None:
    text = "On Oct.19 the U.S. spent $5 million, 20% of Baku’s “aid”; 1990s prices: Ծով."
    words = lexicon.read(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert [word.text for word in words] == [
        *("On", "Oct", "19", "the", "U.S.", "spent", "$", "5", "million", "20", "%", "of", "Baku’s", "aid"),
        *("1990s", "prices", "Ծով"),
    ]


def test_opposites_are_mutual(lexicon: Lexicon) -> None:
    for key, others in lexicon.opposites.items():
        assert all(key in lexicon.opposites[other] for other in others)
        assert key not in others


@pytest.mark.parametrize("text", ["PM2.5", "H.B. 68", "COVID-19", "R.F.", "2021–22", "F-16s", "pre-existing"])
def test_letters_with_figures_are_one_word(text: str, lexicon: Lexicon) -> None:
    assert [word.text for word in lexicon.read(f"the {text} rule")] == ["the", text, "rule"]
