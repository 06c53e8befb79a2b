"""What a person may set about the Telegram bot, as one value, and what is fixed; imports nothing heavy."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, SecretStr
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class TelegramSettings:
    """How the bot meets people; without a token there is none.

    Ids are Telegram's numbers: of users, or of groups, which are negative (`/id` tells them). Times are
    seconds. What is fixed suits every bot; only a test has reasons for another value.
    """

    token: SecretStr = Field(default=SecretStr(""), description="from @BotFather; empty: there is no bot")
    access: Literal["open", "allowed", "pairing"] = Field(
        default="open", description="who may ask: all, those in allowed, or also who has a code approved"
    )
    allowed: tuple[int, ...] = Field(default=(), description="ids of users and groups that may ask")
    admins: tuple[int, ...] = Field(
        default=(), description="ids of users who may approve codes and see /status; nothing limits them"
    )
    per_user_day: int = Field(default=200, description="questions of one user from midnight UTC; 0: no limit")
    per_day: int = Field(default=0, description="questions of everybody together; 0: no limit")
    changes_every: float = Field(
        default=600.0, description="seconds between looks whether quoted words have changed; 0: never"
    )
    keep_days: int = Field(default=30, description="then what was asked is forgotten; votes go with it")
    examples: tuple[str, ...] = Field(
        default=(), description="questions that /start offers; where there are none, they are found"
    )
    webhook_url: str = Field(
        default="", description="https address that Telegram reaches; empty: the bot asks for updates"
    )
    webhook_listen: str = Field(default="127.0.0.1", description="where a webhook is listened for")
    webhook_port: int = Field(default=8443, description="on which port")
    api: str = Field(
        default="https://api.telegram.org/bot", description="another for a Bot API server of one's own"
    )

    history: ClassVar[int] = 6  # earlier questions that a follow-up is read with
    at_once: ClassVar[int] = 2  # questions worked on at the same time: one a core
    answer_timeout: ClassVar[float] = 120.0
    news_every: ClassVar[float] = 2.0  # seconds between looks for news of what chats follow
    poll: ClassVar[float] = 25.0  # how long Telegram keeps a request for updates open
