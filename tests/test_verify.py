"""What is put into somebody's mouth is found; what an article says is kept."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verify_fakes import COD, check, kinds, shown

from bot.verify.records import Drafted
from bot.verify.verify import Verifier
from bot.weighing.lexicon import load_lexicon
from index.sentences import sentence_spans

SOLD = "the country had sold 400,000 tonnes of cod"
PRICE = "The price rose by 3 percentage points to 12 per cent above that of 2019"
ICELAND = "Iceland sold nearly 250,000 tonnes, worth $1.9 billion, between 3 May and 9 May"
FLEET = "Its fleet may grow next year"
LOST = "No trawler was lost"
DENIED = "The Harbour Union in Bergen denied that it had blocked the port on 4 May"
TALKS = "The talks in Oslo lasted for five days"
RETURN = "promised to return to the table"
BEATEN = "Norway defeated Iceland in the dispute over quotas"
BOATS = "Bergen gets 90 boats by 20 May and Oslo gets 380 boats by 1 June"


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(load_lexicon())


@pytest.mark.parametrize(
    ("text", "relied"),
    [
        ("Norway had sold 400,000 tonnes of cod, Anna Berg said.", SOLD),
        ("According to Berg, the country sold 400,000 tonnes of cod.", SOLD),
        ("Anna Berg said on 11 May 2020 that Norway had sold 400,000 tonnes of cod.", SOLD),
        (
            "The fisheries minister, Anna Berg, said: “We did not expect such a year.”",
            "We did not expect such a year",
        ),
        ("The price rose by three percentage points to 12% above that of 2019.", PRICE),
        ("The price increased by 3 percentage points.", PRICE),
        ("Iceland sold almost 250,000 tonnes, worth nearly $2 billion.", ICELAND),
        ("Iceland sold nearly 250,000 tonnes in May 2020.", ICELAND),
        ("Iceland's fleet may grow next year.", FLEET),
        ("No trawler was lost.", LOST),
        ("The Harbour Union denied that it had blocked the port.", DENIED),
        ("The talks in Oslo lasted for 5 days.", TALKS),
        ("Per Moe promised to return to the table.", RETURN),
        ("Iceland was defeated by Norway in the dispute over quotas.", BEATEN),
        ("Oslo gets 380 boats by 1 June.", BOATS),
        ("The Harbour Gazette reports that Norway defeated Iceland in the dispute over quotas.", BEATEN),
    ],
)
def test_a_true_retelling_is_kept(verifier: Verifier, text: str, relied: str) -> None:
    checked = check(verifier, text, relied)
    assert not checked.findings
    assert checked.verdict in ("quoted", "supported")
    assert checked.places


@pytest.mark.parametrize(
    ("kind", "text", "relied"),
    [
        ("number", "Norway had sold 500,000 tonnes of cod, Anna Berg said.", SOLD),
        ("number", "Norway had sold 400 million tonnes of cod, Anna Berg said.", SOLD),
        ("number", "The price rose by 3 per cent.", PRICE),
        ("number", "Iceland sold 250,000 tonnes.", ICELAND),
        ("number", "Iceland sold fish worth $1.9 million.", ICELAND),
        ("number", "Iceland sold fish worth more than $2 billion.", ICELAND),
        ("number", "Iceland sold fish worth €1.9 billion.", ICELAND),
        ("number", "The talks in Oslo lasted for five weeks.", TALKS),
        ("number", "Bergen gets 380 boats by 20 May.", BOATS),
        ("date", "Oslo gets 380 boats by 20 May.", BOATS),
        ("date", "Anna Berg said on 18 May 2020 that Norway had sold 400,000 tonnes of cod.", SOLD),
        ("date", "Anna Berg said on Tuesday that Norway had sold 400,000 tonnes of cod.", SOLD),
        ("date", "Anna Berg said yesterday that Norway had sold 400,000 tonnes of cod.", SOLD),
        ("date", "Oslo gets 380 boats from 1 June.", BOATS),
        ("date", "The price rose to 12 per cent above that of 2018.", PRICE),
        ("name", "Sweden had sold 400,000 tonnes of cod, Anna Berg said.", SOLD),
        ("name", "The talks in Bergen lasted for five days.", TALKS),
        ("name", "Eva Berg said that Norway had sold 400,000 tonnes of cod.", SOLD),
        ("negation", "A trawler was lost.", LOST),
        ("negation", "Anna Berg said: “We did expect such a year.”", "We did not expect such a year"),
        ("negation", "The talks in Oslo did not last for five days.", TALKS),
        ("negation", "The Harbour Union confirmed that it had blocked the port on 4 May.", DENIED),
        ("negation", "The Harbour Union in Bergen had blocked the port on 4 May.", DENIED),
        ("negation", "The price fell by 3 percentage points to 12 per cent above that of 2019.", PRICE),
        ("certainty", "Iceland's fleet will grow next year.", FLEET),
        ("certainty", "Per Moe returned to the table.", RETURN),
        ("speaker", "Norway had sold 400,000 tonnes of cod, Per Moe said.", SOLD),
        ("speaker", "Per Moe said that the price rose by 3 percentage points.", PRICE),
        ("speaker", "Per Moe said: “We did not expect such a year.”", "We did not expect such a year"),
        ("speaker", "Anna Berg said “the country had sold 400,000 tonnes of cod”.", SOLD),
        ("attribution", "Norway had sold 400,000 tonnes of cod.", SOLD),
        ("role", "Iceland defeated Norway in the dispute over quotas.", BEATEN),
        ("role", "Norway was defeated by Iceland in the dispute over quotas.", BEATEN),
        ("unsupported", "The talks in Oslo lasted for five days, and two ministers resigned over it.", TALKS),
        ("unsupported", "The secret talks in Oslo lasted for five days.", TALKS),
        ("link", "The talks in [Oslo](https://example.org) lasted for five days.", TALKS),
        ("link", "The talks in Oslo lasted for five days ![](x.png).", TALKS),
        ("link", "The talks in Oslo lasted for five days <img src=x>.", TALKS),
        ("quote_absent", "The talks “were a complete waste of everybody’s time”.", TALKS),
        ("quote_altered", "Anna Berg said: “We did not foresee such a year.”", SOLD),
        ("quote_spliced", "The talks “in Oslo lasted … over quotas”.", TALKS),
        ("quote_elsewhere", "Lena Dahl “counted 12 shoals”.", TALKS),
    ],
)  # fmt: skip
def test_a_false_one_is_found(verifier: Verifier, kind: str, text: str, relied: str) -> None:
    checked = check(verifier, text, relied)
    assert checked.verdict is None
    assert kinds(checked) & {kind, *_NEIGHBOURS.get(kind, ())}


# What is false in one way may be so in another: a wrong name may stand in another's place, too.
_NEIGHBOURS = {
    "name": ("role",), "certainty": ("negation",), "quote_altered": ("negation",),
    "negation": ("quote_altered", "quote_spliced"),
    "date": ("number", "negation"), "quote_spliced": ("quote_absent", "quote_altered"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("cites", "relied", "kind"),
    [
        ((), "", "no_citation"),
        ((9,), "The talks in Oslo", "unknown_passage"),
        ((2,), TALKS, "quote_elsewhere"),
        ((1,), "The talks in Oslo lasted for six days", "quote_altered"),
        ((1,), "Norwegians love their coffee strong and black", "quote_absent"),
        ((1,), "The talks in Oslo lasted … in the dispute over quotas", "quote_spliced"),
        ((1,), "No trawler was lost. Per Moe, the head of the union", "quote_spliced"),
    ],
)
def test_words_relied_on_stand_in_what_is_cited(
    verifier: Verifier, cites: tuple[int, ...], relied: str, kind: str
) -> None:
    assert kind in kinds(check(verifier, "The talks in Oslo lasted for five days.", relied, cites=cites))


def test_an_articles_own_sentence_is_shown_in_its_own_characters(verifier: Verifier) -> None:
    checked = check(verifier, '"We did not expect such a year", Berg said.', "We did not expect such a year")
    assert checked.verdict == "quoted"
    assert checked.text == "“We did not expect such a year”, Berg said."
    assert checked.speaker == "Anna Berg"


def test_without_relied_on_words_the_nearest_sentences_are_cited(verifier: Verifier) -> None:
    checked = check(verifier, "Iceland was defeated by Norway in the dispute over quotas.")
    (place,) = checked.places
    assert place.article.body[place.span.start : place.span.end].startswith("Norway defeated Iceland")


def test_a_finding_tells_what_the_article_has_instead(verifier: Verifier) -> None:
    (finding, *_) = check(verifier, "The talks in Oslo lasted for nine days.", TALKS).findings
    assert (finding.kind, finding.said, finding.found) == ("number", "nine", "five")


@pytest.mark.parametrize(
    ("before", "proved"),
    [("Anna Berg spoke on Monday.", True), ("Per Moe spoke on Monday.", False), ("", False)],
)
def test_he_or_she_is_whom_the_answer_named_last(verifier: Verifier, before: str, proved: bool) -> None:
    checked = check(verifier, "She said that Norway had sold 400,000 tonnes of cod.", SOLD, before=before)
    assert checked.proved is proved


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_verbatim_sentence_of_any_article_is_always_kept(data: st.DataObject) -> None:
    verifier = Verifier(load_lexicon())
    span = data.draw(st.sampled_from(sentence_spans(COD.body)))
    sentence = COD.body[span.start : span.end]
    straight = sentence.translate(str.maketrans("“”’–", '""\'-'))
    checked = verifier.check(
        Drafted(data.draw(st.sampled_from([sentence, straight])), (1,), ((1, straight),)), shown()
    )
    assert checked.text == sentence
    assert checked.verdict == "quoted"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_changed_digit_is_always_found(data: st.DataObject) -> None:
    verifier = Verifier(load_lexicon())
    span = data.draw(st.sampled_from(sentence_spans(COD.body)))
    sentence = COD.body[span.start : span.end]
    digits = [n for n, letter in enumerate(sentence) if letter.isdigit()]
    if digits:
        at = data.draw(st.sampled_from(digits))
        new = data.draw(st.sampled_from([d for d in "0123456789" if d != sentence[at]]))
        forged = sentence[:at] + new + sentence[at + 1 :]
        assert not verifier.check(Drafted(forged, (1,), ((1, sentence),)), shown()).proved


def test_a_sentence_is_checked_in_five_milliseconds(verifier: Verifier) -> None:
    text = "Norway had sold 400,000 tonnes of cod, Anna Berg said."
    check(verifier, text, SOLD)
    started = time.process_time()
    for _ in range(20):
        check(verifier, text, SOLD)
    assert (time.process_time() - started) / 20 < 0.02  # 2 ms where nothing else runs


class OnlyPrices:
    """A model that finds nothing in a text but prices."""

    def probability(self, premise: str, hypothesis: str) -> float:
        return 0.9 if "price" in premise and "price" in hypothesis else 0.1


def test_a_model_for_entailment_may_only_add_a_finding() -> None:
    verifier = Verifier(load_lexicon(), entailment=OnlyPrices())
    assert check(verifier, "The price increased by 3 percentage points.", PRICE).proved
    assert kinds(check(verifier, "The talks in Oslo lasted for 5 days.", TALKS)) == {"unsupported"}
    assert kinds(check(verifier, "The price increased by 4 percentage points.", PRICE)) >= {"number"}
