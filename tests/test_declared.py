"""Pages whose encoding is declared by a name of the web, and Hebrew."""

from __future__ import annotations

import codecs

import pytest

from index.articles.decode import decode
from index.articles.labels import codec_of
from index.articles.scripts import hebrew, in_reading_order, russian

CHINESE = "前总理朱镕基周二出席了港口的重新开放仪式，陶喆也在场。"
JAPANESE = "市長は①港の再開と②防波堤の修理を発表した。㈱湾岸建設の髙橋氏が担当する。"
KOREAN = "뷁시장은 항구가 다시 열린다고 화요일에 밝혔다. 쌰씨도 환영했다."
TAIWANESE = "市長星期二宣布港口重新開放，碼頭工人表示歡迎。"
TURKISH = "Belediye başkanı Işıl Yıldız limanın salı günü “yeniden açılacağını” söyledi."
THAI = "นายกเทศมนตรีกล่าวว่าท่าเรือจะเปิดอีกครั้งในวันอังคาร “แน่นอน”"
ENGLISH = "The mayor said “we won’t stop”, then left."
HEBREW = "ראש העיר דוד לוי הודיע ביום שלישי כי הנמל ייפתח מחדש לאחר חודשים של עבודות."
RUSSIAN = "Мэр сообщил во вторник, что порт откроется снова после месяцев ремонта."
GREEK = "Ο δήμαρχος δήλωσε την Τρίτη ότι το λιμάνι θα ανοίξει ξανά μετά από μήνες."


@pytest.mark.parametrize(
    ("label", "text", "codec"),
    [
        ("gb2312", CHINESE, "gb18030"),
        ("GBK", CHINESE, "gb18030"),
        ("x-gbk", CHINESE, "gb18030"),
        ("gb_2312-80", CHINESE, "gb18030"),
        ("shift_jis", JAPANESE, "cp932"),
        ("Shift-JIS", JAPANESE, "cp932"),
        ("x-sjis", JAPANESE, "cp932"),
        ("windows-31j", JAPANESE, "cp932"),
        ("euc-jp", "市長は①港の再開と②防波堤の修理を発表した。", "euc_jis_2004"),
        ("x-euc-jp", "市長は港の再開を発表した。", "euc_jp"),
        ("iso-2022-jp", "市長は港の再開を発表した。", "iso2022_jp"),
        ("euc-kr", KOREAN, "cp949"),
        ("ks_c_5601-1987", KOREAN, "cp949"),
        ("windows-949", KOREAN, "cp949"),
        ("iso-2022-kr", "시장은 항구가 다시 열린다고 화요일에 밝혔다.", "iso2022_kr"),
        ("big5", TAIWANESE, "big5hkscs"),
        ("big5-hkscs", TAIWANESE, "big5hkscs"),
        ("hz-gb-2312", "市长周二宣布港口开放。", "hz"),
        ("iso-8859-9", TURKISH, "cp1254"),
        ("latin5", TURKISH, "cp1254"),
        ("iso-8859-1", ENGLISH, "cp1252"),
        ("us-ascii", ENGLISH, "cp1252"),
        ("tis-620", THAI, "cp874"),
        ("windows-874", THAI, "cp874"),
        ("windows-1255", HEBREW, "cp1255"),
        ("iso-8859-8-i", HEBREW, "cp1255"),
        ("iso-8859-8", HEBREW, "cp1255"),
        ("logical", HEBREW, "cp1255"),
        ("x-mac-cyrillic", RUSSIAN, "mac-cyrillic"),
        ("windows-1253", GREEK, "cp1253"),
    ],
)
def test_a_declared_name_means_the_widest_encoding_that_is_written_under_it(
    label: str, text: str, codec: str
) -> None:
    read = decode((text * 3).encode(codec), declared=label)
    assert read.text == text * 3
    assert read.note is None


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "koi8-r", "utf-8"])
def test_hebrew_is_hebrew_whatever_its_page_declares(declared: str | None) -> None:
    read = decode(HEBREW.encode("cp1255"), declared=declared)
    assert read.text == HEBREW
    assert read.note is not None


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN.upper()])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("declared", [None, "windows-1255", "iso-8859-7"])
def test_russian_stays_russian(text: str, encoding: str, declared: str | None) -> None:
    assert decode(text.encode(encoding), declared=declared).text == text


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        (HEBREW[::-1], HEBREW),
        (".שדחמ חתפיי למנה יכ 12.5.2020-ב עידוה", "הודיע ב-12.5.2020 כי הנמל ייפתח מחדש."),
        (".(ביבא לת) CNN-ל רמא לאינד ,םידבוע 300", "300 עובדים, דניאל אמר ל-CNN (תל אביב)."),
    ],
)
def test_hebrew_that_is_stored_as_it_is_seen_is_turned_round(seen: str, meant: str) -> None:
    page = f"<p class='text'>{seen}</p>\n<p>{HEBREW[::-1]}</p>"
    read = decode(page.encode("cp1255"), declared="iso-8859-8")
    assert read.text == f"<p class='text'>{meant}</p>\n<p>{HEBREW}</p>"
    assert read.note is not None
    assert read.note.endswith("were turned round")


