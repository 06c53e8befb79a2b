"""The page in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from http_fakes import HARBOUR, HOSTILE, UNSURE, FakeAsker, FakeLibrary, serving
from page_browser import CHROMIUM, NEEDS_CHROMIUM

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings

sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright drives the browser: pip install playwright"
)
pytestmark = NEEDS_CHROMIUM

SETTINGS = HttpSettings(rate_per_address=0, examples=("When did the harbour reopen?",))


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def asker() -> FakeAsker:
    return FakeAsker(FakeLibrary())


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing(tmp_path_factory.mktemp("home") / "keys.json")


@pytest.fixture(scope="module")
def address(asker: FakeAsker, keys: KeyRing) -> Iterator[str]:
    with serving(create_app(asker, asker.library, keys=keys, settings=SETTINGS)) as address:
        yield address


class Seen:
    """What a page did that it must not: errors, refused loads, requests to anywhere else, dialogs."""

    def __init__(self, page: sync_api.Page, address: str) -> None:
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)
        page.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda sent: self._note(sent.url, address))
        page.on("popup", lambda opened: self.troubles.append(opened.url))

    def _note(self, url: str, address: str) -> None:
        if not url.startswith(address):
            self.troubles.append(f"request to {url}")


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    seen = Seen(page, address)
    yield page
    context.close()
    assert seen.troubles == []


def ask(page: sync_api.Page, question: str) -> None:
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".footing")


def marked(page: sync_api.Page) -> str:
    """The marked words of the article that is open, once it was proved."""
    page.wait_for_selector("#article .proof:not(:empty)")
    return "".join(page.locator("#article mark").all_text_contents())


def test_a_question_is_answered_with_numbered_citations(page: sync_api.Page) -> None:
    page.goto("/")
    assert "3 articles from 3 outlets · 19 Oct 2020 – 21 Oct 2020" in page.text_content("#shelf")
    ask(page, "Which cranes were lost?")
    assert page.text_content("#asked") == "Which cranes were lost?"
    said = page.locator("#sentences .said")
    assert said.count() == 2
    assert "“We lost four cranes,” said mayor Ada Lind." in said.nth(1).text_content()
    assert "Ada Lind · Harbour Gazette, from Coast Wire · 19 Oct 2020, 17:45" in said.nth(1).text_content()
    assert page.locator("#sentences .marker").all_text_contents() == ["1", "2"]
    assert page.text_content("#progress") == "Answered with 2 citations from 2 outlets."
    assert page.text_content(".certainty.sure").startswith("✓Sure")


def test_a_citation_opens_its_article_with_the_quoted_words_marked(page: sync_api.Page) -> None:
    """Two emoji stand before the quote: three code points, four UTF-16 units."""
    page.goto("/?q=Which+cranes+were+lost")
    page.click("#sentences .marker >> nth=1")
    assert marked(page) == "“We lost four cranes,” said mayor Ada Lind."
    panel = page.text_content("#article")
    assert "Citation 2" in panel
    assert "Harbour Gazette, from Coast Wire · 19 Oct 2020, 17:45" in panel
    assert f"✓ Checked in your browser: these words stand at characters {HARBOUR.body.index('“')}–" in panel
    assert f"sha256 is {HARBOUR.revision[:12]}" in panel
    shown = page.locator("#article .body p").all_text_contents()
    assert shown == HARBOUR.body.split("\n\n")
    original = page.locator("#article .actions a[target]")
    assert original.get_attribute("href") == HARBOUR.url
    assert original.get_attribute("rel") == "noopener noreferrer nofollow"


def test_a_false_quote_is_found_out_by_the_browser(page: sync_api.Page) -> None:
    page.route("**/articles/gazette-0412**", _altered)
    page.goto("/?q=Which+cranes+were+lost")
    page.click("#sentences .marker >> nth=1")
    page.wait_for_selector("#article .proof:not(:empty)")
    assert "✗" in page.text_content("#article .proof")


def _altered(route: sync_api.Route) -> None:
    response = route.fetch()
    article = response.json()
    article["body"] = article["body"].replace("four cranes", "nine cranes")
    route.fulfill(response=response, json=article)


def test_outlets_stand_side_by_side(page: sync_api.Page) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    sides = page.locator(".sides .side")
    sides.first.wait_for()
    assert page.locator(".sides .outlet").all_text_contents() == ["Morning Rival", "Harbour Gazette"]
    for words in ("Three cranes were lost.", "four cranes"):  # said once, by the answer
        assert page.text_content("main").count(words) == 1
    tops = [sides.nth(n).bounding_box()["y"] for n in range(2)]
    assert tops[0] == tops[1]


def test_an_abstention_shows_why_and_the_nearest_as_no_answer(page: sync_api.Page) -> None:
    page.goto("/?q=Who+rules+Atlantis")
    page.wait_for_selector(".footing")
    answer = page.text_content("#answer")
    for words in ("Not there", "Not in the archive", "mentions 'Atlantis'", "not taken as an answer"):
        assert words in answer
    assert page.locator(".word").all_text_contents() == ["Atlantis"]
    assert page.locator("#sentences .marker").count() == 0
    page.click("text=Read it in the article")
    assert marked(page) == "⚓️🌊 A storm closed the harbour on Friday."


def test_what_may_answer_looks_like_no_answer_and_its_likely_words_stand_out(page: sync_api.Page) -> None:
    page.goto(f"/?q={UNSURE.replace(' ', '+')}")
    page.wait_for_selector(".footing")
    assert page.text_content(".certainty.unsure") == "?Not sure. Closest in the archive:"
    closest = page.locator(".closest blockquote")
    assert closest.all_text_contents() == [
        "The harbour reopened on Monday afternoon, the port authority said.",
        "The harbour reopened at noon on Monday.",
    ]
    assert page.locator(".closest strong").all_text_contents() == ["harbour reopened"] * 2
    assert page.text_content("#progress") == "Not sure."
    page.keyboard.press("ArrowRight")
    assert marked(page) == "The harbour reopened on Monday afternoon, the port authority said."


def test_a_hostile_article_is_only_words(page: sync_api.Page) -> None:
    page.goto("/")
    page.wait_for_selector("#latest li")
    ask(page, "Is the lighthouse burned?")
    assert "<b>burned</b> [click](javascript:alert(1))" in page.text_content("#sentences")
    page.click("#sentences .marker")
    marked(page)
    assert page.text_content("#article-title") == HOSTILE.title.replace("\u202e", "")
    assert page.locator("#article .body").text_content().startswith("<script>document.title")
    assert page.locator("main :is(script, img, iframe, object, b, style, link)").count() == 0
    assert page.locator("main a[href^='javascript']").count() == 0
    own = "links => links.every((one) => /^(ask|timeline|)\\?/.test(one.getAttribute('href')))"
    assert page.eval_on_selector_all("main a", own)
    assert "owned" not in page.title()
    for override in "\u202e\u2067\u202c":
        assert override not in page.text_content("body")
    direction = "e => [getComputedStyle(e).unicodeBidi, e.dir]"
    assert page.eval_on_selector("#answer .outlet", direction) == ["isolate", "auto"]


def test_an_address_that_names_somebody_before_its_host_leads_nowhere(page: sync_api.Page) -> None:
    page.goto("/")
    leads = "async url => (await import('/page/dom.js')).webAddress(url)"
    assert page.evaluate(leads, "https://bank.example@evil.example/x") is None
    assert page.evaluate(leads, "https://bank.example/@ada") == "https://bank.example/@ada"


def test_the_policy_stops_what_the_page_would_never_do(browser: sync_api.Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    refused = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "document.title = 'owned'";
            document.body.append(script);
        })"""
    )
    assert refused.startswith("script-src")
    assert page.title() == "Dateline"
    page.close()


