"""A feed over a year, by a clock that is set by hand: the real fetcher, parser and archive."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from feed_year import NEW_YEAR, Item, Outlet, children, outlet, page, rss
from web_server import answer, redirect

from index.articles.limited import LimitedChild
from index.articles.web import read_web_page
from index.feeds.alone import page_item
from index.feeds.changes import MOST_CHANGES
from index.feeds.reading import read_once

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def parsers() -> Iterator[tuple[LimitedChild, LimitedChild]]:
    with children() as both:
        yield both


@pytest.fixture
def post(tmp_path: Path, parsers: tuple[LimitedChild, LimitedChild]) -> Iterator[Outlet]:
    with outlet(tmp_path / "home", parsers) as one:
        one.subscribe()
        yield one


def items_of(post: Outlet) -> list[tuple[object, ...]]:
    with sqlite3.connect(post.archive.home / "archive.sqlite") as connection:
        return connection.execute("SELECT * FROM feed_items").fetchall()


def test_full_text_comes_from_the_feed_and_the_rest_from_pages(post: Outlet) -> None:
    post.publish(Item("bridge"), Item("tower", whole=False))
    post.server.pages["/tower"] = page("tower")
    report = post.read()
    assert (report.added, report.refused) == (2, ())
    assert "/bridge" not in post.server.asked
    bridge, tower = sorted(post.articles(), key=lambda article: article.title)
    assert (bridge.url, tower.url) == (f"{post.base}/bridge", f"{post.base}/tower")
    assert tower.body.count("\n\n") == bridge.body.count("\n\n") > 4
    assert "teaser" not in tower.body
    assert {one.outlet for one in post.articles()} == {"The Velden Post"}
    assert {one.published for one in post.articles()} == {"2025-12-31T10:00:00+00:00"}


def test_validators_go_back_byte_for_byte_and_304_is_a_reading(post: Outlet) -> None:
    etag, modified = 'W/"é odd,  etag"', "Thu, 01 Jan 1970 00:00:01 GMT "
    post.publish(Item("bridge"), etag=etag, last_modified=modified)
    post.read()
    post.server.pages["/feed"] = answer(status="304 Not Modified")
    report = post.read()
    head = post.server.heads[-1]
    assert f"If-None-Match: {etag}\r\n" in head
    assert f"If-Modified-Since: {modified.strip()}\r\n" in head
    assert (report.feed.status, report.feed.failures, report.added) == ("304", 0, 0)
    assert report.feed.validators.etag == etag
    assert report.feed.next_at - report.feed.read_at == HOUR  # type: ignore[operator]


def test_a_changed_item_is_a_new_revision_and_the_title_tells_nothing(post: Outlet) -> None:
    post.publish(Item("bridge", guid="1"), Item("bridge", guid="2", link="other", edit="Another text."))
    assert post.read().added == 2
    post.publish(
        Item("bridge", guid="1", edit="Correction: it was the tower."),
        Item("bridge", guid="2", link="other", edit="Another text."),
    )
    report = post.read()
    assert (report.added, report.updated) == (0, 1)
    assert sorted(len(post.archive.revisions(one.id)) for one in post.articles()) == [1, 2]
    assert post.read().updated == 0


def test_a_guid_whose_address_changes_is_the_same_article(post: Outlet) -> None:
    post.publish(Item("bridge", guid="tag:7"))
    post.read()
    post.publish(Item("bridge", guid="tag:7", link=f"{post.base}/2026/bridge", edit="One line more."))
    assert (post.read().updated, len(post.articles())) == (1, 1)


def test_a_feed_that_prints_the_time_changes_an_article_24_times_at_most(post: Outlet) -> None:
    for minute in range(MOST_CHANGES + 4):
        post.publish(Item("bridge", edit=f"Printed at 10:{minute:02}."))
        post.read()
    (article,) = post.articles()
    assert len(post.archive.revisions(article.id)) == MOST_CHANGES + 1
    post.publish(
        Item("bridge", day="Tue, 06 Jan 2026 10:00:00 +0000", edit="A real correction, with its date.")
    )
    assert post.read().updated == 1


def test_one_page_in_two_feeds_is_one_article(post: Outlet) -> None:
    post.subscribe("/world")
    post.publish(Item("bridge", guid="a"))
    post.publish(Item("bridge", guid="b", edit="In other words here."), path="/world")
    assert post.read().added == 1
    assert (post.read("/world").added, post.read("/world").updated, len(post.articles())) == (0, 0, 1)
    assert len(post.archive.revisions(post.articles()[0].id)) == 1
    post.memory.pause(f"{post.base}/feed", paused=True)
    post.publish(Item("bridge", guid="b", edit="In other words again."), path="/world")
    assert post.read("/world").updated == 1, "the feed that brought it is read no more"


def test_one_text_in_ten_feeds_is_one_origin_and_nothing_is_lost(post: Outlet) -> None:
    for number in range(10):
        post.subscribe(f"/of/{number}")
        post.publish(Item("bridge", link=f"http://outlet{number}.example/bridge"), path=f"/of/{number}")
        assert post.read(f"/of/{number}").added == 1
    status = post.archive.status()
    assert (status.articles, status.origins) == (10, 1)


def test_a_removed_article_stays_out_and_leaves_no_word_behind(post: Outlet) -> None:
    post.publish(Item("bridge", guid="the-secret-bridge-of-velden"), Item("tower"))
    post.read()
    bridge = next(one for one in post.articles() if "bridge" in one.title)
    post.archive.remove(bridge.id)
    post.publish(Item("bridge", guid="the-secret-bridge-of-velden", edit="A new line."), Item("tower"))
    post.subscribe("/world")
    post.publish(Item("bridge", guid="another"), path="/world")
    assert (post.read().added, post.read("/world").added, post.titles()) == (0, 0, ["tower"])
    post.memory.remove(f"{post.base}/feed")
    post.subscribe()
    assert post.read().added == 0
    assert post.titles() == ["tower"]
    files = [file for file in post.archive.home.rglob("archive*") if file.is_file()]
    assert files
    assert not any(b"secret-bridge" in file.read_bytes() for file in files)


def test_410_ends_a_feed_and_keeps_its_articles(post: Outlet) -> None:
    post.publish(Item("bridge"))
    post.read()
    post.server.pages["/feed"] = answer(status="410 Gone")
    report = post.read()
    assert (report.feed.ended, report.feed.is_read, post.titles()) == ("gone (410)", False, ["bridge"])
    post.publish(Item("tower"))
    assert post.memory.pause(report.feed.url, paused=False).is_read
    assert post.read().added == 1


def test_404_is_asked_again_later_and_later_and_forgotten_once_it_is_there(post: Outlet) -> None:
    post.server.pages["/feed"] = answer(status="404 Not Found")
    waits = [post.read().feed.next_at - (post.now - 2 * HOUR) for _ in range(9)]
    assert waits[:4] == [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR]
    assert waits[-1] == 7 * DAY
    post.publish(Item("bridge"), etag='"1"')
    report = post.read()
    assert (report.added, report.feed.failures, report.feed.errors) == (1, 0, {"http-404": 9})


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_who_asks_to_be_left_alone_is(post: Outlet, status: str) -> None:
    post.server.pages["/feed"] = answer(status=status, retry_after="86400")
    report = post.read()
    assert report.feed.next_at - NEW_YEAR == DAY
    assert "come back after 86400" in (report.trouble or "")


def test_a_move_for_good_is_followed_after_days_of_agreement(post: Outlet) -> None:
    post.publish(Item("bridge"), path="/new")
    post.server.pages["/feed"] = redirect("/new", "301 Moved Permanently")
    assert post.read(later=DAY).feed.url.endswith("/feed")
    assert post.read(later=DAY).feed.url.endswith("/feed")
    report = post.read(later=DAY)
    assert (report.feed.url, report.moved_from) == (f"{post.base}/new", f"{post.base}/feed")
    assert post.memory.all()[0].url == f"{post.base}/new"
    assert (post.read("/new").added, len(post.articles())) == (0, 1)


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_a_move_for_now_is_never_kept(post: Outlet, status: str) -> None:
    post.publish(Item("bridge"), path="/new")
    post.server.pages["/feed"] = redirect("/new", status)
    assert {post.read(later=3 * DAY).feed.url for _ in range(5)} == {f"{post.base}/feed"}


def test_a_move_to_what_is_no_feed_or_that_changes_its_mind_is_not_followed(post: Outlet) -> None:
    post.server.pages["/login"] = page("login")
    post.publish(Item("bridge"), path="/a")
    post.publish(Item("bridge"), path="/b")
    for target in ("/login", "/login", "/login", "/login", "/a", "/b", "/a", "/b"):
        post.server.pages["/feed"] = redirect(target, "308 Permanent Redirect")
        assert post.read(later=2 * DAY).feed.url == f"{post.base}/feed"
    assert post.memory.all()[0].errors == {"unreadable": 4}


def test_a_move_to_a_feed_that_is_read_already_ends_the_old_one(post: Outlet) -> None:
    post.subscribe("/new")
    post.publish(Item("bridge"), path="/new")
    post.server.pages["/feed"] = redirect("/new", "301 Moved Permanently")
    reports = [post.read(later=DAY) for _ in range(3)]
    assert reports[-1].feed.ended == f"moved to {post.base}/new, which is read already"
    assert [feed.is_read for feed in post.memory.all()] == [False, True]


def test_a_wrong_charset_is_not_believed(post: Outlet) -> None:
    body = rss(Item("brücke"), base=post.base).replace(b'"UTF-8"', b'"ISO-8859-1"')
    post.server.pages["/feed"] = answer(body, content_type="text/html; charset=windows-1251")
    post.read()
    assert post.titles() == ["brücke"]


def test_a_wrong_clock_leaves_dates_that_can_be(post: Outlet) -> None:
    post.publish(
        Item("bridge", day="Thu, 01 Jan 2026 20:00:00 +0000"),
        Item("tower", day="Thu, 01 Jan 2099 00:00:00 +0000"),
    )
    report = post.read()
    assert {one.title: one.published for one in post.articles()} == {
        "News of the bridge": "2026-01-01",
        "News of the tower": None,
    }
    assert len([note for note in report.notes if "after the moment of reading" in note]) == 2


def test_a_private_address_is_refused_by_name_and_its_neighbours_go_in(post: Outlet) -> None:
    post.publish(Item("bridge"), Item("secret", whole=False, link="http://127.0.0.1/secret"), Item("tower"))
    report = post.read()
    (refusal,) = report.refused
    assert (report.added, refusal.name, refusal.where) == (2, "private-address", "http://127.0.0.1/secret")
    assert report.feed.errors == {"private-address": 1}
    assert post.read().refused == (), "it is not asked for at each reading"


def test_what_was_refused_for_a_passing_reason_is_tried_again(post: Outlet) -> None:
    post.publish(Item("tower", whole=False), etag='"1"')
    post.server.pages["/tower"] = answer(status="503 Service Unavailable")
    report = post.read()
    assert (report.feed.validators.etag, report.refused[0].name) == (None, "http-503")
    post.server.pages["/tower"] = page("tower")
    report = post.read()
    assert (report.added, report.feed.validators.etag) == (1, '"1"')


def test_pages_are_asked_again_for_a_month_and_a_correction_is_a_revision(post: Outlet) -> None:
    post.publish(Item("tower", whole=False), etag='"1"')
    post.server.pages["/tower"] = page("tower")
    post.read()
    post.server.pages["/feed"] = answer(status="304 Not Modified")
    assert (post.read().updated, post.server.asked.count("/tower")) == (0, 2)
    post.server.pages["/tower"] = page("tower", edit="Correction: an earlier version named the bridge.")
    post.now += 3 * HOUR
    report = post.read(later=DAY)
    (article,) = post.articles()
    assert (report.updated, report.feed.changed, len(post.archive.revisions(article.id))) == (1, 1, 2)
    assert (article.outlet, article.published) == ("The Velden Post", "2025-12-31T10:00:00+00:00")
    looks = post.server.asked.count("/tower")
    for _ in range(20):
        post.read(later=2 * DAY)
    assert post.server.asked.count("/tower") - looks <= 8


def add_page(post: Outlet, name: str) -> None:
    """As `dateline add` does with the address of a page."""
    web = replace(post.tools.web, remembered=lambda url: page_item(url, post.now))
    post.tools.store([*read_web_page(f"{post.base}/{name}", web, post.tools.pages)])


def test_a_page_that_was_added_alone_is_asked_again_for_a_month(post: Outlet) -> None:
    post.server.pages["/tower"] = page("tower")
    add_page(post, "tower")
    pages = post.memory.pages()
    assert pages
    assert (pages.new, pages.next_at, pages in post.memory.listed()) == (1, post.now + 2 * HOUR, True)
    post.server.pages["/tower"] = page("tower", edit="Correction: an earlier version named the bridge.")
    looks = []
    while pages and pages.is_read:
        post.now = pages.next_at
        looks.append(read_once(pages, post.tools))
        pages = post.memory.pages()
    (article,) = post.articles()
    assert ([one.updated for one in looks[:2]], len(post.archive.revisions(article.id))) == ([1, 0], 2)
    assert (len(looks) <= 12, looks[-1].feed.ended) == (True, "none is looked at any more")
    assert post.server.asked.count("/tower") == 1 + len(looks)


def test_a_page_that_a_feed_brings_too_is_left_to_the_feed(post: Outlet) -> None:
    post.server.pages["/tower"] = page("tower")
    add_page(post, "tower")
    post.publish(Item("tower", whole=False))
    post.subscribe()
    post.read()
    asked, pages = post.server.asked.count("/tower"), post.memory.pages()
    assert pages
    read_once(pages, post.tools)
    assert (post.server.asked.count("/tower"), post.memory.pages()) == (asked, None)
    assert len(post.articles()) == 1


def test_a_link_to_the_front_page_is_no_article_s_address(post: Outlet) -> None:
    post.publish(*(Item(name, link=f"{post.base}/") for name in ("bridge", "tower", "mill")))
    assert post.read().added == 3
    assert {one.url for one in post.articles()} == {None}
    assert post.read().unchanged == 0


def test_sitemaps_and_their_indexes_are_read_and_only_changed_parts_again(post: Outlet) -> None:
    news = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{post.base}/tower</loc><n:news><n:publication><n:name>The Velden Post</n:name>"
        "<n:language>en</n:language></n:publication><n:publication_date>2026-01-01T05:00:00Z</n:publication_date>"
        "<n:title>News of the tower</n:title></n:news></url></urlset>"
    )
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{post.base}/news.xml.gz</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"
    )
    post.server.pages |= {
        "/feed": answer(index.encode(), content_type="application/xml"),
        "/news.xml.gz": answer(gzip.compress(news.encode()), content_type="application/x-gzip"),
        "/tower": page("tower"),
    }
    report = post.read()
    (article,) = post.articles()
    assert (report.added, report.feed.kind) == (1, "sitemap index")
    assert (article.outlet, article.published) == ("The Velden Post", "2026-01-01T05:00:00+00:00")
    post.read(later=DAY)
    assert post.server.asked.count("/news.xml.gz") == 1


def test_the_feed_s_own_wishes_set_the_next_reading(post: Outlet) -> None:
    post.publish(Item("bridge"), head="<ttl>360</ttl>", etag='"1"')
    assert post.read().feed.next_at == NEW_YEAR + 6 * HOUR


def test_a_year_of_readings_loses_and_doubles_nothing(post: Outlet) -> None:
    names = [f"story{number}" for number in range(13)]
    for month, _ in enumerate(names):
        shown = [
            Item(name, guid=f"g{name}", edit="Updated." if month % 3 == 0 else "")
            for name in names[max(0, month - 4) : month + 1]
        ]
        post.publish(*reversed(shown), etag=f'"{month}"')
        for _ in range(2):
            read_once(post.memory.all()[0], post.tools)
            post.now += timedelta(days=14)
    assert sorted(post.titles()) == sorted(names)
    assert post.memory.all()[0].new == len(names)
    assert len(items_of(post)) == len(names)
