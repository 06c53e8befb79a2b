from collections.abc import Sequence

import numpy as np
import pytest
from asking_fakes import FakeCandidate, candidate, hit_of

from bot.answers.proposal import Weighed
from bot.weighing.saying import Saying
from bot.weighing.voices import hear
from index.encoding.encoder import Encoder, Vectors
from index.records import Article

BODY = (
    "Fisheries Minister Anna Lund said that cod quotas would fall. “Boats must wait in port,” she added.\n\n"
    "Skipper Per Moe said that cod quotas should rise.\n\n"
    "Lund hoped for a mild winter. She called the harbour too small.\n\n"
    "Cod quotas were set in 2019."
)
ARTICLE = Article("a", "Cod", BODY)
HITS = [hit_of(ARTICLE)]


class WordEncoder:
    """Vectors of which words a text has, so that likeness is shared words."""

    name, fingerprint, dimensions, max_tokens = "words", "0", 512, 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in set(text.lower().strip(".?").split()):
                row[sum(map(ord, word)) % self.dimensions] = 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


@pytest.fixture
def words() -> Encoder:
    return WordEncoder()


def heard(
    who: str | None, topic: str, best: FakeCandidate, encoder: Encoder, *, enough: bool
) -> tuple[str, bool]:
    weighed = hear(Saying(who, topic), Weighed([best], enough=enough), HITS, encoder=encoder)
    first = weighed.candidates[0]
    return BODY[first.span.start : first.span.end], weighed.enough


MOE = "Skipper Per Moe said that cod quotas should rise."
SET = "Cod quotas were set in 2019."


def test_the_asked_speaker_is_heard_before_a_better_sentence(words: Encoder) -> None:
    found, enough = heard("Lund", "cod quotas", candidate(ARTICLE, MOE), words, enough=False)
    assert (found, enough) == ("Fisheries Minister Anna Lund said that cod quotas would fall.", True)


@pytest.mark.parametrize(("probability", "enough"), [(0.3, True), (0.15, True), (0.05, False), (None, True)])
def test_likeness_to_the_topic_is_not_enough_where_all_else_speaks_against_it(
    words: Encoder, probability: float | None, enough: bool
) -> None:
    best = Weighed([candidate(ARTICLE, MOE)], enough=False, probability=probability)
    weighed = hear(Saying("Lund", "cod quotas would fall"), best, HITS, encoder=words)
    assert BODY[slice(*weighed.candidates[0].span)].startswith("Fisheries Minister Anna Lund said")
    assert weighed.enough == enough


@pytest.mark.parametrize("enough", [False, True])
def test_whom_a_sentence_begins_with_comes_first_but_is_not_enough_by_itself(
    words: Encoder, enough: bool
) -> None:
    found = heard("Lund", "a mild winter", candidate(ARTICLE, MOE), words, enough=enough)
    assert found == ("Lund hoped for a mild winter.", enough)


def test_another_speakers_words_do_not_pass_for_the_asked_ones(words: Encoder) -> None:
    _, enough = heard("Lund", "rising prices everywhere", candidate(ARTICLE, MOE), words, enough=True)
    assert not enough


def test_the_asked_speaker_on_something_else_is_not_enough(words: Encoder) -> None:
    best = candidate(ARTICLE, "“Boats must wait in port,” she added.")
    assert not heard("Lund", "foreign oil", best, words, enough=True)[1]


@pytest.mark.parametrize(
    ("who", "nearest", "possible"),
    [
        ("Per Moe", "Skipper Per Moe said that cod quotas should rise.", True),
        ("Lund", "Fisheries Minister Anna Lund said that cod quotas would fall.", True),
        ("Eva Orlova", SET, False),
    ],
)
def test_where_nothing_is_heard_on_the_topic_only_the_asked_speaker_comes_near(
    words: Encoder, who: str, nearest: str, possible: bool
) -> None:
    best = candidate(ARTICLE, SET)
    weighed = hear(Saying(who, "foreign oil"), Weighed([best], enough=False), HITS, encoder=words)
    first = weighed.candidates[0]
    assert BODY[first.span.start : first.span.end] == nearest
    assert (weighed.enough, weighed.possible) == (False, possible)


def test_without_a_topic_what_is_said_in_a_row_is_quoted_together(words: Encoder) -> None:
    best = candidate(ARTICLE, "Fisheries Minister Anna Lund said that cod quotas would fall.")
    found, enough = heard("Lund", "", best, words, enough=False)
    assert (found, enough) == (BODY[: BODY.index("\n")], True)


def test_who_said_it_prefers_a_sentence_with_a_speaker(words: Encoder) -> None:
    candidates = [candidate(ARTICLE, SET), candidate(ARTICLE, MOE, score=0.6)]
    weighed = hear(Saying(None, "cod quotas"), Weighed(candidates, enough=True), HITS, encoder=words)
    assert BODY[slice(*weighed.candidates[0].span)] == MOE
    assert weighed.enough


def test_a_name_of_the_topic_must_stand_there(words: Encoder) -> None:
    _, enough = heard(
        "Lund", "Iceland said that cod quotas would fall", candidate(ARTICLE, MOE), words, enough=False
    )
    assert not enough


def test_somebody_else_is_no_second_source(words: Encoder) -> None:
    candidates = [candidate(ARTICLE, SET), candidate(ARTICLE, MOE)]
    weighed = hear(Saying("Eva Orlova", ""), Weighed(candidates, enough=True), HITS, encoder=words)
    assert [one.score for one in weighed.candidates] == [1.0, 0.0]


def test_the_best_sentence_stays_where_it_is_the_asked_speakers(words: Encoder) -> None:
    best = candidate(ARTICLE, "Fisheries Minister Anna Lund said that cod quotas would fall.")
    weighed = hear(Saying("Lund", "cod quotas would fall"), Weighed([best], enough=True), HITS, encoder=words)
    assert weighed.candidates[0].score == best.score
    assert weighed.enough
