"""Leafing through the archive on the page, and what else it has on a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from http_fakes import HARBOUR, RIVAL, FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = NEEDS_CHROMIUM
OLDER = [replace(RIVAL, id=f"old-{n}", title=f"Old {n}", published=f"20{n:02}-01-09") for n in range(1, 20)]
WIRE = replace(HARBOUR, id="wire", body=f"EASTHOLM (CW) — {HARBOUR.body}", outlet="Evening Post")


@pytest.fixture(scope="module")
def asker() -> FakeAsker:
    library = FakeLibrary(HARBOUR, RIVAL, WIRE, *OLDER)
    library.groups = [[HARBOUR, WIRE]]
    return FakeAsker(library)


@pytest.fixture(scope="module")
def page(asker: FakeAsker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with a_page(asker, tmp_path_factory.mktemp("home")) as page:
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        yield page
        assert troubles == []


def test_outlets_and_months_lead_to_their_articles(page: Page) -> None:
    page.goto("/")
    page.click("#all-articles")
    page.wait_for_selector(".facets .chip")
    assert page.evaluate("document.activeElement.id") == "copies-title"
    assert page.get_attribute(".rooms [aria-current]", "href") == "?view=articles"
    assert page.locator("#copies .latest .headline").count() == 20
    page.click("#copies .more")
    page.wait_for_selector("#copies .latest li >> nth=21")
    page.click(".facets >> text=Harbour Gazette")
    page.wait_for_selector(".facets .chip[aria-current] >> text=Harbour Gazette")
    assert page.locator("#copies .latest .headline").all_text_contents() == [HARBOUR.title]
    assert "1 article from Harbour Gazette" in (page.text_content("#copies") or "")
    page.click(".facets .chip[aria-current]")  # the same way back
    page.click(".facets .year >> nth=3 >> summary")
    page.click(".facets .year >> nth=3 >> text=Jan")
    page.wait_for_selector("#copies .latest li")
    assert "since=2017-01-01&until=2017-01-31" in page.url


def test_an_article_of_the_list_opens_beside_it_and_has_an_address(page: Page) -> None:
    page.goto("/?view=articles&outlet=Evening+Post")
    title = page.locator("#copies .latest .headline")
    assert title.get_attribute("href") == "?article=wire"
    title.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#article .body")
    assert page.text_content("#article .dateline") == "EASTHOLM (CW) — "
    assert page.text_content("#article .same-story a") == "1 copy of this text, and where they differ"
    page.keyboard.press("Escape")
    assert title.evaluate("one => one === document.activeElement")


def test_an_answer_leads_to_more_passages_and_to_its_days(page: Page) -> None:
    page.goto("/?q=Which+cranes+were+lost&outlet=Harbour+Gazette")
    page.click(".go-on >> text=More passages")
    page.wait_for_selector(".passage")
    assert page.text_content("#copies .subject") == "Which cranes were lost"
    assert "Only articles from Harbour Gazette" in (page.text_content("#copies") or "")
    page.click(".passage >> text=Read it in the article")
    page.wait_for_selector("#article .proof:has-text('✓')")
    page.keyboard.press("Escape")
    page.click("#copies .actions >> text=Day by day")
    page.wait_for_selector(".day")
    assert page.text_content(".day .label") == "19 Oct 2020"
    page.click("#copies .actions >> text=The answer")
    page.wait_for_selector(".footing")
    assert "outlet=Harbour+Gazette" in page.url


def test_the_days_of_a_subject_stand_under_a_bar_a_month_and_name_their_story(page: Page) -> None:
    def told(route: Route) -> None:
        timeline = route.fetch().json()
        timeline["steps"][0]["story"] = 1
        months = [("2020-10", 4), ("2020-11", 0), ("2020-12", 1)]
        timeline["months"] = [{"month": month, "articles": count} for month, count in months]
        route.fulfill(json=timeline)

    page.route("**/timeline?*", told)
    page.goto("/?view=timeline&q=cranes")
    chart = page.locator("svg.months")
    assert chart.get_attribute("aria-label") == "Articles a month: Oct 2020: 4, Dec 2020: 1"
    assert chart.locator("rect").count() == 3
    assert "story 1" in str(page.text_content(".day .byline"))


def test_a_preset_says_how_much_it_leaves_and_is_taken_back(page: Page, asker: FakeAsker) -> None:
    page.goto("/")
    page.click("#filters summary")
    month = page.locator("#presets button", has_text=re.compile("^Oct 2020"))
    assert month.text_content() == "Oct 2020 3"
    month.click()
    assert [page.input_value(f"#{name}") for name in ("since", "until")] == ["2020-10-01", "2020-10-31"]
    assert month.get_attribute("aria-pressed") == "true"
    page.click("#presets button:has-text('Evening Post')")
    page.fill("#question", "Which cranes were lost?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".footing")
    assert asker.asked[-1].filters.outlet == ("Evening Post",)
    month.click()
    assert page.input_value("#since") == ""
    assert month.evaluate("one => one === document.activeElement")


def test_words_are_copied_as_a_newsroom_names_them(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/?q=Which+cranes+were+lost&outlet=Harbour+Gazette")
    page.click("text=Copy for a story")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "“‘We lost four cranes,’ said mayor Ada Lind.” – Harbour Gazette, printing Coast Wire, 19 Oct 2020,"
        " “Harbour reopens after storm”"
    )


def test_an_answer_that_came_with_the_page_is_not_asked_for_again(page: Page, asker: FakeAsker) -> None:
    before = len(asker.asked)
    page.goto("/?q=Do+ferries+run+again")
    page.wait_for_selector(".footing")
    page.wait_for_timeout(100)
    assert len(asker.asked) == before + 1
    assert page.locator("#plain").count() == 0


def test_without_javascript_a_question_is_asked_and_its_article_read(page: Page) -> None:
    page.goto("/")
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False, base_url=page.evaluate("origin"))
    plain = context.new_page()
    plain.goto("/")
    plain.fill("#question", "Which cranes were lost?")
    plain.keyboard.press("Enter")
    plain.wait_for_selector("#plain .sentence")
    plain.click("#plain .said .marker >> nth=0")
    plain.wait_for_selector("#plain mark#quote")
    assert plain.is_visible("#plain .body")
    context.close()
