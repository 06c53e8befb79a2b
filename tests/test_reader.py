"""The reader, with a network that is told what to find: only the network's numbers are made up."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from asking_fakes import LUND, MOE, NONE, hit_of
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import run
from bot.language.lexicon import load_lexicon
from bot.weighing.choose import ScoredSentence
from bot.weighing.joining import FEWEST, READ, Joined, joined_evidence, load_join, read_candidates
from bot.weighing.model import Linear, load_weights
from bot.weighing.reader.memory import Remembering
from bot.weighing.reader.network import MODEL, SUM, Network
from bot.weighing.reader.reader import PassageRead, Reader, SentenceRead
from bot.weighing.reader.spans import LONGEST, best_span
from bot.weighing.reader.tokens import MAX_TOKENS, load_tokenizer
from bot.weighing.reading import Reading
from bot.weighing.terms import read_terms
from bot.weighing.times import WHEN
from eval.training.qa_data import ParagraphCounts
from index.encoding.encoder import Encoder
from index.errors import EncoderError, WrongWeights
from index.records import Article, Hit, Span

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


def test_what_was_withdrawn_is_not_read() -> None:
    body = "The port said that 60 boats left. It was 60 days ago."
    hit = hit_of(Article("a", "t", body))
    first, second = hit.passage.sentences
    reader = Reader(Finds("60"))
    marked = [one.span for one in reader.read("How many?", [hit])[0].sentences]
    assert [body[one.start : one.end] for one in marked] == ["60", "60"]
    (read,) = reader.read("How many?", [replace(hit, withdrawn=(first,))])
    assert [(one.sentence, body[one.span.start : one.span.end]) for one in read.sentences] == [(second, "60")]
    assert Remembering(reader).read("How many?", [hit]) != [read]


@given(SCORES)
def test_the_best_span_is_the_best_of_all_that_are_short_enough(scores: list[tuple[float, float]]) -> None:
    starts, ends = (np.array(column, dtype=np.float32) for column in zip(*scores, strict=True))
    found = best_span(starts, ends)
    every = [starts[i] + ends[j] for i in range(len(scores)) for j in range(i, min(len(scores), i + LONGEST))]
    assert found.score == pytest.approx(max(every))
    assert 0 <= found.last - found.first < LONGEST


@pytest.mark.parametrize("words", ["400,000 tonnes", "Anna Lund", "1990", "Norway"])
def test_what_is_read_are_exact_words_of_the_body(words: str) -> None:
    (read,) = Reader(Finds(words)).read("What?", [hit_of(LUND)])
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
    (read,) = Reader(Finds("2019")).read("When?", [Hit(passage, LUND, 1.0, origin=LUND.id)])
    best = max(read.sentences, key=lambda one: one.score)
    assert LUND.body[slice(*best.span)] == "2019"


def test_what_does_not_fit_is_not_read() -> None:
    body = " ".join(f"Boat {n} left the old harbour." for n in range(90))
    network = Finds("harbour")
    (read,) = Reader(network).read("What left?", [hit_of(Article("long", "", body))])
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

    def read(self, question: str, hits: Sequence[Hit]) -> list[PassageRead]:
        return [self._read(hit) for hit in hits]

    def _read(self, hit: Hit) -> PassageRead:
        self.read_of.append(hit.article.id)
        body = hit.article.body
        found = [
            SentenceRead(
                one, Span(one.start, one.start + 2), self._scores.get(body[one.start : one.start + 6], -9)
            )
            for one in hit.passage.sentences
        ]
        return PassageRead(tuple(found), self._nowhere)


HITS = [hit_of(LUND), hit_of(MOE)]
NEUTRAL = dict.fromkeys([*load_weights().choice.weights, *WHEN], 0.0)


def candidates() -> list[ScoredSentence]:
    places = [(hit, span) for hit in HITS for span in hit.passage.sentences]
    return [ScoredSentence(hit, span, 0.9**n, NEUTRAL, frozenset()) for n, (hit, span) in enumerate(places)]


def joined_by(reader: Told, *, model: Linear | None = None) -> Joined:
    return read_candidates("Who?", candidates(), reader, hits=HITS, model=model or JOIN)


JOIN = Linear(0.0, {"rules": 1.0, "margin": 0.5, "behind_all": 0.5})


def test_the_sentence_that_reader_and_overlap_like_best_comes_first() -> None:
    reader = Told({"Norway": 6.0, "Skippe": 1.0})
    joined = joined_by(reader)
    first = joined.candidates[0]
    assert LUND.body[slice(*first.span)].startswith("Norway sold")
    assert first.score == 1.0
    assert [one.score for one in joined.candidates] == sorted(
        (one.score for one in joined.candidates), reverse=True
    )
    assert reader.read_of == [LUND.id, MOE.id]  # each passage once
    assert len(joined.candidates) == len(candidates())
    assert (joined.margin, 0 < joined.share < 1) == (6.0, True)


@pytest.mark.parametrize(("margin", "read"), [(-2.0, READ), (1.0, READ), (6.0, FEWEST)])
def test_more_passages_are_read_where_none_is_sure(margin: float, read: int) -> None:
    hits = [hit_of(replace(LUND, id=f"{n}")) for n in range(9)]
    few = [ScoredSentence(hit, hit.passage.sentences[0], 1.0, NEUTRAL, frozenset()) for hit in hits]
    told = Told({LUND.body[:6]: margin})
    joined = read_candidates("Who?", few, told, hits=hits, model=JOIN)
    assert told.read_of == [f"{n}" for n in range(read)]
    assert len(joined.candidates) == read, "what was not read is not in the running"


def test_passages_read_side_by_side_are_read_as_each_by_itself() -> None:
    hits, alone = [hit_of(LUND), hit_of(MOE), hit_of(LUND)], Reader(threads=1)
    together = Reader(threads=2).read("How many boats are there?", hits)
    assert together == [one for hit in hits for one in alone.read("How many boats are there?", [hit])]
    assert Reader().read("Who?", []) == []


def test_every_read_sentence_has_its_words() -> None:
    joined = joined_by(Told({}))
    for one in joined.candidates:
        short = joined.shorts[one.hit.article.id, one.span]
        assert one.span.start <= short.start < short.end <= one.span.end


def evidence_of(joined: Joined, rules: float = 0.0) -> dict[str, float]:
    counts = ParagraphCounts([LUND.body], load_lexicon())
    terms = read_terms("Who?", lexicon=load_lexicon(), archive=counts)
    return joined_evidence(terms, joined, rules, missing=1)


def test_evidence_is_stronger_where_one_passage_is_ahead_of_the_others() -> None:
    alone, beside = (joined_by(Told({"Norway": 6.0, "Skippe": other})) for other in (-9.0, 5.0))
    assert evidence_of(alone)["ahead"] > evidence_of(beside)["ahead"]
    assert evidence_of(alone)["share"] > evidence_of(beside)["share"]
    assert evidence_of(alone)["margin"] == 6.0
    assert evidence_of(alone, 99.0)["rules"] < 99  # neither is believed without bounds
    assert (evidence_of(alone)["asks_person"], evidence_of(alone)["asks_date"]) == (1.0, 0.0)


def test_a_passage_is_read_once_for_a_question() -> None:
    told = Told({})
    reader = Remembering(told)
    reads = [reader.read(question, [hit_of(LUND)])[0] for question in ("Who?", "Who?", "When?")]
    assert reads[0] is reads[1]
    assert len(told.read_of) == 2
    both = reader.read("Who?", [hit_of(MOE), hit_of(LUND), hit_of(MOE)])
    assert (both[0] is both[2], both[1] is reads[0], told.read_of[2:]) == (True, True, [MOE.id])
    for n in range(600):
        reader.read(f"{n}?", [hit_of(LUND)])
    reader.read("Who?", [hit_of(LUND)])
    assert len(told.read_of) == 604  # the oldest was forgotten


def test_the_reader_that_ships_reads_what_overlap_cannot() -> None:
    weights = Path(str(files("bot.weighing.reader"))) / MODEL
    assert weights.stat().st_size < 23_000_000
    reader, body = (
        Reader(threads=1),
        "Mayor Ilse Brandt opened the bridge on 4 May 2019. It cost 31 million euros.",
    )
    for question, words in (("Who opened it?", "Ilse Brandt"), ("How much did it cost?", "31 million euros")):
        (read,) = reader.read(question, [hit_of(Article("a", "", body))])
        best = max(read.sentences, key=lambda one: one.score)
        assert words in body[slice(*best.span)]
        assert best.score > read.nowhere
    (nothing,) = reader.read("Which team won the cup final?", [hit_of(Article("a", "", body))])
    assert nothing.best < nothing.nowhere


def test_the_shipped_join_is_for_features_that_exist() -> None:
    join = load_join()
    joined = joined_by(Told({}), model=join.choice)
    assert set(join.choice.weights) <= set(joined.candidates[0].features)
    assert set(join.evidence.weights) <= set(evidence_of(joined))


def test_words_that_hardly_answer_are_not_shown_and_quotations_stay_as_they_are(encoder: Encoder) -> None:
    body = "The harbour bridge was opened by Mayor Ilse Brandt. Rain fell on the harbour all day."
    hits = [hit_of(Article("a", "Harbour", body))]
    counts = ParagraphCounts([body], load_lexicon())
    for sure in (6.0, -6.0):
        told = Told({"The ha": sure})
        weighed = Reading(counts, encoder, reader=told).weigh("Who opened the bridge?", hits, filters=NONE)
        assert bool(weighed.shorts) == (sure > 0)
        assert {body[slice(*one.span)] for one in weighed.candidates} == {
            one + "." for one in body[:-1].split(". ")
        }
    bare = Reading(counts, encoder).weigh("Who opened the bridge?", hits, filters=NONE)
    assert not bare.shorts


@pytest.mark.parametrize("option", ["--reader", "--no-reader"])
def test_the_reader_can_be_left_out_and_either_way_quotes_are_exact(
    seeds_home: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    question = "How many soldiers did the defence ministry of Nagorno-Karabakh say were killed?"
    assert run(["--home", str(seeds_home), "ask", "--json", option, question]) == 0
    answer = json.loads(capsys.readouterr().out)
    shorts = [one["short"]["text"] for one in answer["sentences"] if one["short"]]
    assert shorts[:1] == (["1,008"] if option == "--reader" else [])
    for cited in answer["citations"]:
        file = Path(__file__).parents[1] / "seeds" / f"{cited['article']['id']}.md"
        assert cited["quote"] in file.read_text(encoding="utf-8")
