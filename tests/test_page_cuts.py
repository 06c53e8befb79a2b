from collections.abc import Iterator

import pytest
from page_parts import BODY, PARAGRAPHS, body_of, notes_of, paragraphs, story

from index.articles.html import html_reader
from index.articles.limited import LimitedChild

SAFE = "The bridge has been declared safe for walkers"
STORM = "but the engineer's report, published on Monday, says that nobody should use it in a storm."
LINKED = STORM.replace("the engineer's report", '<a href="/report">the engineer\'s report</a>')


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedChild]:
    with html_reader() as one:
        yield one


BETWEEN = """
<!-- --> ; <!-- ad --> ; <?ad slot?> ; <!--#include virtual='/ad' --> ; <!--[if IE]>x<![endif]-->
<![CDATA[x]]> ; <x-ad></x-ad> ; <script>1</script> ; <svg><path/></svg> ; <noscript>x</noscript> ; <wbr>
<iframe src='x'></iframe> ; <img src='x'> ; <button>Share</button> ; <template>x</template> ; <br>
<ins class='adsbygoogle'></ins> ; <style>.a{}</style> ; <input> ; <object></object> ; <video></video>
<span class='ad'></span> ; <aside></aside> ; <div class='ad'></div> ; <figure><img src='x'></figure>
"""


@pytest.mark.parametrize(
    "between", [one for line in BETWEEN.strip().splitlines() for one in line.split(" ; ")]
)
def test_a_sentence_is_whole_whatever_stands_in_it(reader: LimitedChild, between: str) -> None:
    body = body_of(reader, story(paragraphs() + f"<p>{SAFE}{between}, {LINKED}</p>"))
    assert body == f"{BODY}\n\n{SAFE}, {STORM}"


def test_a_sentence_that_an_advertisement_breaks_is_put_together(reader: LimitedChild) -> None:
    broken = f"<p>{SAFE}<div class='ad'>Advertisement</div>, {LINKED}</p>"
    assert body_of(reader, story(paragraphs() + broken)) == f"{BODY}\n\n{SAFE}, {STORM}"


def test_comments_as_react_writes_them_are_not_seen(reader: LimitedChild) -> None:
    ferries = (
        'The council will pay for the ferries, although <!-- --><a href="/x">the contract</a> ends in June.'
    )
    body = body_of(reader, story(paragraphs() + f"<p>{ferries}</p><p>It costs <!-- -->40<!-- --> euros.</p>"))
    assert body.endswith(
        "The council will pay for the ferries, although the contract ends in June.\n\nIt costs 40 euros."
    )


def test_the_words_are_those_of_the_page_to_the_letter(reader: LimitedChild) -> None:
    cabinets = "Cabinets that lost a vote: the second one ruled for 161 days."
    rows = "<tr><th>Party</th><th>Seats</th></tr><tr><td>Quay League</td><td>7</td></tr>"
    inside = (
        f"<p>{PARAGRAPHS[0]}</p><table>{rows}</table><table><tr><td><p>{cabinets}</p></td></tr></table>"
        f"<p>{PARAGRAPHS[1]}</p><ul><li>Turnout was 61 per cent.</li><li>Two were decided by lot.</li></ul>"
        f"<p>{PARAGRAPHS[2]}</p><p>H<sub>2</sub>O rose by 3 m<sup>2</sup> and E = mc<sup>2</sup>.</p>"
    )
    lines = body_of(reader, story(inside)).split("\n\n")
    table, turnout = (
        ["Party Seats", "Quay League 7", cabinets],
        ["Turnout was 61 per cent.", "Two were decided by lot."],
    )
    formula = "H2O rose by 3 m2 and E = mc2."
    assert lines == [PARAGRAPHS[0], *table, PARAGRAPHS[1], *turnout, PARAGRAPHS[2], formula]


def test_a_paragraph_that_the_page_itself_cuts_is_noted(reader: LimitedChild) -> None:
    half = "Shopkeepers on the north quay asked for a second ferry and"
    cut = story(paragraphs(*PARAGRAPHS[:3], half))
    closed = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    )
    assert notes_of(reader, cut, head=closed) == (
        f"body: a paragraph ends within a sentence: “…{half}”",
        "body: the page says that it is not free to read; what is behind its paywall may be missing",
    )
    assert notes_of(reader, cut) == ()
