"""Where outlets differ and what relative dates mean, on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answers.answer import Answer, Cell, DatedWords, Difference
from bot.answers.asked import Asked

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


class NewsAsker(FakeAsker):
    """Adds that the two outlets differ in a figure, and what a relative date means."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        one, other = answer.citations
        cells = []
        for citation, words in ((one, "Three"), (other, "four")):
            start = citation.article.body.index(words)
            cells.append(Cell(citation.number, start, start + len(words)))
        at = other.article.body.index("four")
        dated = DatedWords(other.number, at, at + 4, "2020-10-12", "2020-10-18", exact=False)
        return replace(answer, differences=(Difference("figure", tuple(cells)),), dates=(dated,))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with a_page(NewsAsker(FakeLibrary()), tmp_path) as page:
        yield page


def test_differences_and_dates_stand_beside_the_quotations(page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/?q=Which+cranes+were+lost")
    page.wait_for_selector(".footing")
    assert page.locator(".difference h4").all_text_contents() == ["The figures differ"]
    cells = page.locator(".cells li")
    assert [cells.nth(n).locator("q").text_content() for n in range(2)] == ["Three", "four"]
    assert "Morning Rival" in (cells.nth(0).text_content() or "")
    assert "Harbour Gazette" in (cells.nth(1).text_content() or "")
    assert cells.locator(".marker").all_text_contents() == ["1", "2"]
    said = page.locator("#sentences .said").nth(1).text_content() or ""
    assert "four is about 12 Oct 2020 to 18 Oct 2020" in said
    cells.nth(1).locator(".marker").click()
    page.wait_for_selector("#article .proof:not(:empty)")
    assert errors == []
