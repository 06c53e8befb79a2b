from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.draft import article_of
from index.articles.plain import read_plain
from index.records import Article

SHARED = Path(__file__).parents[2] / "shared" / "seeds"
TALKS = "The foreign ministers met for ten hours and agreed to stop firing at noon on Saturday."


def read(text: str) -> Article:
    return article_of(read_plain(text))[0]


def notes(text: str) -> tuple[str, ...]:
    return article_of(read_plain(text))[1]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/seeds beside the checkout")
def test_the_two_real_pages_give_what_they_say() -> None:
    first, second = (read(path.read_text()) for path in sorted(SHARED.glob("*.txt")))
    assert first.title == "FM: Russia hopes on quickly agreed mechanism for monitoring ceasefire in Karabakh"
    assert (first.outlet, first.agency, first.published) == ("Today.Az", "Trend", "2020-10-19T17:45")
    assert first.copyright_year is None
    assert first.body.startswith("Russia hopes for the shortest possible agreement")
    assert first.body.endswith("Nagorno Karabakh and the surrounding districts.")
    assert second.title == "Russia Seeks Monitoring Deal to Oversee Armenia-Azeri Truce"
    assert (second.outlet, second.agency) == ("Bloomberg", None)
    assert (second.published, second.copyright_year) == (None, 2020)
    assert second.body.startswith("Russian Foreign Minister Sergei Lavrov said his country is in talks")
    assert second.body.endswith("Nagorno-Karabakh’s right to self-determination.")
    for page in (first, second):
        for furniture in ("»", "By Trend", "ADVERTISEMENT", "©", "Copyright", "Accord to Make"):
            assert furniture not in page.body


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/seeds beside the checkout")
def test_every_sentence_of_the_real_pages_stays() -> None:
    for path in SHARED.glob("*.txt"):
        text = path.read_text()
        prose = [line for line in text.splitlines() if line.endswith((".", ".”")) and "©" not in line]
        assert len(prose) >= 7
        assert all(" ".join(line.split()) in read(text).body for line in prose)


@pytest.mark.parametrize(
    ("paragraph", "agency", "body"),
    [
        (f"MOSCOW, Oct 19 (Reuters) - {TALKS}", "Reuters", TALKS),
        (f"YEREVAN, Armenia (AP) — {TALKS}", "AP", TALKS),
        (f"Moscow (AFP) – {TALKS}", "AFP", TALKS),
        (f"MOSCOW, October 19. /TASS/. {TALKS}", "TASS", TALKS),
        (f"МОСКВА, 19 октября. /ТАСС/. {TALKS}", "ТАСС", TALKS),
        (f"MOSCOW. Oct 19 (Interfax) - {TALKS}", "Interfax", TALKS),
        (f"(Reuters) - {TALKS}", "Reuters", TALKS),
        (f"MOSCOW (the capital) - {TALKS}", None, f"MOSCOW (the capital) - {TALKS}"),
        (f"Baku (a city) has heard this. {TALKS}", None, f"Baku (a city) has heard this. {TALKS}"),
        (
            f"The Russian agency (TASS) reported that. {TALKS}",
            None,
            f"The Russian agency (TASS) reported that. {TALKS}",
        ),
    ],
)
def test_a_wires_dateline_names_the_agency(paragraph: str, agency: str | None, body: str) -> None:
    page = read(f"Ministers agree on a truce\n\n{paragraph}")
    assert (page.title, page.agency, page.body) == ("Ministers agree on a truce", agency, body)


@pytest.mark.parametrize(
    ("line", "agency", "author"),
    [
        ("By Trend", "Trend", None),
        ("By Jane Doe", None, "Jane Doe"),
        ("By Jane Doe and John Roe", None, "Jane Doe and John Roe"),
        ("By JANE DOE, Reuters", "Reuters", "JANE DOE"),
        ("By Jane Doe | AFP", "AFP", "Jane Doe"),
        ("By Anne-Marie O’Neill in Moscow", None, "Anne-Marie O’Neill"),
        ("By The Associated Press", "AP", None),
        ("Источник: Интерфакс", "Интерфакс", None),
    ],
)
def test_a_byline_names_an_agency_or_an_author(line: str, agency: str | None, author: str | None) -> None:
    page = read(f"Ministers agree on a truce\n{line}\n\n{TALKS}")
    assert (page.agency, page.author, page.body) == (agency, author, TALKS)


