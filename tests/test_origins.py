from __future__ import annotations

from dataclasses import replace

from bot.answers.citation import cite
from bot.answers.origins import Origin, origins_of
from bot.showing.wording import words_of
from index.records import Article, Hit, Passage, Span

BODY = "The ferry sank at noon. Nobody was hurt."
WIRE = Article("wire", "Ferry", BODY, outlet="Wire One", agency="Wire One")
COPY = replace(WIRE, id="copy", outlet="Tull Courier")
DESK = Article("desk", "Ferry", BODY.upper(), outlet="Island Desk")


def hit(article: Article, *copies: Article) -> Hit:
    passage = Passage(article.id, article.revision, 0, 0, len(article.body), article.body, (Span(0, 23),))
    return Hit(passage, article, 1.0, article.body, copies=copies)


def test_copies_are_one_origin_with_every_outlet() -> None:
    citations = [
        cite(WIRE, Span(0, 23), number=1),
        cite(DESK, Span(0, 23), number=2),
        cite(COPY, Span(24, 40), number=3),
    ]

    assert origins_of(citations, [hit(WIRE, COPY), hit(DESK)]) == (
        Origin((1, 3), ("Wire One", "Tull Courier"), "Wire One"),
        Origin((2,), ("Island Desk",)),
    )


def test_an_article_that_is_in_no_hit_is_an_origin_of_its_own() -> None:
    assert origins_of([cite(WIRE, Span(0, 23), number=1)], []) == (Origin((1,), ("Wire One",), "Wire One"),)


def test_outlets_and_origins_are_counted_apart() -> None:
    wire = Origin((1,), ("Today.Az", "Harbour Gazette", "Morning Rival"), "Trend")

    assert words_of().origins([wire]) == "3 outlets, 1 origin (Trend)"
    assert words_of().origins([wire, Origin((2,), ("Northern Desk",))]) == "4 outlets, 2 origins"
    assert words_of().origins([Origin((1,), ("Northern Desk",))]) == ""
