"""What a person may set about follows, as one value, and what is fixed; imports nothing heavy."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class FollowSettings:
    """How saved questions are asked again and told of. Times are seconds."""

    every: float = Field(
        default=30.0,
        ge=0,
        description="seconds between looks whether articles came in; then what is followed is asked again",
    )
    per_owner: int = Field(
        default=20, ge=0, description="questions that one key, chat or reader of the page may follow"
    )
    per_address: int = Field(
        default=60, ge=0, description="questions that readers without a key may follow from one address"
    )
    most: int = Field(default=2000, ge=0, description="questions that are followed in all")
    zone: str = Field(
        default="", description="the time zone of quiet hours where none is given; empty: this machine's"
    )
    keep_days: int = Field(
        default=90, ge=1, description="then what was told is forgotten, and follows of the page nobody opens"
    )

    answer_timeout: ClassVar[float] = 120.0
    post_timeout: ClassVar[float] = 20.0
