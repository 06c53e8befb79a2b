from collections.abc import Iterator

import pytest
from page_parts import (
    BODY,
    BREAD,
    FLOUR,
    HEADLINE,
    PARAGRAPHS,
    STRIKE,
    TALKS,
    body_of,
    paragraphs,
    read_page,
    story,
)

from index.articles.html import html_reader
from index.articles.limited import LimitedChild


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedChild]:
    with html_reader() as one:
        yield one


def card(title: str, line: str, *, tag: str = "div", heading: str = "h4") -> str:
    image = '<a href="/a"><img src="x.jpg"></a>'
    return f'<{tag} class="c">{image}<{heading}><a href="/a">{title}</a></{heading}><p>{line}</p></{tag}>'


CARDS = card(BREAD, FLOUR) + card(STRIKE, TALKS)
LINKS = f'<li><a href="/a">{BREAD}</a></li><li><a href="/b">{STRIKE}</a></li>'
WRAPPED = "".join(
    f'<li><a href="/a"><div><p><span>{title}</span> {line}</p></div></a></li>'
    for title, line in ((BREAD, FLOUR), (STRIKE, TALKS))
)


@pytest.mark.parametrize("tag", ["div", "li", "article", "section", "aside"])
@pytest.mark.parametrize("heading", ["h2", "h4", "p", "div", "span"])
def test_cards_of_other_stories_go_however_they_are_built(
    reader: LimitedChild, tag: str, heading: str
) -> None:
    cards = card(BREAD, FLOUR, tag=tag, heading=heading) + card(STRIKE, TALKS, tag=tag, heading=heading)
    more = f"<div><h2>More from the Courier</h2><div>{cards}</div></div>"
    assert body_of(reader, story(paragraphs() + more)) == BODY


@pytest.mark.parametrize(
    "others",
    [
        f"<div><h3>Related</h3>{CARDS}</div>",
        card(BREAD, FLOUR),
        f'<p><strong>Read more: <a href="/a">{BREAD}</a></strong></p>',
        f'<p>Lesen Sie auch: <a href="/a">{BREAD}</a></p>',
        f'<p><a href="https://other.example/a">{BREAD}</a></p>',
        f"<h3>More stories</h3><ul>{LINKS}</ul>",
        f"<p>More stories</p><ul>{LINKS}</ul>",
        f"<ul>{WRAPPED}</ul>",
        f'<a href="/a"><div><h4>{BREAD}</h4><p>{FLOUR}</p></div></a>',
        f'<ul><li><a href="/a">{FLOUR}</a></li><li><a href="/b">{TALKS}</a></li></ul>',
        f'<dl><dt><a href="/a">{BREAD}</a></dt><dd>{FLOUR}</dd></dl>',
        f'<figure><img src="x.jpg"><figcaption>{FLOUR}</figcaption></figure>',
        "<p>Content from others is not shown.</p>" * 3,
    ],
)
@pytest.mark.parametrize("place", [2, 4])
def test_other_stories_go_from_within_the_article_and_from_its_end(
    reader: LimitedChild, others: str, place: int
) -> None:
    inside = paragraphs(*PARAGRAPHS[:place]) + others + paragraphs(*PARAGRAPHS[place:], "It held.")
    assert body_of(reader, story(inside)) == f"{BODY}\n\nIt held."


@pytest.mark.parametrize("credit", ["(Source: Reuters)", "Source: the council", "with Reuters"])
def test_a_credit_above_other_stories_stays(reader: LimitedChild, credit: str) -> None:
    assert body_of(reader, story(paragraphs() + f"<p>{credit}</p><ul>{LINKS}</ul>")) == f"{BODY}\n\n{credit}"


def test_linked_headings_with_a_line_each_go_from_the_end(reader: LimitedChild) -> None:
    flat = f'<h3><a href="/a">{BREAD}</a></h3><p>{FLOUR}</p><h3><a href="/b">{STRIKE}</a></h3><p>{TALKS}</p>'
    assert body_of(reader, story(paragraphs() + flat)) == BODY


