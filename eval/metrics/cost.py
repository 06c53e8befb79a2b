"""What an LLM's part in an answer cost.

    tokens = input + output
    cost   = (input · price_in + output · price_out) / 1,000,000

Prices are per million tokens, as providers state them. No LLM, no cost: None, which is not 0.
"""

from __future__ import annotations

from typing import NamedTuple


class Usage(NamedTuple):
    """Tokens that the LLM read and wrote for one answer, all its calls together."""

    input: int
    output: int


class Prices(NamedTuple):
    """What a million tokens cost, in any one currency."""

    input: float
    output: float


def tokens(usage: Usage | None) -> int | None:
    """Read and written together; None without an LLM."""
    return None if usage is None else usage.input + usage.output


def cost(usage: Usage | None, prices: Prices | None) -> float | None:
    """In the currency of `prices`; None without an LLM or without prices."""
    if usage is None or prices is None:
        return None
    return (usage.input * prices.input + usage.output * prices.output) / 1_000_000
