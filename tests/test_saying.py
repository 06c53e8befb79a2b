import pytest

from bot.speaking.speaker import Speaker
from bot.weighing.saying import Saying, is_meant, read_saying


@pytest.mark.parametrize(
    ("question", "saying"),
    [
        ("What did Lund say about cod quotas?", Saying("Lund", "cod quotas")),
        (
            "What did the fisheries minister say about international waters?",
            Saying("fisheries minister", "international waters"),
        ),
        ("In Riga, what did Lund say?", Saying("Lund", "")),
        ("How did Anna Lund describe the deal?", Saying("Anna Lund", "the deal")),
        ("What has Lund promised?", Saying("Lund", "")),
        ("According to Lund, how many boats left?", Saying("Lund", "how many boats left")),
        ("How many boats left, according to Lund?", Saying("Lund", "How many boats left")),
        ("Who said that quotas would fall?", Saying(None, "quotas would fall")),
        ("Which minister denied the rumours?", Saying(None, "the rumours")),
    ],
)
def test_what_is_asked_of_speech_is_read(question: str, saying: Saying) -> None:
    assert read_saying(question) == saying


@pytest.mark.parametrize(
    "question",
    [
        "When did quotas fall?",
        "Who is Anna Lund?",
        "What does it say about cod?",
        "How many boats did Norway sell?",
        "What?",
    ],
)
def test_other_questions_ask_nothing_of_speech(question: str) -> None:
    assert read_saying(question) is None


LUND = Speaker("Anna Lund", "named", "Norwegian Fisheries Minister")
MINISTRY = Speaker("Norway’s fisheries ministry", "named")
ADVISER = Speaker("Per Moe", "named", "adviser of Minister Anna Lund")


@pytest.mark.parametrize(
    ("who", "speaker", "meant"),
    [
        ("Lund", LUND, True),
        ("Anna Lund", LUND, True),
        ("Minister Lund", LUND, True),
        ("the Norwegian minister", LUND, True),
        ("the Icelandic minister", LUND, False),
        ("Eva Lund", LUND, False),
        ("Moe", LUND, False),
        ("Lund", ADVISER, False),
        ("Norway's fisheries ministry", MINISTRY, True),
        ("the fisheries ministry", MINISTRY, True),
        ("Iceland's fisheries ministry", MINISTRY, False),
        ("Norway", MINISTRY, True),
        ("Sergei Lavrov", Speaker("Sergey Lavrov", "named"), True),
    ],
)
def test_a_question_means_the_speaker_of_its_name_or_role(who: str, speaker: Speaker, meant: bool) -> None:
    assert is_meant(who, speaker) == meant
