import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.proof.records import DraftLine
from bot.writing.drafts import REFUSAL, DraftReader


def read(text: str, *, piece: int = 7) -> tuple[list[DraftLine], bool]:
    reader = DraftReader()
    found = [one for at in range(0, len(text), piece) for one in reader.feed(text[at : at + piece])]
    return found + reader.end(), reader.refused


FELL = DraftLine("The truce fell on Monday.", (1,))
RELYING = DraftLine(FELL.text, (1,), ((1, "fell on Monday"),))


@pytest.mark.parametrize(
    ("reply", "drafts"),
    [
        ("The truce fell on Monday. [1] «fell on Monday»", [RELYING]),
        ("The truce fell on Monday.[1][2]", [DraftLine(FELL.text, (1, 2))]),
        ("The truce fell on Monday [1, 2].", [DraftLine(FELL.text, (1, 2))]),
        ("The truce fell on Monday [1-3].", [DraftLine(FELL.text, (1, 2, 3))]),
        ("The truce fell on Monday [passage 1 and 2].", [DraftLine(FELL.text, (1, 2))]),
        ("The truce fell on Monday【1†source】.", [FELL]),
        ("[1] The truce fell on Monday.", [FELL]),
        ("The truce fell on Monday. [99]", [DraftLine(FELL.text, (99,))]),
        ("The truce fell on Monday.", [DraftLine(FELL.text)]),
        ("In the year [2024] the truce fell. [1]", [DraftLine("In the year [2024] the truce fell.", (1,))]),
        ("The truce fell on Monday `[1]`.", [FELL]),
        ("The truce fell on `rows[2]` Monday. [1]", [DraftLine("The truce fell on rows⟦2⟧ Monday.", (1,))]),
        ("- **The truce** fell on *Monday*. [1]", [FELL]),
        ("1. The truce fell on Monday. [1]", [FELL]),
        ("Answer: The truce fell on Monday. [1]", [FELL]),
        ("Sure! Here is the answer:\n\nThe truce fell on Monday. [1]\n\nI hope this helps!", [FELL]),
        ("The truce fell on Monday. [1]\nSources:\n[1] Northern Desk, 19 October 2020", [FELL]),
        ("<think>Is it [2]?\nIt is [3].</think>\nThe truce fell on Monday. [1]", [FELL]),
        ("```\nThe truce fell on Monday. [1]\n```", [FELL]),
        ("The truce fell on Monday. [1: fell on Monday]", [RELYING]),
        ("The truce fell on Monday. [1] “fell on Monday”", [RELYING]),
        ('The truce fell on Monday. [1] "fell on Monday"', [RELYING]),
        (
            "Anna Lund said [1] “we waited too long”.",
            [DraftLine("Anna Lund said “we waited too long”.", (1,))],
        ),
        (
            "The truce fell on Monday. [1] «fell» [2] «on Monday»",
            [DraftLine(FELL.text, (1, 2), ((1, "fell"), (2, "on Monday")))],
        ),
        (
            "The truce fell on Monday. It was cold in Bodø. [1]",  # the mark of a paragraph is its sentences'
            [FELL, DraftLine("It was cold in Bodø.", (1,))],
        ),
        (
            "The truce fell on Monday. [1] It was cold in Bodø. [2]",
            [FELL, DraftLine("It was cold in Bodø.", (2,))],
        ),
        ("When did the truce fall? The truce fell on Monday. [1]", [FELL]),
        ("Look here ![x](http://e.example/p). [1]", [DraftLine("Look here ![x](http://e.example/p).", (1,))]),
        ("", []),
    ],
)  # fmt: skip
def test_what_models_write_is_read(reply: str, drafts: list[DraftLine]) -> None:
    assert read(reply)[0] == drafts


@pytest.mark.parametrize(
    "reply",
    [
        REFUSAL,
        f"{REFUSAL}.",
        "The passages do not say when the truce fell.",
        "I'm sorry, but I cannot find this in the given articles.",
        "There is no information about the truce in the passages.",
    ],
)
def test_a_refusal_is_no_sentence(reply: str) -> None:
    assert read(reply) == ([], True)


def test_a_cited_sentence_is_no_refusal() -> None:
    reply = "The article does not say when, Anna Lund said. [1]"
    assert read(reply) == ([DraftLine("The article does not say when, Anna Lund said.", (1,))], False)


def test_a_sentence_comes_as_soon_as_it_is_whole() -> None:
    reader = DraftReader()
    assert reader.feed("The truce fell on Mon") == []
    assert reader.feed("day. [1] «fell on Monday»\nIt was") == [
        DraftLine(FELL.text, (1,), ((1, "fell on Monday"),))
    ]
    assert reader.feed(" cold in Bodø. [2] Then it") == [DraftLine("It was cold in Bodø.", (2,))]


PARTS = [
    "The truce fell. ", "[1]", "[1, 2]", " «fell»", "“", "”", "\n", "[", "]", "`", "**", "It rained in May ",
    "[2024]", "[3-5]", "<think>", "</think>", "Sources:\n", "NOT IN THE PASSAGES", "- ", "?", "[[1]]",
    "$x", "é🐟",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=14), st.integers(1, 30))
def test_any_reply_is_read_alike_however_it_comes(parts: list[str], piece: int) -> None:
    reply = "".join(parts)
    found, refused = read(reply, piece=piece)
    assert (found, refused) == read(reply, piece=len(reply) + 1)
    assert all(0 < number < 1000 for one in found for number in one.cites)
