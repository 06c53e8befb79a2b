"""A promise into its result: tests run by pytest, commands by Python, each in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from eval.promises.machine import ROOT, Machine
from eval.promises.promise import Promise
from eval.promises.results import Result, Verdict

LONGEST = 3600.0  # seconds for the tests of a promise, or one command: what hangs has not kept it
# Compiled code is kept, whatever the machine's own habit is: Chroma's import takes 2.0 s of processor time
# without, 1.1 with it, and what is killed, restarted and asked here is some thousand processes.
_COMPILED = ROOT / ".dateline" / "bytecode"
FIGURE = "figure"
_FAULTS = ("failure", "error")


@dataclass(frozen=True)
class Outcome:
    """What came of tests or of a command."""

    passed: tuple[str, ...] = ()
    """The tests that passed, as `tests.test_kills::test_…[…]`; a command by itself."""
    figures: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unable: tuple[str, ...] = ()
    """What could not be run here, and why: a browser, a library that is not installed."""


def measure(promise: Promise, machine: Machine, *, longest: float = LONGEST, scale: float = 1.0) -> Result:
    """Run all that measures a promise; what takes longer than `longest` seconds has failed.

    Of what is counted only the part `scale` is run: less than 1 is a trial, which keeps no promise.
    """
    began = time.monotonic()
    outcomes = [_tested(promise, longest, scale)] if promise.nodes else []
    outcomes += [_commanded(scaled(command, scale), longest) for command in promise.commands]
    passed = tuple(name for one in outcomes for name in one.passed)
    parts = {name: sum(_stands_for(nodes, one) for one in passed) for name, nodes in promise.parts.items()}
    failed = tuple(fault for one in outcomes for fault in one.failed)
    unable = tuple(fault for one in outcomes for fault in one.unable)
    unable += tuple(f"{name}: no test of it passed here" for name, count in parts.items() if not count)
    counted = (f"{len(passed):,} attacks and cases in {len(parts)} named parts",) if parts else ()
    return Result(
        number=promise.number,
        verdict=_verdict(len(passed), failed, whole=scale == 1 and not (promise.lacks or unable)),
        figures=(*counted, *(figure for one in outcomes for figure in one.figures)),
        faults=failed + unable,
        tests=len(passed),
        seconds=round(time.monotonic() - began, 1),
        at=datetime.now(UTC).date().isoformat(),
        machine=machine,
        parts=parts,
    )


def _stands_for(nodes: tuple[str, ...], test: str) -> bool:
    """Whether a test, as a report names it, is one of those nodes, or of one with other parameters."""
    names = [node.replace("/", ".").replace(".py", "", 1) for node in nodes]
    return any(test == name or test.startswith((f"{name}[", f"{name}::")) for name in names)


def _verdict(passed: int, failed: tuple[str, ...], *, whole: bool) -> Verdict:
    if failed:
        return "broken"
    if not passed:
        return "not measured"
    return "kept" if whole else "partly"


def scaled(command: str, scale: float) -> str:
    """A command with its numbers in braces, {600}, as they are to be run: the part `scale`, one at least."""
    return re.sub(r"\{(\d+)\}", lambda found: str(max(1, round(int(found[1]) * scale))), command)


def _tested(promise: Promise, longest: float, scale: float) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-m", "", "-o", "junit_family=xunit1"),
            *(f"--junitxml={report}", "--no-header", "-p", "no:cacheprovider", f"--scale={scale:g}"),
            *("-n", str(promise.workers), "--dist", "worksteal", *promise.nodes),
        ]
        try:
            done = _run(command, longest)
        except subprocess.TimeoutExpired:
            return Outcome(failed=(f"the tests took more than {longest:g} s",))
        if not report.exists():
            return Outcome(failed=(_last_line(done.stdout + done.stderr),))
        return read_report(report)


def read_report(report: Path) -> Outcome:
    """What a report in JUnit's form says: those that passed, the figures they told, faults, and skips."""
    passed, figures, failed, unable = [], [], [], []
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        figures += [str(one.get("value")) for one in case.iter("property") if one.get("name") == FIGURE]
        faults = [one.get("message", "") for kind in _FAULTS for one in case.findall(kind)]
        skips = [one.get("message", "") for one in case.findall("skipped")]
        failed += [f"{name}: {_first_line(fault)}" for fault in faults]
        unable += [f"{name}: {_first_line(skip)}" for skip in skips]
        passed += [] if faults or skips else [name]
    return Outcome(tuple(passed), tuple(figures), tuple(failed), tuple(unable))


def _commanded(command: str, longest: float) -> Outcome:
    try:
        done = _run([sys.executable, *command.split()], longest)
    except subprocess.TimeoutExpired:
        return Outcome(failed=(f"python {command}: took more than {longest:g} s",))
    if done.returncode:
        figures = (_last_line(done.stdout),) if done.stdout.strip() else ()
        return Outcome((), figures, (f"python {command}: {_last_line(done.stderr or done.stdout)}",))
    return Outcome((command,), (_last_line(done.stdout),))


def _run(command: list[str], longest: float) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(_COMPILED)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=longest, check=False
    )


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:200]


def _last_line(text: str) -> str:
    return " ".join((text.strip().splitlines() or ["it said nothing"])[-1].split())[:300]
