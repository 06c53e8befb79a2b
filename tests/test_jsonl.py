import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.draft import Drafted, article_of
from index.articles.jsonl import MOST_IN_A_ROW, read_json, read_jsonl
from index.errors import BadArticle, Refusal
from index.records import Article

GOOD = '{"id": "a", "title": "Truce holds", "text": "It holds."}'


def rows(data: bytes | str) -> list[Drafted | Refusal]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_jsonl(io.BufferedReader(io.BytesIO(data))))


def test_a_row_gives_every_field() -> None:
    who = {
        "outlet": "The Post",
        "agency": "AP",
        "author": ["A B", "C D"],
        "language": "en",
        "copyright_year": 2020,
    }
    what = {
        "id": "x1",
        "title": "Truce\nholds",
        "published": "2020-10-19",
        "text": "It\r\nholds.",
        "score": 1,
    }
    row = {**who, **what, "url": "https://post.example/t"}
    drafted = rows(json.dumps(row))[0]
    assert isinstance(drafted, Drafted)
    assert article_of(drafted) == (
        Article(
            id="x1",
            title="Truce holds",
            body="It\nholds.",
            outlet="The Post",
            agency="AP",
            author="A B, C D",
            published="2020-10-19",
            copyright_year=2020,
            url="https://post.example/t",
            language="en",
        ),
        (),
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("not json", "is not JSON: Expecting value at character 1"),
        ("[1]", "is a list, expected an object"),
        ("3", "is a number, expected an object"),
        ('{"title": true, "text": "x"}', "'title' is True, expected text"),
        ('{"title": {"a": 1}, "text": "x"}', "'title' is a mapping, expected text"),
        ('{"text": 3}', "'text' is 3, expected text"),
        ('{"text": null}', "'text' is None, expected text"),
        ('{"author": [1], "text": "x"}', "'author' is a list, expected text"),
        ('{"copyright_year": "soon", "text": "x"}', "'copyright_year' is 'soon', expected"),
        (
            json.dumps({"title": "x" * 1001, "text": "x"}),
            "'title' has 1,001 characters, expected at most 1,000",
        ),
        ("[" * 100_000, "nested too deep"),
        ('{"text": ' + "9" * 5000 + "}", "a number too long"),
        ("\x00\x01", "is binary"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_its_neighbours_stay(row: str, reason: str) -> None:
    first, bad, last = rows(f"{GOOD}\n\n{row}\n{GOOD}")
    assert isinstance(first, Drafted)
    assert isinstance(last, Drafted)
    assert isinstance(bad, Refusal)
    assert bad.where == "line 3"
    assert reason in bad.reason


def test_a_row_that_is_too_long_is_passed_over_without_holding_it() -> None:
    first, bad, last = rows(f'{GOOD}\n{{"text": "{"x" * (2 * MOST_IN_A_ROW)}"}}\n{GOOD}')
    assert isinstance(bad, Refusal)
    assert bad == Refusal("line 2", "is longer than 10,000,000 bytes, expected one article")
    assert isinstance(first, Drafted)
    assert isinstance(last, Drafted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_rows_read_right_in_other_encodings(encoding: str) -> None:
    text = '{"title": "Перемирие", "text": "Стороны договорились о прекращении огня."}\n'
    read = rows((text * 2).encode(encoding))
    assert [row.draft.title for row in read if isinstance(row, Drafted)] == ["Перемирие", "Перемирие"]


def test_half_a_character_in_json_can_still_be_stored() -> None:
    drafted = rows('{"title": "x \\ud83d", "text": "It \\ud83d holds."}')[0]
    assert isinstance(drafted, Drafted)
    assert article_of(drafted)[0].revision
    assert drafted.draft.text == "It \ufffd holds."


def test_a_file_without_any_good_row_is_given_up() -> None:
    with pytest.raises(BadArticle, match="none of its first 100 rows is an article"):
        rows("junk\n" * 1000)
    assert len(rows(f"{GOOD}\n" + "junk\n" * 300)) == 301


def test_json_holds_one_article_or_a_list() -> None:
    (one,) = read_json(GOOD.encode())
    first, bad = read_json(f"[{GOOD}, 3]".encode())
    assert isinstance(one, Drafted)
    assert isinstance(first, Drafted)
    assert (one.where, first.where) == ("", "article 1")
    assert isinstance(bad, Refusal)
    assert bad.where == "article 2"


KEYS = st.sampled_from(
    ["id", "title", "text", "url", "author", "published", "copyright_year", "language", "x"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=30)


@given(
    st.dictionaries(
        KEYS, SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(KEYS, SCALARS, max_size=1)
    )
)
def test_any_row_becomes_an_article_or_a_reason(row: dict[str, object]) -> None:
    for drafted in rows(json.dumps(row)):
        try:
            assert isinstance(drafted, Refusal) or article_of(drafted)[0].id
        except BadArticle as refusal:
            assert "expected" in str(refusal)
