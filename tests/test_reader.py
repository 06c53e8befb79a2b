"""The reader, with a network that is told what to find: only the network's numbers are made up."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from asking_fakes import LUND, MOE, NONE, hit_of
from hypothesis import given
from hypothesis import strategies as st

from bot.choose import Candidate
from bot.model import Linear
from bot.reader.joining import joined_evidence, read_candidates
from bot.reader.memory import Remembering
from bot.reader.network import MODEL, SUM, Network
from bot.reader.reader import PassageRead, Reader, SentenceRead
from bot.reader.reranking import GAIN, Reranker, reranked
from bot.reader.spans import LONGEST, best_span
from bot.reader.tokens import MAX_TOKENS, load_tokenizer
from index.errors import EncoderError, WrongWeights
from index.records import Article, Filters, Hit, Span

SCORES = st.lists(st.tuples(st.floats(-9, 9, width=32), st.floats(-9, 9, width=32)), min_size=1, max_size=40)


class Finds:
    """A network that sees an answer in the tokens of some words, and nothing anywhere else."""

    def __init__(self, words: str) -> None:
        self._tokens = load_tokenizer().encode(words, add_special_tokens=False).ids
        self.lengths: list[int] = []

    def scores(self, ids: np.ndarray, segments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        self.lengths.append(len(ids))
        starts, ends = np.full(len(ids), -5, np.float32), np.full(len(ids), -5, np.float32)
        size = len(self._tokens)
        for n in np.flatnonzero(segments):
            if ids[n : n + size].tolist() == self._tokens:
                starts[n], ends[n + size - 1] = 4, 4
        return starts, ends


@given(SCORES)
def test_the_best_span_is_the_best_of_all_that_are_short_enough(scores: list[tuple[float, float]]) -> None:
    starts, ends = (np.array(column, dtype=np.float32) for column in zip(*scores, strict=True))
    found = best_span(starts, ends)
    every = [starts[i] + ends[j] for i in range(len(scores)) for j in range(i, min(len(scores), i + LONGEST))]
    assert found.score == pytest.approx(max(every))
    assert 0 <= found.last - found.first < LONGEST


@pytest.mark.parametrize("words", ["400,000 tonnes", "Anna Lund", "1990", "Norway"])
def test_what_is_read_are_exact_words_of_the_body(words: str) -> None:
    read = Reader(Finds(words)).read("What?", hit_of(LUND))
    best = max(read.sentences, key=lambda one: one.score)
    assert LUND.body[slice(*best.span)] == words
    assert best.sentence.start <= best.span.start < best.span.end <= best.sentence.end
    assert best.score - read.nowhere == pytest.approx(18)
    assert [one.sentence for one in read.sentences] == list(hit_of(LUND).passage.sentences)


def test_a_passage_within_an_article_is_read_at_its_place() -> None:
    hit = hit_of(LUND)
    sentences = hit.passage.sentences[3:]
    start, end = sentences[0].start, sentences[-1].end
    passage = type(hit.passage)(
        LUND.id, LUND.revision, 1, start, end, LUND.body[start:end].strip(), sentences
    )
    best = max(
        Reader(Finds("2019")).read("When?", Hit(passage, LUND, 1.0)).sentences, key=lambda one: one.score
    )
    assert LUND.body[slice(*best.span)] == "2019"


def test_what_does_not_fit_is_not_read() -> None:
    body = " ".join(f"Boat {n} left the old harbour." for n in range(90))
    network = Finds("harbour")
    read = Reader(network).read("What left?", hit_of(Article("long", "", body)))
    assert network.lengths == [MAX_TOKENS]
    assert 30 < len(read.sentences) < 90
    assert read.best == 8


def test_a_file_that_is_not_the_one_that_shipped_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="--no-reader"):
        Network(tmp_path)
    (tmp_path / MODEL).write_bytes(b"weights")
    (tmp_path / SUM).write_text(hashlib.sha256(b"others").hexdigest())
    with pytest.raises(WrongWeights, match="sha256"):
        Network(tmp_path)
    (tmp_path / SUM).write_text(hashlib.sha256(b"weights").hexdigest())
    with pytest.raises(EncoderError, match="cannot load"):
        Network(tmp_path)


class Told:
    """A reader that is told the scores of sentences, by their first word."""

    def __init__(self, scores: dict[str, float], nowhere: float = 0.0) -> None:
        self._scores = scores
        self._nowhere = nowhere
        self.read_of: list[str] = []

    def read(self, question: str, hit: Hit) -> PassageRead:
        self.read_of.append(hit.article.id)
        body = hit.article.body
        found = [
            SentenceRead(
                one, Span(one.start, one.start + 2), self._scores.get(body[one.start : one.start + 6], -9)
            )
            for one in hit.passage.sentences
        ]
        return PassageRead(tuple(found), self._nowhere)


def candidates() -> list[Candidate]:
    hits = [hit_of(LUND), hit_of(MOE)]
    places = [(hit, span) for hit in hits for span in hit.passage.sentences]
    return [Candidate(hit, span, 0.9**n, {"dense": 0.5}, frozenset()) for n, (hit, span) in enumerate(places)]


JOIN = Linear(0.0, {"rules": 1.0, "margin": 0.5, "behind_all": 0.5})


def test_the_sentence_that_reader_and_overlap_like_best_comes_first() -> None:
    reader = Told({"Norway": 6.0, "Skippe": 1.0})
    joined = read_candidates("Who?", candidates(), reader, model=JOIN)
    first = joined.candidates[0]
    assert LUND.body[slice(*first.span)].startswith("Norway sold")
    assert first.score == 1.0
    assert [one.score for one in joined.candidates] == sorted(
        (one.score for one in joined.candidates), reverse=True
    )
    assert reader.read_of == [LUND.id, MOE.id]  # each passage once
    assert len(joined.candidates) == len(candidates())


def test_every_read_sentence_has_its_words() -> None:
    joined = read_candidates("Who?", candidates(), Told({}), model=JOIN)
    for one in joined.candidates:
        short = joined.shorts[one.hit.article.id, one.span]
        assert one.span.start <= short.start < short.end <= one.span.end


def test_evidence_is_stronger_where_one_passage_is_ahead_of_the_others() -> None:
    alone = read_candidates("Who?", candidates(), Told({"Norway": 6.0}), model=JOIN).candidates
    beside = read_candidates(
        "Who?", candidates(), Told({"Norway": 6.0, "Skippe": 5.0}), model=JOIN
    ).candidates
    assert joined_evidence(alone, 0.0)["ahead"] > joined_evidence(beside, 0.0)["ahead"]
    assert joined_evidence(alone, 0.0)["margin"] == 6.0
    assert joined_evidence(alone, 99.0)["rules"] < 99  # neither is believed without bounds


def test_hits_that_hold_an_answer_come_first_and_none_is_lost() -> None:
    hits = [hit_of(MOE, score=0.52), hit_of(LUND, score=0.50)]

    class Finder:
        def retrieve(self, question: str, *, filters: Filters = NONE, limit: int = 12) -> list[Hit]:
            return hits[:limit]

    found = Reranker(Finder(), Told({"Norway": 6.0})).retrieve("Who?")
    assert [one.article for one in found] == [LUND, MOE]
    assert found[0].score - hits[1].score == pytest.approx(6 * GAIN)
    assert [one.passage for one in reranked(hits, [PassageRead((), 0.0)] * 2)] == [
        hits[0].passage,
        hits[1].passage,
    ]


def test_far_better_hits_stay_first_and_those_not_read_stay_last() -> None:
    hits = [hit_of(MOE, score=9.0), hit_of(LUND, score=0.5)]
    sure, nothing = (PassageRead((SentenceRead(Span(0, 2), Span(0, 1), one),), 0.0) for one in (9.0, -9.0))
    assert reranked(hits, [nothing, sure])[0].article == MOE
    assert reranked([*hits, hit_of(LUND, score=99.0)], [nothing, sure])[-1].score == 99.0


def test_a_passage_is_read_once_for_a_question() -> None:
    told = Told({})
    reader = Remembering(told)
    reads = [reader.read(question, hit_of(LUND)) for question in ("Who?", "Who?", "When?")]
    assert reads[0] is reads[1]
    assert len(told.read_of) == 2
    for n in range(600):
        reader.read(f"{n}?", hit_of(LUND))
    reader.read("Who?", hit_of(LUND))
    assert len(told.read_of) == 603  # the oldest was forgotten
