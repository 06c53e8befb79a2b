import pytest
from asking_fakes import LUND, MOE, candidate, hit_of, other

from bot.answering.quoting import quote
from bot.answers.proposal import Weighed
from bot.proof.whole import quotation, speaker_in, whole_thought
from bot.speaking.speaker import Speakers
from index.records import Article, Span


def texts(*candidates: object) -> list[str]:
    return [one.text for one in quote(Weighed(candidates, enough=True))]  # type: ignore[arg-type]


STOCK = candidate(LUND, "“The stock has halved since 1990.”")
BOATS = candidate(MOE, "A harbour official put the number of boats at 60.", score=0.9)


def test_the_best_sentence_is_quoted_whole_with_its_speaker() -> None:
    (sentence,) = quote(Weighed([STOCK], enough=True))
    assert sentence.text == "“The stock has halved since 1990.”"
    assert (sentence.speaker, sentence.role) == ("Anna Lund", "Norwegian Fisheries Minister")
    assert sentence.verdict == "quoted"


def test_a_second_article_is_quoted_where_it_adds_something() -> None:
    assert texts(STOCK, BOATS) == [
        "“The stock has halved since 1990.”",
        "A harbour official put the number of boats at 60.",
    ]


def test_the_same_article_is_quoted_once() -> None:
    assert len(texts(STOCK, candidate(LUND, "Norway sold 400,000 tonnes of cod in 2019."))) == 1


def test_a_near_repeat_is_left_out_but_not_one_with_another_figure() -> None:
    repeat = other(MOE, body="The stock has halved since the year 1990.")
    later = other(MOE, body="The stock has halved since 1991.")
    assert texts(STOCK, candidate(repeat, repeat.body), candidate(later, later.body)) == [
        "“The stock has halved since 1990.”",
        later.body,
    ]


def test_a_copy_of_one_origin_is_no_second_source() -> None:
    copy = other(MOE, id="copy", outlet="The Mirror")
    first = candidate(MOE, "Skippers in Bodø kept their boats in port.", copies=(copy,))
    (sentence,) = quote(
        Weighed([first, candidate(copy, "A harbour official put the number of boats at 60.")], enough=True)
    )
    assert sentence.also_in == ("The Mirror",)


def test_what_is_far_worse_is_left_out() -> None:
    assert (
        len(texts(STOCK, candidate(MOE, "A harbour official put the number of boats at 60.", score=0.3))) == 1
    )


def test_three_sentences_are_the_most() -> None:
    bodies = ["Alpha rose today.", "Bravo sank quietly.", "Carlo walked home.", "Delta never came."]
    many = [candidate(Article(str(n), "t", body), body) for n, body in enumerate(bodies)]
    assert texts(*many) == bodies[:3]


def before(body: str, words: str) -> str:
    article = Article("a", "t", body)
    start = body.index(words)
    span = whole_thought(article, Span(start, start + len(words)), Speakers(article))
    return body[span.start : span.end]


@pytest.mark.parametrize(
    ("body", "words", "quoted"),
    [
        ("Norway sold cod. It was a record.", "It was a record.", "Norway sold cod. It was a record."),
        ("Norway sold cod. But this failed.", "But this failed.", "Norway sold cod. But this failed."),
        ("Norway sold cod. Quotas fell.", "Quotas fell.", "Quotas fell."),
        ("Norway sold cod.\n\nIt was a record.", "It was a record.", "It was a record."),
        ("It was a record.", "It was a record.", "It was a record."),
        (
            "Cod fell.\n\nCorrection: An earlier version said that 60 boats left. It was 16.\n\nCod rose.",
            "Correction: An earlier version said that 60 boats left.",
            "Correction: An earlier version said that 60 boats left. It was 16.",
        ),
        (
            "Correction: An earlier version said that 60 boats left. Sixteen left.\n\nCod rose.",
            "Correction: An earlier version said that 60 boats left. Sixteen left.",
            "Sixteen left.",
        ),
        (
            "(An earlier version of this article said that 60 boats left. It was 16.)\n\nCod rose.",
            "An earlier version of this article said that 60 boats left. It was 16.",
            "(An earlier version of this article said that 60 boats left. It was 16.)",
        ),
        ("Anna Lund left. She said no.", "She said no.", "She said no."),
        (f"Norway {'x' * 500} sold cod. It was a record.", "It was a record.", "It was a record."),
    ],
)
def test_a_sentence_that_points_back_brings_the_one_before(body: str, words: str, quoted: str) -> None:
    assert before(body, words) == quoted


def test_who_says_the_last_sentence_of_a_thought_owns_a_part_of_it() -> None:
    body = "Anna Lund came to Oslo.\n\nThe plan passes on Friday. It is a disgrace, Lund said."
    article = Article("a", "t", body)
    speakers = Speakers(article)
    start = body.index("It is")
    sentence = Span(start, len(body))
    thought = whole_thought(article, sentence, speakers)
    assert body[slice(*thought)] == "The plan passes on Friday. It is a disgrace, Lund said."
    said = quotation(hit_of(article), thought, speaker_in(sentence, thought, speakers))
    assert (said.speaker, said.voice and said.voice.partly) == ("Anna Lund", True)
    alone = quotation(hit_of(article), sentence, speaker_in(sentence, sentence, speakers))
    assert (alone.speaker, alone.voice and alone.voice.partly) == ("Anna Lund", False)
