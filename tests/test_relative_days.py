"""Days that are shown to people: the right one, or none."""

from __future__ import annotations

import pytest

from bot.language.dates.resolve import resolve

# Published on a day of October 2020: Mon 19, Tue 20, Wed 21, Thu 22, Fri 23, Sat 24, Sun 25.
MON, TUE, WED, THU, FRI, SAT, SUN = (f"2020-10-{day}" for day in range(19, 26))
NONE: list[str] = []


def days(text: str, published: str) -> list[str]:
    return [one.iso for one in resolve(text, published)]


@pytest.mark.parametrize(
    ("published", "text", "right"),
    [
        # as in small letters
        (TUE, "Next Tuesday the talks will begin in Geneva.", ["2020-10-27"]),
        (TUE, "The talks will begin next Tuesday.", ["2020-10-27"]),
        (WED, "Last Tuesday he left the country.", NONE),
        (WED, "He left the country last Tuesday.", NONE),
        (WED, "Last Thursday he left the country.", ["2020-10-15"]),
        (WED, "NEXT FRIDAY the shop closes.", NONE),
        (THU, "Previous Monday rallies were banned.", NONE),
        (THU, "This Monday rallies were banned.", [MON]),
        (THU, "Every Monday rallies were banned.", NONE),
        (THU, "Each Monday rallies were banned.", NONE),
        (THU, "That Monday rallies were banned.", NONE),
        (THU, "The following Monday rallies were banned.", NONE),
        (THU, "Following Monday rallies were banned.", NONE),
        (THU, "One Monday rallies were banned.", NONE),
        (THU, "The first Monday rallies were banned.", NONE),
        (THU, "Another Monday passed and nothing happened.", NONE),
        (THU, "Easter Monday rallies were banned.", NONE),
        (THU, "Rallies were banned in Georgia on Monday.", ["2020-10-19"]),
        (THU, "Rallies were banned in Germany on Monday.", ["2020-10-19"]),
        # what is to be
        (TUE, "Councillors on Wednesday will ask for money.", [WED]),
        (TUE, "The council, which met twice, on Wednesday will ask for money.", NONE),
        (TUE, "A vigil is planned Thursday afternoon.", [THU]),
        (TUE, "A vigil is planned on Thursday.", [THU]),
        (SAT, "The funeral will be held on Thursday.", ["2020-10-29"]),
        (TUE, "No classes will be held on Wednesday and Thursday.", [WED, THU]),
        (TUE, "They will meet the top seed on Thursday.", [THU]),
        (TUE, "Talks are scheduled Friday in Geneva.", [FRI]),
        (TUE, "The governor ordered all schools to close Wednesday.", NONE),
        (TUE, "Police told residents of the village to leave Thursday.", NONE),
        (TUE, "The rebels gave them until Thursday.", NONE),
        (TUE, "Armenia has until Thursday to leave.", NONE),
        (TUE, "The vote was postponed to Thursday.", NONE),
        (TUE, "The vote is set for Thursday.", [THU]),
        (TUE, "Lund said that the delegation leaves on Thursday.", NONE),
        (TUE, "Lund said the vote is on Thursday.", NONE),
        (TUE, "The delegation leaves on Thursday, Lund said.", NONE),
        (TUE, "Troops from three countries march on Thursday, Lund said.", NONE),
        (TUE, "“We leave on Thursday,” Lund said.", NONE),
        (TUE, "Lund said: “We leave on Thursday.”", NONE),
        (TUE, "“We will leave on Thursday,” Lund said.", [THU]),
        (TUE, "The minister will meet those elected Friday.", NONE),
        (TUE, "The order issued Thursday will end the strike.", NONE),
        (TUE, "On Monday, Lund asked the boats to leave.", [MON]),
        (TUE, "Lund said he would wait, but on Monday left.", [MON]),
        # by another clock
        (SAT, "The minister said on Sunday that the talks had failed.", NONE),
        (SAT, "The talks will begin on Friday.", NONE),
        # plainly past
        (TUE, "The talks failed on Friday.", ["2020-10-16"]),
        (TUE, "Lund resigned on Thursday.", ["2020-10-15"]),
        (TUE, "Lund said in a statement on Monday that talks will begin on Thursday.", [MON, THU]),
        (TUE, "The United Nations met on Monday.", [MON]),
        (TUE, "The soldier was killed in the port two days ago.", ["2020-10-18"]),
        (TUE, "The council last month approved the road.", ["2020-09"]),
        (TUE, "The council signed the deal on Monday.", [MON]),
        (THU, "Rallies were banned on Monday after Easter.", NONE),
        # another time, or none
        (TUE, "In 1993 the delegations met in Geneva on Monday.", NONE),
        (TUE, "In the 1990s the delegations met in Geneva on Monday.", NONE),
        (TUE, "Two years ago the delegations met in Geneva on Monday.", ["2018"]),
        (TUE, "Years earlier the delegations met in Geneva on Monday.", NONE),
        (TUE, "In May the delegations met in Geneva on Monday.", NONE),
        (TUE, "In October the delegations met in Geneva on Monday.", [MON]),
        (TUE, "That year the delegations met in Geneva on Monday.", NONE),
        (TUE, "He usually left on Monday.", NONE),
        (TUE, "The shop, which opened in May, sold bread Monday to Friday.", NONE),
        (TUE, "On the last night of the festival he sang.", NONE),
        (TUE, "Two years ago today the war ended.", ["2018"]),
        # titles
        (TUE, "She told ABC’s “This Week” that she won.", NONE),
        (TUE, "Asked on “CNN This Morning” why, he left.", NONE),
        (TUE, "She told NBC's Today show that she had learned of it.", NONE),
        (TUE, "\"Yesterday\" was sung by the Beatles.", NONE),
        (TUE, "“Yesterday I went home,” she said.", [MON]),
        # "today" that means nowadays
        (TUE, "Today the city is rich in museums.", NONE),
        (TUE, "Today, the city has two theatres.", NONE),
        (TUE, "Today the city, destroyed in the war, is rich in museums.", NONE),
        (TUE, "Today few remember the war that killed thousands.", NONE),
        (TUE, "The fortress built by the Persians is today a museum.", NONE),
        (TUE, "Houses that were destroyed in the last years of the war stand empty today.", NONE),
        (TUE, "He told USA TODAY that talks failed.", NONE),
        (TUE, "Today the talks began.", [TUE]),
        (TUE, "Today, the ministers will meet.", [TUE]),
        (TUE, "He arrived in Geneva today.", [TUE]),
        (TUE, "Сегодня город богат музеями.", NONE),
        (TUE, "Сегодня министр прибыл в Баку.", [TUE]),
        (TUE, "Два года назад делегации встретились в понедельник.", ["2018"]),
    ],
)  # fmt: skip
def test_the_day_shown_is_the_right_one_or_none(published: str, text: str, right: list[str]) -> None:
    assert days(text, published) == right


@pytest.mark.parametrize("which", ["next", "last", "this", "every", "previous", "following", "the", "one"])
@pytest.mark.parametrize("published", [MON, TUE, WED, THU, FRI, SAT, SUN])
def test_a_capital_changes_no_day(which: str, published: str) -> None:
    small = days(f"and {which} Tuesday the talks failed.", published)
    assert days(f"{which.capitalize()} Tuesday the talks failed.", published) == small
    assert days(f"{which.upper()} Tuesday the talks failed.", published) == small