def test_a_byline_is_an_agency_where_the_article_says_that_it_reports() -> None:
    page = read(
        f"Ministers agree on a truce\nBy Blue Harbour\n\n{TALKS} It was a start, Blue Harbour reports."
    )
    assert (page.agency, page.author) == ("Blue Harbour", None)


@pytest.mark.parametrize(
    ("line", "published", "outlet"),
    [
        ("19 October 2020 [17:45] - Today.Az", "2020-10-19T17:45", "Today.Az"),
        ("Published: 5 May 2021, 10:30", "2021-05-05T10:30", None),
        ("5 May 2021 | The Evening Herald", "2021-05-05", "The Evening Herald"),
        ("Published 10 October 2020 | Updated 11 October 2020", "2020-10-10", None),
        ("Last updated: October 11, 2020 at 5:45 p.m. EDT", None, None),
        ("2 hours ago", None, None),
        ("03/04/2020", None, None),
        ("19 октября 2020, 12:30", "2020-10-19T12:30", None),
    ],
)
def test_a_date_line_is_taken_out_and_an_unclear_date_stays_unknown(
    line: str, published: str | None, outlet: str | None
) -> None:
    page = read(f"Ministers agree on a truce\n{line}\n\n{TALKS}")
    assert (page.published, page.outlet) == (published, outlet)
    assert page.body.endswith(TALKS)


def test_a_labelled_date_below_the_article_is_taken() -> None:
    page = read(f"Ministers agree on a truce\n\n{TALKS}\n\nIssued on: 18/10/2020 - 14:02")
    assert (page.published, page.body) == ("2020-10-18T14:02", TALKS)


@pytest.mark.parametrize(
    ("line", "year", "outlet"),
    [
        ("Copyright © Today.Az", None, "Today.Az"),
        ("©2020 Bloomberg L.P.", 2020, "Bloomberg"),
        ("© 2021 The Guardian", 2021, "The Guardian"),
        ("(c) 1998-2020 Northern Star Ltd. All rights reserved.", 2020, "Northern Star"),
        ("Copyright 2020 Northern Star. All Rights Reserved.", 2020, "Northern Star"),
        ("All rights reserved.", None, None),
        ("© 2020 ТАСС. Все права защищены.", 2020, "ТАСС"),
        ("© 2020 The Post. This material may not be rewritten or redistributed.", 2020, "The Post"),
    ],
)
def test_a_copyright_line_gives_a_year_and_an_outlet_and_no_date(
    line: str, year: int | None, outlet: str | None
) -> None:
    page = read(f"Ministers agree on a truce\n\n{TALKS}\n\n{line}")
    assert (page.copyright_year, page.outlet, page.published, page.body) == (year, outlet, None, TALKS)


FURNITURE = """
ADVERTISEMENT / Advertisement / - Advertisement - / Реклама / Story continues below advertisement / Share
Share 12 / Share this article / Share on Facebook / Subscribe / Subscribe now / Subscribe to our newsletter
Read more: Turkey says that the truce will not hold / Read more / 5 min read / 12 comments / Sign in / Menu
Follow us on Twitter / Skip to content / Tags: truce, talks / Photo: Jane Doe
(Reporting by Jane Doe; Editing by John Roe) / Our Standards: The Thomson Reuters Trust Principles.
We use cookies to make this site better for you.
"""


@pytest.mark.parametrize(
    "line", [line for row in FURNITURE.strip().splitlines() for line in row.split(" / ")]
)
def test_furniture_is_taken_out_wherever_it_stands(line: str) -> None:
    page = read(f"{line}\n\nMinisters agree on a truce\n\n{line}\n\n{TALKS}\n\n{line}\n\nIt held.\n\n{line}")
    assert (page.title, page.body) == ("Ministers agree on a truce", f"{TALKS}\n\nIt held.")


PROMOTIONS = """
CLICK HERE TO GET THE COURIER APP / MORE: Flour will cost a third more by spring / Article content
Advertisement 1Story continues below / Get daily local news / Would you like to comment on this article?
Sign up (it's quick and free) or sign in now. / Please read our Comment Policy before commenting.
Get in touch with our news team by emailing us at news@courier.example. / Join our commenting forum
For more stories like this, check our news page. / Email: jane@post.example
Enjoying our latest content? Log in or create an account to continue
You must confirm your public display name before commenting
Download our free app from the App Store / Want more stories like this? Subscribe to our newsletter
Follow The Post on X and Facebook for the latest updates / Already a subscriber? Sign in
Support independent journalism. Become a member from £3 a month / Have your say in the comments below
You have 3 free articles left this month / Create a free account to continue reading
Live: Follow live updates from the valley / Share your thoughts in the comments
"""


