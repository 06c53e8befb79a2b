"""What may be left out of a sentence, kind by kind; written by somebody who tried to break the rule."""

from __future__ import annotations

import pytest
from test_shortening import shortened

STABBED = "Erik Berg stabbed her husband with a knife"
FREED = "The prisoners will be freed at the bridge"
SURRENDERED = "Norway has surrendered to the rebels"


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("The police shot Moe, Oslo’s mayor.", "The police shot Moe."),
        ("Anna Lund, the foreign policy adviser of President Moe, left Oslo.", "Anna Lund left Oslo."),
        ("Their foreign ministers, Anna Lund and Per Moe, had talked in Oslo.",
         "Anna Lund and Per Moe had talked in Oslo."),
        ("Embattled President Lund arrived in Oslo.", "Lund arrived in Oslo."),
        ("The paper was signed on 5 May 1994, after two sides had talked in Oslo.",
         "The paper was signed on 5 May 1994."),
        ("The jackpot was won in July, making it the largest of the year.", "The jackpot was won in July."),
        ("The truce begins on Monday, 26 October 2020.", "The truce begins on 26 October 2020."),
        ("Oslo announced on Sunday that the truce begins on Monday.",
         "Oslo announced that the truce begins on Monday."),
        ("SEOUL, South Korea — The band was excused from the army.", "The band was excused from the army."),
    ],
)  # fmt: skip
def test_a_part_goes_whose_form_shows_that_the_rest_is_true_without_it(sentence: str, wording: str) -> None:
    assert shortened(sentence, wording)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("The Agdam district was handed over on 20 November, Kalbajar – on 15 November.",
         "The Agdam district was handed over on 15 November."),
        ("Anna Lund resigned from the board in March, Berg – in May.",
         "Anna Lund resigned from the board in May."),
        ("In March Anna Lund resigned from the board, Berg in May.",
         "In March Anna Lund resigned from the board, Berg."),
        ("Yerevan signed the paper on Monday, Baku, on Tuesday.", "Yerevan signed the paper on Tuesday."),
        ("Yerevan signed it on Monday, Baku on Tuesday.", "Yerevan signed it, Baku on Tuesday."),
        ("The army took Shusha on 8 November, Hadrut, on 9 October.", "The army took Shusha on 9 October."),
        ("The votes are these: Labour – 1950, Greens – 2010, Reds – 1990.",
         "The votes are these: Labour – 2010, Reds – 1990."),
        ("The army lost 1994 soldiers in the town.", "The army lost soldiers in the town."),
        ("Kalbajar falls by 20 November, Agdam by 15 November.", "Kalbajar falls by Agdam by 15 November."),
        ("The town fell on 8 November and the village two days later.",
         "The town fell and the village two days later."),
        ("The truce was to begin at eight on Monday.", "The truce was to begin at eight."),
        ("Oslo sent a minister, Stockholm, a king, in May.", "Oslo sent a minister, Stockholm in May."),
        ("Oslo has a king and Baku, a president.", "Oslo has a king and Baku."),
    ],
)  # fmt: skip
def test_no_day_figure_or_role_of_one_is_given_to_another(sentence: str, wording: str) -> None:
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    "tail",
    [
        "the court heard", "BBC News understands", "Reuters has learned", "Kyiv is convinced",
        "the Kremlin is certain", "which is untrue", "and that is untrue", "a lie", "a discredited notion",
        "trolling his hosts", "the prosecutor of the town rages", "the police tell the prosecutor",
        "prompting claims that it was staged", "including Anna Lund if it rains",
        "as Russian state television tells its viewers every night", "making the story up", "or so one hears",
    ],
)  # fmt: skip
def test_a_tail_by_which_it_is_told_or_taken_back_stays(tail: str) -> None:
    assert not shortened(f"{STABBED}, {tail}.", f"{STABBED}.")


@pytest.mark.parametrize(
    "condition",
    [
        ", depending on the weather", " following approval by the king", " after parliament approves it",
        " after a ransom is paid", ", after a ransom agreed in Oslo is paid", " while the truce lasts",
        " during a simulation", ", allowing for a vote", ", as envisaged by a bill",
    ],
)  # fmt: skip
def test_what_is_still_to_be_keeps_what_it_hangs_on(condition: str) -> None:
    assert not shortened(f"{FREED}{condition}.", f"{FREED}.")


@pytest.mark.parametrize(
    "head",
    [
        "In the Kremlin statement,", "In The Onion,", "For the prime minister,", "Save for the president,",
        "Other than the president,", "SATIRE —", "Untrue —", "Kremlin TV —", "To the opposition leader,",
    ],
)  # fmt: skip
def test_a_head_that_frames_the_sentence_stays(head: str) -> None:
    assert not shortened(f"{head} {SURRENDERED}.", f"{SURRENDERED}.")


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("Armenia as well as Azerbaijan signed the paper.", "Armenia as Azerbaijan signed the paper."),
        ("The rebels went so far as to burn the town.", "The rebels went as to burn the town."),
        ("The troops are so far from the town.", "The troops are from the town."),
        ("Still waters flooded the town hall of Oslo.", "Waters flooded the town hall of Oslo."),
        ("So few people came to the town hall.", "Few people came to the town hall."),
        ("But for Lund, all ministers of Norway resigned.", "For Lund, all ministers of Norway resigned."),
        ("If President Lund resigns, Berg will rule.", "Lund resigns, Berg will rule."),
        ("Had President Lund paid, the ferry would sail.", "Lund paid, the ferry would sail."),
        ("The mayor, Anna Lund said, is a thief.", "Anna Lund said is a thief."),
        ("On Monday, no troops left the town.", "No troops left the town."),
        ("Entry to the museum is free on Monday.", "Entry to the museum is free."),
        ("Norway–Sweden talks failed in Geneva.", "Sweden talks failed in Geneva."),
        ("The dead are Lund, a nurse, and Holm.", "The dead are Lund and Holm."),
        ("The truce brokered by Oslo was due to begin at noon.", "The truce brokered by Oslo was."),
        ("The truce came a day after a missile struck Ganja.", "The truce came a day."),
        ("The pact binds Norway, Sweden excepted.", "The pact binds Norway."),
    ],
)  # fmt: skip
def test_small_words_stay_where_they_belong_to_others(sentence: str, wording: str) -> None:
    assert not shortened(sentence, wording)
