from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import date_note, date_span, find_date, parse_date, published_date
from index.errors import BadFilter


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020", "2020"),
        ("2020-10", "2020-10"),
        ("2020-10-19", "2020-10-19"),
        (" 2020-10-19 17:45 ", "2020-10-19T17:45"),
        ("2020-10-19T17:45:03Z", "2020-10-19T17:45:03+00:00"),
        ("2020-10-19T17:45:03.123456+0400", "2020-10-19T17:45:03+04:00"),
        ("Mon, 19 Oct 2020 17:45:00 GMT", "2020-10-19T17:45:00+00:00"),
        ("19 Oct 2020 17:45:00 -0500", "2020-10-19T17:45:00-05:00"),
        ("19 October 2020 [17:45]", "2020-10-19T17:45"),
        ("19 October 2020", "2020-10-19"),
        ("October 19, 2020", "2020-10-19"),
        ("Oct.19, 2020", "2020-10-19"),
        ("Sept. 5 2020", "2020-09-05"),
        ("5th of May 2021", "2021-05-05"),
        ("Monday, October 19, 2020 at 5:45 p.m. EDT", "2020-10-19T17:45-04:00"),
        ("January 19, 2020 12:05 AM ET", "2020-01-19T00:05-05:00"),
        ("5 May 2021, 10:30", "2021-05-05T10:30"),
        ("17:45, 19 October 2020", "2020-10-19T17:45"),
        ("October 2020", "2020-10"),
        ("19 октября 2020", "2020-10-19"),
        ("19 октября 2020 г., 17:45", "2020-10-19T17:45"),
        ("19 октября 2020 года в 17:45 (МСК)", "2020-10-19T17:45+03:00"),
        ("19.10.2020", "2020-10-19"),
        ("10/19/2020", "2020-10-19"),
        ("04.04.2020", "2020-04-04"),
        ("2020/10/19", "2020-10-19"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(text: str, iso: str) -> None:
    assert parse_date(text) == iso
    assert date_span(iso)


NO_DATES = """
n/a, May, may 5, yesterday, today, 20, 202, 20201, Oct 19, Monday, 17:45, 1602892, 5 May 20, 0 May 2020
null, 2020-13-45, 2020-00, 2020-02-30, 29 February 2021, 31 April 2020, 03/04/2020, 13/13/2020, 0000-01-01
2020-10-19T24:00, 2020-10-19T17:60, 2020-10-19T17:45+15:00, 19 Oct 2020 25:00, 13:30 pm 5 May 2020, 1.2.3.2020
Fri 31 Feb 2020 17:45:00 GMT, since 19 October 2020, 19 October 2020 and more
"""


@pytest.mark.parametrize("text", ["", *NO_DATES.strip().replace("\n", ", ").split(", ")])
def test_what_is_no_date_or_an_unclear_one_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(2999, 12, 31)), st.sampled_from(["", "Z", "+04:00", "-09:30"])
)
def test_iso_dates_are_read_back_and_lie_in_their_own_span(moment: datetime, zone: str) -> None:
    iso = moment.isoformat(timespec="seconds") + zone
    read = parse_date(iso)
    assert read == iso.replace("Z", "+00:00")
    earliest, latest = date_span(iso)
    assert earliest == latest
    assert parse_date(iso[:10]) == iso[:10]
    day = date_span(iso[:10])
    assert day == (f"{iso[:10]}T00:00:00", f"{iso[:10]}T23:59:59")


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    for iso in (parse_date(text), (find_date(text) or find_date("5 May 2020")).iso):  # type: ignore[union-attr]
        assert iso is None or date_span(iso)


@pytest.mark.parametrize(
    ("iso", "span"),
    [
        ("2020", ("2020-01-01T00:00:00", "2020-12-31T23:59:59")),
        ("2020-02", ("2020-02-01T00:00:00", "2020-02-29T23:59:59")),
        ("2020-10-19T17:45", ("2020-10-19T17:45:00", "2020-10-19T17:45:59")),
        ("2020-10-19T17:45:10", ("2020-10-19T17:45:10", "2020-10-19T17:45:10")),
        ("2020-10-19T01:45+04:00", ("2020-10-18T21:45:00", "2020-10-18T21:45:59")),
    ],
)
def test_a_date_spans_all_the_moments_it_may_mean(iso: str, span: tuple[str, str]) -> None:
    assert date_span(iso) == span


