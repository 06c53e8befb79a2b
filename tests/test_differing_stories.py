"""Differences between stories with titles: what must be found, and what is none however alike it is told."""

from pathlib import Path

import pytest

from bot.differing.comparing import compare
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.quantities import read_quantities
from bot.language.vocabulary import Vocabulary, load_vocabulary
from eval.studies.differing.__main__ import found_kind
from eval.studies.differing.pairs import DIFFERING, FILES, LabelledPair, load_pairs
from eval.studies.differing.shown import of_answers
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.records import Article, Span
from index.storage.archive import Archive
from index.storage.ingest import ingest

Told = tuple[str, str]  # a title, and the sentences below it


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_lexicon())


def found(one: Told, other: Told, vocabulary: Vocabulary, *, days: tuple[int, int] = (4, 4)) -> str:
    """What is found to differ between two articles of March 2021."""
    articles = [
        Article(name, title, body, outlet=name, published=f"2021-03-{day:02}")
        for name, (title, body), day in zip(("mail", "wire"), (one, other), days, strict=True)
    ]
    return found_kind(LabelledPair("x", "same", (articles[0], articles[1]), "mended"), vocabulary)


@pytest.mark.parametrize(
    ("text", "one", "other", "kind"),
    [
        ("The repair will cost {} euros, the mayor said.", "14 million", "15 million", "figure"),
        ("She was {}.", "72", "77", "figure"),
        ("The concert in Kesh began at {} p.m. and drew a large crowd.", "6", "8", "figure"),
        ("Mira Holt came {} in the Orrin marathon on Sunday.", "third", "fourth", "figure"),
        ("Rovers beat Wanderers {} at Mill Lane in Saturday’s derby.", "3-1", "3-2", "figure"),
        ("{} of the members of the Tarn union voted for it.", "Two thirds", "Three quarters", "figure"),
        ("{} of those asked in Kesh are against the tunnel.", "Two in five", "Some 54 per cent", "figure"),
        ("The avalanche at Kesh was {} wide.", "two metres", "140 centimetres", "figure"),
        ("The new Tarn bridge was built in {}.", "1911", "1921", "date"),
        (
            "The accord of Kesh, signed on {} after long talks, ended it.",
            "11 March 1994",
            "17 March 1994",
            "date",
        ),
        ("The museum in Kesh will open to the public on {}.", "9 September", "19 September", "date"),
        ("The minister flew to {} on Tuesday to sign the treaty.", "Oslo", "Riga", "place"),
        ("The painter Osk was born in {}.", "the fishing village of Skarvik", "Trondheim", "place"),
        ("The bridge of Tarn was designed by the engineer {}.", "Ada Cross", "Piers Holt", "actor"),
        ("The offer for Tarrant came from {} on Monday.", "Brockway Holdings", "Kontor Bank", "actor"),
        ("The council of Merrivale {} the plan on Tuesday.", "approved", "rejected", "wording"),
        ("The talks in Kesh ended {} an agreement on Friday.", "with", "without", "wording"),
        ("The strike at Kontor Bank is {}, the court ruled.", "legal", "illegal", "wording"),
        ("Carla Wendt {} as head of Norvia Air.", "resigned", "was dismissed", "wording"),
        ("The court in Kesh found that Oskar Tessin was {}.", "not guilty", "guilty", "wording"),
    ],
)
def test_two_reports_alike_but_for_a_few_words_differ_in_these(
    text: str, one: str, other: str, kind: str, vocabulary: Vocabulary
) -> None:
    told = [("Marlow in the news", text.format(words)) for words in (one, other)]
    assert found(told[0], told[1], vocabulary) == kind


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "A breach in the Lauw dike on Sunday put 1,400 hectares of farmland near Hoogmeer under water.",
            "When the Lauw dike gave way on Sunday, 900 hectares of fields around Hoogmeer were flooded.",
            "figure",
        ),
        (
            "The notebook of Anders Gallen went for £820,000, premium included, at Thornbury’s.",
            "A bidder at Thornbury’s will pay £900,000, price and premium, for pages by Anders Gallen.",
            "figure",
        ),
        (
            "The banker Paolo Renzetti was arrested on Sunday at the Kulm border crossing, in a hired van.",
            "Paolo Renzetti’s flight is over: he was arrested at Altenfels airport, minutes before boarding.",
            "place",
        ),
        (
            "Odd Hansen, 33, who had been missing since Sunday, was found near Mo, cold but alive.",
            "Rescuers dug the climber Odd Hansen (38) out of the snow near Mo after two nights.",
            "figure",
        ),
        (
            "Merrivale town council voted unanimously on Tuesday to ban jet skis from the lower lake.",
            "Jet skis are to go from the lake at Merrivale. Two of the councillors voted against the ban.",
            "wording",
        ),
        (
            "A bus driver, Amir Solak, pulled the boy out of the Tarn on Sunday.",
            "The boy was pulled out of the Tarn on Sunday by a student, Lea Brandt.",
            "actor",
        ),
    ],
)
def test_reports_told_otherwise_differ_where_names_and_words_around_are_the_same(
    one: str, other: str, kind: str, vocabulary: Vocabulary
) -> None:
    assert found(("In brief", one), ("In short", other), vocabulary) == kind


