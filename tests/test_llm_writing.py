import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from io import StringIO
from typing import NoReturn

import pytest
from asking_fakes import LUND, MOE, FakeArchive, FakeRetriever, FakeWeigher, hit_of, noted, other, told
from llm_fakes import STOCK, ScriptedModel

from bot.answering.asking import Dateline, Llm
from bot.answering.quoting import Quoter
from bot.answers.answer import Answer
from bot.answers.asked import Asked, Wording
from bot.answers.notes import NoModel
from bot.answers.proposal import Weighed
from bot.language.lexicon import load_lexicon
from bot.proof.lines import Lines
from bot.proof.proving import Proved
from bot.showing.terminal import print_answer
from bot.writing.drafts import REFUSAL
from bot.writing.followups import FollowupRewriter, trusted
from bot.writing.model import LlmError
from bot.writing.patience import Patience
from bot.writing.sending import Limits, number_passages, send
from bot.writing.writing import Order, Writer, load_prompts
from index.records import Article, Filters, Hit
from prompts.loader import Prompt

HALVED = "“The stock has halved since 1990.”"
TRUE = f"Anna Lund said that the stock has halved since 1990. [1] «{HALVED}»"
FALSE = f"Anna Lund said that the stock has halved since 1980. [1] «{HALVED}»"
LOST = "Anna Lund said that the stock has doubled. [1] «The stock has doubled since 1990»"
PATIENCE = Patience(first_token=1.0, total=5.0, retries=0, tokens=9000)


def line_of(model: ScriptedModel, *articles: Article, order: Order | None = None) -> Dateline:
    archive = FakeArchive(*(articles or (LUND, MOE)))

    def writer(wording: Wording) -> Writer:
        return Writer(
            model,
            Lines(wording),
            prompts=load_prompts(),
            patience=PATIENCE,
            limits=Limits(passages=8, max_tokens=400, context=8192),
            order=order,
        )

    return Dateline(
        archive,
        FakeRetriever(archive),
        weigher=FakeWeigher(),
        answerer=Quoter(),
        llm=Llm(
            "scripted",
            {"proved": writer("proved"), "marked": writer("marked")},
            "proved",
            FollowupRewriter(model, patience=PATIENCE),
        ),
    )


def ask(
    model: ScriptedModel,
    question: str = STOCK,
    *articles: Article,
    llm: bool | None = None,
    wording: Wording | None = None,
) -> Answer:
    return asyncio.run(line_of(model, *articles).ask(Asked(question, llm=llm, wording=wording)))


def test_a_proved_sentence_is_shown_as_the_model_wrote_it_with_the_articles_words_cited() -> None:
    answer = ask(ScriptedModel(TRUE))
    assert told(answer) == "Anna Lund said that the stock has halved since 1990. [1]"
    assert (answer.llm, answer.sentences[0].verdict, answer.notes) == ("scripted", "shortened", ())
    assert HALVED in answer.citations[0].quote


def test_the_terminal_says_who_wrote_it() -> None:
    page = StringIO()
    print_answer(ask(ScriptedModel(TRUE)), page)
    assert "Chosen by scripted, every sentence proved · " in page.getvalue()
    assert page.getvalue().startswith("Anna Lund said that the stock has halved since 1990. [1]\n")
    quoted = StringIO()
    print_answer(ask(ScriptedModel(), llm=False), quoted)
    assert "Chosen" not in quoted.getvalue()


def test_passages_are_sent_in_the_order_that_is_given() -> None:
    def places(order: Order | None) -> list[int]:
        model = ScriptedModel(TRUE)
        asyncio.run(line_of(model, order=order).ask(Asked(STOCK)))
        return [model.requests[0].user.index(one.title) for one in (LUND, MOE)]

    found, turned = places(None), places(lambda _, hits: list(reversed(hits)))
    assert (found[0] < found[1], turned[0] < turned[1]) == (True, False)


def test_a_line_whose_wording_is_not_proved_is_its_quotation() -> None:
    model = ScriptedModel(FALSE)
    answer = ask(model)
    assert [(one.text, one.verdict) for one in answer.sentences] == [(HALVED, "quoted")]
    assert (answer.llm, answer.cut, len(model.requests)) == ("scripted", (), 1)


def test_such_a_wording_is_shown_where_that_is_asked_for_and_marked() -> None:
    free = f"By Lund’s account there is far less cod now than in 1990. [1] «{HALVED}»"
    answer = ask(ScriptedModel(free), wording="marked")
    (sentence,) = answer.sentences
    assert (sentence.verdict, sentence.text) == ("marked", HALVED)
    assert sentence.wording == "By Lund’s account there is far less cod now than in 1990."
    assert told(answer).startswith("In the model’s words, not proved: By Lund’s account")
    assert HALVED.strip("“”") in told(answer)
    page = StringIO()
    print_answer(answer, page)
    assert "its own words are not" in page.getvalue()


def test_a_marked_wording_brings_in_no_figure_of_its_own() -> None:
    (sentence,) = ask(ScriptedModel(FALSE), wording="marked").sentences
    assert (sentence.verdict, sentence.wording) == ("quoted", None)


