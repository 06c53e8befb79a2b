"""A web page's tree into its article: what is seen of it, where the article is, what the page states of it.

`tree` parses it. `article` asks the others: what is `hidden` by `styles`, the `visible` blocks, those
`chosen`, with the `lead`, without `others`, `boxes` and `signatures`. `fields` asks what the page says in
`statements`: its `headline`, its outlet by the `masthead`, its `writers`, its days of `publication`.
"""
