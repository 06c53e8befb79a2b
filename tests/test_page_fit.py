"""The page holds whatever an archive holds: no letter stands outside a narrow window, in any font or size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary, serving
from page_browser import CHROMIUM, NEEDS_CHROMIUM, PATIENCE_MS

from bot.answers.answer import Answer, Cell, DatedWords, Difference
from bot.answers.asked import Asked
from bot.answers.notes import ReadAs
from bot.answers.origins import Origin
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from index.storage.records import StoryArticle

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = NEEDS_CHROMIUM

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LINK = "https://www.example.com/a/very/long/path/with/no/place/to/break/it?query=abcdefghijklmnopqrstuvwxyz"
LONG = replace(
    HARBOUR,
    id="long",
    title=f"{WORD} {LINK}",
    outlet=f"The {WORD} Gazette",
    agency=f"{WORD} Wire",
    body=f"The {WORD} burned at {LINK} and cranes were lost. “{WORD} was lost,” said {WORD}.",
)
COPY = replace(LONG, id="copy", outlet="W" * 60, body=LONG.body.replace("burned", "sank"))
WIDTHS = (320, 360, 390, 768, 1280)
FONTS = ("", "DejaVu Sans", "Liberation Sans", "DejaVu Sans Mono, monospace")
VIEWS = {
    "/": "#latest li",
    "/?q=Which+cranes+were+lost": ".footing",
    f"/?q=cranes&outlet={WORD}&since=2020-01-01&until=2021-01-01&as_of=2021-01-01": ".footing",
    f"/?q=Who+rules+Atlantis+{WORD}": ".footing",
    "/?view=copies": ".copied",
    "/?view=stories": ".told",
    "/?view=articles": ".facets .chip",
    f"/?view=passages&q=cranes+{WORD}": ".passage",
    f"/?view=timeline&q=cranes+{WORD}": ".day",
    f"/?view=copies&article={WORD}": ".notice",
}
OUTSIDE = """() => {
    const page = document.documentElement;
    const right = (one) => Math.round(one.getBoundingClientRect().right);
    const drawn = (one) => one.getBoundingClientRect().width
        && !one.closest(".unseen, .skip, datalist, details:not([open]) > *");
    const outside = (one) => one.getBoundingClientRect().left < -0.5 || right(one) > page.clientWidth;
    const found = [...document.querySelectorAll("body *")].filter((one) => drawn(one) && outside(one));
    const names = found.map((one) => `${one.tagName}.${one.className} to ${right(one)}`);
    return page.scrollWidth > page.clientWidth ? ["the page itself", ...names] : names;
}"""


class WordyAsker(FakeAsker):
    """Says everything that an answer can say, in long words, with many citations."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        if answer.abstention:
            return replace(answer, abstention=replace(answer.abstention, missing=(WORD, "W" * 50)))
        numbers = tuple(one.number for one in answer.citations)
        cells = tuple(Cell(one.number, one.start, one.end) for one in answer.citations)
        last = answer.citations[-1]
        told = replace(answer.sentences[0], citations=numbers * 6, also_in=(WORD,), role=f"head of {WORD}")
        return replace(
            answer,
            sentences=(told, *answer.sentences),
            differences=(Difference("figure", cells),),
            dates=(
                DatedWords(last.number, last.start, last.start + 4, "2020-10-12", "2020-10-18", exact=False),
            ),
            origins=(Origin(numbers, (WORD, "Evening Post"), WORD),),
            notes=(ReadAs(f"a note on {WORD}"),),
        )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library = FakeLibrary(HARBOUR, RIVAL, HOSTILE, LONG, COPY)
    library.groups = [[LONG, COPY]]
    library.told = [[StoryArticle(HARBOUR), StoryArticle(LONG, retracts=True), StoryArticle(RIVAL)]]
    keys = KeyRing(tmp_path_factory.mktemp("home") / "keys.json")
    settings = HttpSettings(rate_per_address=0, examples=(f"What did the {WORD} lose?",))
    with serving(create_app(WordyAsker(library), library, keys=keys, settings=settings)) as address:
        yield address


@pytest.fixture(scope="module", params=[16, 24, 32])
def page(address: str, request: pytest.FixtureRequest) -> Iterator[sync_api.Page]:
    """A page whose letters are as large as people set them in their browser: 100, 150 or 200 percent."""
    size = f"--blink-settings=defaultFontSize={request.param}"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", size])
        page = browser.new_page(base_url=address, bypass_csp=True)  # the policy forbids other styles
        page.set_default_timeout(PATIENCE_MS)
        yield page
        browser.close()


@pytest.mark.parametrize(("view", "ready"), VIEWS.items())
def test_nothing_stands_outside_the_window(page: sync_api.Page, view: str, ready: str) -> None:
    page.goto(view)
    page.wait_for_selector(ready, state="attached")
    if view == "/":
        page.click("#filters summary")
    assert in_every_window(page) == {}


def test_the_article_stays_within_the_window(page: sync_api.Page) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    page.click("#sentences .marker >> nth=0")
    page.wait_for_selector("#article .proof:not(:empty)")
    assert page.locator("#article .same-story button").count() == 2
    assert in_every_window(page) == {}


def in_every_window(page: sync_api.Page) -> dict[str, list[str]]:
    """What stands outside, by width and font."""
    found: dict[str, list[str]] = {}
    for font in FONTS:
        style = page.add_style_tag(content=f"* {{ font-family: {font} !important }}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            outside = page.evaluate(OUTSIDE)
            if outside:
                found[f"{width} {font}"] = outside[:3]
        style.evaluate("one => one.remove()")
    return found
