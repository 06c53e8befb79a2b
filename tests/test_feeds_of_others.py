"""A feed that has the words of other sites: their articles stay theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords
from feed_year import Item, Outlet, children, outlet, page
from web_server import answer, redirect

from index.articles.draft import Found
from index.articles.identity import made_id, same_site
from index.articles.limited import LimitedChild
from index.articles.web import read_web_page
from index.feeds.alone import page_item
from index.feeds.identity import article_id, digest
from index.feeds.reading import read_once
from index.feeds.records import FeedItem
from index.records import Article
from index.storage.ingest import ingest

LIE = "The bridge of Velden was never there at all."
FORBIDDEN = answer(status="403 Forbidden")


@pytest.fixture(scope="module")
def parsers() -> Iterator[tuple[LimitedChild, LimitedChild]]:
    with children() as both:
        yield both


@pytest.fixture
def post(tmp_path: Path, parsers: tuple[LimitedChild, LimitedChild]) -> Iterator[Outlet]:
    """An aggregator at `base`, whose items lead to the site at `elsewhere`; pages of both are `server`'s."""
    with outlet(tmp_path / "home", parsers) as one:
        one.subscribe()
        yield one


def of_others(post: Outlet, name: str = "bridge", *, edit: str = LIE, whole: bool = True) -> Item:
    return Item(name, guid=f"of {name}", link=f"{post.elsewhere}/{name}", edit=edit, whole=whole)


def page_id(url: str) -> str:
    return made_id(url=url, outlet=None, title="", published=None, revision="")


def given(post: Outlet) -> Article:
    """The true article as a person's file has it."""
    url = f"{post.elsewhere}/bridge"
    true = Article(
        id=page_id(url),
        title="News of the bridge",
        outlet="Northern Desk",
        url=url,
        body="The bridge stands.",
    )
    ingest(post.archive, HashedWords(), [Found(true, "bridge.md")])
    return true


def lies(post: Outlet) -> list[Article]:
    return [one for one in post.articles() if LIE in one.body]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://post.example/a", "http://www.post.example:8080/b", True),
        ("https://feeds.post.example/rss", "https://www.post.example/b", True),
        ("https://post.example", "https://evilpost.example", False),
        ("https://evil.blogs.example", "https://post.blogs.example", False),
        ("https://post.example@evil.example/", "https://post.example", False),
        ("feed.xml", "feed.xml", False),
        (None, None, False),
    ],
)
def test_a_site_is_a_host_and_what_stands_below_it(one: str | None, other: str | None, same: bool) -> None:
    assert (same_site(one, other), same_site(other, one)) == (same, same)


def test_the_words_of_a_page_are_those_of_the_page_whatever_a_feed_of_another_site_says(post: Outlet) -> None:
    post.server.pages["/bridge"] = page("bridge")
    post.publish(of_others(post))
    assert post.read().added == 1
    (article,) = post.articles()
    assert (article.id, article.url, lies(post)) == (
        page_id(article.url or ""),
        f"{post.elsewhere}/bridge",
        [],
    )
    post.publish(of_others(post, edit=f"{LIE} Nor was the tower."))
    assert (post.read().unchanged, lies(post)) == (1, [])


def test_where_the_page_is_not_to_be_had_the_article_is_the_feed_s_alone(post: Outlet) -> None:
    true = given(post)
    post.server.pages["/bridge"] = FORBIDDEN
    post.publish(of_others(post))
    report = post.read()
    assert (report.added, report.updated, len(report.notes)) == (1, 0, 2)
    assert report.notes[0].endswith(
        "url: localhost cannot speak for 127.0.0.2; an article of the feed's own, without the link"
    )
    (kept, lie) = post.articles()
    assert kept == true
    assert (lie.outlet, lie.url, LIE in lie.body) == ("The Velden Post", None, True)
    post.publish(of_others(post, edit=f"{LIE} Nor was the tower."))
    assert (post.read().updated, post.articles()[0], len(post.articles())) == (1, true, 2)


def test_a_source_that_a_feed_names_is_who_it_prints_and_not_the_outlet(post: Outlet) -> None:
    source = "<source url='https://desk.example/feed'>Northern Desk</source>"
    post.server.pages["/bridge"] = FORBIDDEN
    for link, told in (
        (post.elsewhere, ("The Velden Post", "Northern Desk")),
        (post.base, ("Northern Desk", None)),
    ):
        post.publish(Item("bridge", guid=link, link=f"{link}/bridge"))
        body = post.server.pages["/feed"]
        assert isinstance(body, bytes)
        text = body.partition(b"\r\n\r\n")[2].replace(b"</item>", f"{source}</item>".encode())
        post.server.pages["/feed"] = answer(text, content_type="application/rss+xml")
        post.read()
        assert (post.articles()[-1].outlet, post.articles()[-1].agency) == told


