"""The sets of `shared/qa_train` into what the reader is trained on: groups of passages of one question.

A group is a question with a passage that answers it and, for part of them, with one that does not, so that
scores of different passages of one question become comparable (Clark and Gardner, "Simple and Effective
Multi-Paragraph Reading Comprehension", 2018); or with the same passage and the question changed so that it
does not answer; or it is a single passage.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.language.lexicon import opposite_words
from eval.training.edited import edited
from eval.training.examples import NEAR_MISSES, Example, held_out, read_examples
from eval.training.word_search import word_scores
from eval.training.written import kept_apart, read_written, written_groups

# What part of each set is used: all that reads like an encyclopedia's or a newspaper's paragraph, little of
# reviews and posts, nothing of templates. The near misses come round twice.
GENERAL: Mapping[str, float] = {
    "squad11_train_part": 1.0,
    NEAR_MISSES: 2.0,
    "squadshifts_wiki": 1.0,
    "qed_nq": 1.0,
    "nq_oracle": 1.0,
    "squad11_train_sentences": 0.8,
    "squadshifts_amazon": 0.2,
    "squadshifts_reddit": 0.2,
    "timeqa_human_train": 0.5,
    "qamr_wikipedia": 0.5,
}
NEWS: Mapping[str, float] = {"qamr_wikinews": 1.0}
_WRITTEN = "news_written"

# Derived negatives and the part of their questions that get one as the group's second passage.
_SAME_ARTICLE = ("neg_same_article", "neg-", 0.5)
_REMOVED = ("neg_sentence_removed", "rem-", 0.45)
_OTHER_SENTENCES = ("neg_qamr", "neg-", 1.0)
_RETRIEVED = ("qed_nq", "nq_oracle", "squadshifts_wiki")
_RETRIEVED_PART = 0.35

# Sets of questions on whole paragraphs, and the part of their questions still alone that get one more row: a
# near miss made of the question itself (`eval.training.edited`).
_EDITED = ("squad11_train_part", "squadshifts_wiki", "qed_nq", "nq_oracle", "timeqa_human_train")
_EDITED_PART = 0.5

# Titles that say nothing of their text.
_NO_TITLES = ("squadshifts_amazon", "squadshifts_reddit")

Group = tuple[Example, ...]


@dataclass(frozen=True)
class Mix:
    """Groups of general text, of news, of near misses and of questions written of news, in the order of use.

    `kept` and `kept_written` are near misses and written questions that are never trained on.
    """

    general: tuple[Group, ...]
    news: tuple[Group, ...]
    near: tuple[Group, ...]
    kept: tuple[Example, ...]
    written: tuple[Group, ...] = ()
    kept_written: tuple[Example, ...] = ()


def read_mix(folder: Path, *, seed: int, written: Sequence[Path] = ()) -> Mix:
    """The mix of a copy of `shared/qa_train`; the same for the same files and seed."""
    rng = random.Random(seed)
    kept = tuple(one for one in _read(folder, NEAR_MISSES) if held_out(one.title))
    seconds = _second_passages(folder, rng)
    general = [group for name, part in GENERAL.items() for group in _set(folder, name, part, seconds, rng)]
    general += [(one,) for one in _unpaired(folder)]
    news = [group for name, part in NEWS.items() for group in _set(folder, name, part, seconds, rng)]
    rng.shuffle(general)
    rng.shuffle(news)
    near = [group for group in general if group[0].source == NEAR_MISSES]
    general = [group for group in general if group[0].source != NEAR_MISSES]
    rows = read_written([folder / f"{_WRITTEN}.jsonl.gz", *written])
    learnt = written_groups([one for one in rows if not kept_apart(one.article)], seed=seed)
    apart = tuple(one for one in rows if kept_apart(one.article))
    return Mix(tuple(general), tuple(news), tuple(near), kept, tuple(learnt), apart)


def _set(
    folder: Path, name: str, part: float, seconds: Mapping[str, Sequence[Example]], rng: random.Random
) -> list[Group]:
    """The groups of one set: `part` of its examples, each with a second row where one was drawn or made."""
    examples = [one for one in _read(folder, name) if name != NEAR_MISSES or not held_out(one.title)]
    opposites = opposite_words()
    groups: list[Group] = []
    for example in rng.sample(examples, round(min(part, 1.0) * len(examples))):
        second = list(seconds.get(example.id, ())) if example.answers else []
        if not second and example.answers and name in _EDITED and rng.random() < _EDITED_PART:
            near_miss = edited(example, opposites, rng=rng)
            second = [near_miss] if near_miss else []
        groups.append((example, rng.choice(second)) if second else (example,))
    return groups * max(1, round(part))


def _second_passages(folder: Path, rng: random.Random) -> dict[str, list[Example]]:
    """Passages that do not answer, by the id of the question that they go with."""
    found: dict[str, list[Example]] = {}
    for name, prefix, part in (_SAME_ARTICLE, _REMOVED, _OTHER_SENTENCES):
        for one in _read(folder, name):
            if rng.random() < part:
                found.setdefault(one.id.removeprefix(prefix), []).append(one)
    for name in _RETRIEVED:
        for one in _retrieved(_read(folder, name)):
            if rng.random() < _RETRIEVED_PART:
                found.setdefault(one.id, []).append(one)
    return found


def _unpaired(folder: Path) -> list[Example]:
    """Negatives of questions whose own passage is not among the sets: of SQuAD 1.1's dev part."""
    return [
        one
        for name in (_SAME_ARTICLE[0], _REMOVED[0])
        for one in _read(folder, name)
        if one.source.endswith("squad11_dev_rest")
    ]


def _retrieved(examples: Sequence[Example]) -> list[Example]:
    """For each question the passage nearest by words among the set's others, if it lacks every answer."""
    passages = list(dict.fromkeys(one.passage for one in examples))
    place = {text: n for n, text in enumerate(passages)}
    titles = {one.passage: one.title for one in examples}
    found = []
    for one, scores in zip(examples, word_scores([one.question for one in examples], passages), strict=True):
        scores[place[one.passage]] = -1
        passage = passages[scores.argmax()]
        texts = [one.passage[a.start : a.end].lower() for a in one.answers]
        if not any(text in passage.lower() for text in texts):
            found.append(replace(one, passage=passage, title=titles[passage], answers=(), source="retrieved"))
    return found


def _read(folder: Path, name: str) -> list[Example]:
    """The examples of one set, without titles that say nothing."""
    examples = read_examples(folder / f"{name}.jsonl.gz")
    return [replace(one, title="") for one in examples] if name in _NO_TITLES else examples
