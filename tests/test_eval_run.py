"""A run from its cases to its tables, over a real archive and encoder; retrieval and reading are faked.

What is broken on purpose is always a neighbour of what is under test: the gate must notice each.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import time

import pytest

from bot.answering.asking import Dateline
from bot.answering.quoting import Quoter
from bot.answers.answer import Answer
from bot.answers.proposal import Weighed
from eval.answer_json import ShownAnswer, shown
from eval.asking import Asker
from eval.cases import Case, EvalSet, load_set
from eval.gate import Baseline, Thresholds, hold
from eval.kept_archive import SHAPING, archive_key, kept_archive
from eval.measures import score_all
from eval.run import Selection, Setting, evaluate, select
from eval.runs import BadRun, Run, load_run, runs_folder, save_run
from eval.speed.benches import Workbench
from eval.verdicts import verdicts
from index.encoding.encoder import Encoder
from index.errors import BadInput
from index.records import Filters, Hit, Span
from index.storage.archive import Archive

ARTICLES = [
    {
        "id": f"harbour-{number}",
        "title": f"The harbour of {town}",
        "outlet": "Harbour Gazette",
        "published": f"2020-10-{number:02}",
        "text": f"The harbour of {town} reopened on {number} October. Mayor {mayor} cut a ribbon there."
        f" About {number * 110} people watched from the quay.",
    }
    for number, (town, mayor) in enumerate(
        [("Ostmark", "Ada Brand"), ("Velden", "Ben Cole"), ("Marrow", "Cem Dal"), ("Tiller", "Dora Eck")], 1
    )
]
TOWNS = ["Ostmark", "Velden", "Marrow", "Tiller"]
Row = dict[str, object]
ANSWERABLE: list[Row] = [
    {
        "id": f"when-{number}",
        "kind": "when",
        "question": f"When did the harbour of {town} reopen?",
        "answer": [[f"{number} October"]],
        "articles": [f"harbour-{number}"],
    }
    for number, town in enumerate(TOWNS, 1)
]
ABSENT: list[Row] = [
    {
        "id": f"absent-{number}",
        "kind": "absent",
        "question": f"What did {name} say of it?",
        "answer": None,
        "reason": "not_in_archive",
        "missing": [name],
    }
    for number, name in enumerate(["Zelda", "Quentin", "Xaver"], 1)
]
CASES = [*ANSWERABLE, *ABSENT]


EVERYTHING = Filters()


@dataclass(frozen=True)
class WordRetriever:
    """Passages that hold the question's names."""

    archive: Archive

    def retrieve(
        self, question: str, *, filters: Filters = EVERYTHING, limit: int = 12, asked_on: date | None = None
    ) -> list[Hit]:
        matches = self.archive.search_words(_names(question), limit=limit, filters=filters)
        stored = {one.seq: one for one in self.archive.passages([match.seq for match in matches])}
        found = [(stored[match.seq], match.score) for match in matches]
        return [Hit(one.passage, one.article, score, one.origin) for one, score in found]


class WrongRetriever(WordRetriever):
    """Broken: whatever is asked, it finds passages about something else."""

    def retrieve(
        self, question: str, *, filters: Filters = EVERYTHING, limit: int = 12, asked_on: date | None = None
    ) -> list[Hit]:
        asked = _names(question)
        other = next(town for town in TOWNS if town not in asked)
        return super().retrieve(f"Of {other}", filters=filters, limit=limit)


@dataclass(frozen=True)
class Candidate:
    hit: Hit
    span: Span
    score: float


class NameWeigher:
    """Enough where a hit has the question's name."""

    def weigh(self, question: str, hits: Sequence[Hit], **given: object) -> Weighed:
        names = _names(question)
        holds = [hit for hit in hits if all(name in hit.article.body for name in names)]
        candidates = [Candidate(hit, hit.passage.sentences[0], 1.0) for hit in holds or hits]
        return Weighed(candidates[:1], enough=bool(holds), missing=() if holds else tuple(names))


class EagerWeigher(NameWeigher):
    """Broken: it never finds too little."""

    def weigh(self, question: str, hits: Sequence[Hit], **given: object) -> Weighed:
        return replace(super().weigh(question, hits, **given), enough=bool(hits))


@dataclass(frozen=True)
class AnythingRetriever(WordRetriever):
    """Always something, as a nearest-neighbour search has it."""

    def retrieve(
        self, question: str, *, filters: Filters = EVERYTHING, limit: int = 12, asked_on: date | None = None
    ) -> list[Hit]:
        return super().retrieve(question, filters=filters, limit=limit) or super().retrieve("Of Ostmark")


