"""Articles of few words tell a story on as well, and what names another place in its title is no copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.copies.relation import Relation, in_order, relation
from index.copies.telling import Telling
from index.records import Article

ILL = Article(
    "ill",
    "Singer Marco Bellani seriously ill in hospital",
    "The singer Marco Bellani is seriously ill in a hospital in Trento with pneumonia, his manager said on "
    "Thursday. Bellani, 71, became famous in 1978 with the song Mare Nero.",
    outlet="Stage News",
    published="2022-09-01",
)
RELEASED = replace(
    ILL,
    id="released",
    title="Singer Marco Bellani released from hospital",
    body="The singer Marco Bellani was released from a hospital in Trento on Friday after recovering from "
    "pneumonia, his manager said. Bellani, 71, became famous in 1978 with the song Mare Nero.",
    published="2022-09-09",
)
STUDY = Article(
    "study",
    "Study links Zerol pills to strokes",
    "People who take the painkiller Zerol are three times as likely to have a stroke, a study by Professor "
    "Ivo Hartmann of the University of Grenz found. It appeared in the Journal of Heart Medicine.",
    outlet="Health Wire",
    published="2022-01-10",
)
WITHDRAWN = replace(
    STUDY,
    id="withdrawn",
    title="Journal withdraws Zerol stroke study",
    body="The Journal of Heart Medicine has retracted a study by Professor Ivo Hartmann of the University of "
    "Grenz that linked the painkiller Zerol to strokes. Its data had been made up.",
    outlet="Daily Science",
    published="2022-05-16",
)
QUAKE = Article(
    "quake",
    "Magnitude 5.1 quake shakes Tarn province",
    "An earthquake of magnitude 5.1 shook Tarn province in western Belor on Tuesday, the Seismological "
    "Institute in Korv said. No damage was reported. The quake was felt in the town of Ansel.",
    outlet="The Courier",
    published="2022-03-01",
)
SECOND_QUAKE = replace(
    QUAKE,
    id="second-quake",
    title="Magnitude 4.4 quake shakes Tarn province",
    body=QUAKE.body.replace("5.1", "4.4").replace("Tuesday", "Sunday").replace("Ansel", "Rimm"),
    published="2022-03-20",
)


def homes(state: str, *, count: int, governor: str, title: str | None = None) -> Article:
    """One state's report of an investigation that nineteen states share."""
    return Article(
        state,
        title or f"{state} nursing homes billed for dead residents",
        f"Investigators have found {count} nursing homes in {state} that billed the health programme for "
        f"residents who had died, the attorney general's office said on Wednesday. Governor {governor} said "
        "the state would recover the money. The investigation, led by the federal inspector of health, "
        "covers homes in nineteen states. It began in 2019 after a nurse reported that dead residents were "
        "still on the books. Nationwide the losses are put at 410 million dollars. Homes that are found to "
        "have billed wrongly must pay back three times the sum.",
        outlet=f"{state} Record",
        published="2022-07-06",
    )


FLORIDA, TEXAS = (
    homes("Florida", count=17, governor="Ana Ruiz"),
    homes("Texas", count=15, governor="Bill Hatch"),
)
UNTITLED = "Nursing homes billed for dead residents"


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (ILL, RELEASED, "later"),
        (STUDY, WITHDRAWN, "later"),
        (ILL, STUDY, "apart"),
        (QUAKE, SECOND_QUAKE, "apart"),
        (ILL, replace(ILL, id="again", outlet="The Courier"), "copy"),
        (FLORIDA, TEXAS, "apart"),
        (replace(FLORIDA, title=UNTITLED), replace(TEXAS, title=UNTITLED), "apart"),
        (FLORIDA, replace(FLORIDA, id="again", outlet="The Courier", title=UNTITLED), "copy"),
    ],
)
def test_how_briefs_and_sister_stories_stand_to_one_another(
    one: Article, other: Article, how: Relation
) -> None:
    assert relation(*in_order(Telling(one), Telling(other))) == how
