import pytest

from bot.language.spellings import names_in, nearest_name, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lavroff", "Lavrov"), ("Sergei", "Sergey"), ("Zelenskyy", "Zelensky"), ("Zelenskiy", "Zelensky"),
        ("Aliev", "Aliyev"), ("Pashinian", "Pashinyan"), ("Karabagh", "Karabakh"), ("Yeltsin", "Eltsin"),
        ("Gorbachev", "Gorbatchev"), ("Şuşa", "Susa"), ("Dmitri", "Dmitry"), ("Nikolai", "Nikolay"),
    ],
)  # fmt: skip
def test_transliterations_of_one_name_are_one_name(one: str, other: str) -> None:
    assert same_name(one, other) and same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Petrov", "Petrova"), ("Lavrov", "Lavrin"), ("Iran", "Iraq"), ("Austria", "Australia"),
        ("Biden", "Bidden Jr"),
        ("Macron", "Micron"), ("Putin", "Rutin"), ("Johnson", "Johnston"), ("Clark", "Clarke"),
    ],
)  # fmt: skip
def test_different_names_are_not_taken_for_each_other(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_near_name_is_offered_only_where_it_begins_alike() -> None:
    known = ["Pashinyan", "Lavrov", "Baku"]
    assert nearest_name("Pashinan", known) == "Pashinyan"
    assert nearest_name("Petrov", known) is None
    assert nearest_name("Bak", known) is None
    assert nearest_name("Navrov", known) is None


def test_names_are_the_capitalised_words_most_frequent_first() -> None:
    assert names_in(["Lavrov met Lavrov’s aide in Baku", "the talks"]) == ["Lavrov", "Baku"]