def test_the_site_s_own_feed_enters_after_another_s_and_is_not_revised_by_it(post: Outlet) -> None:
    own = post.subscribe(f"{post.elsewhere}/own")
    post.server.pages["/bridge"] = page("bridge")
    post.publish(of_others(post))
    post.read()
    post.publish(Item("bridge", link=f"{post.elsewhere}/bridge", edit="So says the site."), path="/own")
    assert (post.read(own).updated, len(post.articles())) == (1, 1)
    for edit in (LIE, f"{LIE} Nor was the tower."):
        post.publish(of_others(post, edit=edit))
        report = post.read()
        assert (report.added, report.updated) == (0, 0)
    (article,) = post.articles()
    assert article.body.endswith("So says the site.")
    post.memory.remove(own)
    post.server.pages["/bridge"] = FORBIDDEN
    post.publish(of_others(post, edit=f"{LIE} Nor was the mill."))
    post.read()
    assert article in post.articles(), "the feed is gone, its article is not another's"


def test_an_item_that_led_to_a_page_of_another_site_may_not_speak_for_it_later(post: Outlet) -> None:
    post.server.pages["/bridge"] = page("bridge")
    post.server.pages["/way"] = redirect(f"{post.elsewhere}/bridge")
    post.publish(Item("bridge", guid="b", link=f"{post.base}/way", whole=False))
    assert post.read().added == 1
    (true,) = post.articles()
    assert true.url == f"{post.elsewhere}/bridge"
    post.publish(Item("bridge", guid="b", link=f"{post.base}/way", edit=LIE))
    post.read()
    assert (post.articles()[0], [one.id == true.id for one in lies(post)]) == (true, [False])


def test_what_an_earlier_dateline_remembered_of_an_item_does_not_let_it_speak_for_others(
    post: Outlet,
) -> None:
    true = given(post)
    post.server.pages["/bridge"] = FORBIDDEN
    feed = post.memory.at(f"{post.base}/feed")
    post.memory.keep_items([FeedItem(feed.number, digest("guid of bridge"), article=true.id, content="seen")])
    post.publish(of_others(post))
    post.read()
    assert true in post.articles()


def test_an_address_that_leads_to_another_site_now_revises_nothing(post: Outlet) -> None:
    post.server.pages["/bridge"] = page("bridge")
    post.server.pages["/way"] = redirect(f"{post.elsewhere}/bridge")
    web = replace(post.tools.web, remembered=lambda url: page_item(url, post.now))
    post.tools.store([*read_web_page(f"{post.base}/way", web, post.tools.pages)])
    (true,) = post.articles()
    post.server.pages["/way"] = page("bridge", edit=LIE)
    pages = post.memory.pages()
    assert pages
    post.now = pages.next_at
    assert read_once(pages, post.tools).updated == 0
    assert post.articles() == [true]
    post.server.pages["/way"] = redirect(f"{post.elsewhere}/bridge")
    post.server.pages["/bridge"] = page("bridge", edit="A correction.")
    pages = post.memory.pages()
    assert pages
    post.now = pages.next_at
    assert read_once(pages, post.tools).updated == 1, "a correction of its own site"


def test_what_is_stored_of_a_page_is_not_renamed_by_another_s_feed(post: Outlet) -> None:
    true = given(post)
    post.server.pages["/bridge"] = page("bridge")
    post.publish(of_others(post, whole=False))
    assert post.read().updated == 1
    (article,) = post.articles()
    assert (article.id, article.outlet, article.published) == (true.id, "Northern Desk", None)


def test_a_removed_article_stays_out_of_the_feeds_of_others_too(post: Outlet) -> None:
    post.server.pages["/bridge"] = page("bridge")
    post.publish(of_others(post))
    post.read()
    post.archive.remove(post.articles()[0].id)
    post.server.pages["/bridge"] = FORBIDDEN
    post.publish(of_others(post, edit=f"{LIE} Nor was the tower."))
    assert (post.read().added, post.articles()) == (0, [])


def test_the_id_of_an_item_without_a_page_is_of_its_feed() -> None:
    ids = {article_id(None, feed_url=f"https://{host}.example/feed", identity="1") for host in ("a", "b")}
    assert len(ids | {article_id("https://a.example/feed", feed_url="", identity="")}) == 3
