"""Whose a part of a sentence is, and what is nobody's but the outlet's."""

import json
from pathlib import Path

import pytest

from bot.speaking.speaker import Speaker, speaker_of
from eval.cases import BadCase
from eval.studies.speakers.labels import ARTICLES, label_of
from eval.studies.speakers.places import PlacedSentence, WrittenSentence, placed, read_places
from index.records import Article, Span

LUND = "Norwegian Fisheries Minister Anna Lund spoke to the fleet on Monday. "


def who(words: str, before: str = "", outlet: str = "The Courier") -> Speaker | None:
    """Who says the words at the end of a body."""
    body = before + words
    return speaker_of(Article("a", "t", body, outlet=outlet), Span(len(before), len(body)))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The plan, which she called a disgrace, passes today.", "Anna Lund"),
        ("The plan, which Lund said would sink the fleet, passes today.", "Anna Lund"),
        ("Drills that Iceland says are routine began in Bodø.", "Iceland"),
        ("The law caps catches, a move that critics claim will ruin the coast.", "critics"),
        ("Lund, who has said that cod would return, resigned on Tuesday.", "Anna Lund"),
        ("Lund said that the fleet was safe, and the company closed its plant in 2019.", "Anna Lund"),
        ("Lund said that the fleet would be paid, but the money has not arrived.", "Anna Lund"),
        ("Lund said “no”, even though her party has praised the plan.", "Anna Lund"),
        ("The boats are still out, but according to Lund, not for long.", "Anna Lund"),
        ("Catches fell in May, but Lund said they would recover.", "Anna Lund"),
        ("Paying is no remedy: Lund called the levy “deceptive”.", "Anna Lund"),
        ("Lund has falsely claimed that the fleet shared its maps.", "Anna Lund"),
        ("Lund is expected to repeat her argument that trawlers are to blame.", "Anna Lund"),
        ("Lund thanked the skippers, saying that they had been patient.", "Anna Lund"),
        ("Lund made headlines in May when she said “I do not care what happens to cod”.", "Anna Lund"),
        ("While Lund said that cod would return, the council closed the port.", "Anna Lund"),
    ],
)
def test_a_clause_or_a_quotation_is_not_the_whole_sentence(sentence: str, name: str) -> None:
    speaker = who(sentence, LUND)
    assert speaker is not None
    assert (speaker.name, speaker.partly) == (name, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lund said that quotas would fall, and that boats would be sold.",
        "Lund said that quotas would fall, and skippers would be paid.",
        "Lund says quotas fall, and the fleet shrinks.",
        "Quotas will fall, and the fleet will shrink, Lund said.",
        "According to Lund, quotas fell, although boats were paid.",
        "Lund called the plan “a slap in the face of every family on the coast”.",
        "“We waited,” Lund said, “and the sea has sent us the bill.”",
        "On Monday Lund said that quotas would fall.",
        "Lund said the catch was a “good sign” and that quotas would rise.",
    ],
)
def test_what_is_all_theirs_is_not_called_a_part(sentence: str) -> None:
    speaker = who(sentence, LUND)
    assert speaker is not None
    assert (speaker.name, speaker.partly) == ("Anna Lund", False)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Philips said it would recall the machines.", "Philips"),
        ("According to Philips, the machines are safe.", "Philips"),
        ("Sales fell by a fifth, Boats.com said.", "Boats.com"),
        ("Cod protects the heart, studies show.", "studies"),
        ("Court papers say that the fleet was sold.", "Court papers"),
        ("The fleet was sold, according to state budget records.", "state budget records"),
        ("The fleet was sold, according to a police news release.", "a police news release"),
        ("A study in 2019 found that cod is back.", "a study in 2019"),
        ("The Justice Department said the fleet was sold.", "the Justice Department"),
        ("The Conservative party (CP) said the fleet was sold.", "the Conservative party"),
        ("Texas reported a record catch.", "Texas"),
        ("The CDC reported a record catch.", "the CDC"),
        ("Anna Lund’s family said they had waited.", "Anna Lund’s family"),
        ("The tech giant announced on Tuesday that it would pay.", "the tech giant"),
    ],
)
def test_a_body_that_says_something_is_found(sentence: str, name: str) -> None:
    speaker = who(sentence)
    assert speaker is not None
    assert (speaker.name, speaker.kind in ("body", "unnamed"), speaker.partly) == (name, True, False)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Experts agree that cod is back.", "Experts"),
        ("Cod is back, those close to the fleet say.", "those close to the fleet"),
        ("Cod is back, sources familiar with the survey told Reuters.", "sources familiar with the survey"),
        ("Republicans blame the shortage on the quotas.", "Republicans"),
        ("Legal experts expected a trial but said that it might be short.", "Legal experts"),
        ("Cod is back, say skippers who spoke to Reuters.", "skippers"),
    ],
)
def test_several_people_without_names_speak(sentence: str, name: str) -> None:
    speaker = who(sentence)
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, "unnamed")