@pytest.mark.parametrize(
    "line", [line for row in PROMOTIONS.strip().splitlines() for line in row.split(" / ")]
)
def test_what_a_site_says_of_itself_to_its_reader_is_taken_out(line: str) -> None:
    page = read(f"Ministers agree on a truce\n\n{TALKS}\n\n{line}\n\nIt held.\n\n{line}")
    assert page.body == f"{TALKS}\n\nIt held."


@pytest.mark.parametrize(
    "sentence",
    [
        "You must register to vote before Friday.",
        "Check your account for unusual charges before Friday.",
        "Download the app of the health service to book an appointment.",
        "Get the latest jab before winter comes.",
        "Log in to your account and change the password.",
        "Our newsletter has 400 readers in the valley.",
        "Please do not go there.",
        "Join the queue early on Saturday.",
        "Are local news deserts growing?",
        "The article continues below the line set in 1911.",
        "“Sign up for our newsletter,” the message read.",
        "More: nothing.",
        "By 2030, the city will have banned advertisements on its trams, the mayor said.",
        "By Monday the last posters had gone.",
        "Share prices fell.",
        "Copyright 2020 was the worst year for the industry, said the head of the writers' union.",
        "“Copyright is a matter for courts,” he said.",
        "“© is only a sign,” the lawyer said.",
        "All rights reserved to the people by the constitution were taken away, she said.",
        "Subscribe to nothing, trust no one, he told the crowd.",
        "Subscribe to this view and you are lost.",
        "Follow the money, she said.",
        "Read more books, said the teacher.",
        "Related parties must declare what they own.",
        "(Laughter.)",
        "19 October 2020 was the day on which it began.",
        "Published in May, the report names nobody.",
        "Home is where they will not return, she said.",
        "Photo: that was all he said.",
        "Today, nothing moved.",
        "“No.”",
    ],
)
def test_a_sentence_of_the_article_stays(sentence: str) -> None:
    assert (
        read(f"Ministers agree on a truce\n\n{TALKS}\n\n{sentence}\n\nIt held.").body.split("\n\n")[1]
        == sentence
    )
    assert sentence in read(f"Ministers agree on a truce\n\n{sentence}\n\n{TALKS}").body


def test_other_stories_after_the_end_go_and_a_list_before_running_text_stays() -> None:
    page = read(
        f"Ministers agree on a truce\n\n{TALKS}\n\nMost read\n\nTen things to know\n\nFive more things"
    )
    assert page.body == TALKS
    kept = read(f"Ministers agree on a truce\n\n{TALKS}\n\nMost read\n\nTen things to know\n\n{TALKS}")
    assert "Ten things to know" in kept.body


def test_headlines_with_a_line_each_go_after_a_heading_over_other_stories() -> None:
    teasers = f"Oda Brenk warns of dear bread\n\n{TALKS}\n\nEastholm teachers strike\n\n{TALKS}"
    more = f"Ministers agree on a truce\n\n{TALKS}\n\nMore from the Courier\n\n{teasers}"
    assert read(more).body == TALKS
    assert read(f"{more}\n\n{TALKS}").body.endswith(f"{TALKS}\n\n{TALKS}")


@pytest.mark.parametrize(
    ("head", "title", "outlet"),
    [
        ("Today.Az » Politics » Ministers agree on a truce", "Ministers agree on a truce", "Today.Az"),
        ("Home > World > Europe\n\nMinisters agree on a truce", "Ministers agree on a truce", None),
        ("News | Opinion | Sport\n\nWill the truce of Moscow hold?", "Will the truce of Moscow hold?", None),
        ("World\nMinisters agree on a truce", "Ministers agree on a truce", None),
        ("Ministers agree on a truce | Reuters", "Ministers agree on a truce", "Reuters"),
        ("Ministers agree on a truce - BBC News", "Ministers agree on a truce", "BBC News"),
        ("The truce has failed again - Lavrov", "The truce has failed again - Lavrov", None),
        ("Ministers agree on a truce\n\nMinisters agree on truce today", "Ministers agree on a truce", None),
        ("Truce holds", "Truce holds", None),
        ("Ministers agree on a truce that ...", "Ministers agree on a truce that ...", None),
        ("Ministers agree on a truce\n\nCNN —", "Ministers agree on a truce", "CNN"),
    ],
)  # fmt: skip
def test_the_head_gives_title_and_outlet_and_leaves_the_body(
    head: str, title: str, outlet: str | None
) -> None:
    page = read(f"{head}\n\n{TALKS}")
    assert (page.title, page.outlet, page.body) == (title, outlet, TALKS)


