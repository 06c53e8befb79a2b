from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.encoding.encoder import Encoder, Vectors
from index.errors import EncoderError
from index.records import Article
from index.split import passage_input, split

NEAREST = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class LetterEncoder:
    """Sees a token in every letter, white space included, so that joining costs more than the parts."""

    max_tokens: int = 200
    name: str = "letters"
    fingerprint: str = "letters"
    dimensions: int = 1

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


def article(body: str, title: str = "Talks resume", published: str | None = "2020-10-19T17:45") -> Article:
    return Article("a", title, body, published=published)


def paragraph(n: int) -> str:
    return f"The envoy number {n} spoke first. He said that {n} roads were closed. Then envoy {n} left."


SENTENCES = st.sampled_from(
    [
        *(
            "He said so. ",
            "He said so. ",
            "He said so.\n\n",
            "“We will go,” she said. ",
            "Talks\n",
            "\n",
            "\r\n",
        ),
        *(
            "Նախարարը գնաց Երևան։ ",
            "Nazir Bakıya qayıdıb. ",
            "Министр уехал в Баку. ",
            "👨‍👩‍👧👍🏽 ",
            "e\u0301 ",
        ),
        *("x" * 3000 + " ", "ա" * 900, "word, " * 700, "ﷺ" * 90, "no end ", "\u200b", "\u00a0"),
    ]
)
BODIES = st.lists(SENTENCES | st.text(max_size=20), max_size=30).map("".join)
TITLES = st.sampled_from(["", "Talks resume", "Թ" * 400, "ﷺ" * 400, "word " * 300, "👍" * 300]) | st.text()


def prove(subject: Article, encoder: Encoder, target: int, overlap: int = 0) -> None:
    passages = split(subject, encoder, target_tokens=target, overlap=overlap)
    covered = [False] * len(subject.body)
    for number, passage in enumerate(passages):
        assert passage.number == number
        assert (passage.article, passage.revision) == (subject.id, subject.revision)
        assert subject.body[passage.start : passage.end] == passage.text
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (passage.start, passage.end)
        edges = [edge for span in passage.sentences for edge in span]
        assert edges == sorted(edges)
        covered[passage.start : passage.end] = [True] * (passage.end - passage.start)
    assert not any(letter.strip() and not covered[i] for i, letter in enumerate(subject.body))
    starts = [passage.start for passage in passages]
    assert starts == sorted(set(starts))
    counts = encoder.count_tokens([passage_input(subject, passage.text) for passage in passages])
    assert all(count + 2 <= encoder.max_tokens for count in counts)


@NEAREST
@given(body=BODIES, title=TITLES, target=st.sampled_from([1, 64, 128, 10_000]), overlap=st.integers(0, 3))
def test_passages_are_exact_cover_the_body_and_fit(
    encoder: Encoder, body: str, title: str, target: int, overlap: int
) -> None:
    prove(article(body, title), encoder, target, overlap)


@NEAREST
@given(body=BODIES, target=st.sampled_from([1, 50, 10_000]), overlap=st.integers(0, 3))
def test_passages_fit_an_encoder_whose_tokens_do_not_add_up(body: str, target: int, overlap: int) -> None:
    prove(article(body), LetterEncoder(), target, overlap)


def test_repeated_sentences_keep_their_own_offsets(encoder: Encoder) -> None:
    body = "He said so. " * 200
    passages = split(article(body.strip()), encoder)
    spans = [span for passage in passages for span in passage.sentences]
    assert [span.start for span in spans] == [12 * n for n in range(200)]


def test_passages_end_with_paragraphs_where_that_costs_little(encoder: Encoder) -> None:
    body = "\n\n".join(paragraph(n) for n in range(30))
    for passage in split(article(body), encoder):
        assert passage.text.startswith("The envoy number") and passage.text.endswith("left.")


def test_a_heading_goes_with_what_follows_it(encoder: Encoder) -> None:
    sections = [f"Section {n}\n\n" + " ".join([paragraph(n)] * 4) for n in range(8)]
    passages = split(article("\n\n".join(sections)), encoder, target_tokens=95)
    assert len(passages) == 8
    assert all(passage.text.startswith("Section") for passage in passages)
    for target in range(20, 200, 9):
        ends = [
            passage.text[-9:-2]
            for passage in split(article("\n\n".join(sections)), encoder, target_tokens=target)
        ]
        assert "Section" not in ends


def test_no_passage_is_a_leftover(encoder: Encoder) -> None:
    for count in range(5, 40):
        passages = split(
            article(" ".join(["He said so again on Monday."] * count)), encoder, target_tokens=70
        )
        assert min(len(passage.sentences) for passage in passages) >= min(count, 5)


def test_overlap_repeats_sentences_of_the_passage_before(encoder: Encoder) -> None:
    body = " ".join(f"The envoy number {n} spoke on Monday." for n in range(60))
    plain = split(article(body), encoder, target_tokens=128)
    lapped = split(article(body), encoder, target_tokens=128, overlap=2)
    assert len(plain) == len(lapped) > 2
    for before, without, with_two in zip(plain, plain[1:], lapped[1:], strict=False):
        assert with_two.sentences == (*before.sentences[-2:], *without.sentences)


def test_a_long_sentence_is_cut_between_clauses_or_words(encoder: Encoder) -> None:
    clause = "and the envoys of both sides, who had come by the night train, spoke of it at length, "
    passages = split(article((clause * 40).strip()), encoder)
    assert len(passages) > 2
    assert all(passage.text.endswith(",") for passage in passages)
    words = split(article("word " * 900 + "end"), encoder)
    assert all(passage.text.split()[-1] in ("word", "end") for passage in words)


def test_a_word_of_ten_thousand_letters_is_in_several_passages(encoder: Encoder) -> None:
    passages = split(article("x" * 10_000), encoder)
    assert len(passages) > 1
    assert "".join(passage.text for passage in passages) == "x" * 10_000


@pytest.mark.parametrize("body", ["", " \n "])
def test_an_empty_body_has_no_passages(encoder: Encoder, body: str) -> None:
    assert split(article(body), encoder) == []


@pytest.mark.parametrize(
    ("published", "date"),
    [("2020", "2020"), ("2020-10", "October 2020"), ("2020-10-09T17:45+04:00", "9 October 2020")],
)
def test_the_encoder_is_given_title_date_and_text(published: str, date: str) -> None:
    assert passage_input(article("", published=published), "He spoke.") == f"Talks resume\n{date}\nHe spoke."


def test_what_is_not_known_leaves_no_line() -> None:
    assert passage_input(article("", published=None), "He spoke.") == "Talks resume\nHe spoke."
    assert passage_input(article("", title=""), "He spoke.") == "19 October 2020\nHe spoke."


def test_a_very_long_title_is_cut_after_a_word_and_the_text_is_not() -> None:
    given_text = passage_input(article("", title="seven " * 100), "He spoke." * 100)
    assert given_text == "seven " * 25 + "seven\n19 October 2020\n" + "He spoke." * 100


def test_an_encoder_without_room_for_text_is_named() -> None:
    with pytest.raises(
        EncoderError, match="article a: title and date take 28 of the 40 tokens that letters sees"
    ):
        split(article("He spoke."), LetterEncoder(max_tokens=40))