def test_hebrew_in_reading_order_is_known_as_such() -> None:
    assert hebrew(HEBREW) == (1.0, False)
    assert hebrew(HEBREW[::-1]) == (1.0, True)
    assert hebrew(RUSSIAN.encode("cp1251").decode("cp1255", errors="replace")).share < 0.8
    assert hebrew(GREEK.encode("cp1253").decode("cp1255", errors="replace")).share < 0.8
    assert hebrew("Elle a été à l’école") == (0.0, False)
    assert in_reading_order("<b>no Hebrew (at all)</b>") == "<b>no Hebrew (at all)</b>"
    assert russian(HEBREW) == 0.0


def test_what_an_encoding_does_not_have_is_noted() -> None:
    read = decode((KOREAN * 9).encode("cp949") + b"\xff", declared="euc-kr")
    assert read.text == KOREAN * 9 + "\ufffd"
    assert read.note == "encoding: 1 characters are not cp949; each is shown as \ufffd"


def test_a_declaration_that_damages_the_text_is_not_believed() -> None:
    read = decode((CHINESE * 9).encode("gb18030"), declared="shift_jis")
    assert read.text == CHINESE * 9
    assert read.note == "encoding: read as gb18030, though cp932 is declared"


LABELS = """
866 cp866 csibm866 ibm866 csisolatin2 iso-8859-2 l2 latin2 iso-8859-3 latin4 cyrillic iso-8859-5 arabic
asmo-708 ecma-114 iso-8859-6 ecma-118 elot_928 greek greek8 iso-8859-7 sun_eu_greek csiso88598e
csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 visual csiso88598i iso-8859-8-i logical
csisolatin6 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 latin9 iso-8859-16 cskoi8r koi koi8 koi8-r
koi8_r koi8-ru koi8-u macintosh mac x-mac-roman dos-874 iso-8859-11 tis-620 windows-874 cp1250
windows-1250 x-cp1250 cp1251 x-cp1251 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 l1
latin1 us-ascii windows-1252 x-cp1252 cp1253 x-cp1253 cp1254 csisolatin5 iso-8859-9 l5 latin5 x-cp1254
cp1255 x-cp1255 cp1256 x-cp1256 cp1257 x-cp1257 cp1258 x-cp1258 x-mac-cyrillic x-mac-ukrainian chinese
csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 big5 big5-hkscs cn-big5
csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csiso2022jp iso-2022-jp csshiftjis ms932 ms_kanji
shift-jis shift_jis sjis windows-31j x-sjis cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987
ks_c_5601-1989 ksc5601 ksc_5601 windows-949
"""


@pytest.mark.parametrize("label", LABELS.split())
def test_every_name_of_the_encoding_standard_is_known(label: str) -> None:
    codec = codec_of(label)
    assert codec is not None
    assert codecs.lookup(codec)
    assert codec_of(f' "{label.upper()}" ') == codec


def test_a_name_of_unicode_or_of_no_encoding_is_none() -> None:
    assert {codec_of(one) for one in ("utf-8", "UTF-16", "x-user-defined", "hex", "", None)} == {None}
