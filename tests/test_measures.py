"""Which cases a metric applies to, and what counts as right; and the tables made of it."""

import ast
from pathlib import Path

import pytest

from bot.showing.articles_json import ArticleRef, CitationBody
from bot.showing.parts_json import AbstentionBody, NearestBody, SentenceBody, UsageBody
from eval.answer_json import ShownAnswer, ShownHit
from eval.cases import Case
from eval.gate import BadGate, Baseline, Thresholds, hold, load_baseline, load_thresholds, save_baseline
from eval.measures import answer_words, score_all
from eval.metrics.cost import Prices
from eval.runs import CaseResult
from eval.summary import summarise
from eval.verdicts import came_words

CASE = Case(
    id="1",
    kind="who-said",
    question="Who?",
    answer=(("Ada Brand",),),
    wrong=("Ben Cole",),
    articles=("a", "b"),
    speaker="Ada Brand",
)
ABSTAIN = Case(id="1", kind="absent", question="Who?", answer=None, reason="not_stated")
OPEN = Case(id="1", kind="many", question="What?", articles=("a",))


def cite(number: int, article: str) -> CitationBody:
    return CitationBody(
        number=number, quote="q", start=0, end=1, revision="", article=ArticleRef(id=article, title="")
    )


def answered(*sentences: SentenceBody, cited: tuple[str, ...] = ("a",), **more: float) -> ShownAnswer:
    citations = tuple(cite(number, article) for number, article in enumerate(cited, 1))
    return ShownAnswer(
        question="?", status="answered", text="On 3 May, Gazette: x [1]", sentences=sentences,
        citations=citations, confidence=more.get("confidence"),
    )  # fmt: skip


def said(text: str, speaker: str | None = None) -> SentenceBody:
    return SentenceBody(text=text, citations=(1,), verdict="quoted", speaker=speaker)


DECLINED = ShownAnswer(
    question="?", status="abstained", text="", abstention=AbstentionBody(reason="not_stated")
)


def scores_of(case: Case, asked: CaseResult) -> dict[str, float]:
    return {name: values["1"] for name, values in score_all([case], {"1": asked}).items()}


@pytest.mark.parametrize(
    ("case", "asked", "right"),
    [
        (CASE, CaseResult(case="1", answer=answered(said("It was Ada Brand."))), 1.0),
        (
            CASE,
            CaseResult(case="1", answer=answered(said("It rained.", "Ada Brand"))),
            1.0,
        ),  # the speaker
        (CASE, CaseResult(case="1", answer=answered(said("Ada Brand or Ben Cole."))), 0.0),  # a wrong one too
        (CASE, CaseResult(case="1", answer=answered(said("It was Ada Brand.")), exactness=0.5), 0.0),
        (CASE, CaseResult(case="1", answer=DECLINED), 0.0),
        (CASE, CaseResult(case="1", error="BadQuestion"), 0.0),
        (ABSTAIN, CaseResult(case="1", answer=DECLINED), 1.0),
        (ABSTAIN, CaseResult(case="1", answer=answered(said("x"))), 0.0),
        (OPEN, CaseResult(case="1", answer=answered(said("x"))), None),  # nothing is expected of the answer
        (CASE, CaseResult(case="1", hits=()), None),  # what only searches has no answer to judge
    ],
)
def test_a_case_is_right_when_everything_about_it_is(
    case: Case, asked: CaseResult, right: float | None
) -> None:
    assert scores_of(case, asked).get("right") == right


def test_outlets_and_dates_of_the_citations_are_not_part_of_the_answer() -> None:
    assert answer_words(answered(said("x", "unclear"))) == "x"


def test_a_case_with_its_own_texts_is_not_judged_by_articles() -> None:
    case = CASE.model_copy(update={"paragraph": "x"})
    scores = scores_of(case, CaseResult(case="1", answer=answered(said("Ada Brand")), hits=()))
    assert not {"hit@1", "mrr", "right_article", "origin_recall"} & scores.keys()


def test_copies_of_a_hit_stand_right_behind_it() -> None:
    asked = CaseResult(case="1", hits=(ShownHit(article="x", copies=("b",)), ShownHit(article="a")))
    scores = scores_of(CASE, asked)
    assert (scores["hit@1"], scores["mrr"], scores["recall@10"]) == (0.0, 0.5, 1.0)


