from __future__ import annotations

from itertools import count

from index.records import Article, Passage, Span
from index.retrieval.spread import Scored, as_first_printed, fold_copies, spread
from index.storage.records import StoredPassage

_seqs = count(1)


def scored(
    score: float,
    article: str,
    *,
    outlet: str | None = None,
    origin: str | None = None,
    body: str = "Some words.",
    at: Span | None = None,
    sentences: tuple[Span, ...] = (),
) -> Scored:
    whole = Article(article, "Title", body, outlet=outlet)
    span = at or Span(0, len(body))
    passage = Passage(article, whole.revision, 0, *span, body[span.start : span.end], sentences or (span,))
    return Scored(StoredPassage(next(_seqs), passage, whole, origin or article), score)


def names(found: list[Scored]) -> list[str]:
    return [one.stored.article.id for one in found]


def test_copies_become_one_and_every_other_outlet_is_kept() -> None:
    wire, gazette = scored(9, "wire", origin="x"), scored(8, "gazette", origin="x")
    more = scored(6, "wire", origin="x", body="Some words. The rest of it.", at=Span(12, 27))
    folded = list(fold_copies([wire, gazette, scored(7, "desk"), more]))

    assert names(folded) == ["wire", "desk", "wire"]
    assert [[copy.id for copy in one.copies] for one in folded] == [["gazette"], [], ["gazette"]]


def test_what_only_one_of_the_copies_has_is_kept() -> None:
    excerpt = "The ferry of Velmora sank at noon on Monday near the pier of Kirdal."
    story = f"{excerpt} A diver found the log book of the ferry two days later."
    edited = excerpt.replace("noon", "midday")
    found = [
        scored(9, "excerpt", origin="x", body=excerpt),
        scored(8, "story", origin="x", body=story, at=Span(0, len(excerpt))),
        scored(7, "story", origin="x", body=story, at=Span(len(excerpt) + 1, len(story))),
        scored(6, "edited", origin="x", body=edited),
    ]
    folded = fold_copies(found)

    assert [(one.stored.article.id, one.stored.passage.start) for one in folded] == [
        ("excerpt", 0),
        ("story", len(excerpt) + 1),
    ]


def test_a_copy_is_shown_as_the_first_article_has_it_and_with_what_only_it_says() -> None:
    said = "The ferry of Velmora sank at noon with 12 people near the pier of Kirdal."
    first = scored(0, "wire", origin="x", body=said).stored
    edited = scored(9, "mill", origin="x", body=said.replace("12", "40"))
    longer = f"{said} A diver found the log book two days later."
    own = Span(len(said) + 1, len(longer))
    more = scored(8, "gazette", origin="x", body=longer, sentences=(Span(0, len(said)), own))
    apart = scored(7, "desk", body=said)
    shown = [list(as_first_printed(one, [first])) for one in (edited, more, apart)]

    assert list(map(names, shown)) == [["wire"], ["wire", "gazette"], ["desk"]]
    assert [[copy.id for copy in one.copies] for one in shown[0] + shown[1]] == [
        ["mill"],
        ["gazette"],
        ["wire"],
    ]
    assert shown[1][1].stored.passage.sentences == (own,)
    assert [one.score for one in shown[1]] == [8, 8]


def test_a_text_that_says_one_thing_over_and_over_has_one_place() -> None:
    question = "When did the ferry of Velmora sink near the pier of Kirdal? "
    end = "Buy our watches."
    stuffed, size = question * 12 + end, len(question)
    found = [
        *(
            scored(9 - n, "stuffed", body=stuffed, at=Span(3 * n * size, 3 * (n + 1) * size))
            for n in range(4)
        ),
        scored(4, "honest", body="The ferry of Velmora sank at noon on Monday near the pier of Kirdal."),
        scored(3, "stuffed", body=stuffed, at=Span(12 * size, len(stuffed))),
    ]
    assert names(fold_copies(found)) == ["stuffed", "honest", "stuffed"]


def test_an_article_has_at_most_four_of_twelve_while_others_have_something() -> None:
    found = [scored(20 - n, "a") for n in range(8)] + [scored(9 - n, f"b{n}") for n in range(9)]

    assert names(spread(found, 12)) == ["a"] * 4 + [f"b{n}" for n in range(8)]


def test_what_was_left_out_fills_a_list_that_would_be_short_and_order_stays_by_score() -> None:
    found = [scored(20 - n, "a") for n in range(8)] + [scored(5, "b")]
    filled = spread(found, 6)

    assert names(filled) == ["a"] * 5 + ["b"]
    assert [one.score for one in filled] == sorted((one.score for one in filled), reverse=True)


def test_an_outlet_has_at_most_nine_of_twelve_whatever_its_letters() -> None:
    found = [scored(50 - n, f"a{n}", outlet=("Today.Az", "today.az ")[n % 2]) for n in range(12)]
    found += [scored(5 - n, f"b{n}", outlet="Gazette") for n in range(3)]

    assert names(spread(found, 12)) == [f"a{n}" for n in range(9)] + ["b0", "b1", "b2"]


def test_articles_of_unknown_outlets_are_not_of_one_outlet() -> None:
    found = [scored(50 - n, f"a{n}") for n in range(12)] + [scored(1, "b", outlet="Gazette")]

    assert names(spread(found, 12)) == [f"a{n}" for n in range(12)]
