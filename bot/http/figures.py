"""The text of `/metrics` into the few numbers that a person watches, and how they moved between two looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from bot.http.metrics import PREFIX

# Routes at which somebody waits for an answer.
_ASKING = frozenset({"/ask", "/ask/stream", "/v1/chat/completions"})
_AWAY = frozenset({"429", "503"})


@dataclass(frozen=True)
class ServerFigures:
    """What a server has counted since it began, and how it is now.

    `slow` are (seconds, answers that took at most as long), for each bucket of its histogram, shortest first.
    """

    requests: int = 0
    answered: int = 0
    abstained: int = 0
    turned_away: int = 0
    failed: int = 0
    left: int = 0
    inside: int = 0
    waiting: int = 0
    workers: int = 0
    slow: tuple[tuple[float, float], ...] = ()

    def since(self, earlier: ServerFigures) -> ServerFigures:
        """What was counted after `earlier`; how it is now stays. All of it where the server began anew."""
        if self.requests < earlier.requests:
            return self
        before = dict(earlier.slow)
        return ServerFigures(
            requests=self.requests - earlier.requests,
            answered=self.answered - earlier.answered,
            abstained=self.abstained - earlier.abstained,
            turned_away=self.turned_away - earlier.turned_away,
            failed=self.failed - earlier.failed,
            left=self.left - earlier.left,
            inside=self.inside,
            waiting=self.waiting,
            workers=self.workers,
            slow=tuple((limit, count - before.get(limit, 0.0)) for limit, count in self.slow),
        )

    def within(self, share: float) -> float | None:
        """The seconds within which this share of the answers came, as a bucket's limit; None without any."""
        total = self.slow[-1][1] if self.slow else 0.0
        return next((limit for limit, count in self.slow if total and count >= share * total), None)


@dataclass(frozen=True)
class _Sample:
    name: str
    labels: Mapping[str, str]
    value: float


def figures_of(text: str) -> ServerFigures:
    """The figures in Prometheus' text format; what is not there counts as nothing."""
    samples = [
        _Sample(one.name.removeprefix(PREFIX), one.labels, one.value)
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if one.name.startswith(PREFIX)
    ]
    requests = [one for one in samples if one.name == "http_requests_total"]
    answers = [one for one in samples if one.name == "answers_total"]
    return ServerFigures(
        requests=_sum(requests),
        answered=_sum([one for one in answers if one.labels["status"] == "answered"]),
        abstained=_sum([one for one in answers if one.labels["status"] == "abstained"]),
        turned_away=_sum([one for one in requests if one.labels["status"] in _AWAY]),
        failed=_sum([one for one in requests if one.labels["status"] in ("500", "504")]),
        left=_named(samples, "http_clients_left_total"),
        inside=_named(samples, "gate_inside") + _named(samples, "llm_inside"),
        waiting=_named(samples, "gate_waiting"),
        workers=_named(samples, "workers_ready"),
        slow=_buckets(samples),
    )


def _sum(samples: Sequence[_Sample]) -> int:
    return int(sum(one.value for one in samples))


def _named(samples: Sequence[_Sample], name: str) -> int:
    return _sum([one for one in samples if one.name == name])


def _buckets(samples: Sequence[_Sample]) -> tuple[tuple[float, float], ...]:
    counts: dict[float, float] = {}
    for one in samples:
        if one.name == "http_request_seconds_bucket" and one.labels["route"] in _ASKING:
            limit = float(one.labels["le"])
            counts[limit] = counts.get(limit, 0.0) + one.value
    return tuple(sorted(counts.items()))