def test_keys_are_enough(page: sync_api.Page) -> None:
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    active = "document.activeElement.id"
    page.keyboard.press("ArrowRight")
    marked(page)
    assert page.evaluate(active) == "article"
    assert page.get_attribute("#article", "data-citation") == "1"
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#article[data-citation='2'] .proof:not(:empty)")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#article[data-citation='1'] .proof:not(:empty)")
    page.keyboard.press("Escape")
    assert page.is_hidden("#article")
    assert page.evaluate("document.activeElement.dataset.citation") == "1"  # back where it was opened
    page.keyboard.press("/")
    assert page.evaluate(active) == "question"
    page.keyboard.type("harbour/ferries")
    assert page.input_value("#question") == "harbour/ferries"


def test_an_address_asks_again_with_its_filters_and_back_goes_back(page: sync_api.Page) -> None:
    page.goto("/?q=cranes&outlet=Harbour+Gazette&since=2020-10-01")
    page.wait_for_selector(".footing")
    assert page.locator("#sentences .said").count() == 1
    assert "Only articles from Harbour Gazette, since 1 Oct 2020" in page.text_content(".footing")
    assert page.locator("#chosen li").all_text_contents() == ["Harbour Gazette ×"]
    page.click("#chosen button")
    page.fill("#since", "")
    ask(page, "storm")
    assert page.url.endswith("/?q=storm")
    page.go_back()
    page.wait_for_selector("#asked:has-text('cranes')")
    assert page.input_value("#since") == "2020-10-01"


