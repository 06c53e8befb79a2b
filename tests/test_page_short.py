"""The words that answer, bold on the page: the same letters, in their quotation, nothing of them parsed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

from http_fakes import FakeAsker, FakeLibrary, serving  # noqa: E402

from bot.answering.answer import Answer, Sentence  # noqa: E402
from bot.http.app import create_app  # noqa: E402
from bot.http.keys import KeyRing  # noqa: E402
from bot.http.needs import Asked  # noqa: E402
from index.records import Span  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
SHORTS = ("Friday", "<b>burned</b>")  # one follows emoji, which are two units of JavaScript's each

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


class ShortAsker(FakeAsker):
    """Marks the first of `SHORTS` that a sentence has."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        return replace(answer, sentences=tuple(_marked(one) for one in answer.sentences))


def _marked(sentence: Sentence) -> Sentence:
    words = next((one for one in SHORTS if one in sentence.text), None)
    if words is None:
        return sentence
    start = sentence.text.index(words)
    return replace(sentence, short=Span(start, start + len(words)))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[sync_api.Page]:
    asker = ShortAsker(FakeLibrary())
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"))
    with serving(app) as address, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        page.set_default_timeout(20_000)
        yield page
        browser.close()


@pytest.mark.parametrize(("question", "short"), [("storm+closed", SHORTS[0]), ("lighthouse", SHORTS[1])])
def test_the_words_that_answer_are_bold_inside_their_quotation(
    page: sync_api.Page, question: str, short: str
) -> None:
    page.goto(f"/?q={question}")
    page.wait_for_selector(".footing")
    bold = page.locator("#sentences .said strong").first
    assert bold.text_content() == short
    assert int(bold.evaluate("one => getComputedStyle(one).fontWeight")) >= 600
    said = page.locator("#sentences .said", has=page.locator("strong")).first
    assert f" {short}" in said.text_content()
    assert page.locator("#sentences b").count() == 0
