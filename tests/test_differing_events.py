from bot.differing.pairs import Pair
from eval.studies.differing.events import judge, load_events


def test_each_event_says_where_both_reports_give_one_thing() -> None:
    events = load_events()
    assert len(events) == 120
    for event in events:
        for thing in event.things:
            assert all(
                report.body[slice(*place)] for report, place in zip(event.reports, thing.places, strict=True)
            )


def test_a_pair_is_true_where_its_places_are_of_one_thing_that_differs() -> None:
    event = next(one for one in load_events() if {"same", "differ"} <= {of.relation for of in one.things})
    differs, same = (
        next(one for one in event.things if one.relation == relation) for relation in ("differ", "same")
    )
    pairs = [Pair("figure", *one.places) for one in (differs, same)]
    judged = judge(event, pairs)
    assert (judged.found, judged.false) == ({differs}, (pairs[1],))
