"""How the bot is doing, in a few lines for its admins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Literal

from bot.showing.wording import Words
from bot.telegram.chat.members import Members
from bot.telegram.chat.questions import Questions
from bot.telegram.messages.text import Text, foreign, own
from bot.telegram.sending.post import Trouble
from index.storage.records import ArchiveStatus


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Health:
    """What /status tells."""

    questions: Questions
    members: Members
    trouble: Trouble
    mode: Literal["polling", "webhook"]
    days: int
    since: str = field(default_factory=_now)

    def told(self, status: ArchiveStatus, words: Words) -> Text:
        """The lines; the update that asks for them does not count as waiting."""
        counts = self.questions.counts()
        state = "damaged" if status.index.state == "damaged" else "well"
        waiting = max(0, counts.open - 1)
        lines = [
            words.say(
                "status.archive", {"articles": status.articles, "health": words.say(f"status.{state}")}
            ),
            words.say("status.inbox", {"open": waiting, "today": counts.today, "users": counts.people}),
            words.say("status.votes", {"up": counts.up, "down": counts.down, "days": self.days}),
            words.say(
                "status.members",
                {"members": len(self.members.all()), "pending": len(self.members.codes())},
            ),
            words.say(
                "status.version",
                {
                    "version": version("dateline"),
                    "mode": words.say(f"status.{self.mode}"),
                    "since": self.since,
                },
            ),
        ]
        told = own("\n".join(lines))
        if self.trouble.last:
            at, what = self.trouble.last
            told = told + own("\n") + foreign(words.say("status.trouble", {"at": at, "what": what}))
        return told
