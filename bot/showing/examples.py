"""The invented article and answer that stand as examples in the description of the API."""

from __future__ import annotations

from pydantic.config import JsonDict

HARBOUR_REF: JsonDict = {
    "id": "gazette-0412",
    "title": "Harbour reopens after storm",
    "outlet": "Harbour Gazette",
    "agency": None,
    "published": "2020-10-19T17:45",
    "url": "https://gazette.example/0412",
}
HARBOUR_QUOTE = "The harbour reopened at noon on Monday, the mayor said."
HARBOUR_CITATION: JsonDict = {
    "number": 1,
    "quote": HARBOUR_QUOTE,
    "start": 512,
    "end": 567,
    "revision": "9f2c4d0e" * 8,
    "article": HARBOUR_REF,
}
HARBOUR_ANSWER: JsonDict = {
    "question": "When did the harbour reopen?",
    "status": "answered",
    "text": f"{HARBOUR_QUOTE} [1]",
    "sentences": [
        {
            "text": HARBOUR_QUOTE,
            "citations": [1],
            "verdict": "quoted",
            "speaker": "Ada Lind",
            "role": "mayor",
            "also_in": [],
            "short": None,
        }
    ],
    "citations": [HARBOUR_CITATION],
    "abstention": None,
    "filters": {"outlet": [], "since": None, "until": None, "as_of": None},
    "notes": [],
    "llm": None,
    "timings_ms": {"retrieve": 6.1, "answer": 3.0, "prove": 0.4},
}
HARBOUR_STORY: JsonDict = {
    "articles": [
        {
            "article": {
                "id": "gazette-0409",
                "title": "Harbour closed by storm",
                "outlet": "Harbour Gazette",
                "agency": None,
                "published": "2020-10-16T21:10",
                "url": None,
            },
            "retracts": False,
        },
        {"article": HARBOUR_REF, "retracts": False},
    ]
}
HARBOUR_COPIED: JsonDict = {
    "first": HARBOUR_REF,
    "agency": "Coast Wire",
    "outlets": 2,
    "articles": 2,
    "copies": [
        {
            "article": {
                "id": "rival-77",
                "title": "Ships back in harbour",
                "outlet": "Morning Rival",
                "agency": "Coast Wire",
                "published": "2020-10-20",
                "url": None,
            },
            "differences": [
                {
                    "first": {
                        "quote": "noon",
                        "start": 536,
                        "end": 540,
                        "until": 540,
                        "revision": "9f2c4d0e" * 8,
                        "before": "The harbour reopened at ",
                        "after": " on Monday, the mayor said.",
                    },
                    "copy": {
                        "quote": "midnight",
                        "start": 536,
                        "end": 544,
                        "until": 544,
                        "revision": "7a1b3c5d" * 8,
                        "before": "The harbour reopened at ",
                        "after": " on Monday, the mayor said.",
                    },
                }
            ],
            "more": 0,
        }
    ],
}
HARBOUR_CHECK: JsonDict = {
    "text": "The harbor reopened at noon on Monday",
    "verdict": "altered",
    "summary": "Altered",
    "speaker": None,
    "origins": 0,
    "articles": 0,
    "places": [],
    "nearest": {
        "quote": "The harbour reopened at noon on Monday",
        "start": 512,
        "end": 550,
        "revision": "9f2c4d0e" * 8,
        "current": True,
        "share": 0.857,
        "changes": [
            {
                "kind": "changed",
                "asked": {"start": 4, "end": 10, "words": "harbor"},
                "there": {"start": 516, "end": 523, "words": "harbour"},
            }
        ],
        "speaker": {"name": "Ada Lind", "kind": "named", "role": "mayor"},
        "article": HARBOUR_REF,
    },
    "pieces": [],
}
