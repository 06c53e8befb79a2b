from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
from http_fakes import UNSURE, FakeAsker, FakeLibrary, serving

from bot.answers.answer import Answer, Sentence
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.showing.links import link_target
from bot.showing.markdown import answer_markdown, plain
from index.records import Article, Filters, Span

ASKED = [{"role": "user", "content": "Which cranes were lost?"}]


@pytest.fixture
def asker() -> FakeAsker:
    return FakeAsker(FakeLibrary())


@pytest.fixture
def client(asker: FakeAsker, tmp_path: Path) -> Iterator[openai.OpenAI]:
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"))
    with (
        serving(app) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client,
    ):
        yield client


def test_openais_client_reads_an_answer_with_its_notes(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="dateline", messages=ASKED)  # type: ignore[call-overload]
    message = done.choices[0].message
    assert done.choices[0].finish_reason == "stop"
    assert message.role == "assistant"
    assert "“We lost four cranes,” said mayor Ada Lind. [2]" in message.content
    note = (
        "2. “‘We lost four cranes,’ said mayor Ada Lind.” — Harbour Gazette (Coast Wire), 2020-10-19T17:45: "
        "[Harbour reopens after storm](https://gazette.example/0412)"
    )
    assert note in message.content
    assert done.model_extra["dateline"]["citations"][1]["article"]["outlet"] == "Harbour Gazette"


def test_openais_client_reads_the_same_as_a_stream(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="dateline", messages=ASKED)  # type: ignore[call-overload]
    stream = client.chat.completions.create(  # type: ignore[call-overload]
        model="dateline", messages=ASKED, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert len([chunk for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]) == 3
    carried = [chunk.model_extra["dateline"] for chunk in chunks if chunk.model_extra.get("dateline")]
    assert [answer["status"] for answer in carried] == ["answered"]
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage.total_tokens == 0


def test_an_abstention_shows_the_nearest_as_no_answer(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "Who rules Atlantis?"}]
    for stream in (False, True):
        got = client.chat.completions.create(model="x", messages=messages, stream=stream)  # type: ignore[call-overload]
        if stream:
            text = "".join(chunk.choices[0].delta.content or "" for chunk in got)
        else:
            text = got.choices[0].message.content
        assert text.startswith("Nothing in the archive mentions 'Atlantis'.")
        assert "**Nearest in the archive, not taken as an answer**" in text


def test_what_may_answer_is_quoted_as_not_sure_with_its_likely_words_bold(client: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": UNSURE}]
    for stream in (False, True):
        got = client.chat.completions.create(model="x", messages=messages, stream=stream)  # type: ignore[call-overload]
        if stream:
            text = "".join(chunk.choices[0].delta.content or "" for chunk in got)
        else:
            text = got.choices[0].message.content
        assert text.startswith(
            "Not sure. Closest in the archive:\n\n1. “The **harbour reopened** on Monday afternoon"
        )
        assert "answer" not in text


def test_the_last_message_is_the_question_and_the_others_its_history(
    client: openai.OpenAI, asker: FakeAsker
) -> None:
    client.chat.completions.create(  # type: ignore[call-overload]
        model="dateline",
        temperature=0.2,
        messages=[
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Hello"},
            {"role": "assistant", "content": "Ask."},
            {"role": "user", "content": [{"type": "text", "text": "cranes?"}, {"type": "image_url"}]},
        ],
        extra_body={"filters": {"outlet": ["Harbour Gazette"]}, "llm": False},
    )
    assert asker.asked == [Asked("cranes?", Filters(outlet=("Harbour Gazette",)), ("Hello",), False)]


def test_an_earlier_message_that_was_too_long_does_not_spoil_the_chat(
    client: openai.OpenAI, asker: FakeAsker
) -> None:
    messages = [{"role": "user", "content": "x" * 5000}, {"role": "user", "content": "cranes?"}]
    client.chat.completions.create(model="dateline", messages=messages)  # type: ignore[call-overload]
    assert (asker.asked[0].text, asker.asked[0].history) == ("cranes?", ())


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"role": "system", "content": "x"}],
        [{"role": "user", "content": " "}],
        [{"role": "assistant", "content": "x"}],
        [{"role": "user", "content": "x" * 1001}],
        [{"role": "pirate", "content": "x"}],
    ],
)
def test_what_is_no_question_is_openais_kind_of_error(client: openai.OpenAI, messages: list[object]) -> None:
    for stream in (False, True):
        with pytest.raises(openai.UnprocessableEntityError, match=r"body\.messages") as caught:
            client.chat.completions.create(model="dateline", messages=messages, stream=stream)  # type: ignore[call-overload]
        assert caught.value.type == "invalid_request_error"
        assert caught.value.response.headers["content-type"] == "application/problem+json"


def test_a_fault_in_a_stream_reaches_openais_client(client: openai.OpenAI, asker: FakeAsker) -> None:
    async def fail(_: Asked) -> None:
        raise RuntimeError("a secret")

    asker.ask = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(openai.APIError, match="log says what"):
        list(client.chat.completions.create(model="dateline", messages=ASKED, stream=True))  # type: ignore[call-overload]


def test_openais_client_lists_the_model(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dateline"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("![x](https://evil.example/p.png)", r"!\[x\](https\://evil.example/p.png)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("[1]: https://evil.example", r"\[1\]: https\://evil.example"),
        ("1. first", r"1\. first"),
        ("# head", r"\# head"),
        ("- item\n# head", r"\- item # head"),
        ("&lt;b&gt; R&D", r"\&lt;b\&gt; R&D"),
        ("in 1994. Then", "in 1994. Then"),
        ("1994", "1994"),
    ],
)
def test_foreign_words_make_no_markdown(text: str, markdown: str) -> None:
    assert plain(text) == markdown


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (
            "https://a.example/a)![x](https://evil.example",
            "https://a.example/a%29!%5Bx%5D%28https://evil.example",
        ),
        ("javascript:alert(1)", None),
        ("//a.example", None),
        ("https://bank.example@evil.example/x", None),
        ("https://a.example/@ada", "https://a.example/@ada"),
        ("https://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, address: str | None) -> None:
    assert link_target(url) == address


def test_an_article_cannot_smuggle_an_image_into_a_chat() -> None:
    article = Article(
        id="x",
        title="](https://evil.example) ![p](https://evil.example/1.png)",
        body="![p](https://evil.example/2.png) burned.",
        outlet="<img src='https://evil.example/3.png'>",
        agency="![p](https://evil.example/4.png)",
        url="https://ok.example/)![p](https://evil.example/5.png)",
    )
    citation = cite(article, Span(0, len(article.body)), number=1)
    answer = Answer("q", (Sentence(citation.quote, (1,), "quoted"),), (citation,))
    markdown = answer_markdown(answer)
    assert "![" not in markdown
    assert "<img" not in markdown.replace("\\<img", "")
    assert markdown.count("](") == 1 + markdown.count("\\](")
