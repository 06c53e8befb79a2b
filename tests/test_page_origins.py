"""The page's list of copies in a real browser: what is an origin, who copied it, where copies differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary, serving
from page_browser import CHROMIUM, NEEDS_CHROMIUM

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.origins import Origin
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from index.records import Article

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = NEEDS_CHROMIUM

COPY = replace(
    HARBOUR,
    id="copy",
    title="Port open again",
    outlet="Evening Post",
    published="2020-10-20",
    body=HARBOUR.body.replace("four", "five").replace("\n\nFerries run again from Tuesday.", ""),
)
HOSTILE_COPY = replace(
    HOSTILE, id="hostile-copy", body=HOSTILE.body.replace("<b>", "<i>"), outlet="<b>Bold</b>"
)
PAGED = 14  # a page has 10
SHIFTS = """() => new Promise((done) => {
    const seen = (list) => done(list.getEntries().reduce((sum, one) => sum + one.value, 0));
    new PerformanceObserver(seen).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(0), 300);
})"""


class CopiedAsker(FakeAsker):
    """Says that the harbour's story is a copy of a wire."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        mine = tuple(one.number for one in answer.citations if one.article.id == HARBOUR.id)
        wire = Origin(mine, ("Harbour Gazette", "Evening Post", "Coast Daily"), "Coast Wire")
        if "cranes" in question.text:
            return replace(answer, origins=(Origin((1,), ("Morning Rival",)), wire))
        return replace(answer, origins=(wire,))


def many(number: int) -> list[Article]:
    one = replace(RIVAL, id=f"many-{number}", title=f"Report {number}")
    return [one, replace(one, id=f"many-{number}-copy", outlet="Evening Post")]


@pytest.fixture(scope="module")
def library() -> FakeLibrary:
    groups = [[HARBOUR, COPY], [HOSTILE, HOSTILE_COPY], *(many(number) for number in range(PAGED - 2))]
    library = FakeLibrary(HARBOUR, RIVAL, HOSTILE, *(one for group in groups for one in group))
    library.groups = groups
    return library


@pytest.fixture(scope="module")
def asker(library: FakeLibrary) -> CopiedAsker:
    return CopiedAsker(FakeLibrary())


@pytest.fixture(scope="module")
def address(
    library: FakeLibrary, asker: CopiedAsker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    keys = KeyRing(tmp_path_factory.mktemp("home") / "keys.json")
    with serving(create_app(asker, library, keys=keys, settings=HttpSettings(rate_per_address=0))) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert troubles == []


def test_a_link_leads_to_the_copies_by_keyboard_too(page: sync_api.Page) -> None:
    page.goto("/")
    link = page.locator(".shelf a")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".copied")
    assert page.evaluate("location.search") == "?view=copies"
    assert page.title() == "Copies · Dateline"
    assert page.is_hidden("#opening")
    assert page.evaluate("document.activeElement.id") == "copies-title"
    page.go_back()
    page.wait_for_selector("#latest li")
    assert page.is_hidden("#copies")
    page.click(".rooms a >> text=Copies")
    page.wait_for_selector(".copied")


def test_an_origin_names_its_copies_and_where_they_differ(page: sync_api.Page) -> None:
    page.goto("/?view=copies")
    first = page.locator(".copied").first
    assert first.locator(".headline").text_content() == HARBOUR.title
    assert "2 outlets, 2 articles · from Coast Wire" in first.text_content()
    rows = first.locator(".copies > li")
    assert "Harbour Gazette · 19 Oct 2020, 17:45 · the earliest here" in rows.nth(0).text_content()
    assert "Evening Post · 20 Oct 2020 · 2 places differ" in rows.nth(1).text_content()
    assert first.locator(".headed").text_content() == "Port open again"
    noted = first.locator(".noted li")
    assert noted.nth(0).locator("strong").all_text_contents() == ["four", "five"]
    assert "left out" in noted.nth(1).text_content()
    assert "the same words" in page.locator(".copied").nth(2).text_content()


def test_words_that_differ_are_marked_in_their_article_and_proved(page: sync_api.Page) -> None:
    page.goto("/?view=copies")
    run = page.locator(".run").nth(1)
    run.click()
    page.wait_for_selector("#article .proof:not(:empty)")
    assert page.text_content("#article mark") == "five"
    assert "✓ Checked in your browser" in page.text_content("#article")
    assert page.text_content("#article .panel-top .label") == "Article"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "run"


def test_the_origins_of_an_answer_lead_to_their_copies_and_back_without_asking_again(
    page: sync_api.Page, asker: CopiedAsker
) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    assert "4 outlets, 2 origins · copies of [2]" in page.text_content("#answer .origins")
    asked = len(asker.asked)
    page.click("#answer .origins a")
    page.wait_for_selector(".copied")
    assert page.locator(".copied").count() == 1
    assert page.text_content(".copied .headline") == HARBOUR.title
    page.click("text=All copies in this archive")
    page.wait_for_selector(".more")
    page.go_back()
    page.go_back()
    page.wait_for_selector(".footing")
    assert page.text_content("#asked") == "Which cranes were lost"
    assert page.is_hidden("#copies")
    assert len(asker.asked) == asked
    page.goto("/?q=Do+ferries+run")
    page.wait_for_selector(".footing")
    assert page.text_content("#answer .origins a") == "3 outlets, 1 origin (Coast Wire)"


def test_many_origins_come_page_by_page(page: sync_api.Page) -> None:
    page.goto("/?view=copies")
    page.wait_for_selector(".copied")
    assert page.locator(".copied").count() == 10
    assert f"{PAGED} texts with copies" in page.text_content("#copies")
    page.focus(".more")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".copied >> nth={PAGED - 1}")
    assert page.locator(".more").count() == 0
    focused = (
        "[...document.querySelectorAll('.copied')].findIndex((one) => one.contains(document.activeElement))"
    )
    assert page.evaluate(focused) == 10


def test_words_of_a_hostile_copy_are_only_words(page: sync_api.Page) -> None:
    page.goto("/?view=copies")
    page.wait_for_selector(".copied")
    second = page.locator(".copied").nth(1)
    assert "<b>Bold</b>" in second.text_content()
    assert page.locator("#copies :is(script, img, b, i, a)").count() == 0
    assert "\u202e" not in page.text_content("#copies")
    assert page.title() == "Copies · Dateline"


def test_an_archive_without_copies_says_so_and_a_problem_is_told(
    browser: sync_api.Browser, address: str, tmp_path: Path
) -> None:
    library = FakeLibrary()
    app = create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))
    page = browser.new_page()
    with serving(app) as empty:
        page.goto(f"{empty}/?view=copies")
        page.wait_for_selector("#copies >> text=No article here is a copy of another.")
    page.goto(f"{address}/?view=copies&article=no-such")
    page.wait_for_selector("#copies .notice[role=alert]")
    page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_moves_nothing_and_fits(browser: sync_api.Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto("/?view=copies")
    page.wait_for_selector(".copied")
    page.wait_for_timeout(200)
    assert page.evaluate(SHIFTS) < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.tap(".run >> nth=0")
    page.wait_for_selector("#article .proof:not(:empty)")
    assert page.evaluate("document.getElementById('column').inert") == (width == 360)
    context.close()
