"""What feeds, sitemaps and lists say, and when they are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from index.errors import BadArticle
from index.feeds.entries import outlet_of
from index.feeds.full_text import is_whole, paragraphs_of
from index.feeds.identity import identities, own_addresses
from index.feeds.parse import document_of, feed_reader, is_feed, read_feed
from index.feeds.records import Entry
from index.feeds.schedule import DAY, HOUR, LastReading, next_reading

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
BASE = "https://post.example/feed"
LONG = "The council of Velden voted on Monday to keep the ferry, and nobody was surprised. " * 8

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Post</title>
<link href="https://post.example/"/><entry><id>tag:1</id>
<title type="html">Ferry &amp;amp; tram</title>
<link href="../ferry"/>
<published>2026-11-28T10:00:00+01:00</published><updated>2026-11-28T12:00:00+01:00</updated>
<author><name>Ada Brand</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>{LONG}</p>
<p style="display:none">Hidden words.</p><p>The post Ferry appeared first on Post.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title></channel>
<item rdf:about="https://post.example/ferry"><title>Ferry</title><link>https://post.example/ferry</link>
<dc:date>2026-11-28</dc:date><dc:creator>Ada Brand</dc:creator></item></rdf:RDF>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "home_page_url": "/",
"items": [{"id": 7, "url": "/ferry", "title": "Ferry", "content_html": "<p>Short.</p>",
"date_published": "2026-11-28T10:00:00Z", "authors": [{"name": "Ada Brand"}, {"name": "Bo"}]}, "no item"]}"""
OPML = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="News">
<outline type="rss" text="Post" xmlUrl="https://post.example/feed"/>
<outline type="rss" text="Twice" XMLURL="https://post.example/feed"/><outline xmlUrl="file:///etc/passwd"/>
</outline></body></opml>"""
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    '<rss version="2.0"><channel><title>&b;</title></channel></rss>'
)


def test_atom_is_read_with_its_text_and_what_feeds_add_is_left_out() -> None:
    document = document_of(ATOM.encode(), base=BASE)
    (entry,) = document.entries
    assert (document.kind, document.title, entry.guid, entry.title) == (
        "atom",
        "Post",
        "tag:1",
        "Ferry & tram",
    )
    assert (entry.url, entry.author, entry.is_whole) == ("https://post.example/ferry", "Ada Brand", True)
    assert (entry.published, entry.updated) == ("2026-11-28T10:00:00+01:00", "2026-11-28T12:00:00+01:00")
    assert entry.text == LONG.strip()


def test_rdf_and_json_feeds_are_read() -> None:
    rdf, told = (document_of(text.encode(), base=BASE) for text in (RDF, JSON_FEED))
    assert (rdf.kind, rdf.entries[0].url, rdf.entries[0].author) == (
        "rdf",
        "https://post.example/ferry",
        "Ada Brand",
    )
    (entry,) = told.entries
    assert (told.kind, entry.guid, entry.url, entry.author) == (
        "json feed",
        "7",
        "https://post.example/ferry",
        "Ada Brand, Bo",
    )
    assert (entry.published, entry.is_whole) == ("2026-11-28T10:00:00+00:00", False)


def test_a_list_names_each_feed_of_the_web_once() -> None:
    document = document_of(OPML.encode(), base=BASE)
    assert [(one.url, one.title) for one in document.places] == [("https://post.example/feed", "Post")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ATOM.encode(), True),
        (RDF.encode("utf-16"), True),
        (b"\xef\xbb\xbf" + JSON_FEED.encode(), True),
        (b'<?xml version="1.0"?><!-- x --><?xml-stylesheet href="s"?>\n<urlset/>', True),
        (b"<!DOCTYPE html><html><body><rss></rss></body></html>", False),
        (b'{"version": "1"}', False),
        (b"", False),
    ],
)
def test_a_feed_is_told_by_its_content(data: bytes, expected: bool) -> None:
    assert is_feed(data) is expected


def test_what_stands_before_a_root_is_read_once_however_many_comments_it_is() -> None:
    before = b"\n".join([b"<?x y?>", b"<!-- c -->", b"<!DOCTYPE a [<!ENTITY b 'c'>] >"] * 1_000)
    assert is_feed(before + b"<rss/>")
    assert not is_feed(before + b"<html>")  # where each comment may be taken in two ways: 2 ** 1,000 tries


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"<html><body>Nothing</body></html>",
        b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
        b"<urlset",
        b"GIF89a",
    ],
)
def test_what_is_no_feed_is_refused_or_read_as_empty(data: bytes) -> None:
    try:
        assert document_of(data, base=BASE).entries == ()
    except BadArticle as exc:
        assert str(exc)


def test_the_child_reads_what_the_parent_would_and_expands_no_bomb() -> None:
    with feed_reader() as reader:
        assert read_feed(ATOM.encode(), reader, base=BASE) == document_of(ATOM.encode(), base=BASE)
        bomb = BOMB.replace('"&a;&a;"', '"' + "&a;" * 10_000 + '"').encode()
        assert len(read_feed(bomb, reader, base=BASE).title) < 50_000
        with pytest.raises(BadArticle, match="no feed"):
            read_feed(b"<html></html>", reader, base=BASE)


def test_an_item_is_known_by_its_guid_else_by_its_address_and_never_by_its_title() -> None:
    def known(**fields: str) -> str:
        return identities([Entry(**fields)])[0]  # type: ignore[arg-type]

    assert known(guid="1", url="https://a.example/x", title="A") == known(
        guid="1", url="https://a.example/y", title="B"
    )
    assert known(url="https://www.a.example/x/?utm_source=rss", title="A") == known(
        url="http://a.example/x", title="B"
    )
    assert known(guid="1", title="A") != known(guid="2", title="A")
    one, other = identities(
        [Entry(guid="s", url="https://a.example/x"), Entry(guid="s", url="https://a.example/y")]
    )
    assert one != other, "a guid that two addresses have names neither"


def test_an_address_is_an_item_s_own_unless_it_is_the_front_page_or_shared_by_whole_items() -> None:
    entries = [
        Entry(url="https://post.example"),
        Entry(url="https://post.example/day", is_whole=True),
        Entry(url="https://post.example/day#b", is_whole=True),
        Entry(url="https://post.example/ferry"),
    ]
    assert own_addresses(entries, "https://post.example/") == [None, None, None, "https://post.example/ferry"]


@pytest.mark.parametrize(
    ("paragraphs", "is_content", "expected"),
    [
        ([LONG], True, True),
        ([LONG], False, False),
        ([LONG, LONG], False, True),
        (["Short."], True, False),
        ([LONG, "And then the mayor said […]"], True, False),
        ([LONG, "Continue reading Ferry stays →"], True, False),
        ([LONG, "Читать далее"], True, False),
    ],
)
def test_a_teaser_is_told_from_a_whole_text(paragraphs: list[str], is_content: bool, expected: bool) -> None:
    assert is_whole(paragraphs, is_content=is_content) is expected


def test_paragraphs_are_what_a_reader_sees() -> None:
    html = "<p>One &amp; two.</p><script>x()</script><ul><li>Three</li></ul>Four<br><br>five <b>six</b>"
    assert paragraphs_of(html) == ["One & two.", "Three", "Four", "five six"]
    assert paragraphs_of("Plain &lt;text&gt;\n\nand more") == ["Plain <text>", "and more"]
    assert paragraphs_of("") == []


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("World | The Harbour Post", "https://www.harbourpost.example/world", "The Harbour Post"),
        ("HP News - Sport", "https://hpnews.example", "HP News"),
        ("NYX > World", "https://www.nyx.example/", "NYX"),
        ("The Velden Post RSS feed", None, "The Velden Post"),
        ("", None, None),
    ],
)
def test_the_outlet_is_the_part_of_a_feed_s_title_that_its_host_has(
    title: str, site: str | None, expected: str | None
) -> None:
    assert outlet_of(title, site) == expected


def waits(**fields: object) -> float:
    return (next_reading(NOW, LastReading(**fields), chance=0.0) - NOW).total_seconds()  # type: ignore[arg-type]


def test_the_next_reading_is_the_longest_of_what_is_asked_for() -> None:
    assert waits(conditional=True) == HOUR
    assert waits() == DAY
    assert waits(conditional=True, every_s=7200.0) == 7200
    assert waits(conditional=True, every_s=60.0) == HOUR
    assert waits(conditional=True, headers={"cache-control": "public, max-age=10800"}) == 10_800
    assert waits(conditional=True, headers={"cache-control": "s-maxage=90000, x-max-age=80000"}) == HOUR
    dates = {"date": "Sun, 29 Nov 2020 08:00:00 GMT", "expires": "Sun, 29 Nov 2020 12:00:00 GMT"}
    assert waits(conditional=True, headers=dates) == 4 * HOUR, "by the server's own clock, however wrong"
    assert waits(conditional=True, headers={"expires": "0", "retry-after": "-5"}) == HOUR
    assert waits(failures=1, headers={"retry-after": "40000"}) == 40_000
    assert waits(failures=1, headers={"retry-after": "Mon, 30 Nov 2026 08:00:00 GMT"}) == DAY
    assert [waits(failures=number) / HOUR for number in (1, 2, 3)] == [2, 4, 8]
    assert waits(failures=99) == waits(every_s=1e9) == 7 * DAY


def test_jitter_comes_on_top_and_is_a_tenth_at_most() -> None:
    last = LastReading(conditional=True)
    assert next_reading(NOW, last, chance=1.0) - NOW == timedelta(hours=1.1)
