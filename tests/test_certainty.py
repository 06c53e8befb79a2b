"""A speaker is told only where that is sure enough, and bodies by what the article calls them in full."""

import pytest

from bot.speaking.certainty.regression import certainties, is_sure
from bot.speaking.certainty.signs import Finding
from bot.speaking.persons.full_names import in_full
from bot.speaking.speaker import NOBODY_TOLD, Speaker, Speakers, speaker_of
from eval.studies.speakers.fitting import SURE
from index.records import Article, Span


def who(body: str, words: str) -> Speaker | None:
    start = body.index(words)
    return speaker_of(Article("a", "t", body, outlet="The Courier"), Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("body", "letters", "name"),
    [
        ("The Oslo Port Union (OPU) met. The OPU left.", "the OPU", "Oslo Port Union"),
        ("The Union of Oslo Ports (OPU) met.", "OPU", "Union of Oslo Ports"),
        ("Norway’s Agency for Quota Control met the AQC’s critics.", "AQC", "Agency for Quota Control"),
        ("The Ministry of Labour met. The MOL left.", "the MOL", "Ministry of Labour"),
        ("OSLO (AQC) – Quotas fell.", "AQC", None),
        ("The Oslo Port Union met.", "the union", None),
        ("Oslo Port met the OP.", "OP", None),  # of two letters it is chance
    ],
)
def test_letters_have_the_name_that_the_article_gives_in_full(
    body: str, letters: str, name: str | None
) -> None:
    assert in_full(body, letters) == name


def test_a_body_called_by_its_letters_is_told_with_its_name() -> None:
    speaker = who(
        "The Oslo Port Union (OPU) met. Quotas will fall, the OPU said.", "Quotas will fall, the OPU said."
    )
    assert speaker is not None
    assert (speaker.kind, speaker.name, speaker.role) == ("body", "the OPU", "Oslo Port Union")


@pytest.mark.parametrize(
    ("body", "words", "name"),
    [
        (
            "Norway’s Fisheries Ministry said signs of it are:\n\nPale gills\n\nSlow swimming\n\nIt is cold.",
            "Slow swimming",
            "Norway’s Fisheries Ministry",
        ),
        (
            "“We waited too long,’’ Anna Lund said. “There will be hard years.’’",
            "There will be hard years",
            "Anna Lund",
        ),
        (
            "The court heard Ruth Abiola QC on Monday. Abiola said the bolts were short.",
            "Abiola said the bolts were short.",
            "Ruth Abiola QC",
        ),
        (
            "Spokeswoman Hilary O’Brien spoke first. O'Brien added that quotas would fall.",
            "O'Brien added that quotas would fall.",
            "Hilary O’Brien",
        ),
        (
            "President of the Nordic Commission Greta Holm said no. Holm said quotas would fall.",
            "Holm said quotas would fall.",
            "Greta Holm",
        ),
        (
            "Nets are bad, according to University of Bergen law professor Nel Smit.",
            "Nets are bad",
            "Nel Smit",
        ),
        (
            "Crews loaded nets for the port’s 1,100 boats to take out, said Superintendent Per Moe.",
            "Crews loaded nets",
            "Per Moe",
        ),
    ],
)
def test_who_says_it_is_read(body: str, words: str, name: str) -> None:
    end = body.find("\n", body.index(words))
    sentence = words if end >= 0 or words.endswith(".") else body[body.index(words) :]
    speaker = who(body, sentence)
    assert speaker is not None
    assert (speaker.name, speaker.partly) == (name, False)


def test_items_under_a_heading_of_the_outlets_are_nobodys() -> None:
    assert who("The quotas of each port:\n\nBergen\n\nOslo", "Oslo") is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # a quotation that nobody is said to have spoken, beside the outlet's words
        (
            "The strait is narrow and cold, “with two lanes of grey water and no lights at all”.",
            "The strait is narrow and cold, “with two lanes of grey water and no lights at all”.",
        ),
        # it may go on with what was reported
        ("Anna Lund said cod would be there. Herring cannot.", "Herring cannot."),
        # one of several with a name, and nobody knows which
        (
            "NordFisk and Havly merged. The network said quotas would fall.",
            "The network said quotas would fall.",
        ),
    ],
)
def test_what_is_not_sure_is_unclear(body: str, words: str) -> None:
    assert who(body, words) == NOBODY_TOLD


@pytest.mark.parametrize(
    "sentence",
    [
        "The quota has been cut twice since 2015.",
        "Cod is Norway’s third largest export.",
        "The bridge fell on 3 March, two days after its opening.",
    ],
)
def test_the_outlets_plain_words_are_its_own(sentence: str) -> None:
    assert who(f"Anna Lund spoke on Monday.\n\n{sentence}", sentence) is None


def test_without_signs_what_was_found_stands() -> None:
    assert is_sure(Finding(NOBODY_TOLD, {}))
    assert is_sure(Finding(None, {}))


def test_the_weights_that_ship_are_of_the_signs_that_are_read() -> None:
    article = Article("a", "t", "Cod is dear.\n\nHerring is cheap, Anna Lund said.", outlet="The Courier")
    speakers = Speakers(article)
    for span in (Span(0, 12), Span(14, len(article.body))):
        found = speakers.finding(span)
        assert found.signs.keys() == certainties()[found.of].weights.keys()
        assert certainties()[found.of].sure == SURE[found.of]