@pytest.mark.parametrize(
    ("before", "sentence", "name"),
    [
        ("", "Eagles defensive end Josh Sweat told reporters that they had a shot.", "Josh Sweat"),
        ("", "Per Moe, CEO of Block and friend to Lund, has said that he would not return.", "Per Moe"),
        (
            "",
            "Rick Hasen, a professor at the University of Riga, Dom School, said it was a lie.",
            "Rick Hasen",
        ),
        ("Rep. Jim Banks met the skippers. ", "According to Banks, they will be paid.", "Jim Banks"),
        ("Actor Per Moe met Lund. Moe laughed. ", "“I was shocked,” the actor told People.", "Per Moe"),
        ("Per Moe laughed. ", "“I was shocked,” the actor told People.", "Per Moe"),
        ("President Per Moe met Prime Minister Eva Lie. ", "The President said “no” to the plan.", "Per Moe"),
        ("", "“There is hope,” Sellers says.", "Sellers"),
    ],
)
def test_who_is_told_of_otherwise_is_the_person_meant(before: str, sentence: str, name: str) -> None:
    speaker = who(sentence, before)
    assert speaker is not None
    assert (speaker.name, speaker.kind) == (name, "named")


POINTS = "The ministers signed a statement of nine points. "


@pytest.mark.parametrize(
    "sentence",
    [
        "The first says that all troops will leave.",
        "The second point says that prisoners will be exchanged.",
        "The report’s second point says that quotas fell.",
        "The third paragraph adds that quotas fell.",
        "This article says that prisoners were exchanged.",
        "According to this article, prisoners were exchanged.",
        "Prisoners were exchanged, according to The Courier.",
        "Biden’s remarks drew criticism.",
        "Early estimates for the turf were around seven million.",
        "Fifteen states have a wage of their own.",
        "He is charged with alleged violations of the law.",
        "The programme claimed its sixth title.",
        "The weekend concludes with a match on Sunday.",
        "The data collected by the probe also revealed new details.",
        "Moe testified in June before the committee.",
        "Moe added 12 in the last quarter.",
        "The jokes told at each place are listed.",
        "Rates rose earlier than they had predicted a few months ago.",
        "The city is “desperate for leadership” after a year in which its mayors and councils came and went.",
        "The raid has been described as “the boldest theft of the century”.",
        "School: Campo Verde",
        "“Let Me Go” — Mykal Kilgore",
        "Despite his claim that cod is back, the court ruled against the fleet.",
    ],
)
def test_the_outlets_own_voice_is_neither_anybodys_nor_unclear(sentence: str) -> None:
    assert who(sentence, POINTS) is None


def test_the_first_of_two_people_is_no_point_of_a_text() -> None:
    speaker = who("The first said that he had seen smoke.", "Two men ran from the house. ")
    assert speaker is not None


def test_an_unread_speaker_is_unclear_and_not_the_outlet() -> None:
    speaker = who("The four-time gold winner of the cod derby on the pier says she wants to stop.")
    assert speaker is not None


BODY = "Quotas fell.\n\nPer Moe  said so. Per Moe said so."


def test_a_written_sentence_is_kept_as_its_place() -> None:
    article = Article("a", "t", BODY)
    row = WrittenSentence(article="a", sentence="Per Moe said so.", labels=("person Per Moe",))
    place = placed(row, article)
    assert place is not None and BODY[place.start : place.end] == "Per Moe  said so."
    assert "Moe said" not in place.model_dump_json()
    assert placed(row.model_copy(update={"sentence": "Nobody said so."}), article) is None


def test_a_place_is_read_only_from_the_words_that_were_labelled(tmp_path: Path) -> None:
    article = Article("a", "t", BODY)
    row = WrittenSentence(article="a", sentence="Quotas fell.", labels=("own",), partly=True)
    place = placed(row, article)
    assert isinstance(place, PlacedSentence)
    file = tmp_path / "real_heldout.jsonl"
    file.write_text(place.model_dump_json())
    (read,) = read_places(file, {"a": article})
    assert (read.text, read.partly, read.held_out, read.labels) == (
        "Quotas fell.",
        True,
        True,
        (label_of("own", "a"),),
    )
    with pytest.raises(BadCase, match="the words that were labelled"):
        read_places(file, {"a": Article("a", "t", BODY.upper())})
    with pytest.raises(BadCase, match="the label"):
        placed(row.model_copy(update={"labels": ("nobody",)}), article)


def test_of_real_pages_only_places_are_kept() -> None:
    files = sorted(ARTICLES.parent.glob("real_*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    assert len(rows) >= 60
    assert all({*row} == {"article", "start", "end", "sha256", "labels", "partly"} for row in rows)
    assert all(label_of(label, row["article"]) for row in rows for label in row["labels"])
