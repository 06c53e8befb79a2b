"""One case and what came back into its scores: every metric applied, under the name that tables show.

A score is None where the metric does not apply: such cases are left out of its mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from bot.showing.parts_json import SentenceBody
from bot.speaking.speaker import UNCLEAR
from eval.answer_json import ShownAnswer
from eval.cases import Case
from eval.compare import Scores
from eval.metrics.answer_match import answer_match, answer_share, holds
from eval.metrics.choice import choice
from eval.metrics.citations import Cited, citation_precision, citation_recall
from eval.metrics.hit_rate import hit_rate
from eval.metrics.ndcg import ndcg
from eval.metrics.origins import doubled, origin_recall
from eval.metrics.outcomes import Outcome, holds_all, outcome
from eval.metrics.reasons import missing_named, reason_right
from eval.metrics.recall import recall
from eval.metrics.reciprocal_rank import reciprocal_rank
from eval.metrics.right_article import right_article
from eval.metrics.token_f1 import token_f1
from eval.metrics.wrong_answer import wrong_answer
from eval.metrics.wrong_speaker import named_speaker, wrong_speaker
from eval.runs import CaseResult
from eval.support import supports

Score = Callable[[Case, CaseResult], float | None]
Group = Literal["answers", "abstentions", "citations", "retrieval"]


@dataclass(frozen=True)
class Measure:
    """A metric as it is applied: `label` is what tables show, `better` which way is good."""

    name: str
    label: str
    group: Group
    score: Score
    better: Literal["higher", "lower"] = "higher"


def score_all(cases: Iterable[Case], asked: Mapping[str, CaseResult]) -> Scores:
    """Metric → case → value, over the cases that were asked and the metrics that apply to any."""
    scores: dict[str, dict[str, float]] = {measure.name: {} for measure in MEASURES}
    for case in cases:
        if case.id not in asked:
            continue
        for measure in MEASURES:
            value = measure.score(case, asked[case.id])
            if value is not None:
                scores[measure.name][case.id] = float(value)
    return {name: values for name, values in scores.items() if values}


def is_right(case: Case, asked: CaseResult) -> float | None:
    """The verdict on a case: it abstained where it should, or gave every answer expected and no wrong one.

    No quote may be inexact. None where nothing is expected, or nothing was to answer.
    """
    if asked.answer is None and asked.error is None:
        return None
    if case.answer is None and not case.to_abstain:
        return None
    if asked.answer is None or asked.exactness not in (None, 1.0):
        return 0.0
    if case.to_abstain:
        return float(asked.answer.abstention is not None)
    return float(_match(case, asked) == 1.0 and not _wrong_answer(case, asked))


def answer_words(answer: ShownAnswer) -> str:
    """What is matched: the sentences and who says them; not the outlets and dates of the citations."""
    return "\n".join(map(_words, answer.sentences))


def _answered(case: Case, asked: CaseResult) -> float | None:
    if case.answer is None or not _has_answer(asked):
        return None
    return float(asked.answer is not None and asked.answer.abstention is None)


def _abstained(case: Case, asked: CaseResult) -> float | None:
    if not case.to_abstain or not _has_answer(asked):
        return None
    return float(asked.answer is not None and asked.answer.abstention is not None)


def _outcome(name: Outcome) -> Score:
    """Whether this came of a question that can be answered."""

    def score(case: Case, asked: CaseResult) -> float | None:
        if not case.answer or asked.answer is None:
            return None
        given = asked.answer.abstention
        nearest = [one.quote for one in given.nearest] if given else []
        return float(outcome(given.reason if given else None, nearest, case.answer) == name)

    return score


def _in_first(case: Case, asked: CaseResult) -> float | None:
    """Whether the first quotation holds the answer, be it given as the answer or as what may be one."""
    if not case.answer or not _has_answer(asked):
        return None
    given = asked.answer
    first = [_words(one) for one in given.sentences[:1]] if given else []
    first += [one.quote for one in given.closest[:1]] if given else []
    return float(holds_all(first, case.answer))


def _match(case: Case, asked: CaseResult) -> float | None:
    if case.answer is None or not _has_answer(asked):
        return None
    return answer_match(answer_words(asked.answer), case.answer) if asked.answer else 0.0


def _share(case: Case, asked: CaseResult) -> float | None:
    if not case.answer or not _has_answer(asked):
        return None
    return answer_share(answer_words(asked.answer), case.answer) if asked.answer else 0.0


def _token_f1(case: Case, asked: CaseResult) -> float | None:
    if not case.answer or not _has_answer(asked):
        return None
    words = answer_words(asked.answer) if asked.answer else ""
    return fmean(token_f1(words, group) for group in case.answer)


def _wrong_answer(case: Case, asked: CaseResult) -> float | None:
    return wrong_answer(answer_words(asked.answer), case.wrong) if asked.answer else None


def _choice(case: Case, asked: CaseResult) -> float | None:
    if not case.choices or case.answer is None:
        return None
    sentences = [sentence.text for sentence in asked.answer.sentences] if asked.answer else []
    texts = sentences + [hit.text for hit in asked.hits or ()]
    return choice(case.choices, texts, answer=case.answer)


def _reason(case: Case, asked: CaseResult) -> float | None:
    given = asked.answer.abstention if asked.answer and case.to_abstain else None
    return reason_right(given.reason if given else None, case.reason)


def _missing(case: Case, asked: CaseResult) -> float | None:
    given = asked.answer.abstention if asked.answer else None
    return missing_named(given.missing, case.missing) if given else None


def _citation_recall(_: Case, asked: CaseResult) -> float | None:
    return citation_recall(_cited(asked.answer), supports) if asked.answer else None


def _citation_precision(_: Case, asked: CaseResult) -> float | None:
    return citation_precision(_cited(asked.answer), supports) if asked.answer else None


def _right_article(case: Case, asked: CaseResult) -> float | None:
    cited = [shown.article.id for shown in asked.answer.citations] if asked.answer else []
    return right_article(cited, set(case.articles)) if not case.own_texts else None


def _origin_recall(case: Case, asked: CaseResult) -> float | None:
    if not asked.answer or not asked.answer.citations or case.own_texts:
        return None
    return origin_recall(_articles(asked.answer), set(case.articles), origin_of=asked.origins)


def _doubled(_: Case, asked: CaseResult) -> float | None:
    return doubled(_articles(asked.answer), origin_of=asked.origins) if asked.answer else None


def _wrong_speaker(case: Case, asked: CaseResult) -> float | None:
    return wrong_speaker(_speakers(case, asked.answer), case.speaker)


def _named_speaker(case: Case, asked: CaseResult) -> float | None:
    return named_speaker(_speakers(case, asked.answer), case.speaker)


def _has_answer(asked: CaseResult) -> bool:
    return asked.answer is not None or asked.error is not None


def _cited(answer: ShownAnswer) -> list[Cited]:
    return [(sentence.text, answer.quotes(sentence)) for sentence in answer.sentences]


def _articles(answer: ShownAnswer) -> set[str]:
    return {shown.article.id for shown in answer.citations}


def _speakers(case: Case, answer: ShownAnswer | None) -> list[str | None]:
    """Who says each sentence that carries an expected answer or quote."""
    sentences = answer.sentences if answer else ()
    return [_speaker(sentence) for sentence in sentences if _carries(sentence, case)]


def _words(sentence: SentenceBody) -> str:
    return "\n".join(part for part in (sentence.text, _speaker(sentence), sentence.role) if part)


def _speaker(sentence: SentenceBody) -> str | None:
    return None if sentence.speaker == UNCLEAR else sentence.speaker


def _carries(sentence: SentenceBody, case: Case) -> bool:
    words = _words(sentence)
    expected = [alternative for group in case.answer or () for alternative in group]
    return any(holds(words, one) for one in (*expected, *case.quotes))


def _ranking(metric: Callable[[list[str], set[str]], float | None]) -> Score:
    def score(case: Case, asked: CaseResult) -> float | None:
        if asked.hits is None or case.own_texts:
            return None
        return metric(asked.ranked(), set(case.articles))

    return score


MEASURES: tuple[Measure, ...] = (
    Measure("right", "right", "answers", is_right),
    Measure("match", "answer match", "answers", _match),
    Measure("share", "expected answers held", "answers", _share),
    Measure("token_f1", "token F1", "answers", _token_f1),
    Measure("answered", "answered where it can", "answers", _answered),
    Measure("wrong_answer", "wrong answer given", "answers", _wrong_answer, "lower"),
    Measure("choice", "quiz choice", "answers", _choice),
    Measure("judged", "judge's grade", "answers", lambda _, asked: asked.judged),
    Measure("in_first", "answer in the first quotation", "answers", _in_first),
    Measure("unsure_first", "not sure, answer first", "abstentions", _outcome("unsure_first")),
    Measure("unsure_other", "not sure, answer not first", "abstentions", _outcome("unsure_other"), "lower"),
    Measure("withheld", "withheld though answerable", "abstentions", _outcome("withheld"), "lower"),
    Measure("abstained", "abstained where it should", "abstentions", _abstained),
    Measure("reason", "reason right", "abstentions", _reason),
    Measure("missing", "missing words named", "abstentions", _missing),
    Measure("exactness", "quotes exact", "citations", lambda _, asked: asked.exactness),
    Measure("citation_recall", "citation recall", "citations", _citation_recall),
    Measure("citation_precision", "citation precision", "citations", _citation_precision),
    Measure("right_article", "right article", "citations", _right_article),
    Measure("origin_recall", "independent origins", "citations", _origin_recall),
    Measure("doubled", "copies doubled", "citations", _doubled, "lower"),
    Measure("wrong_speaker", "wrong speaker", "citations", _wrong_speaker, "lower"),
    Measure("named_speaker", "speaker named", "citations", _named_speaker),
    Measure("hit@1", "hit@1", "retrieval", _ranking(lambda found, right: hit_rate(found, right, k=1))),
    Measure("hit@5", "hit@5", "retrieval", _ranking(lambda found, right: hit_rate(found, right, k=5))),
    Measure("mrr", "MRR", "retrieval", _ranking(reciprocal_rank)),
    Measure("ndcg@10", "nDCG@10", "retrieval", _ranking(lambda found, right: ndcg(found, right, k=10))),
    Measure("recall@10", "recall@10", "retrieval", _ranking(lambda found, right: recall(found, right, k=10))),
)  # fmt: skip
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
