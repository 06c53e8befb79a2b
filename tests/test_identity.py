import pytest

from index.articles.draft import Draft, Drafted, article_of
from index.articles.identity import is_id, made_id, normal_url, web_address
from index.errors import BadArticle
from index.records import revision_of

URL = "https://www.Post.example/News/truce/"


def made(
    *, url: str | None = None, title: str = "T", outlet: str | None = "O", published: str | None = None
) -> str:
    return made_id(url=url, outlet=outlet, title=title, published=published, revision=revision_of("Body."))


@pytest.mark.parametrize(
    "other",
    [
        "http://post.example/News/truce",
        "https://post.example:443/News/truce#comments",
        "https://post.example/News/truce?utm_source=x&fbclid=1",
    ],
)
def test_one_page_has_one_address_and_one_id(other: str) -> None:
    assert normal_url(other) == normal_url(URL) == "post.example/News/truce"
    assert made(url=other) == made(url=URL)


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/news/truce",
        "https://post.example/News/truce?page=2",
        "https://post.example:8080/News/truce",
    ],
)
def test_other_pages_have_other_ids(other: str) -> None:
    assert made(url=other) != made(url=URL)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert normal_url("https://x.example/a?b=1&a=2") == normal_url("https://x.example/a?a=2&b=1")


def test_without_a_url_outlet_title_and_date_make_the_id() -> None:
    ids = {made(), made(title="U"), made(outlet=None), made(published="2020"), made(title="", outlet="T")}
    assert len(ids | {made(published="2020-10-19"), made(published="2020-10-20")}) == 7
    assert made() == made()
    assert all(len(one) == 12 for one in ids)


@pytest.mark.parametrize(
    ("outlet", "published", "alike"),
    [
        ("O", "2020-10-19", True),
        ("O", "2020-10-19T17:45", True),
        ("O", "2020-10", False),
        ("O", None, False),
        (None, "2020-10-19", False),
        (None, None, False),
    ],
)
def test_the_text_is_part_of_an_id_where_outlet_or_day_is_missing(
    outlet: str | None, published: str | None, alike: bool
) -> None:
    texts = ("Rain is near.", "Sunshine is near.")
    ids = {
        made_id(url=None, outlet=outlet, title="T", published=published, revision=revision_of(text))
        for text in texts
    }
    assert (len(ids) == 1) is alike
    addresses = {
        made_id(url=URL, outlet=outlet, title="T", published=published, revision=revision_of(text))
        for text in texts
    }
    assert len(addresses) == 1


@pytest.mark.parametrize(
    "text", ["a", "2020_10/x".replace("/", "-"), "Ереван-1", "a" * 200, "1973_oil_crisis"]
)
def test_an_id_is_one_printable_word(text: str) -> None:
    assert is_id(text)
    assert article_of(Drafted(Draft(id=text, text="Body.")))[0].id == text


@pytest.mark.parametrize("text", ["", "a b", "a/b", "a\\b", "a\x00", "a\u200b", ".", "..", "a" * 201])
def test_what_cannot_be_an_id_is_none(text: str) -> None:
    assert not is_id(text)


def test_a_given_id_that_is_none_refuses_its_article() -> None:
    with pytest.raises(BadArticle, match="'id' is 'a/b', expected 1 to 200 characters"):
        article_of(Drafted(Draft(id="a/b", text="Body.")))


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "post.example/a",
        "ftp://post.example/a",
        "https://",
        "http://[",
        "http://x:y/",
        "https://a b",
        "https://bank.example@evil.example/x",
        "https://bank.example:443@evil.example/x",
    ],
)
def test_what_a_reader_could_not_open_is_no_web_address(text: str) -> None:
    assert web_address(text) is None
    article, notes = article_of(Drafted(Draft(title="T", url=text, text="Body.")))
    assert article.url is None
    assert "is no web address" in notes[0]


def test_a_language_that_is_no_tag_is_left_out_with_a_note() -> None:
    article, notes = article_of(Drafted(Draft(title="T", language="English language", text="Body.")))
    assert article.language is None
    assert "'English language' is no language tag" in notes[0]
    assert article_of(Drafted(Draft(title="T", language="pt_BR", text="Body.")))[0].language == "pt-BR"


def test_a_body_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(BadArticle, match=r"has 1,000,001 characters .*, expected at most 1,000,000"):
        article_of(Drafted(Draft(title="T", text="x" * 1_000_001)))
