import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.decode import decode
from index.errors import BadArticle

RUSSIAN = "Российский министр сообщил, что стороны договорились о прекращении огня с 10 октября."
UKRAINIAN = "Міністр закордонних справ України заявив, що переговори тривають у Києві."
FRENCH = "Le ministre a déclaré à la presse que l’accord était « fragile », élève, été, à Paris."
POLISH = "Minister oświadczył, że rozmowy w Łodzi były trudne, a źródła milczą."
TURKISH = "Dışişleri Bakanı, görüşmelerin İstanbul'da sürdüğünü ve ateşkesin sağlanacağını söyledi."
CHINESE = "外交部长星期一在北京表示,双方已经同意停火,谈判仍在继续。"
GREEK = "Ο υπουργός δήλωσε ότι οι συνομιλίες συνεχίζονται στην Αθήνα."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        ("Plain English, no mark.", "utf-16-le"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN.upper(), "cp1251"),
        (RUSSIAN.upper(), "koi8-r"),
        ("Перемирие", "cp1251"),
        (UKRAINIAN, "cp1251"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (TURKISH, "cp1254"),
        ("The minister said “we won’t stop”, then left.", "cp1252"),
        (CHINESE, "gb18030"),
        (GREEK, "cp1253"),
    ],
)
@pytest.mark.parametrize("declared", [None, "iso-8859-1", "no-such-encoding", "utf-8"])
def test_text_reads_right_whatever_its_page_declares(text: str, encoding: str, declared: str | None) -> None:
    assert decode(text.encode(encoding), declared=declared).text == text


def test_a_guess_or_a_contradiction_is_noted() -> None:
    assert decode(RUSSIAN.encode()).note is None
    assert decode(RUSSIAN.encode("cp1251"), declared="windows-1251").note is None
    assert decode(RUSSIAN.encode("cp1251")).note == "encoding: read as cp1251, a guess"
    wrong = decode(RUSSIAN.encode("cp1251"), declared="koi8-r")
    assert wrong.note == "encoding: read as cp1251, though koi8-r is declared"


def test_a_damaged_byte_does_not_make_utf8_into_something_else() -> None:
    damaged = (RUSSIAN.encode() * 5) + b"\xd0"
    read = decode(damaged)
    assert read.text == RUSSIAN * 5 + "\ufffd"
    assert read.note is not None
    assert read.note.startswith("encoding: 1 damaged")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "is a PDF file"),
        (b"\x89PNG\r\n", "is a PNG image"),
        (b"abc\x00def", "is binary: byte 3 is 0x00"),
        (random.Random(1).randbytes(2000), "is binary"),
        (random.Random(1).randbytes(2000).replace(b"\x00", b""), "is binary: .* control characters"),
        (b"\xff\xfeh\x00\x00\xd8h\x00", "begins as UTF-16-LE but byte 2 is not"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(BadArticle, match=reason):
        decode(data)


@given(st.binary(max_size=200), st.sampled_from([None, "cp1251", "hex", "idna", "utf-16", "shift_jis"]))
def test_any_bytes_are_read_or_refused(data: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(data, declared=declared).text, str)
    except BadArticle as refusal:
        assert "expected" in str(refusal)
