"""What a person may set about the Telegram bot, as one value; imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import SecretStr


@dataclass(frozen=True)
class TelegramSettings:
    """How the bot meets people; without a token there is none.

    Ids are Telegram's numbers: of users, or of groups, which are negative (`/id` tells them). Times are
    seconds. `per_user_day` counts questions from midnight UTC; 0 is no limit; admins have none.
    """

    token: SecretStr = field(default=SecretStr(""))  # from @BotFather
    access: Literal["open", "allowed", "pairing"] = "open"
    allowed: tuple[int, ...] = ()  # users and groups that may ask, unless access is open
    admins: tuple[int, ...] = ()  # users who may approve codes and see /status
    per_user_day: int = 200
    per_day: int = 0  # everybody together
    history: int = 6  # earlier questions that a follow-up is read with
    at_once: int = 2  # questions worked on at the same time: one a core
    answer_timeout: float = 120.0
    changes_every: float = 600.0  # how often it is looked whether quoted words have changed; 0: never
    keep_days: int = 30  # then what was asked is forgotten; votes go with it
    examples: tuple[str, ...] = ()  # what /start offers; found in the archive where there are none
    poll: float = 25.0  # how long Telegram keeps a request for updates open
    webhook_url: str = ""  # https address that Telegram reaches; empty is long polling
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = 8443
    api: str = "https://api.telegram.org/bot"  # another one for a Bot API server of one's own
