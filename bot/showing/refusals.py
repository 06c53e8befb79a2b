"""Why there is no answer, in words: the reason, what is missing, what the archive has instead."""

from __future__ import annotations

from bot.answers.answer import Abstention, Answer, Reason
from bot.showing.wording import Words
from index.records import Filters


def refusal(answer: Answer, words: Words) -> str:
    """Why there is no answer, in one line; empty where there is one."""
    why = answer.abstention
    if why is None:
        return ""
    told = [words.say("refusals.llm", {"llm": why.llm})] if why.llm else []
    reason = why.known if why.llm else why.reason
    told += _told(reason, why, answer.filters, words) if reason else []
    return words.safe(" ".join(told))


def _told(reason: Reason, why: Abstention, filters: Filters, words: Words) -> list[str]:
    """The sentences that say it."""
    match reason:
        case "not_in_archive":
            return _not_in_archive(why, filters, words)
        case "outside_dates":
            return _outside_dates(why, filters, words)
        case "not_stated":
            return _not_stated(why, filters, words)
        case "incomplete":
            return [words.say("refusals.incomplete", {"word": _quoted(why.missing, "or", words)})]
        case "unsure":
            return _unsure(why, words)
        case "unproved":
            return [words.say("refusals.unproved")]


def _not_in_archive(why: Abstention, filters: Filters, words: Words) -> list[str]:
    if not why.missing:
        return [words.say("refusals.empty")]
    if why.missing == filters.outlet:
        told = [words.say("refusals.no_outlet", {"outlets": words.listed(why.missing, "or")})]
        meant = {"names": _quoted(why.near, "or", words)}
        return [*told, words.say("refusals.meant", meant)] if why.near else told
    told = [words.say("refusals.not_in_archive", {"missing": _quoted(why.missing, "or", words)})]
    if why.near:
        told.append(words.say("refusals.meant", {"names": _quoted(why.near, "and", words)}))
    return told


def _outside_dates(why: Abstention, filters: Filters, words: Words) -> list[str]:
    told = [words.say("refusals.outside_dates", {"where": words.where(filters)})]
    if why.days:
        told = [words.say("refusals.outside_days", {"days": words.span(*why.days)})]
    if why.held:
        first, last = map(words.day, why.held)
        key = "held_one" if first == last else "held"
        told.append(words.say(f"refusals.{key}", {"first": first, "last": last}))
    if filters.as_of:
        told.append(words.say("refusals.left_out"))
    if why.nearest:
        days = [words.day(one.article.published) for one in why.nearest if one.article.published]
        dates = words.listed(days, "and")
        told.append(
            words.say("refusals.nearest_dates", {"dates": dates})
            if days
            else words.say("refusals.nearest_undated")
        )
    return told


def _not_stated(why: Abstention, filters: Filters, words: Words) -> list[str]:
    details = words.section("not_stated")
    key = f"not_stated.{why.asks_for}" if why.asks_for in details else "refusals.not_stated"
    told = [words.say(key, {"where": words.where(filters)})]
    if why.missing:
        told.append(words.say("refusals.lacking", {"missing": _quoted(why.missing, "or", words)}))
    return told


def _unsure(why: Abstention, words: Words) -> list[str]:
    """Why, as far as it is known; then that what may answer follows."""
    told = [words.say("refusals.unsure")]
    if why.missing:
        told.append(words.say("refusals.lacking", {"missing": _quoted(why.missing, "or", words)}))
    return [*told, words.say("refusals.closest")]


def _quoted(names: tuple[str, ...], last: str, words: Words) -> str:
    return words.listed([words.say("refusals.missing", {"word": name}) for name in names], last)
