"""Generated answers on a terminal and on the page: no word and no citation lost, nothing obeyed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from generated_answers import answers
from http_fakes import FakeAsker, FakeLibrary
from hypothesis import HealthCheck, given, settings
from page_browser import NEEDS_CHROMIUM, a_page

from bot.answers.answer import Answer
from bot.answers.citation import Citation
from bot.answers.lines import plain
from bot.showing.json import answer_body
from bot.showing.terminal import WIDEST, print_answer

MANY, AT_ONCE = 10_000, 250
# What the page makes of an answer, as `page.js` puts it together.
SHOWN = """async (answers) => {
  const { abstention, sentenceParts, sources } = await import("/page/answer.js");
  return answers.map((answer) => {
    const open = () => {};
    const told = document.createElement("div");
    for (const sentence of answer.sentences) {
      const cited = answer.citations.filter((one) => sentence.citations.includes(one.number));
      told.append(sentenceParts(sentence, cited, open, answer.dates));
    }
    told.append(answer.abstention ? abstention(answer, open) : sources(answer, open));
    const all = [...told.querySelectorAll("*")];
    return {
      text: told.textContent,
      tags: [...new Set(all.map((one) => one.localName))],
      obeyed: all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith("on")),
      leads: [...told.querySelectorAll("[href],[src]")].map((one) => one.getAttribute("href") ?? "src"),
      marked: [...told.querySelectorAll("[data-citation]")].map((one) => Number(one.dataset.citation)),
    };
  });
}"""
OBEYED = {"script", "style", "iframe", "object", "embed", "img", "svg", "form", "link", "base", "meta"}


def letters(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isalnum())


def cited(answer: Answer) -> Sequence[Citation]:
    return answer.abstention.nearest if answer.abstention else answer.citations


def check_terminal(answer: Answer) -> None:
    file = StringIO()
    print_answer(answer, file)
    shown = file.getvalue()
    assert not {unicodedata.category(one) for one in shown.replace("\n", "")} & {"Cc", "Cf", "Cs", "Co"}
    assert max(map(len, shown.splitlines()), default=0) <= WIDEST
    told = letters(shown)
    for sentence in answer.sentences:
        assert letters(sentence.text) in told
    for one in cited(answer):
        assert f"[{one.number}]" in shown
        assert letters(one.quote) in told


def check_page(answer: Answer, shown: dict[str, object]) -> None:
    told = letters(str(shown["text"]))
    for words in (*(one.text for one in answer.sentences), *(one.quote for one in cited(answer))):
        assert letters(words) in told
    assert {one.number for one in answer.citations} <= set(shown["marked"])
    assert not OBEYED & set(shown["tags"])
    assert shown["obeyed"] == []
    assert all(str(one).startswith(("https://", "http://")) for one in shown["leads"])


@given(answers())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_terminal_loses_nothing_and_obeys_nothing(answer: Answer) -> None:
    check_terminal(answer)


@pytest.mark.soak
@NEEDS_CHROMIUM
def test_ten_thousand_answers_on_the_page_and_the_terminal(
    tmp_path: Path, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    held: list[Answer] = []

    @given(answers())
    @settings(max_examples=many(MANY), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def each(answer: Answer) -> None:
        check_terminal(answer)
        held.append(answer)

    each()
    with a_page(FakeAsker(FakeLibrary()), tmp_path) as page:
        page.goto("/")
        for start in range(0, len(held), AT_ONCE):
            some = held[start : start + AT_ONCE]
            sent = [json.loads(answer_body(one).model_dump_json()) for one in some]
            for answer, shown in zip(some, page.evaluate(SHOWN, sent), strict=True):
                check_page(answer, shown)
    figure(
        f"{len(held):,} answers on the page and on a terminal: no word and no citation lost, nothing obeyed"
    )
    assert len(held) >= many(MANY)
