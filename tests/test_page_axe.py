"""The page keeps WCAG 2.2 AA as far as axe-core tells; `make axe` fetches it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from http_fakes import HARBOUR, RIVAL, UNSURE, FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from index.storage.records import StoryArticle

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / ".axe" / "package" / "axe.min.js"
pytestmark = [
    NEEDS_CHROMIUM,
    pytest.mark.soak,  # 20 s for each scheme
    pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here: make axe"),
]
STATES = {
    "/": "#latest li",
    "/?q=Which+cranes+were+lost": ".footing",
    f"/?q={UNSURE.replace(' ', '+')}": ".footing",
    "/?q=Who+rules+Atlantis&outlet=Morning+Rival&after=Which+cranes+were+lost": ".footing",
    "/?view=articles&outlet=Morning+Rival": ".facets .chip",
    "/?view=stories": ".told",
    "/?view=copies": ".copied",
    f"/?view=copies&article={HARBOUR.id}": "#stories-title",
    "/?view=feeds": "#copies .hint",
    "/?view=passages&q=cranes": ".passage",
    "/?view=timeline&q=cranes": ".day",
    f"/?article={HARBOUR.id}&start=8&end=30#quote": "#article .proof:not(:empty)",
}
PLAIN = ("/?q=Which+cranes+were+lost", "/?q=Who+rules+Atlantis", f"/?article={HARBOUR.id}", "/?view=articles")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FOUND = """async (rules) => (await axe.run(document, {runOnly: rules})).violations
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target)}`)"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    library = FakeLibrary()
    library.groups, library.told = [[HARBOUR, RIVAL]], [[StoryArticle(HARBOUR), StoryArticle(RIVAL)]]
    with a_page(FakeAsker(library), tmp_path_factory.mktemp("home")) as page:
        page.emulate_media(reduced_motion="reduce")
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_page_violates_a_rule(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: dict[str, list[str]] = {}
    for state, ready in STATES.items():
        page.goto(state)
        page.wait_for_selector(ready, state="attached")
        if state == "/":
            page.click("#filters summary")
            page.wait_for_selector("#presets li >> nth=4")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate(FOUND, RULES)
        if violations:
            found[state] = violations
    assert found == {}


def test_no_page_without_javascript_violates_a_rule(page: Page) -> None:
    """Axe is a script itself: the page's own are kept back."""
    page.route("**/page/*.js", lambda route: route.abort())
    found: dict[str, list[str]] = {}
    for state in PLAIN:
        page.goto(state)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        if violations := page.evaluate(FOUND, RULES):
            found[state] = violations
    page.unroute("**/page/*.js")
    assert found == {}
