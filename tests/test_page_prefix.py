"""The page behind a proxy, under a path of its own."""

from __future__ import annotations

from pathlib import Path

from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.http.settings import HttpSettings

pytestmark = NEEDS_CHROMIUM


def test_the_page_asks_opens_and_takes_along_under_a_prefix(tmp_path: Path) -> None:
    settings = HttpSettings(root_path="/desk/news")
    with a_page(FakeAsker(FakeLibrary()), tmp_path, settings) as page:
        elsewhere: list[str] = []
        page.on("request", lambda one: "/desk/news/" in one.url or elsewhere.append(one.url))
        page.goto("/desk/news/")
        page.get_by_role("searchbox").or_(page.locator("#question")).first.fill("Which cranes were lost?")
        page.keyboard.press("Enter")
        page.get_by_text("We lost four cranes").first.wait_for()
        assert "/desk/news/?q=Which" in page.url
        taken = page.get_by_role("link", name="newsroom line")
        with page.expect_navigation():
            taken.click()
        assert "Harbour Gazette, printing Coast Wire" in page.locator("body").inner_text()
        page.go_back()
        page.get_by_text("We lost four cranes").first.wait_for()
        page.locator("#home").click()
        assert page.url.endswith("/desk/news/")
        assert elsewhere == []
