from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.draft import Found
from index.articles.read import read_paths
from index.copies.overlap import differences, overlap, shingles_of
from index.copies.places import places
from index.copies.revised import Revised, revised
from index.copies.sample import LEAST, sample
from index.copies.sentence import counterpart
from index.copies.telling import COMPARED, Telling
from index.copies.words import holds, keys_of, words_of
from index.records import Article, Span

SEEDS = Path(__file__).parent.parent / "seeds"


ARTICLE = Article("a", "A", "…")


def seeds() -> list[Article]:
    return [one.article for one in read_paths([SEEDS]) if isinstance(one, Found)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Bаku and Gаnja", "Baku and Ganja"),  # Cyrillic а
        ("ΒAKU", "baku"),  # Greek Β
        ("São Tomé", "sao tome"),
        ("１９６０ men", "1960 men"),
        ("Tuesday\nADVERTISEMENT\nevening", "Tuesday evening"),
        ("1,960 servicemen", "1,960 servicemen"),
    ],
)
def test_words_are_the_same_whatever_they_are_dressed_in(printed: str, meant: str) -> None:
    assert keys_of(printed) == keys_of(meant)


def test_a_word_wholly_in_another_alphabet_stays() -> None:
    assert keys_of("Баку") == ["баку"]


@given(st.text(max_size=300))
def test_words_stand_where_they_say(body: str) -> None:
    assert [word.key for word in words_of(body)] == keys_of(body)
    spans = [word.span for word in words_of(body)]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(body[span.start : span.end].strip() for span in spans)


def test_a_copy_holds_a_sentence_whatever_its_layout_but_not_with_another_number() -> None:
    copy = 'TULL – The ministry\nADVERTISEMENT\ncounts "729" dead. It names them.'

    assert holds(copy, "The ministry counts “729” dead.")
    assert not holds(copy, "The ministry counts “792” dead.")
    assert not holds(copy, "The ministry counts 72")


def test_an_excerpt_shares_its_sample_with_the_whole() -> None:
    keys = [f"word{n}" for n in range(600)]
    whole, part = shingles_of(keys), shingles_of(keys[200:400])

    shared = sample(part) & sample(whole)
    assert len(shared) >= 0.9 * len(sample(part))
    assert len(sample(shingles_of(keys[:3]))) == 1
    assert len(sample(shingles_of(keys[:20]))) >= LEAST


def test_the_shorter_of_two_texts_counts_for_what_is_contained() -> None:
    keys = [f"word{n}" for n in range(300)]
    found = overlap(shingles_of(keys), shingles_of(keys[:100]))

    assert (found.contained, found.shorter, found.copied) == (1.0, 98, True)
    assert found.alike == pytest.approx(98 / 298)
    assert not overlap(shingles_of([]), shingles_of(keys)).copied


def test_a_shared_quotation_makes_no_copy() -> None:
    quoted = keys_of("We shall never leave the table before a just and lasting peace is signed by all")
    one = [f"one{n}" for n in range(60)]
    other = [f"other{n}" for n in range(60)]

    assert not overlap(shingles_of([*one, *quoted]), shingles_of([*other, *quoted])).copied


def test_differences_name_the_words_on_both_sides() -> None:
    here, there = "It counts 729 dead since September.", "It counts 792 dead, he said, since September."
    found = differences(words_of(here), words_of(there))

    def cut(text: str, span: tuple[int, int] | None) -> str | None:
        return span and text[span[0] : span[1]]

    shown = [(cut(here, one.here), cut(there, one.there)) for one in found]
    assert shown == [("729", "792"), (None, "he said")]


def test_of_the_seeds_only_the_wire_and_its_reprint_are_copies() -> None:
    read = {article.id: shingles_of(keys_of(article.body)) for article in seeds()}
    pairs = [(a, b) for a in read for b in read if a < b and overlap(read[a], read[b]).copied]

    assert pairs == [("lavrov-monitoring-gazette", "lavrov-monitoring-wire")]


@pytest.mark.parametrize(
    ("quote", "stands_for_it"),
    [
        ("The ministry counts 729 dead.", "The ministry counts 792 dead."),
        ("It names them. Nobody helps.", "It names them. Nobody helps it."),
        ("A ferry sank near Velmora.", None),
        ("…", None),
    ],
)
def test_the_sentence_that_stands_for_a_quote_is_the_likest_or_none(
    quote: str, stands_for_it: str | None
) -> None:
    body = "Correction follows. The ministry counts 792 dead. It names them. Nobody helps it."
    span = counterpart(quote, body)

    assert (span and body[span.start : span.end]) == stands_for_it


def test_a_sentence_that_was_there_before_stands_in_nobodys_place() -> None:
    before = "Three men died in Tull. Two men died in Velmora. It rained."
    gone = replace(ARTICLE, body="Two men died in Velmora. It rained.")
    edited = replace(ARTICLE, body="Four men died in Tull. Two men died in Velmora. It rained.")
    assert revised("Three men died in Tull.", before, gone) == Revised(None, ())
    assert revised("Three men died in Tull.", before, edited) == Revised(Span(0, 22), ())
    assert revised("Two men died in Velmora.", before, edited) is None
    assert revised("Two men — died, in Velmora", before, edited) is None


def test_only_a_correction_that_is_new_belongs_to_a_change() -> None:
    old, new = "Correction: It was Tull.", "Correction: It was four men."
    before = f"Three men died in Tull.\n\n{old}"
    now = replace(ARTICLE, body=f"Four men died in Tull.\n\n{old}\n\n{new}")
    found = revised("Three men died in Tull.", before, now)
    assert found is not None
    assert [now.body[slice(*note)] for note in found.notes] == [new]


def test_a_sentence_that_was_put_otherwise_differs_in_one_place() -> None:
    here = "It rained. Observers of three towns were present, and a second meeting is planned. Nobody left."
    there = here.replace("of three", "of all").replace("a second meeting is", "the second one is")
    assert [(here[one.here.start : one.here.end], there[one.there.start : one.there.end])
            for one in places(here, there) if one.here and one.there] == [
        ("three", "all"), ("a second meeting", "the second one"),
    ]  # fmt: skip
    assert len(differences(words_of(here), words_of(there))) == 3


def test_long_texts_that_have_little_in_common_are_not_compared_word_by_word() -> None:
    here = "The same lead. " + " ".join(f"a{n}" for n in range(8000)) + " The same end."
    there = "The same lead. " + " ".join(f"b{n}" for n in range(8000)) + " The same end."
    (whole,) = places(here, there)
    assert whole.here and whole.there
    assert (here[whole.here.start :][:3], here[: whole.here.end][-6:]) == ("a0 ", " a7999")
    assert there[whole.there.start :][:3] == "b0 "


def test_a_book_is_compared_by_its_first_sentences() -> None:
    """Each is compared with each of the other text: two of 2,000 took four seconds."""
    told = Telling(Article("book", "A book", "The ferry of Tull sank at noon off the pier. " * 2_000))
    assert len(told.texts) == len(told.matter) == len(told.told_figures) == COMPARED
