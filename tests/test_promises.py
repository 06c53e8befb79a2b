"""`python -m eval.promises`: its table names what there is, and what comes of a run is told as it was."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.promises.__main__ import keep, main
from eval.promises.machine import ROOT, Machine
from eval.promises.measuring import Outcome, measure, read_report, scaled
from eval.promises.promise import Promise, load_promises
from eval.promises.results import Result, Verdict, exit_code, held_to, load_results, save_results
from eval.promises.tables import write_document

PROMISES = load_promises()
MACHINE = Machine("abc", 2, "a chip", 14.0, 0.5)
RESULT = Result("R9", "kept", ("10 made, 0 lost",), (), 3, 2.5, "2026-01-02", MACHINE)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda one: one.number)
def test_what_measures_a_promise_is_there(promise: Promise) -> None:
    assert promise.nodes or promise.commands
    for node in promise.nodes:
        path, _, function = node.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        named = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        assert not function or function in named, node


def test_promises_are_numbered_once_and_in_order() -> None:
    numbers = [int(re.fullmatch(r"R(\d+)", one.number)[1]) for one in PROMISES]  # type: ignore[index]
    assert numbers == sorted(set(numbers))


def test_a_report_is_read_with_its_figures_faults_and_skips(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="tests.a" name="one"><properties>'
        '<property name="figure" value="0 lost"/><property name="other" value="x"/></properties></testcase>'
        '<testcase classname="tests.a" name="two"><failure message="assert 1 == 0&#10;more"/></testcase>'
        '<testcase classname="tests.a" name="three"><skipped message="no strace"/></testcase>'
        "</testsuite></testsuites>"
    )
    assert read_report(report) == Outcome(
        ("tests.a::one",), ("0 lost",), ("tests.a::two: assert 1 == 0",), ("tests.a::three: no strace",)
    )


def test_what_ends_badly_or_never_breaks_a_promise_and_what_is_not_all_measured_is_partly_kept() -> None:
    judged = {
        "kept": Promise("R1", "it ends", "0", commands=("-c print(3)",)),
        "partly": Promise("R1", "it ends", "0", commands=("-c print(3)",), lacks="the rest"),
        "broken": Promise("R1", "it ends", "0", commands=("-c print(3)", "-c raise(SystemExit('no'))")),
    }
    results = {verdict: measure(promise, MACHINE) for verdict, promise in judged.items()}
    assert {verdict: one.verdict for verdict, one in results.items()} == {name: name for name in judged}
    assert results["kept"].figures == ("3",)
    assert results["broken"].faults == ("python -c raise(SystemExit('no')): no",)
    assert measure(judged["kept"], MACHINE, longest=0.001).verdict == "broken"


def test_a_trial_runs_a_part_of_what_is_counted_and_keeps_nothing() -> None:
    command = "-m eval.promises.overload seeds --seconds {600} --clients 4"
    assert scaled(command, 1.0).endswith("--seconds 600 --clients 4")
    assert scaled(command, 0.05).endswith("--seconds 30 --clients 4")
    assert scaled("{3}", 0.05) == "1"
    broken = Promise("R1", "it ends", "0", commands=("-c print({40});raise(SystemExit('no'))",))
    assert measure(broken, MACHINE, scale=0.5).figures == ("20",)
    fine = Promise("R1", "it ends", "0", commands=("-c print({40})",))
    assert (measure(fine, MACHINE).verdict, measure(fine, MACHINE, scale=0.5).verdict) == ("kept", "partly")


def test_what_is_found_out_later_not_to_be_measured_makes_a_kept_promise_partly_kept() -> None:
    assert held_to("", RESULT) == RESULT
    assert held_to("the rest", RESULT).verdict == "partly"
    broken = Result("R1", "broken", (), ("it ends",), 0, 0, "", MACHINE)
    assert held_to("the rest", broken) == broken


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ((), 0), (("kept", "partly"), 0), (("kept", "not measured"), 2), (("not measured", "broken"), 1),
    ],
)  # fmt: skip
def test_the_exit_code_is_by_the_worst(verdicts: tuple[Verdict, ...], code: int) -> None:
    results = [Result("R1", one, (), (), 0, 0, "", MACHINE) for one in verdicts]
    assert exit_code(results) == code


def test_results_come_back_and_stand_in_the_document_with_when_and_on_what(tmp_path: Path) -> None:
    save_results([RESULT], tmp_path / "results.json")
    results = load_results(tmp_path / "results.json")
    assert results == {"R9": RESULT}
    assert load_results(tmp_path / "none.json") == {}
    write_document(PROMISES, results, tmp_path / "PROMISES.md")
    told = (tmp_path / "PROMISES.md").read_text()
    assert re.search(r"^\| R9 \|.*10 made, 0 lost \| \*\*kept\*\* \|", told, re.MULTILINE)
    assert "| R9 | 2026-01-02 | abc | 2 s | 2 | a chip | 14 | 0.5 |" in told
    assert told.count("not run here |") == len(PROMISES) - 1


def test_a_run_takes_nothing_away_that_another_has_kept_meanwhile(tmp_path: Path) -> None:
    places = {"results": tmp_path / "results.json", "document": tmp_path / "PROMISES.md"}
    others = replace(RESULT, number="R10", figures=("20 made",))
    keep(PROMISES, others, **places)
    keep(PROMISES, RESULT, **places)
    assert load_results(places["results"]) == {"R9": RESULT, "R10": others}
    assert "20 made" in places["document"].read_text()


def test_the_document_says_what_the_results_say(tmp_path: Path) -> None:
    write_document(PROMISES, load_results(), tmp_path / "PROMISES.md")
    assert (ROOT / "eval" / "PROMISES.md").read_text() == (tmp_path / "PROMISES.md").read_text()


def test_a_promise_that_is_none_is_refused_and_the_last_results_can_be_shown() -> None:
    refused = CliRunner().invoke(main, ["--only", "R99"])
    assert refused.exit_code == 2
    assert "expected one of R1, R2" in refused.output
    shown = CliRunner().invoke(main, ["--show", "--only", "R10", "--json", "-"])
    assert [one["number"] for one in json.loads(shown.stdout)] == ["R10"]


def test_a_figure_is_kept_in_the_report(
    request: pytest.FixtureRequest, figure: Callable[[str], None]
) -> None:
    figure("0 lost")
    assert ("figure", "0 lost") in request.node.user_properties