@pytest.mark.parametrize("text", ["", "May", "2020-13-45", "19 October 2020", "yesterday"])
def test_a_filter_that_is_no_iso_date_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(BadFilter, match="expected an ISO date such as 2020-10-19"):
        date_span(text)


@pytest.mark.parametrize(
    ("line", "iso", "rest"),
    [
        ("19 October 2020 [17:45] - Today.Az", "2020-10-19T17:45", (" - Today.Az",)),
        ("Published: 5 May 2021, 10:30", "2021-05-05T10:30", ("Published: ",)),
        ("Reuters | 19.10.2020", "2020-10-19", ("Reuters | ",)),
    ],
)
def test_a_date_is_found_within_its_line(line: str, iso: str, rest: tuple[str, ...]) -> None:
    found = find_date(line)
    assert found is not None
    assert found.iso == iso
    assert tuple(part for part in (line[: found.start], line[found.end :]) if part) == rest


@pytest.mark.parametrize(
    "line", ["version 1.2.2020.5", "He said so in May.", "room 12/10/20201", "October 2020"]
)
def test_no_day_is_found_where_none_is(line: str) -> None:
    assert find_date(line) is None


def test_a_note_says_what_was_found_and_what_was_expected() -> None:
    assert (
        date_note("n/a")
        == "published: 'n/a' is not a date (expected an ISO date such as 2020-10-19); left unknown"
    )
    assert "'03/04/2020' can be read in two ways" in date_note("03/04/2020")
    assert len(date_note("x" * 1000)) < 200


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20201123T11:02:35Z", "2020-11-23T11:02:35+00:00"),
        ("20201123T110235+0100", "2020-11-23T11:02:35+01:00"),
        ("2020-11-23T16:02:50CDT", "2020-11-23T16:02:50-05:00"),
        ("2020-11-23T12:45:36.270+01", "2020-11-23T12:45:36+01:00"),
        ("Mon Nov 23 15:28:56 CET 2020", "2020-11-23T15:28:56+01:00"),
        ("Mon Nov 23 10:27:24 2020", "2020-11-23T10:27:24"),
        ("Mon Nov 23 2020 10:27:24 GMT+0100 (Central European Standard Time)", "2020-11-23T10:27:24+01:00"),
        ("2020-11-3T23:57:00", "2020-11-03T23:57:00"),
        ("2020-11-23T22:06:08:684Z", "2020-11-23T22:06:08+00:00"),
        ("1606129200", "2020-11-23T11:00:00+00:00"),
        ("1606129200000", "2020-11-23T11:00:00+00:00"),
        ("19 Nov 2020 17:45 IST", "2020-11-19"),  # of India, of Ireland or of Israel
        ("23-11-2020 10:29", "2020-11-23T10:29"),
    ],
)
def test_what_programs_write_is_read(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Sat 24 Feb 2024 12.42 GMT", "2024-02-24T12:42+00:00"),
        ("24 February 2024 • 4:45pm", "2024-02-24T16:45"),
        ("February 24, 2024 5 AM PT", "2024-02-24T05:00-08:00"),
        ("February 24, 2024 - 4.34pm", "2024-02-24T16:34"),
        ("11:00 AM PST • February 24, 2024", "2024-02-24T11:00-08:00"),
        ("2024-02-24T12:42:00Z", "2024-02-24T12:42:00+00:00"),
        ("4:45 PM EST, Sat February 24, 2024", "2024-02-24T16:45-05:00"),
        ("Feb 24, 2024 / 10:45 AM EST", "2024-02-24T10:45-05:00"),
    ],
)
def test_what_newspapers_print_above_an_article_is_read(line: str, iso: str) -> None:
    found = find_date(line)
    assert found is not None
    assert (found.iso, found.start, found.end) == (iso, 0, len(line))
    assert parse_date(line) == iso


def test_a_day_is_published_in_a_year_of_newspapers() -> None:
    assert [published_date(f"{year}-05-12") for year in (1399, 1605, 2563)] == [None, "1605-05-12", None]