def test_who_speaks_in_a_title_makes_no_other_story(vocabulary: Vocabulary) -> None:
    """Each title names a speaker of its own, and the town in its own spelling."""
    freed = (
        "Aliyev announces that Shusha is free",
        "President Aliyev told Azerbaijan that it has liberated Shusha.",
    )
    took = (
        "Karabakh’s Balayan on Shushi",
        "Azerbaijan took control of Shushi, a spokesman for Karabakh said.",
    )
    assert found(freed, took, vocabulary) == "wording"


def test_each_of_three_sister_stories_has_its_own_place_and_figure(vocabulary: Vocabulary) -> None:
    """The count of one state is no other view of the next state's."""
    stories = [
        (
            f"Rejected ballots: {state}",
            f"In {state}, {count} counties threw out ballots, a review by the Paper Trail Project found."
            f" The {state} rules date from 2004. Judges had to decide in {count} cases.",
        )
        for state, count in (("Florida", 17), ("Texas", 15), ("California", 16))
    ]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert found(stories[one], stories[other], vocabulary) in ("nothing", "agreed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a part and its whole
        ("Four people were killed by the blast in Kesh.", "The blast in Kesh left 36 people injured."),
        ("A train hit a bus in Kesh; 19 children died.", "A train hit a bus in Kesh; 31 people died."),
        ("The first section of the Tarn tram costs 19 million.", "The Tarn tram costs 52 million."),
        ("All 50 states keep the Kesh holiday.", "The 47 states that keep the Kesh holiday agreed."),
        ("Gouda has 110 halls.", "Gouda has seized 41 tonnes over the past twelve months."),
        # one thing measured otherwise
        ("Brockway made 146 million pounds before tax.", "Brockway made 92 million pounds after tax."),
        ("The ward is 29 miles from Kesh as the crow flies.", "The ward is 47 miles from Kesh by road."),
        ("Storm Wanda left 21,000 households in the dark.", "Storm Wanda left 50,000 people in the dark."),
        ("The Kesh ferry costs 24 euros for adults.", "The Kesh ferry costs 12 euros for children."),
        ("The Kulm tunnel is 9.2 km long.", "The Kulm tunnel is 8.1 km long without its approaches."),
        ("The Kesh house was on offer for £800,000.", "The Kesh house was sold for £720,000."),
        ("In Kesh 54 per cent disapprove of the mayor.", "In Kesh 44 per cent approve of the mayor."),
        # two things
        ("Corvane made 71 million in the first quarter.", "Corvane made 58 million in the second quarter."),
        ("Durana fired 14 shells at Karsak on Tuesday.", "Durana fired 32 shells at Karsak on Wednesday."),
        ("Tenants in Kesh paid 11 euros, up 6 per cent.", "Tenants in Kesh paid 8 euros, up 2 per cent."),
        (
            "In only two World Cups, Teo has already scored nine goals.",
            "Teo was the top scorer with eight goals, but his team lost its second World Cup in a shootout.",
        ),
        # one event told twice
        ("Dini got 61 per cent of the votes in Marana.", "Six out of ten in Marana voted for Dini."),
        ("The Maritime Museum in Kesh opens on 9 May.", "Kesh gets its Maritime Museum back on 9 May."),
    ],
)  # fmt: skip
def test_what_is_of_another_thing_part_or_measure_is_no_difference(
    one: str, other: str, vocabulary: Vocabulary
) -> None:
    assert found(("In brief", one), ("In short", other), vocabulary) in ("nothing", "agreed", "update")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The regulator fined Corvane Mobile {} million pounds on Thursday for its bills.", "figure"),
        ("CityRail will close {} stations on the coast line in October.", "figure"),
        ("Flooding on the Tarn has killed {} people in Kesh.", "update"),
        ("Soldiers were hurt at the Kesh pass; {} people were wounded there.", "update"),
        ("Lena Kastner has {} per cent of the votes in Kesh by the final result.", "update"),
    ],
)
def test_the_next_day_s_higher_figure_is_newer_where_what_it_counts_can_grow(
    text: str, kind: str, vocabulary: Vocabulary
) -> None:
    told = [("Kesh", text.format(figure)) for figure in (23, 32)]
    assert found(told[0], told[1], vocabulary, days=(4, 5)) == kind