def test_a_line_of_the_head_that_is_not_understood_stays() -> None:
    page = read(f"Ministers agree on a truce\n\nTen hours of talks in Moscow\n\n{TALKS}")
    assert page.body == f"Ten hours of talks in Moscow\n\n{TALKS}"


def test_text_without_a_headline_keeps_its_first_sentence() -> None:
    page = read(TALKS)
    assert (page.title, page.body) == ("", TALKS)
    assert notes(TALKS) == ("title: none is given; left empty",)


def test_a_name_beside_the_date_line_is_the_author() -> None:
    page = read(f"Ministers agree on a truce\n\nJane Doe in Moscow\nWed 5 May 2021 10.30 BST\n\n{TALKS}")
    assert page.body.endswith(TALKS)
    page = read(f"Ministers agree on a truce\n\nJane Doe in Moscow\n5 May 2021\n\n{TALKS}")
    assert (page.author, page.published, page.body) == ("Jane Doe", "2021-05-05", TALKS)


def test_lines_broken_by_width_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The foreign ministers met for ten hours in\nMoscow and agreed to stop firing at noon on\nSaturday."
    )
    page = read(f"Truce holds\n\n{wrapped}")
    assert (page.title, page.body) == ("Truce holds", wrapped.replace("\n", " "))
    verse = "It held.\nFor now.\nNobody knows."
    assert read(f"Truce holds\n\n{TALKS}\n\n{verse}").body.endswith(verse)


def test_what_is_beside_a_date_and_not_understood_is_noted() -> None:
    assert notes(f"Ministers agree on a truce\nNew York | 5 May 2021\n\n{TALKS}") == (
        "'New York' beside the date is left out (expected an outlet or a byline)",
    )


KNOWN = (
    "By Jane Doe",
    "5 May 2021",
    "Home > World",
    "ADVERTISEMENT",
    "© 2020 The Post",
    "Published:",
    "Most read",
)
OTHER = (
    "",
    "It held.",
    "Ministers agree on a truce",
    "MOSCOW (AP) — It held.",
    "Reuters",
    "|",
    "»",
    "a\tb",
    "\u200b",
)
LINES = st.one_of(st.sampled_from((*KNOWN, *OTHER, TALKS)), st.text(max_size=20))


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_page_is_read_and_its_running_text_stays(text: str) -> None:
    page = read_plain(text).draft
    assert page.text.count(TALKS) == text.split("\n").count(TALKS)


@pytest.mark.parametrize(
    ("line", "agency", "author"),
    [
        ("By Jon Kessler, News Reporter", None, "Jon Kessler"),
        ("By Ann-Marie Dowell, Political Editor", None, "Ann-Marie Dowell"),
        ("By Ann Dowell Staff Writer", None, "Ann Dowell"),
        ("By Ann Dowell and agencies", None, "Ann Dowell"),
        ("Ann Dowell Environment correspondent", None, "Ann Dowell"),
        ("Ann Dowell, Chief Political Correspondent", None, "Ann Dowell"),
        ("By Ann Dowell with AFP", "AFP", "Ann Dowell"),
        ("By Ann Dowell (AP)", "AP", "Ann Dowell"),
        ("By: Ann Dowell @anndowell", None, "Ann Dowell"),
        ("Analysis by Ann Dowell", None, "Ann Dowell"),
        ("Associated Press in Millbrook", "AP", None),
        ("Agence France-Presse in Paris", "AFP", None),
    ],
)
def test_a_line_that_says_who_wrote_it_is_read_and_taken_out(
    line: str, agency: str | None, author: str | None
) -> None:
    text = f"The council votes to close the bridge\n\n{line}\n\n24 February 2024\n\n{TALKS}"
    draft = read_plain(text).draft
    assert (draft.agency, draft.author, draft.text) == (agency, author, TALKS)
