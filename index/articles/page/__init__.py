"""A web page's tree into its article: what is seen of it, where the article is, what is other stories.

`article` asks the others: what is `hidden` by `styles`, the `visible` blocks, those `chosen`, without
`others`.
"""
