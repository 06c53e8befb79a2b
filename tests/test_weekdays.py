"""A day of the week beside the day of publication: the table was written from the rule, apart from the code.

Past and at most three days back: the day before. Future or planned: the day after. Four and five days back:
only where the tense is clearly past. Six days back may be tomorrow by another clock: left alone, and so is
everything else.
"""

from __future__ import annotations

import pytest

from bot.language.dates.resolve import resolve

# Published on a day of October 2020.
MON, TUE, WED, THU, FRI, SAT, SUN = (f"2020-10-{day}" for day in range(19, 26))
NONE: list[str] = []


def days(text: str, published: str) -> list[str]:
    return [one.iso for one in resolve(text, published)]


@pytest.mark.parametrize(
    ("published", "text", "right"),
    [
        # supposed, demanded, of no one week
        (TUE, "Had the vote been held on Sunday, he would have won.", NONE),
        (TUE, "If he had left on Friday he would have missed it.", NONE),
        (TUE, "The union demanded that the plant reopen on Thursday.", NONE),
        (TUE, "The union called for the plant to reopen on Thursday.", NONE),
        (TUE, "He insisted that he left on Friday.", ["2020-10-16"]),
        (TUE, "The election is due a week on Sunday.", NONE),
        (TUE, "On a recent Friday, shoppers queued for bread.", NONE),
        (TUE, "The day will come on Monday, Tuesday or Wednesday.", NONE),
        # past, at most three days back
        (TUE, "The mayor of Torvik resigned on Monday.", [MON]),
        (WED, "The mayor of Torvik resigned on Monday.", [MON]),
        (THU, "The mayor of Torvik resigned on Monday.", [MON]),
        (FRI, "Divers found the wreck off Skarholm Wednesday.", [WED]),
        (SAT, "Two hikers were rescued on Thursday night.", [THU]),
        (SUN, "On Friday, the court in Halden freed the skipper.", [FRI]),
        (MON, "The ferry ran aground on Sunday.", ["2020-10-18"]),
        (MON, "Fans on Saturday tore down the fence.", ["2020-10-17"]),
        (TUE, "The strike ended Saturday, the union said.", ["2020-10-17"]),
        (THU, "Late on Tuesday the bridge at Lomen gave way.", [TUE]),
        (FRI, "Prices rose on Thursday after a dry week.", [THU]),
        (SAT, "Lund told reporters on Friday that the dam would hold.", [FRI]),
        (WED, "Her lawyer declined to comment on Tuesday.", [TUE]),
        (THU, "The town has been without water since the pipe burst on Wednesday.", [WED]),
        (FRI, "Police said on Thursday they had arrested two men.", [THU]),
        (SUN, "The choir sang on Saturday evening in a full church.", [SAT]),
        # on the day itself
        (MON, "The mayor resigned on Monday.", [MON]),
        (FRI, "Friday morning, fog closed the airport.", [FRI]),
        (WED, "The council is to vote on Wednesday.", [WED]),
        # to come
        (MON, "The council will vote on Wednesday.", [WED]),
        (MON, "The trial is due to open on Friday.", [FRI]),
        (TUE, "The two leaders are to meet on Thursday in Torvik.", [THU]),
        (TUE, "On Thursday, the two leaders will meet in Torvik.", [THU]),
        (WED, "She is expected to arrive on Saturday.", [SAT]),
        (WED, "Snow is forecast to fall on Friday; schools will close on Thursday.", [FRI, THU]),
        (THU, "The museum will reopen on Monday.", ["2020-10-26"]),
        (THU, "A march is planned for Sunday.", [SUN]),
        (FRI, "The funeral will take place Tuesday.", ["2020-10-27"]),
        (FRI, "The union plans to strike on Wednesday.", ["2020-10-28"]),
        (SAT, "The new law shall take effect on Monday.", ["2020-10-26"]),
        (SUN, "Talks are scheduled for Tuesday.", ["2020-10-27"]),
        (MON, "Lund said she would resign on Friday.", [FRI]),
        (MON, "The ministry announced that flights will resume on Thursday.", [THU]),
        (TUE, "The company promised to publish the report on Friday.", [FRI]),
        (TUE, "The jury won’t return until Thursday, but judges will meet on Wednesday.", [THU, WED]),
        # one that was, and one to come
        (WED, "Lund said on Tuesday that the council will vote on Friday.", [TUE, FRI]),
        (THU, "The vote, which failed on Monday, will be held again on Saturday.", [MON, SAT]),
        (FRI, "After rain on Thursday flooded the track, the race is now set for Sunday.", [THU, SUN]),
        # four and five days back, clearly past
        (FRI, "The mayor of Torvik resigned on Monday.", [MON]),
        (SAT, "The mayor of Torvik resigned on Monday.", [MON]),
        (TUE, "The bridge collapsed on Friday, killing two.", ["2020-10-16"]),
        (TUE, "The ship sank on Thursday.", ["2020-10-15"]),
        (SUN, "The club sold its goalkeeper on Wednesday.", [WED]),
        (WED, "The tribunal, elected Friday, will ask for documents.", ["2020-10-16"]),
        # four and five days back, and not clear
        (FRI, "The governor ordered every pub to close on Tuesday.", NONE),
        (TUE, "Lund told her staff to report on Friday.", NONE),
        (TUE, "The hearing was set for Thursday.", NONE),
        (TUE, "The match was postponed until Friday.", NONE),
        (TUE, "The deadline expires Friday.", NONE),
        (TUE, "Councillors meet on Friday.", NONE),
        # tomorrow by another clock
        (SAT, "Storms battered the islands on Sunday.", NONE),
        (SUN, "The ferry sank off Skarholm on Monday.", NONE),
        (TUE, "The envoy landed in Torvik on Wednesday.", NONE),
        # left alone
        (THU, "Lund wrote the song “On Monday”.", NONE),
        (THU, "Bread is cheaper on a Monday.", NONE),
        (THU, "The market opens every Tuesday.", NONE),
        (THU, "Torvik, Tuesday: no comment.", NONE),
        (THU, "It rained on the Monday before the vote.", NONE),
        (THU, "In 1971 the miners walked out on Monday.", NONE),
        (THU, "Nobody could say what Tuesday might bring.", NONE),
    ],
)  # fmt: skip
def test_a_weekday_is_the_right_day_or_none(published: str, text: str, right: list[str]) -> None:
    assert days(text, published) == right
