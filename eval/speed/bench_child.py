"""One system measured by itself, for `eval.speed.bench`: figures as a line of JSON.

python -m eval.speed.bench_child measure KIND ARTICLES [FOLDER]
python -m eval.speed.bench_child quality int8|float32 ARTICLES [FOLDER]
"""

from __future__ import annotations

import json
import resource
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time
from typing import Literal

import click
import numpy as np

from eval.cases import BUILT_IN, Case, load_set
from eval.peers.peer import fair, sample
from eval.run import seeds_folder
from eval.speed.scale import editions
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.records import Article
from index.retrieval.retrieve import Retriever
from index.split import passage_input, split
from index.storage.archive import Archive
from index.storage.ingest import ingest

Kind = Literal["dateline", "llamaindex", "llamaindex-whole", "sentence-transformers"]
KINDS: tuple[Kind, ...] = ("dateline", "llamaindex", "llamaindex-whole", "sentence-transformers")
CACHE = Path(".dateline") / "encoders"
_HITS = 12
_QUESTIONS = 40
_PASSAGES = 128  # that the encoders are given
_SIDE = 1_024  # of the matrices whose product shows what the processor can do
# Products and sums that MiniLM does for a token: 2 for each of the 10.6 million weights of its six layers,
# and for attention 2 × 2 × 384 for each other token of its text, six times.
_WEIGHTS, _WIDTH, _LAYERS = 10_616_832, 384, 6


@dataclass(frozen=True)
class Measured:
    """What one process measured; 0 is what its system does not do. Operations are a second's."""

    articles_per_second: float = 0.0
    articles_per_cpu_second: float = 0.0
    retrieval_ms: float = 0.0
    retrieval_cpu_ms: float = 0.0
    passages_per_second: float = 0.0
    passages_per_cpu_second: float = 0.0
    question_ms: float = 0.0
    encoder_ops: float = 0.0
    peak_int8_ops: float = 0.0
    peak_float_ops: float = 0.0
    peak_mb: float = 0.0


@click.group()
def main() -> None:
    """Measure one system."""


@main.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("articles", type=int)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def measure(kind: Kind, articles: int, folder: Path | None) -> None:
    """Measure KIND over so many ARTICLES."""
    texts, cases = _material(folder)
    chosen = list(editions(texts, articles))
    questions = [case.question for case in cases][:_QUESTIONS]
    made: dict[Kind, Callable[[Sequence[Article], Sequence[str]], Measured]] = {
        "dateline": _dateline,
        "llamaindex": _llamaindex,
        "llamaindex-whole": partial(_llamaindex, whole=True),
        "sentence-transformers": _plain,
    }
    click.echo(json.dumps(asdict(made[kind](chosen, questions))))


@main.command()
@click.argument("precision", type=click.Choice(["int8", "float32"]))
@click.argument("articles", type=int)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def quality(precision: Literal["int8", "float32"], articles: int, folder: Path | None) -> None:
    """The hit@5 and MRR of right articles over those that cases name and others, in PRECISION."""
    texts, cases = _material(folder)
    asked = [case for case in cases if case.articles][:articles]
    named = {article for case in asked for article in case.articles}
    encoder = load_encoder(cache=CACHE, precision=precision)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as home:
        _index(Path(home), encoder, sample(texts, named, most=articles))
        with Archive.open(Path(home), encoder) as archive:
            retriever = Retriever(archive, encoder)
            ranks = [_rank(case, retriever) for case in asked]
    click.echo(
        json.dumps(
            {
                "hit@5": mean(float(rank is not None and rank <= 5) for rank in ranks),
                "MRR": mean(1 / rank if rank else 0.0 for rank in ranks),
            }
        )
    )


def _material(folder: Path | None) -> tuple[list[Article], list[Case]]:
    eval_set = load_set(folder or BUILT_IN)
    found = read_paths([eval_set.articles or seeds_folder()])
    return [one.article for one in found if isinstance(one, Found)], fair(eval_set.cases)


def _rank(case: Case, retriever: Retriever) -> int | None:
    """At which place, from 1, the first right article stands among the articles of the hits."""
    seen: dict[str, None] = {}
    for hit in retriever.retrieve(case.question, limit=_HITS):
        seen.update(dict.fromkeys([hit.article.id, *(copy.id for copy in hit.copies)]))
    places = [place for place, article in enumerate(seen, start=1) if article in case.articles]
    return places[0] if places else None


