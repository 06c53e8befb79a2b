"""A model's file into a session of ONNX Runtime that runs on one thread, and runs of it side by side.

Two threads that share one run of 256 tokens took 17 ms and 28 ms of processor, one took 19: so each text is
run by one thread, and several texts by as many threads as there are processors.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# In onnxruntime 1.31 a norm fused with the sum before it takes nine times as long as both by themselves do,
# and an activation fused with its bias half as long again: of 220 tokens, 4.1 of 15 ms and 0.3.
SLOWER = ("SkipLayerNormFusion", "BiasGeluFusion")

Given = TypeVar("Given")
Made = TypeVar("Made")


def load_session(model: Path | bytes, *, fused: bool) -> InferenceSession:
    """The session of a model; `fused`: what is worth fusing is fused already, else it is now.

    Raises what onnxruntime raises: classes that share no base but Exception.
    """
    import onnxruntime

    level = onnxruntime.GraphOptimizationLevel
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = level.ORT_DISABLE_ALL if fused else level.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOWER)
    )


class SideBySide:
    """Does a piece of work for each of several things, on threads of its own; safe to use from several."""

    def __init__(self, threads: int | None = None, *, name: str) -> None:
        """`threads`: None is one a processor that this process may use; `name` is that of the threads."""
        self._threads = threads or _processors()
        self._pool = ThreadPoolExecutor(self._threads, name)  # starts a thread when there is work for it

    def map(self, work: Callable[[Given], Made], things: Sequence[Given]) -> list[Made]:
        """What `work` makes of each, in their order; what it raises for the first that fails is raised."""
        run = self._pool.map if self._threads > 1 and len(things) > 1 else map
        return list(run(work, things))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
