"""The lead above the text comes in, boxes within it stay out."""

from collections.abc import Iterator

import pytest
from page_parts import BODY, HEADLINE, PARAGRAPHS, body_of, notes_of, paragraphs, story

from index.articles.html import html_reader
from index.articles.limited import LimitedChild
from index.articles.page.chosen import chosen_blocks
from index.articles.page.tree import tree_of
from index.articles.page.visible import blocks_of

LEAD = "Walkers and drivers have to take the ferry from Monday on"
BOX = "The bridge is 214 metres long and was painted green in the year of the flood, twice over."


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedChild]:
    with html_reader() as one:
        yield one


@pytest.mark.parametrize(
    ("head", "lead"),
    [
        (f'<meta name="description" content="{LEAD}.">', f"<div>{LEAD}</div>"),
        ("", f'<p class="article__standfirst">{LEAD}</p>'),
        ("", f'<div itemprop="alternativeHeadline" class="sub-headline">{LEAD}</div>'),
    ],
)
def test_the_lead_is_the_first_paragraph(reader: LimitedChild, head: str, lead: str) -> None:
    page = f"<header>{HEADLINE}{lead}</header><article>{paragraphs()}</article>"
    assert body_of(reader, page, head=head) == f"{LEAD}\n\n{BODY}"


def test_another_line_above_the_text_is_none(reader: LimitedChild) -> None:
    motto = "<div>Where you find what the week has brought</div>"
    page = f"<header>{HEADLINE}{motto}</header><article>{paragraphs()}</article>"
    assert body_of(reader, page) == BODY


@pytest.mark.parametrize(
    ("between", "taken"),
    [
        ("<h5>11.04: The ferry sails</h5>", ["11.04: The ferry sails"]),
        ('<h5><a href="/ferry">The ferry sails on</a></h5>', []),
        (f"<div><ul><li>{BOX}</li></ul></div>", [BOX]),
        (f"<ul><li>{BOX}</li><li>Share this</li></ul>", []),
        (f"<div><h5>Metres and years</h5><p>{BOX}</p></div>", []),
    ],
)
def test_headings_and_lists_of_sentences_are_taken_with_the_paragraphs_around_them(
    between: str, taken: list[str]
) -> None:
    page = f"<h5>Above</h5>{paragraphs(*PARAGRAPHS[:2])}{between}{paragraphs(*PARAGRAPHS[2:])}<h5>Below</h5>"
    tree = tree_of(f"<html><body><div>{page}</div></body></html>".encode())
    assert tree is not None
    chosen = [block.text for block in chosen_blocks(PARAGRAPHS, blocks_of(tree))]
    assert chosen == [*PARAGRAPHS[:2], *taken, *PARAGRAPHS[2:]]


@pytest.mark.parametrize(
    "called",
    [
        "c-infobox",
        "article-factbox",
        "authorBio",
        "image image--wide",
        "rounded border p-4",
        "mediaInfo",
        "sources",
        "ArticleNoteBox",
        "absatzbild__info absatzbild",
    ],
)
def test_a_box_is_left_out(reader: LimitedChild, called: str) -> None:
    box = f'<div class="{called}"><p>{BOX}</p></div>'
    assert body_of(reader, story(paragraphs(*PARAGRAPHS[:2]) + box + paragraphs(*PARAGRAPHS[2:]))) == BODY


def test_bylines_and_notes_on_the_writer_are_left_out_in_any_language(reader: LimitedChild) -> None:
    head = '<meta name="author" content="Ann Dowell">'
    byline = "<div>Von Ann Dowell, Westport 05.08.2024, 20:59 Uhr</div>"
    note = "<p>Ann Dowell ist Reporterin in Westport und schreibt seit zehn Jahren von der See.</p>"
    page = story(byline + paragraphs() + note)
    assert body_of(reader, page, head=head) == BODY
    assert body_of(reader, page).endswith("von der See.")
    quoted = f"<p>Ann Dowell went to the quay, too.</p>{paragraphs()}"
    assert body_of(reader, story(paragraphs(PARAGRAPHS[0]) + quoted), head=head).count("Ann Dowell") == 1


def test_what_is_said_of_a_link_to_those_who_listen_is_no_word_of_it(reader: LimitedChild) -> None:
    link = '<a href="https://x.example/">Westport<span> (opens in a new window)</span></a>'
    text = "The {} council has met for the third time this week, and nothing came of it."
    page = story(paragraphs(text.format(link), *PARAGRAPHS))
    assert body_of(reader, page).startswith(text.format("Westport"))


def test_what_holds_the_article_is_no_box(reader: LimitedChild) -> None:
    assert body_of(reader, f'<div class="border image">{story(paragraphs())}</div>') == BODY


@pytest.mark.parametrize(("count", "noted"), [(2000, True), (120, False), (480, False)])
def test_a_note_says_that_less_is_found_than_the_page_states(
    reader: LimitedChild, count: int, noted: bool
) -> None:
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "wordCount": {count}}}</script>'
    note = f"body: 90 words are found of {count:,} that the page states"
    assert notes_of(reader, story(paragraphs()), head=head) == ((note,) if noted else ())
