import pytest
from asking_fakes import LUND, MOE, other

from bot.answers.answer import Sentence
from bot.answers.citation import cite
from bot.showing.wording import in_marks, lead, names, printed_by
from index.records import Span


def test_a_printed_wire_is_named_with_its_outlet() -> None:
    assert printed_by(LUND) == "The Courier, printing North Wire, 19 Oct 2020"
    assert printed_by(MOE) == "The Ledger, date unknown"
    assert printed_by(other(MOE, outlet=None)) == "outlet unknown, date unknown"
    assert printed_by(other(MOE, outlet="Tass", agency="TASS", published="2020-10")) == "Tass, Oct 2020"
    assert printed_by(MOE, ("A", "B", "C")) == "The Ledger (also in A, B and C), date unknown"


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
    assert lead(sentence, cite(MOE, Span(0, 4), number=1)) == f"{before}The Ledger, date unknown"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Quotas fell.", "“Quotas fell.”"),
        ("“Quotas fell.”", "“Quotas fell.”"),
        ("“Quotas fell.", "“Quotas fell.”"),
        ("Quotas fell.”", "“Quotas fell.”"),
        ("“Quotas fell,” she said.", "“Quotas fell,” she said."),
        ("Quotas fell,” she said.", "“Quotas fell,” she said."),
        ('Quotas fell," she said.', '"Quotas fell," she said.'),
        ("She said: “Quotas fell.", "She said: “Quotas fell.”"),
        ('She said: "Quotas fell.', 'She said: "Quotas fell."'),
        ("«Да», — сказал он", "«Да», — сказал он"),
        ("Да», — сказал он", "«Да», — сказал он"),
        ("Quotas\n fell.\x1b[31m", "“Quotas fell.[31m”"),
    ],
)
def test_a_line_is_in_marks_unless_marks_part_it(text: str, line: str) -> None:
    assert in_marks(text) == line


def test_several_speakers_are_named_only_together() -> None:
    assert names("Norway says yes, Iceland no", "Norway; Iceland")
    assert not names("Norway says yes", "Norway; Iceland")
    assert not names("Lundgren said", "Anna Lund")
