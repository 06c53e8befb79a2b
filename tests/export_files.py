# ruff: noqa: E501 - exports have lines as long as programs write them
"""Small exports of a made-up harbour town, in every format that is read."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

BODY = "The bridge over the Mill opens on Friday, the council said. It was closed for repairs in March."
NITF = """<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "http://elsewhere.example/nitf.dtd">
<nitf><head><docdata><doc-id id-string="ferry-7"/><date.issue norm="20240307T081500+0100"/>
<doc.copyright year="2024" holder="Quay Press"/></docdata></head><body><body.head><hedline><hl1>Ferry late</hl1>
</hedline><byline>By <person>Ann Dowell</person>, <byttl>Staff</byttl></byline></body.head>
<body.content><p>WESTPORT (Reuters) - The ferry was late&nbsp;again.</p><media><media-caption>A boat</media-caption>
</media><hl2>Why</hl2><p>Fog lay over the quay.</p></body.content></body></nitf>"""
NEWSML_1 = """<?xml version="1.0"?><!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.1:1" "NewsML.dtd">
<NewsML Version="1.1"><NewsEnvelope><SentFrom><Party FormalName="Quay Press"/></SentFrom></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>quay.example</ProviderId><DateId>20240307</DateId>
<NewsItemId>7</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240307T100000+0000</FirstCreated><ThisRevisionCreated>20240308T100000+0000
</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry back
</HeadLine><ByLine>By Ann Dowell</ByLine></NewsLines><AdministrativeMetadata><Source><Party FormalName="Associated Press"/>
</Source></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/><DataContent>The ferry, seen from the
quay, where people have been waiting for it for hours.</DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><Format FormalName="Text"/><DataContent>It
is back.</DataContent></ContentItem><ContentItem><MediaType FormalName="Text"/><Format FormalName="NITF"/><DataContent><nitf>
<body><body.content><p>The ferry is back.</p><p>It was late.</p></body.content></body></nitf></DataContent></ContentItem>
</NewsComponent></NewsComponent></NewsItem>
<NewsItem><NewsManagement><Status FormalName="Usable"/></NewsManagement><NewsComponent><ContentItem><MediaType
FormalName="Photo"/><DataContent>R0lGODlh</DataContent></ContentItem></NewsComponent></NewsItem>
<NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem></NewsML>"""
NEWSML = """<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:quay.example:1" version="2" xml:lang="en"><rightsInfo><copyrightHolder><name>Quay Press
</name></copyrightHolder></rightsInfo><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-03-08T10:00:00Z
</versionCreated><firstCreated>2024-03-07T10:00:00Z</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><creator><name>Ann Dowell</name></creator><infoSource><name>Associated Press</name></infoSource>
<headline>Ferry back</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Ferry back</h1><p>The ferry is back.</p><p>It was late.</p>
</body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:quay.example:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:newsml:quay.example:3"><itemMeta><itemClass qcode="ninat:text"/><provider><name>Quay Press</name>
</provider><pubStatus qcode="stat:canceled"/></itemMeta></newsItem></itemSet></newsMessage>"""
NINJS_2 = {
    "uri": "urn:quay:9", "type": "text", "version": "2", "versioncreated": "2024-03-08T10:00:00Z",
    "firstcreated": "2024-03-07T09:00:00+01:00", "pubstatus": "usable", "copyrightholder": "Quay Press",
    "infosources": [{"name": "Reuters"}], "by": "Von Ann Dowell, Quay Press", "language": "de-DE",
    "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": "Bridge opens"}],
    "bodies": [{"role": "text", "contenttype": "text/plain", "value": "One run of text."},
               {"role": "html", "contenttype": "text/html", "value": f"<h1>Bridge opens</h1><p>{BODY}</p><p>Yes.</p>"
                "<figure><img src='a'><figcaption>A boat</figcaption></figure><p style='display:none'>Buy</p>"}],
}  # fmt: skip
NINJS_1 = {
    "uri": "https://quay.example/news/1", "type": "text", "versioncreated": "2024-03-09T10:00:00Z",
    "headline": "Old one", "body_text": f"Old one\n{BODY}", "copyrightnotice": "Copyright 2024 Quay Press. Rights.",
}  # fmt: skip
NINJS_3 = [
    {"uri": "urn:quay:10", "pubStatus": "usable", "versionCreated": "2024-03-10T10:00:00Z", "title": "Third",
     "provider": {"name": "Quay Press"}, "bodies": [{"contentType": "text/plain", "value": BODY}]},
    {"uri": "urn:quay:11", "type": "picture", "versionCreated": "2024-03-10T10:00:00Z", "title": "Picture"},
    {"uri": "urn:quay:12", "pubStatus": "canceled", "versionCreated": "2024-03-10T10:00:00Z", "title": "Gone"},
]  # fmt: skip


def wxr(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!-- generator --><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">'
        "<channel><title>Quay Post</title><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version><wp:author>"
        "<wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann Dowell]]>"
        f"</wp:author_display_name></wp:author>{''.join(items)}</channel></rss>"
    )


def post(title: str, content: str, *, kind: str = "post", status: str = "publish") -> str:
    return (
        f"<item><title>{title}</title><link>https://quay.example/{title.replace(' ', '-')}</link>"
        f"<dc:creator>ann</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        "<excerpt:encoded></excerpt:encoded><wp:post_date>2024-03-07 23:30:00</wp:post_date>"
        f"<wp:post_date_gmt>2024-03-08 04:30:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


CLASSIC = (
    "The bridge is <b>open</b>.\n\nIt was closed [sic] in March.\n\n[caption id=\"a\"]<img src='b'>A boat[/caption]"
    '[gallery ids="1,2"]<!-- wp:paragraph --><p>The council &amp; the mayor came. </item> is no tag.</p>'
)
WXR = wxr(
    post("Bridge open", CLASSIC), post("About", "Us.", kind="page"), post("Later", "Soon.", status="draft"),
    "<item><title>Broken</title><wp:status>publish</wp:status><content:encoded>Text & more here.</content:encoded></item>",
    post("Bridge shut", "<p>The bridge is shut.</p>"),
)  # fmt: skip
TELEGRAM = {
    "name": "Quay Channel", "type": "public_channel", "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "date": "2024-03-07T10:00:00", "action": "create_channel"},
        {"id": 2, "type": "message", "date": "2024-03-07T12:00:00", "date_unixtime": "1709805600",
         "edited": "2024-03-07T13:00:00", "edited_unixtime": "1709809200", "from": "Quay Channel",
         "text": ["The ferry is ", {"type": "bold", "text": "late"}, ".\nFog lies over the quay."]},
        {"id": 3, "type": "message", "date": "2024-03-08T12:00:00", "date_unixtime": "1709892000",
         "forwarded_from": "Reuters", "author": "Ann Dowell", "text": "The bridge opens.",
         "text_entities": [{"type": "plain", "text": "The bridge opens."}]},
        {"id": 4, "type": "message", "date": "2024-03-08T12:00:00", "photo": "a.jpg", "text": ""},
    ],
}  # fmt: skip
CSV = (
    "Headline;Body;Pub Date;Authors;Section\r\n"
    f'"Bridge; again";"{BODY}\r\n\r\nSecond.";2024-03-07;"[\'Ann Dowell\', \'Bob Roe\']";Local\r\n'
    "Too short;x\r\n"
    "Marked;<p>One.</p><p>Two is here.</p>;1709805600;;Local\r\n"
)
PAGE = (
    "<html><head><title>Bridge page</title><meta property='og:site_name' content='Quay Post'></head><body><article>"
    f"<h1>Bridge page</h1><p>{BODY}</p><p>The mayor cut the ribbon at noon, and the ferry sounded its horn.</p>"
    "</article></body></html>"
)


def warc() -> bytes:
    records = []
    for url, kind, status, body in (
        ("https://quay.example/bridge", "text/html; charset=utf-8", "200 OK", PAGE),
        ("https://quay.example/a.png", "image/png", "200 OK", "x"),
        ("https://quay.example/gone", "text/html", "404 Not Found", PAGE),
    ):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-09T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records)}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet as files

    table = pyarrow.table({"title": ["Bridge table", "Empty"], "content": [BODY, None], "rank": [1, 2]})
    kept = io.BytesIO()
    files.write_table(table, kept)
    return kept.getvalue()


def write_all(folder: Path) -> None:
    """Every format, most under names that say nothing of it."""
    for name, content in {
        "a.nitf": NITF, "b": NEWSML, "c.json": json.dumps(NINJS_2), "d.json": json.dumps(NINJS_1),
        "e.json": json.dumps(NINJS_3, indent=1), "f.xml": WXR, "g.json": json.dumps(TELEGRAM, indent=1), "h.csv": CSV,
        "i.dat": warc(), "j.bin": parquet(), "k.xml": NEWSML_1,
    }.items():  # fmt: skip
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
