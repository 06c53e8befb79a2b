"""An address of the web into what it answers, or a named refusal; README.md says what is refused.

`fetch` goes the steps: an address as it is written is read by `addresses`, its host's `robots` are asked, its
turn is awaited (`politeness`), and `transport` connects to nothing but what `addresses` calls public, within
`limits`; `compression` unpacks what came. What others see of it are `records`.
By the same rules `post` sends.
"""
