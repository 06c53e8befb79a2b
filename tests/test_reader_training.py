"""What the reader is trained on: examples, groups, rows and batches. Texts are invented."""

import gzip
import json
import random
import re
from pathlib import Path

import pytest

from bot.weighing.reader.tokens import MAX_TOKENS, head_of, load_tokenizer
from eval.training.encoded import Row, batches, encode_groups, encode_rows
from eval.training.examples import NEAR_MISSES, Example, held_out, read_examples
from eval.training.mix import GENERAL, NEWS, read_mix
from eval.training.watching import f1, figures_of
from eval.training.written import COPIES, written_groups
from index.records import Span

BRIDGE = "Mayor Ilse Brandt opened the new harbour bridge on 4 May 2019. It cost 31 million euros."
LONG = " ".join(f"In year {n} the ferry carried {n * 7} people." for n in range(200))
KEPT, TRAINED = "Geology", "Prime number"


def line(id_: str, *answers: str, passage: str = BRIDGE, title: str = "", source: str = "made") -> str:
    starts = [passage.index(one) for one in answers]
    raw = {"id": id_, "question": f"What of {id_}?", "passage": passage, "answers": answers}
    return json.dumps(
        raw | {"answer_starts": starts, "answerable": bool(answers), "source": source, "title": title}
    )


