"""Stories in a real browser: below the copies, and in an article that tells one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary, serving
from page_browser import NEEDS_CHROMIUM, a_page

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from index.records import Article
from index.storage.records import StoryArticle

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = NEEDS_CHROMIUM

SORRY = replace(
    RIVAL, id="sorry", title="Sorry: two cranes were lost", outlet="Evening Post", published="2020-10-22"
)
HOSTILE_TOO = replace(HOSTILE, id="hostile-2", published="2020-10-22")
PAGED = 12  # a page has 10
LINE = "#article .same-story"


def daily(number: int) -> Article:
    return replace(RIVAL, id=f"day-{number}", title=f"Day {number}", published=f"2021-01-{number:02}")


DAYS = [daily(number) for number in range(1, 13)]


def pair(number: int) -> list[StoryArticle]:
    one = replace(RIVAL, id=f"one-{number}", title=f"Report {number}")
    return [StoryArticle(one), StoryArticle(replace(one, id=f"two-{number}", published="2020-11-01"))]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sync_api.Page]:
    stories = [
        [StoryArticle(one, retracts=one.id == "day-12") for one in DAYS],
        [StoryArticle(HARBOUR), StoryArticle(RIVAL), StoryArticle(SORRY, retracts=True)],
        [StoryArticle(HOSTILE), StoryArticle(HOSTILE_TOO, retracts=True)],
        *(pair(number) for number in range(PAGED - 3)),
    ]
    library = FakeLibrary(HARBOUR, RIVAL, HOSTILE, HOSTILE_TOO, SORRY, *DAYS)
    library.groups, library.told = [[HARBOUR, replace(HARBOUR, id="copy", outlet="Evening Post")]], stories
    with a_page(FakeAsker(library), tmp_path_factory.mktemp("home")) as page:
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        yield page
        assert troubles == []


@pytest.fixture
def listed(page: sync_api.Page) -> sync_api.Page:
    page.goto("/?view=stories")
    page.wait_for_selector(".told")
    return page


def test_stories_stand_oldest_first_and_say_what_takes_back(listed: sync_api.Page) -> None:
    assert listed.locator("#copies h2").all_text_contents() == ["Stories told on"]
    assert f"{PAGED} stories told on" in listed.text_content("#copies")
    harbour = listed.locator(".told").nth(1)
    assert harbour.locator("h3").text_content() == "3 articles, 19 Oct 2020 – 22 Oct 2020"
    assert harbour.locator("li").all_text_contents() == [
        "19 Oct 2020, 17:45 · Harbour GazetteHarbour reopens after storm",
        "20 Oct 2020 · Morning RivalPort: three cranes gone, ships back",
        "22 Oct 2020 · Evening Post takes back what was saidSorry: two cranes were lost",
    ]


def test_a_long_story_unfolds_and_says_before_that_something_is_taken_back(listed: sync_api.Page) -> None:
    long = listed.locator(".told").first
    assert long.locator("summary").text_content() == "3 later articles takes back what was said"
    long.locator("summary").press("Enter")
    long.locator("button").nth(11).click()
    listed.wait_for_selector("#article-title >> text=Day 12")
    listed.keyboard.press("Escape")


def test_many_stories_come_page_by_page_and_the_first_new_one_has_the_focus(listed: sync_api.Page) -> None:
    assert listed.locator(".told").count() == 10
    listed.focus(".more")
    listed.keyboard.press("Enter")
    listed.wait_for_selector(f".told >> nth={PAGED - 1}")
    assert listed.locator(".more").count() == 0
    at = "[...document.querySelectorAll('.told')].findIndex((one) => one.contains(document.activeElement))"
    assert listed.evaluate(at) == 10


def test_an_article_leads_to_what_tells_its_story_earlier_and_later(listed: sync_api.Page) -> None:
    opener = listed.locator(".told").nth(1).locator("button").first
    opener.focus()
    listed.keyboard.press("Enter")
    listed.wait_for_selector(LINE)
    assert listed.text_content(LINE) == (
        "The same story: later 20 Oct 2020, Morning Rival; 22 Oct 2020, Evening Post takes back what was said"
    )
    assert listed.get_attribute(f"{LINE} button >> nth=1", "title") == SORRY.title
    listed.focus(f"{LINE} button >> nth=1")
    listed.keyboard.press("Enter")
    listed.wait_for_selector(f"#article-title >> text={SORRY.title}")
    assert listed.text_content(LINE) == (
        "takes back what was said · "
        "The same story: earlier 19 Oct 2020, Harbour Gazette; 20 Oct 2020, Morning Rival"
    )
    assert listed.evaluate("document.activeElement.id") == "article"
    listed.keyboard.press("Escape")
    assert opener.evaluate("one => one === document.activeElement")


def test_a_long_storys_line_has_the_nearest_what_takes_back_and_all_of_it(page: sync_api.Page) -> None:
    page.goto("/?view=copies&article=day-5")
    page.wait_for_selector(".told")
    assert page.locator("#copies h2").all_text_contents() == ["Copies of one text", "The same story"]
    assert page.locator(".told").count() == 1
    page.click(".told button >> nth=4")
    page.wait_for_selector(LINE)
    days = [text[:6] for text in page.locator(f"{LINE} button").all_text_contents()]
    assert days == ["3 Jan ", "4 Jan ", "6 Jan ", "7 Jan ", "12 Jan"]
    page.goto("/")
    page.click(".latest a:has-text('Day 9')")
    page.click(f"{LINE} a >> text=all 12 articles")
    page.wait_for_selector(".told")
    assert page.evaluate("location.search") == "?view=copies&article=day-9"
    assert page.is_hidden("#article")


def test_a_cited_article_shows_its_story_and_still_its_proof(page: sync_api.Page) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    page.click("#sentences .marker >> nth=0")
    page.wait_for_selector("#article .proof:not(:empty)")
    assert page.locator("#article mark").count() == 1
    assert "The same story" in page.text_content(LINE)
    page.keyboard.press("Escape")
    assert "marker" in page.evaluate("document.activeElement.className")


def test_words_of_a_hostile_story_are_only_words(listed: sync_api.Page) -> None:
    listed.click(".told >> nth=2 >> button >> nth=1")
    listed.wait_for_selector(LINE)
    assert listed.locator("#copies :is(script, img, b, i, a)").count() == 0
    assert listed.locator("#article :is(script, img)").count() == 0
    assert "\u202e" not in listed.text_content("#copies")
    assert "\u202e" not in (listed.get_attribute(f"{LINE} button", "title") or "")
    listed.keyboard.press("Escape")


def test_an_archive_without_stories_says_so_and_its_articles_have_no_such_line(
    page: sync_api.Page, tmp_path: Path
) -> None:
    library = FakeLibrary(HARBOUR)
    app = create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))
    with serving(app) as empty:
        page.goto(f"{empty}/?view=stories")
        page.wait_for_selector("#copies >> text=No article here tells the story of another later.")
        page.goto(f"{empty}/?view=copies&article={HARBOUR.id}")
        page.wait_for_selector("#copies >> text=No other article here tells its story.")
        page.click(".copied button")
        page.wait_for_selector("#article .body")
        assert page.locator(LINE).count() == 0
