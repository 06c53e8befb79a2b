import asyncio
import json
from typing import Any

from asking_fakes import LUND, dateline, hit_of, other

from bot.answers.asked import Asked
from bot.showing.articles_json import HitBody
from bot.showing.json import answer_body


def json_of(question: str) -> dict[str, Any]:
    return answer_body(asyncio.run(dateline()[0].ask(Asked(question)))).model_dump(mode="json")


def test_an_answer_has_the_fields_that_stay() -> None:
    answer = json_of("What halved since 1990, the stock?")
    fields = [
        "question",
        "status",
        "text",
        "sentences",
        "citations",
        "abstention",
        "confidence",
        "filters",
        "notes",
        "llm",
        "timings_ms",
    ]
    assert [name for name in answer if name in fields] == fields  # others may be added
    assert (answer["prompts"], answer["usage"], answer["cut"]) == ([], None, [])
    assert (answer["status"], answer["abstention"], answer["llm"]) == ("answered", None, None)
    (sentence,) = answer["sentences"]
    assert (sentence["citations"], sentence["verdict"], sentence["speaker"]) == ([1], "quoted", "Anna Lund")
    (citation,) = answer["citations"]
    assert citation["article"] == {
        "id": "courier-1",
        "title": "Quotas to fall",
        "outlet": "The Courier",
        "agency": "North Wire",
        "published": "2020-10-19T17:45",
        "url": "https://courier.example/1",
    }
    assert LUND.body[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["revision"] == LUND.revision
    assert answer["filters"] == {"outlet": [], "since": None, "until": None, "as_of": None}
    assert json.loads(json.dumps(answer)) == answer


def test_an_abstention_gives_reason_missing_and_nearest() -> None:
    answer = json_of("What did Pashinyan say about cod quotas?")
    assert answer["status"] == "abstained"
    assert answer["sentences"] == answer["citations"] == []
    assert answer["abstention"] is not None
    assert answer["abstention"]["reason"] == "not_in_archive"
    assert answer["abstention"]["missing"] == ["Pashinyan"]
    assert [one["number"] for one in answer["abstention"]["nearest"]] == [1, 2]


def test_a_hit_says_why_it_is_there() -> None:
    hit = HitBody.model_validate(hit_of(LUND, copies=(other(LUND, id="copy"),))).model_dump(mode="json")
    assert (hit["score"], hit["dense"], hit["dense_rank"], hit["bm25"], hit["bm25_rank"]) == (
        1.0,
        0.5,
        1,
        4.25,
        2,
    )
    assert LUND.body[hit["start"] : hit["end"]] == hit["text"]
    assert [copy["id"] for copy in hit["copies"]] == ["copy"]
    assert json.loads(json.dumps(hit)) == hit
