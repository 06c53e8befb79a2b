from collections.abc import Sequence

import numpy as np
import pytest

from bot.language.lexicon import Lexicon, load_lexicon
from bot.weighing.choose import ScoredSentence, choose
from bot.weighing.evidence import THRESHOLD_ALONE, check
from bot.weighing.joining import Joined
from bot.weighing.model import ModelWeights, load_weights
from bot.weighing.terms import Terms, read_terms
from eval.training.qa_data import ParagraphCounts
from index.encoding.encoder import Encoder, Vectors
from index.records import Article, Hit, Passage
from index.sentences import sentence_spans

BRIDGE = (
    "Mayor Ilse Brandt opened the new harbour bridge on 4 May 2019. It cost 31 million euros and took three"
    " years to build. Dock workers did not welcome the toll. The old bridge was closed in 1987 after a ship"
    " struck it."
)
FERRY = (
    "The night ferry to Sandvik was cancelled on Tuesday because of fog. Captain Aron Lund said the service"
    " would resume within a week. Forty passengers waited in the terminal."
)


class CountingEncoder:
    """The real encoder, counting the texts it is given."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.texts = 0
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dimensions, self.max_tokens = encoder.dimensions, encoder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.encoder.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return self.encoder.encode(texts)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def weights() -> ModelWeights:
    return load_weights()


def hit(body: str, *, title: str = "News", published: str | None = None) -> Hit:
    article = Article(id=title, title=title, body=body, outlet="Port Courier", published=published)
    spans = tuple(sentence_spans(body))
    return Hit(Passage(title, article.revision, 0, 0, len(body), body, spans), article, 1.0, title)


def terms_of(question: str, lexicon: Lexicon) -> Terms:
    return read_terms(question, lexicon=lexicon, archive=ParagraphCounts([BRIDGE, FERRY], lexicon))


def said(candidate: ScoredSentence) -> str:
    return candidate.hit.article.body[candidate.span.start : candidate.span.end]


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Who opened the harbour bridge?", "Mayor Ilse Brandt"),
        ("How much did the bridge cost?", "It cost 31 million"),
        ("When was the old bridge closed?", "The old bridge"),
        ("Why was the ferry cancelled?", "The night ferry"),
        ("What did Lund say about the ferry service?", "Captain Aron Lund"),
        ("How many passengers were waiting?", "Forty passengers"),
    ],
)
def test_the_sentence_that_answers_comes_first(
    question: str, start: str, lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    hits = [hit(FERRY, title="Ferry"), hit(BRIDGE, title="Bridge")]
    chosen = choose(terms_of(question, lexicon), hits, encoder, lexicon=lexicon, model=weights.choice)
    assert said(chosen[0]).startswith(start)


def test_candidates_are_whole_sentences_best_first(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    hits = [hit(BRIDGE), hit(FERRY)]
    terms = terms_of("Who opened the bridge?", lexicon)
    chosen = choose(terms, hits, encoder, lexicon=lexicon, model=weights.choice)
    sentences = {one.article.body[a:b] for one in hits for a, b in one.passage.sentences}
    assert {said(one) for one in chosen} == sentences
    scores = [one.score for one in chosen]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0 and min(scores) >= 0


def test_only_the_roughly_best_sentences_are_encoded(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    counting = CountingEncoder(encoder)
    hits = [hit(f"{BRIDGE} {FERRY}", title=str(n)) for n in range(12)]
    terms = terms_of("Who opened the bridge?", lexicon)
    chosen = choose(terms, hits, counting, lexicon=lexicon, model=weights.choice, most=10)
    assert len(chosen) == 10
    assert counting.texts == 11  # and the question


def test_sentences_that_cannot_lead_are_not_encoded(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    counting = CountingEncoder(encoder)
    hits = [hit(BRIDGE, title="bridge"), *(hit(FERRY, title=f"ferry {n}") for n in range(8))]
    terms = terms_of("Which mayor opened the new harbour bridge in May 2019?", lexicon)
    chosen = choose(terms, hits, counting, lexicon=lexicon, model=weights.choice)
    assert chosen[0].span == hits[0].passage.sentences[0]
    assert len(chosen) == 24
    assert counting.texts < 12  # the question, the six best, and the others of the winner's passage


def test_equal_sentences_keep_the_order_of_their_hits(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    hits = [hit(BRIDGE, title=title) for title in ("B", "A", "C")]
    terms = terms_of("Who opened the bridge?", lexicon)
    chosen = choose(terms, hits, encoder, lexicon=lexicon, model=weights.choice)
    assert [one.hit.article.id for one in chosen[:3]] == ["B", "A", "C"]


@pytest.mark.parametrize("question", ["?", "the of and", "Կամուրջ", "🙂", "1", "who " * 200])
def test_odd_questions_are_survived(
    question: str, lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    terms = terms_of(question, lexicon)
    chosen = choose(terms, [hit(BRIDGE), hit("…"), hit("🙂")], encoder, lexicon=lexicon, model=weights.choice)
    evidence = check(terms, Joined(tuple(chosen), {}), lexicon=lexicon, model=weights.evidence)
    assert np.isfinite([one.score for one in chosen]).all()
    assert 0 <= evidence.probability <= 1


def test_without_hits_there_is_no_evidence(lexicon: Lexicon, weights: ModelWeights, encoder: Encoder) -> None:
    terms = terms_of("Who opened the bridge in Rotterdam?", lexicon)
    assert choose(terms, [], encoder, lexicon=lexicon, model=weights.choice) == []
    evidence = check(terms, Joined((), {}), lexicon=lexicon, model=weights.evidence)
    assert evidence.probability == 0
    assert not evidence.enough
    assert evidence.absent == ("Rotterdam",)


def ask(
    question: str, hits: Sequence[Hit], lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> float:
    terms = terms_of(question, lexicon)
    chosen = choose(terms, hits, encoder, lexicon=lexicon, model=weights.choice)
    return check(terms, Joined(tuple(chosen), {}), lexicon=lexicon, model=weights.evidence).probability


@pytest.mark.parametrize(
    ("question", "near_miss"),
    [
        ("When was the old bridge closed?", "When was the old bridge opened?"),
        ("Why was the night ferry cancelled?", "Why was the morning ferry cancelled?"),
        ("What did the dock workers not welcome?", "What did the dock workers welcome?"),
        ("Who opened the new harbour bridge?", "Who opened the new harbour tunnel?"),
        ("Who said the service would resume?", "Who said the service would stop?"),
        ("What did Lund say about the service?", "What did Petrov say about the service?"),
        ("Who opened the bridge on 4 May 2019?", "Who opened the bridge on 4 May 2018?"),
    ],
)
def test_a_near_miss_is_less_likely_answered(
    question: str, near_miss: str, lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    hits = [hit(BRIDGE, title="Bridge"), hit(FERRY, title="Ferry")]
    likely = ask(question, hits, lexicon, weights, encoder)
    unlikely = ask(near_miss, hits, lexicon, weights, encoder)
    assert likely > unlikely + 0.05


def test_missing_words_are_named_as_the_question_writes_them(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    question = "What did Nikol Pashinyan's spokesman tell Lund about the zeppelin on 9 November?"
    terms = terms_of(question, lexicon)
    chosen = choose(terms, [hit(FERRY)], encoder, lexicon=lexicon, model=weights.choice)
    evidence = check(terms, Joined(tuple(chosen), {}), lexicon=lexicon, model=weights.evidence)
    assert evidence.missing == ("Nikol Pashinyan", "zeppelin", "9", "November")
    assert evidence.absent == evidence.missing
    assert evidence.probability < THRESHOLD_ALONE


def test_a_word_of_another_article_is_missing_but_not_absent(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    terms = terms_of("What did Ilse Brandt say about the ferry?", lexicon)
    chosen = choose(terms, [hit(FERRY)], encoder, lexicon=lexicon, model=weights.choice)
    evidence = check(terms, Joined(tuple(chosen), {}), lexicon=lexicon, model=weights.evidence)
    assert evidence.missing == ("Ilse Brandt",)
    assert evidence.absent == ()


def test_title_outlet_and_date_supply_words(
    lexicon: Lexicon, weights: ModelWeights, encoder: Encoder
) -> None:
    terms = terms_of("What did the Port Courier say about Sandvik in October 2020?", lexicon)
    dated = hit(FERRY, title="Fog", published="2020-10-19T17:45")
    chosen = choose(terms, [dated], encoder, lexicon=lexicon, model=weights.choice)
    assert check(terms, Joined(tuple(chosen), {}), lexicon=lexicon, model=weights.evidence).missing == ()
