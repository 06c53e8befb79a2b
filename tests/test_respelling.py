import pytest

from bot.answering.respelling import misspelt
from bot.answers.notes import Respelled
from bot.language.foreign import is_foreign
from bot.language.lexicon import Lexicon, load_lexicon

TEXTS = [
    "The ceasefire has no monitoring mechanism yet, Marlow said.",
    "A missile hit the port; a detective found the fuse.",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ceasfire", "ceasefire"),
        ("monitering", "monitoring"),
        ("mechanisim", "mechanism"),
        ("misile", "missile"),
    ],
)
def test_a_slip_is_read_as_the_word_that_is_meant(asked: str, meant: str, lexicon: Lexicon) -> None:
    assert misspelt([asked], TEXTS, lexicon) == (Respelled(asked, meant),)


@pytest.mark.parametrize(
    "asked",
    [
        "Marlov",  # a name is not taken for another
        "effective",  # nor is an English word, however near
        "ceasefires2",
        "prot",
        "tornado",  # nothing there is near
        "sonar",
    ],
)
def test_what_is_no_slip_stays(asked: str, lexicon: Lexicon) -> None:
    assert misspelt([asked], TEXTS, lexicon) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Combien de soldats sont morts à Kiev ?",
        "Wer hat die Wahl in Berlin gewonnen?",
        "¿Quién ganó las elecciones de marzo?",
        "Ilu żołnierzy zginęło pod Kijowem?",
    ],
)
def test_a_question_in_another_language_is_known(question: str, lexicon: Lexicon) -> None:
    assert is_foreign(question, lexicon)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Xi Jinping?",
        "bird flu cows texas",
        "What did Vahram Poghosyan concede?",
        "Сколько солдат погибло?",
        "And Agdam?",
    ],
)
def test_an_english_question_and_another_script_are_not_foreign(question: str, lexicon: Lexicon) -> None:
    assert not is_foreign(question, lexicon)