def _names(question: str) -> list[str]:
    return re.findall(r"\b[A-Z]\w+", question)[1:]


def whole(archive: Archive, _: Encoder) -> Dateline:
    return Dateline(archive, AnythingRetriever(archive), weigher=NameWeigher(), answerer=Quoter())


def without_retrieval(archive: Archive, _: Encoder) -> Dateline:
    return Dateline(archive, WrongRetriever(archive), weigher=EagerWeigher(), answerer=Quoter())


def without_abstention(archive: Archive, _: Encoder) -> Dateline:
    return Dateline(archive, AnythingRetriever(archive), weigher=EagerWeigher(), answerer=Quoter())


def forged(answer: Answer) -> ShownAnswer:
    """Broken: what is shown is not what was proved; a digit of each quote is another."""
    honest = shown(answer)
    changed = tuple(
        one.model_copy(update={"quote": re.sub(r"\d", "7", one.quote, count=1)}) for one in honest.citations
    )
    return honest.model_copy(update={"citations": changed})


@pytest.fixture(scope="module")
def harbours(tmp_path_factory: pytest.TempPathFactory) -> EvalSet:
    folder = tmp_path_factory.mktemp("harbours")
    for name, rows in (("articles", ARTICLES), ("cases", CASES)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return load_set(folder)


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Setting:
    return Setting(tmp_path_factory.mktemp("home"), encoder, whole, values={"hits": "12"})


@pytest.fixture(scope="module")
def honest(harbours: EvalSet, setting: Setting) -> Run:
    return evaluate(harbours, Selection(), setting=setting, tell=_quiet)[0]


def _quiet(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _scores(harbours: EvalSet, run: Run) -> dict[str, dict[str, float]]:
    scores = score_all(harbours.cases, {one.case: one for one in run.asked})
    return {name: dict(values) for name, values in scores.items()}


THRESHOLDS = Thresholds(at_least={"exactness": 1.0, "right": 0.9}, at_most={"answer_ms_p95": 60_000})


def test_a_run_asks_every_case_and_counts_it(harbours: EvalSet, honest: Run) -> None:
    assert [one.case for one in honest.asked] == [case.id for case in harbours.cases]
    assert honest.summary["right"] == 1.0
    assert honest.summary["exactness"] == 1.0
    assert honest.summary["abstention_precision"] == 1.0
    assert honest.summary["missing"] == 1.0
    assert honest.archive["articles"] == "4"
    assert honest.asked[0].around[0] == (
        "",
        " Mayor Ada Brand cut a ribbon there. About 110 people watched from the quay.",
    )


def test_an_honest_run_passes_the_gate(harbours: EvalSet, honest: Run) -> None:
    scores = _scores(harbours, honest)
    baseline = Baseline(run="r", commit=None, set_fingerprint="f", scores=scores)
    assert hold(honest.summary, scores, thresholds=THRESHOLDS, baseline=baseline) == []


@pytest.mark.parametrize(
    ("broken", "caught"),
    [
        ("retrieval", {"hit@1", "hit@5", "mrr", "match", "right"}),
        ("proof", {"exactness", "right"}),
        ("abstention", {"abstained", "right"}),
    ],
)
@pytest.mark.parametrize("by", ["thresholds", "baseline"])
def test_the_gate_catches_what_is_broken_on_purpose(
    broken: str, caught: set[str], by: str, harbours: EvalSet, setting: Setting, honest: Run
) -> None:
    builds = {"retrieval": without_retrieval, "abstention": without_abstention}
    build = builds.get(broken, whole)
    with _bench(harbours, setting, build) as bench:
        asker = Asker(bench, forged if broken == "proof" else shown)
        asked = asker.ask_all(harbours.cases, progress=lambda _: None)
    scores = score_all(harbours.cases, {one.case: one for one in asked})
    numbers = {name: sum(values.values()) / len(values) for name, values in scores.items()}
    if by == "thresholds":
        faults = hold(
            numbers, scores, thresholds=Thresholds(at_least=dict.fromkeys(caught, 0.99)), baseline=None
        )
    else:
        baseline = Baseline(run="r", commit=None, set_fingerprint="f", scores=_scores(harbours, honest))
        faults = hold(numbers, scores, thresholds=Thresholds(), baseline=baseline)
    assert caught <= {fault.figure for fault in faults}


def _bench(harbours: EvalSet, setting: Setting, build: object) -> Workbench:
    assert harbours.articles and callable(build)
    archives = setting.home / "eval" / "archives"
    home = kept_archive(archives, [harbours.articles], encoder=setting.encoder, tell=lambda *_: None)
    return Workbench(home, setting.encoder, build=build)


def test_the_archive_of_a_set_is_kept_for_the_next_run(
    harbours: EvalSet, setting: Setting, honest: Run
) -> None:
    told: list[str] = []
    again, _ = evaluate(harbours, Selection(), setting=setting, tell=lambda step, *_: told.append(step))
    assert set(told) == {"asking"}
    assert again.archive == honest.archive


def test_another_article_or_encoder_is_another_archive(tmp_path: Path, encoder: Encoder) -> None:
    @dataclass(frozen=True)
    class Other:
        fingerprint: str = "other"

    path = tmp_path / "articles.jsonl"
    path.write_text("a")
    first = archive_key([path], encoder)
    assert archive_key([path], encoder) == first
    assert archive_key([path], Other()) != first  # type: ignore[arg-type]
    path.write_text("b")
    assert archive_key([path], encoder) != first


def test_only_the_archives_used_last_stay_and_what_a_kill_left_goes(
    harbours: EvalSet, setting: Setting, tmp_path: Path
) -> None:
    assert harbours.articles
    folder = tmp_path / "archives"
    for name, days in [*((f"old-{number}", number) for number in range(1, 9)), ("a.part", 2), ("b.part", 0)]:
        (folder / name).mkdir(parents=True)
        used = time() - days * 86_400
        os.utime(folder / name, (used, used))
    home = kept_archive(folder, [harbours.articles], encoder=setting.encoder, tell=lambda *_: None)
    assert {path.name for path in folder.iterdir()} == {
        home.name, "b.part", "old-1", "old-2", "old-3", "old-4", "old-5",
    }  # fmt: skip


# What those that read, group and store articles also use, and that does not decide what an archive holds:
# errors, processes, the encoder (named by its fingerprint), and how vectors are kept and asked.
NOT_SHAPING = {
    "articles.limited", "children", "coming", "encoding.encoder", "errors", "extras", "feeds.records",
    "fetching.records",
    "guard", "storage.again", "storage.archive", "storage.beside", "storage.bodies", "storage.changes",
    "storage.chroma", "storage.connections",
    "storage.engine", "storage.exact", "storage.feed_rows", "storage.filters_sql", "storage.full_text",
    "storage.generations", "storage.indexing", "storage.listing", "storage.lock", "storage.moving",
    "storage.pages", "storage.postgres.address", "storage.postgres.commit", "storage.postgres.connecting",
    "storage.postgres.connection", "storage.postgres.dialect", "storage.postgres.engine",
    "storage.postgres.acknowledged", "storage.postgres.closest", "storage.postgres.nearest",
    "storage.postgres.once",
    "storage.postgres.passages", "storage.postgres.pool", "storage.postgres.postings",
    "storage.postgres.replica", "storage.postgres.schema", "storage.postgres.sources",
    "storage.postgres.terms", "storage.postgres.turns", "storage.records", "storage.relations",
    "storage.postgres.side_schema", "storage.side", "storage.sqlite.residue", "storage.sqlite.side_file",
    "storage.signals", "storage.sql", "storage.sqlite.engine", "storage.sqlite.once",
    "storage.sqlite.passages", "storage.tables", "storage.tally", "storage.upkeep", "storage.vector_index",
    "storage.vectors", "storage.word_counts", "whole_file",
}  # fmt: skip


def imported_by(name: str) -> set[str]:
    """The modules of the index that one of them imports."""
    index = Path(__file__).parents[1] / "index"
    tree = ast.parse((index / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
    imports = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) and one.module]
    found = {f"{one.module}.{alias.name}" for one in imports for alias in one.names}
    ours = {one.removeprefix("index.") for one in found | {str(one.module) for one in imports}}
    return {one for one in ours if (index / f"{one.replace('.', '/')}.py").is_file()}


def test_everything_that_shapes_an_archive_names_it() -> None:
    reached: set[str] = set()
    ahead = {"articles.read", "storage.ingest"}
    while ahead:
        reached |= ahead
        ahead = set().union(*map(imported_by, ahead)) - reached
    assert reached == set(SHAPING) | NOT_SHAPING
    assert set(SHAPING).isdisjoint(NOT_SHAPING)


def test_a_set_without_articles_that_can_be_read_is_refused(tmp_path: Path, setting: Setting) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(CASES[0]))
    (tmp_path / "articles.jsonl").write_text('{"title": 5}')
    with pytest.raises(BadInput, match=r"no article could be read: .*articles\.jsonl"):
        evaluate(load_set(tmp_path), Selection(), setting=setting, tell=_quiet)


def test_a_case_with_its_own_texts_is_asked_of_those_alone(tmp_path: Path, setting: Setting) -> None:
    rows: list[Row] = [
        {**CASES[0], "paragraph": "The harbour of Ostmark reopened on 9 October."},
        {**CASES[1], "passages": [{"text": "Nothing of Ostmark."}, {"text": "In Velden, on 2 October."}]},
        {**CASES[2], "paragraph": "The harbour of Ostmark reopened on 9 October."},
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run, _ = evaluate(load_set(tmp_path), Selection(), setting=setting, tell=_quiet)
    ostmark, velden, marrow = run.asked
    assert ostmark.answer and "9 October" in ostmark.answer.text
    assert velden.answer and velden.answer.citations[0].article.id == "text-2"
    assert marrow.answer and marrow.answer.abstention
    assert run.archive == {"articles": "each case's own texts"}


def test_a_fault_in_one_case_is_kept_and_counts_as_wrong(harbours: EvalSet, setting: Setting) -> None:
    case = Case.model_validate({**CASES[0], "question": "x" * 1001})
    with _bench(harbours, setting, whole) as bench:
        (asked,) = Asker(bench, shown).ask_all([case], progress=lambda _: None)
    assert asked.error and asked.error.startswith("BadQuestion: ")
    scores = score_all([case], {case.id: asked})
    assert scores["right"] == {case.id: 0.0}
    (verdict,) = verdicts([case], {case.id: asked}, scores=scores)
    assert verdict.faults == ("failed",)


def test_a_judge_grades_what_code_cannot_match(harbours: EvalSet, setting: Setting) -> None:
    class Scripted:
        name = "scripted"

        async def grade(self, case: Case, answer: ShownAnswer) -> float:
            return 0.5 if case.id == "when-2" else 1.0

    with _bench(harbours, setting, whole) as bench:
        asked = Asker(bench, shown, Scripted()).ask_all(harbours.cases, progress=lambda _: None)
    scores = score_all(harbours.cases, {one.case: one for one in asked})
    assert scores["judged"] == {"when-1": 1.0, "when-2": 0.5, "when-3": 1.0, "when-4": 1.0}


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(kinds=("absent",)), ["absent-1", "absent-2", "absent-3"]),
        (Selection(limit=99), [str(row["id"]) for row in CASES]),
    ],
)
def test_cases_are_selected_by_kind(selection: Selection, expected: list[str], harbours: EvalSet) -> None:
    assert [case.id for case in select(harbours.cases, selection)] == expected


