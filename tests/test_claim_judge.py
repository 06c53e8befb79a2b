import pytest

from eval.claim_judge import LookUp, Proof

SOURCE = "Anna Berg said on Monday that Norway sold 400,000 tonnes of cod. The price rose."


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("Norway sold 400,000 tonnes of cod, Berg said.", True),
        ("Norway sold 500,000 tonnes of cod.", False),
        ("Cod was sold by Norway and Iceland.", False),
        ("Norway did not sell cod.", False),
        ("Cod is what Norway sold, Anna Berg said.", True),
        ("Norway sold Anna Berg.", True),  # a swapped role: this judge cannot see it
    ],
)
def test_a_claim_fails_on_a_number_a_name_or_a_denial_that_the_text_lacks(
    claim: str, supported: bool
) -> None:
    assert LookUp().supported(claim, SOURCE) is supported


def test_a_denial_that_the_text_has_may_be_claimed() -> None:
    assert LookUp().supported("Norway never sold cod.", "Norway did not sell cod.")


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("Norway sold 400,000 tonnes of cod, Berg said.", True),
        ("Norway sold 500,000 tonnes of cod.", False),
        ("Cod was sold by Norway and Iceland.", False),
        ("Norway did not sell cod.", False),
        ("The price fell.", False),
        ("The price always rose.", False),
        ("Berg said: “We gave all our fish away for free.”", False),
        ("Norwegian cod became dearer.", True),
    ],
)
def test_the_proofs_means_find_what_speaks_against_a_claim(claim: str, supported: bool) -> None:
    assert Proof().supported(claim, SOURCE) is supported


def test_a_denial_counts_only_for_what_it_denies() -> None:
    text = (
        "Norway did not sell herring. In that year its boats brought home much more cod, and Spain bought it."
    )
    assert not Proof().supported("Spain did not buy the cod.", text)
    assert Proof().supported("Norway sold no herring.", text)
