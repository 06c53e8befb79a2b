import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.draft import Drafted, article_of
from index.articles.markdown import read_markdown, without_marks
from index.errors import BadArticle, Refusal
from index.records import Article

FRONT = "---\ntitle: Truce holds\n---\n"


def read(text: str) -> Article:
    drafted = read_markdown(text)
    assert isinstance(drafted, Drafted)
    return article_of(drafted)[0]


def notes(text: str) -> tuple[str, ...]:
    drafted = read_markdown(text)
    assert isinstance(drafted, Drafted)
    return article_of(drafted)[1]


def test_front_matter_gives_every_field() -> None:
    article = read(
        "---\nid: truce-1\ntitle: 'Truce: it holds'\noutlet: The Post\nagency: Trend\n"
        "author: [Jane Doe, John Roe]\npublished: 2020-10-19 17:45\n"
        "url: https://post.example/truce\nlanguage: en\ncopyright_year: 2020\n"
        "digests:\n  - what: x\n---\n\nIt holds.\n"
    )
    assert article == Article(
        id="truce-1",
        title="Truce: it holds",
        body="It holds.",
        outlet="The Post",
        agency="Trend",
        author="Jane Doe, John Roe",
        published="2020-10-19T17:45",
        copyright_year=2020,
        url="https://post.example/truce",
        language="en",
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("language: no", "language", "no"),
        ("published: 2020-10-19", "published", "2020-10-19"),
        ("published: 2020", "published", "2020"),
        ("published: 2020-10-19T17:45:00Z", "published", "2020-10-19T17:45:00+00:00"),
        ("author: 007", "author", "007"),
        ("outlet: ~", "outlet", None),
        ("outlet: null", "outlet", None),
        ("outlet: 'null'", "outlet", "null"),
        ("outlet:", "outlet", None),
        ("outlet: !!binary aGk=", "outlet", "aGk="),
    ],
)
def test_a_value_is_what_is_written(line: str, field: str, value: str | None) -> None:
    assert getattr(read(f"---\ntitle: T\n{line}\n---\nBody."), field) == value


@pytest.mark.parametrize("date", ["n/a", "May", "2020-13-45", "03/04/2020", "yesterday"])
def test_a_date_that_is_none_stays_unknown_with_a_note(date: str) -> None:
    text = f"---\ntitle: T\npublished: {date}\n---\nBody."
    assert read(text).published is None
    assert len(notes(text)) == 1
    assert f"published: {date!r}" in notes(text)[0]
    assert notes(text)[0].endswith("(expected an ISO date such as 2020-10-19); left unknown")


def test_a_misspelt_key_is_noted_and_another_is_not() -> None:
    text = "---\ntitle: T\npublised: 2020\ndigests: x\nrating: 5\n---\nBody."
    assert notes(text) == ("'publised' is not read (expected 'published'); left out",)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("---\ntitle: T\nBody.", "line 1", "never ends"),
        ("---\ntitle: [T\n---\nBody.", "line 3", "is not YAML"),
        ("---\noutlet: The Post\ntitle: Lavrov: truce\n---\nBody.", "line 3", "needs quotes"),
        ("---\n- T\n---\nBody.", "line 2", "is no mapping"),
        ("---\ntitle: T\nurl: x\ntitle: U\n---\nBody.", "line 4", "'title' stands twice (first on line 2)"),
        ("---\ntitle: {a: b}\n---\nBody.", "line 2", "'title' is a nested value, expected text"),
        ("---\n" + "[" * 50_000 + "\n---\nBody.", "line 1", "is not YAML"),
        ("---\n" + "a: b\n" * 20_000 + "---\nBody.", "line 1", "characters, expected at most"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, place: str, reason: str) -> None:
    spoiled = read_markdown(text)
    assert isinstance(spoiled, Refusal)
    assert spoiled.where == place
    assert reason in spoiled.reason


