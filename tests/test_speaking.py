import pytest

from bot.speaking.records import voice_of
from bot.speaking.speaker import Speaker, speaker_of
from eval.studies.news.ramdocs import judge
from eval.studies.speakers.judging import outcome
from eval.studies.speakers.labels import Label, load_labelled
from index.records import Article, Span


def who(body: str, words: str, *, outlet: str = "The Courier", agency: str | None = None) -> Speaker | None:
    start = body.index(words)
    return speaker_of(Article("a", "t", body, outlet=outlet, agency=agency), Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        ("Quotas will fall, Anna Lund said.", "named", "Anna Lund"),
        ("Quotas will fall, a senior official said.", "unnamed", "a senior official"),
        ("Two traders in Riga said quotas would fall.", "unnamed", "two traders in Riga"),
        ("Quotas will fall, the ministry said.", "body", "the ministry"),
        ("NordFisk said it would fight the quotas.", "body", "NordFisk"),
        ("Norway says quotas will fall.", "body", "Norway"),
        ("Quotas will fall, a survey has found.", "body", "a survey"),
        ("The Skippers’ Union called it “a slap in the face of us all”.", "body", "the Skippers’ Union"),
        ("The newspaper Sabah reported that quotas would fall.", "outlet", "the newspaper Sabah"),
        ("Quotas will fall, according to local media.", "outlet", "local media"),
        ("The Seagull Times writes that quotas will fall.", "outlet", "the Seagull Times"),
        ("Агентство «Маяк» сообщило, что квоты снизятся.", "outlet", "Агентство «Маяк»"),
        ("A skipper who sold his boat last year said quotas were unfair.", "unnamed", "a skipper"),
        ("Its head, retired captain Per Moe, said quotas were unfair.", "named", "Per Moe"),
        ("The developer, Crestline Homes, says quotas are unfair.", "body", "Crestline Homes"),
        ("Head of the regional administration Per Moe noted that quotas fell.", "named", "Per Moe"),
        ("Azad Minister of Foreign Affairs Per Moe noted that quotas fell.", "named", "Per Moe"),
        ("“Quotas are unfair,” said lamplighter Per Moe, 44.", "named", "Per Moe"),
    ],
)
def test_a_speaker_is_of_a_kind(sentence: str, kind: str, name: str) -> None:
    speaker = who(sentence, sentence)
    assert speaker is not None
    assert (speaker.kind, speaker.name) == (kind, name)


@pytest.mark.parametrize(
    "sentence",
    [
        "Work will end in May, according to the schedule.",
        "Iceland answered with a fleet of trawlers.",
        "Per Moe conceded defeat shortly before midnight.",
        "The ministry was not named in court and has said nothing.",
        "DELHI: The quotas fell.",
    ],
)
def test_what_looks_like_speech_and_is_none_is_the_outlets(sentence: str) -> None:
    assert who(sentence, sentence) is None


def test_whom_an_agency_quotes_speaks_and_the_agency_is_named() -> None:
    body = (
        "The agency Vestnik reported a delay. "
        "The agency quoted the ministry as saying that quotas would fall."
    )
    speaker = who(body, "The agency quoted the ministry as saying that quotas would fall.")
    assert speaker is not None
    assert (speaker.name, speaker.kind, speaker.via) == ("the ministry", "body", "the agency")


def test_who_told_another_outlet_says_so_and_the_own_outlet_is_none() -> None:
    told = "Per Moe told Reuters that quotas would fall."
    speaker = who(told, told)
    assert speaker is not None and speaker.via == "Reuters"
    own = who(told, told, outlet="Reuters")
    assert own is not None and own.via is None
    assert voice_of(speaker).via == "Reuters"
    assert voice_of(None).kind == "own"


INTERVIEW = (
    "Anna Lund has caught cod for forty years.\n\nQ: Why did you stop?\n\n"
    "A: There was no cod. Norway says there is.\n\nQ: And now?\n\nA: I grow flowers."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Q: Why did you stop?", None),
        ("Norway says there is.", "Anna Lund"),
        ("A: I grow flowers.", "Anna Lund"),
    ],
)
def test_who_answers_in_an_interview_is_the_one_it_is_with(words: str, name: str | None) -> None:
    speaker = who(INTERVIEW, words)
    assert (speaker and speaker.name) == name


def test_a_label_before_a_paragraph_tells_who_speaks() -> None:
    body = "MR ODUYA: The board did.\n\nPolice: stay off the road.\n\nMayor Greta Holm: “Nobody is hurt.”"
    assert [
        (one.kind, one.name)
        for words in ("The board did.", "stay off", "Nobody is")
        if (one := who(body, words))
    ] == [("named", "Oduya"), ("body", "Police"), ("named", "Greta Holm")]


def test_words_of_saying_that_cannot_be_read_are_unclear_and_not_the_outlets() -> None:
    speaker = who("Reportedly quotas will fall.", "Reportedly quotas will fall.")
    assert speaker is None or speaker.kind == "unclear"
    body = "According to one of them, quotas will fall."
    found = who(body, body)
    assert found is not None and found.kind == "unclear"


def test_a_woman_told_of_in_between_may_be_she() -> None:
    body = "“Quotas fell,” Anna Lund said.\n\nHis mother wept.\n\n“I will wait for him here,” she said."
    speaker = who(body, "“I will wait for him here,” she said.")
    assert speaker is not None and speaker.kind == "unclear"


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    body = "“There were eleven books.\n\n“My mother read them to me.\n\n“Then I wrote one,” said Anna Lund."
    assert [speaker.name for words in ("There were", "My mother") if (speaker := who(body, words))] == [
        "Anna Lund"
    ] * 2


def test_unclear_is_no_wrong_label() -> None:
    lund = Label("person", "Anna Lund")
    assert outcome(Speaker("Anna Lund", "named"), [lund]) == "right"
    assert outcome(Speaker("unclear", "unclear"), [lund]) == "unclear"
    assert outcome(Speaker("Per Moe", "named"), [lund]) == "wrong"
    assert outcome(None, [lund]) == "wrong"
    assert outcome(Speaker("the firm", "body"), [Label("unnamed", "the firm in Riga")]) == "right"


def test_the_labelled_sentences_are_as_many_as_they_should_be() -> None:
    labelled = load_labelled()
    assert len(labelled) >= 150
    assert len({one.article.id for one in labelled}) >= 30
    assert all(one.text == one.text.strip() and "⟦" not in one.article.body for one in labelled)


def test_each_supported_answer_needs_a_quotation_of_its_own() -> None:
    from bot.answers.answer import Answer, Sentence
    from bot.answers.citation import cite
    from eval.cases import Case

    case = Case(id="1", kind="conflict", question="?", answer=(("Riga",), ("Oslo",)), wrong=("Rome",))
    both = Article("a", "t", "Riga and Oslo.")
    citation = cite(both, Span(0, 14), number=1)
    one = judge(case, Answer("?", (Sentence("Riga and Oslo.", (1,), "quoted"),), (citation,)))
    assert (one.supported, one.given, one.wrong) == (2, 1, False)
