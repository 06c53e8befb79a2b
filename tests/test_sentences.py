from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


def sentences(text: str, language: str | None = None) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, language=language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Gen. Mark Orr met U.S. officials on Oct. 10.", "They talked for 3.5 hours."],
        ["She works for the U.S.", "The office is in Washington, D.C.", "It is big."],
        ["PORT LYLE (AP) — The Senate voted 51-49.", "Sen. J. D. Vey voted no."],
        ["Mr. and Mrs. O'Dell met Dr. Who.", "The No. 1 seed lost."],
        ["R-N.Y. is a label, and so is D-Conn.", "Then-No. 10 lost on Sept. 20."],
        [
            "The bar opens at 5 p.m. Monday and at 6 p.m. ET on Friday.",
            "It shuts at 8 p.m.",
            "Then they left.",
        ],
        ["Shops open at 9 a.m. July 15.", "Bring 5.2 pounds."],
        ["Prices rose 3.2 percent.[1]", "Then they fell.", "See www.example.org for more."],
        ["12. The twelfth item has a name."],
        ["It happened.", "iPhone sales rose.", "10 people came.", "'Tis so."],
    ],
)
def test_an_abbreviation_or_a_number_ends_no_sentence(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“There will be no war,” he said.", "“We will stop it again,” he further said."],
        ["“… again,” he further said."],
        ['"We will go. We will win," she said.', "It was over."],
        ["“It is over.”", "The crowd left.", "'Really?' she asked.", '"Yes!" he said.'],
        ["“Yes!” Orr said.", "“Is it?” President Ana Vey told reporters.", "He left."],
        ["“So it was,’’ Orr said.", "“‘Go’ was all that he told us,” Vey said."],
        ["„Wir gehen“, sagte er.", "Dann ging er."],
        ["«Мы победим», — заявил он.", "Потом он уехал."],
    ],
)
def test_a_quotation_stays_with_the_words_that_say_whose_it_is(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_quotation_of_many_sentences_is_opened_and_its_last_keeps_the_speaker() -> None:
    inner = [f"This is the sentence that has the number {n} of all of them." for n in range(9)]
    found = sentences("“" + " ".join(inner) + " We end here,” said Ms. Orr. “Now go,” she added.")
    assert found == ["“" + inner[0], *inner[1:], "We end here,” said Ms. Orr.", "“Now go,” she added."]


@pytest.mark.parametrize(
    "expected",
    [
        ["Он приехал в 2020 г. в Москву.", "Т. е. вовремя.", "Кто это?"],
        ["Նա ասաց՝ մենք կհաղթենք։", "Հետո գնաց։", "Ի՞նչ է դա։"],
        ["Prezident bildirib ki, bu belədir.", "Sonra o, Bakıya gedib."],
        ["M.Ə.Rəsulzadə küç. 5-də yaşayır.", "Sonra gedib."],
        ["今日は雨です。", "明日は晴れます。"],
    ],
)
def test_each_script_has_its_own_ends(expected: list[str]) -> None:
    joined = "".join if "。" in expected[0] else " ".join
    assert sentences(joined(expected)) == expected


def test_a_paragraph_or_a_heading_or_an_item_ends_a_sentence() -> None:
    text = "Talks resume\nThe envoys met\n\nagain on Monday. It rained.\n- a first item\n- A second one\nEnd"
    assert sentences(text) == [
        "Talks resume",
        "The envoys met",
        "again on Monday.",
        "It rained.",
        "- a first item",
        "- A second one",
        "End",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The envoys of the two sides met on Monday in the old town hall of\n"
        "Lyle, and agreed on a text that neither of them had seen before Mr.\n"
        "Orr showed it to them. They will meet again."
    )
    first = text[: text.index(" They will")]
    assert sentences(text) == [first, "They will meet again."]


def test_a_language_that_is_told_is_used() -> None:
    assert sentences("Вот т. е. он. Да.", "ru") == ["Вот т. е. он.", "Да."]
    assert sentences("Ja. Nein.", "de-AT") == ["Ja.", "Nein."]
    assert sentences("Ja. Nein.", "no such language") == ["Ja.", "Nein."]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


PIECES = st.sampled_from(
    [
        *(
            "He said so. ",
            "“We go.",
            " Yes!” ",
            "Mr. ",
            "U.S. ",
            '" ',
            "' ",
            "\n",
            "\n\n",
            "\r\n",
            "…",
            "’’ ",
        ),
        *(
            "Նա գնաց։ ",
            "Ի՞նչ ",
            "Bakıya gedib. ",
            "Мы победим. ",
            "г. ",
            "👍🏽 ",
            "👨‍👩‍👧",
            "é",
            "e\u0301",
            "5. ",
        ),
        *(
            "x" * 400,
            "\u200b",
            "\u00a0",
            "\u2028",
            "。",
            "no end ",
            "\x00",
            "(a) ",
            "a b. c. d e. f. g h. " * 20,
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join))
def test_spans_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert not any(text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
