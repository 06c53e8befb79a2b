"""What a site says to its readers is no article's line, and a body of nothing else is no article."""

from __future__ import annotations

import pytest

from index.articles.draft import Draft, Drafted, article_of
from index.articles.furniture import is_furniture, is_only_furniture
from index.errors import BadArticle

REGISTRATION = (
    "We will use the details you have given to manage your registration and for the purposes named here.",
    "If you wish to object to the use of your data in this way, please write to us.",
    "“We” includes the Quay Press and its brands.",
    "The Tide newsletter brings you what the week was like, every Friday.",
)
NEWS = "The council said that it will use the details that were shared by the harbour master."


@pytest.mark.parametrize(
    "line",
    [
        "2. How useful was this advertisement to you?",
        "Did you experience any technical problems?",
        "The picture stood still Ad froze Sound was too loud",
        "At this point you find external content that completes the article; do you agree to be shown it?",
        "With files from the Quay Press and Ann Dowell",
        "Additional reporting by Tilda Orrin in Westport",
        "Dowell reported from Westport. The writer Tilda Orrin contributed to this report.",
        "Mit Agenturmaterial.",
        *(line for line in REGISTRATION if line[0] != "“"),
    ],
)
def test_what_a_form_or_a_credit_says_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        NEWS,
        "With reports from three towns still missing, the count goes on.",
        "People in the town wish to object to the use of the old quay by ferries.",
        "The silting of the harbour contributed to this reporter's view of what the council had done.",
        "Its newsletter has 400 readers, and the ad was seen by more.",
        "How useful this was is for the court to say, the mayor told the council.",
    ],
)
def test_a_sentence_of_the_article_is_none(line: str) -> None:
    assert not is_furniture(line)


def test_a_body_of_nothing_but_furniture_is_refused_and_one_sentence_of_news_keeps_it() -> None:
    note = "\n\n".join((REGISTRATION[0], REGISTRATION[1], REGISTRATION[3], "Quay Press"))
    assert is_only_furniture(note)
    assert not is_only_furniture(f"{note}\n\n{NEWS}")
    with pytest.raises(
        BadArticle, match=r"has nothing but what a site says to its readers.*expected an article"
    ):
        article_of(Drafted(Draft(title="The week in Westport", text=note)))
    assert article_of(Drafted(Draft(title="Ferry", text=f"{note}\n\n{NEWS}")))[0].body.endswith(NEWS)
