"""The command line as a person meets it: the real archive of seeds/, the real encoder, real exit codes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run

SEEDS = Path(__file__).parents[1] / "seeds"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dateline(seeds_home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `dateline` over the seeds; gives exit code, standard output and standard error."""

    def call(*arguments: str, home: Path = seeds_home) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["--home", str(home), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_an_answer_is_cited_with_the_exact_words_of_an_article(dateline: Run) -> None:
    code, out, _ = dateline("ask", "--json", "How many peacekeepers is Russia sending?")
    answer = json.loads(out)
    assert (code, answer["status"]) == (0, "answered")
    assert "1,960" in answer["text"]
    first = answer["citations"][0]
    assert first["article"]["id"].startswith("november-statement")
    assert first["quote"] in (SEEDS / f"{first['article']['id']}.md").read_text(encoding="utf-8")


def test_an_abstention_names_the_missing_word_and_exits_with_1(dateline: Run) -> None:
    code, out, _ = dateline("ask", "What did Vytautas Landsbergis say about the ceasefire?")
    assert code == 1
    assert "Landsbergis" in out
    assert "[1]" not in out.splitlines()[0]


def test_a_bare_pronoun_is_asked_back_and_read_after_the_question_it_belongs_to(dateline: Run) -> None:
    code, out, _ = dateline("ask", "How many is it sending?", "--json")
    answer = json.loads(out)["abstention"]
    assert (code, answer["reason"], answer["missing"]) == (1, "incomplete", ["it"])
    _, out, _ = dateline("ask", "And Turkey?", "--after", "How many peacekeepers is Russia sending?")
    assert "read as “How many peacekeepers is Turkey sending?”" in out


def test_filters_leave_out_what_was_published_later(dateline: Run) -> None:
    code, out, _ = dateline("search", "peacekeepers", "--as-of", "2020-10-20", "--json")
    assert code == 0
    assert {hit["article"]["published"] <= "2020-10-20T24" for hit in json.loads(out)} == {True}


def test_search_says_why_each_hit_is_there(dateline: Run) -> None:
    _, out, _ = dateline("search", "Minsk Group co-chairs", "--limit", "3", "--json")
    hits = json.loads(out)
    assert len(hits) == 3
    assert all(hit["dense_rank"] or hit["bm25_rank"] for hit in hits)


def test_adding_twice_changes_nothing(dateline: Run) -> None:
    before = json.loads(dateline("status", "--json")[1])
    code, out, _ = dateline("add", "--json", str(SEEDS))
    report = json.loads(out)
    after = json.loads(dateline("status", "--json")[1])
    assert (code, report["added"], report["updated"], report["refused"]) == (0, 0, 0, [])
    assert (report["unchanged"], after["passages"]) == (before["articles"], before["passages"])


def test_a_refused_article_is_named_with_its_reason_and_its_neighbour_goes_in(
    dateline: Run, empty_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_text("---\ntitle: [\n---\nText.")
    (tmp_path / "good.md").write_text("---\ntitle: Good\noutlet: Herald\n---\nThe bridge was opened in Oslo.")
    code, out, err = dateline("add", str(tmp_path / "bad.md"), str(tmp_path / "good.md"), home=empty_home)
    assert code == 3
    assert "added 1" in out
    assert "refused 1" in out
    assert "bad.md line" in err


def test_add_says_how_many_came_without_a_date_or_an_outlet(
    dateline: Run, empty_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# Bridge\n\nThe bridge was opened in Oslo.")
    for name in "bcde":
        (tmp_path / f"{name}.md").write_text(f"---\noutlet: Herald\n---\n\nThe {name} bridge was opened.")
    out = dateline("add", str(tmp_path), home=empty_home)[1]
    assert re.search(r"without date 5: \S+/a.md, \S+/b.md, \S+/c.md and 2 more \(--published", out)
    assert re.search(r"without outlet 1: \S+/a.md \(--outlet", out)
    supplied = ["--outlet", "Herald", "--published", "2020-10-19", "--json"]
    told = json.loads(dateline("add", str(tmp_path), *supplied, home=empty_home)[1])
    assert (told["without_date"], told["without_outlet"]) == (0, 0)
    assert dateline("add", str(tmp_path), "--published", "May", home=empty_home)[0] == 3


def test_what_was_removed_is_no_longer_found(dateline: Run, empty_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: bridge\ntitle: Bridge\n---\nThe bridge was opened in Oslo.")
    dateline("add", str(tmp_path / "a.md"), home=empty_home)
    assert dateline("search", "bridge", home=empty_home)[0] == 0
    assert dateline("remove", "bridge", home=empty_home)[0] == 0
    assert dateline("search", "bridge", home=empty_home)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["remove", "no-such-id"], 4, "no-such-id"),
        (["ask", "x" * 1001], 3, "expected 1 to 1,000"),
        (["ask", "  "], 3, "empty"),
        (["ask", "Who?", "--since", "yesterday"], 3, "'yesterday'"),
        (["ask"], 2, "Missing argument"),
        (["frobnicate"], 2, "No such command"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    dateline: Run, arguments: list[str], code: int, said: str
) -> None:
    got, out, err = dateline(*arguments)
    assert (got, out) == (code, "")
    assert said in err
    assert code == 2 or err.count("\n") == 1


@pytest.mark.parametrize("command", [["ask", "Who?"], ["search", "Who?"], ["telegram"], ["eval", "SET"]])
def test_where_there_is_no_archive_it_is_said_how_to_make_one_before_the_encoder_is_compiled(
    dateline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    case = {"id": "who", "kind": "who", "question": "Who?", "answer": [["Ann"]]}
    (tmp_path / "cases.jsonl").write_text(json.dumps(case))
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DATELINE_TELEGRAM__TOKEN", "1:nobody")
    arguments = [str(tmp_path) if word == "SET" else word for word in command]
    code, _, err = dateline(*arguments, home=tmp_path / "home")
    assert code == 4
    assert "dateline add PATH" in err
    assert not (tmp_path / "cache").exists()


def test_no_archive_is_made_and_nothing_compiled_for_files_that_are_not_there(
    dateline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    code, _, err = dateline("add", str(tmp_path / "none"), home=tmp_path / "home")
    assert (code, f"{tmp_path}/none: does not exist, expected files" in err) == (3, True)
    assert [*tmp_path.iterdir()] == []


def test_what_can_be_made_again_is_kept_in_the_cache_of_the_user_unless_set(
    dateline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cache() -> str:
        return str(json.loads(dateline("settings", "--json", home=tmp_path)[1])["cache"])

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DATELINE_CACHE", "~/elsewhere")
    assert cache() == f"{tmp_path}/elsewhere"
    monkeypatch.delenv("DATELINE_CACHE")
    assert Path(cache()).is_relative_to(tmp_path)
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/of")
        assert cache() == "/var/cache/of/dateline"


def test_settings_come_from_the_file_and_the_environment_wins(
    dateline: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("hits = 7")
    assert json.loads(dateline("settings", "--json", home=tmp_path)[1])["hits"] == "7"
    monkeypatch.setenv("DATELINE_HTTP__RATE_PER_ADDRESS", "5")
    told = dateline("settings", home=tmp_path)[1].splitlines()
    assert told[0] == str(tmp_path / "settings.toml")
    assert any(line.split()[:2] == ["http.rate_per_address", "5"] for line in told)
    monkeypatch.setenv("DATELINE_HITS", "9")
    assert json.loads(dateline("settings", "--json", home=tmp_path)[1])["hits"] == "9"
    monkeypatch.setenv("DATELINE_HITS", "many")
    code, _, err = dateline("settings", home=tmp_path)
    assert code == 3
    assert "setting 'hits' is 'many'" in err


def test_help_and_a_question_import_nothing_heavy(seeds_home: Path) -> None:
    watch = (
        "import sys; from bot.cli import run; run(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    )

    def modules(*arguments: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", watch, *arguments], capture_output=True, text=True, check=True
        )
        return set(done.stderr.split())

    heavy = {
        "torch",
        "sentence_transformers",
        "transformers",
        "chromadb",
        "llama_index",
        "trafilatura",
        "scipy",
    }
    assert not modules("--help") & (heavy | {"onnxruntime", "numpy", "rich", "pydantic"})
    assert not modules("--home", str(seeds_home), "ask", "--json", "Who is Lavrov?") & heavy


def test_every_command_has_help_with_examples(dateline: Run) -> None:
    for command in ("add", "ask", "remove", "search", "status"):
        code, out, _ = dateline(command, "--help")
        assert code == 0
        assert f"dateline {command}" in out or "dateline --home" in out


def test_the_output_can_be_cut_off_by_a_pipe(seeds_home: Path) -> None:
    command = f"{sys.executable} -m bot --home {seeds_home} search peacekeepers | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env={**os.environ}, check=True)
    assert "Traceback" not in done.stderr


def test_an_answer_counts_copies_as_one_origin(dateline: Run) -> None:
    code, out, _ = dateline("ask", "--json", "What did Lavrov call the next absolutely necessary step?")
    answer = json.loads(out)
    wires = [one for one in answer["origins"] if "Harbour Gazette" in one["outlets"]]
    assert (code, len(wires)) == (0, 1)
    assert "Dateline Wire" in wires[0]["outlets"]


@pytest.mark.parametrize(
    "question",
    [
        "When is Kalbajar to be handed over?",
        "By what date is Kalbajar to be handed over?",
        "When is the Kalbajar district due?",
    ],
)
def test_a_day_that_was_withdrawn_is_no_answer_and_the_newer_article_is_there(
    dateline: Run, question: str
) -> None:
    answer = json.loads(dateline("ask", "--json", question)[1])
    cited = [*answer["citations"], *(answer["abstention"] or {"nearest": []})["nearest"]]
    assert {"november-statement", "kalbajar-extension"} & {one["article"]["id"] for one in cited}
    assert "november-statement-early" not in {one["article"]["id"] for one in cited}
    for sentence in answer["sentences"]:
        assert "Kalbajar was to be handed over by 20 November" not in sentence["text"]
        assert sentence["speaker"] != "this article"
        assert not (sentence["short"] and "20 November" in sentence["short"]["text"])


def test_an_answer_from_a_corrected_article_shows_the_correction(dateline: Run) -> None:
    question = "How many servicemen of the Russian force are deployed along the line of contact?"
    code, out, _ = dateline("ask", "--json", question)
    answer = json.loads(out)
    assert code == 0
    (note,) = [one for one in answer["corrections"] if "Kalbajar" in one["text"]]
    assert note["text"].startswith("Correction: An earlier version of this article said")
    cited = next(one for one in answer["citations"] if one["number"] == note["citation"])
    assert cited["article"]["id"] == "november-statement"
    assert "carries a correction: “Correction: An earlier version" in answer["text"]
    assert "carries a correction" in dateline("ask", question)[1]


def test_a_record_is_verified_until_its_article_is_changed_or_removed(
    dateline: Run, empty_home: Path, tmp_path: Path
) -> None:
    article, record = tmp_path / "a.md", tmp_path / "r.json"
    article.write_text("---\nid: bridge\ntitle: Bridge\n---\nThe bridge in Oslo was opened by Anna Lund.")
    dateline("add", str(article), home=empty_home)
    question = "Who opened the bridge in Oslo?"
    record.write_text(dateline("ask", question, "--format", "record", home=empty_home)[1])
    assert dateline("verify", str(record), home=empty_home)[0] == 0
    article.write_text(article.read_text().replace("Anna Lund", "Bo Berg"))
    dateline("add", str(article), home=empty_home)
    code, out, _ = dateline("verify", "--json", str(record), home=empty_home)
    (told,) = json.loads(out)["citations"]
    assert (code, told["standing"]) == (1, "revised")
    assert "Bo Berg" in told["now"]
    dateline("remove", "bridge", home=empty_home)
    code, out, _ = dateline("verify", str(record), home=empty_home)
    assert code == 1
    assert "not in this archive" in out
    assert dateline("verify", str(article), home=empty_home)[0] == 3


def test_answers_and_hits_are_taken_along_in_other_forms(dateline: Run) -> None:
    question = "How many peacekeepers is Russia sending?"
    assert dateline("ask", question, "--format", "bibtex")[1].startswith("@article{")
    assert dateline("search", question, "--format", "newsroom", "--limit", "1")[1].count("“") == 1