def test_a_line_whose_words_stand_nowhere_is_cut_and_the_answer_quoted() -> None:
    answer = ask(ScriptedModel(LOST))
    assert (answer.llm, [one.text for one in answer.sentences]) == (None, [HALVED])
    assert noted(answer) == ("nothing that scripted wrote stands in the passages",)
    assert answer.cut[0].finding == "these words stand in no passage: “The stock has doubled since 1990”"


def test_what_is_found_stays_where_another_line_falls() -> None:
    answer = ask(ScriptedModel(f"{TRUE}\n{LOST}"))
    assert len(answer.sentences) == 1 and answer.llm == "scripted"
    assert len(answer.cut) == 1


def test_a_proof_that_fails_costs_its_line_only(caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(Lines):
        def prove(self, *_: object, **__: object) -> NoReturn:
            raise IndexError("beyond the end")

    line = line_of(ScriptedModel(TRUE))
    model = ScriptedModel(TRUE)
    limits = Limits(passages=8, max_tokens=400, context=8192)
    writer = Writer(model, Faulty(), prompts=load_prompts(), patience=PATIENCE, limits=limits)
    line._llm = Llm("scripted", {"proved": writer}, "proved", FollowupRewriter(model, patience=PATIENCE))
    answer = asyncio.run(line.ask(Asked(STOCK)))
    assert answer.cut[0].finding == "its proof failed (IndexError)"
    assert "the proof of a line failed" in caplog.text


def test_a_copied_sentence_that_points_back_takes_in_the_one_before() -> None:
    body = "Anna Lund opened the cod market. She said nothing of the stock, which has halved."
    copied = "She said nothing of the stock, which has halved."
    answer = ask(
        ScriptedModel(f"{copied} [1] «{copied}»"), "What of the cod stock, halved?", other(LUND, body=body)
    )
    assert [(one.text, one.verdict) for one in answer.sentences] == [(body, "quoted")]


def test_a_models_refusal_is_the_answer_though_the_evidence_would_do() -> None:
    answer = ask(ScriptedModel(REFUSAL))
    assert answer.abstention and answer.abstention.reason == "not_stated"
    assert told(answer) == "scripted finds no answer in the passages."
    assert answer.abstention.nearest[0].quote == HALVED


class Doubter(FakeWeigher):
    """Weighs as the fake does, and then says that it is not enough."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def weigh(self, question: str, hits: Sequence[Hit], **given: object) -> Weighed:
        weighed = super().weigh(question, hits, **given)
        return replace(weighed, enough=False, probability=self.probability)


@pytest.mark.parametrize(
    ("probability", "reply", "status", "calls"),
    [
        (0.3, TRUE, "answered", 1),  # what the rules call too little, a model may find all the same
        (0.3, REFUSAL, "abstained", 1),
        (0.3, LOST, "abstained", 1),  # where neither finds it, nothing is quoted
        (0.01, TRUE, "answered", 1),  # it is asked whenever something was found
    ],
)
def test_a_model_may_try_where_the_rules_are_in_doubt(
    probability: float, reply: str, status: str, calls: int
) -> None:
    model, archive = ScriptedModel(reply, REFUSAL), FakeArchive(LUND, MOE)
    retriever, weigher = FakeRetriever(archive), Doubter(probability)
    llm = line_of(model)._llm
    line = Dateline(archive, retriever, weigher=weigher, answerer=Quoter(), llm=llm)
    answer = asyncio.run(line.ask(Asked(STOCK)))
    assert (answer.status, len(model.requests)) == (status, calls)
    if answer.abstention:
        assert answer.abstention.reason == ("not_stated" if reply == REFUSAL else "unsure")


def test_a_model_is_asked_of_a_name_that_is_nowhere_and_its_refusal_says_which() -> None:
    answer = ask(ScriptedModel(REFUSAL), "What did Pashinyan say about cod quotas?")
    assert answer.abstention and answer.abstention.reason == "not_stated"
    assert answer.abstention.missing == ("Pashinyan",)
    assert told(answer).startswith(
        "scripted finds no answer in the passages. Nothing in the archive mentions 'Pashinyan'."
    )


def test_a_model_is_not_asked_where_nothing_was_found() -> None:
    model = ScriptedModel(TRUE)
    line = line_of(model)
    answer = asyncio.run(line.ask(Asked(STOCK, Filters(outlet=("Nobody’s Paper",)))))
    assert answer.abstention and model.requests == []


def test_without_a_model_the_answer_says_so_only_where_one_was_asked_for() -> None:
    archive = FakeArchive(LUND)
    line = Dateline(archive, FakeRetriever(archive), weigher=FakeWeigher(), answerer=Quoter())
    assert asyncio.run(line.ask(Asked(STOCK, llm=True))).notes == (NoModel(),)
    assert asyncio.run(line.ask(Asked(STOCK))).notes == ()


def test_no_llm_quotes_though_there_is_one() -> None:
    model = ScriptedModel()
    answer = ask(model, llm=False)
    assert (answer.llm, answer.sentences[0].text, model.requests) == (None, HALVED, [])


def test_trouble_is_named_and_the_answer_quoted() -> None:
    answer = ask(ScriptedModel([LlmError("status", "500")]))
    assert noted(answer) == ("scripted gave no answer: its server answered 500",)
    assert answer.sentences[0].text == HALVED


def test_what_was_proved_before_the_reply_broke_off_stays() -> None:
    answer = ask(ScriptedModel([f"{TRUE}\nNorway so", LlmError("broke_off")]))
    assert (answer.llm, len(answer.sentences)) == ("scripted", 1)
    assert noted(answer) == ("scripted did not finish its answer: its reply broke off",)


def test_four_sentences_are_the_most_and_end_the_reply() -> None:
    bodies = [f"The stock of cod number {n} has halved since 199{n}." for n in range(6)]
    articles = [Article(f"a{n}", "Cod", body, outlet=f"Paper {n}") for n, body in enumerate(bodies)]
    reply = "\n".join(f"{body} [{n + 1}] «{body}»" for n, body in enumerate(bodies))
    model = ScriptedModel(reply)
    answer = ask(model, "What has halved, the stock of cod?", *articles)
    assert len(answer.sentences) == 4
    assert model.closed == 1


def test_a_sentence_is_given_on_before_the_next_one_is_written() -> None:
    async def first() -> float:
        model = ScriptedModel([f"{TRUE}\n", 30.0])
        async with aclosing(line_of(model).steps(Asked(STOCK))) as steps:
            async for step in steps:
                if isinstance(step, Proved):
                    return model.closed
        raise AssertionError("no sentence was proved")

    assert asyncio.run(asyncio.wait_for(first(), 5)) == 0


# What is sent


def test_passages_are_numbered_until_the_tokens_are_used_up() -> None:
    hits = [hit_of(other(LUND, id=f"a{n}")) for n in range(9)]
    assert [one.number for one in number_passages(hits, most=3, tokens=9000)] == [1, 2, 3]
    assert len(number_passages(hits, most=9, tokens=400)) == 2
    assert len(number_passages(hits, most=9, tokens=1)) == 1


def test_the_marks_of_a_question_are_its_own_and_stay_the_same() -> None:
    shown = number_passages([hit_of(LUND)], most=3, tokens=9000)
    once, again, other_question = (send(shown, one) for one in ("Who?", "Who?", "When?"))
    assert once == again
    assert once.boundary != other_question.boundary
    assert once.text.startswith(
        f"<<<{once.boundary} passage 1>>>\nThe Courier, printing North Wire, 19 October 2020\n"
    )


def test_every_prompt_names_its_placeholders() -> None:
    prompts = load_prompts()
    assert REFUSAL in prompts.answer.fill({"boundary": "x", "most": "4", "refusal": REFUSAL})
    assert all(len(version.split()[1]) == 12 for version in prompts.versions)
    assert prompts.versions != (Prompt("answer", "other").version,)


# Follow-ups


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        ("How many tonnes of cod did Norway sell in 2019?", True),
        ("“How many tonnes of cod did Norway sell in 2019?”\n", True),
        ("How many tonnes of cod did Iceland sell in 2019?", False),  # nobody spoke of Iceland
        ("How many tonnes did Norway sell in 2021?", False),
        ("Why did Norway not sell cod in 2019?", False),  # nobody spoke of what was not sold
        ("Why didn’t Norway sell cod in 2019?", False),
        ("Norway sold 400,000 tonnes in 2019.\nIs that enough?", False),
        ("", False),
        ("x" * 1001, False),
    ],
)
def test_a_rewritten_question_brings_in_nothing_that_nobody_said(reply: str, taken: bool) -> None:
    earlier = ["How many tonnes of cod did Norway sell in 2018?"]
    assert bool(trusted(reply, "And in 2019?", earlier, load_lexicon())) == taken


def test_a_follow_up_is_read_as_the_model_puts_it() -> None:
    model = ScriptedModel(STOCK, TRUE)
    history = ["What halved since 1980, the stock?"]
    answer = asyncio.run(line_of(model).ask(Asked("And since 1990?", history=tuple(history))))
    assert noted(answer) == (f"read as “{STOCK}”",)
    assert answer.llm == "scripted"
    assert answer.usage is not None and answer.usage.calls == 2
    assert [prompt.split()[0] for prompt in answer.prompts][:2] == [
        "standalone_question",
        "earlier_questions",
    ]


def test_rules_read_a_follow_up_where_the_model_cannot() -> None:
    model = ScriptedModel([LlmError("unreachable")], [LlmError("unreachable")])
    line = line_of(model)
    answer = asyncio.run(
        line.ask(Asked("And in 2019?", history=("Norway sold 400,000 tonnes of cod in 2018?",)))
    )
    assert noted(answer)[0] == "read as “Norway sold 400,000 tonnes of cod in 2019?”"
