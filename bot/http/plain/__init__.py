"""The page without JavaScript: an address into HTML that says the same.

`address` is what an address of the page names, `views` what is shown for it, `render` its HTML by the
templates beside it, within the page's own `index.html`.
"""