def test_only_sentences_that_carry_the_answer_tell_who_speaks() -> None:
    answer = answered(said("Ada Brand spoke.", "Ben Cole"), said("It rained.", "Dora Eck"))
    scores = scores_of(CASE, CaseResult(case="1", answer=answer))
    assert (scores["wrong_speaker"], scores["named_speaker"]) == (1.0, 0.0)
    other = answered(said("Ada Brand spoke.", "unclear"), said("It rained.", "Dora Eck"))
    assert scores_of(CASE, CaseResult(case="1", answer=other))["wrong_speaker"] == 0.0


def test_a_run_is_summed_up_overall_and_by_kind() -> None:
    cases = [CASE.model_copy(update={"id": str(n), "wrong": ()}) for n in range(3)]
    cases.append(ABSTAIN.model_copy(update={"id": "3"}))
    good, bad = answered(said("Ada Brand"), confidence=0.9), answered(said("x"), confidence=0.4)
    usage = UsageBody(calls=1, input=1_000_000, output=500_000)
    asked = {
        "0": CaseResult(case="0", answer=good, answer_ms=10.0, search_ms=1.0),
        "1": CaseResult(case="1", answer=bad.model_copy(update={"usage": usage}), answer_ms=30.0),
        "2": CaseResult(case="2", answer=DECLINED, answer_ms=20.0),
        "3": CaseResult(case="3", answer=DECLINED, answer_ms=40.0),
    }
    summary = summarise(cases, asked, scores=score_all(cases, asked), prices=Prices(2.0, 4.0))
    assert [(row.kind, row.cases, row.means["right"].value) for row in summary.kinds] == [
        ("who-said", 3, pytest.approx(1 / 3)),
        ("absent", 1, 1.0),
    ]
    numbers = summary.numbers()
    assert numbers["right"] == 0.5
    # one of two abstentions was right, and the one that was due was made: F1 = 2·(1/2)·1 / (3/2)
    assert (numbers["abstention_precision"], numbers["abstention_recall"]) == (0.5, 1.0)
    assert numbers["abstention_f1"] == pytest.approx(2 / 3)
    # the surer answer is right, the other wrong: risks 0 and 1/2
    assert numbers["aurc"] == 0.25
    assert (numbers["answer_ms_p50"], numbers["answer_ms_p95"], numbers["search_ms_p95"]) == (20.0, 40.0, 1.0)
    assert (numbers["tokens"], numbers["cost"]) == (1_500_000.0, 4.0)


def test_without_an_llm_there_are_no_tokens_and_no_cost() -> None:
    numbers = summarise([CASE], {"1": CaseResult(case="1", answer=DECLINED)}, scores={}).numbers()
    assert (numbers["tokens"], numbers["cost"], numbers["aurc"]) == (None, None, None)


@pytest.mark.parametrize(
    ("numbers", "faults"),
    [
        ({"right": 0.5, "slow": 9.0}, []),
        ({"right": 0.49, "slow": 9.0}, ["right is 0.49, expected at least 0.5"]),
        ({"right": 0.5, "slow": 9.1}, ["slow is 9.1, expected at most 9"]),
        ({"right": None, "slow": 1.0}, ["right is not there, expected at least 0.5"]),
        ({"right": 1.0}, ["slow is not there, expected at most 9"]),
    ],
)
def test_a_threshold_is_broken_also_when_its_figure_is_missing(
    numbers: dict[str, float | None], faults: list[str]
) -> None:
    thresholds = Thresholds(at_least={"right": 0.5}, at_most={"slow": 9.0})
    assert [str(fault) for fault in hold(numbers, {}, thresholds=thresholds, baseline=None)] == faults


def baseline_of(**scores: list[float]) -> Baseline:
    by_case = {
        name: {str(case): value for case, value in enumerate(values)} for name, values in scores.items()
    }
    return Baseline(run="r", commit="c", set_fingerprint="f", scores=by_case)


@pytest.mark.parametrize(
    ("before", "after", "caught"),
    [
        ([1.0] * 100, [1.0] * 98 + [0.0] * 2, False),  # 2 of 100: the interval −0.05 … 0 touches zero
        ([1.0] * 100, [1.0] * 85 + [0.0] * 15, True),
        ([0.0] * 85 + [1.0] * 15, [1.0] * 100, False),  # better is never a fault
    ],
)
def test_a_metric_has_fallen_only_beyond_noise(before: list[float], after: list[float], caught: bool) -> None:
    scores = baseline_of(right=after).scores
    faults = hold({}, scores, thresholds=Thresholds(), baseline=baseline_of(right=before))
    assert bool(faults) is caught


