import json
import shutil
import subprocess
from pathlib import Path

import pytest
from asking_fakes import LUND, MOE, other
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Sentence
from bot.answers.citation import cite
from bot.answers.lines import found_in, in_marks, names, plain
from bot.answers.marks import kinds_aside, nested
from bot.showing.wording import words_of
from index.records import Filters, Span

ROOT = Path(__file__).parents[1]
IN_MARKS = [
    ("Quotas fell.", "“Quotas fell.”"),
    ("“Quotas fell.”", "“Quotas fell.”"),
    ("“Quotas fell.", "“Quotas fell.”"),
    ("Quotas fell.”", "“Quotas fell.”"),
    ("“Quotas fell,” she said.", "“‘Quotas fell,’ she said.”"),
    ("Quotas fell,” she said.", "“‘Quotas fell,’ she said.”"),
    ('Quotas fell," she said.', "“‘Quotas fell,’ she said.”"),
    ("She said: “Quotas fell.", "“She said: ‘Quotas fell.’”"),
    ('She said: "Quotas fell.', "“She said: ‘Quotas fell.’”"),
    ("“Undeserved…,” he wrote. “It is.”", "“‘Undeserved…,’ he wrote. ‘It is.’”"),
    ("“She called it ‘mad’,” he said.", "“‘She called it “mad”,’ he said.”"),
    ("“We won’t take the boys’ boat,” he said.", "“‘We won’t take the boys’ boat,’ he said.”"),
    ("“He said “no” to us.”", "“He said ‘no’ to us.”"),
    ("„Wir warten“, sagte er.", "“‚Wir warten‘, sagte er.”"),
    ("It is ’tis, ‘so’ they say.", "“It is ’tis, ‘so’ they say.”"),
    ("«Да», — сказал он", "“«Да», — сказал он”"),
    ("Да», — сказал он", "“«Да», — сказал он”"),
    ("Quotas\n fell.\x1b[31m", "“Quotas fell.[31m”"),
]
MARKED = [
    "“a “b ‘c’ d” e”",
    "‘a “b” c’",
    '"a "b" c"',
    "’tis “so’”",
    "”“",
    "„a „b“ c“",
    "it‘s “𝒷 ‘𝒸’”",
    "“a’ b”",
    "‘a ’ b’",
]


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


@pytest.mark.parametrize(("text", "line"), IN_MARKS)
def test_a_line_is_always_in_marks_around_those_of_its_own(text: str, line: str) -> None:
    assert in_marks(text) == line


@settings(deadline=None)
@given(st.text(alphabet="ab “”„‘’\"'.\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_marks_are_exchanged_and_nothing_else_and_words_are_found_again(
    text: str, one: int, two: int
) -> None:
    assert kinds_aside(nested(text)) == kinds_aside(text)
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    line = in_marks(text)
    found = line[slice(*found_in(line, text, Span(start, end)))]
    assert not found or kinds_aside(found) == kinds_aside(plain(text[start:end]))


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


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here, which runs the page's code")
def test_the_page_sets_marks_as_the_terminal_does(tmp_path: Path) -> None:
    texts = [*MARKED, *(text for text, _ in IN_MARKS)]
    shutil.copy(ROOT / "bot" / "http" / "page" / "marks.js", tmp_path / "marks.mjs")
    (tmp_path / "ask.mjs").write_text(
        "import { nested } from './marks.mjs';\n"
        f"console.log(JSON.stringify({json.dumps(texts)}.map(nested)));"
    )
    done = subprocess.run(["node", str(tmp_path / "ask.mjs")], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [nested(text) for text in texts]
