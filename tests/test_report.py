"""The page of a run: everything escaped, nothing from outside, each quote in its place."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.showing.articles_json import ArticleRef, CitationBody
from bot.showing.parts_json import AbstentionBody, NearestBody, SentenceBody
from eval.answer_json import ShownAnswer, ShownHit
from eval.cases import Case
from eval.compare import Change, Flip
from eval.gate import Fault
from eval.measures import score_all
from eval.metrics.risk_coverage import Point
from eval.plots import plot_latency, plot_risk_coverage
from eval.report import Compared, Piece, is_good, pieces, write_report
from eval.runs import CaseResult, Run
from eval.summary import summarise
from eval.verdicts import verdicts

EVIL = "<script>alert(1)</script>"
CASES = [
    Case(id="when-1", kind="when", question=f"When? {EVIL}", answer=(("2 May",),), articles=("a",)),
    Case(id="gone-1", kind="absent", question="And Zelda?", answer=None, reason="not_stated"),
    Case(id="odd & 1", kind="absent", question="And Quentin?", answer=None),
]
ARTICLE = ArticleRef(id="a", title=f"T {EVIL}", outlet="Gazette", published="2020-05-03")


def citation(number: int, quote: str) -> CitationBody:
    return CitationBody(
        number=number, quote=quote, start=6, end=6 + len(quote), revision="r", article=ARTICLE
    )


NEAR = NearestBody(**vars(citation(1, "Near.")))


ASKED = (
    CaseResult(
        case="when-1",
        answer=ShownAnswer(
            question="When?",
            status="answered",
            text="x",
            sentences=(
                SentenceBody(text=f"On 2 May. {EVIL}", citations=(1,), verdict="quoted", speaker="Ada"),
            ),
            citations=(citation(1, f"On 2 May. {EVIL}"),),
            confidence=0.9,
        ),
        hits=(ShownHit(article="b"), ShownHit(article="a", copies=("c",))),
        answer_ms=12.5,
        search_ms=2.0,
        exactness=1.0,
        around=(("It came. ", " So it was."),),
    ),
    CaseResult(
        case="gone-1",
        answer=ShownAnswer(
            question="And Zelda?",
            status="abstained",
            text=f"Nothing {EVIL}",
            abstention=AbstentionBody(reason="not_stated", missing=(EVIL,), nearest=(NEAR,)),
        ),
        hits=(),
        answer_ms=8.0,
        exactness=1.0,
        around=(("", ""),),
    ),
    CaseResult(case="odd & 1", error=f"EncoderError: {EVIL}"),
)
RUN = Run(
    id="20201101T000000Z-x-1", at="2020-11-01T00:00:00+00:00", set_name=f"set {EVIL}", set_fingerprint="f",
    asked=ASKED, models={"encoder": EVIL}, archive={"articles": "3"},
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of the page: tags, ids, and the words inside marks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.marked = ""
        self._in_mark = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_mark = self._in_mark or tag == "mark"
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            self.links += [value or ""] if name == "href" else []
            self.outside += [value or ""] if name in ("src", "srcset", "action") else []

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.marked += data if self._in_mark else ""


@pytest.fixture
def page(tmp_path: Path) -> str:
    by_case = {one.case: one for one in ASKED}
    scores = score_all(CASES, by_case)
    path = tmp_path / "out.html"
    write_report(
        path,
        RUN,
        summary=summarise(CASES, by_case, scores=scores),
        verdicts=verdicts(CASES, by_case, scores=scores),
        faults=[Fault("exactness", f"is {EVIL}")],
        compared=Compared(
            f"20201031{EVIL}", [Change("right", 0.5, 0.6, 0.01, 0.2, 3)], [Flip("right", "odd & 1", 1.0, 0.0)]
        ),
    )
    return path.read_text(encoding="utf-8")


def test_nothing_that_was_asked_or_found_becomes_markup(page: str) -> None:
    assert "script" not in Page(page).tags
    assert page.count("&lt;script&gt;alert(1)") >= 9  # question, title, quote, answer, error, set, model, …


def test_the_page_needs_nothing_from_outside_and_may_load_nothing(page: str) -> None:
    parsed = Page(page)
    assert parsed.outside == []
    assert not {"link", "img", "iframe", "object"} & set(parsed.tags)
    assert "default-src 'none'" in page
    assert "url(" not in page and "@import" not in page


def test_every_case_has_its_anchor_and_a_flipped_case_links_to_it(page: str) -> None:
    parsed = Page(page)
    assert {"when-1", "gone-1", "odd & 1"} <= set(parsed.ids)
    assert parsed.links == ["#odd%20%26%201"]


def test_a_quote_is_marked_whole_between_the_text_around_it(page: str) -> None:
    assert f"On 2 May. {EVIL}" in Page(page).marked
    assert '<span class="context">It came. </span><mark>On <strong>2 May</strong>.' in page
    assert '<span class="context"> So it was.</span>' in page


def test_right_and_wrong_cases_can_be_told_apart(page: str) -> None:
    assert re.findall(r'<details class="case (\w+)" id="([^"]+)"', page) == [
        ("right", "when-1"), ("right", "gone-1"), ("wrong", "odd &amp; 1"),
    ]  # fmt: skip
    assert "Of 3 questions, 2 were handled rightly" in page
    assert "The gate is shut." in page


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("From 2 May on.", [Piece("From ", False), Piece("2 May", True), Piece(" on.", False)]),
        ("from 2 MAY", [Piece("from ", False), Piece("2 MAY", True)]),
        ("From 12 May.", [Piece("From 12 May.", False)]),  # not within a longer number
    ],
)
def test_expected_answers_are_found_within_a_quote(quote: str, expected: list[Piece]) -> None:
    assert pieces(quote, CASES[0]) == expected


@pytest.mark.parametrize(
    ("metric", "low", "high", "colour"),
    [
        ("right", 0.1, 0.2, "good"),
        ("right", -0.2, -0.1, "bad"),
        ("wrong_speaker", 0.1, 0.2, "bad"),  # lower is better
        ("wrong_speaker", -0.2, -0.1, "good"),
        ("right", -0.1, 0.2, ""),
    ],
)
def test_a_change_has_a_colour_beyond_noise_only(metric: str, low: float, high: float, colour: str) -> None:
    middle = (low + high) / 2
    assert is_good(Change(metric, 0.5, 0.5 + middle, low, high, 9)) == colour


def test_a_plot_has_one_point_an_answer_within_its_frame() -> None:
    plot = plot_risk_coverage([Point(0.5, 0.0), Point(1.0, 0.5)])
    assert plot is not None
    points = [tuple(map(float, pair.split())) for pair in plot.path[1:].split(" L")]
    # half of the width and the full width; no risk is on the axis, 0.5 is the top of its scale
    assert points == [((plot.left + plot.right) / 2, plot.bottom), (plot.right, plot.top)]
    assert plot_risk_coverage([Point(1.0, 0.0)]) is None


def test_the_latency_plot_marks_the_times_that_half_and_nearly_all_waited() -> None:
    plot = plot_latency([10.0] * 10 + [100.0] * 9 + [1000.0])
    assert plot is not None
    assert [mark.label for mark in plot.marks] == ["p50 10 ms", "p95 100 ms"]
    assert [tick.label for tick in plot.x_ticks] == ["10", "100", "1,000"]
    assert plot_latency([5.0]) is None