def test_a_sample_is_the_same_every_time_and_in_order(harbours: EvalSet) -> None:
    chosen = [case.id for case in select(harbours.cases, Selection(limit=3))]
    assert chosen == [case.id for case in select(harbours.cases, Selection(limit=3))]
    order = [case.id for case in harbours.cases]
    assert len(chosen) == 3 and chosen == sorted(chosen, key=order.index)


def test_a_kind_that_is_not_there_is_refused_with_those_that_are(harbours: EvalSet) -> None:
    with pytest.raises(BadInput, match="no case of kind quotes, expected of when, absent"):
        select(harbours.cases, Selection(kinds=("quotes",)))


def test_a_run_comes_back_as_it_was_kept(honest: Run, tmp_path: Path) -> None:
    folder = runs_folder(tmp_path)
    path = save_run(honest, folder)
    assert load_run(honest.id, folder, set_name="") == honest
    assert load_run(honest.id[:18], folder, set_name="") == honest
    assert load_run(str(path), Path("/nowhere"), set_name="") == honest
    assert load_run("latest", folder, set_name=honest.set_name) == honest
    assert list(folder.glob("*.part")) == []


def test_latest_is_the_newest_run_of_the_same_set(honest: Run, tmp_path: Path) -> None:
    for moment, name in (("1", "harbours"), ("2", "harbours"), ("3", "other-set")):
        save_run(honest.model_copy(update={"id": f"{moment}-{name}-abcd"}), tmp_path)
    assert load_run("latest", tmp_path, set_name="harbours").id == "2-harbours-abcd"
    with pytest.raises(BadRun, match="run 'latest': expected a file or one run"):
        load_run("latest", tmp_path, set_name="third")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "Invalid JSON"),
        ("{}", "id: Field required"),
        (
            json.dumps(dict.fromkeys(("id", "at", "set_name", "set_fingerprint"), "x") | {"format": 9}),
            "format 9",
        ),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(BadRun, match=fault):
        load_run(str(path), tmp_path, set_name="")