def test_what_was_rounded_when_it_was_stored_is_no_fall() -> None:
    scores = baseline_of(recall=[1 / 3, 2 / 3] * 20).scores
    assert not hold({}, scores, thresholds=Thresholds(), baseline=baseline_of(recall=[0.3333, 0.6667] * 20))


def test_of_a_metric_where_lower_is_better_a_rise_is_a_fault() -> None:
    scores = baseline_of(wrong_speaker=[1.0] * 9).scores
    (fault,) = hold({}, scores, thresholds=Thresholds(), baseline=baseline_of(wrong_speaker=[0.0] * 9))
    assert "went from 0.000 to 1.000" in fault.message


def test_a_metric_that_vanished_is_a_fault() -> None:
    (fault,) = hold({}, {}, thresholds=Thresholds(), baseline=baseline_of(right=[1.0]))
    assert str(fault) == "right is in the baseline and applies to no case any more"


def test_a_baseline_comes_back_as_it_was_stored(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("gate") / "baseline.json"
    assert load_baseline(path) is None
    save_baseline(baseline_of(right=[1.0, 0.0], mrr=[0.5]), path)
    assert load_baseline(path) == baseline_of(right=[1.0, 0.0], mrr=[0.5])
    assert len(path.read_text().splitlines()) == 9  # a line a metric


def test_thresholds_that_are_none_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("gate") / "gate.toml"
    path.write_text("[at_leest]\nright = 1")
    with pytest.raises(BadGate, match="at_leest"):
        load_thresholds(path)


def unsure(*quotes: str) -> ShownAnswer:
    nearest = tuple(
        NearestBody(number=n, quote=quote, start=0, end=1, revision="", article=ArticleRef(id="a", title=""))
        for n, quote in enumerate(quotes, start=1)
    )
    given = AbstentionBody(reason="unsure", nearest=nearest)
    return ShownAnswer(question="?", status="abstained", text="Not sure.", abstention=given)


@pytest.mark.parametrize(
    ("answer", "came", "first"),
    [
        (answered(said("It was Ada Brand.")), "answered", 1.0),
        (answered(said("It rained."), said("It was Ada Brand.")), "answered", 0.0),
        (unsure("It was Ada Brand.", "It rained."), "unsure_first", 1.0),
        (unsure("It rained.", "It was Ada Brand."), "unsure_other", 0.0),
        (DECLINED, "withheld", 0.0),
    ],
)
def test_what_came_of_an_answerable_question_is_counted_once(
    answer: ShownAnswer, came: str, first: float
) -> None:
    scores = scores_of(CASE, CaseResult(case="1", answer=answer))
    outcomes = ("answered", "unsure_first", "unsure_other", "withheld")
    assert {name: scores[name] for name in outcomes} == {name: float(name == came) for name in outcomes}
    assert scores["in_first"] == first


def test_who_is_not_sure_has_abstained() -> None:
    asked = CaseResult(case="1", answer=unsure("It was Ada Brand."))
    assert (scores_of(CASE, asked)["right"], scores_of(ABSTAIN, asked)["right"]) == (0.0, 1.0)
    assert came_words(asked) == "no answer: unsure: It was Ada Brand."


METRICS = Path(__file__).parents[1] / "eval" / "metrics"
# Metrics of no single case: of a whole run, or counted while the answers come in.
OF_A_RUN = {"abstention", "cost", "percentile", "quote_exactness", "risk_coverage"}
OF_A_JUDGE = {"balanced_accuracy"}


def test_every_metric_has_its_row_of_measures() -> None:
    tree = ast.parse((METRICS.parent / "measures.py").read_text(encoding="utf-8"))
    metric = {
        alias.name: node.module.rpartition(".")[2]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("eval.metrics.")
        for alias in node.names
    }
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    (rows,) = (
        node
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "MEASURES"
    )
    used: set[str] = set()
    ahead: list[ast.AST] = [rows]
    while ahead:
        names = {one.id for one in ast.walk(ahead.pop()) if isinstance(one, ast.Name)} - used
        used |= names
        ahead += [functions[name] for name in names & functions.keys()]
    applied = {metric[name] for name in used & metric.keys()}
    files = {path.stem for path in METRICS.glob("*.py")} - {"__init__"}
    assert files - applied == OF_A_RUN | OF_A_JUDGE
