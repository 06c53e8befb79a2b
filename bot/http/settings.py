"""What a person may set about the HTTP server, as one value, and what is fixed; imports nothing heavy."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from bot.http.log_lines import LogFormat


def _prefix(path: str) -> str:
    """A path without the slash at its end; raises `ValueError` for what is none."""
    if path and not re.fullmatch(r"(/[\w.~-]+)+/?", path, re.ASCII):
        raise ValueError("expected a path such as /dateline")
    return path.rstrip("/")


def _host_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names in small letters; raises `ValueError` for what is none."""
    if any(not re.fullmatch(r"[\w.-]+", name) for name in names):
        raise ValueError("expected names of hosts such as news.example.org")
    return tuple(name.lower() for name in names)


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class HttpSettings:
    """How the server guards itself; the defaults suit one machine of two cores that faces the internet.

    Times are seconds, sizes bytes. What is fixed suits every place; only a test has reasons to change it.
    """

    require_key: bool = Field(
        default=False, description="a key is needed also for asking and reading; writing always needs one"
    )
    rate_per_address: int = Field(
        default=120,
        description="requests a minute from an IPv4 address, or the /64 that an IPv6 one is in; 0: no limit",
    )
    rate_loopback: int = Field(
        default=1200,
        description="the same from this machine itself, where no proxy has forwarded it; 0: no limit",
    )
    workers: int = Field(
        default=-1, description="processes that answer; -1: one a core, 0: none, the server answers itself"
    )
    llm_at_once: int = Field(
        default=8, description="questions that the language model is asked at the same time, by everybody"
    )
    answer_timeout: float = Field(
        default=60.0, description="seconds for an answer; more than llm.timeout, by 15 or so"
    )
    cors_origins: tuple[str, ...] = Field(default=(), description="other sites whose pages may ask")
    hosts: Annotated[tuple[str, ...], AfterValidator(_host_names)] = Field(
        default=(),
        description="names that it goes by beside localhost; where set, or reached on this machine alone, it"
        " answers to no other",
    )
    trusted_proxies: tuple[str, ...] = Field(default=(), description="whose X-Forwarded-For is believed")
    root_path: Annotated[str, AfterValidator(_prefix)] = Field(
        default="", description="the prefix that a proxy serves it under, such as /dateline; empty for none"
    )
    metrics: bool = Field(default=True, description="whether everybody may read /metrics")
    log_format: LogFormat = Field(
        default="text", description="how the log on standard error is written: json is an object a line"
    )
    log_questions: bool = Field(default=False, description="whether the log holds what was asked")
    feedback: bool | Literal["local"] = Field(
        default="local",
        description="whether readers may mark answers on the page; local: where only this machine is served",
    )
    examples: tuple[str, ...] = Field(default=(), description="questions that the page offers")

    rate_per_key: ClassVar[int] = 1200  # requests a minute, unless the key carries its own rate
    body_bytes: ClassVar[int] = 1_048_576  # a chat program sends all of its chat again with every question
    articles_body_bytes: ClassVar[int] = 16_777_216
    head_timeout: ClassVar[float] = 20.0  # how long a connection may be held without asking anything
    body_timeout: ClassVar[float] = 20.0  # from the first byte of a body to its last
    at_once: ClassVar[int] = 2  # questions worked on at the same time, or as many as there are workers
    waiting: ClassVar[int] = 48  # 48 answers of 30 ms on two cores: the last waits 0.7 s
    patience: ClassVar[float] = 10.0  # the longest wait for a free place before 503
    ping: ClassVar[float] = (
        10.0  # a comment on a stream that has nothing to say, so that proxies keep it open
    )
    drain: ClassVar[float] = 0.5  # after SIGTERM: served, told to reconnect, /readyz says no

    @property
    def behind_proxy(self) -> bool:
        """Whether whoever reaches a proxy reaches this server."""
        return bool(self.trusted_proxies or self.root_path)

    @property
    def grace(self) -> float:
        """After `drain`, how long accepted requests may take: a wait, an answer, and a little."""
        return self.patience + self.answer_timeout + 5.0
