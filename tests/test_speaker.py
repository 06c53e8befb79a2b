from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speaking.quotations import masked, paragraphs, quotations
from bot.speaking.speaker import UNCLEAR, Speaker, Speakers, speaker_of
from index.records import Article, Span

SEED = Path(__file__).parents[2] / "shared/seeds/000_36f9cee1731ba835.txt"


def who(body: str, words: str, *, outlet: str = "The Courier", agency: str | None = None) -> Speaker | None:
    """The speaker of the words within a body; the words stand in it once."""
    assert body.count(words) == 1
    start = body.index(words)
    article = Article("a", "A title", body, outlet=outlet, agency=agency)
    return speaker_of(article, Span(start, start + len(words)))


def name(body: str, words: str) -> str | None:
    speaker = who(body, words)
    return speaker.name if speaker else None


ANNA = "Norwegian Fisheries Minister Anna Lund said on Monday that quotas would fall."


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Quotas will fall, Anna Lund said on Monday.", "Anna Lund"),
        ("Fisheries Minister Anna Lund said quotas would fall.", "Anna Lund"),
        ("“Quotas will fall,” said Anna Lund.", "Anna Lund"),
        ("“Quotas will fall”, added Anna Lund, a former skipper.", "Anna Lund"),
        ('"Quotas will fall," Anna Lund pointed out.', "Anna Lund"),
        ("“Will they fall?” Anna Lund asked.", "Anna Lund"),
        ("Anna Lund, the fisheries minister, told reporters quotas would fall.", "Anna Lund"),
        ("The fisheries minister, Anna Lund, told reporters quotas would fall.", "Anna Lund"),
        ("Anna Lund, 52, a former skipper from Bodø, said quotas would fall.", "Anna Lund"),
        ("Anna Lund, who is visiting Riga, said quotas would fall.", "Anna Lund"),
        ("Anna Lund, speaking in Riga, said quotas would fall.", "Anna Lund"),
        ("In a letter on Monday Minister Anna Lund said quotas would fall.", "Anna Lund"),
        ("Anna Lund was quoted as saying that quotas would fall.", "Anna Lund"),
        ("On Saturday afternoon Norway’s fisheries ministry said no.", "Norway’s fisheries ministry"),
        ("Anna Lund has repeatedly said that quotas would fall.", "Anna Lund"),
        ("According to Anna Lund, quotas will fall.", "Anna Lund"),
        ("Quotas will fall, according to a senior official.", "a senior official"),
        ("The Fisheries Ministry in Oslo said quotas would fall.", "the Fisheries Ministry in Oslo"),
        (
            "A spokeswoman for the Fisheries Ministry said quotas would fall.",
            "a spokeswoman for the Fisheries Ministry",
        ),
        ("Officials said quotas would fall.", "Officials"),
        ("Norway says quotas are fair, while Iceland says they are not.", "Norway; Iceland"),
        ("Anna Lund said that Iceland had said no.", "Anna Lund"),
        ("Quotas will fall, Anna Lund said, Reuters reports.", "Anna Lund"),
        ("Secretary of State Anna Lund said quotas would fall.", "Anna Lund"),
        ("The office of Minister Anna Lund welcomed the deal and said that quotas would fall.", "Anna Lund"),
        (
            "The leaders of Norway, Iceland and Latvia have urged all to wait.",
            "the leaders of Norway, Iceland and Latvia",
        ),
        ("Five-time winner Anna Lund said quotas would fall.", "Anna Lund"),
        ("Anna Lund, R-Maine, said quotas would fall.", "Anna Lund"),
        (
            "The second step, which Anna Lund said was easy, is “to stop fishing for cod at once”.",
            "Anna Lund",
        ),
        ("Reuters reported that quotas would fall.", "Reuters"),
        ("«Квоты снизятся», — сказал Иван Петров.", "Иван Петров"),
        ("По словам министра Ивана Петрова, квоты снизятся.", "Ивана Петрова"),
    ],
)
def test_a_sentence_names_who_says_it(sentence: str, speaker: str) -> None:
    assert name(sentence, sentence) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "Quotas fell in 2019.",
        "Norway made territorial claims against Iceland.",
        "Iceland responded with a fleet of trawlers.",
        "Anna Lund did not say when quotas would fall.",
        "The crew were told to leave.",
        "The fire, reported by Reuters, spread.",
        "The book “The Silver Shoals” sold well.",
        "Prices rose after it announced the cuts.",
        "Prices rose after Anna Lund announced the cuts.",
        "Steve Helber/AP",
        "The United States bought cod.",
    ],
)
def test_what_the_outlet_tells_itself_has_no_speaker(sentence: str) -> None:
    assert who(sentence, sentence) is None


