"""Pictures of the page's states, at three widths, light and dark, to be looked at: `make shots`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from http_fakes import HARBOUR, RIVAL, UNSURE, FakeAsker, FakeLibrary
from page_browser import a_page

from bot.answers.answer import Answer, Cell, Correction, Difference, Later
from bot.answers.asked import Asked
from bot.answers.origins import Origin
from index.records import Article
from index.storage.records import StoryArticle

TOLD = replace(HARBOUR, published="2020-10-19T23:45Z", body=f"EASTHOLM (CW) — {HARBOUR.body}")
QUESTION = "/?q=Which+cranes+were+lost"
WIDTHS = (360, 768, 1280)
STATES = {  # its address, what is there when it is ready, what is then clicked and ready
    "opening": ("/", "#latest li", "#filters summary", "#presets li >> nth=4"),
    "answer": (f"{QUESTION}&after=Who+is+mayor", ".footing", "", ""),
    "reading": (QUESTION, ".footing", "#sentences .marker >> nth=1", "#article .proof:not(:empty)"),
    "unsure": (f"/?q={UNSURE.replace(' ', '+')}", ".footing", "", ""),
    "absent": ("/?q=Who+rules+Atlantis", ".footing", "", ""),
    "passages": ("/?view=passages&q=cranes", ".passage", "", ""),
    "days": ("/?view=timeline&q=cranes", ".day", "", ""),
    "articles": ("/?view=articles", ".facets .chip", "", ""),
    "stories": ("/?view=stories", ".told", "", ""),
    "copies": ("/?view=copies", ".copied", "", ""),
    "article": (f"/?article={HARBOUR.id}", "#article .body", "", ""),
}
PLAIN = {name: STATES[name][0] for name in ("answer", "absent", "article", "articles", "stories")}


class RichAsker(FakeAsker):
    """Adds what can stand beside an answer."""

    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        if answer.abstention or len(answer.citations) < 2:
            return answer
        one, other = answer.citations[:2]
        figures = (_cell(one.number, one.article, "Three"), _cell(other.number, other.article, "four"))
        return replace(
            answer,
            differences=(Difference("figure", figures),),
            later=(Later(one.number, other.number),),
            corrections=(Correction(one.number, one.start, one.end),),
            origins=(Origin((1, 2), ("Harbour Gazette", "Morning Rival"), "Coast Wire"),),
        )


def _cell(number: int, article: Article, words: str) -> Cell:
    start = article.body.index(words)
    return Cell(number, start, start + len(words))


def shoot(folder: Path) -> None:
    """A file a state, width and scheme; a print sheet; and the pages without JavaScript."""
    folder.mkdir(parents=True, exist_ok=True)
    library = FakeLibrary(TOLD, RIVAL)
    library.told, library.groups = [[StoryArticle(TOLD), StoryArticle(RIVAL, retracts=True)]], [[TOLD, RIVAL]]
    with a_page(RichAsker(library), Path(tempfile.mkdtemp())) as page:
        page.emulate_media(reduced_motion="reduce")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                for name, (address, ready, press, then) in STATES.items():
                    page.goto(address)
                    page.wait_for_selector(ready, state="attached")
                    if press:
                        page.click(press)
                        page.wait_for_selector(then)
                    whole = name not in ("reading", "article")  # an open article covers a narrow window
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=whole)
        page.emulate_media(media="print", color_scheme="light")
        page.goto(QUESTION)
        page.click("#sentences .marker >> nth=1")
        page.wait_for_selector("#article .proof:not(:empty)")
        page.screenshot(path=folder / "print.png", full_page=True)
        browser, origin = page.context.browser, page.evaluate("origin")
        assert browser
        plain = browser.new_page(java_script_enabled=False, base_url=origin)
        for name, address in PLAIN.items():
            plain.goto(address)
            plain.screenshot(path=folder / f"plain-{name}.png", full_page=True)


if __name__ == "__main__":
    shoot(Path(sys.argv[1]))
