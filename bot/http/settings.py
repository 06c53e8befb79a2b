"""What a person may set about the HTTP server, as one value; imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HttpSettings:
    """How the server guards itself; the defaults suit one machine of two cores that faces the internet.

    Rates are requests a minute, 0 for no limit; sizes are bytes; times are seconds. A key may carry its own
    rate, which goes before `rate_per_key`.
    """

    require_key: bool = False  # also for asking and reading; writing always needs one
    rate_per_address: int = 120  # an IPv4 address, or the /64 that an IPv6 address is in
    rate_per_key: int = 1200
    body_bytes: int = 1_048_576  # a chat program sends all of its chat again with every question
    articles_body_bytes: int = 16_777_216
    head_timeout: float = 20.0  # how long a connection may be held without asking anything
    body_timeout: float = 20.0  # from the first byte of a body to its last
    workers: int = -1  # processes that answer; -1: one a core, 0: none, the server answers itself
    at_once: int = 2  # questions worked on at the same time: one a core, and one a worker at least
    llm_at_once: int = 8  # those that a language model answers: they wait for it and need no core meanwhile
    waiting: int = 48  # 48 answers of 30 ms on two cores: the last waits 0.7 s
    patience: float = 10.0  # the longest wait for a free place before 503
    answer_timeout: float = 60.0
    ping: float = 10.0  # a comment on a stream that has nothing to say, so that proxies keep it open
    drain: float = 0.5  # after SIGTERM: served, told to reconnect, /readyz says no
    grace: float = 75.0  # then: how long accepted requests may take; patience and answer_timeout fit in
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()  # whose X-Forwarded-For is believed
    metrics: bool = True
    log_questions: bool = False
    examples: tuple[str, ...] = ()  # questions that the page offers
