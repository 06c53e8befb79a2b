"""The letters, signs and marks of a shortening, and whom it names: as a red team exchanged them."""

from __future__ import annotations

import pytest
from test_shortening import shortened

SAFE = "The town is safe again."


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("Donald Trump, said Joe Biden, is a threat.", "Donald Trump said Joe Biden is a threat."),
        ("Armenia, says Azerbaijan, attacked the town.", "Armenia says Azerbaijan attacked the town."),
        ("The mayor, Anna Lund, says Moe, is corrupt.", "The mayor Anna Lund says Moe is corrupt."),
        ("The mayor, Anna Lund, says Moe, is corrupt.", "Anna Lund says Moe, is corrupt."),
        ("No, more troops are coming to Terter.", "No more troops are coming to Terter."),
        ("“No,” Anna Lund said, “more troops are coming.”", "Anna Lund said no more troops are coming."),
        ("No: civilians were killed, the ministry said.", "No civilians were killed, the ministry said."),
        ("No. More troops are coming to Terter", "No More troops are coming to Terter"),
        ("Nobody, however rich, may buy the island.", "Nobody rich may buy the island."),
        ("The rebels’ killed commanders were buried.", "The rebels killed commanders were buried."),
        ("“The rebels took Oslo,” Anna Lund said, “Bergen fell.”",
         "Anna Lund said the rebels took Oslo Bergen fell."),
        ("The town is “safe again”, Anna Lund said.", "The town is “safe again, Anna Lund said."),
        ("Norway beat Sweden, Denmark and Finland.", "Norway beat Sweden - and Finland."),
        ("Lund, who led the talks, signed the paper.", "Lund (who led the talks) signed the paper."),
        ("Berg was born in 1950, Lund – in 1960.", "Berg was born – in 1960."),
        ("Lund resigned in March, Berg – in May.", "Lund resigned in May."),
        ("Baku signed on Monday, Yerevan, on Tuesday.", "Baku signed on Tuesday."),
        ("The 1990–1999 figures of the bank were false.", "The 1999 figures of the bank were false."),
        ("The 1990 – 1999 figures of the bank were false.", "The – 1999 figures of the bank were false."),
    ],
)  # fmt: skip
def test_marks_between_words_stay_or_go_with_what_they_enclose(sentence: str, wording: str) -> None:
    assert shortened(sentence, sentence)
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("“The bridge is safe?” Anna Lund said.", "Anna Lund said that the bridge was safe."),
        ("“The bridge is safe?” the mayor said.", "“The bridge is safe” the mayor said."),
        ("The paper “Is it safe?” was printed.", "The paper “Is it safe” was printed."),
        ("The bridge is safe again.", "The bridge is safe again?"),
        ("The bridge is safe again.", "The bridge is (?) safe again."),
    ],
)
def test_a_question_is_no_statement(sentence: str, wording: str) -> None:
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("Baku was at -5 degrees on Monday.", "Baku was at 5 degrees on Monday."),
        ("The economy grew by −0.4 percent.", "The economy grew by 0.4 percent."),
        ("The share of votes was <5 percent.", "The share of votes was >5 percent."),
        ("The share of votes was <5 percent.", "The share of votes was 5 percent."),
        ("The army paid ₹500 million for drones.", "The army paid ₽500 million for drones."),
        ("The army paid $500 million for drones.", "The army paid 500 million for drones."),
        ("The salt content was 5 parts here.", "The salt content was 5‰ parts here."),
        ("The two sides agreed 5/6 of the text.", "The two sides agreed 5, 6 of the text."),
        ("The lake is 5½ metres deep here.", "The lake is 5 metres deep here."),
        ("The lake is 5 km² in size.", "The lake is 5 km2 in size."),
    ],
)
def test_signs_are_words(sentence: str, wording: str) -> None:
    assert shortened(sentence, sentence.replace("−", "-"))
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    "safe",
    [
        "‹safe›", "❝safe❞", "「safe」", "″safe″", "〝safe〞", "＂safe＂", "``safe''", "“safe”", "‘safe’",
        "~~safe~~", "*safe*", "_safe_", "≠ safe", "¬safe", "❌ safe", "👎 safe", "sa\u0338fe", "safe\u0338",
        "@safe", "#safe", "/safe", "\\safe", "(!) safe", "– safe –", "not safe", "safe, not,", "safe…",
        "“safe", "safe”",
    ],
)  # fmt: skip
def test_no_mark_or_sign_is_put_in(safe: str) -> None:
    assert shortened(SAFE, SAFE)
    assert not shortened(SAFE, SAFE.replace("safe", safe))
    assert not shortened(SAFE, SAFE.replace("The", safe.replace("safe", "The")))


