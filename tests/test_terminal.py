import asyncio
import io

import pytest
from asking_fakes import LUND, MOE, NONE, dateline, hit_of, other
from http_fakes import nearest_of

from bot.answers.answer import Abstention, Answer
from bot.answers.asked import Asked
from bot.showing.hits import print_hits
from bot.showing.terminal import print_answer
from index.records import Article, Filters, Span

HOSTILE = other(
    LUND,
    title="[bold red]Quotas[/] \x1b]0;owned\x07 [link=file:///etc/passwd]x[/link]",
    outlet="\x1b[31mRed\u202e Courier",
    agency="[/]",
    url="https://x.example/\x1b[2J",
    body="The cod quotas \x1b[31mfell[/] by :skull: half\x9b31m in 1990.",
)


def printed(question: str, *articles: Article, filters: Filters = NONE) -> str:
    answer = asyncio.run(dateline(*articles)[0].ask(Asked(question, filters)))
    file = io.StringIO()
    print_answer(answer, file)
    return "\n".join(line.rstrip() for line in file.getvalue().split("\n"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def test_an_answer_shows_who_says_it_and_what_is_cited() -> None:
    assert printed("What halved since 1990, the stock?") == (
        "Anna Lund (Norwegian Fisheries Minister), in The Courier, printing North Wire, 19 Oct 2020: “The\n"
        "stock has halved since 1990.” [1]\n"
        "\n"
        "[1] Quotas to fall · The Courier, printing North Wire, 19 Oct 2020\n"
        "    courier-1\n"
        "    https://courier.example/1\n"
    )


def test_an_abstention_shows_what_comes_nearest_as_no_answer() -> None:
    text = printed("What did Pashinyan say about cod quotas?")
    assert text.startswith(
        "Nothing in the archive mentions 'Pashinyan'.\n\nNearest in the archive, not taken as an answer:\n"
    )
    assert "[2] Boats stay in port · The Ledger, date unknown" in text


def test_what_may_answer_is_marked_as_no_answer_without_colours_too() -> None:
    start = LUND.body.index("Norway sold")
    closest = nearest_of(LUND, Span(start, start + 41), short=Span(12, 26))
    answer = Answer("How many?", abstention=Abstention("unsure", nearest=(closest,)))
    plain, coloured = io.StringIO(), Terminal()
    print_answer(answer, plain)
    assert plain.getvalue().startswith(
        "Not sure. Closest in the archive:\n"
        "? The Courier, printing North Wire, 19 Oct 2020: “Norway sold **400,000 tonnes** of cod in 2019” [1]"
    )
    print_answer(answer, coloured)
    assert "\x1b[1;4m400,000 tonnes\x1b[0m" in coloured.getvalue()


def test_filters_that_were_read_are_shown() -> None:
    assert printed("What halved, the stock, according to The Courier?").startswith(
        "(only articles from The Courier)\n"
    )


@pytest.mark.parametrize("question", ["Did the cod quotas fell by half?", "Who is Pashinyan?"])
def test_foreign_text_cannot_move_the_terminal_or_style_it(question: str) -> None:
    text = printed(question, HOSTILE)
    assert not {letter for letter in text if ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0} - {"\n"}
    assert "\u202e" not in text
    assert "[bold red]Quotas[/]" in text
    assert ":skull:" in text


def test_hits_say_why_they_are_there() -> None:
    file = io.StringIO()
    hits = [hit_of(LUND, copies=(other(MOE, outlet="The Mirror"),)), hit_of(HOSTILE)]
    print_hits("By how much did cod quotas fall?", hits, file)
    text = file.getvalue()
    assert "1. Quotas to fall · The Courier, printing North Wire, 19 Oct 2020" in text
    assert "courier-1 · has “Quotas”, “fall” and “cod”; less close in meaning · also in The Mirror" in text
    assert "\x1b" not in text


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asyncio.run(dateline()[0].ask(Asked("What halved since 1990, the stock?")))
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured, plain = Terminal(), Terminal()
    print_answer(answer, coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    print_answer(answer, plain)
    assert "\x1b[36m" in coloured.getvalue()
    assert "\x1b[36m" not in plain.getvalue()
