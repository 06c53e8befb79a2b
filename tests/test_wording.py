import pytest
from asking_fakes import LUND, MOE, other

from bot.answers.answer import Sentence
from bot.answers.citation import cite
from bot.answers.lines import in_marks, names
from bot.showing.wording import words_of
from index.records import Filters, Span


def test_a_printed_wire_is_named_with_its_outlet() -> None:
    assert words_of().printed_by(LUND) == "The Courier, printing North Wire, 19 Oct 2020"
    assert words_of().printed_by(MOE) == "The Ledger, date unknown"
    assert words_of().printed_by(other(MOE, outlet=None)) == "outlet unknown, date unknown"
    assert (
        words_of().printed_by(other(MOE, outlet="Tass", agency="TASS", published="2020-10"))
        == "Tass, Oct 2020"
    )
    assert words_of().printed_by(MOE, ("A", "B", "C")) == "The Ledger (also in A, B and C), date unknown"


@pytest.mark.parametrize(
    ("text", "speaker", "role", "before"),
    [
        ("Quotas fell.", None, None, ""),
        ("Quotas fell, Lund said.", "Anna Lund", "Minister", ""),
        ("Quotas fell, she said.", "Anna Lund", "Minister", "Anna Lund (Minister), in "),
        ("Quotas fell, they said.", "the ministry", None, "The ministry, in "),
        ("“Quotas fell.”", "unclear", None, "Speaker not clear, in "),
    ],
)
def test_the_lead_gives_the_speaker_whom_the_sentence_does_not_name(
    text: str, speaker: str | None, role: str | None, before: str
) -> None:
    sentence = Sentence(text, (1,), "quoted", speaker, role)
    assert words_of().lead(sentence, cite(MOE, Span(0, 4), number=1)) == f"{before}The Ledger, date unknown"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Quotas fell.", "“Quotas fell.”"),
        ("“Quotas fell.”", "“Quotas fell.”"),
        ("“Quotas fell.", "“Quotas fell.”"),
        ("Quotas fell.”", "“Quotas fell.”"),
        ("“Quotas fell,” she said.", "““Quotas fell,” she said.”"),
        ("Quotas fell,” she said.", "““Quotas fell,” she said.”"),
        ('Quotas fell," she said.', '“"Quotas fell," she said.”'),
        ("She said: “Quotas fell.", "“She said: “Quotas fell.””"),
        ('She said: "Quotas fell.', '“She said: "Quotas fell."”'),
        ("«Да», — сказал он", "“«Да», — сказал он”"),
        ("Да», — сказал он", "“«Да», — сказал он”"),
        ("Quotas\n fell.\x1b[31m", "“Quotas fell.[31m”"),
    ],
)
def test_a_line_is_always_in_marks_around_those_of_its_own(text: str, line: str) -> None:
    assert in_marks(text) == line


def test_several_speakers_are_named_only_together() -> None:
    assert names("Norway says yes, Iceland no", "Norway; Iceland")
    assert not names("Norway says yes", "Norway; Iceland")
    assert not names("Lundgren said", "Anna Lund")


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(), None),
        (Filters(until="2020-10-20"), "articles until 20 Oct 2020"),
        (
            Filters(outlet=("Bloomberg", "Today.Az"), since="2020-10"),
            "articles from Bloomberg or Today.Az, since Oct 2020",
        ),
        (Filters(as_of="2020-10-19T17:45"), "articles published by 19 Oct 2020, 17:45"),
    ],
)
def test_filters_are_shown_in_plain_words(filters: Filters, shown: str | None) -> None:
    assert words_of().articles(filters) == shown


def test_dates_are_shown_as_precisely_as_they_are_known() -> None:
    assert [words_of().day(iso) for iso in ("2020", "2020-10", "2020-10-09")] == [
        "2020",
        "Oct 2020",
        "9 Oct 2020",
    ]
