"""The reader's network in training, and the file it becomes; both with the real MiniLM."""

import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import torch

from bot.weighing.reader.network import MODEL, Network
from bot.weighing.reader.tokens import load_tokenizer
from eval.training.encoded import Rows, encode_groups, encode_rows
from eval.training.examples import Example
from eval.training.export import export
from eval.training.learner import Learner, load_network, make_batch, scores
from eval.training.restore import restored
from eval.training.shipped import milliseconds, read_by
from eval.training.train import Plan, Supply
from index.encoding.weights import DEFAULT_MODEL, find_model
from index.records import Span

BRIDGE = "Mayor Ilse Brandt opened the new harbour bridge on 4 May 2019. It cost 31 million euros."
START = find_model(DEFAULT_MODEL).folder


def example(id_: str, question: str, words: str | None) -> Example:
    spans = (Span(BRIDGE.index(words), BRIDGE.index(words) + len(words)),) if words else ()
    return Example(id_, question, BRIDGE, "", spans, "made")


def groups() -> list[Rows]:
    asked = [
        (example("a", "Who opened the bridge?", "Ilse Brandt"), example("b", "Who opened the bridge?", None)),
        (example("c", "How much did it cost?", "31 million euros"),),
        (example("d", "Who closed the airport?", None),),
    ]
    return encode_groups(asked, load_tokenizer(), seed=1)


def weights(learner: Learner) -> list[np.ndarray]:
    return [p.detach().numpy().copy() for p in learner.network.parameters()]


def test_learning_goes_on_as_if_it_had_never_stopped() -> None:
    torch.set_num_threads(1)
    batch = make_batch(groups())
    straight, first = Learner(START, seed=1), Learner(START, seed=1)
    losses = [straight.step(batch, progress=0.06) for _ in range(4)]
    assert losses[-1] < losses[0]
    for _ in range(2):
        first.step(batch, progress=0.06)
    second = Learner(START, seed=2)
    second.resume(first.state())
    for _ in range(2):
        second.step(batch, progress=0.06)
    assert all(
        np.array_equal(one, other) for one, other in zip(weights(straight), weights(second), strict=True)
    )
    with second.averaged() as mean:
        assert not np.array_equal(mean.qa_outputs.weight.detach().numpy(), weights(straight)[-2])
    assert np.array_equal(weights(second)[-2], weights(straight)[-2])


def test_only_words_of_the_passage_and_the_first_token_are_scored() -> None:
    batch = make_batch(groups())
    assert batch.mate.tolist() == [1, -1, -1, -1]
    starts, _ = scores(load_network(START), batch)
    scored = starts > -1000
    assert torch.equal(scored[:, 1:], batch.passage[:, 1:])
    assert bool(scored[:, 0].all())


def test_plain_attention_gives_what_torchs_own_does() -> None:
    batch = make_batch(groups())
    network = load_network(START)
    inputs = {"input_ids": batch.ids, "attention_mask": batch.mask, "token_type_ids": batch.segments}
    with torch.no_grad():
        plain = network.bert(**inputs).last_hidden_state
        network.set_attn_implementation("sdpa")
        own = network.bert(**inputs).last_hidden_state
    assert torch.allclose(plain[batch.mask], own[batch.mask], atol=1e-4)


def test_a_plan_ends_by_the_clock_only_where_minutes_are_given() -> None:
    assert Plan(100, None).progress(50, 9999.0) == 0.5
    assert Plan(100, 2.0).progress(5000, 60.0) == 0.5
    assert Plan(100, 2.0).progress(0, 600.0) == 1.0


def test_news_and_near_misses_come_more_and_more_often() -> None:
    queues = [[[(row,)] for row in range(n, n + 7)] for n in (0, 100, 200, 300)]

    def drawn(progress: float) -> list[int]:
        supply = Supply(*queues, seed=1)  # type: ignore[arg-type]
        for _ in range(2000):
            supply.next(progress)
        return supply.used

    early, late = drawn(0.0), drawn(1.0)
    assert early[0] > late[0] > 0
    assert early[1] < late[1]
    assert early[2] < late[2]
    assert early[3] < late[3]
    assert drawn(0.5) == drawn(0.5)


def test_what_ships_reads_rows_as_it_reads_hits() -> None:
    examples = [
        example("a", "Who opened the harbour bridge?", "Ilse Brandt"),
        example("b", "Who sank?", None),
    ]
    network, tokenizer = Network(), load_tokenizer()
    (words, margin), (_, nothing) = read_by(network, examples, tokenizer)
    assert "ilse brandt" in words
    assert margin > nothing
    assert milliseconds(network, examples, tokenizer) > 0


@pytest.mark.soak
def test_the_exported_file_reads_as_the_network_does(tmp_path: Path) -> None:
    network = load_network(START)
    torch.manual_seed(1)
    torch.nn.init.normal_(network.qa_outputs.weight, std=0.2)
    torch.save(network.state_dict(), tmp_path / "reader.pt")
    export(tmp_path / "reader.pt", tmp_path)
    assert (tmp_path / MODEL).stat().st_size < 23e6
    ((row,),) = encode_groups([(example("a", "Who opened the bridge?", None),)], load_tokenizer(), seed=1)
    segments = (np.arange(len(row.ids)) >= row.second).astype(np.int64)
    small, _ = Network(tmp_path).scores(row.ids.astype(np.int64), segments)
    full, _ = scores(network.train(False), make_batch([(row,)]))
    passage = slice(row.first, row.last)
    assert np.corrcoef(small[passage], full[0].detach().numpy()[passage])[0, 1] > 0.97


def test_the_reader_that_ships_can_be_trained_on() -> None:
    network = load_network(find_model(DEFAULT_MODEL).folder)
    network.load_state_dict(restored(Path(str(files("bot.weighing.reader"))) / MODEL))
    network.train(False)
    one = example("a", "Who opened the bridge?", "Ilse Brandt")
    (row,) = encode_rows([one], [""], load_tokenizer(), rng=random.Random(0))
    starts, _ = scores(network, make_batch([(row,)]))
    inputs = row.ids.astype(np.int64), (np.arange(len(row.ids)) >= row.second).astype(np.int64)
    shipped, _ = Network().scores(*inputs)
    inside = slice(row.first, row.last)
    assert np.corrcoef(starts.detach().numpy()[0, inside], shipped[inside])[0, 1] > 0.99
