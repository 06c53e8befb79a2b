"""Who may ask, and how much: open, a list, or codes that an admin approves; so many questions a day."""

from __future__ import annotations

import time

from bot.showing.wording import Words
from bot.telegram.chat.members import Members
from bot.telegram.chat.questions import Questions
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.events import Command, Inline, Person, Pressed, QuestionMessage, Room

_TOLD_AGAIN = 600.0  # seconds until a stranger is told again that the bot is private


class Doors:
    """Lets in, or says why not."""

    def __init__(self, settings: TelegramSettings, members: Members, questions: Questions) -> None:
        self._settings = settings
        self._members = members
        self._questions = questions
        self._told: dict[int, float] = {}

    def is_admin(self, person: Person) -> bool:
        """Whether somebody may approve codes and see how the bot is."""
        return person.id in self._settings.admins

    def lets_in(self, person: Person, room: Room | None) -> bool:
        """Whether somebody may ask, here; one who may ask at all may in every group."""
        if self._settings.access == "open" or self.is_admin(person):
            return True
        ids = {person.id, *(self._members.numbers(room.chat) if room else ())}
        return not ids.isdisjoint(self._settings.allowed) or any(self._members.has(one) for one in ids)

    def refusal(self, event: QuestionMessage | Command | Pressed, words: Words) -> str | None:
        """What a stranger is told; None where they have just been told."""
        room, person = event.room, event.person
        now = time.monotonic()
        self._told = {one: at for one, at in self._told.items() if now - at < _TOLD_AGAIN}
        if room.chat in self._told and not isinstance(event, Command):
            return None
        self._told[room.chat] = now
        if self._settings.access == "pairing":
            who = words.say("doors.who_user" if room.private else "doors.who_chat")
            name = person.name if room.private else words.say("doors.group", {"name": person.name})
            code = self._members.code_for(room.chat, name, language=person.language)
            return words.say("doors.code", {"code": code, "who": who})
        return words.say("doors.private", {"user": person.id, "chat": room.chat})

    def spent(self, person: Person, words: Words) -> str | None:
        """What somebody is told who has used up the day's questions; None where some are left."""
        if self.is_admin(person):
            return None
        own, all_ = self._settings.per_user_day, self._settings.per_day
        if own and self._questions.asked_today(person.id) >= own:
            return words.say("doors.spent", {"most": own})
        if all_ and self._questions.asked_today() >= all_:
            return words.say("doors.all_spent")
        return None

    def lets_in_inline(self, event: Inline) -> bool:
        """Whether somebody may ask from another chat."""
        return self.lets_in(event.person, None)
