"""From a question to a proved answer: its steps, its records, its citations."""
