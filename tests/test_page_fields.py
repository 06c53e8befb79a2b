"""What pages state in several places into one headline, outlet, author, day, language."""

import json
from collections.abc import Iterator

import pytest
from page_parts import HEADLINE, paragraphs

from index.articles.draft import article_of
from index.articles.html import html_reader, read_html
from index.articles.limited import LimitedChild
from index.records import Article

TITLE = "Millbrook closes its swing bridge"


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedChild]:
    with html_reader() as one:
        yield one


def read(
    reader: LimitedChild, *, head: str = "", tag: str = TITLE, below: str = "", h1: str = HEADLINE
) -> Article:
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{tag}</title>'
        '<link rel="canonical" href="https://www.courier.example/bridge">'
        f"{head}</head><body><article>{h1}{below}{paragraphs()}</article></body></html>"
    )
    return article_of(read_html(page, reader))[0]


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def json_ld(**stated: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


def organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


US = {"@type": "Organization", "@id": "#us", "name": "The Courier", "url": "/"}
STAFF = "Courier staff reporter"
LD = '<script type="application/ld+json">{{{}}}</script>'
TIME = '<time class="entry-date published" datetime="{}">x</time>'
SITE = meta("og:site_name", "Millbrook Courier")


@pytest.mark.parametrize(
    "suffix",
    [
        " | Millbrook Courier",
        " - Courier.example",
        " – Courier – 24.02.2024",
        " - National | Millbrook Courier",
        "：Millbrook Courier",
        " « Millbrook Courier",
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(reader: LimitedChild, suffix: str) -> None:
    head = SITE + meta("og:title", TITLE + suffix)
    assert read(reader, head=head, tag=TITLE + suffix).title == TITLE
    assert read(reader, head=SITE, tag=TITLE + suffix, h1="").title.startswith(TITLE)


def test_a_dash_within_a_headline_stays(reader: LimitedChild) -> None:
    title = "Bridge closed for good - Mayor Orrin"
    assert read(reader, head=SITE + meta("og:title", title), h1=f"<h1>{title}</h1>").title == title


@pytest.mark.parametrize(
    ("declared", "social", "heading", "title"),
    [
        (
            "A &#8216;swing&#8217; bridge closes",
            "Shops fear for their trade",
            "A ‘swing’ bridge closes",
            "A ‘swing’ bridge closes",
        ),
        (
            "Shops fear for their trade",
            "The bridge closes today",
            "The bridge closes today",
            "The bridge closes today",
        ),
        (
            "Harbour: The bridge closes today",
            "The bridge closes today",
            "Harbour: The bridge closes today",
            "The bridge closes today",
        ),
        (
            "The bridge closes today",
            "Shops fear for their trade",
            "Council votes on Tuesday",
            "The bridge closes today",
        ),
    ],
)
def test_the_headline_is_what_two_places_agree_on(
    reader: LimitedChild, declared: str, social: str, heading: str, title: str
) -> None:
    head = json_ld(headline=declared) + meta("og:title", social)
    assert read(reader, head=head, h1=f"<h1>{heading}</h1>").title == title


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (
            json_ld(publisher=organisation("Millbrook Courier")) + meta("twitter:site", "@courier_news"),
            "Millbrook Courier",
        ),
        (
            meta("og:site_name", f"{TITLE} - Millbrook Courier")
            + json_ld(publisher=organisation("The Courier")),
            "The Courier",
        ),
        (
            json_ld(publisher=organisation("courier.example")) + meta("og:site_name", "The Courier"),
            "The Courier",
        ),
        (json_ld(publisher=organisation("Courier Verlag und Druck GmbH & Co. KG")), "Courier"),
        (json_ld(publisher=organisation("THE COURIER, Millbrook, Germany")), "THE COURIER"),
        (json_ld(publisher={"@id": "#us"}) + json_ld(**US), "The Courier"),
        (meta("og:site_name", "Where the river speaks") + meta("application-name", "Courier"), "Courier"),
        (meta("og:site_name", "https://twitter.com/courier"), "courier.example"),
    ],
)
def test_the_outlet_is_its_name(reader: LimitedChild, head: str, outlet: str) -> None:
    assert read(reader, head=head).outlet == outlet


@pytest.mark.parametrize(
    ("head", "author", "agency"),
    [
        (json_ld(author=[organisation("Courier Press"), person("Ann Dowell")]), "Ann Dowell", None),
        (
            json_ld(author=person("Ann Dowell (ado)")) + meta("author", "https://courier.example"),
            "Ann Dowell",
            None,
        ),
        (json_ld(author="By Ann Dowell and Bob Roe"), "Ann Dowell, Bob Roe", None),
        (json_ld(author=person("Ann Dowell, Political Editor")), "Ann Dowell", None),
        (json_ld(author=person("Millbrook Courier")) + meta("author", "Ann Dowell"), "Ann Dowell", None),
        (json_ld(author=person("Politics"), articleSection="Politics"), None, None),
        (json_ld(author=person("Contributor")), None, None),
        (json_ld(author=person("24 February 2024")), None, None),
        (json_ld(author=person("Le Courrier et AFP")), "Le Courrier", "AFP"),
        (json_ld(author=person("dpa/lnw")), None, "dpa"),
        (json_ld(author=[organisation("Associated Press"), person(STAFF)]), STAFF, "AP"),
        (json_ld(author=organisation("Millbrook Courier")), None, None),
    ],
)
def test_an_author_is_a_person_or_an_agency(
    reader: LimitedChild, head: str, author: str | None, agency: str | None
) -> None:
    article = read(reader, head=SITE + head)
    assert (article.author, article.agency) == (author, agency)


@pytest.mark.parametrize(
    "below",
    [
        '<div class="byline">By <a rel="author" href="/ann">Ann Dowell</a> 24 February 2024</div>',
        '<ul><li class="metaInfoAuthorList-item">Ann Dowell</li></ul>',
        '<ul><li class="author-list"><b>Ann Dowell</b></li></ul>',
        '<p>von <a href="/autoren/name/ann-dowell">Ann Dowell</a></p>',
        '<p><a href="/authors/">All of us</a></p><p><a href="https://x.example/author/ad">Ann Dowell</a></p>',
        '<aside><a href="/author/bob">Bob Roe</a></aside><p><a href="/author/ann">Ann Dowell</a></p>',
    ],
)
def test_a_byline_in_the_markup_is_read_where_nothing_states_an_author(
    reader: LimitedChild, below: str
) -> None:
    assert read(reader, head=SITE, below=below).author == "Ann Dowell"


def test_writers_are_all_who_are_linked_in_one_list(reader: LimitedChild) -> None:
    linked = '<li><a href="/author/ann">Ann Dowell</a></li><li><a href="/author/bob">Bob Roe</a></li>'
    other = '<div><p><a href="/author/cat">Cat Sool</a></p></div>'
    assert read(reader, head=SITE, below=f"<ul>{linked}</ul>{other}").author == "Ann Dowell, Bob Roe"


def test_any_meta_that_is_called_an_author_states_one(reader: LimitedChild) -> None:
    head = SITE + meta("newsroom:author", "Ann Dowell")
    assert read(reader, head=head).author == "Ann Dowell"


@pytest.mark.parametrize(
    ("head", "below"),
    [
        (meta("article:published:time", "2024-02-24T12:42:00Z"), ""),
        (LD.format('"@type": "NewsArticle", "description": "a\nb", "datePublished": "2024-02-24"'), ""),
        ("", '<div><span class="entry-date">February 24, 2024</span></div>'),
        ("", TIME.format("2024-02-24") + f"<aside>{TIME.format('2024-02-20')}</aside>"),
        (json_ld(datePublished="1402-12-05") + meta("article:published_time", "2024-02-24"), ""),
        (
            LD.format('"@type": "VideoObject", "datePublished": "2023-01-01"')
            + json_ld(datePublished="2024-02-24"),
            "",
        ),
    ],
)
def test_the_day_is_the_articles(reader: LimitedChild, head: str, below: str) -> None:
    assert (read(reader, head=head, below=below).published or "")[:10] == "2024-02-24"


@pytest.mark.parametrize("date", ["1399-05-12", "2563-05-12", "2999-01-01"])
def test_a_year_of_another_calendar_is_unknown_with_a_note(reader: LimitedChild, date: str) -> None:
    article = f"<article>{HEADLINE}{paragraphs()}</article>"
    page = f"<html><head>{json_ld(datePublished=date)}</head><body>{article}</body></html>"
    article, notes = article_of(read_html(page, reader))
    assert article.published is None
    assert any(f"published: {date!r} is no year of a newspaper" in note for note in notes)


def test_the_last_change_and_the_language_are_read(reader: LimitedChild) -> None:
    head = json_ld(datePublished="2024-02-24", dateModified="2024-02-26T10:00:00Z", inLanguage="cy")
    article = read(reader, head=head)
    assert (article.updated, article.language) == ("2024-02-26T10:00:00+00:00", "cy")
