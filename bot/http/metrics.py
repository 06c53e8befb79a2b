"""What the server counts, as Prometheus reads it: numbers and fixed names only, never what people wrote."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

PREFIX = "dateline_"  # how the name of everything that is Dateline's own begins
MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The counters of one server; a registry of its own, so that two servers in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # processor time, memory and open files of the server itself
        self._requests = Counter(
            f"{PREFIX}http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            f"{PREFIX}http_request_seconds",
            "From the first byte of a request to the last of its answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            f"{PREFIX}answers",
            "Answers given, by status and reason to abstain.",
            ["status", "reason"],
            registry=self.registry,
        )
        self._left = Counter(
            f"{PREFIX}http_clients_left",
            "Clients that went away before their answer was there; its work was given up.",
            ["route"],
            registry=self.registry,
        )

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """A gauge `dateline_<name>` that is read whenever Prometheus asks."""
        Gauge(f"{PREFIX}{name}", meaning, registry=self.registry).set_function(read)

    def answered(self, status: str, reason: str) -> None:
        """Count an answer or an abstention; `reason` is "" for an answer."""
        self._answers.labels(status, reason).inc()

    def left(self, route: str) -> None:
        """Count a client that went away."""
        self._left.labels(route).inc()

    def request(self, method: str, route: str, *, status: int, seconds: float) -> None:
        """Count a request; `route` is the pattern, `/articles/{article_id}`, not the address."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)
