"""Which words of a sentence may stand in bold as the answer."""

import pytest
from asking_fakes import NONE

from bot.language.lexicon import load_lexicon
from bot.weighing.bold import may_be_bold
from bot.weighing.terms import read_terms
from eval.training.qa_data import ParagraphCounts
from index.records import Span

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("question", "sentence", "short", "bold"),
    [
        ("How many pigs were moved?", "Two people moved the pigs.", "Two people", False),
        ("How many pigs were moved?", "Two people moved 40 pigs.", "40 pigs", True),
        ("How many people died?", "The blast killed 26 soldiers.", "26 soldiers", True),
        ("How many people died?", "The blast killed 26 on Monday.", "26", True),
        ("How many people died?", "It burned for 26 days.", "26", False),
        ("How many tonnes were lost?", "They lost 12% of it.", "12%", False),
        ("How long did it burn?", "It burned for 26 days.", "26 days", True),
        ("Who signed the deal?", "The mayor did not sign the deal.", "The mayor did not sign", False),
        ("Who did not sign the deal?", "The mayor did not sign it.", "The mayor", True),
        ("Which countries signed?", "Armenia, Georgia and Iran signed.", "Georgia", False),
        ("Which countries signed?", "Armenia, Georgia and Iran signed.", "Armenia, Georgia and Iran", True),
        ("Who signed?", "Skippers and the mayor signed.", "Skippers", False),
        ("Who signed?", "Skippers and the mayor signed.", "Skippers and the mayor", True),
        ("Who signed?", "Anna Lund signed and left.", "Anna Lund", True),
        ("Which country signed first?", "Armenia, Georgia and Iran signed.", "Armenia", True),
        ("Where was the summit held?", "KABUL, Afghanistan (AP) — The summit was in Doha.", "KABUL", False),
        ("Where was the summit held?", "KABUL, Afghanistan (AP) — The summit was in Doha.", "Doha", True),
        ("When is Tarn due?", "Tarn is due by 15 May and Velden by 20 May.", "20 May", False),
        ("When is Tarn due?", "Tarn is due by 15 May and Velden by 20 May.", "15 May", True),
        ("When is Tarn due?", "The Velden dam is due on 20 May.", "20 May", False),
        ("When is it due?", "Velden is due on 20 May.", "20 May", True),
        ("What did the court rule?", "The court will rule.", "The court", False),
        ("Did the court rule?", "The court will rule.", "court will rule", True),
        (">", "The court will rule.", "The court", True),
    ],
)
def test_only_the_answer_is_bold(question: str, sentence: str, short: str, bold: bool) -> None:
    terms = read_terms(question, lexicon=LEXICON, archive=ParagraphCounts([sentence], LEXICON), filters=NONE)
    at = sentence.index(short)
    found = may_be_bold(terms, sentence, Span(0, len(sentence)), Span(at, at + len(short)), LEXICON)
    assert found is bold
