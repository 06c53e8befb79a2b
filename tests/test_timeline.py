"""One subject over time: dated, proved, one a day and origin, the oldest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from http_fakes import HARBOUR, RIVAL, FakeAsker, FakeLibrary, sentences
from starlette.testclient import TestClient

from bot.answering.timeline import Timeline, timeline_of
from bot.cli import run
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.language.lexicon import load_lexicon
from bot.showing.timeline import bar_lines, timeline_text
from bot.showing.wording import words_of
from index.records import Article, Filters, Hit, Passage, Span
from index.storage.records import StoryArticle


def hit(article: Article, *, origin: str = "", score: float = 1.0, copies: tuple[Article, ...] = ()) -> Hit:
    body, spans = article.body, tuple(sentences(article.body))
    passage = Passage(article.id, article.revision, 0, 0, len(body), body, spans)
    return Hit(passage, article, score, origin or article.id, copies=copies)


def told(subject: str, *hits: Hit, library: FakeLibrary | None = None, limit: int = 40) -> Timeline:
    shelf = library or FakeLibrary(*{one.article.id: one.article for one in hits}.values())
    return timeline_of(subject, hits, shelf, lexicon=load_lexicon(), limit=limit)


def on(day: str | None, body: str, *, outlet: str = "Gazette") -> Article:
    return Article(f"{outlet}-{day}", "Port", body, outlet=outlet, published=day)


def test_steps_are_of_their_day_proved_and_the_oldest_first() -> None:
    late, early = on("2020-12-01", "Rain fell. The harbour closed."), on("2020-10-03", "The harbour opened.")
    found = told("the harbour", hit(late), hit(early))
    assert [(step.day, step.citation.quote) for step in found.steps] == [
        ("2020-10-03", "The harbour opened."),
        ("2020-12-01", "The harbour closed."),  # the sentence on the subject, not the first
    ]
    assert [step.citation.number for step in found.steps] == [1, 2]
    assert found.months == (("2020-10", 1), ("2020-11", 0), ("2020-12", 1))
    assert bar_lines(found, words_of())[:2] == ["Oct 2020  █ 1", "Nov 2020   0"]


@pytest.mark.parametrize(
    ("counts", "blocks"), [((1, 2), (1, 2)), ((4, 1), (4, 1)), ((8, 4), (4, 2)), ((40, 1), (4, 1))]
)
def test_a_bar_has_a_block_an_article_as_long_as_the_longest_fits(
    counts: tuple[int, int], blocks: tuple[int, int]
) -> None:
    months = tuple((f"2020-1{number}", count) for number, count in enumerate(counts))
    lines = bar_lines(Timeline("the harbour", months=months), words_of(), width=4)
    assert tuple(line.count("█") for line in lines) == blocks


def test_of_more_than_two_years_the_bar_has_a_line_a_year_and_a_column_a_month() -> None:
    days = ["2018-01-03", "2018-12-03", "2018-12-04", "2021-06-30"]
    found = told("the harbour", *(hit(on(day, "The harbour opened.")) for day in days))
    assert len(found.months) == 42
    assert bar_lines(found, words_of()) == ["2018  ▁··········▂ 3", "2021  ·····▁······ 1"]


def test_a_day_and_origin_has_one_step_and_copies_are_named() -> None:
    one, other = on("2020-10-03", "The harbour opened."), on("2020-10-03", "Harbour opened.", outlet="Rival")
    found = told("harbour", hit(one, origin="o", copies=(other,)), hit(other, origin="o", score=0.5))
    assert [(step.citation.article.outlet, step.also_in) for step in found.steps] == [("Gazette", ("Rival",))]
    assert found.months == (("2020-10", 2),)


def test_what_has_no_day_or_is_not_near_is_no_step() -> None:
    undated, month = on(None, "The harbour opened."), on("2020-10", "The harbour opened.")
    far = on("2020-10-05", "A lighthouse burned.")
    found = told("harbour", hit(undated), hit(month), hit(far))
    assert (found.steps, found.undated) == ((), 1)
    assert "Nothing in the archive" in timeline_text(found)


def test_words_that_were_withdrawn_are_no_step() -> None:
    article = on("2020-10-03", "The harbour opened. The harbour is full.")
    found = told("harbour", replace(hit(article), withdrawn=(Span(0, 19),)))
    assert [step.citation.quote for step in found.steps] == ["The harbour is full."]


def test_a_story_is_told_whole_and_what_takes_back_says_so() -> None:
    first = on("2020-10-03", "The harbour opened.")
    later = on("2020-10-04", "We were wrong to say that it had opened on that day.")
    library = FakeLibrary(first, later)
    library.told = [[StoryArticle(first), StoryArticle(later, retracts=True)]]
    found = told("harbour", hit(first), library=library)
    assert [(step.day, step.story, step.retracts) for step in found.steps] == [
        ("2020-10-03", 1, False),
        ("2020-10-04", 1, True),
    ]
    assert "takes back what was said" in timeline_text(found)
    filtered = timeline_of(
        "harbour", [hit(first)], library, lexicon=load_lexicon(), filters=Filters(until="2020-10-03")
    )
    assert [step.day for step in filtered.steps] == ["2020-10-03"]


def test_of_too_many_steps_those_stay_that_hold_most_of_the_subject() -> None:
    vague = [hit(on(f"2020-10-0{day}", "The harbour slept.")) for day in (1, 2)]
    close = hit(on("2020-10-03", "The harbour bridge opened."))
    found = told("harbour bridge", *vague, close, limit=1)
    assert [step.day for step in found.steps] == ["2020-10-03"]


# Its faces


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    asker = FakeAsker(FakeLibrary(HARBOUR, RIVAL))
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_over_http_it_is_json_or_any_form_to_take_along(client: TestClient) -> None:
    body = client.get("/timeline?q=harbour reopened").json()
    assert [step["day"] for step in body["steps"]] == ["2020-10-19", "2020-10-20"]
    assert body["months"] == [{"month": "2020-10", "articles": 2}]
    assert "Oct 2020" in client.get("/timeline?q=harbour&format=html").text
    assert client.get("/timeline?q=harbour&format=ris").text.count("TY  - NEWS") == 2
    assert client.get("/timeline?q=").status_code == 422
    assert client.get("/timeline?q=Atlantis").json()["steps"] == []


def test_the_command_shows_it_and_exits_with_1_where_there_is_none(
    seeds_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(seeds_home), "timeline", "Kalbajar", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    days = [step["day"] for step in steps]
    assert days == sorted(days)
    assert all("Kalbajar" in step["citation"]["quote"] or step["story"] for step in steps)
    assert run(["--home", str(seeds_home), "timeline", "Kalbajar"]) == 0
    assert "█" in capsys.readouterr().out
    assert run(["--home", str(seeds_home), "timeline", "glaciers"]) == 1
