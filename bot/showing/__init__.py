"""An answer for people and programs: terminal, Markdown, JSON, and the words around what is quoted."""
