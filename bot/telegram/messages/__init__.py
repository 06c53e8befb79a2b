"""Words into messages: text with its marks at exact places, buttons under it, nothing that becomes a link.

`rendering` makes an answer into `replies` with `answer_buttons`, in the `phrases` of a language; `text`
splits them into messages, counted in `utf16`; `no_links` keeps foreign words from being tapped.
"""
