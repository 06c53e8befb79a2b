from __future__ import annotations

import pytest

from index.corrections import corrections

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
