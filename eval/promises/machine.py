"""On what a promise was measured: load figures mean nothing without it."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from eval.run import seeds_folder
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoders import load_encoder
from index.split import passage_input, split

ROOT = Path(__file__).parents[2]
WRITTEN = ("eval/PROMISES.md", "eval/promises/results.json")  # by the run itself


@dataclass(frozen=True)
class Machine:
    """What a figure was measured on, and how busy it was."""

    commit: str
    """With a plus where files differ from it; empty outside a checkout."""
    cores: int
    processor: str
    encoder_ms: float
    """Milliseconds a passage of `seeds/` takes: what else the machine does shows here."""
    load: float
    """Processes that wanted a processor in the last minute."""


def this_machine() -> Machine:
    """This one, now; takes a second."""
    return Machine(_commit(), _cores(), _processor(), _encoder_ms(), round(os.getloadavg()[0], 1))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _encoder_ms() -> float:
    encoder = load_encoder(cache=ROOT / ".dateline" / "encoders")
    articles = [found.article for found in read_paths([seeds_folder()]) if isinstance(found, Found)]
    texts = [passage_input(one, passage.text) for one in articles for passage in split(one, encoder)]
    encoder.encode([f"warm {text}" for text in texts[:4]])
    began = time.perf_counter()
    encoder.encode(texts)
    return round(1000 * (time.perf_counter() - began) / len(texts), 1)


def _commit() -> str:
    try:
        changed = _git("status", "--porcelain", "--", ".", *(f":!{path}" for path in WRITTEN))
        return _git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