def test_an_alias_is_not_expanded() -> None:
    names = zip("abcdefg", "bcdefgh", strict=True)
    bomb = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in names)
    assert read(f"---\ntitle: T\n{bomb}---\nBody.").body == "Body."


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("A *very* **bold** _claim_, a_b_c and 5 * 3 * 2.", "A very bold claim, a_b_c and 5 * 3 * 2."),
        ("See [the statement](https://x.example/a) of ![map](m.png)Friday.", "See the statement of Friday."),
        ("Broken\nby width.", "Broken by width."),
        ("Broken  \non purpose.", "Broken\non purpose."),
        ("One.<br>Two <b>bold</b> <!-- hidden -->three.", "One.\nTwo bold three."),
        ("## What is next\n\nTalks.", "What is next\n\nTalks."),
        ("* one\n* two\n  goes on", "one\n\ntwo goes on"),
        ("1. one\n2. two", "1. one\n\n2. two"),
        ("> “We hope,” he said.", "“We hope,” he said."),
        ("<div>\nA box.\n<!-- hidden\nwords --></div>", "A box."),
        ("<script>\nalert('x')\n</script>\n\nText.", "Text."),
        ("AT&amp;T &copy; &lt;3", "AT&T © <3"),
        ("One.\n\n---\n\nTwo.", "One.\n\nTwo."),
        ("“Curly” — kept… and \"straight\"", "“Curly” — kept… and \"straight\""),
        ("**Anna Lund:**said **“so”**again.", "Anna Lund:said “so”again."),
        ("A ==word==[^1].\n\n[^1]: By [[People/Lund|Lund]] [sic].", "A word.\n\nBy Lund [sic]."),
        ("- [x] done\n\n```\na = b**2\n```", "done\n\na = b**2"),
        ("Line.\r\n\r\nOther\u200b line.\r\n", "Line.\n\nOther line."),
    ],
)  # fmt: skip
def test_the_body_is_what_a_reader_sees(markdown: str, seen: str) -> None:
    assert read(FRONT + markdown).body == seen


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Truce holds\n\nIt does.", "Truce holds", "It does."),
        (FRONT + "# Truce  HOLDS\n\nIt does.", "Truce holds", "It does."),
        (FRONT + "# Background\n\nIt does.", "Truce holds", "Background\n\nIt does."),
        ("It does.", "", "It does."),
        (
            "---\noutlet: The Post\n---\n\nIt does.\n\n## Later\n\nMore.",
            "Later",
            "It does.\n\nLater\n\nMore.",
        ),
    ],
)
def test_the_first_heading_is_the_title_where_none_is_given(text: str, title: str, body: str) -> None:
    article = read(text)
    assert (article.title, article.body) == (title, body)


@pytest.mark.parametrize("front", ["", FRONT])
def test_an_article_without_text_is_refused(front: str) -> None:
    drafted = read_markdown(front + "\n<!-- nothing -->\n\n***\n")
    assert isinstance(drafted, Drafted)
    with pytest.raises(BadArticle, match="has no text"):
        article_of(drafted)


def test_a_text_that_is_called_plain_loses_its_marks_and_no_line_where_it_is_markdown() -> None:
    text = '# Bridge\n**Ann Lund** said *so*\n![map](/m.png)in [the house](https://x.example/a "x").'
    assert without_marks(text) == "Bridge\nAnn Lund said so\nin the house."
    plain = "It costs 5 * 3 * 2 [sic] (for *all*).\n#bridge snake__case"
    assert without_marks(plain) == plain
    for part in ("[", "**", "**a", "__a**b ", "![](", "*a"):
        assert len(without_marks(part * 20_000)) <= len(part) * 20_000


@pytest.mark.parametrize("part", ["[", "*a ", "<!--", "<script>", "![", "> ", "`a"])
def test_hostile_markdown_costs_seconds_at_most(part: str) -> None:
    assert isinstance(read_markdown(part * 20_000), Drafted)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_markdown_is_read_or_spoiled(text: str) -> None:
    try:
        assert isinstance(read_markdown(text), Drafted | Refusal)
        assert isinstance(read_markdown(f"---\n{text}\n---\n{text}"), Drafted | Refusal)
    except BadArticle as refusal:
        assert "expected" in str(refusal)
