"""A correction in a cited article stands beside the answer: in JSON, in Markdown and on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from http_fakes import HARBOUR, RIVAL, FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answering.corrections import corrections_of
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.showing.json import answer_body
from bot.showing.markdown import answer_markdown
from index.records import Span

NOTE = "Correction: An earlier version of this article said that <b>nine</b> cranes were lost."
CORRECTED = replace(HARBOUR, body=f"{HARBOUR.body}\n\n{NOTE}")


class CorrectedAsker(FakeAsker):
    async def ask(self, question: Asked) -> Answer:
        answer = await super().ask(question)
        return replace(answer, corrections=corrections_of(answer.citations))


def test_a_note_is_told_once_an_article_and_not_where_it_is_cited_itself() -> None:
    at = CORRECTED.body.index("four"), CORRECTED.body.index("noon")
    cited = [cite(CORRECTED, Span(start, start + 4), number=n) for n, start in enumerate(at, start=2)]
    rival = cite(RIVAL, Span(0, 11), number=1)
    (note,) = corrections_of([rival, *cited])
    assert (note.citation, CORRECTED.body[note.start : note.end]) == (2, NOTE)
    whole = cite(CORRECTED, Span(note.start, note.end), number=4)
    assert corrections_of([*cited, whole]) == ()
    answer = Answer("Q?", citations=(rival, *cited), corrections=(note,))
    assert answer_body(answer).model_dump(mode="json")["corrections"] == [
        {"citation": 2, "text": NOTE, "start": note.start, "end": note.end}
    ]
    assert r"carries a correction: “Correction: An earlier version of this article said that \<b\>nine" in (
        answer_markdown(answer)
    )


@NEEDS_CHROMIUM
def test_the_page_shows_the_note_and_proves_it(tmp_path: Path) -> None:
    with a_page(CorrectedAsker(FakeLibrary(CORRECTED, RIVAL)), tmp_path) as page:
        page.goto("/?q=When+did+the+harbour+reopen")
        page.wait_for_selector(".footing")
        assert NOTE in (page.text_content(".corrections") or "")
        assert "Harbour Gazette, from Coast Wire corrects its article [" in (
            page.text_content(".corrections") or ""
        )
        page.click(".corrections button")
        page.wait_for_selector("#article .proof:not(:empty)")
        assert page.text_content("#article mark") == NOTE
        assert "✓ Checked" in (page.text_content("#article .proof") or "")
