import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.canonical import canonical, one_line, tidy
from index.letters import normalized
from index.records import revision_of

JOINER = "\u200d"
SENTENCES = ("The talks go on. ", "Կարծում եմ՝ այո։ ", "Danışıqlar davam edir. ", "Переговоры идут. ")
LETTERS = ("й", "e\u0301", "\u0301", "\u0338", "←", "\r\n", "葛", "می", "क्", "가", "ᆨ", "Å", "👩", "⚕", "🏴")
MARKS = "\r\n\t \u00a0\x00\x85\u2028\u200b\u200c\u200d\ufeff\u00ad\u202e\ufe0f\uffff\ud800"
TAGS = "\U000e0067\U000e0062\U000e0041\U000e007f\U000e0100"
TRICKY = st.sampled_from([*SENTENCES, *LETTERS, *MARKS, *TAGS])
TEXTS = st.one_of(
    st.text(),
    st.lists(TRICKY, max_size=12).map("".join),
    st.text(st.characters(categories=["Cs", "Cf", "Mn"])),
)


@given(TEXTS)
@example(f"ب{JOINER}{JOINER}x")
@example(f"e{JOINER}\u0301")
@example("\ufe0f\u200b\ufe0f")
@example(f"\ufe0f{JOINER}←")
@example(f"❤\ufe0f{JOINER}\ufe0f")
def test_canonical_text_is_canonical_already(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert tidy(tidy(text)) == tidy(text)
    assert canonical(tidy(text)) == tidy(text)
    assert canonical(one_line(text)) == one_line(text)


@given(TEXTS)
def test_canonical_text_can_be_stored_and_is_nfc(text: str) -> None:
    once = canonical(text)
    assert len(revision_of(once)) == 64
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\r\x00\x85\u2028\u2029\ufeff\u00ad\u200b\u200e\u200f\u202e\u2066\u00a0")
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("cease\u00adfire \u200bin\ufeff Kara\u200dbakh", "ceasefire in Karabakh"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("10\u00a0000\u202f000", "10 000 000"),
        ("Ереван. Йод: и\u0306", "Ереван. Йод: й"),
        ("Şuşa və Gəncə; Ə\u0301", "Şuşa və Gəncə; Ə\u0301"),
        ("Հայաստան՝ «այո»։", "Հայաստան՝ «այո»։"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        (
            "doctor 👩\u200d⚕\ufe0f, family 👨\u200d👩\u200d👧",
            "doctor 👩\u200d⚕\ufe0f, family 👨\u200d👩\u200d👧",
        ),
        ("👍🏽\u200d!", "👍🏽!"),
        ("\ud83d alone", "\ufffd alone"),
        ("“curly” ‘quotes’ — ﬁne", "“curly” ‘quotes’ — ﬁne"),
        (
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f wins",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f wins",
        ),
        ("Hello\U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065", "Hello"),
        ("smuggled\ufe01\ufe02\ufe03", "smuggled\ufe01"),
    ],
)
def test_what_a_reader_sees_stays_and_the_rest_goes(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0f73", "\u0344\u0315", "\u0301\u200d\u0327"])
def test_marks_without_end_on_one_letter_are_cut_in_time(marks: str) -> None:
    text = "e" + "".join(mark * 300_000 for mark in marks)  # `unicodedata.normalize` takes minutes
    once = canonical(text + " é")
    assert once.endswith(" é")
    assert len(once) <= 34
    assert canonical(once) == once


def test_thirty_marks_on_one_letter_stay() -> None:
    text = "e" + "\u0327\u0301" * 15 + "—" * 40 + "e\u0301"
    for form in ("NFC", "NFKC"):
        assert normalized(text, form) == unicodedata.normalize(form, text)  # noqa: TID251
    assert normalized("ﾞ\u0301" * 300_000, "NFKD") == normalized("ﾞ\u0301" * 15, "NFKD")


def test_tidy_keeps_paragraphs_and_drops_empty_space() -> None:
    assert (
        tidy("  One.  Two.\t Three. \r\n\r\n\r\n\r\n Four.\nFive. \n") == "One. Two. Three.\n\nFour.\nFive."
    )


def test_one_line_joins_the_lines_of_a_title() -> None:
    assert one_line(" Truce\r\n  holds,\tfor now ") == "Truce holds, for now"
