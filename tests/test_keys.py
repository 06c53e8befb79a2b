"""What other tools call an article's fields."""

import json
from io import BufferedReader, BytesIO

import pytest

from index.articles.draft import Drafted, article_of
from index.articles.jsonl import read_json, read_jsonl
from index.articles.markdown import read_markdown
from index.records import Article

SITE = "courier.example"
DAY = "2024-02-24"
TEXT = "The council closed the bridge."


def read(**fields: object) -> tuple[Article, tuple[str, ...]]:
    [drafted] = read_json(json.dumps({"title": "A bridge", **fields}).encode())
    assert isinstance(drafted, Drafted)
    return article_of(drafted)


@pytest.mark.parametrize(
    "fields",
    [
        {"maintext": TEXT, "authors": ["Ann Dowell"], "date_publish": DAY, "source_domain": SITE},
        {"text": TEXT, "authors": ["Ann Dowell"], "publish_date": DAY, "meta_site_name": SITE},
        {"text": TEXT, "raw_text": "x", "author": "Ann Dowell", "date": DAY, "hostname": SITE,
         "source": "https://courier.example/bridge"},
        {"articleBody": TEXT, "author": [{"name": "Ann Dowell"}], "datePublished": DAY,
         "publisher": {"@type": "Organization", "name": SITE}},
        {"body": TEXT, "creator": "Ann Dowell", "pubDate": "Sat, 24 Feb 2024 12:00:00 GMT", "source": SITE},
        {"content": TEXT, "byline": "Ann Dowell", "timestamp": 1708776000, "newspaper": SITE},
    ],
)  # fmt: skip
def test_the_keys_of_other_tools_are_read(fields: dict[str, object]) -> None:
    article, notes = read(**fields)
    assert (article.body, article.author, article.outlet) == (TEXT, "Ann Dowell", SITE)
    assert (article.published or "")[:10] == DAY
    assert notes == ()


def test_our_own_key_wins_and_an_address_is_no_outlet() -> None:
    ours = {"text": TEXT, "published": DAY, "author": "A B; C D"}
    theirs = {"content": "Other.", "created": "2020-01-01", "source": "https://courier.example/bridge"}
    article, _ = read(**ours, **theirs, sitename="Courier", hostname="x.example")
    assert (article.body, article.published, article.author) == (TEXT, DAY, "A B, C D")
    assert (article.url, article.outlet) == ("https://courier.example/bridge", "Courier")


def test_front_matter_has_them_too() -> None:
    keys = "title: A\npublisher: Courier\ndate: 2024-02-24\nauthors: [Ann Dowell]"
    drafted = read_markdown(f"---\n{keys}\n---\n{TEXT}")
    article, notes = article_of(drafted)
    assert (article.outlet, article.published, article.author) == ("Courier", DAY, "Ann Dowell")
    assert notes == ()


def test_a_key_is_noted_once_a_file() -> None:
    row = json.dumps({"title": "A", "publised": "2024", "text": TEXT}).encode()
    rows = [*read_jsonl(BufferedReader(BytesIO(row + b"\n" + row)))]  # type: ignore[arg-type]
    notes = [one.notes for one in rows if isinstance(one, Drafted)]
    assert notes == [("'publised' is not read (expected 'published'); left out",), ()]
