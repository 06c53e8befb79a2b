"""The built-in cases ask of seeds/ what seeds/ can answer, and say so where it cannot."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from eval.cases import BUILT_IN, Case, load_set
from eval.metrics.answer_match import holds

CASES = load_set(BUILT_IN).cases
ANSWERABLE = [case for case in CASES if case.answer is not None]
ABSTAINING = [case for case in CASES if case.answer is None]
ABSTAINING_KINDS = {"absent", "near-miss", "false-premise", "outside-dates"}


def read_seeds() -> dict[str, tuple[dict[str, str | None], str]]:
    seeds = {}
    for path in sorted((Path(__file__).parent.parent / "seeds").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.safe_load(front)
        seeds[fields["id"]] = (fields, body.strip())
    return seeds


SEEDS = read_seeds()
BODIES = {name: body for name, (_, body) in SEEDS.items()}
EVERYTHING = "\n".join(f"{fields['title']}\n{body}" for fields, body in SEEDS.values())


def named(case: Case) -> pytest.ParameterSet:
    return pytest.param(case, id=case.id)


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert len(CASES) >= 130
    assert len(ABSTAINING) >= 45
    assert kinds["follow-up"] >= 8
    assert kinds["other-language"] + kinds["typo"] >= 12
    for kind in ("fact", "quote", "who-said", "when", "how-many", "compare", "as-of"):
        assert kinds[kind] >= 10, kind
    assert kinds["correction"] >= 5
    for kind in ABSTAINING_KINDS:
        assert kinds[kind] >= 10, kind


def test_no_question_is_asked_twice_with_the_same_filters_and_history() -> None:
    asked = Counter((case.question, case.filters, case.history) for case in CASES)
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("case", [named(case) for case in ANSWERABLE])
def test_what_is_expected_stands_in_the_articles_named(case: Case) -> None:
    assert case.kind not in ABSTAINING_KINDS
    assert case.reason is None and case.missing == ()
    assert case.articles and set(case.articles) <= SEEDS.keys()
    assert case.answer and all(case.answer)
    texts = [BODIES[name] for name in case.articles]
    for alternative in (word for group in case.answer for word in group):
        assert any(holds(text, alternative) for text in texts), alternative


@pytest.mark.parametrize("case", [named(case) for case in ANSWERABLE])
def test_every_article_named_carries_a_part_of_the_answer(case: Case) -> None:
    assert case.answer
    expected = [word for group in case.answer for word in group]
    for name in case.articles:
        assert any(holds(BODIES[name], word) for word in expected), name


@pytest.mark.parametrize("case", [named(case) for case in CASES if case.quotes or case.speaker])
def test_quotes_and_speakers_are_in_the_articles_named_to_the_letter(case: Case) -> None:
    texts = [BODIES[name] for name in case.articles]
    assert all(any(quote in text for text in texts) for quote in case.quotes)
    assert case.speaker is None or any(case.speaker in text for text in texts)


@pytest.mark.parametrize("case", [named(case) for case in CASES if case.wrong])
def test_a_wrong_answer_is_one_that_another_article_offers(case: Case) -> None:
    for words in case.wrong:
        assert holds(EVERYTHING, words)
        assert not any(holds(BODIES[name], words) for name in case.articles)


@pytest.mark.parametrize("case", [named(case) for case in ABSTAINING])
def test_where_to_abstain_nothing_is_expected(case: Case) -> None:
    assert case.kind in ABSTAINING_KINDS | {"follow-up"}
    assert case.articles == () and case.quotes == () and case.speaker is None
    if case.kind != "false-premise" and case.kind != "follow-up":
        assert case.reason == {"absent": "not_in_archive", "outside-dates": "outside_dates"}.get(
            case.kind, "not_stated"
        )


@pytest.mark.parametrize("case", [named(case) for case in CASES if case.reason == "not_in_archive"])
def test_words_that_are_missing_are_asked_for_and_stand_nowhere(case: Case) -> None:
    assert case.missing
    for word in case.missing:
        assert word in case.question
        assert word.casefold() not in EVERYTHING.casefold()


@pytest.mark.parametrize("case", [named(case) for case in ANSWERABLE if case.filters.record()])
def test_filters_let_the_articles_named_through(case: Case) -> None:
    for name in case.articles:
        fields, _ = SEEDS[name]
        published = fields.get("published")
        assert published is not None  # an unknown date passes no filter on dates
        assert not case.filters.outlet or fields["outlet"] in case.filters.outlet
        assert case.filters.since is None or published >= case.filters.since
        assert case.filters.until is None or published[: len(case.filters.until)] <= case.filters.until
        assert case.filters.as_of is None or published <= case.filters.as_of
