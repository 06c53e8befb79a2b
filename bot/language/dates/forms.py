"""The forms of relative dates, English and Russian, each with what tells the days it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, MONTHS, NUMBERS, WEEKDAYS
from bot.language.dates.days import (
    Days,
    RelativeWords,
    ago,
    beside_today,
    chosen_weekday,
    day_of_month,
    month_beside,
    shifted,
    stretch,
    today,
    week_beside,
    weekday,
    weekend,
    weekend_beside,
    year_beside,
)
from bot.language.words import words_of


@dataclass(frozen=True)
class Form:
    """A form of relative date.

    `needs` is how much of the ISO date of publication must be known: 10 characters are the day, 7 the month.
    `exact` is False where the words are loose: "a month ago".
    """

    pattern: re.Pattern[str]
    days: Callable[[RelativeWords], Days]
    needs: int = 10
    exact: bool = True


_LATIN = [month.capitalize() for month in ENGLISH_MONTHS]
_CYRILLIC = [month for month in MONTHS if re.match("[а-яё]", month)]
_DAYS = "|".join(day.capitalize() for day in ENGLISH_WEEKDAYS)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_DAY = rf"(?P<day>{_DAYS})"
_DEN = rf"(?P<day>{'|'.join(day for day in WEEKDAYS if re.match('[а-яё]', day))})"
_WHICH = r"(?:(?:earlier|later|early|late) )?(?P<which>last|next|this)"
_KAKOY = r"(?:в|на|во) (?P<which>прошл|эт|следующ|будущ)(?:ой|ом|ую|ый|ую|ий|у|от|о)"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_END = r"(?![\w’'-])"
# No name and no habit: "Black Monday", "every Monday", "the Monday before", "Sunday Times", "Monday, 5 May".
_PLAIN_BEFORE = r"(?<![\w’'-])(?<!day or )" + "".join(
    rf"(?<!\b(?i:{word}) )" for word in words_of("dates", "before_no_day")
)
_PLAIN_AFTER = (
    rf"(?![\w’'-])(?!,? (?:the )?\d)(?!,? (?:{'|'.join(month[:3] for month in _LATIN)}))(?! [A-Z])"
    r"(?! (?:before|nights|mornings|evenings)\b)(?! after (?:next|that|Easter|Christmas|Thanksgiving)\b)"
    rf"(?! (?:to|through|till|until|or) (?:on )?(?:{_DAYS}))"
)
_STRETCH = (
    rf"\b(?:in|over|during|within|for) the (?:past|last)(?: {_COUNT})? (?P<unit>hours?|days?|weeks?)(?! of)"
)
_NUMBER = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?"
_IN_YEAR = rf"(?P<month>{'|'.join(_LATIN)})"
_NO_YEAR = r"(?!\w|,? \d{4}|[–—-]\d| г)"

# Names of days and months count with their capitals: "may", "march" and "sun" are words.
_AS_WRITTEN = (
    (rf"{_PLAIN_BEFORE}(?:[Oo]n )?{_DAY}{_PART}{_PLAIN_AFTER}", weekday),
    (rf"\b(?:[Oo]n )?(?:the )?{_NUMBER}(?: of)? {_IN_YEAR}{_NO_YEAR}", day_of_month),
    (rf"\b(?:[Oo]n )?{_IN_YEAR} {_NUMBER}{_NO_YEAR}", day_of_month),
)
_IN_ANY_CASE = (
    (rf"\bthe day before yesterday{_END}", shifted(-2), 10, True),
    (rf"\bthe day after tomorrow{_END}", shifted(2), 10, True),
    (rf"\b(?:yesterday|tomorrow){_PART}{_END}", beside_today, 10, True),
    (rf"(?<!the )\blast night{_END}(?! of\b)", shifted(-1), 10, True),
    (
        rf"\b(?:earlier today|later today|tonight|this (?:morning|afternoon|evening)){_END}",
        shifted(0),
        10,
        True,
    ),
    (rf"(?<!of )(?<!as )(?<!even )(?<!still )(?<!until )(?<!USA )(?<!ago )\btoday{_END}", today, 10, True),
    (rf"\b(?P<which>last|next|this) {_DAY}{_PART}{_END}", chosen_weekday, 10, True),
    (rf"(?<!the )\b{_WHICH} week{_END}", week_beside, 10, True),
    (rf"(?<!the )\b{_WHICH} weekend{_END}", weekend_beside, 10, True),
    (rf"\b(?:over|at|during) the weekend{_END}", weekend, 10, True),
    (rf"(?<!the )\b{_WHICH} month{_END}", month_beside, 7, True),
    (rf"(?<!the )\b{_WHICH} year{_END}", year_beside, 4, True),
    (rf"\b{_COUNT} (?P<unit>days?) ago{_END}", ago, 10, True),
    (rf"\b{_COUNT} (?P<unit>weeks?) ago{_END}", ago, 10, False),
    (rf"\b{_COUNT} (?P<unit>months?) ago{_END}", ago, 7, False),
    (rf"\b{_COUNT} (?P<unit>years?) ago{_END}", ago, 4, False),
    (rf"{_STRETCH}{_END}", stretch, 10, False),
    (rf"\b(?P<number>\d{{1,2}}) (?P<month>{'|'.join(_CYRILLIC)}){_NO_YEAR}", day_of_month, 10, True),
    (
        rf"\b(?:вчера|завтра|позавчера|послезавтра)(?: (?:утром|дн[её]м|вечером|ночью))?{_END}",
        beside_today,
        10,
        True,
    ),
    (rf"\bсегодня(?: (?:утром|дн[её]м|вечером|ночью))?{_END}", today, 10, True),
    (rf"\b(?<!кажд.. )во? {_DEN}{_END}(?!,? \d)", weekday, 10, True),
    (rf"\b{_KAKOY} неделе{_END}", week_beside, 10, True),
    (rf"\b{_KAKOY} месяце{_END}", month_beside, 7, True),
    (rf"\b{_KAKOY} году{_END}", year_beside, 4, True),
    (rf"\b(?:{_COUNT} )?(?P<unit>день|дня|дней) назад{_END}", ago, 10, True),
    (rf"\b(?:{_COUNT} )?(?P<unit>неделю|недели|недель) назад{_END}", ago, 10, False),
    (rf"\b(?:{_COUNT} )?(?P<unit>месяц|месяца|месяцев) назад{_END}", ago, 7, False),
    (rf"\b(?:{_COUNT} )?(?P<unit>год|года|лет) назад{_END}", ago, 4, False),
)
FORMS: tuple[Form, ...] = (
    *(Form(re.compile(pattern), days) for pattern, days in _AS_WRITTEN),
    *(Form(re.compile(pattern, re.I), days, needs, exact) for pattern, days, needs, exact in _IN_ANY_CASE),
)