def write(folder: Path, name: str, *lines: str) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("".join(f"{one}\n" for one in lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*GENERAL, *NEWS):
        passages = [BRIDGE.replace("4 May", f"{n} May") for n in range(1, 9)]
        lines = [line(f"{name}-{n}", "31 million", passage=text) for n, text in enumerate(passages)]
        write(tmp_path, name, *lines)
    write(
        tmp_path,
        NEAR_MISSES,
        *(line(f"kept-{n}", title=KEPT) for n in range(4)),
        *(line(f"trained-{n}", title=TRAINED, source=NEAR_MISSES) for n in range(4)),
    )
    same = [line(f"neg-squad11_train_part-{n}", passage="The ferry sank.") for n in range(8)]
    rest = line("neg-rest", passage="Rain fell.", source="neg_same_article:squad11_dev_rest")
    write(tmp_path, "neg_same_article", *same, rest)
    write(tmp_path, "neg_sentence_removed", line("rem-nq_oracle-1", passage="Nobody came."))
    write(tmp_path, "news_written")
    write(tmp_path, "neg_qamr", line("neg-qamr_wikinews-1", passage="It was cold."))
    return tmp_path


def test_an_answer_that_is_not_where_it_is_said_to_be_is_an_error(tmp_path: Path) -> None:
    raw = json.loads(line("a", "31 million")) | {"answer_starts": [3]}
    write(tmp_path, "bad", json.dumps(raw))
    with pytest.raises(ValueError, match=r"bad\.jsonl\.gz line 1: '31 million' is not at 3"):
        read_examples(tmp_path / "bad.jsonl.gz")


def test_answers_that_most_people_gave_come_first(tmp_path: Path) -> None:
    write(tmp_path, "some", line("a", "4 May 2019", "2019", "2019"))
    (example,) = read_examples(tmp_path / "some.jsonl.gz")
    assert [example.passage[slice(*one)] for one in example.answers] == ["2019", "4 May 2019"]


def test_kept_articles_are_never_trained_on_and_near_misses_come_twice(folder: Path) -> None:
    assert (held_out(KEPT), held_out(TRAINED)) == (True, False)
    mix = read_mix(folder, seed=1)
    trained = [one.id for group in (*mix.general, *mix.news, *mix.near) for one in group]
    assert {one.id for one in mix.kept} == {f"kept-{n}" for n in range(4)}
    assert not any(one.startswith("kept") for one in trained)
    assert {one.source for group in mix.near for one in group} == {NEAR_MISSES}
    assert [trained.count(f"trained-{n}") for n in range(4)] == [2, 2, 2, 2]


def test_the_second_row_of_a_group_does_not_answer(folder: Path) -> None:
    mix = read_mix(folder, seed=1)
    pairs = [group for group in mix.general if len(group) == 2]
    assert pairs
    for first, second in pairs:
        assert first.answers
        assert not second.answers
        assert second.id.endswith(first.id)
        assert (first.passage == second.passage) == second.source.startswith("edited")


def test_the_mix_is_the_same_for_the_same_seed_only(folder: Path) -> None:
    assert read_mix(folder, seed=1) == read_mix(folder, seed=1)
    assert read_mix(folder, seed=1).general != read_mix(folder, seed=2).general


def words_of(row: Row) -> list[str]:
    tokenizer = load_tokenizer()
    pairs = zip(row.starts, row.ends, strict=True)
    return [tokenizer.decode(row.ids[first : last + 1].tolist()) for first, last in pairs]


@pytest.mark.parametrize("title", ["", "Harbour bridge"])
def test_a_row_marks_the_tokens_of_its_answers(title: str) -> None:
    words = ("Ilse Brandt", "31 million euros")
    spans = tuple(Span(BRIDGE.index(one), BRIDGE.index(one) + len(one)) for one in words)
    example = Example("a", "Who opened it?", BRIDGE, "Harbour bridge", spans, "made")
    (row,) = encode_rows([example], [f"{title}:" if title else ""], load_tokenizer(), rng=random.Random(1))
    assert words_of(row) == ["ilse brandt", "31 million euros"]
    text = load_tokenizer().decode(row.ids.tolist(), skip_special_tokens=False)
    head = "harbour bridge : " if title else ""
    assert text.startswith(f"[CLS] who opened it? [SEP] {head}mayor ilse")
    assert (row.ids[row.second - 1], row.ids[row.last]) == (102, 102)


def test_a_long_passage_is_cut_around_its_answer() -> None:
    rng = random.Random(1)
    for n in (0, 60, 199):
        words = f"carried {n * 7} people"
        start = LONG.index(words)
        example = Example("a", "How many?", LONG, "", (Span(start, start + len(words)),), "made")
        (row,) = encode_rows([example], [""], load_tokenizer(), rng=rng)
        assert len(row.ids) == MAX_TOKENS
        assert words_of(row) == [words]


def test_batches_hold_every_row_once_within_their_budget() -> None:
    passages = [LONG[: 50 * n] for n in range(1, 20)]
    groups = [(Example(str(n), "Why?", text, "", (), "made"),) for n, text in enumerate(passages)]
    rows = encode_groups(groups, load_tokenizer(), seed=1)
    made = batches(rows, tokens=512, pool=10, seed=1)
    assert sorted(id(row) for batch in made for (row,) in batch) == sorted(id(row) for (row,) in rows)
    assert all(len(batch) * max(len(row.ids) for (row,) in batch) <= 512 for batch in made)
    assert made == batches(rows, tokens=512, pool=10, seed=1)


@pytest.mark.parametrize(
    ("text", "answer", "same"),
    [("the Harbour!", "harbour", 1.0), ("new harbour", "old harbour", 0.5), ("a", "bridge", 0.0)],
)
def test_f1_counts_words_without_case_marks_and_articles(text: str, answer: str, same: float) -> None:
    assert f1(text, answer) == same


def test_the_figures_are_means_over_what_can_be_answered() -> None:
    spans = (Span(6, 17),)
    examples = [
        Example("a", "Who?", BRIDGE, "", spans, "made"),
        Example("b", "Who?", BRIDGE, "", spans, "made"),
        Example("c", "Who sang?", BRIDGE, "", (), "made"),
    ]
    found = figures_of(examples, lambda some: [("Ilse Brandt", 2.0), ("Brandt", -1.0), ("bridge", 0.0)])
    assert found.f1 == pytest.approx((1 + 2 / 3) / 2)
    assert (found.exact, found.auc) == (0.5, 0.5)


def written(n: int, *, answered: bool = True) -> Example:
    sentences = re.split(r"(?<=\.) ", LONG)
    passage = f"{' '.join(sentences[:25])} The tunnel at Vals opened on day {n}. {' '.join(sentences[25:50])}"
    at = passage.index(f"day {n}.")
    answers = (Span(at, at + len(f"day {n}")),) if answered else ()
    return Example(
        f"w{n}", f"When did tunnel {n} open?", passage, "Tunnel", answers, "made", "2020-10-19", f"a{n}"
    )


def test_a_written_question_comes_in_windows_of_whole_sentences_that_hold_its_answer() -> None:
    groups = written_groups([written(n, answered=n % 3 > 0) for n in range(9)], seed=1)
    assert len(groups) == 9 * COPIES
    for first, *_ in groups:
        assert first.passage[0].isupper() and first.passage.endswith(".")
        for span in first.answers:
            assert first.passage[slice(*span)] == f"day {first.id[1:]}"
    assert len({first.passage for first, *_ in groups}) > 18, "each time another window"


def test_a_rival_has_the_question_and_lacks_the_answer() -> None:
    pairs = [group for group in written_groups([written(n) for n in range(9)], seed=1) if len(group) == 2]
    assert pairs
    for own, rival in pairs:
        assert own.question == rival.question and not rival.answers
        assert f"day {own.id[1:]}." not in rival.passage


def test_written_pages_are_kept_apart_whole(folder: Path) -> None:
    rows = [
        json.dumps(
            json.loads(line(f"w{n}", "31 million")) | {"article": f"page {n // 2}", "published": "2020-10-19"}
        )
        for n in range(60)
    ]
    (folder / "more.jsonl").write_text("\n".join(rows))
    mix = read_mix(folder, seed=1, written=[folder / "more.jsonl"])
    trained = {one.article for group in mix.written for one in group}
    apart = {one.article for one in mix.kept_written}
    assert trained and apart and not trained & apart


def test_a_row_names_the_day_and_the_title_before_the_passage() -> None:
    tokenizer = load_tokenizer()
    (row,) = encode_rows([written(1)], [head_of("Tunnel", "2020-10-19")], tokenizer, rng=random.Random(0))
    assert tokenizer.decode(row.ids[row.second : row.first].tolist()) == "19 october 2020. tunnel :"
    assert (head_of("", "2020-10"), head_of("T", None), head_of("", "")) == ("October 2020.", "T:", "")
