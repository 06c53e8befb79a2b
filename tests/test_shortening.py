"""What of a model's wording counts as proved: the sentence's own words in their order, no carrier lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.foreign import is_english
from bot.language.lexicon import load_lexicon
from bot.proof.shortening import is_shortening
from bot.speaking.speaker import Speakers
from eval.studies.wording.__main__ import BUILT_IN, judge, read_articles, read_rows
from index.records import Article, Span

SEEDS = Path(__file__).parents[1] / "seeds"


def shortened(
    sentence: str,
    wording: str,
    *,
    before: str = "",
    published: str = "2020-10-20",
    language: str | None = None,
) -> bool:
    """Whether a wording counts for a sentence behind another, in an article of Tuesday, 20 Oct 2020."""
    body = f"{before} {sentence}".strip()
    article = Article("a", "Title", body, outlet="The Courier", published=published, language=language)
    start = body.index(sentence)
    return is_shortening(wording, article, Span(start, len(body)), speakers=Speakers(article))


QUOTAS = (
    "Cod quotas will fall by nearly a third from Monday, Anna Lund, the fisheries minister, said after a"
    " meeting in Bergen."
)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        (QUOTAS, QUOTAS),
        (QUOTAS, "Cod quotas will fall by nearly a third from Monday, Anna Lund said."),
        (QUOTAS, "Anna Lund said that cod quotas would fall by nearly a third from Monday."),
        (QUOTAS, "According to fisheries minister Lund, cod quotas will fall by nearly a third from Monday."),
        ("On Friday, the union called off the strike.", "The union called off the strike."),
        ("The port closed on Friday, raising prices in Oslo.", "The port closed on Friday."),
        ("The ship met two tugs in Bergen on Friday.", "The ship met two tugs in Bergen."),
        ("The ship has been given a new engine.", "The ship was given a new engine."),
        ("Minister Anna Lund and Per Moe signed the treaty.", "Lund and Moe signed the treaty."),
        ("Two truces have collapsed so far.", "Two truces have collapsed."),
        ("But the ferry stayed in port.", "The ferry stayed in port."),
    ],
)
def test_less_of_the_sentences_own_words_in_their_order_is_proved(sentence: str, wording: str) -> None:
    assert shortened(sentence, wording)


@pytest.mark.parametrize(
    ("sentence", "wording", "why"),
    [
        ("The port did not close on Friday.", "The port did close on Friday.", "a denial"),
        ("The port will close if the strike goes on.", "The port will close.", "a condition"),
        ("If the strike goes on, the port will close.", "The port will close.", "a condition in front"),
        ("The port may close on Friday.", "The port close on Friday.", "a hedge"),
        ("The bank lost at least 40 million dollars.", "The bank lost 40 million dollars.", "a bound"),
        ("Some residents left the town.", "Residents left the town.", "a part of them"),
        ("The son of Per Moe was arrested.", "Per Moe was arrested.", "the head of a phrase"),
        ("Former minister Anna Lund was fined.", "Minister Anna Lund was fined.", "an office that was"),
        ("The vice president resigned on Friday.", "The president resigned on Friday.", "another office"),
        ("No foreign troops have left the town.", "No troops have left the town.", "less says more under no"),
        ("She is the first female president.", "She is the first president.", "less says more under first"),
        ("It is the largest bank in Norway.", "It is the largest bank.", "less says more under largest"),
        ("The storm hit North Korea on Friday.", "The storm hit Korea on Friday.", "a part of a name"),
        ("Quotas will fall, the ministry said.", "Quotas will fall.", "whose statement it is"),
        ("Quotas will fall, in the ministry’s view.", "Quotas will fall.", "whose view it is"),
        ("The road runs from Oslo to Bergen.", "The road runs from Oslo.", "the other half"),
        ("Rebels killed 12 soldiers, police and civilians.", "Rebels killed 12 soldiers.", "what is counted"),
        ("Moe signed in Oslo; Lund signed in Bergen.", "Moe signed in Bergen.", "parts of two clauses"),
        ("The ferry left for Bergen on Friday.", "The ferry left for Tromsø on Friday.", "another word"),
        ("Lund met Moe in Bergen.", "Moe met Lund in Bergen.", "another order"),
        ("The ferry stayed in port.", "The old ferry stayed in port.", "a word added"),
        ("He called the plan “a serious mistake”.", "He called the plan “a mistake”.", "less of a quotation"),
        (
            "The “liberated” town is empty.",
            "The liberated town is empty.",
            "marks that keep a word at a distance",
        ),
        ("Critics doubt President Lund took bribes.", "Lund took bribes.", "a doubt before a title"),
        (
            "The wife of Erik Lund, the prime minister, was held.",
            "The prime minister was held.",
            "another person",
        ),
        (
            "Lund, whose rival, Anna Berg, was found guilty, won.",
            "Lund was found guilty, won.",
            "another subject",
        ),
        ("The mayor took bribes, a claim he denies.", "The mayor took bribes.", "a denial set off"),
        ("The mayor took bribes, the indictment charges.", "The mayor took bribes.", "whose charge it is"),
        ("In the novel, the president is shot dead.", "The president is shot dead.", "a frame"),
        ("Abortion is illegal in Texas.", "Abortion is illegal.", "where it is so"),
        ("They agreed to halt arms sales to Iran.", "They agreed to arms sales to Iran.", "a verb"),
        ("The vaccine rarely causes blood clots.", "The vaccine causes blood clots.", "how often"),
        ("The party won 20 of the 100 seats.", "The party won 100 seats.", "a part of a number"),
        ("The storm killed 12 men and women.", "The storm killed 12 men.", "the rest of what is counted"),
        ("Had Lund paid, the ferry would sail.", "Lund paid, the ferry would sail.", "what never was"),
        ("Erik Lund denied that he took bribes.", "Erik Lund said that he took bribes.", "another verb"),
        (
            "The wife of Erik Lund said the war was lost.",
            "Erik Lund said the war was lost.",
            "another speaker",
        ),
        ("Lund has been president for ten years.", "Lund was president for ten years.", "what goes on"),
        ("Have the police lied about the fire?", "The police lied about the fire.", "a question"),
        (
            "The ‘victims’ were paid, the blog wrote.",
            "The victims were paid, the blog wrote.",
            "single marks",
        ),
        ("It stayed in port on Friday.", "It stayed in port.", "not understood by itself"),
    ],
)
def test_what_carries_the_claim_stays(sentence: str, wording: str, why: str) -> None:
    assert not shortened(sentence, wording), why


@pytest.mark.parametrize(
    ("wording", "proved"),
    [
        ("Anna Lund would resign.", False),
        ("Anna Lund said she would resign.", True),
        ("Minister Lund said she would resign.", True),
        ("Per Moe said she would resign.", False),
        ("Anna Lund admitted she would resign.", False),
    ],
)
def test_a_pronoun_is_given_the_name_that_speaking_resolved(wording: str, proved: bool) -> None:
    before = "Minister Anna Lund met the press on Friday."
    assert shortened("She said she would resign.", wording, before=before) == proved


@pytest.mark.parametrize(
    ("wording", "proved"),
    [
        ("The harbour was closed on Monday, 19 October.", True),
        ("The harbour was closed on 19 October 2020.", True),
        ("The harbour was closed on October 19.", True),
        ("The harbour was closed on Monday, 20 October.", False),
        ("The harbour was closed on 12 October 2020.", False),
    ],
)
def test_a_day_is_the_one_that_the_articles_date_gives(wording: str, proved: bool) -> None:
    assert shortened("The harbour was closed on Monday.", wording) == proved


@pytest.mark.parametrize(
    ("sentence", "wording", "proved"),
    [
        ("The soldier was killed in the port two days ago.",
         "The soldier was killed in the port on 18 October 2020.", True),
        ("The port closed last month.", "The port closed in September 2020.", True),
        ("Next Tuesday the talks will begin in Geneva.",
         "On 27 October the talks will begin in Geneva.", True),
        ("Next Tuesday the talks will begin in Geneva.",
         "On 20 October the talks will begin in Geneva.", False),
        ("In 1993 the delegations met in Geneva on Monday.",
         "In 1993 the delegations met in Geneva on 19 October 2020.", False),
        ("Today the city is rich in museums.", "On 20 October 2020 the city is rich in museums.", False),
    ],
)  # fmt: skip
def test_the_proof_reads_the_days_that_people_are_shown(sentence: str, wording: str, proved: bool) -> None:
    assert shortened(sentence, wording) == proved


FOREIGN = [
    "La Russie a bombardé l’hôpital de la ville, Moscou dément.",
    "Rusia bombardeó el hospital de la ciudad, Moscú lo niega.",
    "Lund hat das Geld der Partei gestohlen, Zeugen zufolge.",
    "De minister was in de stad en had een plan, zei hij.",
    "Армения обстреляла город Гянджу, Ереван отрицает.",
]


@pytest.mark.parametrize("sentence", FOREIGN)
@pytest.mark.parametrize("language", [None, "en"])
def test_a_sentence_in_another_language_is_quoted(sentence: str, language: str | None) -> None:
    shorter = sentence.partition(",")[0] + "."
    assert not is_english(sentence, load_lexicon())
    assert not shortened(sentence, shorter, language=language)


def test_an_article_that_says_it_is_in_another_language_is_quoted() -> None:
    wording = "Anna Lund left Oslo."
    told = {
        tag: shortened("On Friday, Anna Lund left Oslo.", wording, language=tag) for tag in ("en-GB", "fr")
    }
    assert told == {"en-GB": True, "fr": False}


def test_of_sentences_written_apart_from_the_rule_no_false_one_is_shown() -> None:
    articles = read_articles([SEEDS])
    judged = [judge(row, articles[row.article]) for row in read_rows(BUILT_IN, articles=articles)]
    false = [one for one in judged if one.row.label == "false"]
    short = [one for one in judged if one.row.label == "shortening"]
    assert len(false) > 300 and len(short) > 90
    assert [one.row.sentence for one in false if one.own] == []
    assert not any(one.lost for one in judged)
    assert sum(one.own for one in short) > 10  # the rule refuses much: that costs the wording only