def _dateline(articles: Sequence[Article], questions: Sequence[str]) -> Measured:
    encoder = load_encoder(cache=CACHE)
    encoder.encode(questions[:2])
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as home:
        wall, cpu = _timed(lambda: _index(Path(home), encoder, articles))
        with Archive.open(Path(home), encoder) as archive:
            retriever = Retriever(archive, encoder)
            retrieval = _each(lambda question: retriever.retrieve(question, limit=_HITS), questions)
    peak_mb = _peak_mb()
    texts = _passages(articles, encoder)
    speed, cpu_speed = _encoding(encoder, texts)
    return Measured(
        articles_per_second=len(articles) / wall,
        articles_per_cpu_second=len(articles) / cpu,
        retrieval_ms=retrieval[0],
        retrieval_cpu_ms=retrieval[1],
        passages_per_second=speed,
        passages_per_cpu_second=cpu_speed,
        question_ms=_each(_again(encoder), questions)[0],
        encoder_ops=speed * mean(_operations(count + 2) for count in encoder.count_tokens(texts)),
        peak_int8_ops=_int8_peak(),
        peak_float_ops=_float_peak(),
        peak_mb=peak_mb,
    )


def _llamaindex(articles: Sequence[Article], questions: Sequence[str], *, whole: bool = False) -> Measured:
    from eval.peers.llamaindex import LlamaIndex

    encoder = load_encoder(cache=CACHE, reference=True)
    encoder.encode(questions[:2])
    peer = LlamaIndex(encoder, store="simple", whole=whole)
    wall, cpu = _timed(lambda: peer.index(articles))
    retrieval = _each(lambda question: peer.search(question, limit=_HITS), questions)
    return Measured(
        articles_per_second=len(articles) / wall,
        articles_per_cpu_second=len(articles) / cpu,
        retrieval_ms=retrieval[0],
        retrieval_cpu_ms=retrieval[1],
        peak_mb=_peak_mb(),
    )


def _plain(articles: Sequence[Article], questions: Sequence[str]) -> Measured:
    encoder = load_encoder(cache=CACHE, reference=True)
    encoder.encode(questions[:2])
    speed, cpu_speed = _encoding(encoder, _passages(articles, encoder))
    return Measured(
        passages_per_second=speed,
        passages_per_cpu_second=cpu_speed,
        question_ms=_each(_again(encoder), questions)[0],
        peak_mb=_peak_mb(),
    )


def _index(home: Path, encoder: Encoder, articles: Sequence[Article]) -> None:
    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, (Found(article, article.id, ()) for article in articles))


def _passages(articles: Sequence[Article], encoder: Encoder) -> list[str]:
    texts = [passage_input(one, part.text) for one in articles[:40] for part in split(one, encoder)]
    return texts[:_PASSAGES]


def _encoding(encoder: Encoder, texts: Sequence[str]) -> tuple[float, float]:
    """Passages a second and a processor second."""
    wall, cpu = _timed(lambda: encoder.encode(texts))
    return len(texts) / wall, len(texts) / cpu


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds passed, and of the processor."""
    began, cpu_began = perf_counter(), process_time()
    work()
    return perf_counter() - began, process_time() - cpu_began


def _each(work: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """The medians of milliseconds passed and of the processor; the first question loads and warms."""
    work(questions[0])
    taken = [_timed(partial(work, question)) for question in questions]
    return 1000 * median(wall for wall, _ in taken), 1000 * median(cpu for _, cpu in taken)


def _again(encoder: Encoder) -> Callable[[str], object]:
    """Encodes a question that was not encoded before: Dateline remembers what it was asked."""
    return lambda question: encoder.encode([f"{question} {perf_counter()}"])


def _operations(tokens: int) -> float:
    """Products and sums for a text of so many tokens."""
    return tokens * 2.0 * (_WEIGHTS + 2 * _WIDTH * tokens * _LAYERS)


def _float_peak() -> float:
    """Operations a second of a large float32 product on all processors."""
    one = np.random.default_rng(0).standard_normal((_SIDE, _SIDE)).astype(np.float32)
    return 2 * _SIDE**3 / min(_timed(lambda: one @ one)[0] for _ in range(10))


def _int8_peak() -> float:
    """The same of 8-bit integers."""
    product = _int8_product(_SIDE)
    return 2 * _SIDE**3 / min(_timed(product)[0] for _ in range(10))


def _int8_product(side: int) -> Callable[[], object]:
    """A product of two square matrices of 8-bit integers by onnxruntime, on all processors."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    chance = np.random.default_rng(0)
    weights = chance.integers(-127, 127, (side, side)).astype(np.int8)
    given = chance.integers(0, 255, (side, side)).astype(np.uint8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["given", "weights"], ["product"])],
        "product",
        [helper.make_tensor_value_info("given", TensorProto.UINT8, [side, side])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [side, side])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"given": given})


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