def test_filters_that_are_chosen_are_sent(page: sync_api.Page, asker: FakeAsker) -> None:
    page.goto("/")
    page.wait_for_selector("#latest li")
    page.click("#filters summary")
    page.fill("#outlet", "Morning Rival")
    page.fill("#as_of", "2020-10-20")
    ask(page, "Which cranes were lost?")
    filters = asker.asked[-1].filters
    assert (filters.outlet, filters.as_of) == (("Morning Rival",), "2020-10-20")
    assert page.locator("#sentences .said").count() == 1


def test_an_example_is_one_click(page: sync_api.Page) -> None:
    page.goto("/")
    page.click("#examples button")
    page.wait_for_selector(".footing")
    assert page.text_content("#asked") == "When did the harbour reopen?"


def test_a_citation_is_copied_with_its_place(page: sync_api.Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/?q=Which+cranes+were+lost")
    page.click(".side:has-text('Gazette') button:has-text('Copy citation')")
    page.wait_for_selector("button:has-text('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“‘We lost four cranes,’ said mayor Ada Lind.” — Harbour Gazette (Coast Wire)")
    assert HARBOUR.url in copied
    assert f"revision {HARBOUR.revision[:12]}" in copied


def test_a_question_can_be_stopped_and_the_server_hears_of_it(page: sync_api.Page, asker: FakeAsker) -> None:
    page.goto("/")
    before = asker.given_up
    asker.seconds = 30
    try:
        page.fill("#question", "Which cranes were lost?")
        page.keyboard.press("Enter")
        page.wait_for_selector("#progress:has-text('Reading')")
        assert page.text_content("#go") == "Stop"
        page.keyboard.press("Escape")
        page.wait_for_selector("#progress:has-text('Stopped.')")
        page.wait_for_timeout(500)
        assert asker.given_up == before + 1
    finally:
        asker.seconds = 0


def test_on_a_phone_the_article_covers_the_page_and_nothing_is_cut(
    browser: sync_api.Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    for path in ("/", "/?q=Which+cranes+were+lost", "/?q=lighthouse"):
        page.goto(path)
        page.wait_for_selector("#latest li" if path == "/" else ".footing", state="attached")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.tap("#sentences .marker")
    marked(page)
    assert page.locator("#article").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert page.get_attribute("#article", "aria-modal") == ""
    assert page.evaluate("document.getElementById('column').inert")
    page.tap("#article .close")
    assert not page.evaluate("document.getElementById('column').inert")
    context.close()


def test_dark_mode_is_dark_and_readable(browser: sync_api.Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    paper, ink, soft = (
        _luminance(page.evaluate(f"getComputedStyle(document.querySelector('{where}')).{what}"))
        for where, what in (("body", "backgroundColor"), ("body", "color"), (".byline", "color"))
    )
    assert paper < 0.05
    assert (ink + 0.05) / (paper + 0.05) > 7  # WCAG AAA
    assert (soft + 0.05) / (paper + 0.05) > 4.5  # WCAG AA
    context.close()


def _luminance(colour: str) -> float:
    """The relative luminance of "rgb(r, g, b)", 0 to 1 (WCAG 2.2)."""
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_locked_server_asks_for_the_key(browser: sync_api.Browser, tmp_path: Path) -> None:
    library = FakeLibrary()
    ring = KeyRing(tmp_path / "keys.json")
    app = create_app(FakeAsker(library), library, keys=ring, settings=HttpSettings(require_key=True))
    with serving(app) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#key-field")
        page.fill("#key", ring.add("reader"))
        ask(page, "Which cranes were lost?")
        assert page.is_hidden("#key-field")
        assert page.locator("#sentences .said").count() == 2
        page.close()


def test_a_problem_is_told_in_words(browser: sync_api.Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/ask/stream", lambda route: route.fulfill(status=502, body="<h1>proxy</h1>"))
    page.goto(address)
    page.fill("#question", "cranes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice[role=alert]")
    assert "The server answered 502." in page.text_content(".notice[role=alert]")
    page.close()


def test_a_busy_server_is_asked_again_by_itself(browser: sync_api.Browser, address: str) -> None:
    page = browser.new_page()
    busy = {"status": 503, "headers": {"Retry-After": "1"}, "json": {"detail": "busy"}}
    page.route("**/ask/stream", lambda route: route.fulfill(**busy), times=1)
    page.goto(address)
    ask(page, "Which cranes were lost?")
    assert page.locator("#sentences .said").count() == 2
    page.close()
