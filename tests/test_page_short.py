"""The words that answer, bold on the page: the same letters, in their quotation, nothing of them parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answers.answer import Answer, Sentence
from bot.answers.asked import Asked
from index.records import Span

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHORTS = ("Friday", "<b>burned</b>")  # one follows emoji, which are two units of JavaScript's each

pytestmark = NEEDS_CHROMIUM


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
def page(tmp_path: Path) -> Iterator[Page]:
    with a_page(ShortAsker(FakeLibrary()), tmp_path) as page:
        yield page


@pytest.mark.parametrize(("question", "short"), [("storm+closed", SHORTS[0]), ("lighthouse", SHORTS[1])])
def test_the_words_that_answer_are_bold_inside_their_quotation(page: Page, question: str, short: str) -> None:
    page.goto(f"/?q={question}")
    page.wait_for_selector(".footing")
    bold = page.locator("#sentences .said strong").first
    assert bold.text_content() == short
    assert int(bold.evaluate("one => getComputedStyle(one).fontWeight")) >= 600
    said = page.locator("#sentences .said", has=page.locator("strong")).first
    assert f" {short}" in (said.text_content() or "")
    assert page.locator("#sentences b").count() == 0
