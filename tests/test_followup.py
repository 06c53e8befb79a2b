import pytest

from bot.answering.followup import standalone, unnamed


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        # a fragment takes the place of its like
        (["Who signed the pact for Norway?"], "And for Sweden?", "Who signed the pact for Sweden?"),
        (["When is Oslo handed over?"], "And Bergen?", "When is Bergen handed over?"),
        (
            ["What happened in Oslo on 3 May 2019?"],
            "What about 4 May 2019?",
            "What happened in Oslo on 4 May 2019?",
        ),
        (["Who spoke?"], "In Oslo?", "Who spoke, In Oslo?"),
        (["Is the bridge free for cyclists?"], "And for cars?", "Is the bridge free for cars?"),
        (["How many bears live in Norway?"], "And wolves?", "How many wolves live in Norway?"),
        (["What did Lund say about cod?"], "And herring?", "What did Lund say about herring?"),
        (["How many bears live in France?"], "and germany?", "How many bears live in germany?"),
        (["Who leads France?"], "and the opposition?", "Who leads opposition?"),
        (["How much did Norway pay?"], "And Sweden?", "How much did Sweden pay?"),
        (["Will the Oslo dam be built?"], "Why?", "Why will the Oslo dam be built?"),
        (["Is the bridge open?"], "Since when?", "Since when is the bridge open?"),
        # what leans on the question before is given its topic
        (["Did Norway sign the pact?"], "When was it lost?", "When was it lost, Norway sign the pact?"),
        (["How many ships does Norway send?"], "For how long?", "For how long, ships does Norway send?"),
        (["Who led the talks?"], "And what did he say?", "What did he say, led the talks?"),
        (
            ["When was the Oslo pact signed?"],
            "Where was it signed?",
            "Where was it signed, the Oslo pact signed?",
        ),
        # what stands alone is left alone
        (
            ["Who led the talks?"],
            "What did Anna Berg say about fishing?",
            "What did Anna Berg say about fishing?",
        ),
        (
            ["Who led the talks?"],
            "Did Anna Berg say that she would resign?",
            "Did Anna Berg say that she would resign?",
        ),
        (
            ["Who led?"],
            "Which deadline that Norway set was missed?",
            "Which deadline that Norway set was missed?",
        ),
        ([], "And what did he say?", "And what did he say?"),
    ],
)
def test_a_follow_up_stands_alone_after_the_questions_before_it(
    history: list[str], question: str, expected: str
) -> None:
    assert standalone(question, history) == expected


def test_each_question_of_a_conversation_is_read_after_the_one_before() -> None:
    history = ["Who signed the pact for Norway?", "And for Sweden?"]
    assert standalone("And for Denmark?", history) == "Who signed the pact for Denmark?"


def test_what_leans_on_a_conversation_is_given_its_topic_once() -> None:
    history = ["Who opened the bridge?", "What did she say about it?", "And how much did it cost?"]
    assert standalone("How long is it?", history) == "How long is it, opened the bridge?"


def test_an_empty_question_is_not_filled_from_the_history() -> None:
    assert standalone("  ", ["Who signed the pact for Norway?"]) == "  "


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Where is it held?", "it"),
        ("Will he resign?", "he"),
        ("How many people live there?", "there"),
        ("What did he say about the dam?", "he"),
        ("Who replaced him?", "him"),
        ("What is a camera trap, and what does it do?", None),
        ("Is there a curfew?", None),
        ("Are there any survivors?", None),
        ("What did he say about the dam in Velden?", None),
        ("How much does it cost to rent a flat?", None),
        ("Did Biden say when he will resign?", None),
        ("What happened on 8 November, and what came of it?", None),
    ],
)
def test_a_bare_pronoun_is_named(question: str, word: str | None) -> None:
    assert unnamed(question) == word