@pytest.mark.parametrize(
    "end", ["again…", "again (!).", "again ☠", "again!", "again, no.", "again –", "again:"]
)
def test_nor_at_the_end(end: str) -> None:
    assert not shortened(SAFE, SAFE.replace("again.", end))


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("Mr. Lund said Russia would help US.", "Mr. Lund said Russia would help us."),
        ("The WHO said that the town was safe.", "The who said that the town was safe."),
        ("The town was safe, the WHO said.", "The who said the town was safe."),
        ("Theresa may lead the party.", "Theresa May lead the party."),
        ("The losses may be far higher.", "The losses May be far higher."),
        ("Turkey said the bird was found.", "turkey said the bird was found."),
        ("Lund said the turkey was found.", "Lund said the Turkey was found."),
        ("The harbour was closed on Monday.", "The harbour was closed on 19 october 2020."),
    ],
)
def test_capitals_are_the_same(sentence: str, wording: str) -> None:
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("Lund may have been killed by rebels.", "Lund may was killed by rebels."),
        ("The bridge will have been opened by then.", "The bridge will was opened by then."),
        ("Lund is said to have been killed.", "Lund is said to was killed."),
        ("The ship has been given a new engine.", "The ship were given a new engine."),
        ("They may have left, Anna Lund said.", "Anna Lund said they may had left."),
        ("May was safe, Anna Lund said.", "Anna Lund said might was safe."),
    ],
)
def test_a_tense_is_exchanged_whole(sentence: str, wording: str) -> None:
    assert not shortened(sentence, wording)


@pytest.mark.parametrize(
    ("owner", "forged"),
    [
        ("Anna Lund, the adviser of President Erik Berg,", "President Erik Berg, the adviser of Anna Lund,"),
        ("Anna Lund, the adviser of President Erik Berg,", "President Erik Berg"),
        ("Russia’s ambassador to Armenia", "Armenia’s ambassador to Russia"),
        ("the defence ministry of Armenia", "the Armenia of defence ministry"),
        ("Anna Lund, the wife of Erik Berg,", "Erik Berg, the wife of Anna Lund,"),
        ("Anna Lund, the wife of Erik Berg,", "The wife of Erik Berg Lund"),
        ("Anna Lund and Erik Berg", "Anna Berg"),
        ("Anna Lund and Erik Berg", "Erik Berg"),
        ("Anna Lund and Erik Berg", "Berg"),
        ("two ministers", "Ministers two"),
        ("deputy prime minister Anna Lund", "Prime minister Anna Lund"),
        ("former minister Anna Lund", "Minister Anna Lund"),
        ("former minister Anna Lund", "Minister Lund"),
        ("acting president Anna Lund", "President Anna Lund"),
        ("would-be president Anna Lund", "President Anna Lund"),
        ("interim Prime Minister Anna Lund", "Prime Minister Anna Lund"),
        ("the daughter of minister Anna Lund", "Anna Lund"),
        ("the wife of Erik Lund", "Erik Lund"),
        ("the fisheries minister Anna Lund", "Lund, Anna,"),
    ],
)
def test_an_owner_is_named_whole_and_in_the_articles_order(owner: str, forged: str) -> None:
    sentence = f"The road is closed, {owner} said."
    bare = forged.rstrip(",")
    assert not shortened(sentence, f"{forged} said the road is closed.")
    assert not shortened(sentence, f"{forged} said that the road is closed.")
    assert not shortened(sentence, f"According to {bare}, the road is closed.")
    assert not shortened(sentence, f"The road is closed, {forged} said.")
    assert not shortened(sentence, f"The road is closed, said {bare}.")


@pytest.mark.parametrize(
    ("before", "forged"),
    [
        ("Former minister Anna Lund met the press.", "Minister Anna Lund"),
        ("Yesterday interim Prime Minister Anna Lund met the press.", "Prime Minister Lund"),
    ],
)
def test_whom_a_pronoun_means_is_named_with_a_whole_role(before: str, forged: str) -> None:
    assert shortened("She said the road is closed.", "Lund said the road is closed.", before=before)
    assert not shortened("She said the road is closed.", f"{forged} said the road is closed.", before=before)


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        ("The road is closed, Anna Lund, the wife of Erik Berg, said.", "Anna Lund said the road is closed."),
        ("The road is closed, Anna Lund, the wife of Erik Berg, said.",
         "Anna Lund, the wife of Erik Berg, said that the road is closed."),
        ("The road is closed, Anna Lund, the mayor, said.", "The mayor, Anna Lund, said the road is closed."),
        ("The road is closed, former minister Anna Lund said.",
         "The road is closed, former minister Lund said."),
        ("The road is closed, Anna Lund and Erik Berg said.",
         "The road is closed, said Anna Lund and Erik Berg."),
        ("The road is closed, the ministry in Baku said.", "The ministry in Baku said the road is closed."),
        ("“The road,” Anna Lund said, “is closed.”", "“The road,” Anna Lund said, “is closed.”"),
        ("The mayor, Anna Lund, opened the fair.", "Anna Lund opened the fair."),
        ("The mayor, Anna Lund, wrote that it was safe, and Moe left.",
         "Anna Lund wrote that it was safe, and Moe left."),
        ("The road is closed from Sunday, 18 October 2020.", "The road is closed from 18 October 2020."),
        ("• The road — the only one — is “closed”.", "The road - the only one - is \"closed\"."),
        ("The town has <5 doctors.", "The town has <5 doctors."),
        ("The ships have been given new engines.", "The ships were given new engines."),
    ],
)  # fmt: skip
def test_what_is_true_is_still_said_in_other_words(sentence: str, wording: str) -> None:
    assert shortened(sentence, wording)
