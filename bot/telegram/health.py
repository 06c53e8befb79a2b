"""How the bot is doing, in a few lines for its admins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from bot.telegram.members import Members
from bot.telegram.needs import Shelf
from bot.telegram.phrases import Words
from bot.telegram.post import Trouble
from bot.telegram.questions import Questions


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Health:
    """What /status tells; `mode` is "long polling" or "webhook"."""

    questions: Questions
    members: Members
    trouble: Trouble
    mode: str
    days: int
    since: str = field(default_factory=_now)

    def told(self, shelf: Shelf, words: Words) -> str:
        """The lines."""
        counts = self.questions.counts()
        lines = [
            words.say("status.archive", {"articles": shelf.articles, "health": shelf.health}),
            words.say("status.inbox", {"open": counts.open, "today": counts.today, "users": counts.people}),
            words.say("status.votes", {"up": counts.up, "down": counts.down, "days": self.days}),
            words.say(
                "status.members",
                {"members": len(self.members.all()), "pending": len(self.members.codes())},
            ),
            words.say(
                "status.version",
                {"version": version("dateline"), "mode": self.mode, "since": self.since},
            ),
        ]
        if self.trouble.last:
            at, what = self.trouble.last
            lines.append(words.say("status.trouble", {"at": at, "what": what}))
        return "\n".join(lines)