def test_another_article_on_the_page_goes(reader: LimitedChild) -> None:
    other = f'<article><h1><a href="/b">{STRIKE}</a></h1>{paragraphs(TALKS, FLOUR)}</article>'
    assert body_of(reader, story(paragraphs()) + other) == BODY


def test_cards_go_where_no_element_is_an_article(reader: LimitedChild) -> None:
    cards = f"<ul><li><div><ul>{WRAPPED}</ul></div></li></ul>"
    assert body_of(reader, f'<div class="archives">{HEADLINE}{paragraphs()}{cards}</div>') == BODY


def test_cards_go_from_under_an_article_that_is_shorter_than_they_are(reader: LimitedChild) -> None:
    assert body_of(reader, story(paragraphs(PARAGRAPHS[0]) + CARDS)) == PARAGRAPHS[0]


def test_embedded_posts_go_with_a_note(reader: LimitedChild) -> None:
    signed = f'<p>{FLOUR}</p>— Oda <a href="https://x.example/1">May 5</a>'
    post = f'<blockquote class="twitter-tweet">{signed}</blockquote>'
    page = story(paragraphs(*PARAGRAPHS[:2]) + post + paragraphs(*PARAGRAPHS[2:]))
    assert read_page(reader, page) == (BODY, ("body: what is embedded from social media is left out",))


REPORT = "The engineer's report says that the eastern pier has moved by a hand."
FAILED = "How the old bridge failed"


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (f'<p><a href="/report">{REPORT}</a></p>', REPORT),
        (f'<p><a href="/report">The engineer</a>{REPORT.removeprefix("The engineer")}</p>', REPORT),
        (f'<h2><a href="#pier">{FAILED}</a></h2><p>{REPORT}</p>', f"{FAILED}\n\n{REPORT}"),
        ('<ul><li><a href="/n">Tilda Orrin</a>, harbour master</li></ul>', "Tilda Orrin, harbour master"),
        (f"<blockquote><p>{REPORT}</p></blockquote>", REPORT),
        (f'<div class="t"><p>{REPORT}</p><p><a href="/a">{BREAD}</a></p></div>', REPORT),
        (f'<div class="t"><p><a href="/a">{BREAD}</a></p><p>{REPORT}</p></div>', REPORT),
        ("<p>It held.</p>" * 3, "It held.\n\nIt held.\n\nIt held."),
    ],
)
def test_what_is_the_articles_own_stays(reader: LimitedChild, own: str, text: str) -> None:
    page = story(paragraphs(*PARAGRAPHS[:2]) + own + paragraphs(*PARAGRAPHS[2:]))
    assert body_of(reader, page) == "\n\n".join([*PARAGRAPHS[:2], text, *PARAGRAPHS[2:]])


def test_paragraphs_that_are_all_links_stay(reader: LimitedChild) -> None:
    assert body_of(reader, story("".join(f'<p><a href="/x">{one}</a></p>' for one in PARAGRAPHS))) == BODY


def test_what_the_page_states_as_its_article_stays(reader: LimitedChild) -> None:
    figures = "The old swing bridge in figures"
    stated = f'{{"@type": "NewsArticle", "articleBody": "{figures} {PARAGRAPHS[2]}"}}'
    box = f"<div><h3><a href='/x'>{figures}</a></h3><p>{PARAGRAPHS[2]}</p></div>"
    page = story(paragraphs(*PARAGRAPHS[:2]) + box + paragraphs(PARAGRAPHS[3]))
    body = body_of(reader, page, head=f'<script type="application/ld+json">{stated}</script>')
    assert body == "\n\n".join([*PARAGRAPHS[:2], figures, *PARAGRAPHS[2:]])
    assert figures not in body_of(reader, page)


def test_running_text_above_the_headline_is_not_the_articles(reader: LimitedChild) -> None:
    above = "<p>You read this with a browser of an age in which our pages cannot be shown as they are.</p>"
    assert body_of(reader, f"<article>{above}{HEADLINE}{paragraphs()}</article>") == BODY
