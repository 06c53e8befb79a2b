from __future__ import annotations

import pytest

from index.corrections import corrections, retractions

LEAD = "The harbour reopened on Monday. Sixteen boats left it before noon, the port said."


def told(body: str) -> list[str]:
    return [body[note.start : note.end] for note in corrections(body)]


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version said that 60 boats left. It was 16.",
        "CORRECTION (Oct. 20): Sixteen boats left, not sixty.",
        "Clarification, 5 May 2020 — The mayor spoke on Sunday.",
        "• This article was amended on 12 May 2020. It said that sixty boats left; there were sixteen.",
        "An earlier version of this article misstated the number of boats.",
        "This story has been corrected to show that 16 boats left.",
        "This post was updated on Friday to correct the number of boats.",
        "Editor’s note: The number of boats has been corrected.",
        "Retraction: The report on the boats was wrong.",
        "Уточнение: вышли 16 лодок, а не 60.",
        "В более ранней версии этой статьи говорилось о 60 лодках.",
        "Материал исправлен: лодок было 16.",
        "[Correction: The bridge opened in 1932, not 1923.]",
        "(An earlier version of this story said that sixty boats left.)",
        "Corrections & Clarifications: A previous version of this article gave the wrong number. It was 16.",
        "This article originally stated that sixty boats left.",
        "We incorrectly reported on Sunday that sixty boats left.",
        "We originally reported that sixty boats left. The harbour master now says it was sixteen.",
        "The number of boats in an earlier version was wrong.",
        "(This story corrects the number of boats in the second paragraph.)",
        "This 5 May story has been updated to correct the number of boats.",
        "EDITOR'S NOTE: An earlier version said that sixty boats left. It was 16.",
        "Editor’s note: The article should have said 16 boats.",
        "В статье ошибочно указано 60 лодок. Их было 16.",
        "Новость исправлена: лодок было 16.",
        "Опровержение: лодок было 16.",
    ],
)
def test_a_note_of_the_outlet_is_recognised_whole(note: str) -> None:
    assert told(f"{LEAD}\n\n{note}") == [note]
    assert told(f"{note}\n\n{LEAD}") == [note]


@pytest.mark.parametrize(
    "line",
    [
        "The mayor issued a correction on Monday.",
        "House of correction: he spent two years there.",
        "This article was updated at noon.",
        "Editor’s note: This is the second part of a series.",
        "The correction of the border took years: nobody was asked.",
        "An earlier version of the treaty named two more villages.",
        "“We made an error,” he said. It was corrected at once.",
        "Corrected for inflation, prices fell.",
        "This text was translated from Russian.",
        "The annual report was withdrawn by the ministry.",
        "The previous version of the bill named two more villages.",
        "This story originally appeared in The Ledger.",
        "As we previously reported, the harbour is closed.",
        "As we originally reported, the harbour is closed.",
        "The lock in an earlier version of the plan was wrong for large ships.",
        "В статье говорилось о лодках.",
    ],
)
def test_what_only_speaks_of_corrections_is_none(line: str) -> None:
    assert told(f"{LEAD}\n\n{line}") == []


def test_a_note_within_a_long_paragraph_is_its_sentences_alone() -> None:
    body = (
        f"{LEAD} " * 10
        + "This article was amended on 12 May. It said sixty. It was sixteen. Read on. Subscribe now."
    )
    assert told(body) == ["This article was amended on 12 May. It said sixty. It was sixteen."]


def test_a_label_alone_in_its_line_names_the_next_one_as_the_note() -> None:
    assert told(f"{LEAD}\n\nCORRECTION\n\nSixteen boats left.\n\nRead on.") == ["Sixteen boats left."]


@pytest.mark.parametrize(
    ("sentence", "takes_back"),
    [
        ("We withdraw the report and apologise to Ms Lund.", True),
        ("The Courier regrets its report of 7 November, which rested on a forged letter.", True),
        ("“We withdraw the claim,” her lawyer said.", False),
        ("The Journal of Heart Medicine has retracted a study by Professor Hartmann.", False),
        ("We regret the noise of the works.", False),
    ],
)
def test_an_outlet_takes_back_in_its_own_name(sentence: str, takes_back: bool) -> None:
    body = f"{LEAD} {sentence}"
    assert [body[one.start : one.end] for one in retractions(body)] == [sentence] * takes_back
