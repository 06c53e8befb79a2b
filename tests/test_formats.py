"""An answer or hits as a file: everything quoted is exact, and nothing foreign does anything."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeLibrary, nearest_of

from bot.answers.answer import Abstention, Answer, Sentence
from bot.answers.citation import cite
from bot.commands.options import FORMS
from bot.http.routes.forms import FormName
from bot.proof.rechecking import CitedOnce, stands_now
from bot.showing.formats.bibliography import authors
from bot.showing.formats.cells import safe_cell
from bot.showing.formats.chosen import FILE_KINDS, answer_in, hits_in
from bot.showing.formats.record import BadRecord, MadeBy, read_record, record_of
from bot.showing.formats.verifying import verified
from bot.showing.markdown import plain as markdown_plain
from index.records import Article, Hit, Passage, Span

CRANES = "“We lost four cranes,” said mayor Ada Lind."
AT = Span(HARBOUR.body.index(CRANES), HARBOUR.body.index(CRANES) + len(CRANES))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def answer_of(*articles: Article) -> Answer:
    cited = tuple(cite(one, Span(0, len(one.body)), number=n) for n, one in enumerate(articles, start=1))
    spoken = tuple(Sentence(one.quote, (one.number,), "quoted", "Ada Lind") for one in cited)
    return Answer("What was lost?", spoken, cited)


TWICE = replace(
    answer_of(HARBOUR, RIVAL),
    citations=(
        cite(HARBOUR, AT, number=1),
        cite(RIVAL, Span(0, 65), number=2),
        cite(HARBOUR, Span(0, 40), number=3),
    ),
    sentences=(Sentence(CRANES, (1,), "quoted", "Ada Lind"), Sentence(RIVAL.body[:65], (2,), "quoted")),
)


def test_every_form_is_offered_everywhere() -> None:
    assert set(FORMS) == set(FILE_KINDS) == set(get_args(FormName)) - {"json"}


def test_a_table_holds_every_quotation_letter_by_letter_with_its_place() -> None:
    rows = list(csv.DictReader(io.StringIO(answer_in("csv", TWICE))))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    for row, article in zip(rows, (HARBOUR, RIVAL, HARBOUR), strict=True):
        assert article.body[int(row["start"]) : int(row["end"])] == row["quote"]
        assert (row["revision"], row["status"]) == (article.revision, "answered")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "cell"), [("x;=1+1", "x;'=1+1"), ("x; @SUM(A1)", "x;' @SUM(A1)"), ("x; y - z", "x; y - z")]
)
def test_no_cell_holds_a_formula_where_a_semicolon_parts_cells(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://evil.example/x", r"see https\://evil.example/x"),
        ("see www.evil.example", r"see www\.evil.example"),
        ("ask @octocat of #12, boss@evil.example", r"ask \@octocat of \#12, boss\@evil.example"),
        ("at 10:30 # 4", "at 10:30 # 4"),
    ],
)
def test_no_bare_address_of_an_article_becomes_a_link_in_markdown(text: str, shown: str) -> None:
    assert markdown_plain(text) == shown


def test_a_question_without_an_answer_keeps_its_row_and_its_reason() -> None:
    nothing = Answer("Who rules Atlantis?", abstention=Abstention("not_in_archive", ("Atlantis",)))
    (row,) = csv.DictReader(io.StringIO(answer_in("csv", nothing)))
    assert (row["question"], row["status"], row["quote"]) == ("Who rules Atlantis?", "not_in_archive", "")
    assert "Atlantis" in answer_in("newsroom", nothing)


def test_what_is_no_answer_says_so_wherever_it_is_taken() -> None:
    near = Answer("Why?", abstention=Abstention("not_stated", nearest=(nearest_of(HARBOUR, AT),)))
    for form in ("html", "ris", "bibtex", "csl-json", "markdown"):
        assert "not taken as an answer" in answer_in(form, near)


def test_a_newsroom_is_told_outlet_day_and_title_once_an_article() -> None:
    assert answer_in("newsroom", TWICE).splitlines() == [
        "Harbour Gazette, printing Coast Wire, 19 Oct 2020, “Harbour reopens after storm”",
        "Morning Rival, 20 Oct 2020, “Port: three cranes gone, ships back”",
    ]


def test_ris_is_a_record_an_article_with_its_quotations_as_notes() -> None:
    lines = answer_in("ris", TWICE).split("\r\n")
    assert [line for line in lines if line.startswith("TY")] == ["TY  - NEWS"] * 2
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert "N1  - “‘We lost four cranes,’ said mayor Ada Lind.”" in lines
    assert "DA  - 2020/10/19/" in lines


def test_bibtex_has_a_key_an_entry_and_no_letter_that_latex_obeys() -> None:
    odd = replace(
        HARBOUR, id="x", title="50% of {all} & #1_more \\input{evil}", published="2020", outlet="Дело"
    )
    text = answer_in("bibtex", answer_of(HARBOUR, odd, replace(odd, id="y")))
    assert re.findall(r"@article\{(.+),", text) == ["harbourgazette2020", "article2020", "article2020-2"]
    assert r"title = {{50\% of \{all\} \& \#1\_more \textbackslash{}input\{evil\}}}" in text
    balanced = re.sub(r"\\[{}]", "", text)
    assert balanced.count("{") == balanced.count("}")


def test_csl_json_says_of_a_date_what_is_known() -> None:
    undated = replace(RIVAL, published=None, author="Anna Lund, Bo Berg and Cay Dahl")
    first, second = json.loads(
        answer_in("csl-json", answer_of(replace(HARBOUR, published="2020-10"), undated))
    )
    assert first["issued"] == {"date-parts": [[2020, 10]]}
    assert "issued" not in second
    assert second["author"] == [{"literal": name} for name in ("Anna Lund", "Bo Berg", "Cay Dahl")]


@pytest.mark.parametrize("written", ["Lund, Anna", "Reuters", "Staff and agencies"])
def test_names_that_cannot_be_told_apart_stay_as_they_are(written: str) -> None:
    assert authors(replace(HARBOUR, author=written)) == [written]


@pytest.mark.parametrize("form", FILE_KINDS)
def test_nothing_foreign_is_markup_or_an_order(form: str) -> None:
    text = answer_in(next(one for one in FILE_KINDS if one == form), answer_of(HOSTILE))
    assert "javascript:document" not in text or form == "csv"  # the table has every field as it is
    if form in ("html", "markdown"):
        assert not re.search(r"(?<!\\)<(script|img)", text)
    if form == "markdown":
        assert not re.search(r"(?<!\\)\[(x|click)\\?\]\(", text)


def test_hits_are_taken_along_as_answers_are() -> None:
    text = HARBOUR.body[slice(*AT)]
    hit = Hit(Passage(HARBOUR.id, HARBOUR.revision, 0, *AT, text, (AT,)), HARBOUR, 1.0, HARBOUR.id)
    for form in FILE_KINDS:
        assert "Harbour" in hits_in(form, "cranes", [hit])
    (row,) = csv.DictReader(io.StringIO(hits_in("csv", "cranes", [hit])))
    assert (row["quote"], row["status"]) == (CRANES, "found")


# Records


def written(answer: Answer = TWICE) -> str:
    return record_of(answer, at=NOON, made_by=MadeBy(dateline="1.0", encoder="mini 3f")).model_dump_json()


def test_a_record_is_read_as_it_was_written_and_an_altered_one_is_found_out() -> None:
    found = read_record(written(), "r.json")
    assert found.sealed
    later = json.loads(written())
    later["answer"]["sentences"][0]["text"] = "We lost nine cranes."
    assert not read_record(json.dumps(later), "r.json").sealed


@pytest.mark.parametrize("much", ["sentences", "citations", "citations of one sentence"])
def test_a_record_of_more_than_an_answer_is_refused(much: str) -> None:
    record = json.loads(written())
    answer = record["answer"]
    if much in answer:
        answer[much] *= 501
    else:
        answer["sentences"][0]["citations"] *= 501
    with pytest.raises(BadRecord, match=rf"r\.json: [\d,]+ {much}, expected at most 500"):
        read_record(json.dumps(record), "r.json")


def test_a_citation_that_a_sentence_names_often_is_held_in_memory_once() -> None:
    record = json.loads(written())
    record["answer"]["citations"][0]["quote"] = "x" * 1_000_000
    record["answer"]["sentences"][0]["citations"] *= 500
    found = read_record(json.dumps(record), "r.json")
    tracemalloc.start()
    assert not verified(found, FakeLibrary(HARBOUR, RIVAL)).stands
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000  # 500 MB where each is one more


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"record": "dateline answer"}', "[1, 2"])
def test_what_is_no_record_is_an_error_that_names_the_file(text: str) -> None:
    with pytest.raises(BadRecord, match=r"r\.json.*--format record"):
        read_record(text, "r.json")


def test_a_citation_stands_or_is_said_not_to() -> None:
    library = FakeLibrary(HARBOUR, RIVAL)
    cited = CitedOnce(1, HARBOUR.id, HARBOUR.revision, *AT, CRANES)
    assert stands_now(cited, library).standing == "word_for_word"
    assert stands_now(replace(cited, quote=CRANES.replace("four", "nine")), library).standing == "forged"
    assert stands_now(replace(cited, start=cited.start + 1, end=cited.end + 1), library).standing == "forged"
    assert stands_now(replace(cited, start=-1), library).standing == "forged"
    assert stands_now(replace(cited, revision="0" * 64), library).standing == "unknown"
    assert stands_now(replace(cited, article_id="gone"), library).standing == "removed"
    library.past[HARBOUR.id] = [HARBOUR]
    library.stored[HARBOUR.id] = replace(HARBOUR, body=f"Updated. {HARBOUR.body}")
    assert stands_now(cited, library).standing == "still_there"
    library.stored[HARBOUR.id] = replace(HARBOUR, body=HARBOUR.body.replace("four cranes", "five cranes"))
    now = stands_now(cited, library)
    assert (now.standing, now.now) == ("revised", CRANES.replace("four", "five"))
    assert not now.stands