@pytest.mark.parametrize(
    ("following", "words"),
    [
        ("“We waited too long,” Lund said.", "“We waited too long,” Lund said."),
        ("“We waited too long,” she said.", "“We waited too long,” she said."),
        ("“We waited too long,” the minister noted.", "“We waited too long,” the minister noted."),
        ("“We waited too long,” the Norwegian minister noted.", "We waited too long"),
        ("“We waited,” she said. “It was a mistake to wait so long.”", "“It was a mistake to wait so long.”"),
        ("“It was a mistake to wait,” she went on, “and we did.”", "and we did"),
        (
            "“It was a mistake to wait so long.\n\n“We know that now,” she added.",
            "“It was a mistake to wait so long.",
        ),
        ("Lund said:\n\n“It was a mistake to wait so long.”", "“It was a mistake to wait so long.”"),
        ("“It was a mistake to wait so long.”", "“It was a mistake to wait so long.”"),
    ],
)
def test_a_name_given_earlier_is_found_again(following: str, words: str) -> None:
    speaker = who(f"{ANNA}\n\n{following}", words)
    assert speaker is not None
    assert (speaker.name, speaker.role, speaker.kind) == (
        "Anna Lund",
        "Norwegian Fisheries Minister",
        "named",
    )


def test_evidence_is_the_words_that_show_who_speaks() -> None:
    body = f"{ANNA}\n\n“We waited too long,” she said. “It was a mistake.”"
    speaker = who(body, "“It was a mistake.”")
    assert speaker is not None and speaker.evidence and speaker.named_at
    assert body[slice(*speaker.evidence)] == "she said"
    assert body[slice(*speaker.named_at)] == "Anna Lund"


@pytest.mark.parametrize(
    "body",
    [
        "Anna Lund met Eva Moe in Riga. “We waited too long,” she said.",
        "Anna Lund said quotas would fall. Eva Moe praised it. “We waited too long,” she said.",
        "“We waited too long for this day.”",
        "Quotas fell. “We waited too long,” they said.",
        "Anna Lund left. Per Moe came. Then one of them replied by saying, “We waited too long.”",
        "Anna Lund smiled. “We waited too long,” said with some heat the former skipper she had met.",
        "“Quotas,” said Anna Lund. Mr Moe disagreed. “We waited too long for this day.”",
    ],
)
def test_where_two_could_be_meant_the_speaker_is_unclear(body: str) -> None:
    assert name(body, "We waited too long") == UNCLEAR


def test_she_is_not_called_sergey() -> None:
    assert (
        name("Eva Moe met Sergey Orlov in Riga. “We waited,” she said.", "“We waited,” she said.")
        == "Eva Moe"
    )


def test_she_is_not_a_spokesman() -> None:
    body = "Anna Lund met spokesman Per Moe in Riga. “We waited too long,” she said."
    assert name(body, "“We waited too long,” she said.") == "Anna Lund"


def test_another_quotation_between_is_kept_apart() -> None:
    body = (
        "“We wait,” said Anna Lund. “Never again will we.” “No,” Per Moe said. “Boats must leave the port.”"
    )
    assert name(body, "“Never again will we.”") == "Anna Lund"
    assert name(body, "“Boats must leave the port.”") == "Per Moe"


def test_the_agency_that_wrote_the_article_is_its_own_voice() -> None:
    speaker = who("Quotas fell, Trend reports.", "Quotas fell, Trend reports.", agency="Trend")
    assert speaker is None


