"""Which lines of a copied page promote the site: they turn to the reader, and speak of what only sites offer.

One without the other is none: "Log in to your account and change the password" may be an article's advice,
and "Its newsletter has 400 readers" is news. What somebody says is never one.
"""

from __future__ import annotations

import re

_MOST_WORDS = 60

_TO_THE_READER = re.compile(
    r"""(?ix)
    (?:(?:[\w'’-]+\ ){0,4}[\w'’-]+:\ )?  # "Today's news: Follow live updates"
    (?: click | tap | get | sign | log | join | follow | download | install | subscribe | register | read
    | check | see | visit | watch | listen | enjoy(?:ing|ed)? | please | want | looking | discover | explore
    | access | try | support | become | unlock | stay | keep | don['’]?t | never | tell | send | e-?mail
    | contact | share | add | create | open | start | leave | post | have | got | are | do | did | would | can
    | not\ a | already | like | thank(?:s|\ you) | you | your | help\ us | make\ sure | if\ you
    | for\ (?:more|the\ latest|all|breaking) | we\ want\ to\ hear
    | to\ (?:read|continue|comment|keep|get) | this\ (?:article|story|content|page)
    )\b"""
)
_OF_THE_SITE = re.compile(
    r"""(?ix)\b
    (?: click\ here | news\ ?letters? | in-?box | push\ (?:alerts|notifications) | notifications\ on
    | our\ (?:[\w'’-]+\ ){0,4}
        (?: apps? | newsletters? | channels? | pages? | website | site | homepage | team | newsroom | desk
        | podcasts? | content | journalism | coverage | stories | forum | community | (?:comments?\ )?policy
        | guidelines | terms | briefings? | alerts | updates | e-?mails? | reporters | journalists
        | social\ media | facebook | whatsapp | telegram | twitter )
    | (?:log|sign|logged|signed)[ ](?:in|up|out)\b .* \b(?:log|sign)[ ](?:in|up|out)
    | (?:to|and)\ continue(?:\ reading)? | (?:a\ free|an|your\ free)\ account\ (?:to|and|today|now)
    | (?:not\ a|already\ a|become\ a|a\ free|digital)\ (?:subscriber|subscription|member|trial)
    | subscribe\ (?:now|today|here|for|from|and) | (?:stories|articles|news)\ like\ (?:this|these)
    | comment\ on\ this | (?:before|our)\ commenting | display\ name
    | (?:leave|post|add|write|join\ in)\ (?:a|your|the)\ (?:comments?|conversation|discussion)
    | comments?\ (?:section|box|below|policy) | (?:in|via)\ the\ comments | have\ your\ say
    | (?:(?<=^get\ )|(?<=\ for\ )|(?<=\ the\ )|(?<=\ to\ ))(?:daily|weekly|breaking|latest|local|national|top)
        \ (?:[\w-]+\ ){0,2}(?:news|headlines|stories|updates)
    | (?:on|as\ a\ preferred\ source\ (?:on|in))\ google(?:\ news)? | app\ store | google\ play
    | the\ [\w ]{2,30}\ app$ | (?:emailing|e-?mail|contact|message)\ us\b | get\ in\ touch
    | (?:a|your)\ (?:story|tip)(?:\ (?:for|with)\ us|\?) | free\ articles?\ (?:left|remaining|this)
    | (?:rest|remainder)\ of\ this\ (?:article|story) | live\ (?:updates|blog|coverage) | hear\ from\ you
    | for\ (?:our\ )?subscribers | ad-?free | free\ trial | cancel\ any\ ?time
    )"""
)
_SOMEBODY_SAYS = re.compile(
    r"(?i)[“”„«»\"]|\b(?:said|says|told|tells|added|adds|asked|wrote|writes|according to|warned|urged)\b"
)
_LABEL = re.compile(
    r"(?i)(?:article|story|content|continues?|advertisements?|below|after|page|this|the|ad|\d)+"
)
_POINTED = re.compile(
    r"(?i)(?:more(?: on this| news)?|next|related|watch|video|gallery|poll|quiz)\s*[:»›→|]\s*[^.!?…]{8,200}"
)
# What a form beside the article says: what becomes of one's data, how an advertisement was liked.
_OF_A_FORM = re.compile(
    r"""(?ix)(?:\d+\.\s*)?(?:
      how\ (?:relevant|useful|helpful)\ (?:is|was)\ this\ (?:ad|advert\w*|page|article|content)\b .*
    | did\ you\ (?:encounter|experience|have)\ any\ (?:technical\ )?(?:issues|problems)\b .*
    | .* \bad\ (?:froze|did\ not\ finish)\b .*
    | .* \b(?:details|information|data)\ you\ (?:have\ )?(?:shared?|gave|given|provided?)\b .*
        \b(?:manage|process(?:ing)?|privacy|send\ you|purposes?)\b .*
    | .* \b(?:object|consent|agree|agreeing)\ to\ (?:the\ )?(?:use|processing|storage)\ of\ your\b .*
    | .* \b(?:extern\w*\ (?:content|inhalt\w*)|contenus?\ externes?|contenido\ externo)\b .*
        \b(?:consent|agree|accept\w*|show\w*|angezeigt|einverstanden|artikel|affich\w*)\b .*
    | empfohlener\ redaktioneller\ inhalt | ein\ klick\ für\ den\ datenschutz
    | ['"‘“]we['"’”]\ (?:includes?|means|refers)\b .*
    | .* \bnewsletter\ (?:provides|gives|brings|sends)\ you\b .*
    )"""
)


def is_promotion(line: str) -> bool:
    """Whether a line is the site's word to its reader, a label between two of its parts, or "MORE: …"."""
    words = line.split()
    if len(words) > _MOST_WORDS or _SOMEBODY_SAYS.search(line):
        return False
    if (
        _OF_A_FORM.fullmatch(line)
        or _POINTED.fullmatch(line)
        or (1 < len(words) <= 6 and _LABEL.fullmatch("".join(words)))
    ):
        return True
    return _TO_THE_READER.match(line) is not None and _OF_THE_SITE.search(line) is not None
