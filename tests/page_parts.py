"""The parts of an invented web page about a bridge, and what reading one gives."""

from index.articles.draft import article_of
from index.articles.html import read_html
from index.articles.limited import LimitedChild

PARAGRAPHS = (
    "The council of Millbrook voted on Tuesday to close the old swing bridge, which its engineer had called "
    "unsafe a month before.",
    "Ferries will cross every twenty minutes until a new bridge is built, the harbour master, Tilda Orrin, "
    "told the council.",
    "The bridge opened in 1911 and carried some four thousand vehicles a day before the first cracks were "
    "found in its eastern pier.",
    "Shopkeepers on the north quay asked for a second ferry, and the council promised them an answer within "
    "two weeks.",
)
BODY = "\n\n".join(PARAGRAPHS)
HEADLINE = "<h1>Millbrook closes its swing bridge</h1>"
BREAD, FLOUR = (
    "Oda Brenk warns of dear bread",
    "Flour will cost a third more by spring, the farm minister said.",
)
STRIKE, TALKS = (
    "Eastholm teachers strike for three days",
    "Their leader, Pim Sool, said that talks had failed.",
)


def paragraphs(*some: str) -> str:
    return "".join(f"<p>{one}</p>" for one in some or PARAGRAPHS)


def story(inside: str) -> str:
    """An article element with its headline."""
    return f"<article>{HEADLINE}{inside}</article>"


def body_of(reader: LimitedChild, body: str, *, head: str = "") -> str:
    return read_page(reader, body, head=head)[0]


def notes_of(reader: LimitedChild, body: str, *, head: str = "") -> tuple[str, ...]:
    return read_page(reader, body, head=head)[1]


def read_page(reader: LimitedChild, body: str, *, head: str = "") -> tuple[str, tuple[str, ...]]:
    """The body and the notes of a page with this in its head and body."""
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Millbrook</title>'
        '<meta property="og:title" content="Millbrook closes its swing bridge">'
        '<meta property="og:site_name" content="Millbrook Courier">'
        '<meta property="article:published_time" content="2024-02-24T12:42:00Z">'
        f"{head}</head><body>{body}</body></html>"
    )
    article, notes = article_of(read_html(page, reader))
    return article.body, notes