def test_two_people_of_one_surname_are_not_mixed_up() -> None:
    body = "Anna Lund and Per Lund fish cod. Prices rise. “We waited too long,” Lund said."
    assert name(body, "“We waited too long,” Lund said.") == "Lund"


@pytest.mark.skipif(not SEED.exists(), reason="the trial articles lie in ../shared/seeds")
def test_every_quotation_of_the_trial_article_has_its_speaker() -> None:
    body = SEED.read_text()
    speakers = Speakers(Article("a", "t", body, outlet="Today.Az", agency="Trend"))
    quoted = [one for one in quotations(body) if one.end - one.start > 40]
    assert len(quoted) == 8
    for one in quoted:
        speaker = speakers.of(Span(one.start, one.end))
        assert speaker is not None
        assert (speaker.name, speaker.role) == ("Sergey Lavrov", "Russian Foreign Minister")
    own = body.index("Azerbaijan responded")
    assert speakers.of(Span(own, body.index(".", own) + 1)) is None


@given(st.text(alphabet="“”«»„\"'‘’ aB.,\n", max_size=60))
def test_quotations_stand_in_order_within_the_paragraphs(body: str) -> None:
    found = quotations(body)
    parts = paragraphs(body)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(any(part.start <= one.start < one.end <= part.end for part in parts) for one in found)
    assert len(masked(body, found)) == len(body)


@given(st.text(alphabet='“”" .,;:-—aBхХ’\n1', max_size=80), st.data())
def test_any_text_has_a_speaker_or_none(body: str, data: st.DataObject) -> None:
    if not body:
        return
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    speaker = speaker_of(Article("a", "t", body), Span(start, end))
    assert speaker is None or speaker.name


@given(
    st.lists(
        st.sampled_from(
            ["Anna Lund", "the minister", "she", "said", "told", "“We wait,”", "according to", ",",
            ".", "\n\n",
             "and", "who", "Per", "that", "Reuters", "in Oslo", "“", "pointed out", "of", "a spokesman"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_order_of_words_has_a_speaker_or_none(words: list[str]) -> None:
    body = " ".join(words)
    if body.strip():
        speaker = speaker_of(Article("a", "t", body), Span(0, len(body)))
        assert speaker is None or speaker.name


def test_a_line_without_words_before_a_quotation_is_no_fault() -> None:
    body = "The strike went on.\n\n_____\n\n“We will not stop until they listen to us.”"
    assert name(body, "“We will not stop until they listen to us.”") == UNCLEAR


def test_a_sentence_of_the_outlets_own_is_told_by_its_paragraph() -> None:
    article = Article("a", "A title", f"{ANNA}\n\nThe harbour was quiet.\n\n“No,” she added.")
    speakers = Speakers(article)
    start = article.body.index("The harbour")
    assert speakers.of(Span(start, start + len("The harbour was quiet."))) is None
    assert "people" not in vars(speakers) and "_meanings" not in vars(speakers)
    last = speakers.of(Span(article.body.index("“No"), len(article.body)))
    assert last and last.name == "Anna Lund"


def test_a_speech_of_many_paragraphs_that_nobody_is_said_to_hold_is_told_at_once() -> None:
    body = "\n\n".join(f"“Point {n} of the plan is that we build the harbour anew" for n in range(40))
    assert name(body, "“Point 20 of the plan is that we build the harbour anew") == UNCLEAR


@pytest.mark.parametrize(
    "sentence",
    [
        "Correction: An earlier version of this article said that Kalbajar was due on Monday.",
        "A previous version of this story said that the game was on Monday.",
        "This article incorrectly stated that sixty boats left.",
        "Clarification: The article said that Lund had resigned.",
        "Editor’s note: This post originally reported that the mayor had resigned.",
    ],
)
def test_an_article_is_no_speaker_of_its_own_corrections(sentence: str) -> None:
    assert who(f"{sentence} It was Tuesday.\n\n{ANNA}", sentence) is None


def test_somebody_who_is_quoted_in_a_correction_speaks() -> None:
    note = "In an earlier version of this article, Anna Lund said that quotas would rise."
    assert name(f"{ANNA}\n\n{note}", note) == "Anna Lund"