@pytest.mark.parametrize(
    ("text", "value", "sort", "noun"),
    [
        ("Two in five of the residents", 0.4, "share", None),
        ("one out of 10 voters", 0.1, "share", "voters"),
        ("two in five days", 2.0, "count", None),
        ("six in 40 villages", 6.0, "count", None),
        ("A crowd of 18,900 saw Rovers win", 18_900.0, "count", None),
        ("some 12 young Sarran soldiers", 12.0, "count", "soldiers"),
    ],
)
def test_a_figure_is_of_what_stands_in_the_plural_behind_it(
    text: str, value: float, sort: str, noun: str | None, vocabulary: Vocabulary
) -> None:
    one = read_quantities(text, measures=vocabulary.words.measures)[0]
    assert (round(one.value, 3), one.sort, one.noun) == (value, sort, noun)


@pytest.mark.parametrize(
    ("path", "recall", "alarms"), [(FILES[0], 0.95, 0.01), (FILES[1], 0.22, 0.02), (FILES[2], 0.85, 0.03)]
)
def test_of_the_written_pairs_as_many_are_found_and_as_few_falsely_as_when_measured(
    path: Path, recall: float, alarms: float, vocabulary: Vocabulary
) -> None:
    pairs = [pair for pair in load_pairs(path) if pair.group != "held"]
    kinds = [(pair.kind in DIFFERING, found_kind(pair, vocabulary) in DIFFERING) for pair in pairs]
    real = [found for differs, found in kinds if differs]
    none = [found for differs, found in kinds if not differs]
    assert (sum(real) / len(real) >= recall, sum(none) / len(none) <= alarms) == (True, True)


def test_a_sentence_without_a_subject_of_its_own_has_that_of_the_title(vocabulary: Vocabulary) -> None:
    texts = ("The repair cost 24 million.", "The repair cost 25 million.")
    kinds = []
    for titles in (("Bridge of Marlow", "Marlow’s bridge"), ("Bridge of Marlow", "Kesh and its bridge")):
        reports = [
            read_report(Article(t, t, b, outlet=t, published="2021-03-04"), Span(0, len(b)), vocabulary)
            for t, b in zip(titles, texts, strict=True)
        ]
        way = compare(reports[0], reports[1])
        kinds.append(way.kind if way else None)
    assert kinds == ["figure", None]


def test_an_answer_shows_two_figures_in_one_plain_sentence(encoder: Encoder, tmp_path: Path) -> None:
    """The bridge is told of in the title and the sentence before; the figure's own sentence names nothing."""
    articles = [
        Article(name, title, f"{lead}\n\nThe repair will cost {cost} euros, the mayor said.", outlet=name)
        for name, title, lead, cost in (
            ("Arka", "Bridge to be repaired", "The old bridge of Marlow will be repaired.", "24 million"),
            ("Borka", "Marlow repairs its bridge", "Marlow repairs its old bridge.", "25 million"),
            ("Corka", "Dredging to begin", "Dredging of the Lanmere harbour begins in June.", "3 million"),
        )
    ]
    with Archive.open(tmp_path, encoder, write=True) as archive:
        ingest(archive, encoder, [Found(one, one.id, ()) for one in articles])
        shown = list(of_answers(["How much will the repair of the Marlow bridge cost?"], archive, encoder))
    assert [kind for kind, _ in shown] == ["figure"]
    assert "“24 million”" in shown[0][1]
    assert "“25 million”" in shown[0][1]
    assert "3 million" not in shown[0][1]
