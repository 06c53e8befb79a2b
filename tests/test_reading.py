import json
from pathlib import Path

import pytest

from bot.language.lexicon import load_lexicon
from bot.weighing.model import load_weights
from eval.studies.reading import area_under_curve, ask_all, calibration_error, figures
from eval.training.fit_evidence import fit_choice, fit_evidence, lists, ordered
from eval.training.qa_data import ReadingCase
from index.encoding.encoder import Encoder

PARAGRAPH = (
    "Mayor Ilse Brandt opened the new harbour bridge on 4 May 2019. It cost 31 million euros and took three"
    " years to build. The old bridge was closed in 1987 after a ship struck it."
)
FERRY = "The night ferry was cancelled because of fog. Captain Aron Lund said the service would resume soon."


def case(question: str, *answers: str, paragraph: str = PARAGRAPH) -> ReadingCase:
    return ReadingCase(question, question, paragraph, "Harbour", answers or None)


CASES = [
    case("Who opened the new harbour bridge?", "Ilse Brandt"),
    case("How much did the bridge cost?", "31 million"),
    case("When was the old bridge closed?", "1987"),
    case("Why was the ferry cancelled?", "fog", paragraph=FERRY),
    case("Who said the service would resume?", "Aron Lund", paragraph=FERRY),
    case("Who closed the airport?"),
    case("When was the old bridge painted green?"),
    case("How much did the morning ferry cost?", paragraph=FERRY),
    case("Who said the service would never resume?", paragraph=FERRY),
]


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [([3, 1], [2, 1], 0.625), ([2], [1], 1.0), ([1], [2], 0.0), ([1, 1], [1], 0.5)],
)
def test_the_area_is_the_part_of_pairs_in_order(
    positive: list[float], negative: list[float], area: float
) -> None:
    assert area_under_curve(positive, negative) == area


def test_calibration_error_is_the_gap_of_told_and_true() -> None:
    # bin 0.9–1: told 0.95, true 1 of 2, gap 0.45; bin 0.1–0.2: told 0.1, true 0 of 2, gap 0.1
    assert calibration_error([0.95, 0.95, 0.1, 0.1], [True, False, False, False]) == pytest.approx(0.275)


def test_reading_counts_right_sentences_and_tells_answerable_from_not(encoder: Encoder) -> None:
    asked = ask_all(CASES, encoder)
    found = figures(asked, 0.0)
    assert (found.cases, found.answerable) == (9, 5)
    assert found.right_first == 1.0
    assert found.auc > 0.9


def test_fitting_twice_gives_the_same_weights_and_they_tell_the_cases_apart(encoder: Encoder) -> None:
    lexicon = load_lexicon()
    found = lists(CASES, encoder, lexicon)
    assert {one.source for one in found} == {"paragraph", "found", "removed"}
    names = sorted(found[0].candidates[0].features)
    choice = fit_choice(found, names)
    assert choice == fit_choice(lists(CASES, encoder, lexicon), names)
    for one in (one for one in found if any(one.right)):
        first = ordered(one, choice)[0]
        assert one.right[one.candidates.index(first)]
    assert fit_evidence(found, choice) == fit_evidence(found, choice)


def test_the_shipped_weights_are_for_features_that_exist(encoder: Encoder) -> None:
    names = set(lists(CASES[:2], encoder, load_lexicon())[0].candidates[0].features)
    weights = load_weights()
    assert set(weights.choice.weights) == names
    assert set(weights.evidence.weights) == names | {"dense_best"}
    text = (Path(__file__).parents[1] / "bot" / "weighing" / "weights.json").read_text()
    assert set(json.loads(text)) == {"choice", "evidence"}
